import { describe, expect, it } from 'vitest';
import { ahpWeights, groupJudgements } from '../../../../shared/domain/score/ahp.ts';

const GOLDEN = [
  [1, 2, 5],
  [1 / 2, 1, 3],
  [1 / 5, 1 / 3, 1],
];

describe('ahpWeights', () => {
  it('gives the published weights, eigenvalue and consistency ratio', () => {
    const { weights, lambda, consistencyRatio, consistent } = ahpWeights(GOLDEN);
    for (const [i, weight] of [0.5816, 0.309, 0.1095].entries()) expect(weights[i]).toBeCloseTo(weight, 4);
    expect(lambda).toBeCloseTo(3.0037, 4);
    expect(consistencyRatio).toBeCloseTo(0.0032, 4);
    expect(consistent).toBe(true);
  });

  it('returns the weights that consistent judgements were made from', () => {
    const truth = [0.4, 0.3, 0.2, 0.1];
    const { weights, consistencyRatio, worst } = ahpWeights(truth.map((a) => truth.map((b) => a / b)));
    for (const [i, weight] of truth.entries()) expect(weights[i]).toBeCloseTo(weight, 12);
    expect(consistencyRatio).toBeCloseTo(0, 12);
    expect(worst).toBeUndefined();
  });

  it('points at the judgement that contradicts the others', () => {
    const truth = [0.4, 0.3, 0.2, 0.1];
    const matrix = truth.map((a) => truth.map((b) => a / b));
    matrix[1]![3] = 1 / 4;
    matrix[3]![1] = 4;
    const result = ahpWeights(matrix);
    expect(result.consistent).toBe(false);
    expect(result.worst).toMatchObject({ row: 1, column: 3, given: 0.25 });
    expect(result.worst!.implied).toBeGreaterThan(0.25);
  });

  it('calls two criteria consistent whatever was judged', () => {
    expect(
      ahpWeights([
        [1, 9],
        [1 / 9, 1],
      ]),
    ).toMatchObject({ consistencyRatio: 0, consistent: true });
    expect(ahpWeights([[1]]).weights).toEqual([1]);
  });

  it('refuses judgements that contradict themselves', () => {
    expect(() =>
      ahpWeights([
        [1, 2],
        [2, 1],
      ]),
    ).toThrow('not reciprocal');
    expect(() => ahpWeights([[1, 2]])).toThrow('2 of 1');
    expect(() => ahpWeights([])).toThrow('0 criteria');
  });
});

describe('groupJudgements', () => {
  it('takes the geometric mean, which stays reciprocal', () => {
    const group = groupJudgements([
      [
        [1, 2],
        [1 / 2, 1],
      ],
      [
        [1, 8],
        [1 / 8, 1],
      ],
    ]);
    expect(group[0]![1]).toBeCloseTo(4, 12);
    expect(group[1]![0]).toBeCloseTo(1 / 4, 12);
    expect(() => groupJudgements([])).toThrow('no judges');
  });
});
