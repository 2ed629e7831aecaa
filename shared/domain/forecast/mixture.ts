import { backSubstitute, factorBordered } from '../../math/cholesky.ts';
import { type Dictionary, SPAN } from './kernel.ts';

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

/** An empty window, to be filled in place. */
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

/**
 * What one series says about each component of a dictionary, before any prior. With mu the unknown mean:
 * `logLikelihood` under a flat prior on mu; mu given the data is N(`level`, `levelVariance`); the curve in the
 * forecast quarter given mu is N(`offset` + `reach` * mu, `variance`).
 */
export interface Evidence {
  logLikelihood: Float64Array;
  level: Float64Array;
  levelVariance: Float64Array;
  offset: Float64Array;
  reach: Float64Array;
  variance: Float64Array;
}

/** Room for the evidence on `size` components. */
export function emptyEvidence(size: number): Evidence {
  return {
    logLikelihood: new Float64Array(size),
    level: new Float64Array(size),
    levelVariance: new Float64Array(size),
    offset: new Float64Array(size),
    reach: new Float64Array(size),
    variance: new Float64Array(size),
  };
}

const VARIANCE_FLOOR = 1e-6;
const work = new Float64Array((SPAN + 3) * SPAN);
const gathered = new Float64Array((SPAN + 1) * SPAN);

/** The window's own rows of one kernel table, and the forecast quarter's below them. */
function gatherRows(window: SeriesWindow, table: Float64Array): void {
  const { count, rows } = window;
  for (let i = 0; i <= count; i += 1) {
    const row = (i < count ? rows[i]! : SPAN - 1) * SPAN;
    const length = i < count ? i + 1 : count;
    for (let j = 0; j < length; j += 1) gathered[i * SPAN + j] = table[row + rows[j]!]!;
  }
}

/** Fills the working rows for one component of the kernel that was gathered. */
function fillRows(window: SeriesWindow, scale: number, drift: number, mean: number): void {
  const { count, rows, values, variances, breakRow, breakVariance } = window;
  for (let i = 0; i <= count; i += 1) {
    const from = i * SPAN;
    for (let j = 0; j <= i && j < count; j += 1) work[from + j] = scale * gathered[from + j]!;
    if (i < count) work[from + i] = work[from + i]! + variances[i]! + VARIANCE_FLOOR * scale;
  }
  for (let j = 0; j < count; j += 1) {
    work[(count + 1) * SPAN + j] = values[j]! - mean - drift * (rows[j]! - (SPAN - 1));
    work[(count + 2) * SPAN + j] = 1;
  }
  if (breakVariance <= 0) return;
  for (let i = 0; i < count && rows[i]! < breakRow; i += 1)
    for (let j = 0; j <= i; j += 1) work[i * SPAN + j] = work[i * SPAN + j]! + breakVariance;
}

/** The mean of a window's values, the reference that keeps the elimination well scaled. */
function meanValue(window: SeriesWindow): number {
  let sum = 0;
  for (let i = 0; i < window.count; i += 1) sum += window.values[i]!;
  return sum / window.count;
}

/**
 * Weighs the components listed in `active` against one series, into the entries of `out` at the same positions as in
 * `active`. Gaussian process regression with an unknown mean (Rasmussen & Williams 2006, section 2.7), one Cholesky
 * factor of at most 23 x 23 a component. Needs at least one observation; a component that is numerically singular
 * gets log likelihood -Infinity.
 * Example: white noise around a level (kernel smooth 0, no variances) puts `level` at the mean of the values.
 */
export function weighSeries(
  dictionary: Dictionary,
  window: SeriesWindow,
  active: Int32Array,
  out: Evidence,
): void {
  const { count } = window;
  if (count < 1) throw new RangeError('weighSeries: a window without observations');
  const scaleCount = dictionary.scales.length;
  const mean = meanValue(window);
  const last = SPAN * SPAN - 1;
  let current = -1;
  for (let a = 0; a < active.length; a += 1) {
    const component = active[a]!;
    const k = (component / scaleCount) | 0;
    const scale = dictionary.scales[component - k * scaleCount]!;
    if (k !== current) gatherRows(window, dictionary.tables[k]!);
    current = k;
    fillRows(window, scale, dictionary.kernels[k]!.drift, mean);
    const logDeterminant = factorBordered(work, count, 3, SPAN);
    let kk = 0;
    let ky = 0;
    let k1 = 0;
    let yy = 0;
    let y1 = 0;
    let one = 0;
    for (let j = 0; j < count; j += 1) {
      const kj = work[count * SPAN + j]!;
      const yj = work[(count + 1) * SPAN + j]!;
      const oj = work[(count + 2) * SPAN + j]!;
      kk += kj * kj;
      ky += kj * yj;
      k1 += kj * oj;
      yy += yj * yj;
      y1 += yj * oj;
      one += oj * oj;
    }
    const centre = y1 / one;
    const misfit = Math.max(0, yy - y1 * centre);
    const logLikelihood = -0.5 * (logDeterminant + Math.log(one) + misfit);
    out.logLikelihood[a] = Number.isFinite(logLikelihood) ? logLikelihood : Number.NEGATIVE_INFINITY;
    out.level[a] = mean + centre;
    out.levelVariance[a] = 1 / one;
    out.reach[a] = 1 - k1;
    out.offset[a] = ky + mean * k1;
    out.variance[a] = Math.max(0, scale * dictionary.tables[k]![last]! - kk);
  }
}

/**
 * The curve that one component draws through a window: its value in every table row, without the part that is new
 * each quarter, given the mean `level`. Writes SPAN numbers to `out` from `at`.
 */
export function drawCurve(
  dictionary: Dictionary,
  window: SeriesWindow,
  component: number,
  level: number,
  out: Float64Array,
  at: number,
): void {
  const { count, rows } = window;
  const scaleCount = dictionary.scales.length;
  const k = (component / scaleCount) | 0;
  const scale = dictionary.scales[component - k * scaleCount]!;
  const drift = dictionary.kernels[k]!.drift;
  gatherRows(window, dictionary.tables[k]!);
  fillRows(window, scale, drift, level);
  factorBordered(work, count, 2, SPAN);
  const alpha = work.slice((count + 1) * SPAN, (count + 1) * SPAN + count);
  backSubstitute(work, count, SPAN, alpha);
  const table = dictionary.smoothTables[k]!;
  for (let row = 0; row < SPAN; row += 1) {
    let value = level + drift * (row - (SPAN - 1));
    for (let j = 0; j < count; j += 1) value += scale * table[row * SPAN + rows[j]!]! * alpha[j]!;
    out[at + row] = value;
  }
}
