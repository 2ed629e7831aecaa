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
  /** Columns that stay in view, and are printed again on every page. */
  heads?: number;
  /** Cells for reference only: shown grey. */
  isGrey?(row: number, column: number): boolean;
}

const MAX_WIDTH = 46;
/** A sheet of sentences. */
const TEXT_WIDTH = 110;
/** A head wraps rather than widens its column beyond this. */
const HEAD_WIDTH = 16;
const LINE_HEIGHT = 15;
/** Sheets up to this wide are printed on the width of one page, wider ones over several. */
const PAGE_WIDTH = 200;
/** What a worksheet holds at most. */
const MOST_COLUMNS = 16_384;
const GREY: CellStyle['font'] = { ...FONT, italic: true, color: { rgb: '8A94A3' } };

/** Writes by the path's extension, .csv or else a workbook: whole, or `file-not-written` and nothing. */
export async function writeTables(path: string, tables: readonly FileTable[]): Promise<WrittenFile> {
  if (extname(path).toLowerCase() === '.csv') return writeCsv(path, tables);
  return writeExport(path, await writeXlsx({ sheets: tables.map(sheetOf) }));
}

/** Writes the first table: one rectangle that other programs read. What it leaves out is named in the answer. */
export function writeCsv(path: string, tables: readonly FileTable[]): WrittenFile {
  const [{ columns, rows }, ...others] = tables as [FileTable, ...FileTable[]];
  const written = writeExport(path, csvBytes([columns.map(({ title }) => title), ...rows]));
  return others.length > 0 ? { ...written, leftOut: others.map(({ name }) => name) } : written;
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

function sheetOf({ name, columns, rows, heads = 0, isGrey }: FileTable): WriteSheet {
  if (columns.length > MOST_COLUMNS) throw new AppError('explore-too-large');
  const cells = new Map<string, Partial<HucreCell>>();
  columns.forEach(({ title }, c) => {
    cells.set(`0,${c}`, { value: title, style: HEAD });
  });
  const sentences = columns.length === 1;
  rows.forEach((row, r) => {
    row.forEach((value, c) => {
      const style = styleOf(value, columns[c]?.decimals, isGrey?.(r, c) === true);
      if (sentences) style.alignment = { wrapText: true, vertical: 'top' };
      cells.set(`${r + 1},${c}`, { value: inert(value), style });
    });
  });
  const widths = columns.map(({ title }, c) =>
    sentences
      ? TEXT_WIDTH
      : columnWidth(
          title,
          rows.reduce((widest, row) => Math.max(widest, widthOf(row[c])), 0),
        ),
  );
  const lines = columns.map(({ title }, c) => Math.ceil((2.1 * emWidth(title)) / (widths[c]! - 1)));
  return {
    name: name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
    rows: [columns.map(({ title }) => title), ...rows.map((row) => row.map(inert))],
    cells,
    columns: widths.map((width) => ({ width })),
    rowDefs: new Map([[0, { height: LINE_HEIGHT * Math.max(1, ...lines) + 3 }]]),
    freezePane: { rows: 1, columns: heads },
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      ...(widths.reduce((sum, width) => sum + width, 0) <= PAGE_WIDTH && {
        fitToPage: true,
        fitToWidth: 1,
        fitToHeight: 0,
      }),
      printTitlesRow: '$1:$1',
      ...(heads > 0 && { printTitlesColumn: `$A:$${String.fromCharCode(64 + heads)}` }),
    },
    headerFooter: { oddFooter: '&R&8&P / &N' },
  };
}

const inert = (value: TableCell) => (typeof value === 'string' ? plainLine(value) : value);

const widthOf = (value: TableCell | undefined) =>
  typeof value === 'string' ? emWidth(value) : value === null || value === undefined ? 0 : 4;

/** In the spreadsheet's units, about half an em each: as wide as the widest cell, the head wrapped. */
function columnWidth(title: string, widest: number): number {
  const body = 3 + 1.9 * widest;
  return Math.min(MAX_WIDTH, Math.max(body, Math.min(HEAD_WIDTH, 4 + 1.9 * emWidth(title))));
}

function styleOf(value: TableCell, decimals: number | undefined, grey: boolean): CellStyle {
  const font = grey ? GREY : FONT;
  if (typeof value !== 'number') return { font };
  const numFmt = decimals === undefined ? undefined : decimals > 0 ? `0.${'0'.repeat(decimals)}` : '#,##0';
  return { font, ...(numFmt ? { numFmt } : {}), alignment: { horizontal: 'right' } };
}
