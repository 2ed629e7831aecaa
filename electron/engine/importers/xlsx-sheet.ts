// One worksheet as rows of raw cells. Nothing is believed that is not a stored cell: not the dimension, not an index
// beyond the shared texts, not a formula without its result.
import type { IssueCode } from '../../../shared/domain/import-issue.ts';
import { MAX_CELL_LENGTH } from './csv-survey.ts';
import { ImportFault } from './import-fault.ts';
import { serialDate } from './serial-date.ts';
import type { SourceFile } from './source-file.ts';
import type { RawCell } from './table.ts';
import { LAST_ROW, scanPart, unescaped, type Workbook, type WorkbookSheet } from './xlsx-workbook.ts';
import { attribute, type XmlHandler } from './xml-scan.ts';

interface CellProblem {
  code: IssueCode;
  column: number;
  value?: string;
}

export interface SheetRow {
  row: number;
  hidden: boolean;
  /** By column from 0; holes are null. */
  cells: RawCell[];
  problems: CellProblem[];
}

export interface MergedRange {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** What stands before and after the cells; `merged` is complete only when the sheet has been read to its end. */
export interface SheetFrame {
  hiddenColumns: number[];
  merged: MergedRange[];
}

const LAST_COLUMN = 16_384;
const MAX_MERGED = 100_000;
const USUAL_CELL = /^ r="([A-Z]{1,3}\d{1,7})"(?: s="(\d+)")?(?: t="(\w+)")?$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Rows that hold anything, in file order, in the batches that a piece of the part yields. */
export async function* sheetRows(
  source: SourceFile,
  book: Workbook,
  sheet: WorkbookSheet,
  frame: SheetFrame,
  signal?: AbortSignal,
): AsyncGenerator<SheetRow[]> {
  const reader = new SheetReader(book, sheet.part.name, frame);
  for await (const _ of scanPart(source, sheet.part, reader, signal)) {
    if (reader.done.length === 0) continue;
    yield reader.done;
    reader.done = [];
  }
  if (reader.done.length > 0) yield reader.done;
}

/** Example: `columnNumber('AB12')` is 27. Returns -1 for what is no reference. */
export function columnNumber(reference: string): number {
  let column = 0;
  let i = 0;
  for (; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) & 0xdf;
    if (letter < 0x41 || letter > 0x5a) break;
    column = column * 26 + (letter - 0x40);
  }
  return i === 0 || i > 3 || column > LAST_COLUMN ? -1 : column - 1;
}

function rowNumber(reference: string): number {
  let row = 0;
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) row = row * 10 + (code - 0x30);
    else if (row > 0) return -1;
  }
  return row;
}

