// XLSX: the archive is checked whole, then one sheet is surveyed (header, merges, hidden parts) and streamed by our
// own reader. The general libraries turn a bad text index, an error or a missing result silently into an empty cell.
import type { Issue, IssueCode } from '../../../shared/domain/import-issue.ts';
import { issueValue } from '../../../shared/domain/import-issue.ts';
import { type Header, headerFrom, isUnitRow, TITLE_WINDOW, titleRows } from './header.ts';
import { ImportFault } from './import-fault.ts';
import type { SourceFile } from './source-file.ts';
import type { Importer, OpenOptions, RawCell, RawRow, Table } from './table.ts';
import { columnLetters, type MergedRange, type SheetFrame, type SheetRow, sheetRows } from './xlsx-sheet.ts';
import { readWorkbook, type Workbook, type WorkbookSheet } from './xlsx-workbook.ts';
import { checkZip } from './zip-check.ts';

interface Survey {
  frame: SheetFrame;
  titles: number;
  firstRow: number;
  header: SheetRow[];
  /** The first rows below the header, as text. */
  below: string[][];
  rows: number;
  /** Columns that hold anything; merged ranges reach no further. */
  width: number;
  firstHiddenRow?: number;
}

interface Layout {
  file: string;
  sheet: WorkbookSheet;
  names: readonly string[];
  headerEnd: number;
  /** Merged ranges below the header, by their first row. */
  merged: readonly MergedRange[];
}

export const xlsxImporter: Importer = {
  format: 'xlsx',
  accepts: (head) => head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5),
  open: openXlsx,
};

async function openXlsx(source: SourceFile, options: OpenOptions): Promise<Table> {
  const file = source.name;
  await source.digest(options.signal);
  const zip = await checkZip(source, options.signal);
  const book = await readWorkbook(source, zip);
  const { sheet, survey, rowCount } = await chosenSheet(source, book, options);
  const place = { file, sheet: sheet.name };
  const headerEnd = survey.header.at(-1)!.row;
  const header = headerOf(survey, { ...place, row: headerEnd });
  const merged = survey.frame.merged.filter(({ top }) => top > headerEnd).sort((a, b) => a.top - b.top);
  const layout: Layout = { file, sheet, names: header.names, headerEnd, merged };
  return {
    format: 'xlsx',
    sha256: source.sha256!,
    bytes: source.size,
    sheets: book.sheets.map(({ name, hidden, rows }) => ({ name, hidden, rows })),
    sheet: sheet.name,
    headerRows: survey.header.length,
    headers: header.names,
    warnings: [
      ...zip.warnings,
      ...bookWarnings(book, sheet, file, options.sheet === undefined),
      ...sheetWarnings(survey, layout, options.skipRows === undefined),
      ...header.warnings,
    ],
    rowCount,
    rows: (signal) => rowsOf(source, book, layout, signal),
    close: () => source.close(),
  };
}

/** The sheet asked for, else the first visible one that holds rows: a cover sheet has none. */
async function chosenSheet(source: SourceFile, book: Workbook, options: OpenOptions) {
  const visible = book.sheets.filter(({ hidden }) => !hidden);
  const wanted = book.sheets.find(({ name }) => name === options.sheet);
  if (options.sheet !== undefined && !wanted)
    throw new ImportFault('sheet-missing', { value: options.sheet });
  const candidates = wanted ? [wanted] : [...visible, ...book.sheets.filter(({ hidden }) => hidden)];
  let fault: ImportFault | undefined;
  for (const sheet of candidates) {
    const survey = await surveySheet(source, book, sheet, options);
    const rowCount = survey.rows - survey.titles - survey.header.length;
    if (rowCount > 0) return { sheet, survey, rowCount };
    fault ??= new ImportFault(survey.rows === 0 ? 'empty-file' : 'header-only', { sheet: sheet.name });
  }
  throw fault!;
}

