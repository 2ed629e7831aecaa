import { expect, test } from 'vitest';
import { compositeForecast } from '../../../../shared/domain/forecast/composite.ts';
import { forecastPanel } from '../../../../shared/domain/forecast/forecast-panel.ts';
import { seriesForecast } from '../../../../shared/domain/forecast/panel.ts';
import { simulatePanel } from '../../../bench/simulate-panel.ts';

const SMALL = { regions: 3, provinces: 6, dealers: 24, indicators: 4, quarters: 9 };
const { panel } = simulatePanel({ ...SMALL, seed: 8 });
const forecast = forecastPanel(panel);

function factorOf(unit: number, members: { column: number; weight: number }[]) {
  const one = compositeForecast(forecast, unit, members);
  if (one.kind === 'refused') throw new Error(one.reason);
  return one;
}

const itemOf = (unit: number, column: number) => {
  const one = seriesForecast(forecast, unit, column);
  if (one.kind === 'refused') throw new Error(one.reason);
  return one;
};

test('a factor is the weighted mean of its items in every unit, curve and all', () => {
  panel.units.forEach((_, u) => {
    const [first, second] = [itemOf(u, 0), itemOf(u, 2)];
    const factor = factorOf(u, [
      { column: 0, weight: 3 },
      { column: 2, weight: 1 },
    ]);
    expect(factor.point).toBeCloseTo(0.75 * first.point + 0.25 * second.point, 9);
    expect(factor.fitted[15]!.value).toBeCloseTo(
      0.75 * first.fitted[15]!.value + 0.25 * second.fitted[15]!.value,
      9,
    );
    expect(factor.waveSd).toBeLessThanOrEqual(Math.max(first.waveSd, second.waveSd) + 1e-9);
    expect(factor.waveSd).toBeGreaterThan(0.3 * Math.min(first.waveSd, second.waveSd));
  });
});

test('a factor of all items is as sure as the index, within a fifth', () => {
  const all = [0, 1, 2, 3].map((column) => ({ column, weight: 1 }));
  panel.units.forEach((_, u) => {
    const index = itemOf(u, 4);
    const factor = factorOf(u, all);
    expect(factor.point).toBeCloseTo(index.point, 2);
    expect(Math.abs(factor.waveSd / index.waveSd - 1)).toBeLessThan(0.2);
  });
});

test('items without a forecast are left out, and a factor of nothing else says why', () => {
  const partly = forecastPanel({
    ...panel,
    scores: panel.scores.map((score, i) =>
      Math.floor(i / panel.quarters.length) % 4 === 1 ? Number.NaN : score,
    ),
  });
  const factor = compositeForecast(partly, 0, [
    { column: 0, weight: 1 },
    { column: 1, weight: 5 },
  ]);
  const item = seriesForecast(partly, 0, 0);
  if (factor.kind === 'refused' || item.kind === 'refused') throw new Error('refused');
  expect(factor.point).toBeCloseTo(item.point, 9);
  expect(compositeForecast(partly, 0, [{ column: 1, weight: 1 }])).toEqual({
    kind: 'refused',
    reason: 'no-scores',
  });
  expect(() => compositeForecast(partly, 0, [])).toThrow('no members');
});
