/** The raw rows of a file, read by nothing of ours: figures are worked out from them anew. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

export function rawRows(path: string): Record<string, string>[] {
  return parse(readFileSync(path), { columns: true, bom: true, relax_column_count: true });
}

/** A number as a plain figure of a file, `undefined` for anything else. */
export function plainNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