/** Example: `columnLetters(27)` is `'AB'`. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return letters;
}

class SheetReader implements XmlHandler {
  done: SheetRow[] = [];
  #row: SheetRow | undefined;
  #lastRow = 0;
  #column = -1;
  #type = '';
  #style = 0;
  #value = '';
  #sawValue = false;
  #sawFormula = false;
  #collecting = false;
  #phonetic = 0;
  readonly #book: Workbook;
  readonly #part: string;
  readonly #frame: SheetFrame;

  constructor(book: Workbook, part: string, frame: SheetFrame) {
    this.#book = book;
    this.#part = part;
    this.#frame = frame;
  }

  open(name: string, raw: string): void {
    if (name === 'c') this.#openCell(raw);
    else if (name === 'v') {
      this.#collecting = true;
      this.#sawValue = true;
    } else if (name === 'row') this.#openRow(raw);
    else if (name === 't') this.#collecting = this.#phonetic === 0;
    else if (name === 'f') this.#sawFormula = true;
    else if (name === 'rPh') this.#phonetic++;
    else if (name === 'col') this.#hideColumns(raw);
    else if (name === 'mergeCell') this.#merge(raw);
  }

  text(text: string): void {
    if (!this.#collecting || this.#column < 0) return;
    this.#value += text;
    if (this.#value.length > MAX_CELL_LENGTH)
      throw new ImportFault('cell-too-long', { row: this.#row?.row, column: columnLetters(this.#column) });
  }

  close(name: string): void {
    if (name === 'c') this.#closeCell();
    else if (name === 'v' || name === 't') this.#collecting = false;
    else if (name === 'row') this.#closeRow();
    else if (name === 'rPh') this.#phonetic--;
  }

  #openRow(raw: string): void {
    const stated = attribute(raw, 'r');
    const row = stated === undefined ? this.#lastRow + 1 : Number(stated);
    if (!Number.isInteger(row) || row <= this.#lastRow || row > LAST_ROW) this.#malformed();
    this.#lastRow = row;
    this.#column = -1;
    this.#row = { row, hidden: /^(1|true)$/.test(attribute(raw, 'hidden') ?? ''), cells: [], problems: [] };
  }

  #closeRow(): void {
    const row = this.#row;
    this.#row = undefined;
    if (row && (row.problems.length > 0 || row.cells.some((cell) => cell !== null))) this.done.push(row);
  }

  #openCell(raw: string): void {
    if (!this.#row) this.#malformed();
    // Nearly every cell of nearly every writer looks like this; the rest takes the general way.
    const usual = USUAL_CELL.exec(raw);
    const reference = usual ? usual[1] : attribute(raw, 'r');
    this.#column = reference === undefined ? this.#column + 1 : columnNumber(reference);
    if (this.#column < 0 || this.#column >= LAST_COLUMN) this.#malformed();
    if (reference !== undefined && rowNumber(reference) !== this.#row!.row) this.#malformed();
    this.#type = (usual ? usual[3] : attribute(raw, 't')) ?? 'n';
    this.#style = Number((usual ? usual[2] : attribute(raw, 's')) ?? 0);
    this.#value = '';
    this.#sawValue = false;
    this.#sawFormula = false;
  }

  #closeCell(): void {
    const row = this.#row!;
    const column = this.#column;
    const value = this.#cell();
    if (row.cells[column] !== undefined && row.cells[column] !== null)
      this.#problem('duplicate-cell', this.#value);
    while (row.cells.length < column) row.cells.push(null);
    row.cells[column] = value;
    if (typeof value === 'string' && !value.isWellFormed()) this.#problem('lone-surrogate', value);
    if (typeof value === 'string' && value.includes('\0')) this.#problem('nul-character', value);
  }

  #cell(): RawCell {
    if (this.#sawFormula && !this.#sawValue) return this.#problem('formula-without-value');
    const text = this.#value;
    switch (this.#type) {
      case 's':
        return this.#shared(text);
      case 'str':
      case 'inlineStr':
        return text === '' ? null : unescaped(text);
      case 'b':
        return text === '1' || text === 'true'
          ? true
          : text === '0' || text === 'false'
            ? false
            : this.#badNumber(text);
      case 'e':
        return this.#problem('error-cell', text);
      case 'd':
        return text === '' ? null : { kind: 'date', iso: text.trim() };
      default:
        return text.trim() === '' ? null : this.#number(text.trim());
    }
  }

  #shared(text: string): RawCell {
    const found = /^\d+$/.test(text) ? this.#book.texts[Number(text)] : undefined;
    if (found === undefined) return this.#problem('shared-string-missing', text);
    return found === '' ? null : found;
  }

  #number(text: string): RawCell {
    if (!NUMBER.test(text)) return this.#badNumber(text);
    const number = Number(text);
    if (!Number.isFinite(number)) return this.#problem('number-not-finite', text);
    const style = this.#book.styles[this.#style] ?? 'plain';
    // A time format of a day or more is a duration.
    if (style === 'plain' || (style === 'time' && number >= 1)) return number;
    const date = serialDate(number, this.#book.date1904, style === 'time');
    if (date.kind === 'impossible') return this.#problem('date-impossible', text);
    return { kind: 'date', iso: date.iso };
  }

  #badNumber(text: string): null {
    return this.#problem(
      /^[+-]?(nan|inf(inity)?)$/i.test(text) ? 'number-not-finite' : 'number-unreadable',
      text,
    );
  }

  #problem(code: IssueCode, value?: string): null {
    this.#row!.problems.push({ code, column: this.#column, value });
    return null;
  }

  #hideColumns(raw: string): void {
    if (!/^(1|true)$/.test(attribute(raw, 'hidden') ?? '')) return;
    const last = Math.min(Number(attribute(raw, 'max')), LAST_COLUMN);
    for (let column = Number(attribute(raw, 'min')); column <= last; column++)
      this.#frame.hiddenColumns.push(column - 1);
  }

  #merge(raw: string): void {
    const [, from, top, to, bottom] =
      /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/i.exec(attribute(raw, 'ref') ?? '') ?? [];
    if (!from || !to || this.#frame.merged.length === MAX_MERGED) return;
    const range = {
      top: Number(top),
      bottom: Number(bottom),
      left: columnNumber(from),
      right: columnNumber(to),
    };
    if (range.left >= 0 && range.right >= 0) this.#frame.merged.push(range);
  }

  #malformed(): never {
    throw new ImportFault('xml-malformed', { value: this.#part, row: this.#row?.row ?? this.#lastRow + 1 });
  }
}
