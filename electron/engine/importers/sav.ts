// SPSS system files (.sav, .zsav): labels travel with the columns, user-missing values arrive as empty cells, so that
// a 98 for "don't know" is never averaged. A row's number is its case number.
import type { Issue } from '../../../shared/domain/import-issue.ts';
import { issueValue } from '../../../shared/domain/import-issue.ts';
import { headerFrom } from './header.ts';
import { ImportFault } from './import-fault.ts';
import { type CaseLayout, rawCases } from './sav-cases.ts';
import { SavCursor } from './sav-cursor.ts';
import { type RawDictionary, readRawDictionary } from './sav-dictionary.ts';
import { type SavSet, savSets } from './sav-sets.ts';
import { type SavVariable, savVariables, statedEncoding } from './sav-variables.ts';
import type { SourceFile } from './source-file.ts';
import type { ColumnMeaning, Importer, OpenOptions, RawCell, RawRow, Table } from './table.ts';

interface Layout extends CaseLayout {
  file: string;
  encoding: string;
  variables: readonly SavVariable[];
  sets: readonly SavSet[];
  names: readonly string[];
}

export const savImporter: Importer = {
  format: 'sav',
  accepts: (head) => /^\$FL[23]/.test(Buffer.from(head.subarray(0, 4)).toString('latin1')),
  open: openSav,
};

async function openSav(source: SourceFile, options: OpenOptions): Promise<Table> {
  const file = source.name;
  await source.digest(options.signal);
  const cursor = new SavCursor(source);
  const raw = await readRawDictionary(cursor);
  const { encoding, guessed } = chooseEncoding(raw, options.encoding, file);
  const decoder = new TextDecoder(encoding);
  const decode = (bytes: Buffer) => trimmed(decoder.decode(bytes));
  const variables = savVariables(raw, decode, cursor.littleEndian);
  const { sets, warnings: setWarnings } = savSets(raw.extensions.sets, variables, decode, file);
  const header = headerFrom([[...variables, ...sets].map(({ name }) => name)], { file });
  const layout: Layout = {
    file,
    encoding,
    variables,
    sets,
    names: header.names,
    header: { ...raw.header, cases: raw.extensions.cases ?? raw.header.cases },
    littleEndian: cursor.littleEndian,
    dataStart: cursor.at,
  };
  const rowCount = await countCases(source, layout, options.signal);
  if (rowCount === 0) throw new ImportFault('header-only', { file });
  const warnings = [...header.warnings, ...setWarnings];
  if (guessed) warnings.unshift({ code: 'encoding-guessed', severity: 'warning', file, value: encoding });
  return {
    format: 'sav',
    sha256: source.sha256!,
    bytes: source.size,
    encoding,
    headers: header.names,
    columns: meaningsOf(layout),
    ...weightOf(raw.header.weight, variables, header.names),
    warnings,
    rowCount,
    rows: (signal) => rowsOf(source, layout, signal),
    close: () => source.close(),
  };
}

function meaningsOf({ variables, sets, names }: Layout): ColumnMeaning[] {
  const partOf = new Map(
    sets.flatMap(({ members }, i) => members.map((at) => [at, names[variables.length + i]!] as const)),
  );
  return [
    ...variables.map(({ meaning }, i) => (partOf.has(i) ? { ...meaning, partOf: partOf.get(i)! } : meaning)),
    ...sets.map(({ meaning }) => meaning),
  ];
}

function weightOf(element: number, variables: readonly SavVariable[], names: readonly string[]) {
  const at = variables.findIndex(
    ({ width, segments }) => width === 0 && segments[0]!.at === (element - 1) * 8,
  );
  return element > 0 && at >= 0 ? { weightColumn: names[at]! } : {};
}

/** Stated, else the user's choice, else strict UTF-8 over all names and labels, else GB18030. */
function chooseEncoding(raw: RawDictionary, wanted: string | undefined, file: string) {
  const stated = statedEncoding(raw);
  if (wanted === undefined && stated !== undefined) return { encoding: stated, guessed: false };
  if (wanted !== undefined) {
    try {
      return { encoding: new TextDecoder(wanted).encoding, guessed: false };
    } catch (error) {
      throw new ImportFault('encoding-unknown', { file, value: wanted }, error);
    }
  }
  const texts = raw.variables.flatMap(({ label, shortName, valueLabels }) => [
    shortName,
    ...(label ? [label] : []),
    ...valueLabels.map((each) => each.label),
  ]);
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    for (const text of texts) strict.decode(text);
    return { encoding: 'utf-8', guessed: true };
  } catch {
    return { encoding: 'gb18030', guessed: true };
  }
}

