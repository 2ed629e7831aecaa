import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '../../../shared/math/symmetric-eigen.ts';

describe('symmetricEigen', () => {
  it('knows a matrix with known values', () => {
    const { values, vectors } = symmetricEigen([
      [2, 1],
      [1, 2],
    ]);
    expect(values[0]).toBeCloseTo(3, 14);
    expect(values[1]).toBeCloseTo(1, 14);
    expect(Math.abs(vectors[0]![0]!)).toBeCloseTo(Math.SQRT1_2, 14);
  });

  it('rebuilds the matrix from its parts', () => {
    const n = 15;
    const matrix = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (__, j) => Math.cos(3 * i * j) + Math.cos(i + j) + (i === j ? i : 0)),
    );
    const { values, vectors } = symmetricEigen(matrix);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const sum = values.reduce((total, value, k) => total + value * vectors[k]![i]! * vectors[k]![j]!, 0);
        expect(sum).toBeCloseTo(matrix[i]![j]!, 11);
      }
  });

  it('refuses what is not square', () => {
    expect(() => symmetricEigen([[1, 2]])).toThrow('not square');
  });
});
