import { describe, expect, it } from 'vitest';
import { addCells, emptyCell, reportedCell } from '../../../shared/domain/cell.ts';
import {
  changeBetweenWaves,
  compareCells,
  compareWithRest,
  type Difference,
  significanceMark,
  testCells,
} from '../../../shared/domain/significance.ts';

const first = reportedCell({ score100: 82, n: 40, sd100: 10 });
const second = reportedCell({ score100: 79, n: 60, sd100: 12 });

describe('significance', () => {
  it('gives the Welch test that R gives', () => {
    const result = compareCells(first, second) as Difference;
    expect(result.t).toBeCloseTo(1.355261854357877, 10);
    expect(result.df).toBeCloseTo(93.10404624277459, 8);
    expect(result.p).toBeCloseTo(0.17861303954670804, 10);
    const other = compareCells(
      reportedCell({ score100: 70, n: 30, sd100: 14 }),
      reportedCell({ score100: 78, n: 30, sd100: 9 }),
    ) as Difference;
    expect(other.t).toBeCloseTo(-2.6327567191516703, 10);
    expect(other.p).toBeCloseTo(0.011268970107430226, 10);
    expect(other.high).toBeLessThan(0);
  });

  it('tests without an interval as it does with one', () => {
    const { low, high, ...test } = compareCells(first, second) as Difference;
    expect(high - low).toBeGreaterThan(0);
    expect(testCells(first, second)).toEqual(test);
    expect(testCells(emptyCell(), second)).toEqual(compareCells(emptyCell(), second));
  });

  it('has an interval that excludes zero exactly when p is below the level', () => {
    for (const gap of [0.5, 2, 4, 4.4, 4.5, 6]) {
      const shifted = reportedCell({ score100: 79 + gap, n: 40, sd100: 10 });
      const result = compareCells(shifted, second) as Difference;
      expect(result.low > 0).toBe(result.p < 0.05);
    }
  });

  it('compares a unit with the rest and not with the total that contains it', () => {
    const whole = addCells(first, second);
    const rest = compareWithRest(first, whole) as Difference;
    expect(rest.difference).toBeCloseTo(3, 9);
    expect(rest.p).toBeCloseTo((compareCells(first, second) as Difference).p, 9);
    expect(compareWithRest(whole, whole).kind).toBe('too-few');
  });

  it('gives a change as later minus earlier', () => {
    expect((changeBetweenWaves(second, first) as Difference).difference).toBeCloseTo(-3, 12);
  });

  it('says why it cannot compare', () => {
    expect(compareCells(first, emptyCell())).toMatchObject({ kind: 'too-few', nEffSecond: 0 });
    expect(compareCells(first, reportedCell({ score100: 70 })).kind).toBe('too-few');
    const alike = reportedCell({ score100: 80, n: 10, sd100: 0 });
    expect(compareCells(alike, reportedCell({ score100: 70, n: 10, sd100: 0 }))).toEqual({
      kind: 'no-spread',
      difference: 10,
    });
  });

  it('marks only figures in the full tier and obeys the adjusted p', () => {
    const low = reportedCell({ score100: 60, n: 60, sd100: 12 });
    const result = compareCells(low, first);
    const bases = { nEffFirst: 60, nEffSecond: 40 };
    expect(significanceMark(result, bases)).toBe('lower');
    expect(significanceMark(result, bases, { adjustedP: 0.06 })).toBe('same');
    expect(significanceMark(result, { nEffFirst: 60, nEffSecond: 29 })).toBe('not-tested');
    expect(significanceMark(compareCells(first, emptyCell()), bases)).toBe('not-tested');
  });
});
