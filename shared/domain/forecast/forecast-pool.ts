import type { Dictionary } from './kernel.ts';
import { SPAN } from './kernel.ts';
import {
  drawCurve,
  type Evidence,
  emptyEvidence,
  emptyWindow,
  type SeriesWindow,
  weighSeries,
} from './mixture.ts';
import { activeComponents, learnPool, type PoolPrior, predict } from './pooling.ts';

/** A series of a pool: values by quarter index (NaN missing) and their sampling variances (0 unknown). */
export interface PoolSeries {
  values: Float64Array;
  noise: Float64Array;
  /** First quarter index after a declared break, and the variance of the jump there; variance 0 without a break. */
  breakAt: number;
  breakVariance: number;
}

/** Settings of a pool. */
export interface PoolSettings {
  dictionary: Dictionary;
  /** Default prior weight of each component. */
  defaultWeights: Float64Array;
  pseudoCount: number;
  /** Latest observations used, at most 20. */
  historyLength: number;
  shrinkLevels: boolean;
  /** Series from which the prior is learnt, at most. */
  learnFrom: number;
  /** Scale the variances by how past forecasts of the pool did. */
  calibrate: boolean;
}

/** The forecast of each series of a pool as moments, at the index of the series. */
export interface PoolResult {
  mean: Float64Array;
  /** Predictive variance of the true value, after calibration. */
  variance: Float64Array;
  cumulant4: Float64Array;
  history: Uint8Array;
  /** Kernel index and its posterior weight. */
  kernel: Uint8Array;
  kernelWeight: Float64Array;
  /** The drawn curve, `[series * CURVE_LENGTH + i]`, ending in the quarter before the target. */
  curve: Float64Array;
  /** Variance by which a series without history deviates from zero. */
  deviation: number;
  /** Factor on standard deviations learnt from past forecasts. */
  calibration: number;
}

/** Quarters of the drawn curve. */
export const CURVE_LENGTH = 16;

/** Cuts a series to the window before `target`; `quarters` are absolute, only indexes below `until` are read. */
export function cutWindow(
  series: PoolSeries,
  quarters: readonly number[],
  until: number,
  target: number,
  historyLength: number,
  out: SeriesWindow,
): void {
  let first = until;
  let count = 0;
  while (first > 0 && count < historyLength) {
    if (target - quarters[first - 1]! >= SPAN) break;
    first -= 1;
    if (!Number.isNaN(series.values[first]!)) count += 1;
  }
  out.count = 0;
  for (let t = first; t < until; t += 1) {
    const value = series.values[t]!;
    if (Number.isNaN(value)) continue;
    out.rows[out.count] = SPAN - 1 - (target - quarters[t]!);
    out.values[out.count] = value;
    out.variances[out.count] = series.noise[t]!;
    out.count += 1;
  }
  out.breakVariance = series.breakVariance;
  out.breakRow = series.breakVariance > 0 ? SPAN - 1 - (target - (quarters[series.breakAt] ?? target)) : 0;
}

/** Evenly spaced indexes, at most `limit` of `count`. */
function spread(count: number, limit: number): number[] {
  if (count <= limit) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: limit }, (_, i) => Math.floor((i * count) / limit));
}

/**
 * Learns the pool's prior from its latest windows; a pool with fewer series than `learnFrom` also asks its own past
 * windows, one a year back at a time, each counted for what it adds.
 */
function learnPrior(
  series: readonly PoolSeries[],
  quarters: readonly number[],
  target: number,
  s: PoolSettings,
): PoolPrior {
  const all = Int32Array.from({ length: s.dictionary.size }, (_, i) => i);
  const window = emptyWindow();
  const siblings: Evidence[] = [];
  const importance: number[] = [];
  const T = quarters.length;
  for (let back = 0; T - back >= 4; back += 4) {
    const room = s.learnFrom - siblings.length;
    if (room < Math.min(series.length, s.learnFrom)) break;
    for (const index of spread(series.length, room)) {
      cutWindow(series[index]!, quarters, T - back, target - back, s.historyLength, window);
      if (window.count < (back === 0 ? 2 : 4)) continue;
      const evidence = emptyEvidence(s.dictionary.size);
      weighSeries(s.dictionary, window, all, evidence);
      siblings.push(evidence);
      importance.push(back === 0 ? 1 : Math.min(1, 4 / window.count));
    }
  }
  const options = { pseudoCount: s.pseudoCount, iterations: 40, shrinkLevels: s.shrinkLevels };
  return learnPool(siblings, s.defaultWeights, options, importance);
}

const COVERAGE = 0.995;

/** In pools of many series, where time counts and the prior is well learnt, fewer components. */
const LARGE_POOL = 500;
const LARGE_POOL_COMPONENTS = 32;

/** The prior cut to the components that matter. */
function prune(prior: PoolPrior, series: number): { active: Int32Array; weights: Float64Array } {
  const limit = series > LARGE_POOL ? LARGE_POOL_COMPONENTS : prior.weights.length;
  const active = activeComponents(prior.weights, COVERAGE, limit);
  let held = 0;
  for (const component of active) held += prior.weights[component]!;
  return { active, weights: Float64Array.from(active, (component) => prior.weights[component]! / held) };
}

