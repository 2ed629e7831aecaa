import { baseOf } from './decompose.ts';
import type { ForecastPanel } from './panel.ts';

/** What the quarter-to-quarter differences of a panel's smallest units say about its waves. */
export interface OverlapEvidence {
  /** Pooled autocorrelation of the differences at lag 1; about -.5 when waves are independent samples. */
  lag1: number;
  /** The same at lag 4; about -.5 when a wave drops the quarter that entered a year ago. */
  lag4: number;
  /** Variance of the differences over the one that independent samples must have at least; NaN without bases. */
  varianceRatio: number;
  overlapping: boolean;
}

function leaves(panel: ForecastPanel): number[] {
  const isParent = new Set(panel.units.map((unit) => unit.parent));
  return panel.units.map((_, u) => u).filter((u) => !isParent.has(u));
}

/**
 * Whether neighbouring waves share respondents, as 12-month rolling scores do, from the scores alone. A rolling mean
 * over four quarters changes by (new quarter - quarter of a year ago) / 4: its differences are uncorrelated at lags 1
 * to 3, negatively correlated at lag 4, and far smaller than the sampling errors of independent waves allow. Declared
 * overlap wins over the data. Fewer than 30 pairs of differences decide nothing.
 * Example: independent waves of a steady score give lag1 near -.5 and `overlapping` false.
 */
export function detectOverlap(panel: ForecastPanel): OverlapEvidence {
  const T = panel.quarters.length;
  const K = panel.indicators.length;
  const units = leaves(panel);
  const stride = Math.max(1, Math.floor((units.length * K) / 2000));
  const sums = { square: 0, squareCount: 0, lag1: 0, lag1Count: 0, lag4: 0, lag4Count: 0, seen: 0, floor: 0 };
  for (let i = 0; i < units.length * K; i += stride) {
    const u = units[Math.floor(i / K)]!;
    addDifferences(panel, u, i % K, T, K, sums);
  }
  const square = sums.square / Math.max(1, sums.squareCount);
  const lag1 = square > 0 && sums.lag1Count >= 30 ? sums.lag1 / sums.lag1Count / square : -0.5;
  const lag4 = square > 0 && sums.lag4Count >= 30 ? sums.lag4 / sums.lag4Count / square : 0;
  const varianceRatio = sums.floor > 0 ? sums.seen / sums.floor : Number.NaN;
  const rolling = lag4 < -0.25 && lag1 > -0.25;
  const tooQuiet = varianceRatio < 0.5 && lag1 > -0.25;
  return { lag1, lag4, varianceRatio, overlapping: panel.overlappingWindows ?? (rolling || tooQuiet) };
}

interface DifferenceSums {
  square: number;
  squareCount: number;
  lag1: number;
  lag1Count: number;
  lag4: number;
  lag4Count: number;
  seen: number;
  floor: number;
}

function addDifferences(
  panel: ForecastPanel,
  u: number,
  k: number,
  T: number,
  K: number,
  sums: DifferenceSums,
): void {
  const sd = panel.indicators[k]!.sd;
  const change = (t: number): number => {
    if (t < 1 || t >= T || panel.quarters[t]! - panel.quarters[t - 1]! !== 1) return Number.NaN;
    return panel.scores[(u * K + k) * T + t]! - panel.scores[(u * K + k) * T + t - 1]!;
  };
  for (let t = 1; t < T; t += 1) {
    const d = change(t);
    if (Number.isNaN(d)) continue;
    sums.square += d * d;
    sums.squareCount += 1;
    const floor = sd * sd * (1 / baseOf(panel, u, k, t) + 1 / baseOf(panel, u, k, t - 1));
    if (floor > 0) {
      sums.seen += d * d;
      sums.floor += floor;
    }
    const next = change(t + 1);
    if (!Number.isNaN(next)) {
      sums.lag1 += d * next;
      sums.lag1Count += 1;
    }
    const nextYear = change(t + 4);
    if (!Number.isNaN(nextYear)) {
      sums.lag4 += d * nextYear;
      sums.lag4Count += 1;
    }
  }
}
