import { describe, expect, test } from 'vitest';
import { addResponse, emptyCell, meanOf, reportedCell, sumCells } from '../../../shared/domain/cell.ts';
import { ScoreCube } from '../../../shared/domain/cube.ts';
import { overlapDifference } from '../../../shared/domain/overlap-difference.ts';
import { regroup } from '../../../shared/domain/regroup.ts';
import { compareCells } from '../../../shared/domain/significance.ts';

const ITEMS = [
  { code: 'A', weight: 2 },
  { code: 'B', weight: 1 },
];
const answer = (score100: number, n: number) => reportedCell({ score100, n, sd100: 10 });
const UNITS = [
  [answer(80, 40), answer(60, 40)],
  [answer(70, 20), answer(50, 20)],
  [answer(90, 30), answer(40, 30)],
];

function unitCube(): ScoreCube {
  const cells = UNITS.flatMap((own, u) =>
    [100, 101].flatMap((quarter) => [
      { node: u + 1, item: -1, quarter, ...own[0]! },
      ...own.map((cell, item) => ({ node: u + 1, item, quarter, ...cell })),
    ]),
  );
  return new ScoreCube({
    parents: [-1, 0, 0, 0],
    items: ITEMS,
    cells,
    firstQuarter: 100,
    lastQuarter: 101,
    halo: 0.5,
  });
}

describe('regroup', () => {
  test('adds units up in their groups, over all quarters asked for', () => {
    const grouped = regroup(
      unitCube(),
      { parents: [-1, 0, 0], groupOf: (u) => (u === 3 ? 2 : 1) },
      [100, 101],
    );
    expect(grouped.quarters).toEqual([101]);
    expect(grouped.cell(1, 0, 101)).toEqual(sumCells([0, 1, 0, 1].map((u) => UNITS[u]![0]!)));
    expect(meanOf(grouped.cell(1, 0, 101))).toBeCloseTo((80 * 40 + 70 * 20) / 60, 12);
    expect(grouped.base(0, 101).n).toBe(180);
    expect(meanOf(grouped.index(2, 101))).toBeCloseTo((2 * 90 + 40) / 3, 12);
  });

  test('leaves out what belongs to no group, and may place a unit elsewhere in another quarter', () => {
    const grouped = regroup(
      unitCube(),
      { parents: [-1, 0, 0], groupOf: (u, quarter) => (u > 1 ? -1 : quarter === 100 ? 1 : 2) },
      [100, 101],
    );
    expect([1, 2].map((node) => grouped.base(node, 101).n)).toEqual([40, 40]);
    expect(() => regroup(unitCube(), { parents: [-1], groupOf: () => 0 }, [])).toThrow('quarters');
  });
});

describe('a difference of means that share respondents', () => {
  test('is Welch where nobody is in common', () => {
    const [first, second] = [answer(82, 40), answer(79, 60)];
    const welch = compareCells(first, second);
    const found = overlapDifference(emptyCell(), first, second)!;
    expect(welch.kind).toBe('compared');
    if (welch.kind !== 'compared') return;
    expect(found.difference).toBeCloseTo(welch.difference, 10);
    expect(found.standardError).toBeCloseTo(welch.standardError, 10);
    expect(found.df).toBeCloseTo(welch.df, 8);
  });

  test('worked by hand: one of four hundred that leave', () => {
    // 300 of mean 80 stay, 100 of mean 70 leave: 77.5 against 80.
    const found = overlapDifference(answer(80, 300), answer(70, 100), emptyCell())!;
    expect(found.difference).toBeCloseTo(-2.5, 12);
    expect(found.standardError).toBeCloseTo(Math.sqrt((0.25 ** 2 * 100) / 300 + (0.25 ** 2 * 100) / 100), 12);
  });

  test('has none where both sides are the same, empty, or a single answer', () => {
    const one = emptyCell();
    addResponse(one, 80);
    expect(overlapDifference(answer(80, 30), emptyCell(), emptyCell())).toBeUndefined();
    expect(overlapDifference(emptyCell(), answer(80, 30), emptyCell())).toBeUndefined();
    expect(overlapDifference(answer(80, 30), one, emptyCell())).toBeUndefined();
  });
});