const CALIBRATION_QUARTERS = 8;
const CALIBRATION_SERIES = 60;
const CALIBRATION_PSEUDO_COUNT = 16;
const Z90 = 1.6448536269514722;

/**
 * The factor on standard deviations that would have made the pool's last eight forecasts honest: the 90 % quantile of
 * |z| over its normal value, drawn towards 1 where there were few quarters. Quarters, not series, are what is counted
 * at the top of a tree, since all indicators share a quarter's surprise.
 */
function calibrate(
  series: readonly PoolSeries[],
  quarters: readonly number[],
  prior: PoolPrior,
  active: Int32Array,
  weights: Float64Array,
  s: PoolSettings,
): number {
  const window = emptyWindow();
  const evidence = emptyEvidence(active.length);
  const share = new Float64Array(active.length);
  const deviations: number[] = [];
  const T = quarters.length;
  let origins = 0;
  for (let t = T - 1; t >= Math.max(4, T - CALIBRATION_QUARTERS); t -= 1) {
    const before = deviations.length;
    for (const index of spread(series.length, CALIBRATION_SERIES)) {
      const actual = series[index]!.values[t]!;
      if (Number.isNaN(actual)) continue;
      cutWindow(series[index]!, quarters, t, quarters[t]!, s.historyLength, window);
      if (window.count < 4) continue;
      weighSeries(s.dictionary, window, active, evidence);
      const p = predict(evidence, prior, weights, share);
      deviations.push(Math.abs(actual - p.mean) / Math.sqrt(p.variance + series[index]!.noise[t]!));
    }
    if (deviations.length > before) origins += 1;
  }
  if (deviations.length === 0) return 1;
  deviations.sort((a, b) => a - b);
  const q = deviations[Math.min(deviations.length - 1, Math.floor(0.9 * deviations.length))]! / Z90;
  const count = origins * Math.sqrt(Math.min(series.length, CALIBRATION_SERIES));
  return Math.sqrt((count * q * q + CALIBRATION_PSEUDO_COUNT) / (count + CALIBRATION_PSEUDO_COUNT));
}

/**
 * Forecasts all series of a pool: learns their common prior, weighs each series, calibrates. Series without any
 * observation in the window get mean 0 and the pool's `deviation` as variance, history 0.
 * `onSeries` is called after each series and may throw to cancel.
 */
export function forecastPool(
  series: readonly PoolSeries[],
  quarters: readonly number[],
  target: number,
  s: PoolSettings,
  onSeries: () => void,
): PoolResult {
  const prior = learnPrior(series, quarters, target, s);
  const { active, weights } = prune(prior, series.length);
  const calibration = s.calibrate ? calibrate(series, quarters, prior, active, weights, s) : 1;
  const result = emptyResult(series.length, calibration);
  const window = emptyWindow();
  const evidence = emptyEvidence(active.length);
  const share = new Float64Array(active.length);
  const drawn = new Float64Array(SPAN);
  let deviations = 0;
  let seen = 0;
  series.forEach((one, i) => {
    cutWindow(one, quarters, quarters.length, target, s.historyLength, window);
    result.history[i] = window.count;
    if (window.count > 0) {
      weighSeries(s.dictionary, window, active, evidence);
      const p = predict(evidence, prior, weights, share);
      result.mean[i] = p.mean;
      result.variance[i] = p.variance * calibration * calibration;
      result.cumulant4[i] = p.cumulant4 * calibration ** 4;
      nameKernel(result, i, active, share, s.dictionary);
      drawCurve(s.dictionary, window, active[p.best]!, p.bestLevel, drawn, 0);
      for (let c = 0; c < CURVE_LENGTH; c += 1)
        result.curve[i * CURVE_LENGTH + c] = drawn[SPAN - 1 - CURVE_LENGTH + c]!;
      deviations += p.mean * p.mean + result.variance[i]!;
      seen += 1;
    }
    onSeries();
  });
  result.deviation = seen > 0 ? deviations / seen : 0;
  for (let i = 0; i < series.length; i += 1)
    if (result.history[i] === 0) result.variance[i] = result.deviation;
  return result;
}

function emptyResult(count: number, calibration: number): PoolResult {
  return {
    mean: new Float64Array(count),
    variance: new Float64Array(count),
    cumulant4: new Float64Array(count),
    history: new Uint8Array(count),
    kernel: new Uint8Array(count),
    kernelWeight: new Float64Array(count),
    curve: new Float64Array(count * CURVE_LENGTH),
    deviation: 0,
    calibration,
  };
}

const kernelShares = new Float64Array(256);

/** The kernel with the most posterior weight over all scales. */
function nameKernel(
  result: PoolResult,
  i: number,
  active: Int32Array,
  share: Float64Array,
  dictionary: Dictionary,
): void {
  const scaleCount = dictionary.scales.length;
  kernelShares.fill(0);
  active.forEach((component, a) => {
    const k = (component / scaleCount) | 0;
    kernelShares[k] = kernelShares[k]! + share[a]!;
  });
  let best = 0;
  for (let k = 1; k < dictionary.kernels.length; k += 1) if (kernelShares[k]! > kernelShares[best]!) best = k;
  result.kernel[i] = best;
  result.kernelWeight[i] = Math.min(1, kernelShares[best]!);
}
