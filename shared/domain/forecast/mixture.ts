import { backSubstitute, factorBordered, forwardSubstitute } from '../../math/cholesky.ts';
import { type Dictionary, SPAN } from './kernel.ts';
import { type Measured, measured, measuredInLogs, type SeriesWindow } from './series-window.ts';

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

/** Room for the evidence on `size` components, zeros throughout; `weighSeries` writes it and it may be used again. */
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

/**
 * Fills the working rows for one component of the kernel that was gathered: the covariances, and below them the
 * values, ones, and the covariances with the forecast quarter.
 */
function fillRows(window: SeriesWindow, from: Measured, scale: number, mean: number): void {
  const { count, rows, breakRow, breakVariance } = window;
  for (let i = 0; i < count; i += 1) {
    const at = i * SPAN;
    for (let j = 0; j < i; j += 1) work[at + j] = scale * gathered[at + j]!;
    work[at + i] = scale * gathered[at + i]! + from.variances[i]! + VARIANCE_FLOOR * scale;
  }
  const at = count * SPAN;
  for (let j = 0; j < count; j += 1) {
    work[at + j] = from.values[j]! - mean;
    work[at + SPAN + j] = 1;
    work[at + 2 * SPAN + j] = scale * gathered[at + j]!;
  }
  if (breakVariance <= 0) return;
  for (let i = 0; i < count && rows[i]! < breakRow; i += 1)
    for (let j = 0; j <= i; j += 1) work[i * SPAN + j] = work[i * SPAN + j]! + breakVariance;
}

/**
 * Weighs the components listed in `active` against one series, into the entries of `out` at the same positions as in
 * `active`. Gaussian process regression with an unknown mean (Rasmussen & Williams 2006, section 2.7), one Cholesky
 * factor of at most 23 x 23 a component, or a kernel where no sampling variance is known. A logarithmic component
 * speaks of the logarithms: its level, offset and variance are theirs, and its likelihood is that of the values.
 * Without `ahead` only the likelihood and the mean are asked for, which is less work; the rest may stay as it was.
 * Needs at least one observation; a component that is numerically singular, or logarithmic where a value is not
 * positive, gets log likelihood -Infinity.
 * Example: white noise around a level (kernel smooth 0, no variances) puts `level` at the mean of the values.
 */
export function weighSeries(
  dictionary: Dictionary,
  window: SeriesWindow,
  active: Int32Array,
  out: Evidence,
  ahead = true,
): void {
  const { count } = window;
  if (count < 1) throw new RangeError('weighSeries: a window without observations');
  const plain = measured(window);
  const logs = dictionary.kernels.at(-1)!.logarithmic ? measuredInLogs(window) : undefined;
  const factors = isExact(window) ? factorsOf(dictionary, window) : undefined;
  const scaleCount = dictionary.scales.length;
  let current = -1;
  for (let a = 0; a < active.length; a += 1) {
    const component = active[a]!;
    const k = (component / scaleCount) | 0;
    const scale = dictionary.scales[component - k * scaleCount]!;
    const from = dictionary.kernels[k]!.logarithmic ? logs : plain;
    if (!from) {
      dismiss(out, a);
      continue;
    }
    if (factors) {
      if (k !== current) projectExact(factors[k]!, count, from);
      weighExact(factors[k]!, count, from, scale, out, a);
    } else {
      if (k !== current) gatherRows(window, dictionary.tables[k]!);
      weighNoisy(window, from, scale, scale * dictionary.tables[k]![SPAN * SPAN - 1]!, out, a, ahead);
    }
    current = k;
  }
}

function dismiss(out: Evidence, a: number): void {
  out.logLikelihood[a] = Number.NEGATIVE_INFINITY;
  for (const list of [out.level, out.levelVariance, out.offset, out.reach, out.variance]) list[a] = 0;
}

function weighNoisy(
  window: SeriesWindow,
  from: Measured,
  scale: number,
  ownVariance: number,
  out: Evidence,
  a: number,
  ahead: boolean,
): void {
  const { count } = window;
  const { mean, jacobian } = from;
  fillRows(window, from, scale, mean);
  const logDeterminant = factorBordered(work, count, ahead ? 3 : 2, SPAN);
  const values = count * SPAN;
  const ones = values + SPAN;
  let yy = 0;
  let y1 = 0;
  let one = 0;
  for (let j = 0; j < count; j += 1) {
    const yj = work[values + j]!;
    const oj = work[ones + j]!;
    yy += yj * yj;
    y1 += yj * oj;
    one += oj * oj;
  }
  const centre = y1 / one;
  const misfit = Math.max(0, yy - y1 * centre);
  const logLikelihood = jacobian - 0.5 * (logDeterminant + Math.log(one) + misfit);
  out.logLikelihood[a] = Number.isFinite(logLikelihood) ? logLikelihood : Number.NEGATIVE_INFINITY;
  out.level[a] = mean + centre;
  out.levelVariance[a] = 1 / one;
  if (ahead) lookAhead(values, count, mean, ownVariance, out, a);
}

