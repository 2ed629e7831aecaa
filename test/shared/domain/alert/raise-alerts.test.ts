import { expect, test } from 'vitest';
import { surprises } from '../../../../shared/domain/alert/innovation.ts';
import { judgeWave, raiseAlerts } from '../../../../shared/domain/alert/raise-alerts.ts';
import { forecastPanel } from '../../../../shared/domain/forecast/forecast-panel.ts';
import { type PlantedShift, simulatePanel } from '../../../bench/simulate-panel.ts';

const SHAPE = { regions: 4, provinces: 8, dealers: 120, indicators: 5, quarters: 10 };
const quiet = simulatePanel({ ...SHAPE, seed: 21 });
const forecast = forecastPanel(quiet.panel);

function alertsAfter(shifts: PlantedShift[], options = {}) {
  const { wave } = simulatePanel({ ...SHAPE, seed: 21, shifts });
  return raiseAlerts(quiet.panel, forecast, wave, options);
}

test('a region that falls is named once, at its own level, with its size', () => {
  const [first] = alertsAfter([{ unit: 2, indicator: -1, points: -6 }]);
  expect(first).toMatchObject({
    kind: 'unit',
    unitId: 'region:1',
    indicator: -1,
    direction: 'worse',
    reach: 'localised',
  });
  expect(Math.abs(first!.shift + 6)).toBeLessThan(1.5);
  expect(first!.overallEffect).toBeLessThan(-0.5);
  expect(first!.actual).toBeLessThan(first!.expected);
});

test('an indicator that rises everywhere is named, and good surprises count', () => {
  const [first] = alertsAfter([{ unit: 0, indicator: 3, points: 5 }]);
  expect(first).toMatchObject({ kind: 'indicator', unit: 0, indicator: 3, direction: 'better' });
  expect(Math.abs(first!.shift - 5)).toBeLessThan(1.5);
});

test('one indicator in one region is named there and nowhere else', () => {
  const alerts = alertsAfter([{ unit: 3, indicator: 1, points: -6 }]);
  expect(alerts[0]).toMatchObject({ kind: 'unit-indicator', unit: 3, indicator: 1 });
  expect(alerts.filter((alert) => alert.indicator === 1)).toHaveLength(1);
});

test('a fall of everything is diffuse', () => {
  const [first] = alertsAfter([{ unit: 0, indicator: -1, points: -6 }]);
  expect(first).toMatchObject({ kind: 'overall', reach: 'diffuse', unit: 0 });
});

test('a change of who answered blames nobody', () => {
  const { panel, wave } = simulatePanel({ ...SHAPE, seed: 22, mixFactor: 6 });
  const expected = forecastPanel(panel);
  const [overall] = surprises(panel, expected, wave).mix;
  expect(Math.abs(overall!)).toBeGreaterThan(0.1);
  expect(raiseAlerts(panel, expected, wave)).toEqual([]);
});

test('a quarter as expected raises nothing', () => {
  const wave = {
    scores: quiet.wave.scores.map((_, i) => forecast.point[Math.floor(i / 5) * 6 + (i % 5)]!),
    bases: quiet.wave.bases,
  };
  expect(raiseAlerts(quiet.panel, forecast, wave)).toEqual([]);
});

test('small bases and small shifts raise no alert', () => {
  const dealer = quiet.panel.units.findIndex((unit) => unit.level === 'dealer');
  const { wave } = simulatePanel({
    ...SHAPE,
    seed: 21,
    shifts: [{ unit: dealer, indicator: -1, points: -40 }],
  });
  expect(raiseAlerts(quiet.panel, forecast, wave).some((alert) => alert.unit === dealer)).toBe(true);
  const bases = wave.bases.slice();
  bases.fill(7, dealer * 5, (dealer + 1) * 5);
  expect(raiseAlerts(quiet.panel, forecast, { ...wave, bases }).some((alert) => alert.unit === dealer)).toBe(
    false,
  );
  expect(alertsAfter([{ unit: 2, indicator: -1, points: -6 }], { minimumShift: 50 })).toEqual([]);
});

test('a wave that does not fit the panel is refused, an empty one is silent', () => {
  expect(() =>
    raiseAlerts(quiet.panel, forecast, { scores: new Float64Array(2), bases: quiet.wave.bases }),
  ).toThrow('scores 2');
  const scores = new Float64Array(quiet.wave.scores.length).fill(Number.NaN);
  expect(raiseAlerts(quiet.panel, forecast, { scores, bases: quiet.wave.bases })).toEqual([]);
});

