import { describe, expect, it } from 'vitest';
import { shrunkBaselines } from '../../../../shared/domain/assess/baseline.ts';

describe('shrunkBaselines', () => {
  it('moves uncertain units further towards the group than certain ones', () => {
    const units = [70, 74, 78, 82, 86, 90].map((mean, i) => ({ mean, variance: i % 2 ? 1 : 60 }));
    const shrunk = shrunkBaselines(units);
    expect(shrunk[0]!.gamma).toBeLessThan(shrunk[1]!.gamma);
    expect(shrunk[0]!.mean).toBeGreaterThan(70);
    expect(shrunk[5]!.mean).toBeLessThan(90);
    expect(shrunk[5]!.mean).toBeGreaterThan(88);
  });

  it('keeps a unit that has no peers', () => {
    expect(shrunkBaselines([{ mean: 71, variance: 9 }])).toEqual([{ gamma: 1, mean: 71, standardError: 3 }]);
    expect(shrunkBaselines([])).toEqual([]);
  });
});
