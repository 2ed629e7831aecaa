// A mark of every row's text, so that a row that comes again is known. 48 bits of SHA-1: among 2 million rows one in
// five hundred thousand imports of 200 rows would take a new row for an old one.
import { hash } from 'node:crypto';
import type { RawRow } from '../../importers/table.ts';
import { cellText } from '../../importers/values.ts';

/** The mark of a row; columns flagged in `skip` do not count. */
export function rowMark(row: RawRow, skip: readonly boolean[]): number {
  let text = '';
  row.cells.forEach((cell, i) => {
    if (!skip[i]) text += `${cellText(cell)}\u001f`;
  });
  return Number.parseInt(hash('sha1', text, 'hex').slice(0, 12), 16);
}

/** Marks as they are stored: sorted. */
export function sortedMarks(marks: readonly number[]): Float64Array {
  return Float64Array.from(marks).sort();
}

/** The batches that rows came in with. */
export class KnownRows {
  readonly #batches: readonly { batch: number; marks: Float64Array }[];

  constructor(batches: readonly { batch: number; marks: Float64Array }[]) {
    this.#batches = batches;
  }

  /** The batch that holds a row with this mark. */
  batchOf(mark: number): number | undefined {
    return this.#batches.find(({ marks }) => includes(marks, mark))?.batch;
  }
}

function includes(marks: Float64Array, mark: number): boolean {
  let low = 0;
  let high = marks.length - 1;
  if (high < 0 || mark < marks[0]! || mark > marks[high]!) return false;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = marks[middle]!;
    if (found === mark) return true;
    if (found < mark) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
