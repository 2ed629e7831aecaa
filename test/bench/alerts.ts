// How alerts behave on simulated panels: `npx node test/bench/alerts.ts [seeds] [dealers]`.
// Quiet quarters with an alarm, coverage by level, planted shifts found and named first, a change of mix alone.
import type { Alert } from '../../shared/domain/alert/alert.ts';
import { raiseAlerts } from '../../shared/domain/alert/raise-alerts.ts';
import { forecastPanel } from '../../shared/domain/forecast/forecast-panel.ts';
import type { PanelForecast } from '../../shared/domain/forecast/panel.ts';
import { type PlantedShift, type SimulatedPanel, simulatePanel } from './simulate-panel.ts';

const seeds = Number(process.argv[2] ?? 20);
const dealers = Number(process.argv[3] ?? 600);
const REGION = 2;
const PROVINCE = 12;
const DEALER = 100;

const PLANTS: readonly { name: string; shifts: PlantedShift[] }[] = [
  ...[1, 1.5].map((points) => ({
    name: `indicator ${points}`,
    shifts: [{ unit: 0, indicator: 2, points: -points }],
  })),
  ...[1, 1.5, 2].map((points) => ({
    name: `region x indicator ${points}`,
    shifts: [{ unit: REGION, indicator: 2, points }],
  })),
  ...[2, 3].map((points) => ({
    name: `region ${points}`,
    shifts: [{ unit: REGION, indicator: -1, points: -points }],
  })),
  ...[2, 3].map((points) => ({
    name: `overall ${points}`,
    shifts: [{ unit: 0, indicator: -1, points: -points }],
  })),
  ...[3, 4].map((points) => ({
    name: `province ${points}`,
    shifts: [{ unit: PROVINCE, indicator: -1, points: -points }],
  })),
  ...[3, 4].map((points) => ({
    name: `province x indicator ${points}`,
    shifts: [{ unit: PROVINCE, indicator: 5, points }],
  })),
  ...[7, 10].map((points) => ({
    name: `dealer ${points}`,
    shifts: [{ unit: DEALER, indicator: -1, points: -points }],
  })),
  {
    name: 'two at once',
    shifts: [
      { unit: REGION, indicator: -1, points: -2 },
      { unit: 0, indicator: 5, points: 1.5 },
    ],
  },
];

interface Coverage {
  count: number;
  in80: number;
  in95: number;
  error: number;
}

const coverage = new Map<string, Coverage>();
const found = PLANTS.map(() => ({ found: 0, first: 0, shift: 0 }));
let quietAlarms = 0;
let quietAlerts = 0;
let mixAlarms = 0;
let seconds = 0;

function names(alert: Alert, shift: PlantedShift): boolean {
  return (
    alert.unit === shift.unit &&
    alert.indicator === shift.indicator &&
    Math.sign(alert.shift) === Math.sign(shift.points)
  );
}

function addCoverage({ panel, wave }: SimulatedPanel, f: PanelForecast): void {
  const K = panel.indicators.length;
  panel.units.forEach(({ level }, u) => {
    let index = 0;
    for (let k = 0; k < K; k += 1) {
      count(level, wave.scores[u * K + k]!, f, u * f.columns + k);
      index += wave.scores[u * K + k]! / K;
    }
    count(`${level} index`, index, f, u * f.columns + K);
  });
}

function count(level: string, actual: number, f: PanelForecast, cell: number): void {
  if (Number.isNaN(actual) || f.refused[cell]! > 0) return;
  const row = coverage.get(level) ?? { count: 0, in80: 0, in95: 0, error: 0 };
  coverage.set(level, row);
  row.count += 1;
  row.error += Math.abs(actual - f.point[cell]!);
  if (actual >= f.low80[cell]! && actual <= f.high80[cell]!) row.in80 += 1;
  if (actual >= f.low95[cell]! && actual <= f.high95[cell]!) row.in95 += 1;
}

for (let seed = 1; seed <= seeds; seed += 1) {
  const quiet = simulatePanel({ seed, dealers });
  const start = performance.now();
  const forecast = forecastPanel(quiet.panel);
  seconds += (performance.now() - start) / 1000;
  addCoverage(quiet, forecast);
  const alarms = raiseAlerts(quiet.panel, forecast, quiet.wave);
  if (alarms.length > 0) quietAlarms += 1;
  quietAlerts += alarms.length;
  const mixed = simulatePanel({ seed, dealers, mixFactor: 3 });
  if (raiseAlerts(mixed.panel, forecast, mixed.wave).length > 0) mixAlarms += 1;
  PLANTS.forEach(({ shifts }, i) => {
    const { wave } = simulatePanel({ seed, dealers, shifts });
    const alerts = raiseAlerts(quiet.panel, forecast, wave);
    const hit = alerts.find((alert) => names(alert, shifts[0]!));
    if (shifts.every((shift) => alerts.some((alert) => names(alert, shift)))) found[i]!.found += 1;
    if (alerts[0] && shifts.some((shift) => names(alerts[0]!, shift))) found[i]!.first += 1;
    found[i]!.shift += hit ? hit.shift / shifts[0]!.points : 0;
  });
}

const share = (part: number, whole: number): string => (part / whole).toFixed(3);
console.log(
  `${seeds} panels of ${dealers} dealers x 8 indicators, ${(seconds / seeds).toFixed(2)} s a forecast`,
);
for (const [level, row] of coverage)
  console.log(
    `${level.padEnd(16)} coverage ${share(row.in80, row.count)} / ${share(row.in95, row.count)}  mean error ${share(row.error, row.count)}`,
  );
console.log(
  `quiet quarters with an alarm ${share(quietAlarms, seeds)}, alerts a quiet quarter ${share(quietAlerts, seeds)}`,
);
console.log(`quarters with a change of mix alone and an alarm ${share(mixAlarms, seeds)}`);
PLANTS.forEach(({ name }, i) => {
  const row = found[i]!;
  const size = row.found > 0 ? share(row.shift, row.found) : '-';
  console.log(
    `${name.padEnd(24)} found ${share(row.found, seeds)}  named first ${share(row.first, seeds)}  size ${size}`,
  );
});
