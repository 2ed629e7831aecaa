import type { LearntPool } from './learn-siblings.ts';
import { emptyEvidence, weighSeries } from './mixture.ts';
import { cutWindow, type PoolSeries, type PoolSettings } from './pool-series.ts';
import { predict } from './pooling.ts';
import { emptyWindow } from './series-window.ts';
import { tailQuantile } from './tail-quantile.ts';

/**
 * What would have been forecast of the watched series of a pool in its last quarters: moments of the true value at
 * `[watched * quarters.length + i]`, NaN without four quarters before or without an actual. `quarters` are indexes.
 */
export interface PastForecasts {
  quarters: number[];
  mean: Float64Array;
  variance: Float64Array;
  cumulant4: Float64Array;
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
    cumulant4: new Float64Array(size).fill(Number.NaN),
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
      const p = predict(evidence, pool.prior, pool.weightsFor(index, t), share);
      past.mean[w * judged.length + i] = p.mean;
      past.variance[w * judged.length + i] = p.variance;
      past.cumulant4[w * judged.length + i] = p.cumulant4;
    });
  });
  return past;
}

/** Multiplies the standard deviations of past forecasts by a factor, in place: variances by its square, fourth cumulants by its fourth power. */
export function scalePast(past: PastForecasts, factor: number): void {
  for (let i = 0; i < past.variance.length; i += 1) {
    past.variance[i] = past.variance[i]! * factor ** 2;
    past.cumulant4[i] = past.cumulant4[i]! * factor ** 4;
  }
}

const PSEUDO_COUNT = 16;

/** How much `origins` quarters of `series` deviations tell: series of one quarter share its surprises. */
export function tellingCount(origins: number, series: number): number {
  return origins * Math.sqrt(series);
}

/** Below this a past is too quiet to be believed. */
const LEAST_FACTOR = 0.1;

/**
 * The factor on a band of coverage `p` that would have held `p` of the next deviations, from past ones in half widths
 * of that band that tell as much as `count` independent ones (conformal rank: Vovk, Gammerman & Shafer 2005), drawn
 * towards 1 by `pseudoCount`. Undefined where so few cannot tell, since even the largest lies inside too often.
 * Example: with 8 the 80 % band can be judged, the 95 % band cannot.
 */
export function widthFactor(
  deviations: readonly number[],
  p: number,
  count: number,
  pseudoCount: number,
): number | undefined {
  if (!(p * (count + 1) <= count)) return undefined;
  const sorted = [...deviations].sort((a, b) => a - b);
  const at = Math.min(sorted.length, p * (sorted.length + 1)) - 1;
  const below = sorted[Math.floor(at)]!;
  const needed = below + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - below);
  return Math.exp((count * Math.log(Math.max(LEAST_FACTOR, needed))) / (count + pseudoCount));
}

/**
 * The factor on standard deviations that would have made a pool's past forecasts honest: how many half widths of its
 * 90 % band would have held 90 % of what came, drawn towards 1 where there were few quarters; 1 where there were too
 * few to tell.
 */
export function calibrationOf(
  past: PastForecasts,
  series: readonly PoolSeries[],
  watched: readonly number[],
): number {
  const deviations: number[] = [];
  const seen = new Set<number>();
  const J = past.quarters.length;
  watched.forEach((index, w) => {
    past.quarters.forEach((t, i) => {
      const mean = past.mean[w * J + i]!;
      if (Number.isNaN(mean)) return;
      const variance = past.variance[w * J + i]! + series[index]!.noise[t]!;
      const half = tailQuantile(90, past.cumulant4[w * J + i]! / variance ** 2) * Math.sqrt(variance);
      deviations.push(Math.abs(series[index]!.values[t]! - mean) / half);
      seen.add(t);
    });
  });
  const count = tellingCount(seen.size, watched.length);
  return widthFactor(deviations, 0.9, count, PSEUDO_COUNT) ?? 1;
}