/** Reads the sheet to its end once: merged ranges stand behind the cells. */
async function surveySheet(
  source: SourceFile,
  book: Workbook,
  sheet: WorkbookSheet,
  options: OpenOptions,
): Promise<Survey> {
  const survey: Survey = {
    frame: { hiddenColumns: [], merged: [] },
    titles: 0,
    firstRow: 1,
    header: [],
    below: [],
    rows: 0,
    width: 0,
  };
  const window = (options.headerRows ?? MOST_GUESSED_HEADER_ROWS) + TITLE_WINDOW;
  const top: SheetRow[] = [];
  for await (const batch of sheetRows(source, book, sheet, survey.frame, options.signal)) {
    for (const row of batch) {
      if (top.length < window) top.push(row);
      if (row.hidden) survey.firstHiddenRow ??= row.row;
      survey.rows++;
      survey.width = Math.max(survey.width, row.cells.length);
    }
  }
  survey.titles = options.skipRows ?? titleRows(top.map(({ cells }) => Array.from(cells, headerText)));
  survey.firstRow = top[0]?.row ?? 1;
  const below = top.slice(survey.titles);
  survey.header = below.slice(0, options.headerRows ?? headerRowsOf(below, survey.frame.merged));
  survey.below = below.slice(survey.header.length).map(({ cells }) => Array.from(cells, headerText));
  const last = survey.width - 1;
  survey.frame.merged = survey.frame.merged.map((range) => ({
    ...range,
    right: Math.min(range.right, last),
  }));
  return survey;
}

const MOST_GUESSED_HEADER_ROWS = 4;

/**
 * A header row with cells merged side by side groups the columns of the row below, if that one names columns too; a row
 * of units belongs to the header above it.
 */
function headerRowsOf(rows: readonly SheetRow[], merged: readonly MergedRange[]): number {
  let count = 1;
  const groups = (row: SheetRow) =>
    merged.some(({ top, left, right, bottom }) => top === row.row && bottom === top && right > left);
  while (
    count < MOST_GUESSED_HEADER_ROWS &&
    rows[count + 1] &&
    ((groups(rows[count - 1]!) && names(rows[count]!)) ||
      isUnitRow(Array.from(rows[count]!.cells, headerText)))
  )
    count++;
  return count;
}

/** Texts and years, no data. */
function names({ cells }: SheetRow): boolean {
  const isYear = (cell: RawCell) =>
    typeof cell === 'number' && Number.isInteger(cell) && cell >= 1990 && cell <= 2099;
  return cells.every((cell) => (cell ?? null) === null || typeof cell === 'string' || isYear(cell));
}

function headerOf(survey: Survey, place: { file: string; sheet: string; row: number }): Header {
  for (const row of survey.header) {
    const problem = row.problems[0];
    if (problem)
      throw new ImportFault(problem.code, {
        ...place,
        row: row.row,
        column: columnLetters(problem.column),
        value: problem.value,
      });
    fillMerged(row, survey.frame.merged, survey.header);
  }
  const header = headerFrom(
    survey.header.map(({ cells }) => Array.from(cells, headerText)),
    place,
    survey.below,
  );
  const first = survey.header[0]!.row;
  const inHeader = survey.frame.merged.find(({ top, bottom }) => top <= place.row && bottom >= first);
  if (inHeader)
    header.warnings.unshift({ ...place, code: 'merged-header', severity: 'warning', row: inHeader.top });
  return header;
}

function headerText(cell: RawCell | undefined): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'object' ? cell.iso : String(cell);
}

/** Gives the text of a merged range to every cell that it covers; `above` holds the rows read before. */
function fillMerged(row: SheetRow, merged: readonly MergedRange[], above: readonly SheetRow[]): void {
  for (const range of merged) {
    if (range.top > row.row || range.bottom < row.row) continue;
    const value = above.find((candidate) => candidate.row === range.top)?.cells[range.left] ?? null;
    for (let column = range.left; column <= range.right; column++) {
      while (row.cells.length < column) row.cells.push(null);
      row.cells[column] ??= value;
    }
  }
}

