import { expect, test } from 'vitest';
import { forecastPanel } from '../../../../shared/domain/forecast/forecast-panel.ts';
import type { ForecastPanel, PanelForecast } from '../../../../shared/domain/forecast/panel.ts';
import { simulatePanel } from '../../../bench/simulate-panel.ts';

const { panel } = simulatePanel({
  regions: 3,
  provinces: 6,
  dealers: 24,
  indicators: 4,
  quarters: 10,
  seed: 9,
});
const T = panel.quarters.length;
const K = panel.indicators.length;
const QUICK = { learnFrom: 40 };

/** Largest distance of a parent's forecast from the share-weighted mean of its children's, in points. */
function largestGap({ units }: ForecastPanel, f: PanelForecast): number {
  let largest = 0;
  units.forEach((_, parent) => {
    const children = units.flatMap((unit, u) => (unit.parent === parent ? [u] : []));
    if (children.length === 0) return;
    for (let k = 0; k < f.columns; k += 1) {
      const mean = children.reduce((sum, u) => sum + f.components.share[u]! * f.point[u * f.columns + k]!, 0);
      largest = Math.max(largest, Math.abs(mean - f.point[parent * f.columns + k]!));
    }
  });
  return largest;
}

/** Scores of a unit that are taken out, as by leaving a quarter out of a fit. */
function without(u: number, t: number): ForecastPanel {
  const scores = panel.scores.slice();
  for (let k = 0; k < K; k += 1) scores[(u * K + k) * T + t] = Number.NaN;
  return { ...panel, scores };
}

test.each([
  ['a dealer', panel.units.length - 1],
  ['a region', 1],
  ['the whole', 0],
])('what if a quarter of %s is left out: parents still agree with their children', (_, u) => {
  const left = without(u, T - 2);
  const f = forecastPanel(left, QUICK);
  expect(f.point).not.toEqual(forecastPanel(panel, QUICK).point);
  expect(largestGap(left, f)).toBeLessThan(1e-3);
});

test('two and more quarters ahead agree as well', () => {
  const f = forecastPanel(panel, { ...QUICK, target: panel.quarters.at(-1)! + 4 });
  expect(largestGap(panel, f)).toBeLessThan(1e-3);
});

test('a parent that is not the mean of its children, as in another source, is left to itself', () => {
  const scores = panel.scores.map((score, i) => (i < K * T ? score - 10 : score));
  const f = forecastPanel({ ...panel, scores }, QUICK);
  expect(largestGap(panel, f)).toBeGreaterThan(5);
});
