import { describe, expect, it } from 'vitest';
import { acsiScore } from '../../../../shared/domain/score/acsi.ts';

describe('acsiScore', () => {
  it('stretches 1-10 means to 0-100', () => {
    expect(acsiScore([1, 1, 1], [1, 1, 1])).toBe(0);
    expect(acsiScore([10, 10, 10], [0.2, 0.5, 0.3])).toBeCloseTo(100, 12);
    expect(acsiScore([8, 7, 9], [1, 1, 1])).toBeCloseTo(700 / 9, 12);
    expect(acsiScore([8, 6], [3, 1])).toBeCloseTo((100 * 6.5) / 9, 12);
  });

  it('refuses a mean off the ten points', () => {
    expect(() => acsiScore([0.5], [1])).toThrow('mean 0.5');
  });
});
