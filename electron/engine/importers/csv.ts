// CSV: surveyed once (digest, encoding, quotes, lengths), then streamed. Ragged rows are issues, never merged.
import { parse } from 'csv-parse';
import type { Issue } from '../../../shared/domain/import-issue.ts';
import { issueValue } from '../../../shared/domain/import-issue.ts';
import { CsvSurvey } from './csv-survey.ts';
import { declaredDelimiter, guessDelimiter } from './delimiter.ts';
import { headerFrom, isUnitRow, TITLE_WINDOW, titleRows } from './header.ts';
import { ImportFault } from './import-fault.ts';
import type { SourceFile } from './source-file.ts';
import type { Importer, OpenOptions, RawCell, RawRow, Table } from './table.ts';
import { chooseEncoding, decoded, type TextEncoding } from './text-encoding.ts';

interface Layout {
  file: string;
  encoding: TextEncoding;
  delimiter: string;
  /** The row that the last header row stands on. */
  headerEnd: number;
  names: readonly string[];
  sawNul: boolean;
  sawBadByte: boolean;
}

export const csvImporter: Importer = {
  format: 'csv',
  accepts: () => true,
  open: openCsv,
};

async function openCsv(source: SourceFile, options: OpenOptions): Promise<Table> {
  const file = source.name;
  const { encoding, guessed } = await chooseEncoding(source, options.encoding, options.signal);
  const start = new TextDecoder(encoding).decode(source.head);
  if (start.trim() === '' && source.size <= source.head.length) throw new ImportFault('empty-file', { file });
  const declared = declaredDelimiter(start);
  // Excel's own first line `sep=;` is no data.
  const skip = declared === undefined ? 0 : 1;
  const delimiter = options.delimiter ?? declared ?? guessDelimiter(start);
  const survey = await surveyed(source, encoding, delimiter, options.signal);
  const window = skip + (options.headerRows ?? 1) + TITLE_WINDOW;
  const top = (await firstRecords(source, encoding, delimiter, window)).slice(skip);
  const titles = options.skipRows ?? titleRows(top.map(({ cells }) => cells));
  const headerRows = options.headerRows ?? (isUnitRow(top[titles + 1]?.cells ?? []) ? 2 : 1);
  const head = top.slice(titles, titles + headerRows);
  const rowCount = survey.records - skip - titles - headerRows;
  if (rowCount <= 0) throw new ImportFault('header-only', { file });
  const headerEnd = head.at(-1)!.row;
  // Beyond the header's own delimiters stands what a delimiter within a value has moved.
  const widest = Math.max(...head.map(({ cells }) => cells.length));
  const below = top.slice(titles + headerRows).map(({ cells }) => cells.slice(0, widest));
  const header = headerFrom(
    head.map(({ cells }) => cells),
    { file, row: headerEnd },
    below,
  );
  const warnings: Issue[] = [...header.warnings];
  if (titles > 0 && options.skipRows === undefined)
    warnings.unshift({ code: 'title-skipped', severity: 'warning', file, row: top[0]!.row });
  if (guessed) warnings.unshift({ code: 'encoding-guessed', severity: 'warning', file, value: encoding });
  if (survey.lineEnds.size > 1) warnings.push({ code: 'mixed-line-ends', severity: 'warning', file });
  const layout: Layout = {
    file,
    encoding,
    delimiter,
    headerEnd,
    names: header.names,
    sawNul: survey.sawNul,
    sawBadByte: survey.sawBadByte,
  };
  return {
    format: 'csv',
    sha256: source.sha256!,
    bytes: source.size,
    encoding,
    delimiter,
    headerRows,
    headers: header.names,
    warnings,
    rowCount,
    rows: (signal) => rowsOf(source, layout, signal),
    close: () => source.close(),
  };
}

async function surveyed(
  source: SourceFile,
  encoding: TextEncoding,
  delimiter: string,
  signal?: AbortSignal,
): Promise<CsvSurvey> {
  const survey = new CsvSurvey(delimiter, source.name);
  for await (const text of decoded(source, encoding, signal)) survey.push(text);
  survey.end();
  return survey;
}

/** The first `count` records that are not blank lines, with their rows. */
async function firstRecords(source: SourceFile, encoding: TextEncoding, delimiter: string, count: number) {
  const records: { row: number; cells: string[] }[] = [];
  let row = 0;
  for await (const batch of recordsOf(source, encoding, delimiter)) {
    for (const cells of batch) {
      row++;
      if (!isBlankLine(cells)) records.push({ row, cells });
      if (records.length === count) return records;
    }
  }
  return records;
}

/** Records in the batches that a piece of the file yields; a callback per record instead of a stream of objects. */
async function* recordsOf(
  source: SourceFile,
  encoding: TextEncoding,
  delimiter: string,
  signal?: AbortSignal,
): AsyncGenerator<string[][]> {
  let batch: string[][] = [];
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: 0,
    on_record: (record: string[]) => {
      batch.push(record);
      return null;
    },
  });
  let failure: Error | undefined;
  parser.on('error', (error) => {
    failure = error;
  });
  parser.resume();
  for await (const text of decoded(source, encoding, signal)) {
    await new Promise<void>((done) => parser.write(text, () => done()));
    if (failure) throw failure;
    yield batch;
    batch = [];
  }
  await new Promise<void>((done) => parser.once('close', done).end());
  if (failure) throw failure;
  yield batch;
}

async function* rowsOf(source: SourceFile, layout: Layout, signal?: AbortSignal): AsyncGenerator<RawRow> {
  let row = 0;
  for await (const batch of recordsOf(source, layout.encoding, layout.delimiter, signal)) {
    for (const record of batch) {
      row++;
      if (row > layout.headerEnd && !isBlankLine(record)) yield rowFrom(record, row, layout);
    }
  }
}

function isBlankLine(record: readonly string[]): boolean {
  return record.length <= 1 && (record[0] ?? '') === '';
}

function rowFrom(record: string[], row: number, layout: Layout): RawRow {
  const width = layout.names.length;
  const issues: Issue[] = [];
  const place = { severity: 'error', file: layout.file, row } as const;
  if (record.length < width) issues.push({ ...place, code: 'too-few-fields', value: String(record.length) });
  const extra = record.length > width ? record.findIndex((cell, i) => i >= width && cell.trim() !== '') : -1;
  if (extra >= 0) issues.push({ ...place, code: 'too-many-fields', value: issueValue(record[extra]!) });
  if (layout.sawNul || layout.sawBadByte) issues.push(...damagedCells(record, row, layout));
  const cells: RawCell[] = record;
  for (let i = 0; i < width; i++) if (record[i] === undefined || record[i] === '') cells[i] = null;
  cells.length = width;
  return issues.length > 0 ? { row, cells, issues } : { row, cells };
}

function damagedCells(record: readonly string[], row: number, layout: Layout): Issue[] {
  const issues: Issue[] = [];
  record.forEach((cell, i) => {
    const code = cell.includes('\0') ? 'nul-character' : cell.includes('\ufffd') ? 'bad-byte' : undefined;
    if (!code) return;
    const column = layout.names[i] ?? `#${i + 1}`;
    issues.push({ code, severity: 'error', file: layout.file, row, column, value: issueValue(cell) });
  });
  return issues;
}
