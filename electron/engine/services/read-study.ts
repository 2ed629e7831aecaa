// A study's rows become facts: one reader for the preview and for the commit, so that what is shown is what is loaded.
import type { Issue, IssueCode } from '../../../shared/domain/import-issue.ts';
import { parseQuarter, type Quarter, quarterOf, quarterOfMonth } from '../../../shared/domain/quarter.ts';
import type {
  MappedAttribute,
  MappedItem,
  MappedSource,
  StudyMapping,
} from '../../../shared/domain/study-mapping.ts';
import { type DateRule, guessDateOrder, parseDate } from '../importers/dates.ts';
import type { RawCell, RawRow, Table } from '../importers/table.ts';
import {
  cellText,
  isMissingCode,
  type Parsed,
  parseId,
  parseNumber,
  parseScore,
  parseWeight,
  plainText,
} from '../importers/values.ts';
import type { AskedName, KnownChoice, NearPlace, PlaceDirectory, PlaceText } from './place-directory.ts';

/** One accepted row: a respondent, or one unit's reported scores. Dealer ids are the directory's. */
export interface Fact {
  row: number;
  quarter: Quarter;
  day: number | null;
  dealer: number;
  place: string;
  weight: number;
  /** Native, in the order of the mapping's items. */
  answers: (number | null)[];
  bases: (number | null)[];
  spreads: (number | null)[];
  attributes: (string | string[] | null)[];
  identity: string[];
}

export type ReadRow =
  | { kind: 'fact'; fact: Fact; warnings: Issue[]; asked?: ChosenName }
  | { kind: 'blank' }
  /** The user's choice of places leaves it out. */
  | { kind: 'left'; asked: ChosenName }
  | { kind: 'rejected'; issues: Issue[]; unknown?: { asked: AskedName; nearest: NearPlace[] } };

/** A name of the file with the choice that was made for it. */
export type ChosenName = AskedName & { choice: KnownChoice };

/** Turns raw rows of one table into facts under one mapping. */
export class StudyReader {
  readonly mapping: StudyMapping;
  /** Where each column that the mapping names stands; undefined where the table lacks it. */
  readonly #columns: ReadonlyMap<string, number | undefined>;
  readonly #used: ReadonlySet<string>;
  readonly #headers: readonly string[];
  readonly #directory: PlaceDirectory;
  readonly #dateRule: DateRule;
  readonly #decimal: '.' | ',';
  readonly #sheet: string | undefined;
  readonly #itemCaches: Map<RawCell, Parsed<number>>[];
  readonly #seen = new Map<string, number>();
  readonly #reportedIn: (quarter: Quarter) => ReadonlySet<string>;
  readonly #reported = new Map<Quarter, ReadonlySet<string>>();
  readonly #constantQuarter: Quarter | undefined;

