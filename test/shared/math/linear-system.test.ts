import { describe, expect, it } from 'vitest';
import { solveSquare } from '../../../shared/math/linear-system.ts';

describe('solveSquare', () => {
  it('solves a system that needs its rows exchanged', () => {
    expect([
      ...solveSquare(
        [
          [0, 1],
          [2, 1],
        ],
        [3, 5],
      ),
    ]).toEqual([1, 3]);
  });

  it('answers a consistent system of dependent equations', () => {
    const x = solveSquare(
      [
        [1, 1, 0],
        [2, 2, 0],
        [0, 0, 4],
      ],
      [3, 6, 8],
    );
    expect(x[0]! + x[1]!).toBeCloseTo(3, 12);
    expect(x[2]).toBe(2);
  });

  it('meets the residual of a badly scaled system', () => {
    const n = 12;
    const matrix = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => 1 / (i + j + 1)));
    const b = matrix.map((row) => row.reduce((a, v) => a + v, 0));
    const x = solveSquare(
      matrix.map((row) => [...row]),
      [...b],
    );
    matrix.forEach((row, i) => {
      expect(row.reduce((sum, v, j) => sum + v * x[j]!, 0)).toBeCloseTo(b[i]!, 10);
    });
  });

  it('refuses shapes that do not fit', () => {
    expect(() => solveSquare([[1, 2]], [1])).toThrow('1 rows for 1 values');
  });
});
