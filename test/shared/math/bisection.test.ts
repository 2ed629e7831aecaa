import { describe, expect, it } from 'vitest';
import { bisectRising } from '../../../shared/math/bisection.ts';

describe('bisectRising', () => {
  it('finds a root to the last digit', () => {
    expect(bisectRising((x) => x * x - 2, 0, 2)).toBe(Math.SQRT2);
  });

  it('returns the left end of a flat stretch and the place of a jump', () => {
    expect(bisectRising((x) => (x < 1 ? -1 : 0), 0, 4)).toBe(1);
    expect(bisectRising((x) => (x < 3 ? -1 : 1), 0, 4)).toBe(3);
    expect(bisectRising(() => 0, 2, 4)).toBe(2);
  });

  it('says that there is no root, and refuses an interval without ends', () => {
    expect(bisectRising((x) => x - 9, 0, 1)).toBeUndefined();
    expect(() => bisectRising((x) => x, 1, 0)).toThrow('interval 1 to 0');
    expect(() => bisectRising((x) => x, 0, Infinity)).toThrow('interval');
  });
});
