import { expect, test } from 'vitest';
import { forecastSeries, forecastSiblings } from '../../../../shared/domain/forecast/forecast-series.ts';
import { band } from '../../../../shared/domain/forecast/mixture-band.ts';
import { seededRandom } from '../../../../shared/math/random.ts';

const series = (values: readonly number[]) => ({ quarters: values.map((_, i) => 8100 + i), values });

function forecastOf(values: readonly number[], options = {}) {
  const forecast = forecastSeries(series(values), options);
  if (forecast.kind === 'refused') throw new Error('refused');
  return forecast;
}

test('one standard normal has the quantiles of its table', () => {
  const expected = [-1.95996, -1.28155, 0, 1.28155, 1.95996];
  band({ share: [1], mean: [0], sd: [1], logarithmic: [false] }).forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-3);
  });
});

test('an exact line is continued within half a step, an exact season nearly', () => {
  expect(Math.abs(forecastOf([100, 102, 104, 106, 108, 110, 112, 114]).steps[0]!.point - 116)).toBeLessThan(
    1,
  );
  const season = [60, 90, 75, 120, 60, 90, 75, 120, 60, 90, 75, 120];
  const steps = forecastOf(season, { horizon: 4 }).steps;
  [60, 90, 75, 120].forEach((value, i) => {
    expect(Math.abs(steps[i]!.point - value)).toBeLessThan(3);
  });
});

test('bands are ordered, widen with the horizon and scale with the series', () => {
  const values = [70, 74, 71, 73, 75, 72, 76, 74];
  const near = forecastOf(values, { horizon: 4 });
  const far = forecastOf(
    values.map((value) => value * 1000),
    { horizon: 4 },
  );
  near.steps.forEach((step, i) => {
    expect(
      step.low95 < step.low80 &&
        step.low80 < step.point &&
        step.point < step.high80 &&
        step.high80 < step.high95,
    ).toBe(true);
    expect(far.steps[i]!.high95 / step.high95).toBeCloseTo(1000, 2);
  });
  expect(near.steps[3]!.high95 - near.steps[3]!.low95).toBeGreaterThan(
    near.steps[0]!.high95 - near.steps[0]!.low95,
  );
});

test('sampling error of the coming wave widens the band', () => {
  const values = [70, 74, 71, 73, 75, 72];
  const sure = forecastOf(values).steps[0]!;
  const unsure = forecastOf(values, { nextVariance: 100 }).steps[0]!;
  expect(unsure.high95 - unsure.low95).toBeGreaterThan(sure.high95 - sure.low95 + 5);
});

test('no values are refused; one value, zeros and a constant are not', () => {
  expect(forecastSeries(series([]))).toEqual({ kind: 'refused', reason: 'no-scores' });
  expect(forecastOf([70]).steps[0]!.point).toBeCloseTo(70, 2);
  expect(forecastOf([0, 0, 0, 0, 0]).steps[0]!.point).toBeCloseTo(0, 6);
  expect(forecastOf([5, 5, 5, 5, 5, 5]).steps[0]!.point).toBeCloseTo(5, 2);
  expect(() => forecastOf([1, Number.NaN])).toThrow('NaN');
  expect(() => forecastOf([1, 2], { horizon: 9 })).toThrow('horizon 9');
});

const drawn = (seed: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: 150 }, (_, s) => Array.from({ length: 9 }, () => 50 + s + 5 * random.normal()));
};

test('siblings come back in order and the same every time', () => {
  const many = drawn(1).map((values) => series(values.slice(0, 8)));
  const answers = forecastSiblings(many, { historyLength: 8 });
  expect(forecastSiblings(many, { historyLength: 8 })).toEqual(answers);
  answers.forEach((answer, i) => {
    if (answer.kind === 'refused') throw new Error('refused');
    expect(Math.abs(answer.steps[0]!.point - (50 + i))).toBeLessThan(15);
  });
});

test('bands of siblings cover the next value about as often as they say', () => {
  let in80 = 0;
  let in95 = 0;
  for (const seed of [1, 2, 3]) {
    const many = drawn(seed);
    const answers = forecastSiblings(
      many.map((values) => series(values.slice(0, 8))),
      { historyLength: 8 },
    );
    answers.forEach((answer, i) => {
      if (answer.kind === 'refused') throw new Error('refused');
      const step = answer.steps[0]!;
      if (many[i]![8]! >= step.low80 && many[i]![8]! <= step.high80) in80 += 1;
      if (many[i]![8]! >= step.low95 && many[i]![8]! <= step.high95) in95 += 1;
    });
  }
  expect(Math.abs(in80 / 450 - 0.8)).toBeLessThan(0.05);
  expect(Math.abs(in95 / 450 - 0.95)).toBeLessThan(0.03);
});
