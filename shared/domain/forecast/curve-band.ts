import { studentTQuantile } from '../../math/student-t.ts';

/** Half widths of the 80 and the 95 % band of a curve, in the unit of its errors. */
export interface HalfWidths {
  at80: number;
  at95: number;
}

const LEAST_ERRORS = 4;

/** The smallest width that covers a coming error with probability `p` whatever their distribution is (conformal). */
function halfWidth(sorted: readonly number[], p: number): number {
  const n = sorted.length;
  const rank = Math.ceil((n + 1) * p);
  if (rank <= n) return sorted[rank - 1]!;
  const square = sorted.reduce((sum, error) => sum + error * error, 0) / n;
  return Math.max(sorted[n - 1]!, studentTQuantile(0.5 + p / 2, n) * Math.sqrt(square));
}

/**
 * The bands of a curve from the absolute errors that its own past one-step forecasts made (split conformal prediction:
 * Vovk, Gammerman & Shafer 2005); where there are too few for a quantile, from their root mean square with Student's t.
 * Undefined with fewer than four errors. Example: 99 errors 0.01 .. 0.99 give .80 and .95.
 */
export function bandOfErrors(errors: readonly number[]): HalfWidths | undefined {
  if (errors.length < LEAST_ERRORS) return undefined;
  const sorted = [...errors].sort((a, b) => a - b);
  return { at80: halfWidth(sorted, 0.8), at95: halfWidth(sorted, 0.95) };
}
