import { describe, expect, it } from 'vitest';
import { rake } from '../../../../shared/domain/score/rake.ts';

function repeated(counts: readonly number[]): number[] {
  return counts.flatMap((count, value) => Array.from({ length: count }, () => value));
}

describe('rake', () => {
  it('meets one margin exactly in one round', () => {
    const result = rake(Array(100).fill(1), [
      { name: 'sex', categories: repeated([30, 70]), targets: [1, 1] },
    ]);
    expect(result.weights[0]).toBeCloseTo(5 / 3, 12);
    expect(result.weights[99]).toBeCloseTo(5 / 7, 12);
    expect(result).toMatchObject({ iterations: 1, converged: true, emptyCategories: [] });
    expect(result.nEff).toBeCloseTo(84, 9);
    expect(result.designEffect).toBeCloseTo(100 / 84, 9);
    expect(result.largestWeight).toBeCloseTo(5 / 3, 12);
  });

  it('meets two dependent margins and keeps the interaction of the sample', () => {
    // Counts 40, 10 / 20, 30: raking keeps the odds ratio 6.
    const rows = repeated([50, 50]);
    const columns = [...repeated([40, 10]), ...repeated([20, 30])];
    const { weights, converged } = rake(Array(100).fill(1), [
      { name: 'region', categories: rows, targets: [0.5, 0.5] },
      { name: 'age', categories: columns, targets: [0.4, 0.6] },
    ]);
    const cell = (r: number, c: number) =>
      weights.reduce((sum, w, i) => sum + (rows[i] === r && columns[i] === c ? w : 0), 0) / 100;
    expect(converged).toBe(true);
    expect(cell(0, 0) + cell(0, 1)).toBeCloseTo(0.5, 5);
    expect(cell(0, 0) + cell(1, 0)).toBeCloseTo(0.4, 5);
    expect((cell(0, 0) * cell(1, 1)) / (cell(0, 1) * cell(1, 0))).toBeCloseTo(6, 6);
  });

  it('says that a cap kept it off its targets', () => {
    const result = rake(
      Array(100).fill(1),
      [{ name: 'sex', categories: repeated([10, 90]), targets: [1, 1] }],
      {
        cap: 2,
      },
    );
    expect(result.converged).toBe(false);
    expect(result.largestGap).toBeGreaterThan(0.1);
    expect(result.largestWeight / Math.min(...result.weights)).toBeLessThanOrEqual(4 + 1e-9);
  });

  it('reports a target that nobody can meet and leaves unknown categories alone', () => {
    const result = rake([1, 1, 1, 1], [{ name: 'city', categories: [0, 0, 1, -1], targets: [1, 1, 2] }]);
    expect(result.emptyCategories).toEqual([{ margin: 'city', category: 2 }]);
    expect(result.converged).toBe(false);
    expect(result.weights[2]! / result.weights[0]!).toBeCloseTo(2, 9);
    expect(result.weights[3]).toBeCloseTo(1, 9);
  });

  it('refuses samples and margins that do not fit', () => {
    expect(() => rake([], [])).toThrow('no respondents');
    expect(() => rake([0], [])).toThrow('design weight 0');
    expect(() => rake([1, 1], [{ name: 'a', categories: [0], targets: [1] }])).toThrow('1 of 2');
    expect(() => rake([1], [{ name: 'a', categories: [3], targets: [1] }])).toThrow('a');
  });
});
