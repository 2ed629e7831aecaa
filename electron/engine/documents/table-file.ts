/**
 * Plain tables as files: CSV of the first sheet, or a workbook with all of them. Text never becomes a formula, numbers
 * stay numbers, an absent figure is an empty cell.
 */
import { basename, extname } from 'node:path';
import { type CellStyle, type Cell as HucreCell, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import type { WrittenFile } from '../../../shared/calls/figure.ts';
import { AppError } from '../../../shared/errors.ts';
import { emWidth, plainLine } from '../../../shared/report/format.ts';
import { writeAtomically } from './atomic-file.ts';
import { csvBytes } from './csv.ts';
import { FONT, HEAD } from './plan-cell-sheet.ts';

export type TableCell = string | number | null;

/** One table. `decimals` is how many a column's numbers are shown with; left out, they are shown as they are. */
export interface FileTable {
  name: string;
  columns: readonly { title: string; decimals?: number }[];
  rows: readonly (readonly TableCell[])[];
}

const MAX_WIDTH = 46;

/** Writes by the path's extension, .csv or else a workbook: whole, or `file-not-written` and nothing. */
export async function writeTables(path: string, tables: readonly FileTable[]): Promise<WrittenFile> {
  const csv = extname(path).toLowerCase() === '.csv';
  const bytes = csv
    ? csvBytes([tables[0]!.columns.map(({ title }) => title), ...tables[0]!.rows])
    : await writeXlsx({ sheets: tables.map(sheetOf) });
  return writeExport(path, bytes);
}

/** Puts an export where the user wants it: whole, or `file-not-written` and nothing. */
export function writeExport(path: string, bytes: Uint8Array): WrittenFile {
  try {
    writeAtomically(path, `${path}.part`, bytes);
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new AppError('file-not-written', { file: basename(path), detail }, { cause: error });
  }
  return { file: basename(path), bytes: bytes.length };
}

function sheetOf({ name, columns, rows }: FileTable): WriteSheet {
  const cells = new Map<string, Partial<HucreCell>>();
  columns.forEach(({ title }, c) => {
    cells.set(`0,${c}`, { value: title, style: HEAD });
  });
  rows.forEach((row, r) => {
    row.forEach((value, c) => {
      cells.set(`${r + 1},${c}`, { value: inert(value), style: styleOf(value, columns[c]?.decimals) });
    });
  });
  return {
    name: name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
    rows: [columns.map(({ title }) => title), ...rows.map((row) => row.map(inert))],
    cells,
    columns: columns.map(({ title }, c) => ({
      width: Math.min(MAX_WIDTH, 4 + 1.9 * Math.max(emWidth(title), ...rows.map((row) => widthOf(row[c])))),
    })),
    freezePane: { rows: 1 },
  };
}

const inert = (value: TableCell) => (typeof value === 'string' ? plainLine(value) : value);

const widthOf = (value: TableCell | undefined) =>
  typeof value === 'string' ? emWidth(value) : value === null || value === undefined ? 0 : 4;

function styleOf(value: TableCell, decimals: number | undefined): CellStyle {
  if (typeof value !== 'number') return { font: FONT };
  const numFmt = decimals === undefined ? undefined : decimals > 0 ? `0.${'0'.repeat(decimals)}` : '#,##0';
  return { font: FONT, ...(numFmt ? { numFmt } : {}), alignment: { horizontal: 'right' } };
}
