import { expect, test } from 'vitest';
import { backSubstitute, factorBordered, forwardSubstitute } from '../../../shared/math/cholesky.ts';

test('a two by two matrix factors as by hand and solves its border', () => {
  const rows = Float64Array.from([4, 0, 2, 5, 1, 1]);
  expect(factorBordered(rows, 2, 1, 2)).toBeCloseTo(Math.log(16), 12);
  expect(Array.from(rows)).toEqual([2, 0, 1, 2, 0.5, 0.25]);
  const x = rows.slice(4);
  backSubstitute(rows, 2, 2, x);
  expect(x[0]! * 4 + x[1]! * 2).toBeCloseTo(1, 12);
  expect(x[0]! * 2 + x[1]! * 5).toBeCloseTo(1, 12);
});

test('a matrix that is not positive definite is refused', () => {
  expect(factorBordered(Float64Array.from([1, 0, 2, 1]), 2, 0, 2)).toBeNaN();
});

test('forward substitution gives what a border row of the same elimination gives', () => {
  const rows = Float64Array.of(4, 0, 2, 5, 1, 1);
  factorBordered(rows, 2, 1, 2);
  const b = Float64Array.of(1, 1);
  forwardSubstitute(rows, 2, 2, b);
  expect([...b]).toEqual([0.5, 0.25]);
});

test.each([1, 2, 3, 6, 7])(
  'a matrix of %i rows comes back from its factor, with any number of border rows',
  (size) => {
    const entry = (i: number, j: number) => 1 / (1 + Math.abs(i - j)) + (i === j ? 1 : 0);
    for (const border of [0, 1, 2, 3]) {
      const rows = new Float64Array((size + border) * size);
      for (let i = 0; i < size; i += 1) for (let j = 0; j <= i; j += 1) rows[i * size + j] = entry(i, j);
      for (let i = size * size; i < rows.length; i += 1) rows[i] = Math.sin(i);
      const before = rows.slice();
      factorBordered(rows, size, border, size);
      const dot = (i: number, j: number) => {
        let sum = 0;
        for (let k = 0; k <= Math.min(i, j, size - 1); k += 1)
          sum += rows[i * size + k]! * rows[j * size + k]!;
        return sum;
      };
      for (let i = 0; i < size + border; i += 1)
        for (let j = 0; j <= Math.min(i, size - 1); j += 1)
          expect(dot(i, j)).toBeCloseTo(before[i * size + j]!, 12);
    }
  },
);
