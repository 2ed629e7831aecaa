import { describe, expect, it } from 'vitest';
import { indexScore } from '../../../../shared/domain/score/index-score.ts';

describe('indexScore', () => {
  it('weights by the share of each item in the sum of weights', () => {
    const index = indexScore([
      { weight: 6, score100: 80 },
      { weight: 2, score100: 60 },
      { weight: 2, score100: 90 },
    ]);
    expect(index).toEqual({
      kind: 'scored',
      score100: 78,
      weights: [0.6, 0.2, 0.2],
      answeredWeightShare: 1,
    });
  });

  it('renormalises over what was answered and never counts a missing item as zero', () => {
    const index = indexScore([
      { weight: 3, score100: 80 },
      { weight: 1, score100: 60 },
      { weight: 1, score100: undefined },
    ]);
    expect(index).toEqual({
      kind: 'scored',
      score100: 75,
      weights: [0.75, 0.25, 0],
      answeredWeightShare: 0.8,
    });
  });

  it('has no index when nothing was answered or the rule wants every item', () => {
    expect(indexScore([{ weight: 1, score100: undefined }])).toEqual({ kind: 'nothing-answered' });
    expect(indexScore([])).toEqual({ kind: 'nothing-answered' });
    const items = [
      { weight: 1, score100: 70 },
      { weight: 1, score100: undefined },
      { weight: 0, score100: undefined },
    ];
    expect(indexScore(items, 'require-all')).toEqual({ kind: 'items-missing', missing: 1 });
  });

  it('does not depend on the unit of the weights', () => {
    const score = (unit: number) =>
      indexScore([
        { weight: 3 * unit, score100: 81 },
        { weight: 5 * unit, score100: 64 },
      ]);
    expect(score(1)).toEqual(score(4));
    expect(() => indexScore([{ weight: -1, score100: 3 }])).toThrow('weight -1');
  });
});
