import { normalQuantile } from './normal.ts';

/** Beyond this many degrees of freedom the distribution is the normal one to nine digits. */
const LARGEST_DF = 1e9;

/**
 * ln(gamma(a + 1/2) / gamma(a)), from the asymptotic series of the ratio after shifting `a` above 12. The direct
 * difference of two log gammas loses every digit at the large degrees of freedom that survey bases have.
 * Series: Tricomi & Erdelyi 1951.
 */
function logHalfGammaRatio(a: number): number {
  let shift = 0;
  let b = a;
  for (; b < 12; b += 1) shift += Math.log(b / (b + 0.5));
  const r = 1 / b;
  const r2 = r * r;
  const series = r * (-1 / 8 + r2 * (1 / 192 + r2 * (-1 / 640 + r2 * (17 / 14336 - (31 / 18432) * r2))));
  return shift + 0.5 * Math.log(b) + series;
}

/** The continued fraction of the incomplete beta function by Lentz's method (DLMF 8.17.22). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let value = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    c = 1 + even / c;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    value *= d * (Math.abs(c) < tiny ? tiny : c);
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    c = 1 + odd / c;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    c = Math.abs(c) < tiny ? tiny : c;
    const step = d * c;
    value *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return value;
}

/** P(T > t) for t >= 0. */
function upperTail(t: number, df: number): number {
  if (t === 0) return 0.5;
  if (t === Infinity) return 0;
  const square = (t * t) / df;
  const a = df / 2;
  const x = 1 / (1 + square);
  const y = square / (1 + square);
  const logFactor =
    logHalfGammaRatio(a) - 0.5 * Math.log(Math.PI) - a * Math.log1p(square) + 0.5 * Math.log(y);
  const factor = Math.exp(logFactor);
  // The fraction converges fast on one side of the mode; on the other the complement is computed.
  return x < (a + 1) / (a + 2.5)
    ? (0.5 * factor * betaFraction(x, a, 0.5)) / a
    : 0.5 - factor * betaFraction(y, 0.5, a);
}

function checkedDf(df: number, caller: string): number {
  if (!(df > 0)) throw new RangeError(`${caller}: df ${df}`);
  return Math.min(df, LARGEST_DF);
}

/**
 * Student's t distribution function P(T <= t), to 1e-12 for any positive, also fractional, degrees of freedom;
 * `df` Infinity gives the normal distribution to 1e-9. Throws unless `df` > 0 and `t` is a number.
 * Computed from the regularised incomplete beta function (DLMF 8.17). Example: `studentTCdf(1, 1)` is 0.75.
 */
export function studentTCdf(t: number, df: number): number {
  if (Number.isNaN(t)) throw new RangeError('studentTCdf: t NaN');
  const tail = upperTail(Math.abs(t), checkedDf(df, 'studentTCdf'));
  return t > 0 ? 1 - tail : tail;
}

/** The two-sided p value P(|T| >= |t|), accurate far into the tails. Throws as `studentTCdf` does. */
export function studentTTwoSided(t: number, df: number): number {
  if (Number.isNaN(t)) throw new RangeError('studentTTwoSided: t NaN');
  return Math.min(1, 2 * upperTail(Math.abs(t), checkedDf(df, 'studentTTwoSided')));
}

/** Normal quantiles of the few probabilities that anybody asks for. */
const NORMAL_QUANTILES = new Map<number, number>();
const MOST_KEPT = 64;

function upperNormal(tail: number): number {
  let z = NORMAL_QUANTILES.get(tail);
  if (z === undefined) {
    z = -normalQuantile(tail);
    if (NORMAL_QUANTILES.size < MOST_KEPT) NORMAL_QUANTILES.set(tail, z);
  }
  return z;
}

/** The upper quantile from the expansion about the normal one, `z` (Abramowitz & Stegun 26.7.5). */
function expandedQuantile(z: number, df: number): number {
  if (df < 3) return z;
  const z2 = z * z;
  const first = (z2 + 1) / 4;
  const second = ((5 * z2 + 16) * z2 + 3) / 96;
  const third = (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
  const fourth = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
  const start = z * (1 + (first + (second + (third + fourth / df) / df) / df) / df);
  return start > 0 ? start : z;
}

/** True where the expansion is right to a relative 1e-12: its first term left out is below ((z² + 4) / 4 / df)^5 / 10. */
function expansionIsEnough(z: number, df: number): boolean {
  return df > 40 * (z * z + 4) && z < 8;
}

/**
 * The quantile t with P(T <= t) = p, to a relative 1e-12. Newton steps on the logarithm of the tail, kept inside a
 * bracket. Throws unless 0 < p < 1 and `df` > 0. Example: `studentTQuantile(0.975, 5)` is 2.5705818.
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`studentTQuantile: p ${p}`);
  const nu = checkedDf(df, 'studentTQuantile');
  const tail = Math.min(p, 1 - p);
  if (tail === 0.5) return 0;
  const z = upperNormal(tail);
  const start = expandedQuantile(z, nu);
  if (expansionIsEnough(z, nu)) return p < 0.5 ? -start : start;
  let low = 0;
  let high = Infinity;
  const logDensityAtZero = logHalfGammaRatio(nu / 2) - 0.5 * Math.log(nu * Math.PI);
  let t = start;
  for (let i = 0; i < 200; i++) {
    const current = upperTail(t, nu);
    if (current > tail) low = t;
    else high = t;
    const density = Math.exp(logDensityAtZero - ((nu + 1) / 2) * Math.log1p((t * t) / nu));
    const newton = t + (Math.log(current / tail) * current) / density;
    const inside = newton > low && newton < high;
    const next = inside ? newton : high === Infinity ? 2 * t + 1 : (low + high) / 2;
    const moved = Math.abs(next - t);
    t = next;
    // A Newton step squares the error: after one this small nothing is left to correct.
    if ((inside && moved <= 1e-9 * t) || (high < Infinity && high - low <= 2e-16 * high)) break;
  }
  return p < 0.5 ? -t : t;
}
