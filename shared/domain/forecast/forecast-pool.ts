import type { Dictionary } from './kernel.ts';
import { SPAN } from './kernel.ts';
import { learnSiblings } from './learn-siblings.ts';
import { drawCurve, emptyEvidence, weighSeries } from './mixture.ts';
import { calibrationOf, forecastPast, type PastForecasts, scalePast } from './past-forecasts.ts';
import { cutWindow, type PoolSeries, type PoolSettings } from './pool-series.ts';
import { predict } from './pooling.ts';
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
  const pool = learnSiblings(series, quarters, target, s);
  const { prior, active } = pool;
  const past = forecastPast(series, quarters, pool, s);
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
      const p = predict(evidence, prior, pool.weightsFor(i, quarters.length), share);
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
