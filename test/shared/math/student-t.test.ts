import { describe, expect, it } from 'vitest';
import { studentTCdf, studentTQuantile, studentTTwoSided } from '../../../shared/math/student-t.ts';

// Reference values from a 40-digit evaluation of the incomplete beta function; R's pt and qt print the same digits.
const CDF = [
  [0.5, 1, 0.6475836176504333],
  [1, 1, 0.75],
  [2, 1.5, 0.887905834821975],
  [2.5, 3, 0.9561466764959672],
  [-1.3, 7.4, 0.11631379101935937],
  [2.0423, 30, 0.9750014488130303],
  [4.2, 12, 0.9993840498864386],
  [1.96, 1e6, 0.9750019662073651],
  [-6, 25, 1.44266382944943e-6],
  [0.01, 79, 0.5039767512208938],
  [3, 1000.5, 0.9986166623064269],
  [30, 2, 0.9994453686590201],
] as const;

const QUANTILE = [
  [0.975, 1, 12.706204736174705],
  [0.975, 2, 4.302652729749464],
  [0.95, 3.7, 2.182493803914602],
  [0.975, 5, 2.5705818356363155],
  [0.975, 9, 2.2621571627982053],
  [0.975, 29, 2.0452296421327043],
  [0.975, 79, 1.990450210230129],
  [0.995, 10, 3.1692726726169513],
  [0.9, 4, 1.5332062740589438],
  [0.975, 99.5, 1.9840936109906242],
  [0.975, 1000, 1.9623390808264085],
  [0.975, 310, 1.967645928777825],
  [0.975, 320, 1.9674049737479327],
  [0.6, 170, 0.2537439534181532],
  [0.9995, 1000, 3.3002826484239129],
  [0.99999, 20_000, 4.265914013356586],
  [0.9995, 15, 4.072765195903791],
  [0.975, 1e6, 1.959966356814107],
  [0.6, 8, 0.26192109674883235],
] as const;

describe('Student t', () => {
  it.each(CDF)('gives P(T <= %d) at %d degrees of freedom', (t, df, expected) => {
    expect(Math.abs(studentTCdf(t, df) / expected - 1)).toBeLessThan(1e-11);
  });

  it.each(QUANTILE)('gives the quantile of %d at %d degrees of freedom', (p, df, expected) => {
    expect(Math.abs(studentTQuantile(p, df) / expected - 1)).toBeLessThan(2e-12);
    expect(Math.abs(studentTQuantile(1 - p, df) / expected + 1)).toBeLessThan(2e-12);
  });

  it('inverts its own distribution function over a wide grid', () => {
    for (const df of [0.5, 1, 2.5, 8, 40, 333.3, 1e5])
      for (const p of [1e-9, 1e-4, 0.02, 0.3, 0.5, 0.77, 0.999])
        expect(Math.abs(studentTCdf(studentTQuantile(p, df), df) / p - 1)).toBeLessThan(1e-10);
  });

  it('tends to the normal distribution', () => {
    expect(Math.abs(studentTQuantile(0.975, Infinity) - 1.959963984540054)).toBeLessThan(1e-8);
  });

  it('keeps far tails that a difference from 1 would lose', () => {
    expect(studentTTwoSided(6, 25) / (2 * 1.44266382944943e-6)).toBeCloseTo(1, 10);
    expect(studentTTwoSided(0, 4)).toBe(1);
  });

  it('refuses arguments without a meaning', () => {
    expect(() => studentTCdf(1, 0)).toThrow('df 0');
    expect(() => studentTQuantile(1, 5)).toThrow('p 1');
    expect(() => studentTQuantile(0.5, Number.NaN)).toThrow('df NaN');
  });
});
