import { bisectRising } from '../math/bisection.ts';
import { studentTQuantile } from '../math/student-t.ts';
import { type CellStatistics, meanOf, nEffOf, standardErrorOf } from './cell.ts';

/** How much of a figure may be shown. `grey`: shown without rank and without significance mark. */
export type PrecisionTier = 'hidden' | 'grey' | 'full';

/** The effective base sizes from which a figure is shown, and shown in full. */
export interface TierRules {
  greyFrom: number;
  fullFrom: number;
}

/** Below 10 hidden, 10 to 29 grey, from 30 in full. */
export const DEFAULT_TIERS: TierRules = { greyFrom: 10, fullFrom: 30 };

/** The tier of an effective base size. Throws on rules out of order. Example: `tierOf(29.9)` is `'grey'`. */
export function tierOf(nEff: number, rules: TierRules = DEFAULT_TIERS): PrecisionTier {
  if (!(rules.greyFrom <= rules.fullFrom))
    throw new RangeError(`tierOf: grey from ${rules.greyFrom}, full from ${rules.fullFrom}`);
  // A base of thirty equal weights can sum to 29.999999999999996.
  const base = nEff * (1 + 1e-12);
  if (base >= rules.fullFrom) return 'full';
  return base >= rules.greyFrom ? 'grey' : 'hidden';
}

/**
 * The tier of a cell. A score that was reported without its base size is grey: it may be shown, but nothing says how
 * firm it is, so it takes no rank and no significance mark. An empty cell is hidden.
 */
export function tierOfCell(cell: CellStatistics, rules: TierRules = DEFAULT_TIERS): PrecisionTier {
  return cell.n === 0 && cell.sumW > 0 ? 'grey' : tierOf(nEffOf(cell), rules);
}

/**
 * The design effect of cluster sampling, `1 + (mbar - 1) rho` (Kish 1965): `clusterSize` answers a cluster on
 * average, intra-class correlation `rho`. Multiplies the weighting effect. Example: `clusterEffect(11, 0.05)` is 1.5.
 */
export function clusterEffect(clusterSize: number, rho: number): number {
  if (!(clusterSize >= 1)) throw new RangeError(`clusterEffect: clusterSize ${clusterSize}`);
  if (!(rho >= 0 && rho <= 1)) throw new RangeError(`clusterEffect: rho ${rho}`);
  return 1 + (clusterSize - 1) * rho;
}

/** A mean with its precision, all on 0-100. */
export interface Estimate {
  mean: number;
  nEff: number;
  standardError: number;
  /** Half the width of the interval. */
  marginOfError: number;
  low: number;
  high: number;
}

/** What is known beyond the answers. */
export interface PrecisionOptions {
  /** Two-sided confidence, default 0.95. */
  confidence?: number;
  /** Size N of the finite population the respondents were drawn from; the margin shrinks by sqrt(1 - n/N). */
  population?: number | undefined;
  /** Extra design effect of clustering, default 1. */
  clusterEffect?: number;
}

/**
 * The margin of error `t(n_eff - 1) s / sqrt(n_eff) sqrt(1 - n / N)`; `undefined` where the cell has no variance
 * estimate (an effective base of one or less). A census (n >= N) has margin 0.
 * Example: 25 answers with standard deviation 15 have a margin of 6.19.
 */
export function marginOfError(cell: CellStatistics, options: PrecisionOptions = {}): number | undefined {
  const { confidence = 0.95, population, clusterEffect: cluster = 1 } = options;
  const standardError = standardErrorOf(cell);
  if (standardError === undefined) return undefined;
  const nEff = nEffOf(cell) / cluster;
  if (nEff <= 1) return undefined;
  const finite = population === undefined ? 1 : Math.sqrt(Math.max(0, 1 - cell.n / population));
  const t = studentTQuantile(0.5 + confidence / 2, nEff - 1);
  return t * standardError * Math.sqrt(cluster) * finite;
}

