import { describe, expect, test } from 'vitest';
import { baselineRest } from '../../../../electron/engine/services/plan/baseline-rest.ts';

const cell = (area: number, share: number, n: number, standardError: number) => ({
  area,
  share,
  n,
  standardError,
});

describe('what a baseline rests on', () => {
  test('counts the respondents of an area once, whatever they were asked', () => {
    expect(baselineRest([cell(0, 1, 80, 1), cell(0, 1, 100, 1), cell(1, 1, 50, 1)], 0.5).n).toBe(150);
  });

  test('adds errors of one area by their correlation, and those of areas as independent', () => {
    const two = [cell(0, 0.5, 100, 2), cell(0, 0.5, 100, 2)];
    expect(baselineRest(two, 0).margin100).toBeCloseTo(1.96 * Math.SQRT2, 3);
    expect(baselineRest(two, 1).margin100).toBeCloseTo(1.96 * 2, 3);
    expect(baselineRest([cell(0, 0.5, 100, 2), cell(1, 0.5, 100, 2)], 1).margin100).toBeCloseTo(
      1.96 * Math.SQRT2,
      3,
    );
  });

  test('is that of the cell itself where there is one, whatever its share', () => {
    expect(baselineRest([cell(0, 0.01, 40, 1.5)], 0.6)).toEqual({
      n: 40,
      margin100: expect.closeTo(2.94, 2),
    });
  });

  test('says nothing where scores came without bases, or a spread is not known', () => {
    expect(baselineRest([cell(0, 1, 0, 0)], 0.5)).toEqual({ n: null, margin100: null });
    expect(baselineRest([], 0.5)).toEqual({ n: null, margin100: null });
  });
});
