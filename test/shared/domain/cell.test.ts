import { describe, expect, it } from 'vitest';
import {
  addCells,
  addResponse,
  type CellStatistics,
  designEffectOf,
  emptyCell,
  meanOf,
  nEffOf,
  reportedCell,
  restOf,
  reweightCell,
  standardErrorOf,
  sumCells,
  varianceOf,
} from '../../../shared/domain/cell.ts';

function cellOf(answers: readonly (readonly [score: number, weight: number])[]): CellStatistics {
  const cell = emptyCell();
  for (const [score, weight] of answers) addResponse(cell, score, weight);
  return cell;
}

describe('cell statistics', () => {
  it('counts 80 effective respondents for 50 at weight 0.5 and 50 at 1.5', () => {
    const cell = emptyCell();
    for (let i = 0; i < 50; i++) addResponse(cell, 70, 0.5);
    for (let i = 0; i < 50; i++) addResponse(cell, 90, 1.5);
    expect(nEffOf(cell)).toBeCloseTo(80, 12);
    expect(designEffectOf(cell)).toBeCloseTo(1.25, 12);
    expect(meanOf(cell)).toBeCloseTo(85, 12);
  });

  it('gives the textbook variance and standard error under equal weights', () => {
    const cell = cellOf([
      [60, 1],
      [70, 1],
      [80, 1],
      [100, 1],
    ]);
    expect(varianceOf(cell)).toBeCloseTo(875 / 3, 9);
    expect(standardErrorOf(cell)).toBeCloseTo(Math.sqrt(875 / 12), 9);
    expect(varianceOf(reweightCell(cell, 7))).toBeCloseTo(875 / 3, 9);
  });

  it('adds up to the same statistics whatever the grouping', () => {
    const a = cellOf([
      [50, 2],
      [90, 0.5],
    ]);
    const b = cellOf([[75, 1]]);
    const whole = cellOf([
      [50, 2],
      [90, 0.5],
      [75, 1],
    ]);
    expect(sumCells([b, emptyCell(), a])).toEqual(whole);
    expect(restOf(addCells(a, b), b)).toEqual(a);
    expect(restOf(a, a)).toEqual(emptyCell());
  });

  it('returns the reported mean, base size and spread unchanged', () => {
    const cell = reportedCell({ score100: 80, n: 25, sd100: 15 });
    expect(meanOf(cell)).toBe(80);
    expect(nEffOf(cell)).toBe(25);
    expect(standardErrorOf(cell)).toBeCloseTo(3, 9);
  });

  it('assumes a spread that the mean allows when none is reported', () => {
    expect(varianceOf(reportedCell({ score100: 80, n: 30 }))).toBeCloseTo(400, 8);
    expect(varianceOf(reportedCell({ score100: 99, n: 30 }))).toBeCloseTo(99, 8);
  });

  it('keeps the mean of a score without base size and claims no precision for it', () => {
    const cell = reportedCell({ score100: 81.5 });
    expect(meanOf(cell)).toBe(81.5);
    expect(nEffOf(cell)).toBe(0);
    expect(standardErrorOf(cell)).toBeUndefined();
  });

  it('has no mean when nobody answered', () => {
    expect(meanOf(emptyCell())).toBeUndefined();
    expect(varianceOf(cellOf([[70, 1]]))).toBeUndefined();
    expect(standardErrorOf(emptyCell())).toBeUndefined();
  });

  it('reports no spread when everyone gives the same awkward score', () => {
    const cell = emptyCell();
    for (let i = 0; i < 1000; i++) addResponse(cell, 83.1, 1.1);
    expect(varianceOf(cell)).toBe(0);
  });

  it('refuses scores and weights that are no numbers', () => {
    expect(() => addResponse(emptyCell(), Number.NaN)).toThrow('score100');
    expect(() => addResponse(emptyCell(), 50, 0)).toThrow('weight');
    expect(() => reportedCell({ score100: 50, n: 2.5 })).toThrow('n 2.5');
    expect(() => restOf(emptyCell(), cellOf([[1, 1]]))).toThrow('part of 1');
  });
});
