/* Reads generated sample files without the product's importers, so that tests check them independently. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';

export type Row = Record<string, unknown>;

/** Rows of a generated file by header; in-house files are UTF-8, lost-customer files GB18030, the rest XLSX. */
export async function sampleRows(folder: string, fileName: string): Promise<Row[]> {
  const bytes = readFileSync(join(folder, fileName));
  if (fileName.endsWith('.xlsx')) {
    const [header, ...rows] = (await readXlsx(bytes)).sheets[0]!.rows as unknown[][];
    return rows.map((row) => Object.fromEntries(header!.map((name, i) => [String(name), row[i] ?? ''])));
  }
  const encoding = fileName.startsWith('lost-customer') ? 'gb18030' : 'utf-8';
  return parse(new TextDecoder(encoding, { fatal: true }).decode(bytes), { columns: true, bom: true });
}

/** Mean of a group's answers on 0-100, weighted where the row has a weight or a base size. */
export function mean100(
  rows: Row[],
  column: string,
  scale: { min: number; max: number; reversed?: boolean; missing?: number[] },
): number {
  let sum = 0;
  let weights = 0;
  for (const row of rows) {
    if (row[column] === '') continue;
    const value = Number(row[column]);
    if (scale.missing?.includes(value)) continue;
    const turned = scale.reversed ? scale.min + scale.max - value : value;
    const weight = Number(row.权重 ?? row.样本量 ?? 1);
    sum += weight * (((turned - scale.min) / (scale.max - scale.min)) * 100);
    weights += weight;
  }
  return sum / weights;
}
