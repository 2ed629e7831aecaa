import { describe, expect, test } from 'vitest';
import { addResponse, emptyCell, meanOf, nEffOf, standardErrorOf } from '../../../shared/domain/cell.ts';
import { type CubeCell, ScoreCube } from '../../../shared/domain/cube.ts';

const cell = (node: number, item: number, quarter: number, scores: readonly number[]): CubeCell => {
  const statistics = emptyCell();
  for (const score of scores) addResponse(statistics, score);
  return { ...statistics, node, item, quarter };
};

/** Whole, two regions, a city under the first with answers of its own beside its dealer's. */
const PARENTS = [-1, 0, 0, 1, 3];
const cube = (cells: readonly CubeCell[], halo: number | null = 0.4) =>
  new ScoreCube({
    parents: PARENTS,
    items: [
      { code: 'A', weight: 3 },
      { code: 'B', weight: 1 },
      { code: 'Q', weight: 0 },
    ],
    cells,
    firstQuarter: 8100,
    lastQuarter: 8102,
    halo,
  });

describe('a cube', () => {
  test('rolls every node up to the whole, answers of a city beside those of its dealers', () => {
    const made = cube([cell(4, 0, 8100, [80, 60]), cell(3, 0, 8100, [50]), cell(2, 0, 8100, [90])]);
    expect(made.cell(3, 0, 8100).n).toBe(3);
    expect(meanOf(made.cell(1, 0, 8100))).toBeCloseTo(190 / 3, 12);
    expect(meanOf(made.cell(0, 0, 8100))).toBe(70);
    expect(made.cell(0, 0, 8101)).toEqual(emptyCell());
    expect(made.cell(0, 0, 9000)).toEqual(emptyCell());
    expect([made.wasAsked(0, 8100), made.wasAsked(1, 8100)]).toEqual([true, false]);
  });

  test('adds the same cell of two batches', () => {
    const made = cube([cell(4, 1, 8101, [10]), cell(4, 1, 8101, [30])]);
    expect(made.cell(4, 1, 8101)).toMatchObject({ n: 2, sumWX: 40 });
    expect(made.span(4, 1, 8100, 8102).n).toBe(2);
  });

  test('makes a span of rolling windows from the quarters that share nobody, back from the last with answers', () => {
    const quarters = [8100, 8101, 8102, 8103, 8104, 8105, 8106, 8107];
    const rolling = (answered: readonly number[]) =>
      new ScoreCube({
        parents: [-1],
        items: [{ code: 'A', weight: 1 }],
        cells: answered.flatMap((quarter) => [
          cell(0, 0, quarter, [quarter - 8040]),
          cell(0, -1, quarter, [0]),
        ]),
        firstQuarter: 8100,
        lastQuarter: 8107,
        window: 4,
      });
    const full = rolling(quarters);
    expect(full.apart(8100, 8107)).toEqual([8103, 8107]);
    expect(full.apart(8101, 8106)).toEqual([8102, 8106]);
    expect(full.apart(8090, 8099)).toEqual([]);
    expect(full.span(0, 0, 8100, 8107)).toMatchObject({ n: 2, sumWX: 63 + 67 });
    expect(full.span(0, 0, 8104, 8106)).toEqual(full.cell(0, 0, 8106));
    expect(full.index(0, 8100, 8107)).toMatchObject({ n: 2, sumWX: 63 + 67 });
    const ended = rolling(quarters.slice(0, 6));
    expect(ended.apart(8100, 8107)).toEqual([8101, 8105]);
    expect(cube([]).apart(8100, 8109)).toEqual([8100, 8101, 8102]);
  });

  test('weighs the index over what was answered, and leaves questions beside it out', () => {
    const made = cube([
      cell(4, 0, 8100, [80]),
      cell(4, 1, 8100, [40]),
      cell(4, 2, 8100, [0]),
      cell(4, 1, 8101, [40]),
    ]);
    expect(meanOf(made.index(4, 8100))).toBe((3 * 80 + 40) / 4);
    expect(meanOf(made.index(4, 8101))).toBe(40);
    expect(meanOf(made.index(4, 8102))).toBeUndefined();
    expect(meanOf(made.index(4, 8100, 8100, new Set([1])))).toBe(40);
  });

  test.each([0, 0.4, 1])('gives the index the error of items that correlate by %d', (halo) => {
    const a = [80, 60, 70, 90, 50];
    const b = [40, 50, 60, 30, 20];
    const made = cube([cell(4, 0, 8100, a), cell(4, 1, 8100, b)], halo);
    const se = (item: number) => standardErrorOf(made.cell(4, item, 8100))!;
    const [x, y] = [(3 / 4) * se(0), (1 / 4) * se(1)];
    const wanted = Math.sqrt((1 - halo) * (x * x + y * y) + halo * (x + y) ** 2);
    expect(standardErrorOf(made.index(4, 8100))).toBeCloseTo(wanted, 10);
  });

  test('gives an index the base of the item that most answered, not of those who answered nothing', () => {
    const made = cube([
      cell(4, -1, 8100, Array(40).fill(0)),
      cell(4, 0, 8100, [80, 60, 70]),
      cell(4, 1, 8100, [50]),
    ]);
    expect(made.index(4, 8100).n).toBe(3);
    expect(nEffOf(made.index(4, 8100))).toBe(3);
    expect([...made.bases([0, 1], 8100)]).toEqual([3, 3, 0, 3, 3]);
    expect([...made.bases([0], 9000)]).toEqual([0, 0, 0, 0, 0]);
  });

  test('assumes a halo where nobody measured one, and refuses what lies outside its quarters', () => {
    expect(cube([], null).halo).toBe(0.5);
    expect(() => cube([cell(4, 0, 8103, [1])])).toThrow('8103');
  });
});