test('a shift is never taken to be larger than what its own scope shows', () => {
  const K = 5;
  const { units } = quiet.panel;
  const baseOf = (u: number) => quiet.wave.bases[quiet.wave.bases.length === units.length ? u : u * K]!;
  const scores = quiet.wave.scores.map((_, i) => forecast.point[Math.floor(i / K) * (K + 1) + (i % K)]!);
  const region = units.findIndex(({ level }) => level === 'region');
  const provinces = units.flatMap(({ parent }, u) => (parent === region ? [u] : []));
  const within = (u: number, above: number): boolean =>
    u === above || (u > 0 && within(units[u]!.parent, above));
  const moved = (u: number) => (within(u, provinces[0]!) ? -9 : within(u, region) && u !== region ? 9 : 0);
  units.forEach((_, u) => {
    scores[u * K + 1] = scores[u * K + 1]! + moved(u);
  });
  const total = provinces.reduce((sum, u) => sum + baseOf(u), 0);
  const inRegion = provinces.reduce((sum, u) => sum + (moved(u) * baseOf(u)) / total, 0);
  scores[region * K + 1] = scores[region * K + 1]! + inRegion;
  scores[1] = scores[1]! + (inRegion * baseOf(region)) / baseOf(0);
  const alerts = raiseAlerts(quiet.panel, forecast, { scores, bases: quiet.wave.bases });
  expect(alerts.length).toBeGreaterThan(0);
  expect(Math.max(...alerts.map(({ shift }) => Math.abs(shift)))).toBeLessThan(11);
});

test('every cell says what became of it, and only alerts are within the budget', () => {
  const { wave } = simulatePanel({
    ...SHAPE,
    seed: 21,
    shifts: [{ unit: 2, indicator: -1, points: -6 }],
  });
  const K = 5;
  const dealers = quiet.panel.units.flatMap(({ level }, u) => (level === 'dealer' ? [u] : []));
  const [small, silent] = dealers as [number, number];
  const bases = wave.bases.slice().fill(29, small * K, (small + 1) * K);
  const scores = wave.scores.slice();
  scores[silent * K + 1] = Number.NaN;
  const { outcome, chance, alerts } = judgeWave(quiet.panel, forecast, { scores, bases });
  const cell = (u: number, k: number) => u * (K + 1) + k;
  expect(outcome).toHaveLength(quiet.panel.units.length * (K + 1));
  expect(outcome[cell(2, K)]).toBe('alert');
  expect(chance[cell(2, K)]).toBe(alerts[0]!.adjustedP);
  expect(outcome.slice(cell(small, 0), cell(small, K + 1))).toEqual(new Array(K + 1).fill('small-base'));
  expect(chance[cell(small, 0)]).toBeNaN();
  expect(outcome[cell(silent, 1)]).toBe('not-asked');
  expect(outcome.filter((one) => one === 'alert')).toHaveLength(alerts.length);
  const found = Math.max(1, alerts.length);
  outcome.forEach((one, i) => {
    if (one === 'quiet') expect(chance[i]).toBeGreaterThan(0.07);
    if (one === 'alert') expect(chance[i]).toBeLessThanOrEqual(0.07 * found);
  });
  expect(outcome).toContain('quiet');
  const blunt = judgeWave(quiet.panel, forecast, wave, { minimumShift: 50 });
  expect(blunt.outcome[cell(2, K)]).toBe('small-shift');
  expect(blunt.alerts).toEqual([]);
});

test('an item in its first quarter on another scale is not tested, nor is an index with it', () => {
  const K = 5;
  const shifts = [{ unit: 0, indicator: 3, points: 12 }];
  const { wave } = simulatePanel({ ...SHAPE, seed: 21, shifts });
  const cell = (u: number, k: number) => u * (K + 1) + k;
  expect(judgeWave(quiet.panel, forecast, wave).outcome[cell(0, 3)]).toBe('alert');
  const panel = { ...quiet.panel, breaks: [{ indicator: 3, quarter: forecast.target }] };
  const judged = judgeWave(panel, forecast, wave);
  expect(judged.alerts).toEqual([]);
  expect(judged.outcome[cell(0, 3)]).toBe('break');
  expect(judged.outcome[cell(1, K)]).toBe('break');
  expect(judged.outcome[cell(1, 2)]).toBe('quiet');
  const earlier = { ...quiet.panel, breaks: [{ indicator: 3, quarter: forecast.target - 1 }] };
  expect(judgeWave(earlier, forecast, wave).outcome[cell(0, 3)]).toBe('alert');
});

test('an item that few were asked is tested by its own base, not by that of the others', () => {
  const K = 5;
  const dealer = quiet.panel.units.findIndex(({ level }) => level === 'dealer');
  const { wave } = simulatePanel({
    ...SHAPE,
    seed: 21,
    shifts: [{ unit: dealer, indicator: 2, points: -30 }],
  });
  const named = (bases: Float64Array) =>
    raiseAlerts(quiet.panel, forecast, { ...wave, bases }).some(
      (alert) => alert.unit === dealer && alert.indicator === 2,
    );
  const many = wave.bases.slice().fill(200, dealer * K, (dealer + 1) * K);
  expect(named(many)).toBe(true);
  const few = many.slice();
  few[dealer * K + 2] = 5;
  expect(named(few)).toBe(false);
});
