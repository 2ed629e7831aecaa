import { describe, expect, it } from 'vitest';
import { dealerTargets } from '../../../../shared/domain/plan/dealer-targets.ts';

describe('dealerTargets', () => {
  it('lets every dealer close the same part of its way', () => {
    const dealers = [
      { baseline100: 70, volumeShare: 1 },
      { baseline100: 90, volumeShare: 1 },
    ];
    const result = dealerTargets(dealers, 84);
    expect(result).toMatchObject({ kind: 'shared', partOfRoom: 0.2 });
    if (result.kind === 'shared') expect(result.targets100).toEqual([76, 92]);
  });

  it('averages to the target of the area under volume', () => {
    const dealers = [62, 75, 81, 88, 93].map((baseline100, i) => ({
      baseline100,
      volumeShare: i + 1,
      ceiling100: 97,
    }));
    const result = dealerTargets(dealers, 88.5);
    if (result.kind !== 'shared') throw new Error(result.kind);
    const mean = result.targets100.reduce((sum, target, i) => sum + (target * (i + 1)) / 15, 0);
    expect(mean).toBeCloseTo(88.5, 12);
    expect(Math.max(...result.targets100)).toBeLessThanOrEqual(97);
  });

  it('keeps scores that already stand above the target and refuses the impossible', () => {
    const dealers = [{ baseline100: 90, volumeShare: 2 }];
    expect(dealerTargets(dealers, 85)).toEqual({ kind: 'shared', targets100: [90], partOfRoom: 0 });
    expect(dealerTargets([{ ...dealers[0]!, ceiling100: 95 }], 96)).toEqual({
      kind: 'out-of-reach',
      reachable100: 95,
    });
    expect(() => dealerTargets([], 80)).toThrow('0 dealers');
  });
});
