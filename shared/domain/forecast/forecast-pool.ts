import type { Dictionary } from './kernel.ts';
import { SPAN } from './kernel.ts';
import { drawCurve, type Evidence, emptyEvidence, weighSeries } from './mixture.ts';
import { calibrationOf, forecastPast, type PastForecasts, scalePast } from './past-forecasts.ts';
import { cutWindow, evenlySpread, type PoolSeries, type PoolSettings } from './pool-series.ts';
import { activeComponents, learnPool, type PoolPrior, predict } from './pooling.ts';
import { emptyWindow } from './series-window.ts';

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
  /** What would have been forecast of the watched series, with that factor. */
  past: PastForecasts;
}

/** Quarters of the drawn curve. */
export const CURVE_LENGTH = 16;

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
    for (const index of evenlySpread(series.length, room)) {
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
  const past = forecastPast(series, quarters, { prior, active, weights }, s);
  const calibration = calibrationOf(past, series, s.watched);
  scalePast(past, calibration);
  const result = emptyResult(series.length, calibration, past);
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

function emptyResult(count: number, calibration: number, past: PastForecasts): PoolResult {
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
    past,
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
