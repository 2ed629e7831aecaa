// Cells of a part of the respondents by dealer, quarter and item: what an import writes for everybody, worked out anew
// for those who meet some conditions.
import type { CellStatistics } from '../../../shared/domain/cell.ts';
import { SUMS, type TableAxis } from './answer-groups.ts';
import { tabulateAtOnce } from './answer-table.ts';
import { inOneSnapshot } from './answers.ts';
import type { ReadableConnection } from './connection.ts';
import { itemVariable } from './response-chunk.ts';
import type { RowConditions, ScoredItem } from './row-conditions.ts';

export interface CellScan extends RowConditions {
  batches: readonly number[];
  items: readonly ScoredItem[];
}

export interface ScannedCell extends CellStatistics {
  dealer: number;
  quarter: number;
  /** Position in `items`; -1 counts the respondents themselves. */
  item: number;
}

/** The cells of those who pass. */
export function scanCells(connection: ReadableConnection, scan: CellScan): ScannedCell[] {
  const dealers = new EachValue('dealer');
  const quarters = new EachValue('quarter');
  const { items, respondents } = inOneSnapshot(connection, () =>
    tabulateAtOnce(connection, {
      batches: scan.batches,
      axes: [dealers, quarters],
      gates: [],
      items: scan.items.map(({ code, score }) => ({ variable: itemVariable(code), scoreIn: () => score })),
      conditions: () => scan,
      respondents: true,
      satisfiedFrom: Number.POSITIVE_INFINITY,
    }),
  );
  const found: ScannedCell[] = [];
  for (const [i, sums] of [respondents!, ...items].entries())
    for (let at = 0, cell = 0; at < sums.length; at += SUMS, cell++) {
      const [n, sumW, sumW2, sumWX, sumWX2] = sums.subarray(at, at + SUMS) as unknown as Sums;
      if (n === 0) continue;
      const dealer = dealers.values[Math.floor(cell / quarters.size)]!;
      const quarter = quarters.values[cell % quarters.size]!;
      found.push({ dealer, quarter, item: i - 1, n, sumW, sumW2, sumWX, sumWX2 });
    }
  return found;
}

type Sums = [n: number, sumW: number, sumW2: number, sumWX: number, sumWX2: number];

/** A group for each number that occurs, in the order of their occurrence. */
class EachValue implements TableAxis {
  readonly variable: string;
  readonly values: number[] = [];
  readonly #places = new Map<number, number>();

  constructor(variable: string) {
    this.variable = variable;
  }

  get size(): number {
    return this.values.length;
  }

  groupsOf(value: unknown): number[] {
    if (typeof value !== 'number') return [];
    let place = this.#places.get(value);
    if (place === undefined) {
      place = this.values.length;
      this.values.push(value);
      this.#places.set(value, place);
    }
    return [place];
  }
}
