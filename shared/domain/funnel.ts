import { studentTQuantile } from '../math/student-t.ts';

/** Where a unit lies against the funnel: beyond the outer (99.8 %) or inner (95 %) limit, or inside. */
export type FunnelPosition = 'far-below' | 'below' | 'inside' | 'above' | 'far-above';

/** The limits of a funnel plot at one precision, on the measure's own scale. */
export interface FunnelLimits {
  outerLow: number;
  innerLow: number;
  innerHigh: number;
  outerHigh: number;
}

const INNER = studentTQuantile(0.975, Infinity);
const OUTER = studentTQuantile(0.999, Infinity);

/**
 * Funnel limits about a target (Spiegelhalter 2005, doi 10.1002/sim.1970): `target +- z * standardError *
 * sqrt(overdispersion)` with z 1.96 and 3.09. `standardError` is the unit's own under the hypothesis that it lies on
 * target; one call a unit, or one a point of the curve. Throws on a negative standard error or an overdispersion
 * below 1. Example: `funnelLimits(80, 2)` has inner limits 76.08 and 83.92.
 */
export function funnelLimits(target: number, standardError: number, overdispersion = 1): FunnelLimits {
  if (!(standardError >= 0)) throw new RangeError(`funnelLimits: standardError ${standardError}`);
  if (!(overdispersion >= 1)) throw new RangeError(`funnelLimits: overdispersion ${overdispersion}`);
  const unit = standardError * Math.sqrt(overdispersion);
  return {
    outerLow: target - OUTER * unit,
    innerLow: target - INNER * unit,
    innerHigh: target + INNER * unit,
    outerHigh: target + OUTER * unit,
  };
}

/** A value's place in the funnel; on a limit it is inside it. Example: between the inner and the outer limit above is `'above'`. */
export function funnelPosition(value: number, limits: FunnelLimits): FunnelPosition {
  if (value < limits.outerLow) return 'far-below';
  if (value > limits.outerHigh) return 'far-above';
  if (value < limits.innerLow) return 'below';
  return value > limits.innerHigh ? 'above' : 'inside';
}

/**
 * How much more the units scatter than sampling explains: the mean of squared z scores after the most extreme tenth
 * on either side is pulled in (winsorised), at least 1 (Spiegelhalter 2005, section 4). Without it a large base makes
 * nearly every unit an outlier. 1 for fewer than ten units: too few to tell scatter from outliers.
 */
export function funnelOverdispersion(zScores: readonly number[], trim = 0.1): number {
  if (!(trim >= 0 && trim < 0.5)) throw new RangeError(`funnelOverdispersion: trim ${trim}`);
  if (zScores.length < 10) return 1;
  const sorted = [...zScores].sort((a, b) => a - b);
  const cut = Math.floor(trim * sorted.length);
  const low = sorted[cut]!;
  const high = sorted[sorted.length - 1 - cut]!;
  const sum = sorted.reduce((total, z) => total + Math.min(high, Math.max(low, z)) ** 2, 0);
  return Math.max(1, sum / sorted.length);
}
