import { normalCdf, normalDensity } from '../../math/normal.ts';
import type { Dictionary } from './kernel.ts';
import type { Evidence } from './mixture.ts';

/** A forecast distribution as a mixture of normals, some of them of the value's logarithm. */
export interface Mixture {
  share: number[];
  mean: number[];
  sd: number[];
  logarithmic: boolean[];
}

/**
 * The mixture of components that hold at least .05 % of the posterior, around the forecast quarter. `active` are their
 * components; a `nextVariance` of the value is turned into one of its logarithm where needed (delta method).
 */
export function mixtureOf(
  dictionary: Dictionary,
  active: Int32Array,
  evidence: Evidence,
  share: Float64Array,
  nextVariance: number,
): Mixture {
  const mixture: Mixture = { share: [], mean: [], sd: [], logarithmic: [] };
  let held = 0;
  share.forEach((weight, i) => {
    if (weight < 5e-4) return;
    held += weight;
    const reach = evidence.reach[i]!;
    const mean = evidence.offset[i]! + reach * evidence.level[i]!;
    const { logarithmic } = dictionary.kernels[Math.floor(active[i]! / dictionary.scales.length)]!;
    const noise = logarithmic ? nextVariance / Math.exp(2 * mean) : nextVariance;
    mixture.share.push(weight);
    mixture.mean.push(mean);
    mixture.sd.push(Math.sqrt(evidence.variance[i]! + reach * reach * evidence.levelVariance[i]! + noise));
    mixture.logarithmic.push(logarithmic);
  });
  mixture.share = mixture.share.map((weight) => weight / held);
  return mixture;
}

/** Probability and density of a mixture at `x`. */
function at({ share, mean, sd, logarithmic }: Mixture, x: number): { below: number; density: number } {
  let below = 0;
  let density = 0;
  for (let i = 0; i < share.length; i += 1) {
    if (logarithmic[i]) {
      if (x <= 0) continue;
      const z = (Math.log(x) - mean[i]!) / sd[i]!;
      below += share[i]! * normalCdf(z);
      density += (share[i]! * normalDensity(z)) / (sd[i]! * x);
    } else {
      const z = (x - mean[i]!) / sd[i]!;
      below += share[i]! * normalCdf(z);
      density += (share[i]! * normalDensity(z)) / sd[i]!;
    }
  }
  return { below, density };
}

/** Furthest of a logarithm's reach, so that a wide one stays a number. */
const LOG_LIMIT = 300;

/** The value `z` standard deviations out in each component: lowest, highest, and the narrowest deviation there. */
function reachOf(mixture: Mixture, z: number): { low: number; high: number; narrow: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let narrow = Number.POSITIVE_INFINITY;
  mixture.mean.forEach((mean, i) => {
    const sd = mixture.sd[i]!;
    const edge = (sign: number): number =>
      mixture.logarithmic[i] ? Math.exp(Math.min(LOG_LIMIT, mean + sign * z * sd)) : mean + sign * z * sd;
    low = Math.min(low, edge(-1));
    high = Math.max(high, edge(1));
    narrow = Math.min(narrow, mixture.logarithmic[i] ? sd * Math.exp(Math.min(LOG_LIMIT, mean)) : sd);
  });
  return { low, high, narrow };
}

/** Quantile of a mixture to a thousandth of its narrowest part: Newton's steps, halving where they leave the bracket. */
function quantile(mixture: Mixture, p: number, start: number): number {
  let { low, high, narrow } = reachOf(mixture, 8);
  let x = start > low && start < high ? start : (low + high) / 2;
  for (let i = 0; i < 100; i += 1) {
    const { below, density } = at(mixture, x);
    if (below < p) low = x;
    else high = x;
    const step = (p - below) / density;
    const next = x + step;
    if (Math.abs(step) < 1e-3 * narrow && next >= low && next <= high) return next;
    if (high - low < 1e-3 * narrow || high - low < 1e-12 * Math.abs(high)) return (low + high) / 2;
    x = next > low && next < high ? next : (low + high) / 2;
  }
  return x;
}

/** Quantiles at 2.5, 10, 50, 90 and 97.5 %. Example: one standard normal gives -1.96, -1.28, 0, 1.28, 1.96. */
export function band(mixture: Mixture): [number, number, number, number, number] {
  const { share, mean, sd, logarithmic } = mixture;
  let centre = 0;
  let spread = 0;
  share.forEach((weight, i) => {
    const value = logarithmic[i] ? Math.exp(Math.min(LOG_LIMIT, mean[i]!)) : mean[i]!;
    centre += weight * value;
    spread += weight * sd[i]! * (logarithmic[i] ? value : 1);
  });
  const of = (p: number, z: number): number => quantile(mixture, p, centre + z * spread);
  return [of(0.025, -1.96), of(0.1, -1.28), of(0.5, 0), of(0.9, 1.28), of(0.975, 1.96)];
}
