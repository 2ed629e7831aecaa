// The quarter and day of a row: from its own column, the file's name or the mapping's word.
import type { IssueCode } from '../../../../shared/domain/import-issue.ts';
import { parseQuarter, type Quarter, quarterOf, quarterOfMonth } from '../../../../shared/domain/quarter.ts';
import type { DateOrder, RowMapping } from '../../../../shared/domain/study-mapping.ts';
import { type DateRule, guessDateOrder, parseDate } from '../../importers/dates.ts';
import type { RawCell, Table } from '../../importers/table.ts';
import { cellText, plainText } from '../../importers/values.ts';

/** A fault of a row's cell: what is wrong, under which mapped column, with which value. */
export type Report = (code: IssueCode, column: string | undefined, value?: string) => void;

export interface RowPeriod {
  quarter: Quarter;
  /** Days since 1970; null where the file names no day. */
  day: number | null;
}

const MOST_KNOWN = 20_000;

export class PeriodReader {
  readonly #period: RowMapping['period'];
  readonly #rule: DateRule;
  readonly #constant: Quarter | undefined;
  /** A file has few days and many rows. */
  readonly #known = new Map<string, RowPeriod>();

  constructor(
    period: RowMapping['period'],
    options: { today: string; fileName: string; order?: DateOrder | undefined },
  ) {
    this.#period = period;
    const dated = period.kind === 'date' ? period : undefined;
    this.#rule = {
      today: options.today,
      order: dated && (dated.order ?? options.order),
      dayOf: dated?.dayOf,
    };
    if (period.kind === 'constant') this.#constant = parseQuarter(period.quarter);
    if (period.kind === 'file-name') this.#constant = quarterInName(options.fileName);
  }

  /** False when the period is in the file's name and the name has none. */
  get isKnown(): boolean {
    return this.#period.kind !== 'file-name' || this.#constant !== undefined;
  }

  read(cellOf: (column: string) => RawCell, report: Report): RowPeriod | undefined {
    const period = this.#period;
    if (this.#constant !== undefined) return { quarter: this.#constant, day: null };
    if (!('column' in period)) return undefined;
    const cell = cellOf(period.column);
    const known = typeof cell === 'string' ? this.#known.get(cell) : undefined;
    if (known) return known;
    const read = this.#readCell(cell, period, report);
    if (read && typeof cell === 'string' && this.#known.size < MOST_KNOWN) this.#known.set(cell, read);
    return read;
  }

  #readCell(
    cell: RawCell,
    period: Extract<RowMapping['period'], { column: string }>,
    report: Report,
  ): RowPeriod | undefined {
    const text = plainText(cellText(cell));
    const named = parseQuarter(text);
    if (named !== undefined && period.kind === 'quarter') return { quarter: named, day: null };
    const parsed = parseDate(cell, this.#rule);
    if (parsed.kind === 'blank') report('value-required', period.column);
    else if (parsed.kind === 'bad') report(parsed.code, period.column, parsed.value);
    else {
      const { iso, precision } = parsed.value;
      const [year, month] = iso.split('-').map(Number);
      const day = precision === 'day' ? Date.parse(`${iso}T00:00:00Z`) / 86_400_000 : null;
      if (precision === 'year' && period.yearQuarter !== undefined)
        return { quarter: quarterOf(year!, period.yearQuarter as 1 | 2 | 3 | 4), day: null };
      if (precision === 'year') report('date-unreadable', period.column, text);
      else return { quarter: quarterOfMonth(year!, month!), day };
    }
    return undefined;
  }
}

function quarterInName(name: string): Quarter | undefined {
  const match = /(?:^|\D)(\d{4})[-_ ]?[Qq]([1-4])(?!\d)/.exec(name);
  return match ? parseQuarter(`${match[1]}Q${match[2]}`) : undefined;
}

/** The month-or-day order of a date column, told from its own values; `undefined` where they do not tell. */
export async function dateOrderOf(
  table: Table,
  { period }: Pick<RowMapping, 'period'>,
): Promise<DateOrder | undefined> {
  if (period.kind !== 'date' || period.order) return undefined;
  const column = plainText(period.column);
  const at = table.headers.findIndex((header) => plainText(header) === column);
  const samples: string[] = [];
  let others = 0;
  for await (const raw of table.rows()) {
    const cell = raw.cells[at] ?? null;
    if (typeof cell === 'string' && /^\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{4}/.test(cell)) samples.push(cell);
    // A column of other dates need not be read to its end; a slip among those that ask for an order ends nothing.
    else if (cell !== null && cell !== '') others++;
    if (samples.length >= 50_000 || others > samples.length + 20) break;
  }
  return guessDateOrder(samples);
}
