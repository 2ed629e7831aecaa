import { backSubstitute, factorBordered } from './cholesky.ts';

/** A fitted polynomial of a number. */
export type Polynomial = (x: number) => number;

/**
 * Least-squares polynomial of a degree through points, on x centred and scaled to [-1, 1] so that the normal equations
 * stay well conditioned. Needs at least degree + 1 different x; `undefined` when there are fewer.
 * Example: (0, 1), (1, 3), (2, 5) at degree 1 gives 1 + 2 x.
 */
export function fitPolynomial(
  x: readonly number[],
  y: readonly number[],
  degree: number,
): Polynomial | undefined {
  if (new Set(x).size < degree + 1) return undefined;
  const low = Math.min(...x);
  const half = Math.max((Math.max(...x) - low) / 2, Number.MIN_VALUE);
  const scaled = x.map((value) => (value - low) / half - 1);
  const size = degree + 1;
  const rows = new Float64Array((size + 1) * size);
  scaled.forEach((value, p) => {
    for (let i = 0; i < size; i += 1) {
      for (let j = 0; j <= i; j += 1) rows[i * size + j] = rows[i * size + j]! + value ** (i + j);
      rows[size * size + i] = rows[size * size + i]! + value ** i * y[p]!;
    }
  });
  if (Number.isNaN(factorBordered(rows, size, 1, size))) return undefined;
  const coefficients = rows.slice(size * size);
  backSubstitute(rows, size, size, coefficients);
  return (at) => {
    const value = (at - low) / half - 1;
    return coefficients.reduceRight((sum, c) => sum * value + c, 0);
  };
}