/** The mean with its margin and interval (cut to 0-100); `undefined` where there is no margin. */
export function estimateOf(cell: CellStatistics, options: PrecisionOptions = {}): Estimate | undefined {
  const mean = meanOf(cell);
  const margin = marginOfError(cell, options);
  if (mean === undefined || margin === undefined) return undefined;
  const cluster = options.clusterEffect ?? 1;
  const finite =
    options.population === undefined ? 1 : Math.sqrt(Math.max(0, 1 - cell.n / options.population));
  return {
    mean,
    nEff: nEffOf(cell) / cluster,
    standardError: standardErrorOf(cell)! * Math.sqrt(cluster) * finite,
    marginOfError: margin,
    low: Math.max(0, mean - margin),
    high: Math.min(100, mean + margin),
  };
}

/** A unit's mean and the sampling variance of that mean. */
export interface UnitMean {
  mean: number;
  variance: number;
}

/** A mean that borrowed strength from its parent. */
export interface ShrunkMean {
  /** Share of the unit's own mean in the result, 0-1. */
  gamma: number;
  mean: number;
  standardError: number;
}

/**
 * The empirical-Bayes mean of a small unit, `gamma x + (1 - gamma) mu`, `gamma = tau^2 / (tau^2 + sigma^2 / n)`
 * (Fay & Herriot 1979): `unit.variance` is sigma^2 / n, `parentMean` mu, `tau2` the variance of true means between
 * units. With `tau2` 0 every unit takes the parent's mean. A unit without answers: pass variance Infinity.
 * Example: tau 20 and sigma 150 give gamma .15, .35 and .64 at n = 10, 30 and 100.
 */
export function shrinkToParent(unit: UnitMean, parentMean: number, tau2: number): ShrunkMean {
  if (!(tau2 >= 0)) throw new RangeError(`shrinkToParent: tau2 ${tau2}`);
  if (!(unit.variance >= 0)) throw new RangeError(`shrinkToParent: variance ${unit.variance}`);
  if (unit.variance === Infinity || tau2 === 0)
    return { gamma: 0, mean: parentMean, standardError: Math.sqrt(tau2) };
  const gamma = tau2 / (tau2 + unit.variance);
  return {
    gamma,
    mean: gamma * unit.mean + (1 - gamma) * parentMean,
    standardError: Math.sqrt(gamma * unit.variance),
  };
}

/** The common mean of units and the variance of their true means about it. */
export interface BetweenUnits {
  mean: number;
  tau2: number;
}

/**
 * The variance between units by Paule & Mandel (1982): the tau^2 at which the weighted sum of squares about the
 * weighted mean equals its expectation k - 1; 0 when the units differ by no more than sampling explains. Units with
 * infinite variance are left out; a variance of 0 is taken as the smallest positive one. `undefined` with fewer than
 * two units.
 */
export function betweenUnits(units: readonly UnitMean[]): BetweenUnits | undefined {
  const usable = units.filter((unit) => unit.variance < Infinity);
  if (usable.length < 2) return undefined;
  const positive = usable.map((unit) => unit.variance).filter((variance) => variance > 0);
  const least = positive.length > 0 ? Math.min(...positive) : 1e-12;
  const at = (tau2: number) => {
    let sumW = 0;
    let sumWX = 0;
    for (const { mean, variance } of usable) {
      const w = 1 / (Math.max(variance, least) + tau2);
      sumW += w;
      sumWX += w * mean;
    }
    const mean = sumWX / sumW;
    let q = 0;
    for (const unit of usable) q += (unit.mean - mean) ** 2 / (Math.max(unit.variance, least) + tau2);
    return { mean, q };
  };
  const spread = Math.max(...usable.map((u) => u.mean)) - Math.min(...usable.map((u) => u.mean));
  const excess = (tau2: number) => usable.length - 1 - at(tau2).q;
  const tau2 = bisectRising(excess, 0, spread * spread + 1) ?? 0;
  return { mean: at(tau2).mean, tau2 };
}
