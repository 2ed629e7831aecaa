import { Z95 } from './normal.ts';

/** A share with its interval, all on 0-1. */
export interface ShareInterval {
  share: number;
  low: number;
  high: number;
}

/**
 * The Wilson score interval of a share (Wilson 1927): inside 0-1, and not empty at 0 % or 100 %, where the
 * textbook interval is. `share` 0-1, `n` the effective base size (may be fractional), `z` the normal quantile of the
 * wanted confidence. Throws when `share` is outside 0-1 or `n` is not positive.
 * Example: `wilsonInterval(0.8, 10)` is 0.490 to 0.943.
 */
export function wilsonInterval(share: number, n: number, z = Z95): ShareInterval {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`wilsonInterval: share ${share}`);
  if (!(n > 0)) throw new RangeError(`wilsonInterval: n ${n}`);
  const z2 = z * z;
  const denominator = 1 + z2 / n;
  const centre = (share + z2 / (2 * n)) / denominator;
  const half = (z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))) / denominator;
  return {
    share,
    low: share === 0 ? 0 : Math.max(0, centre - half),
    high: share === 1 ? 1 : Math.min(1, centre + half),
  };
}
