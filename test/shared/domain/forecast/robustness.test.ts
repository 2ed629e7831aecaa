import { describe, expect, test } from 'vitest';
import { forecastPanel } from '../../../../shared/domain/forecast/forecast-panel.ts';
import { forecastSeries, type StepForecast } from '../../../../shared/domain/forecast/forecast-series.ts';
import type { ForecastPanel } from '../../../../shared/domain/forecast/panel.ts';
import { frameOf, withinReach } from '../../../../shared/domain/forecast/series-frame.ts';
import { seededRandom } from '../../../../shared/math/random.ts';

const random = seededRandom(4);
const noise = Array.from({ length: 12 }, () => random.normal());

/** Series of every kind that a study or an economy can bring. */
const KINDS: Record<string, number[]> = {
  trend: noise.map((e, i) => 50 + 3 * i + e),
  'season in percent': noise.map((e, i) => (20 + i) * [1, 1.5, 0.8, 2][i % 4]! + e),
  'growth threefold': [1, 3, 9, 27, 81, 243, 729],
  decay: [1000, 100, 10, 1, 0.1, 0.01],
  outlier: noise.map((e, i) => (i === 5 ? 500 : 50 + e)),
  'outlier at the end': noise.map((e, i) => (i === 11 ? 500 : 50 + e)),
  'level shift': noise.map((e, i) => (i < 6 ? 20 : 80) + e),
  constant: new Array(8).fill(5),
  zeros: new Array(8).fill(0),
  'mostly zeros': [0, 0, 3, 0, 0, 0, 2, 0],
  'a first value after zeros': [0, 0, 0, 0, 0, 0, 0, 1000],
  negative: noise.map((e) => -50 + e),
  'around zero': noise,
  'at the bound': [100, 100, 99.9, 100, 100, 100],
  'quiet against its level': noise.map((e) => 1e6 + e),
  'three values': [7, 9, 700],
  'one value': [7],
};

function stepsOf(values: readonly number[], quarters = values.map((_, i) => 8000 + i)): StepForecast[] {
  const forecast = forecastSeries({ quarters, values }, { horizon: 4 });
  if (forecast.kind === 'refused') throw new Error('refused');
  return forecast.steps;
}

const numbersOf = ({ point, low80, high80, low95, high95 }: StepForecast) => [
  low95,
  low80,
  point,
  high80,
  high95,
];

describe.each(Object.entries(KINDS))('a series with %s', (_, values) => {
  const steps = stepsOf(values);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const range = high - low || Math.abs(high) || 1;

  test('has ordered bands around its points', () => {
    for (const step of steps) {
      const numbers = numbersOf(step);
      expect(numbers.every(Number.isFinite)).toBe(true);
      expect([...numbers].sort((a, b) => a - b)).toEqual(numbers);
    }
  });

  test('is never drawn out into a wild number', () => {
    const unit = values.length < 4 ? Math.max(range, Math.abs(high)) : range;
    steps.forEach(({ point, low95, high95 }, i) => {
      const reach = (times: number) => times * (i + 1) * unit + 1e-6;
      expect(point).toBeGreaterThanOrEqual(low - reach(3));
      expect(point).toBeLessThanOrEqual(high + reach(3));
      expect(low95).toBeGreaterThanOrEqual(low - reach(10));
      expect(high95).toBeLessThanOrEqual(high + reach(10));
    });
  });

  test.each([1e6, 1e-6, 7])('scales by %d with its unit', (factor) => {
    if (high === 0 && low === 0) return;
    stepsOf(values.map((value) => value * factor)).forEach((step, i) => {
      numbersOf(step).forEach((value, j) => {
        expect(Math.abs(value / factor - numbersOf(steps[i]!)[j]!)).toBeLessThan(
          1e-9 * (range + Math.abs(high)),
        );
      });
    });
  });

  test('gives the same numbers again, whenever it was', () => {
    expect(stepsOf(values)).toEqual(steps);
    const later = stepsOf(
      values,
      values.map((_, i) => 8040 + i),
    );
    expect(later.map(({ point }) => point)).toEqual(steps.map(({ point }) => point));
  });
});

test('a constant is continued, with next to no band', () => {
  for (const value of [5, -3, 1e6, 1e-6])
    for (const step of stepsOf(new Array(8).fill(value))) {
      expect(Math.abs(step.point - value)).toBeLessThan(1e-3 * Math.abs(value));
      expect(step.high95 - step.low95).toBeLessThan(0.02 * Math.abs(value));
    }
});

test('a quiet series has a band of its changes, wherever its level lies', () => {
  const at = (level: number) => stepsOf(noise.map((e) => level + e))[0]!;
  for (const level of [1e4, 1e6]) {
    const step = at(level);
    expect(step.high95 - step.low95).toBeGreaterThan(2);
    expect(step.high95 - step.low95).toBeLessThan(12);
    expect(Math.abs(step.point - level)).toBeLessThan(2);
  }
  expect(at(1e6).point - 1e6).toBeCloseTo(at(1e4).point - 1e4, 4);
});

test('missing quarters keep their places', () => {
  const season = [60, 90, 75, 120];
  const quarters = Array.from({ length: 16 }, (_, i) => 8000 + i).filter((q) => q !== 8006 && q !== 8011);
  const steps = stepsOf(
    quarters.map((q) => season[q % 4]!),
    quarters,
  );
  steps.forEach(({ point }, i) => {
    expect(Math.abs(point - season[i % 4]!)).toBeLessThan(4);
  });
});

test('the frame of a series is its level, or its changes where it is quiet', () => {
  expect(frameOf([10, 20, 30])).toEqual({ centre: 0, unit: 20 });
  expect(frameOf([])).toEqual({ centre: 0, unit: 1 });
  expect(frameOf([0, 0])).toEqual({ centre: 0, unit: 1 });
  expect(frameOf([1e6, 1e6 + 3, 1e6, 1e6 + 3]).centre).toBeCloseTo(1e6 + 1.5, 6);
  expect(withinReach([10, 12, 15, 20], 1)(1000, 'point')).toBe(50);
});

describe('scores of a panel', () => {
  const panelOf = (scores: readonly number[], base = 400): ForecastPanel => ({
    units: [{ id: 'overall', level: 'overall', parent: -1 }],
    indicators: [{ code: 'a', weight: 1, sd: 20 }],
    quarters: scores.map((_, i) => 8100 + i),
    scores: Float64Array.from(scores),
    bases: new Float64Array(scores.length).fill(base),
  });
  const smooth = noise.map((e) => 50 + e);

  test('move with their level as long as the scale leaves room', () => {
    const low = forecastPanel(panelOf(smooth));
    const high = forecastPanel(panelOf(smooth.map((score) => score + 20)));
    expect(high.point[0]! - low.point[0]!).toBeCloseTo(20, 6);
    expect(high.high95[0]! - low.high95[0]!).toBeCloseTo(20, 6);
  });

  test('at the end of the scale stay on it', () => {
    for (const end of [0, 100]) {
      const f = forecastPanel(panelOf(new Array(8).fill(end)));
      expect(Math.abs(f.point[0]! - end)).toBeLessThan(0.5);
      expect(f.low95[0]!).toBeGreaterThanOrEqual(0);
      expect(f.high95[0]!).toBeLessThanOrEqual(100);
    }
  });

  test('are forecast without base sizes too, and then say so', () => {
    const f = forecastPanel(panelOf(smooth, 0));
    expect(Math.abs(f.point[0]! - 50)).toBeLessThan(2);
    expect(f.flags[0]! & 16).toBe(16);
  });
});