/** What a factored component expects of the forecast quarter. */
function lookAhead(
  values: number,
  count: number,
  mean: number,
  ownVariance: number,
  out: Evidence,
  a: number,
): void {
  const ones = values + SPAN;
  const ahead = ones + SPAN;
  let kk = 0;
  let ky = 0;
  let k1 = 0;
  for (let j = 0; j < count; j += 1) {
    const kj = work[ahead + j]!;
    kk += kj * kj;
    ky += kj * work[values + j]!;
    k1 += kj * work[ones + j]!;
  }
  out.reach[a] = 1 - k1;
  out.offset[a] = ky + mean * k1;
  out.variance[a] = Math.max(0, ownVariance - kk);
}

/** A kernel's factor at scale 1 for one set of quarters, shared by all series without sampling variances. */
interface ExactFactor {
  lower: Float64Array;
  /** The finished rows of the forecast quarter's covariances and of ones. */
  ahead: Float64Array;
  ones: Float64Array;
  logDeterminant: number;
  k1: number;
  one: number;
  variance: number;
}

/** Whether a window has neither sampling variances nor a break, so that its covariance only scales. */
function isExact({ count, variances, breakVariance }: SeriesWindow): boolean {
  if (breakVariance > 0) return false;
  for (let i = 0; i < count; i += 1) if (variances[i] !== 0) return false;
  return true;
}

const kept = new WeakMap<Dictionary, Map<string, ExactFactor[]>>();
const KEPT_PATTERNS = 64;

function factorsOf(dictionary: Dictionary, window: SeriesWindow): ExactFactor[] {
  const patterns = kept.get(dictionary) ?? new Map<string, ExactFactor[]>();
  kept.set(dictionary, patterns);
  const key = window.rows.subarray(0, window.count).join(' ');
  let factors = patterns.get(key);
  if (!factors) {
    factors = dictionary.tables.map((table) => factorOf(window, table));
    if (patterns.size >= KEPT_PATTERNS) patterns.clear();
    patterns.set(key, factors);
  }
  return factors;
}

function factorOf(window: SeriesWindow, table: Float64Array): ExactFactor {
  const { count } = window;
  gatherRows(window, table);
  fillRows(window, measured(window), 1, 0);
  const logDeterminant = factorBordered(work, count, 3, SPAN);
  const ahead = work.slice((count + 2) * SPAN, (count + 2) * SPAN + count);
  const ones = work.slice((count + 1) * SPAN, (count + 1) * SPAN + count);
  const dot = (a: Float64Array, b: Float64Array): number =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return {
    lower: work.slice(0, count * SPAN),
    ahead,
    ones,
    logDeterminant,
    k1: dot(ahead, ones),
    one: dot(ones, ones),
    variance: Math.max(0, table[SPAN * SPAN - 1]! - dot(ahead, ahead)),
  };
}

const projected = new Float64Array(SPAN);
const exact = { ky: 0, centre: 0, misfit: 0 };

/** Puts a series through a kernel's factor, into `exact`. */
function projectExact(factor: ExactFactor, count: number, { values, mean }: Measured): void {
  for (let j = 0; j < count; j += 1) projected[j] = values[j]! - mean;
  forwardSubstitute(factor.lower, count, SPAN, projected);
  let ky = 0;
  let yy = 0;
  let y1 = 0;
  for (let j = 0; j < count; j += 1) {
    const value = projected[j]!;
    ky += value * factor.ahead[j]!;
    yy += value * value;
    y1 += value * factor.ones[j]!;
  }
  exact.ky = ky;
  exact.centre = y1 / factor.one;
  exact.misfit = Math.max(0, yy - y1 * exact.centre);
}

function weighExact(
  factor: ExactFactor,
  count: number,
  { mean, jacobian }: Measured,
  scale: number,
  out: Evidence,
  a: number,
): void {
  const spread = factor.logDeterminant + Math.log(factor.one) + (count - 1) * Math.log(scale);
  const logLikelihood = jacobian - 0.5 * (spread + exact.misfit / scale);
  out.logLikelihood[a] = Number.isFinite(logLikelihood) ? logLikelihood : Number.NEGATIVE_INFINITY;
  out.level[a] = mean + exact.centre;
  out.levelVariance[a] = scale / factor.one;
  out.reach[a] = 1 - factor.k1;
  out.offset[a] = exact.ky + mean * factor.k1;
  out.variance[a] = scale * factor.variance;
}

/**
 * The curve that one component draws through a window: its value in every table row, without the part that is new
 * each quarter, given the mean `level` (of the logarithms for a logarithmic one; the values written are the series').
 * Writes SPAN numbers to `out` from `at`.
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
  const logs = dictionary.kernels[k]!.logarithmic ? measuredInLogs(window) : undefined;
  gatherRows(window, dictionary.tables[k]!);
  fillRows(window, logs ?? measured(window), scale, level);
  factorBordered(work, count, 1, SPAN);
  const alpha = work.slice(count * SPAN, count * SPAN + count);
  backSubstitute(work, count, SPAN, alpha);
  const table = dictionary.smoothTables[k]!;
  for (let row = 0; row < SPAN; row += 1) {
    let value = level;
    for (let j = 0; j < count; j += 1) value += scale * table[row * SPAN + rows[j]!]! * alpha[j]!;
    out[at + row] = logs ? Math.exp(value) : value;
  }
}