  constructor(
    mapping: StudyMapping,
    table: Pick<Table, 'headers' | 'delimiter' | 'sheet'>,
    directory: PlaceDirectory,
    options: {
      today: string;
      fileName: string;
      order?: 'month-first' | 'day-first' | undefined;
      /** Keys of the scores that the study holds already in a quarter, see `listReportedKeys`. */
      reportedIn: (quarter: Quarter) => ReadonlySet<string>;
    },
  ) {
    this.mapping = mapping;
    this.#headers = table.headers;
    const headers = new Map(table.headers.map((header, i) => [plainText(header), i]));
    this.#columns = new Map(mappedColumns(mapping).map((column) => [column, headers.get(plainText(column))]));
    this.#used = new Set(mappedColumns(mapping).map(plainText));
    this.#directory = directory;
    const { period } = mapping;
    const order = period.kind === 'date' ? (period.order ?? options.order) : undefined;
    this.#dateRule = {
      today: options.today,
      order,
      dayOf: period.kind === 'date' ? period.dayOf : undefined,
    };
    this.#sheet = table.sheet;
    this.#decimal = table.delimiter === ';' ? ',' : '.';
    this.#itemCaches = mapping.items.map(() => new Map());
    this.#reportedIn = options.reportedIn;
    if (period.kind === 'constant') this.#constantQuarter = parseQuarter(period.quarter);
    if (period.kind === 'file-name') this.#constantQuarter = quarterInName(options.fileName);
  }

  /** Headers that the mapping names and the table lacks. */
  missingColumns(): string[] {
    return [...this.#columns].flatMap(([column, at]) => (at === undefined ? [column] : []));
  }

  /** False when the period is in the file's name and the name has none. */
  hasPeriod(): boolean {
    return this.mapping.period.kind !== 'file-name' || this.#constantQuarter !== undefined;
  }

  read(raw: RawRow): ReadRow {
    const issues: Issue[] = (raw.issues ?? []).filter((issue) => this.#matters(issue, raw));
    if (issues.length === 0 && raw.cells.every((cell) => cell === null || cell === ''))
      return { kind: 'blank' };
    const report = (code: IssueCode, column: string | undefined, value?: string) =>
      issues.push({
        code,
        severity: 'error',
        sheet: this.#sheet,
        row: raw.row,
        column: this.#nameInFile(raw, column),
        value,
      });
    const when = this.#period(raw, report);
    const place = this.#place(raw, report);
    const weight = this.#weight(raw, report);
    const answers = this.mapping.items.map((item, i) => this.#answer(raw, item, i, report));
    if (this.mapping.kind === 'scores' && issues.length === 0 && answers.every((answer) => answer === null))
      return { kind: 'blank' };
    if (place.kind === 'left') return { kind: 'left', asked: place.asked };
    const { bases, spreads } = this.#precision(raw, answers, report);
    if (when && place.kind === 'dealer') this.#refuseDuplicate(raw, when.quarter, place, answers, report);
    if (issues.length > 0 || !when || place.kind !== 'dealer')
      return {
        kind: 'rejected',
        issues,
        ...(place.kind === 'unknown' && place.asked
          ? { unknown: { asked: place.asked, nearest: place.nearest } }
          : {}),
      };
    this.#directory.keep(place.id);
    const fact: Fact = {
      row: raw.row,
      quarter: when.quarter,
      day: when.day,
      dealer: place.id,
      place: place.label,
      weight,
      answers,
      bases,
      spreads,
      attributes: this.mapping.attributes.map((attribute) => this.#attribute(raw, attribute)),
      identity: this.mapping.identity.map(({ column }) => plainText(cellText(this.#cell(raw, column)))),
    };
    return {
      kind: 'fact',
      fact,
      warnings: (raw.issues ?? []).filter((issue) => issue.severity === 'warning'),
      ...(place.asked ? { asked: place.asked } : {}),
    };
  }

  /** A fault in a column that the mapping does not use keeps no row out. */
  #matters(issue: Issue, raw: RawRow): boolean {
    if (issue.severity !== 'error') return false;
    if (issue.column === undefined) return true;
    const at = raw.names?.indexOf(issue.column) ?? -1;
    return this.#used.has(plainText(at < 0 ? issue.column : this.#headers[at]!));
  }

  /** The header above a cell as the user finds it in the file. */
  #nameInFile(raw: RawRow, column: string | undefined): string | undefined {
    const at = column === undefined ? undefined : this.#columns.get(column);
    return at === undefined ? column : (raw.names?.[at] ?? column);
  }

  #cell(raw: RawRow, column: string): RawCell {
    const at = this.#columns.get(column);
    return at === undefined ? null : (raw.cells[at] ?? null);
  }

  #period(raw: RawRow, report: Report): { quarter: Quarter; day: number | null } | undefined {
    const { period } = this.mapping;
    if (this.#constantQuarter !== undefined) return { quarter: this.#constantQuarter, day: null };
    if (!('column' in period)) return undefined;
    const cell = this.#cell(raw, period.column);
    const text = plainText(cellText(cell));
    const named = parseQuarter(text);
    if (named !== undefined && period.kind === 'quarter') return { quarter: named, day: null };
    const parsed = parseDate(cell, this.#dateRule);
    if (parsed.kind === 'blank') report('value-required', period.column);
    else if (parsed.kind === 'bad') report(parsed.code, period.column, parsed.value);
    else {
      const [year, month] = parsed.value.iso.split('-').map(Number);
      const day =
        parsed.value.precision === 'day' ? Date.parse(`${parsed.value.iso}T00:00:00Z`) / 86_400_000 : null;
      if (parsed.value.precision === 'year' && period.yearQuarter !== undefined)
        return { quarter: quarterOf(year!, period.yearQuarter as 1 | 2 | 3 | 4), day: null };
      if (parsed.value.precision === 'year') report('date-unreadable', period.column, text);
      else return { quarter: quarterOfMonth(year!, month!), day };
    }
    return undefined;
  }

  #place(
    raw: RawRow,
    report: Report,
  ):
    | { kind: 'dealer'; id: number; label: string; asked?: ChosenName }
    | { kind: 'left'; asked: ChosenName }
    | { kind: 'unknown'; asked: AskedName | undefined; nearest: NearPlace[] }
    | { kind: 'none' } {
    const { place } = this.mapping;
    const text: PlaceText = { dealerCode: '', dealerName: '', city: '', province: '', region: '' };
    const columns: Partial<Record<keyof PlaceText, string>> = {};
    for (const field of ['dealerCode', 'dealerName', 'city', 'province', 'region'] as const) {
      const source: MappedSource | undefined = place[field];
      if (!source) continue;
      if ('constant' in source) {
        text[field] = source.constant;
        continue;
      }
      columns[field] = source.column;
      const cell = this.#cell(raw, source.column);
      if (field !== 'dealerCode') {
        text[field] = plainText(cellText(cell));
        continue;
      }
      const id = parseId(cell);
      if (id.kind === 'bad') {
        report(id.code, source.column, id.value);
        return { kind: 'none' };
      }
      text.dealerCode = id.kind === 'value' ? id.value : '';
    }
    if (place.dealerCode && text.dealerCode === '') {
      report('value-required', columns.dealerCode);
      return { kind: 'none' };
    }
    const answer = this.#directory.find(text);
    const label = [text.dealerCode || text.dealerName, text.city].filter(Boolean).join(' · ');
    if (answer.kind === 'dealer') return { ...answer, label };
    if (answer.kind === 'left') return answer;
    report(answer.code, columns[answer.field], answer.value);
    return answer.value === ''
      ? { kind: 'none' }
      : { kind: 'unknown', asked: answer.asked, nearest: answer.nearest };
  }

  #weight(raw: RawRow, report: Report): number {
    const column = this.mapping.weight?.column;
    if (column === undefined) return 1;
    const parsed = parseWeight(this.#cell(raw, column), { decimal: this.#decimal });
    if (parsed.kind === 'value') return parsed.value;
    if (parsed.kind === 'bad') report(parsed.code, column, parsed.value);
    return 1;
  }

  #answer(raw: RawRow, item: MappedItem, position: number, report: Report): number | null {
    const cell = this.#cell(raw, item.column);
    if (cell === null || cell === '') return null;
    const cache = this.#itemCaches[position]!;
    let parsed = cache.get(cell);
    if (!parsed) {
      parsed = isMissingCode(cell, item.missing)
        ? { kind: 'blank' }
        : parseScore(cell, { ...item.scale, units: ['分'], decimal: this.#decimal });
      if (typeof cell !== 'object' && cache.size < 10_000) cache.set(cell, parsed);
    }
    if (parsed.kind === 'value') return parsed.value;
    if (parsed.kind === 'bad') report(parsed.code, item.column, parsed.value);
    return null;
  }

  #precision(
    raw: RawRow,
    answers: readonly (number | null)[],
    report: Report,
  ): Pick<Fact, 'bases' | 'spreads'> {
    if (this.mapping.kind !== 'scores') return { bases: [], spreads: [] };
    const base = this.mapping.base ? this.#count(raw, this.mapping.base.column, report) : null;
    const spreads = this.mapping.items.map((item, i) => {
      if (!item.sdColumn || answers[i] === null) return null;
      const parsed = parseNumber(this.#cell(raw, item.sdColumn), { decimal: this.#decimal });
      if (parsed.kind === 'bad') report(parsed.code, item.sdColumn, parsed.value);
      if (parsed.kind === 'value' && parsed.value < 0)
        report('number-unreadable', item.sdColumn, String(parsed.value));
      return parsed.kind === 'value' ? parsed.value : null;
    });
    const bases = this.mapping.items.map((item, i) =>
      answers[i] === null ? null : item.baseColumn ? this.#count(raw, item.baseColumn, report) : base,
    );
    return { bases, spreads };
  }

  #count(raw: RawRow, column: string, report: Report): number | null {
    const cell = this.#cell(raw, column);
    const parsed = parseNumber(cell, { decimal: this.#decimal });
    if (parsed.kind === 'blank') report('value-required', column);
    else if (parsed.kind === 'bad') report(parsed.code, column, parsed.value);
    else if (parsed.value < 0 || !Number.isInteger(parsed.value))
      report('number-unreadable', column, String(parsed.value));
    else return parsed.value;
    return null;
  }

  #refuseDuplicate(
    raw: RawRow,
    quarter: Quarter,
    { id, label }: { id: number; label: string },
    answers: readonly (number | null)[],
    report: Report,
  ): void {
    if (this.mapping.kind === 'scores') {
      const code = this.mapping.place.dealerCode;
      const column = code && 'column' in code ? code.column : undefined;
      if (this.#isRepeated(`${quarter} ${id}`, raw.row) || this.#isReported(quarter, id, answers))
        report('duplicate-key', column, label);
      return;
    }
    const column = this.mapping.respondent?.column;
    const key = column ? plainText(cellText(this.#cell(raw, column))) : '';
    if (key !== '' && this.#isRepeated(key, raw.row)) report('duplicate-key', column, key);
  }

  #isRepeated(key: string, row: number): boolean {
    const before = this.#seen.get(key);
    if (before === undefined) this.#seen.set(key, row);
    return before !== undefined && before !== row;
  }

  /** Two files may bring different items of the same units; the same score twice would count twice. */
  #isReported(quarter: Quarter, dealer: number, answers: readonly (number | null)[]): boolean {
    let keys = this.#reported.get(quarter);
    if (!keys) {
      keys = this.#reportedIn(quarter);
      this.#reported.set(quarter, keys);
    }
    if (keys.size === 0) return false;
    return this.mapping.items.some(
      ({ indicator }, i) => answers[i] !== null && keys.has(`${dealer} ${indicator}`),
    );
  }

  #recoded({ recode }: MappedAttribute, text: string): string {
    return recode && Object.hasOwn(recode, text) ? recode[text]! : text;
  }

  #attribute(raw: RawRow, attribute: MappedAttribute): string | string[] | null {
    const cell = this.#cell(raw, attribute.column);
    if (cell === null || cell === '' || isMissingCode(cell, attribute.missing)) return null;
    const written = plainText(cellText(cell));
    if (written === '') return null;
    const text = this.#recoded(attribute, written);
    if (!attribute.multiple) return text;
    if ('separator' in attribute.multiple)
      return [
        ...new Set(
          text
            .split(attribute.multiple.separator)
            .map((one) => this.#recoded(attribute, one.trim()))
            .filter(Boolean),
        ),
      ];
    return splitChoices(text, attribute.multiple.choices);
  }
}

type Report = (code: IssueCode, column: string | undefined, value?: string) => void;

/** Every header that a mapping names. */
export function mappedColumns(mapping: StudyMapping): string[] {
  const { period, place } = mapping;
  const sources = [place.dealerCode, place.dealerName, place.city, place.province, place.region];
  const named = [
    'column' in period ? period.column : undefined,
    ...sources.map((source) => (source && 'column' in source ? source.column : undefined)),
    mapping.respondent?.column,
    mapping.weight?.column,
    mapping.base?.column,
    ...mapping.items.flatMap((item) => [item.column, item.baseColumn, item.sdColumn]),
    ...mapping.attributes.map((attribute) => attribute.column),
    ...mapping.identity.map((one) => one.column),
  ];
  return [...new Set(named.filter((column): column is string => column !== undefined))];
}

/** Choices that the file runs together, longest first; what is left over is a choice of its own. */
function splitChoices(text: string, choices: readonly string[]): string[] {
  const found: string[] = [];
  let rest = text;
  for (const choice of [...choices].sort((a, b) => b.length - a.length))
    if (rest.includes(choice)) {
      found.push(choice);
      rest = rest.replace(choice, '\u0000');
    }
  const over = rest
    .split('\u0000')
    .map((one) => one.trim())
    .filter(Boolean);
  return [...new Set([...found, ...over])].sort();
}

function quarterInName(name: string): Quarter | undefined {
  const match = /(?:^|\D)(\d{4})[-_ ]?[Qq]([1-4])(?!\d)/.exec(name);
  return match ? parseQuarter(`${match[1]}Q${match[2]}`) : undefined;
}

/** The month-or-day order of a date column, told from its own values; `undefined` where they do not tell. */
export async function dateOrderOf(
  table: Table,
  mapping: StudyMapping,
): Promise<'month-first' | 'day-first' | undefined> {
  if (mapping.period.kind !== 'date' || mapping.period.order) return undefined;
  const column = plainText(mapping.period.column);
  const at = table.headers.findIndex((header) => plainText(header) === column);
  const samples: RawCell[] = [];
  for await (const raw of table.rows()) {
    const cell = raw.cells[at] ?? null;
    if (typeof cell !== 'string') break;
    if (cell !== '' && !/^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}/.test(cell)) break;
    if (samples.push(cell) >= 50_000) break;
  }
  return guessDateOrder(samples);
}
