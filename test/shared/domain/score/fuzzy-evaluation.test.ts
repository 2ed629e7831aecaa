import { describe, expect, it } from 'vitest';
import { fuzzyEvaluation, fuzzyScore } from '../../../../shared/domain/score/fuzzy-evaluation.ts';

describe('fuzzyEvaluation', () => {
  it('scores the published memberships', () => {
    expect(fuzzyScore([0.221, 0.669, 0.11, 0], [95, 80, 60, 35])).toBeCloseTo(81.115, 10);
  });

  it('weighs every item by default', () => {
    const { membership, score } = fuzzyEvaluation(
      [0.6, 0.4],
      [
        [0.5, 0.3, 0.2],
        [0.2, 0.6, 0.2],
      ],
      [100, 60, 20],
    );
    for (const [g, share] of [0.38, 0.42, 0.2].entries()) expect(membership[g]).toBeCloseTo(share, 12);
    expect(score).toBeCloseTo(67.2, 10);
  });

  it('lets the most decisive item speak under min and max', () => {
    const { membership, score } = fuzzyEvaluation(
      [0.6, 0.4],
      [
        [0.5, 0.3, 0.2],
        [0.2, 0.6, 0.2],
      ],
      undefined,
      'min-max',
    );
    for (const [g, share] of [0.5 / 1.1, 0.4 / 1.1, 0.2 / 1.1].entries())
      expect(membership[g]).toBeCloseTo(share, 12);
    expect(score).toBeUndefined();
  });

  it('refuses shares that do not sum to one', () => {
    expect(() => fuzzyEvaluation([1], [[0.5, 0.4]])).toThrow('row 0 sums to 0.9');
    expect(() => fuzzyEvaluation([0.5, 0.4], [[1], [1]])).toThrow('weights sums to 0.9');
    expect(() => fuzzyEvaluation([1], [])).toThrow('1 weights, 0 rows');
  });
});