/** Reads the data to its end once, so that a file that is cut off is refused before anything of it is shown. */
async function countCases(source: SourceFile, layout: Layout, signal?: AbortSignal): Promise<number> {
  let count = 0;
  for await (const batch of rawCases(source, layout, signal)) count += batch.length;
  return count;
}

async function* rowsOf(source: SourceFile, layout: Layout, signal?: AbortSignal): AsyncGenerator<RawRow> {
  const decoder = new TextDecoder(layout.encoding);
  const decode = (bytes: Buffer) => trimmed(decoder.decode(bytes));
  let row = 0;
  for await (const batch of rawCases(source, layout, signal)) {
    for (const data of batch) yield rowFrom(data, ++row, layout, decode);
  }
  await source.assertUnchanged();
}

function rowFrom(data: Buffer, row: number, layout: Layout, decode: (bytes: Buffer) => string): RawRow {
  const issues: Issue[] = [];
  const cells = layout.variables.map((variable, i): RawCell => {
    const value = variable.width > 0 ? textAt(data, variable, decode) : numberAt(data, variable, layout);
    if (value === null || isMissing(value, variable.meaning.missing)) return null;
    const place = { severity: 'error', file: layout.file, row, column: layout.names[i]! } as const;
    if (typeof value === 'string' && /[\ufffd\0]/.test(value))
      issues.push({
        ...place,
        code: value.includes('\0') ? 'nul-character' : 'bad-byte',
        value: issueValue(value),
      });
    if (typeof value === 'number' && !Number.isFinite(value))
      issues.push({ ...place, code: 'number-not-finite', value: String(value) });
    return typeof value === 'number' ? dated(value, variable.format) : value;
  });
  for (const set of layout.sets) cells.push(set.cellOf(cells));
  return issues.length > 0 ? { row, cells, issues } : { row, cells };
}

function textAt(data: Buffer, variable: SavVariable, decode: (bytes: Buffer) => string): string | null {
  const pieces = variable.segments.map(({ at, bytes }) => data.subarray(at, at + bytes));
  const whole = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  const text = decode(whole.subarray(0, variable.width));
  return text === '' ? null : text;
}

function numberAt(data: Buffer, variable: SavVariable, layout: Layout): number | null {
  const { at } = variable.segments[0]!;
  const value = layout.littleEndian ? data.readDoubleLE(at) : data.readDoubleBE(at);
  return value === -Number.MAX_VALUE ? null : value;
}

function isMissing(value: string | number, missing: ColumnMeaning['missing']): boolean {
  return (missing ?? []).some((code) => {
    if (typeof code !== 'object') return code === value;
    return typeof value === 'number' && value >= code.from && value <= code.to;
  });
}

/** Seconds from here to 1970. */
const GREGORIAN_START = Date.UTC(1582, 9, 14) / -1000;
/** DATE, ADATE, JDATE, MOYR, QYR, WKYR, EDATE, SDATE. */
const DATE_FORMATS = new Set([20, 23, 24, 28, 29, 30, 38, 39]);
/** DATETIME, YMDHMS. */
const MOMENT_FORMATS = new Set([22, 41]);
const TIME_FORMAT = 21;

function dated(seconds: number, format: number): RawCell {
  if (format === TIME_FORMAT && seconds >= 0 && seconds < 86_400)
    return { kind: 'date', iso: new Date(seconds * 1000).toISOString().slice(10, 19) };
  const isMoment = MOMENT_FORMATS.has(format);
  if (!isMoment && !DATE_FORMATS.has(format)) return seconds;
  const moment = new Date((seconds - GREGORIAN_START) * 1000);
  if (seconds < 0 || Number.isNaN(moment.getTime()) || moment.getUTCFullYear() > 9999) return seconds;
  const iso = moment.toISOString();
  return { kind: 'date', iso: isMoment ? iso.slice(0, 19) : iso.slice(0, 10) };
}

function trimmed(text: string): string {
  return text.replace(/[ \0]+$/, '');
}
