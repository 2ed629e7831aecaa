// One simulated panel of the alert benchmark: what is raised when nothing happens, when only the mix of respondents
// changes, and after each planted shift. Runs on threads; see alerts.ts.
import { parentPort } from 'node:worker_threads';
import type { WaveScores } from '../../shared/domain/alert/alert.ts';
import { innovate, surprises } from '../../shared/domain/alert/innovation.ts';
import { raiseAlerts } from '../../shared/domain/alert/raise-alerts.ts';
import { testFamilies } from '../../shared/domain/alert/test-families.ts';
import { forecastPanel } from '../../shared/domain/forecast/forecast-panel.ts';
import type { ForecastPanel, PanelForecast } from '../../shared/domain/forecast/panel.ts';
import { DEFAULT_TIERS } from '../../shared/domain/precision.ts';
import { normalCdf, normalQuantile } from '../../shared/math/normal.ts';
import { bestSignals } from './alerts-bound.ts';
import { cityPlants, plantsOf, rankOf, withShifts } from './alerts-plants.ts';
import { type PlantedShift, type SimulatedPanel, simulatePanel } from './simulate-panel.ts';

export interface PanelTask {
  seed: number;
  dealers: number;
  cities: number;
  budget: number;
  /** Compute the best possible powers too, which takes a second or two. */
  bound: boolean;
  /** Waves to come in which nothing happens, each also with another mix of respondents. */
  futures: number;
}

export interface Found {
  name: string;
  /** Named at all, in first place, among the first three; 0 or 1. */
  found: number;
  first: number;
  topThree: number;
  /** Estimated over planted size, NaN where not found. */
  size: number;
  /** Power of the best possible test at the same threshold, NaN where not asked. */
  best: number;
  /** Respondents at the place. */
  base: number;
}

export interface PanelOutcome {
  /** Waves with an alarm in which nothing happened, or the mix of respondents alone changed. */
  quiet: number;
  mix: number;
  /** Waves in which the change of mix named something that the same wave without it did not name, and what. */
  mixOnly: number;
  mixNamed: string[];
  seconds: number;
  planted: Found[];
  cities: (Found & { sizeClass: number })[];
  /** By level: cells, inside the 80 % band, inside the 95 % band. */
  coverage: Record<string, [number, number, number]>;
}

function coverageOf({ panel, wave }: SimulatedPanel, f: PanelForecast): PanelOutcome['coverage'] {
  const K = panel.indicators.length;
  const rows: PanelOutcome['coverage'] = {};
  panel.units.forEach(({ level }, u) => {
    rows[level] ??= [0, 0, 0];
    for (let k = 0; k < K; k += 1) {
      const cell = u * f.columns + k;
      const actual = wave.scores[u * K + k]!;
      if (Number.isNaN(actual) || f.refused[cell]! > 0) continue;
      rows[level][0] += 1;
      if (actual >= f.low80[cell]! && actual <= f.high80[cell]!) rows[level][1] += 1;
      if (actual >= f.low95[cell]! && actual <= f.high95[cell]!) rows[level][2] += 1;
    }
  });
  return rows;
}

/** The power of the best test of each shift at the threshold that its family has. */
function bestPowers(
  simulated: SimulatedPanel,
  forecast: PanelForecast,
  shifts: readonly PlantedShift[],
  budget: number,
): number[] {
  const { panel, wave } = simulated;
  const { surprise } = surprises(panel, forecast, wave);
  const families = testFamilies(panel, innovate(panel, forecast, wave, surprise, DEFAULT_TIERS.fullFrom));
  const signals = bestSignals(simulated, shifts);
  return shifts.map(({ unit, indicator }, s) => {
    const family = (indicator < 0 ? families.ofUnit : families.ofRest)[unit]!;
    const threshold = normalQuantile(1 - (budget * family.share) / family.tests / 2);
    return normalCdf(signals[s]! - threshold);
  });
}

/** What is named in waves in which nothing happened, and in the same waves with three times the answers of one region. */
function nullWaves(
  { seed, dealers, cities, budget, futures }: PanelTask,
  panel: ForecastPanel,
  forecast: PanelForecast,
): Pick<PanelOutcome, 'quiet' | 'mix' | 'mixOnly' | 'mixNamed'> {
  const out = { quiet: 0, mix: 0, mixOnly: 0, mixNamed: [] as string[] };
  const named = (wave: WaveScores) =>
    raiseAlerts(panel, forecast, wave, { budget }).map(
      ({ unitId, indicator, direction }) => `${unitId}${indicator < 0 ? '' : ` x ${indicator}`} ${direction}`,
    );
  for (let future = 0; future < futures; future += 1) {
    const same = { seed, dealers, cities, future };
    const quiet = named(simulatePanel(same).wave);
    const mix = named(simulatePanel({ ...same, mixFactor: 3 }).wave);
    const only = mix.filter((one) => !quiet.includes(one));
    out.quiet += Number(quiet.length > 0);
    out.mix += Number(mix.length > 0);
    out.mixOnly += Number(only.length > 0);
    out.mixNamed.push(...only);
  }
  return out;
}

export function runPanel(task: PanelTask): PanelOutcome {
  const { seed, dealers, cities, budget, bound } = task;
  const quiet = simulatePanel({ seed, dealers, cities, future: 0 });
  const { panel, wave } = quiet;
  const started = performance.now();
  const forecast = forecastPanel(panel);
  const seconds = (performance.now() - started) / 1000;
  const raised = (shifts: readonly PlantedShift[]) =>
    raiseAlerts(panel, forecast, withShifts(panel, wave, shifts), { budget });
  const plants = plantsOf(panel, seed);
  const inCities = cities > 0 ? cityPlants(panel, wave, seed) : [];
  const single = plants.filter(({ shifts }) => shifts.length === 1);
  const best = bound
    ? bestPowers(
        quiet,
        forecast,
        [...single.map(({ shifts }) => shifts[0]!), ...inCities.map(({ shift }) => shift)],
        budget,
      )
    : [];
  const judge = (name: string, shifts: readonly PlantedShift[], power: number | undefined): Found => {
    const alerts = raised(shifts);
    const ranks = shifts.map((shift) => rankOf(alerts, shift));
    const hit = alerts[ranks[0]!];
    return {
      name,
      found: Number(ranks.every((rank) => rank >= 0)),
      first: Number(ranks.includes(0)),
      topThree: Number(ranks.every((rank) => rank >= 0 && rank < 3)),
      size: hit ? hit.shift / shifts[0]!.points : Number.NaN,
      best: power ?? Number.NaN,
      base: wave.bases[shifts[0]!.unit * panel.indicators.length]!,
    };
  };
  return {
    ...nullWaves(task, panel, forecast),
    seconds,
    planted: plants.map(({ name, shifts }) =>
      judge(name, shifts, best[single.findIndex((one) => one.name === name)]),
    ),
    cities: inCities.map(({ size, shift }, i) => ({
      ...judge('city x indicator 4', [shift], best[single.length + i]),
      sizeClass: size,
    })),
    coverage: coverageOf(quiet, forecast),
  };
}

parentPort?.on('message', (task: PanelTask) => parentPort!.postMessage(runPanel(task)));
