import { expect, it } from 'vitest';
import { suppressTable } from '../../../shared/domain/table-suppression.ts';
import { seededRandom } from '../../../shared/math/random.ts';

function hide(
  rowSums: number[],
  columnSums: number[],
  bases: number[][],
): { flags: number[][]; count: number } {
  const hidden = bases.map((line) => new Uint8Array(line.length));
  const table = { rowSums, columnSums, bases: bases.map((line) => Float64Array.from(line)), hidden };
  const count = suppressTable(table, 10);
  return { flags: hidden.map((line) => [...line]), count };
}

it('hides a small cell and its smallest neighbour along a column', () => {
  expect(hide([-1, 0, 0, 0], [-1], [[100], [5], [25], [70]])).toEqual({
    flags: [[0], [1], [1], [0]],
    count: 2,
  });
});

it('hides no more than what protects a very small cell, also when it looks again', () => {
  expect(hide([-1, 0, 0, 0], [-1], [[319], [157], [158], [4]]).flags).toEqual([[0], [1], [0], [1]]);
});

it('protects in the other direction what it hid in one', () => {
  // Total row and column first; one small cell needs a rectangle of four.
  const { flags } = hide(
    [-1, 0, 0, 0],
    [-1, 0, 0, 0],
    [
      [900, 300, 300, 300],
      [300, 5, 145, 150],
      [300, 145, 75, 80],
      [300, 150, 80, 70],
    ],
  );
  const lines = [...flags, ...flags[0]!.map((_, c) => flags.map((line) => line[c]!))];
  for (const [total, ...parts] of lines)
    if (total === 0) expect(parts.reduce((sum, flag) => sum + flag, 0)).not.toBe(1);
  expect(flags[1]![1]).toBe(1);
});

it('hides only what is small where nothing adds up', () => {
  expect(hide([-1, -1], [-1], [[100], [5]])).toEqual({ flags: [[0], [1]], count: 1 });
});

it('leaves no single hole in any line of a random table', () => {
  const random = seededRandom(3);
  for (let round = 0; round < 200; round++) {
    const inner = Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => random.whole(30)));
    const rows = inner.map((line) => [line.reduce((a, b) => a + b, 0), ...line]);
    const bases = [rows[0]!.map((_, c) => rows.reduce((sum, line) => sum + line[c]!, 0)), ...rows];
    const { flags } = hide([-1, 0, 0, 0, 0], [-1, 0, 0, 0, 0, 0], bases);
    const line = (base: number[], flag: number[]) => {
      const parts = flag.slice(1).filter((_, i) => base[i + 1]! > 0);
      if (flag[0] === 0) expect(parts.filter((one) => one === 1)).not.toHaveLength(1);
    };
    for (const [r, base] of bases.entries()) line(base, flags[r]!);
    for (const c of bases[0]!.keys())
      line(
        bases.map((base) => base[c]!),
        flags.map((one) => one[c]!),
      );
  }
});
