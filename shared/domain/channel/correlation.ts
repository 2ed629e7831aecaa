import { normalQuantile } from '../../math/normal.ts';

/** A correlation with its interval, or why there is none. */
export type Correlation =
  | { kind: 'too-few'; n: number }
  /** One side does not vary: nothing can go along with it. */
  | { kind: 'no-spread'; n: number }
  | { kind: 'correlation'; n: number; r: number; low: number; high: number };

/** Fewest pairs that a correlation and its interval are worked out from. */
const FEWEST = 4;

/**
 * Pearson's correlation of pairs with its interval by Fisher's z = atanh r, standard error 1 / sqrt(n - 3)
 * (Fisher 1921). Fewer than four pairs answer `too-few`. Perfect correlation has the interval of itself.
 * Throws unless 0 < confidence < 1. Example: r .5 of 28 pairs has the interval .156 to .736.
 */
export function correlationOf(pairs: readonly (readonly [number, number])[], confidence = 0.95): Correlation {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`correlationOf: confidence ${confidence}`);
  const n = pairs.length;
  if (n < FEWEST) return { kind: 'too-few', n };
  const meanX = pairs.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = pairs.reduce((sum, [, y]) => sum + y, 0) / n;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (const [x, y] of pairs) {
    xx += (x - meanX) ** 2;
    yy += (y - meanY) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  if (xx <= 1e-12 * meanX * meanX || yy <= 1e-12 * meanY * meanY) return { kind: 'no-spread', n };
  const r = Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
  if (Math.abs(r) > 1 - 1e-12) return { kind: 'correlation', n, r, low: r, high: r };
  const half = normalQuantile(0.5 + confidence / 2) / Math.sqrt(n - 3);
  const z = Math.atanh(r);
  return { kind: 'correlation', n, r, low: Math.tanh(z - half), high: Math.tanh(z + half) };
}
