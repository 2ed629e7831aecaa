import { type Dictionary, SPAN } from './kernel.ts';
import type { SeriesWindow } from './series-window.ts';

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
  /** Series whose past quarters are forecast too, to scale the pool's variances by how that went; none: no scaling. */
  watched: readonly number[];
}

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

/** Evenly spaced indexes, at most `limit` of `count`. Example: 3 of 6 are 0, 2, 4. */
export function evenlySpread(count: number, limit: number): number[] {
  if (count <= limit) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: limit }, (_, i) => Math.floor((i * count) / limit));
}
