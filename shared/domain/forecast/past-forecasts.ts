import { emptyEvidence, weighSeries } from './mixture.ts';
import { cutWindow, type PoolSeries, type PoolSettings } from './pool-series.ts';
import { type PoolPrior, predict } from './pooling.ts';
import { emptyWindow } from './series-window.ts';

/**
 * What would have been forecast of the watched series of a pool in its last quarters: moments of the true value at
 * `[watched * quarters.length + i]`, NaN without four quarters before or without an actual. `quarters` are indexes.
 */
export interface PastForecasts {
  quarters: number[];
  mean: Float64Array;
  variance: Float64Array;
}

/** A learnt pool cut to the components that matter. */
export interface LearntPool {
  prior: PoolPrior;
  active: Int32Array;
  weights: Float64Array;
}

/** Past quarters over which forecasts are judged. */
export const JUDGED_QUARTERS = 8;

const LEAST_HISTORY = 4;

/** Indexes of the quarters that are forecast from those before them, the latest first. */
export function judgedQuarters(count: number): number[] {
  const quarters: number[] = [];
  for (let t = count - 1; t >= Math.max(LEAST_HISTORY, count - JUDGED_QUARTERS); t -= 1) quarters.push(t);
  return quarters;
}

/** Forecasts the watched series' last eight quarters, each from what was known before it and the pool's prior. */
export function forecastPast(
  series: readonly PoolSeries[],
  quarters: readonly number[],
  pool: LearntPool,
  s: PoolSettings,
): PastForecasts {
  const judged = judgedQuarters(quarters.length);
  const size = s.watched.length * judged.length;
  const past: PastForecasts = {
    quarters: judged,
    mean: new Float64Array(size).fill(Number.NaN),
    variance: new Float64Array(size).fill(Number.NaN),
  };
  const window = emptyWindow();
  const evidence = emptyEvidence(pool.active.length);
  const share = new Float64Array(pool.active.length);
  s.watched.forEach((index, w) => {
    judged.forEach((t, i) => {
      if (Number.isNaN(series[index]!.values[t]!)) return;
      cutWindow(series[index]!, quarters, t, quarters[t]!, s.historyLength, window);
      if (window.count < LEAST_HISTORY) return;
      weighSeries(s.dictionary, window, pool.active, evidence);
      const p = predict(evidence, pool.prior, pool.weights, share);
      past.mean[w * judged.length + i] = p.mean;
      past.variance[w * judged.length + i] = p.variance;
    });
  });
  return past;
}

/** Multiplies the standard deviations by a factor, in place. */
export function scalePast(past: PastForecasts, factor: number): void {
  for (let i = 0; i < past.variance.length; i += 1) past.variance[i] = past.variance[i]! * factor * factor;
}

const PSEUDO_COUNT = 16;
const Z90 = 1.6448536269514722;

/** How much `origins` quarters of `series` deviations tell: series of one quarter share its surprises. */
export function tellingCount(origins: number, series: number): number {
  return origins * Math.sqrt(series);
}

/** Quantile of sorted numbers, at least one. */
export function sortedQuantile(sorted: readonly number[], p: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!;
}

/** `factor` on standard deviations drawn towards 1, the more the less it is based on. */
export function drawnToOne(factor: number, count: number, pseudoCount: number): number {
  return Math.sqrt((count * factor * factor + pseudoCount) / (count + pseudoCount));
}

/**
 * The factor on standard deviations that would have made a pool's past forecasts honest: the 90 % quantile of |z| over
 * its normal value, drawn towards 1 where there were few quarters. 1 where nothing was watched.
 */
export function calibrationOf(
  past: PastForecasts,
  series: readonly PoolSeries[],
  watched: readonly number[],
): number {
  const deviations: number[] = [];
  const seen = new Set<number>();
  const count = past.quarters.length;
  watched.forEach((index, w) => {
    past.quarters.forEach((t, i) => {
      const mean = past.mean[w * count + i]!;
      if (Number.isNaN(mean)) return;
      const spread = Math.sqrt(past.variance[w * count + i]! + series[index]!.noise[t]!);
      deviations.push(Math.abs(series[index]!.values[t]! - mean) / spread);
      seen.add(t);
    });
  });
  if (deviations.length === 0) return 1;
  deviations.sort((a, b) => a - b);
  return drawnToOne(
    sortedQuantile(deviations, 0.9) / Z90,
    tellingCount(seen.size, watched.length),
    PSEUDO_COUNT,
  );
}
