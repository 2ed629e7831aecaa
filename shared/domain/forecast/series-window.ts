import { SPAN } from './kernel.ts';

/**
 * One series cut to the window of a forecast. `rows[i]` is the row in the kernel tables of the i-th observation
 * (SPAN - 1 would be the forecast quarter; strictly increasing), `values[i]` its score, `variances[i]` its sampling
 * variance (0 where unknown). Observations before row `breakRow` may sit at another level: an offset of variance
 * `breakVariance` is shared by them (0: no break). Only the first `count` entries are read.
 */
export interface SeriesWindow {
  count: number;
  rows: Int32Array;
  values: Float64Array;
  variances: Float64Array;
  breakRow: number;
  breakVariance: number;
}

/** A window of no values with room for `SPAN`, to be filled in place and used again. */
export function emptyWindow(): SeriesWindow {
  return {
    count: 0,
    rows: new Int32Array(SPAN),
    values: new Float64Array(SPAN),
    variances: new Float64Array(SPAN),
    breakRow: 0,
    breakVariance: 0,
  };
}

/** What a kernel is compared with: the values themselves or their logarithms, less a reference level. */
export interface Measured {
  values: Float64Array;
  variances: Float64Array;
  /** Mean of the values, the reference that keeps the elimination well scaled. */
  mean: number;
  /** Log of the density's change from values to what is compared. */
  jacobian: number;
}

/** A window on its own scale, as against `measuredInLogs`: the arrays are the window's, not copies; NaN mean when empty. */
export function measured(window: SeriesWindow): Measured {
  let sum = 0;
  for (let i = 0; i < window.count; i += 1) sum += window.values[i]!;
  return { values: window.values, variances: window.variances, mean: sum / window.count, jacobian: 0 };
}

const logValues = new Float64Array(SPAN);
const logVariances = new Float64Array(SPAN);

/** The logarithms of a window, their sampling variances by the delta method; undefined unless all are positive. */
export function measuredInLogs({ count, values, variances }: SeriesWindow): Measured | undefined {
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    const value = values[i]!;
    if (!(value > 0)) return undefined;
    logValues[i] = Math.log(value);
    logVariances[i] = variances[i]! / (value * value);
    sum += logValues[i]!;
  }
  return { values: logValues, variances: logVariances, mean: sum / count, jacobian: -sum };
}
