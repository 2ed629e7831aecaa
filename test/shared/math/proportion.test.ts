import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../../shared/math/proportion.ts';

describe('wilsonInterval', () => {
  it.each([
    [0, 10, 0, 0.27753279986288926],
    [8, 10, 0.4901624715366417, 0.9433178485456247],
    [81, 263, 0.2552885198782742, 0.36620957698280004],
    [10, 10, 0.7224672001371107, 1],
  ])('gives the score interval of %d in %d', (hits, n, low, high) => {
    const interval = wilsonInterval(hits / n, n);
    expect(interval.low).toBeCloseTo(low, 12);
    expect(interval.high).toBeCloseTo(high, 12);
  });

  it('refuses an empty base and a share in percent', () => {
    expect(() => wilsonInterval(0.5, 0)).toThrow('n 0');
    expect(() => wilsonInterval(50, 10)).toThrow('share 50');
  });
});
