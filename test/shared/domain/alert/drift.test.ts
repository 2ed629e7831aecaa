import { expect, test } from 'vitest';
import { type DriftPlaces, driftChart, raiseDrifts } from '../../../../shared/domain/alert/drift.ts';
import { normalTwoSided } from '../../../../shared/math/normal.ts';
import { seededRandom } from '../../../../shared/math/random.ts';

const QUARTERS = Array.from({ length: 10 }, (_, i) => 8100 + i);
const UNITS = [
  { level: 'overall', parent: -1 },
  { level: 'region', parent: 0 },
  { level: 'region', parent: 0 },
  { level: 'region', parent: 0 },
];

/** Misses of the whole, its items and its regions; the parts of a region are its own and its parent's. */
function places(own: (unit: number, item: number, t: number) => number): DriftPlaces {
  const at = (unit: number, item: number, t: number): { surprise: number; variance: number } => {
    const parts: [number, number][] = [[0, -1]];
    if (unit > 0) parts.push([unit, -1]);
    if (item >= 0) parts.push([0, item]);
    if (item >= 0 && unit > 0) parts.push([unit, item]);
    return {
      surprise: parts.reduce((sum, [u, k]) => sum + own(u, k, t), 0),
      variance: parts.length,
    };
  };
  return {
    units: UNITS,
    items: 2,
    quarters: QUARTERS,
    miss: (unit, item, quarter) => {
      const { surprise, variance } = at(unit, item, quarter - QUARTERS[0]!);
      return { surprise, sd: Math.sqrt(variance) };
    },
  };
}

test('a drift is named at the place that drifts and at none that contains or lies in it', () => {
  const alternate = (t: number) => (t % 2 === 0 ? 0.3 : -0.3);
  const region = raiseDrifts(
    places((u, k, t) => (u === 2 && k < 0 ? -2 : alternate(t + u + k))),
    0.05,
  );
  expect(region.map(({ unit, item }) => [unit, item])).toEqual([[2, -1]]);
  expect(region[0]!.shift).toBeLessThan(-1);
  const item = raiseDrifts(
    places((u, k, t) => (u === 0 && k === 1 ? 2 : alternate(t + u))),
    0.05,
  );
  expect(item.map(({ unit, item: k }) => [unit, k])).toEqual([[0, 1]]);
  expect(item[0]!.shift).toBeGreaterThan(1);
});

test('one sudden quarter, a drift under the threshold and a short past are no drift', () => {
  const last = QUARTERS.length - 1;
  expect(
    raiseDrifts(
      places((u, _, t) => (u === 0 && t === last ? 9 : 0)),
      0.05,
    ),
  ).toEqual([]);
  const whole = places((u, k) => (u === 0 && k < 0 ? 2 : 0));
  expect(raiseDrifts(whole, 0.05)).toHaveLength(1);
  expect(raiseDrifts(whole, 0.05, 5)).toEqual([]);
  expect(raiseDrifts({ ...whole, quarters: QUARTERS.slice(-3) }, 0.05)).toEqual([]);
  expect(raiseDrifts({ ...whole, miss: () => undefined }, 0.05)).toEqual([]);
});

test('independent misses keep to the budget', () => {
  let alarms = 0;
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = seededRandom(seed);
    const drawn = new Map<string, number>();
    const own = (u: number, k: number, t: number) => {
      const key = `${u} ${k} ${t}`;
      if (!drawn.has(key)) drawn.set(key, random.normal());
      return drawn.get(key)!;
    };
    if (raiseDrifts(places(own), 0.1, 0).length > 0) alarms += 1;
  }
  expect(alarms).toBeLessThanOrEqual(20);
});

test('the chart cuts outliers but shows them whole, and its average has the stated spread', () => {
  const misses = QUARTERS.map((quarter, i) => ({ quarter, surprise: i === 3 ? 12 : 0, sd: 2 }));
  const chart = driftChart(misses);
  expect(chart[3]!.z).toBe(6);
  expect(chart[3]!.smoothed).toBeCloseTo((0.25 * 2) / 0.9593, 9);
  expect(driftChart([{ quarter: 1, surprise: 1, sd: 0 }])).toEqual([]);
  let sum = 0;
  for (let z = -8; z < 8; z += 1e-3) {
    const density = (normalTwoSided(Math.abs(z)) - normalTwoSided(Math.abs(z) + 1e-3)) / 2;
    sum += Math.min(2, Math.abs(z)) ** 2 * density;
  }
  expect(Math.sqrt(sum)).toBeCloseTo(0.9593, 2);
});
