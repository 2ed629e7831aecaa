import { describe, expect, it } from 'vitest';
import type { Codes, NumberVector } from '../../../electron/engine/store/answer-vector.ts';
import {
  CELL_STRIDE,
  PRESENT,
  RowScan,
  type ScanColumns,
  scoresOf,
} from '../../../electron/engine/store/row-scan.ts';
import { seededRandom } from '../../../shared/math/random.ts';

const ROWS = 5000;
const MAP = { intercept: -5, slope: 2.5 };
const SATISFIED_FROM = 75;
const random = seededRandom(7);

function codes(distinct: number): Codes {
  const drawn = Array.from({ length: ROWS }, () => random.whole(distinct + 1));
  return distinct < 256 ? Uint8Array.from(drawn) : Uint16Array.from(drawn);
}

function numbers(distinct: number): NumberVector {
  return {
    kind: 'numbers',
    codes: codes(distinct),
    values: Array.from({ length: distinct }, (_, k) => 1 + k / 3),
    missing: 1,
  };
}

/** Steps of axes of that many codes each, the last running fastest. */
function axesOf(sizes: readonly number[]): ScanColumns['axes'] {
  let stride = sizes.reduce((product, size) => product * (size + 1), 1);
  return sizes.map((size) => {
    stride /= size + 1;
    const step = stride;
    return { codes: codes(size), steps: Uint32Array.from({ length: size + 1 }, (_, code) => code * step) };
  });
}

/** The same sums, row by row. */
function expected(
  { axes, offset, weight }: ScanColumns,
  item: NumberVector | null,
  passes: (row: number) => boolean,
  cells: number,
): number[][] {
  const sums = Array.from({ length: cells }, () => [0, 0, 0, 0, 0, 0]);
  for (let row = 0; row < ROWS; row++) {
    const code = item ? item.codes[row]! : 1;
    if (!passes(row) || code === 0) continue;
    const w = weight.values[weight.codes[row]! - 1] ?? 0;
    const x = item ? MAP.intercept + MAP.slope * item.values[code - 1]! : 0;
    const cell = axes.reduce((at, axis) => at + axis.steps[axis.codes[row]!]!, offset);
    [1, w, w * w, w * x, w * x * x, x >= SATISFIED_FROM ? w : 0].forEach((value, k) => {
      sums[cell]![k]! += value;
    });
  }
  return sums;
}

function expectSums(scan: RowScan, first: number, wanted: readonly number[][]): void {
  const found = scan.sums(first, wanted.length);
  const wrong = wanted.flatMap((sums, cell) =>
    sums.flatMap((value, sum) => {
      const one = found[cell * CELL_STRIDE + sum]!;
      return Math.abs(one - value) <= 1e-9 * Math.abs(value) ? [] : [{ cell, sum, value, found: one }];
    }),
  );
  expect(wrong).toEqual([]);
}

const scores = (item: NumberVector) => scoresOf(item.values, MAP, SATISFIED_FROM);
const everybody = () => true;

describe('sums of answers over rows', () => {
  it.each([
    ['no axis', [], 10, 40],
    ['one axis of short codes', [7], 10, 300],
    ['one axis of long codes', [600], 10, 40],
    ['two axes, one of long codes', [300, 5], 400, 300],
    ['three axes', [3, 4, 5], 10, 40],
    ['four axes', [2, 300, 2, 3], 10, 300],
  ] as const)('are those of the rows one by one: %s', (_, sizes, answers, weights) => {
    const scan = new RowScan();
    const [item, other] = [numbers(answers), numbers(answers + 300)];
    const columns = { axes: axesOf(sizes), offset: 0, weight: numbers(weights) };
    const cells = sizes.reduce((product, size) => product * (size + 1), 1);
    for (const items of [[item], [item, other, null]]) {
      scan.reset(items.length * cells);
      scan.choose(ROWS, []);
      scan.load(columns, items.length);
      for (const [i, one] of items.entries())
        scan.add(one?.codes ?? null, one ? scores(one) : PRESENT, i * cells);
      for (const [i, one] of items.entries())
        expectSums(scan, i * cells, expected(columns, one, everybody, cells));
    }
  });

  it('leave out the rows that fail one of several conditions', () => {
    const scan = new RowScan();
    const [short, long] = [codes(6), codes(500)];
    const gates = [
      { codes: short, passes: Uint8Array.of(0, 1, 0, 1, 1, 0, 0) },
      { codes: long, passes: Uint8Array.from({ length: 501 }, (_, code) => code % 3 && 1) },
    ];
    const passes = (row: number) => gates.every((gate) => gate.passes[gate.codes[row]!] === 1);
    const rows = Array.from({ length: ROWS }, (_, row) => row).filter(passes);
    const item = numbers(10);
    const columns = { axes: axesOf([4, 300]), offset: 0, weight: numbers(300) };
    const cells = 5 * 301;
    scan.reset(2 * cells);
    expect(scan.choose(ROWS, gates)).toBe(rows.length);
    expect([...scan.chosen()]).toEqual(rows);
    scan.load(columns, 2);
    scan.add(item.codes, scores(item), 0);
    scan.add(null, PRESENT, cells);
    expectSums(scan, 0, expected(columns, item, passes, cells));
    expectSums(scan, cells, expected(columns, null, passes, cells));
  });

  it('add up over chunks, each with its own rows, weights and place', () => {
    const scan = new RowScan();
    const item = numbers(10);
    const uniform: NumberVector = {
      kind: 'numbers',
      codes: new Uint8Array(ROWS).fill(1),
      values: [1.5],
      missing: 0,
    };
    const chunks = [
      { axes: axesOf([5]), offset: 6, weight: uniform },
      { axes: axesOf([11]), offset: 0, weight: numbers(40) },
    ];
    scan.reset(12);
    for (const columns of chunks) {
      scan.choose(ROWS, []);
      scan.load(columns, 1);
      scan.add(item.codes, scores(item), 0);
    }
    const [first, second] = chunks.map((columns) => expected(columns, item, everybody, 12));
    expectSums(
      scan,
      0,
      first!.map((sums, cell) => sums.map((value, k) => value + second![cell]![k]!)),
    );
  });

  it('begin anew, and find room for more cells than before', () => {
    const scan = new RowScan();
    const item = numbers(10);
    const before = scan.size;
    for (const sizes of [[3], [600, 40], [3]]) {
      const columns = { axes: axesOf(sizes), offset: 0, weight: numbers(5) };
      const cells = sizes.reduce((product, size) => product * (size + 1), 1);
      scan.reset(cells);
      scan.choose(ROWS, []);
      scan.load(columns, 1);
      scan.add(item.codes, scores(item), 0);
      expectSums(scan, 0, expected(columns, item, everybody, cells));
    }
    expect(scan.size).toBeGreaterThan(before);
  });

  it('find nobody where no row passes', () => {
    const scan = new RowScan();
    const none = { codes: codes(3), passes: new Uint8Array(4) };
    expect(scan.choose(ROWS, [none, none])).toBe(0);
    const item = numbers(10);
    scan.reset(1);
    scan.load({ axes: [], offset: 0, weight: numbers(3) }, 1);
    scan.add(item.codes, scores(item), 0);
    expect([...scan.sums(0, 1)]).toEqual(new Array(CELL_STRIDE).fill(0));
  });

  it('refuse more axes than there is room for', () => {
    const axes = axesOf([1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(() => new RowScan().load({ axes, offset: 0, weight: numbers(3) }, 1)).toThrow('9 axes');
  });
});
