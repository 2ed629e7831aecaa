import { expect, test } from 'vitest';
import { normalCdf, normalDensity, normalQuantile, normalTwoSided } from '../../../shared/math/normal.ts';

// Values of pnorm, qnorm and dnorm in R 4.2.
test('distribution, tail, density and quantile agree with R', () => {
  expect(normalCdf(0)).toBe(0.5);
  expect(normalCdf(1)).toBeCloseTo(0.841344746068543, 14);
  expect(normalCdf(-2.5)).toBeCloseTo(0.00620966532577613, 15);
  expect(normalCdf(-8) / 6.22096057427178e-16).toBeCloseTo(1, 10);
  expect(normalTwoSided(3.5) / 0.000465258158071046).toBeCloseTo(1, 10);
  expect(normalDensity(1.5)).toBeCloseTo(0.129517595665892, 14);
  expect(normalQuantile(0.975)).toBeCloseTo(1.95996398454005, 13);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.09023230616781, 12);
  expect(normalQuantile(1e-10)).toBeCloseTo(-6.36134090240406, 10);
});

test('quantile undoes distribution, and the ends are infinite', () => {
  for (const z of [-5, -2.9, -0.3, 0.7, 3.1, 4]) expect(normalQuantile(normalCdf(z))).toBeCloseTo(z, 9);
  expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
  expect(() => normalQuantile(1.5)).toThrow('1.5');
});
