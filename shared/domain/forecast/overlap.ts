import { baseOf } from './decompose.ts';
import type { ForecastPanel } from './panel.ts';

/** What the quarter-to-quarter differences of a panel's smallest units say about its waves. */
export interface OverlapEvidence {
  /** Pooled autocorrelations of the differences at lags 1 to 4. */
  lags: [number, number, number, number];
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
 * over four quarters changes by (new quarter - quarter of a year ago) / 4, so that its differences are negatively
 * correlated at lag 4 and less so at lags 2 and 3, which no slow level, noise or season does (a stationary movement
 * fades with the lag, a season is positive at lag 4); rounding of the scores blurs this but leaves the order. Or they
 * are far smaller than the sampling errors of independent waves allow. Declared overlap wins over the data; the fewer
 * differences there are, the clearer they must be.
 * Example: independent waves of a steady score give about -.5, 0, 0, 0 and `overlapping` false.
 */
export function detectOverlap(panel: ForecastPanel): OverlapEvidence {
  const T = panel.quarters.length;
  const K = panel.indicators.length;
  const units = leaves(panel);
  const stride = Math.max(1, Math.floor((units.length * K) / 2000));
  const sums: DifferenceSums = { products: [0, 0, 0, 0, 0], counts: [0, 0, 0, 0, 0], seen: 0, floor: 0 };
  for (let i = 0; i < units.length * K; i += stride)
    addDifferences(panel, units[Math.floor(i / K)]!, i % K, T, K, sums);
  const square = sums.products[0]! / Math.max(1, sums.counts[0]!);
  const lagOf = (lag: number): number => {
    const count = sums.counts[lag]!;
    return count > 0 && square > 0 ? sums.products[lag]! / count / square : 0;
  };
  const lags: OverlapEvidence['lags'] = [lagOf(1), lagOf(2), lagOf(3), lagOf(4)];
  const margin = 0.05 + 2 / Math.sqrt(Math.max(1, sums.counts[4]!));
  const rolling = lags[3] < -margin && lags[3] < Math.min(lags[1], lags[2]) - margin;
  const varianceRatio = sums.floor > 0 ? sums.seen / sums.floor : Number.NaN;
  const tooQuiet = varianceRatio < 0.5 && lags[0] > -0.25 && sums.counts[1]! >= 30;
  return { lags, varianceRatio, overlapping: panel.overlappingWindows ?? (rolling || tooQuiet) };
}

/** Products of differences by lag 0 to 4, and the variance that sampling alone would give them. */
interface DifferenceSums {
  products: number[];
  counts: number[];
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
    for (let lag = 0; lag <= 4; lag += 1) {
      const later = change(t + lag);
      if (Number.isNaN(later)) continue;
      sums.products[lag]! += d * later;
      sums.counts[lag]! += 1;
    }
    const floor = sd * sd * (1 / baseOf(panel, u, k, t) + 1 / baseOf(panel, u, k, t - 1));
    if (!(floor > 0)) continue;
    sums.seen += d * d;
    sums.floor += floor;
  }
}
