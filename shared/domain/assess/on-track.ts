import { normalCdf } from '../../math/normal.ts';

/** One quarter of the running year: measured, or still forecast. */
export interface RunningQuarter {
  /** Actual score, or the mean of the forecast. On 0-100. */
  score100: number;
  /** Standard error of the actual, or standard deviation of the forecast. */
  standardError: number;
  /** Share of the year's answers, any unit. */
  share: number;
  measured: boolean;
  milestone100: number;
}

/** Where the year stands. */
export interface OnTrack {
  /** Expected figure of the whole year and its standard error. */
  expected100: number;
  standardError: number;
  /** Probability that the year's figure reaches the target. */
  probability: number;
  /** `ahead` from 80 %, `behind` below 20 %, else `open`. */
  state: 'ahead' | 'open' | 'behind';
  /** Measured quarters less their milestones, share-weighted; `undefined` before the first. */
  againstMilestones100: number | undefined;
  /** Score that the open quarters need on average; `undefined` when none is left. */
  needed100: number | undefined;
}

/**
 * The running view of a plan: what the measured quarters and the forecast of the rest make of the year. Forecast errors
 * of quarters of one year move together; `correlation` (default 0.5) is that of the open quarters' errors. Measured
 * quarters are independent. Throws without quarters or without a positive share.
 */
export function onTrack(quarters: readonly RunningQuarter[], target100: number, correlation = 0.5): OnTrack {
  const share = quarters.reduce((sum, q) => sum + q.share, 0);
  if (!(share > 0)) throw new RangeError(`onTrack: share ${share} of ${quarters.length} quarters`);
  let expected100 = 0;
  let independent = 0;
  let openSum = 0;
  let openSquares = 0;
  for (const q of quarters) {
    const weight = q.share / share;
    expected100 += weight * q.score100;
    if (q.measured) independent += (weight * q.standardError) ** 2;
    else {
      openSum += weight * q.standardError;
      openSquares += (weight * q.standardError) ** 2;
    }
  }
  const variance = independent + (1 - correlation) * openSquares + correlation * openSum * openSum;
  const standardError = Math.sqrt(variance);
  const distance = expected100 - target100;
  const probability = standardError > 0 ? normalCdf(distance / standardError) : Number(distance >= 0);
  const measured = quarters.filter((q) => q.measured);
  const sum = (list: readonly RunningQuarter[], value: (q: RunningQuarter) => number) =>
    list.reduce((total, q) => total + q.share * value(q), 0);
  const done = sum(measured, () => 1);
  const state = probability >= 0.8 ? 'ahead' : probability < 0.2 ? 'behind' : 'open';
  return {
    expected100,
    standardError,
    probability,
    state,
    againstMilestones100: done > 0 ? sum(measured, (q) => q.score100 - q.milestone100) / done : undefined,
    needed100:
      share - done > 1e-12 * share
        ? (target100 * share - sum(measured, (q) => q.score100)) / (share - done)
        : undefined,
  };
}
