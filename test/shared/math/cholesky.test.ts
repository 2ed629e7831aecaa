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
