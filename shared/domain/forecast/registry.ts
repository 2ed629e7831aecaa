import type { Curve } from './curve.ts';
import { average } from './curves/average.ts';
import { drift } from './curves/drift.ts';
import { exponential } from './curves/exponential.ts';
import { leastError } from './curves/least-error.ts';
import { linear } from './curves/linear.ts';
import { logarithmic } from './curves/logarithmic.ts';
import { naive } from './curves/naive.ts';
import { pooled } from './curves/pooled.ts';
import { power } from './curves/power.ts';
import { quadratic } from './curves/quadratic.ts';
import { seasonalNaive } from './curves/seasonal-naive.ts';

/** Every curve a user can choose or compare, the default first. A new curve is a file in `curves/` and a line here. */
export const CURVES: readonly Curve[] = [
  pooled,
  naive,
  seasonalNaive,
  drift,
  linear,
  quadratic,
  logarithmic,
  exponential,
  power,
  average,
  leastError,
];

/** The curve with an id; throws on an unknown one. Example: `curveById('naive')`. */
export function curveById(id: string): Curve {
  const curve = CURVES.find((one) => one.id === id);
  if (!curve) throw new RangeError(`curveById: ${id}`);
  return curve;
}
