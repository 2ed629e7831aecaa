/** Half widths of the two-sided 80 and 95 % intervals of a normal variable, in standard deviations. */
export const Z80 = 1.2815515655446004;
/** See `Z80`. */
export const Z95 = 1.959963984540054;

const SQRT_2PI = 2.5066282746310002;

/** Density of the standard normal distribution. Example: `normalDensity(0)` is 0.3989. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / SQRT_2PI;
}

/**
 * Probability that a standard normal variable is at most `z`. Absolute error below 1e-15 for |z| < 8, relative error
 * of either tail below 1e-11. Near the centre the Taylor series of the integral, further out Laplace's continued
 * fraction of the tail (Abramowitz & Stegun 26.2.10 and 26.2.14). NaN in, NaN out.
 * Example: `normalCdf(1.959963984540054)` is 0.975.
 */
export function normalCdf(z: number): number {
  if (z < -38) return 0;
  if (z > 38) return 1;
  const a = Math.abs(z);
  if (a >= 3) {
    const tail = upperTail(a);
    return z > 0 ? 1 - tail : tail;
  }
  let term = z;
  let sum = z;
  for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k += 1) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + normalDensity(z) * sum;
}

function upperTail(a: number): number {
  let fraction = a;
  for (let k = 120; k >= 1; k -= 1) fraction = a + k / fraction;
  return normalDensity(a) / fraction;
}

/**
 * Two-sided tail probability P(|Z| >= |z|). Keeps its relative precision where `1 - normalCdf` would be 0.
 * Example: `normalTwoSided(1.959963984540054)` is 0.05.
 */
export function normalTwoSided(z: number): number {
  return Math.min(1, 2 * normalCdf(-Math.abs(z)));
}

/**
 * Quantile of the standard normal distribution, `p` strictly between 0 and 1: a rational starting value
 * (Abramowitz & Stegun 26.2.23) and Halley steps on `normalCdf`, to about 1e-14. 0 and 1 give -Infinity and Infinity.
 * Throws outside 0-1. Example: `normalQuantile(0.975)` is 1.959963984540054.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`normalQuantile: p ${p}`);
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  let z =
    -t + (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let i = 0; i < 3; i += 1) {
    const step = (normalCdf(z) - p) / normalDensity(z);
    z -= step / (1 + 0.5 * z * step);
  }
  return z;
}