function bookWarnings(book: Workbook, sheet: WorkbookSheet, file: string, guessed: boolean): Issue[] {
  const warnings: Issue[] = [];
  const severity = 'warning';
  if (guessed && book.sheets.filter(({ hidden }) => !hidden).length > 1)
    warnings.push({ code: 'sheet-chosen', severity, file, value: issueValue(sheet.name) });
  for (const { name, hidden } of book.sheets)
    if (hidden) warnings.push({ code: 'hidden-sheet', severity, file, sheet: name, value: issueValue(name) });
  if (book.date1904) warnings.push({ code: 'date-1904', severity, file });
  return warnings;
}

function sheetWarnings(survey: Survey, layout: Layout, guessed: boolean): Issue[] {
  const warnings: Issue[] = [];
  const place = { severity: 'warning', file: layout.file, sheet: layout.sheet.name } as const;
  if (survey.titles > 0 && guessed) warnings.push({ ...place, code: 'title-skipped', row: survey.firstRow });
  const column = survey.frame.hiddenColumns
    .map((index) => layout.names[index])
    .find((name) => name !== undefined);
  if (column !== undefined) warnings.push({ ...place, code: 'hidden-columns', column });
  if (survey.firstHiddenRow !== undefined)
    warnings.push({ ...place, code: 'hidden-rows', row: survey.firstHiddenRow });
  if (layout.merged.length > 0) warnings.push({ ...place, code: 'merged-cells', row: layout.merged[0]!.top });
  return warnings;
}

async function* rowsOf(
  source: SourceFile,
  book: Workbook,
  layout: Layout,
  signal?: AbortSignal,
): AsyncGenerator<RawRow> {
  const frame: SheetFrame = { hiddenColumns: [], merged: [] };
  const open = new OpenRanges(layout.merged);
  for await (const batch of sheetRows(source, book, layout.sheet, frame, signal)) {
    for (const row of batch) {
      if (row.row <= layout.headerEnd) continue;
      open.fill(row);
      yield rowFrom(row, layout);
    }
  }
  await source.assertUnchanged();
}

/** Merged ranges that reach the present row, so that each is looked at only while it lasts. */
class OpenRanges {
  readonly #waiting: readonly MergedRange[];
  #next = 0;
  #open: { range: MergedRange; value: RawCell }[] = [];

  constructor(byTop: readonly MergedRange[]) {
    this.#waiting = byTop;
  }

  fill(row: SheetRow): void {
    this.#open = this.#open.filter(({ range }) => range.bottom >= row.row);
    for (; this.#next < this.#waiting.length && this.#waiting[this.#next]!.top <= row.row; this.#next++) {
      const range = this.#waiting[this.#next]!;
      if (range.top === row.row) this.#open.push({ range, value: row.cells[range.left] ?? null });
    }
    for (const { range, value } of this.#open) {
      for (let column = range.left; column <= range.right; column++) {
        while (row.cells.length < column) row.cells.push(null);
        row.cells[column] ??= value;
      }
    }
  }
}

function rowFrom(row: SheetRow, layout: Layout): RawRow {
  const { names } = layout;
  const place = { severity: 'error', file: layout.file, sheet: layout.sheet.name, row: row.row } as const;
  const issues: Issue[] = row.problems.map(({ code, column, value }) =>
    issueAt(place, code, names, column, value),
  );
  for (let column = names.length; column < row.cells.length; column++) {
    const cell = row.cells[column] ?? null;
    if (cell === null) continue;
    issues.push(issueAt(place, 'too-many-fields', names, column, headerText(cell)));
    break;
  }
  const cells = Array.from(names, (_, i) => row.cells[i] ?? null);
  return issues.length > 0 ? { row: row.row, cells, issues } : { row: row.row, cells };
}

function issueAt(
  place: Omit<Issue, 'code'>,
  code: IssueCode,
  names: readonly string[],
  column: number,
  value: string | undefined,
): Issue {
  const issue: Issue = { ...place, code, column: names[column] ?? columnLetters(column) };
  return value === undefined || value === '' ? issue : { ...issue, value: issueValue(value) };
}
