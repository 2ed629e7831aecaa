import { expect, test } from 'vitest';
import { buildDictionary, FREE_SHAPE, PANEL_SHAPE, SPAN } from '../../../../shared/domain/forecast/kernel.ts';
import { drawCurve, emptyEvidence, weighSeries } from '../../../../shared/domain/forecast/mixture.ts';
import { learnPool, posterior, predict, weightsWithout } from '../../../../shared/domain/forecast/pooling.ts';
import { emptyWindow } from '../../../../shared/domain/forecast/series-window.ts';
import { seededRandom } from '../../../../shared/math/random.ts';

const dictionary = buildDictionary(PANEL_SHAPE);
const component = (id: string, scale: number) =>
  dictionary.kernels.findIndex((kernel) => kernel.id === id) * dictionary.scales.length +
  dictionary.scales.indexOf(scale);

function windowOf(values: readonly number[], variance = 0) {
  const window = emptyWindow();
  window.count = values.length;
  values.forEach((value, i) => {
    window.rows[i] = SPAN - 1 - values.length + i;
    window.values[i] = value;
    window.variances[i] = variance;
  });
  return window;
}

function weigh(id: string, scale: number, values: readonly number[], variance = 0) {
  const out = emptyEvidence(1);
  weighSeries(dictionary, windowOf(values, variance), Int32Array.of(component(id, scale)), out);
  return {
    level: out.level[0]!,
    levelVariance: out.levelVariance[0]!,
    mean: out.offset[0]! + out.reach[0]! * out.level[0]!,
  };
}

test('white noise around a level has the sample mean as forecast and sigma^2 / n as its variance', () => {
  const { level, levelVariance, mean } = weigh('s0-none0-q0', 1, [70, 72, 74, 76], 3);
  expect(level).toBeCloseTo(73, 6);
  expect(mean).toBeCloseTo(73, 4);
  expect(levelVariance).toBeCloseTo((1 + 3) / 4, 4);
});

test('a random walk without noise repeats the last value', () => {
  expect(weigh('s1-none0-q0', 1, [70, 75, 71, 78]).mean).toBeCloseTo(78, 3);
});

test('a random walk with noise forecasts as exponential smoothing at its steady state', () => {
  const values = Array.from({ length: 20 }, (_, i) => 70 + ((i * 7) % 5));
  const alpha = (Math.sqrt(5) - 1) / 2;
  let smoothed = values[0]!;
  for (const value of values.slice(1)) smoothed += alpha * (value - smoothed);
  expect(weigh('s1-none0-q0', 1, values, 1).mean).toBeCloseTo(smoothed, 3);
});

test('a strong season repeats the same quarter of earlier years', () => {
  const values = [60, 70, 80, 90, 60, 70, 80, 90];
  expect(weigh('s0-none0-q8', 100, values).mean).toBeLessThan(65);
});

test('the drawn curve of white noise is its level', () => {
  const drawn = new Float64Array(SPAN);
  drawCurve(dictionary, windowOf([70, 72, 74, 76]), component('s0-none0-q0', 1), 73, drawn, 0);
  for (const value of drawn) expect(value).toBeCloseTo(73, 6);
});

test('an offset before a break is ignored when its variance is large', () => {
  const window = windowOf([50, 50, 50, 70, 70, 70]);
  window.breakRow = SPAN - 4;
  window.breakVariance = 1e4;
  const out = emptyEvidence(1);
  weighSeries(dictionary, window, Int32Array.of(component('s0-none0-q0', 1)), out);
  expect(out.offset[0]! + out.reach[0]! * out.level[0]!).toBeCloseTo(70, 1);
});

