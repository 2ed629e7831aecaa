// A study's rows become facts: one reader for the preview and for the commit, so that what is shown is what is loaded.
import type { Issue, IssueCode } from '../../../../shared/domain/import-issue.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import type {
  DateOrder,
  MappedItem,
  MappedSource,
  RowMapping,
} from '../../../../shared/domain/study-mapping.ts';
import type { RawCell, RawRow, Table } from '../../importers/table.ts';
import {
  cellText,
  isMissingCode,
  type Parsed,
  parseId,
  parseNumber,
  parseScore,
  parseWeight,
  plainText,
} from '../../importers/values.ts';
import { mappedColumns } from './mapped-columns.ts';
import type { PlaceDirectory } from './place-directory.ts';
import type { AskedName, KnownChoice, NearPlace, PlaceText } from './place-names.ts';
import { readAttribute, writtenAmount } from './read-attribute.ts';
import { PeriodReader, type Report } from './read-period.ts';

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
  /** Of the attributes with bands, in their order: what the file wrote. */
  written: (string | null)[];
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
  readonly mapping: RowMapping;
  /** Where each column that the mapping names stands; undefined where the table lacks it. */
  readonly #columns: ReadonlyMap<string, number | undefined>;
  readonly #used: ReadonlySet<string>;
  readonly #headers: readonly string[];
  readonly #directory: PlaceDirectory;
  readonly #period: PeriodReader;
  readonly #decimal: '.' | ',';
  readonly #sheet: string | undefined;
  readonly #itemCaches: Map<RawCell, Parsed<number>>[];
  readonly #seen = new Map<string, number>();
  readonly #reportedIn: (quarter: Quarter) => ReadonlySet<string>;
  readonly #reported = new Map<Quarter, ReadonlySet<string>>();

  constructor(
    mapping: RowMapping,
    table: Pick<Table, 'headers' | 'delimiter' | 'sheet'>,
    directory: PlaceDirectory,
    options: {
      today: string;
      fileName: string;
      order?: DateOrder | undefined;
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
    this.#period = new PeriodReader(mapping.period, options);
    this.#sheet = table.sheet;
    this.#decimal = table.delimiter === ';' ? ',' : '.';
    this.#itemCaches = mapping.items.map(() => new Map());
    this.#reportedIn = options.reportedIn;
  }

  /** Headers that the mapping names and the table lacks. */
  missingColumns(): string[] {
    return [...this.#columns].flatMap(([column, at]) => (at === undefined ? [column] : []));
  }

  get hasPeriod(): boolean {
    return this.#period.isKnown;
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
    const when = this.#period.read((column) => this.#cell(raw, column), report);
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
    const attributes = this.mapping.attributes.map((attribute) =>
      readAttribute(this.#cell(raw, attribute.column), attribute),
    );
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
      attributes,
      written: this.#written(raw, attributes),
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

  #written(raw: RawRow, answers: readonly (string | string[] | null)[]): (string | null)[] {
    return this.mapping.attributes.flatMap(({ bands, column }, i) =>
      bands ? [writtenAmount(this.#cell(raw, column), answers[i]!)] : [],
    );
  }
}
