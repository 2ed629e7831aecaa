// What every importer gives: a table of raw cells read row by row, with the place of whatever is wrong in it.
import type { TableFormat } from '../../../shared/domain/import-format.ts';
import type { Issue } from '../../../shared/domain/import-issue.ts';
import type { SourceFile } from './source-file.ts';

/** A calendar date or time as the file stores it: `2016-05-09`, `2016-05-09T14:30:00` or `T14:30:00`. */
interface DateCell {
  kind: 'date';
  iso: string;
}

/** CSV gives text only; XLSX and SAV keep numbers, booleans and dates. `null` is an empty cell. */
export type RawCell = string | number | boolean | DateCell | null;

/**
 * `cells` is as long as `headers`; `row` is the row as Excel shows it, the case number in a .sav. An error keeps the
 * row out, if it names a column then only as long as that column is wanted.
 */
export interface RawRow {
  row: number;
  cells: readonly RawCell[];
  /** The headers that the cells stand under in the file, where these differ from the table's. */
  names?: readonly string[];
  issues?: readonly Issue[];
}

export interface SheetInfo {
  name: string;
  hidden: boolean;
  /** From the stored dimension: a hint for the user, never trusted. */
  rows?: number;
}

/** What a .sav file says about a column beyond its name; other formats have none. */
export interface ColumnMeaning {
  label?: string;
  valueLabels?: readonly { value: string | number; label: string }[];
  missing?: readonly (string | number | { from: number; to: number })[];
  measure?: 'nominal' | 'ordinal' | 'scale';
  /** Several choices may stand in a cell, with this between them. */
  choicesBy?: string;
  /** Header of the column that holds this one's answers together with those of others. */
  partOf?: string;
}

export interface OpenOptions {
  encoding?: string;
  delimiter?: string;
  sheet?: string;
  /** How many rows make the header, 1 by default; the last one names the columns, upper ones are put before it. */
  headerRows?: number;
  /** Rows above the header that hold something, such as a title; found by `titleRows` when not given. */
  skipRows?: number;
  /** Stops the opening, which reads the whole file once. */
  signal?: AbortSignal;
}

export interface Table {
  format: TableFormat;
  sha256: string;
  bytes: number;
  encoding?: string;
  delimiter?: string;
  sheets?: readonly SheetInfo[];
  sheet?: string;
  /** How many rows were taken as the header, where the format has rows above the data. */
  headerRows?: number;
  /** Trimmed, unique, never blank. */
  headers: readonly string[];
  columns?: readonly ColumnMeaning[];
  /** Header of the column that the file itself names as its weights. */
  weightColumn?: string;
  warnings: readonly Issue[];
  /** Rows of data known before reading, where the format tells. */
  rowCount?: number;
  /** May be called again; throws ImportFault when the file is no longer the one that was opened. */
  rows(signal?: AbortSignal): AsyncIterable<RawRow>;
  close(): Promise<void>;
}

/** One line of the registry. `accepts` looks at the first bytes only. */
export interface Importer {
  format: TableFormat;
  accepts(head: Uint8Array): boolean;
  open(source: SourceFile, options: OpenOptions): Promise<Table>;
}