test('siblings that are constant but for noise teach the pool white kernels and the spread of their levels', () => {
  const all = Int32Array.from({ length: dictionary.size }, (_, i) => i);
  const random = seededRandom(11);
  const siblings = Array.from({ length: 40 }, (_, s) => {
    const evidence = emptyEvidence(dictionary.size);
    const values = Array.from({ length: 8 }, () => (s % 2 ? 2 : -2) + random.normal());
    weighSeries(dictionary, windowOf(values), all, evidence);
    return { evidence, count: 1 };
  });
  const even = new Float64Array(dictionary.size).fill(1 / dictionary.size);
  const prior = learnPool(siblings, even, { pseudoCount: 1, iterations: 60, shrinkLevels: true });
  const white = dictionary.kernels.reduce((sum, { smooth }, k) => {
    const from = k * dictionary.scales.length;
    return smooth === 0
      ? sum + prior.weights.slice(from, from + dictionary.scales.length).reduce((a, b) => a + b, 0)
      : sum;
  }, 0);
  expect(white).toBeGreaterThan(0.8);
  expect(prior.levelVariance).toBeGreaterThan(3);
  expect(prior.levelVariance).toBeLessThan(5.5);
  const share = new Float64Array(dictionary.size);
  const prediction = predict(siblings[0]!.evidence, prior, prior.weights, share);
  expect(prediction.mean).toBeGreaterThan(-3);
  expect(prediction.mean).toBeLessThan(-1);
  expect(share.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
});

test('a prior without its votes is the default, without one of them what the other says', () => {
  const all = Int32Array.from({ length: dictionary.size }, (_, i) => i);
  const votes = [
    [70, 75, 68, 74, 71, 69],
    [50, 55, 60, 65, 70, 75],
  ].map((values) => {
    const evidence = emptyEvidence(dictionary.size);
    weighSeries(dictionary, windowOf(values), all, evidence);
    return { evidence, count: 1 };
  });
  const even = new Float64Array(dictionary.size).fill(1 / dictionary.size);
  const options = { pseudoCount: 5, iterations: 400, shrinkLevels: false };
  const prior = learnPool(votes, even, options);
  const left = votes.map(({ evidence, count }) => {
    const share = new Float64Array(dictionary.size);
    posterior(evidence, prior, prior.weights, share);
    return { share, count };
  });
  const none = weightsWithout(prior, votes, left, even, 5);
  none.forEach((weight, i) => {
    expect(Math.abs(weight - even[i]!)).toBeLessThan(1e-6);
  });
  const other = weightsWithout(prior, votes, left.slice(0, 1), even, 5);
  other.forEach((weight, i) => {
    expect(Math.abs(weight - (5 * even[i]! + left[1]!.share[i]!) / 6)).toBeLessThan(1e-6);
  });
});

test('the factor shared by series without sampling variances gives what each component alone gives', () => {
  const shared = emptyEvidence(dictionary.size);
  const alone = emptyEvidence(dictionary.size);
  const all = Int32Array.from({ length: dictionary.size }, (_, i) => i);
  const values = [71, 74, 69, 73, 75, 72, 70];
  weighSeries(dictionary, windowOf(values), all, shared);
  weighSeries(dictionary, windowOf(values, 1e-13), all, alone);
  for (const list of ['level', 'levelVariance', 'offset', 'reach', 'variance', 'logLikelihood'] as const)
    shared[list].forEach((value, i) => {
      expect(Math.abs(value - alone[list][i]!)).toBeLessThan(1e-4 * (1 + Math.abs(value)));
    });
});

const free = buildDictionary(FREE_SHAPE);
const inLogs = (id: string) =>
  free.kernels.findIndex((kernel) => kernel.id === id) * free.scales.length + (free.scales.length - 1);

test('a logarithmic curve continues growth in percent, and its likelihood is that of the values', () => {
  const grown = Array.from({ length: 8 }, (_, i) => 0.5 * 1.2 ** i);
  const out = emptyEvidence(1);
  weighSeries(free, windowOf(grown), Int32Array.of(inLogs('s1-line3-q0-log')), out);
  expect(Math.exp(out.offset[0]! + out.reach[0]! * out.level[0]!)).toBeCloseTo(0.5 * 1.2 ** 8, 1);
  const one = emptyEvidence(1);
  const doubled = emptyEvidence(1);
  const kernel = Int32Array.of(inLogs('s0-none0-q0-log'));
  weighSeries(free, windowOf(grown), kernel, one);
  weighSeries(free, windowOf(grown.map((value) => 2 * value)), kernel, doubled);
  expect(one.logLikelihood[0]! - doubled.logLikelihood[0]!).toBeCloseTo(8 * Math.log(2), 6);
});

test('a logarithmic curve is out of the question where a value is not positive', () => {
  const out = emptyEvidence(1);
  weighSeries(free, windowOf([1, 0, 2, 3]), Int32Array.of(inLogs('s0-none0-q0-log')), out);
  expect(out.logLikelihood[0]).toBe(Number.NEGATIVE_INFINITY);
});
