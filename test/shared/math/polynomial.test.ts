import { expect, test } from 'vitest';
import { fitPolynomial } from '../../../shared/math/polynomial.ts';

test('a polynomial is recovered from its own values, far from the origin too', () => {
  const x = [8100, 8101, 8102, 8103, 8105];
  const f = (at: number) => 70 + 0.3 * (at - 8100) - 0.02 * (at - 8100) ** 2;
  const fit = fitPolynomial(x, x.map(f), 2)!;
  expect(fit(8110)).toBeCloseTo(f(8110), 8);
});

test('a least-squares line has the slope worked out by hand', () => {
  const fit = fitPolynomial([0, 1, 2], [1, 2, 4], 1)!;
  expect(fit(0)).toBeCloseTo(5 / 6, 10);
  expect(fit(1) - fit(0)).toBeCloseTo(1.5, 10);
});

test('too few different points give no polynomial', () => {
  expect(fitPolynomial([1, 1], [2, 3], 1)).toBeUndefined();
  expect(fitPolynomial([], [], 0)).toBeUndefined();
});
