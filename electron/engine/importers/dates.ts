// Strict reading of dates and times as they stand in survey files. A day that the calendar lacks, that lies ahead of
// today or before 1990 is bad; so is a/b/2013 as long as nobody said which is the month. A year of two digits is read
// beside a month in letters only, as Excel writes it; anywhere else it could be a day.
import type { IssueCode } from '../../../shared/domain/import-issue.ts';
import type { DateOrder } from '../../../shared/domain/study-mapping.ts';
import { serialDate } from './serial-date.ts';
import type { RawCell } from './table.ts';
import { bad, cellText, type Parsed, plainText } from './values.ts';

export interface DateRule {
  /** The present day, `2026-11-21`; nothing later is taken. */
  today: string;
  /** For `5/1/2013`; see `guessDateOrder`. */
  order?: DateOrder;
  /** For numbers that are Excel days: counted from 1904. */
  date1904?: boolean;
  /** `2013-05`: a bare number from 1 to 31 is the day of this month. */
  dayOf?: string;
}

type DatePrecision = 'day' | 'month' | 'quarter' | 'year';

export interface SurveyDate {
  /** `2016-10-01`: the first day where the file says less. */
  iso: string;
  precision: DatePrecision;
}

const EARLIEST = '1990-01-01';
/** Text of five digits is an Excel day from 1990 to 2099. */
const SERIAL_TEXT = { from: 32_874, to: 73_050 };
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const CLOCK =
  /[ T]?(([上下]午|中午|凌晨|晚上) ?)?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]\.?m\.?)?( ?(z|[+-]\d{2}:?\d{2}))?$/i;
/** A day of the week before or after the day. */
const WEEKDAY =
  /^((mon|tues?|wed(nes)?|thur?s?|fri|satur|sat|sun)(day)?,? )| ?[（(]?(星期|周|礼拜)[一二三四五六日天][)）]?$/i;

type Reading =
  | { kind: 'ymd'; y: number; m: number; d: number; precision: DatePrecision }
  | { kind: 'bad'; code: IssueCode };

interface Form {
  pattern: RegExp;
  read(groups: readonly string[], rule: DateRule): Reading;
}

const ymd = (y: string, m: string | number, d: string | number, precision: DatePrecision): Reading => ({
  kind: 'ymd',
  y: Number(y),
  m: Number(m),
  d: Number(d),
  precision,
});

/** Every form that is taken, in this order; anything else is unreadable. */
const FORMS: readonly Form[] = [
  { pattern: /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/, read: ([y, , m, d]) => ymd(y!, m!, d!, 'day') },
  {
    pattern: /^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?$/,
    read: ([y, m, d]) => ymd(y!, m!, d!, 'day'),
  },
  { pattern: /^(\d{4})(\d{2})(\d{2})$/, read: ([y, m, d]) => ymd(y!, m!, d!, 'day') },
  {
    pattern: /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/,
    read: ([a, , b, y], rule) => ordered(a!, b!, y!, rule.order),
  },
  {
    pattern: /^(\d{1,2})[-/ ]?([a-z]{3})[a-z]*\.?[-/, ]*(\d{4}|\d{2})$/i,
    read: ([d, m, y], rule) => named(wholeYear(y!, rule), m!, d!, 'day'),
  },
  { pattern: /^([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$/i, read: ([m, d, y]) => named(y!, m!, d!, 'day') },
  { pattern: /^([a-z]{3})[a-z]*\.?[- ](\d{4})$/i, read: ([m, y]) => named(y!, m!, 1, 'month') },
  { pattern: /^(\d{4})[-/.](\d{1,2})$/, read: ([y, m]) => ymd(y!, m!, 1, 'month') },
  { pattern: /^(\d{4}) ?年 ?(\d{1,2}) ?月?$/, read: ([y, m]) => ymd(y!, m!, 1, 'month') },
  { pattern: /^(\d{4})(0[1-9]|1[0-2])$/, read: ([y, m]) => ymd(y!, m!, 1, 'month') },
  { pattern: /^(\d{4})[- ]?Q([1-4])$/i, read: ([y, q]) => ymd(y!, Number(q) * 3 - 2, 1, 'quarter') },
  { pattern: /^Q([1-4])[- ](\d{4})$/i, read: ([q, y]) => ymd(y!, Number(q) * 3 - 2, 1, 'quarter') },
  {
    pattern: /^(\d{4}) ?年? ?第?([1-4一二三四]) ?季度?$/,
    read: ([y, q]) => ymd(y!, ('一二三四'.indexOf(q!) + 1 || Number(q)) * 3 - 2, 1, 'quarter'),
  },
  { pattern: /^(\d{4}) ?年?$/, read: ([y]) => ymd(y!, 1, 1, 'year') },
];

/** Examples: `2017年02月22日`, `20130512`, `5/1/2013` with an order, `05/11/2016 12:00:00 AM`, `42501`, `2016年10月`. */
export function parseDate(cell: RawCell, rule: DateRule): Parsed<SurveyDate> {
  const text = plainText(cellText(cell));
  if (cell === null || text === '') return { kind: 'blank' };
  if (typeof cell === 'boolean') return bad('date-unreadable', cell);
  const reading = readDate(cell, text, rule);
  if (reading.kind === 'bad') return bad(reading.code, cell);
  const { y, m, d, precision } = reading;
  if (!inCalendar(y, m, d)) return bad('date-impossible', cell);
  const iso = `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
  if (iso < EARLIEST) return bad('date-too-early', cell);
  if (iso > rule.today) return bad('date-in-future', cell);
  return { kind: 'value', value: { iso, precision } };
}

function readDate(cell: RawCell, text: string, rule: DateRule): Reading {
  if (rule.dayOf !== undefined && /^\d{1,2}$/.test(text))
    return ymd(rule.dayOf.slice(0, 4), rule.dayOf.slice(5, 7), text, 'day');
  if (typeof cell === 'number' && !/^(19|20)\d{2}((0[1-9]|1[0-2])(\d{2})?)?$/.test(text))
    return serial(cell, rule);
  if (/^\d{5}$/.test(text) && Number(text) >= SERIAL_TEXT.from && Number(text) <= SERIAL_TEXT.to)
    return serial(Number(text), rule);
  const day = text.replace(CLOCK, '').replace(WEEKDAY, '').trim();
  for (const { pattern, read } of FORMS) {
    const match = pattern.exec(day);
    if (match) return read(match.slice(1), rule);
  }
  return { kind: 'bad', code: 'date-unreadable' };
}

function serial(days: number, rule: DateRule): Reading {
  const date = serialDate(days, rule.date1904 ?? false);
  if (date.kind !== 'date') return { kind: 'bad', code: 'date-impossible' };
  return ymd(date.iso.slice(0, 4), date.iso.slice(5, 7), date.iso.slice(8, 10), 'day');
}

function ordered(a: string, b: string, y: string, order: DateOrder | undefined): Reading {
  const decided = order ?? orderOf(Number(a), Number(b));
  if (decided === undefined) return { kind: 'bad', code: 'date-ambiguous' };
  return decided === 'month-first' ? ymd(y, a, b, 'day') : ymd(y, b, a, 'day');
}

function orderOf(a: number, b: number): DateOrder | undefined {
  if (a > 12 && b <= 12) return 'day-first';
  if (b > 12 && a <= 12) return 'month-first';
  return a === b ? 'month-first' : undefined;
}

function named(y: string, month: string, d: string | number, precision: DatePrecision): Reading {
  const m = MONTHS.indexOf(month.toLowerCase()) + 1;
  return m === 0 ? { kind: 'bad', code: 'date-unreadable' } : ymd(y, m, d, precision);
}

/** `26` is 2026, and 1998 where `98` would lie ahead. */
function wholeYear(year: string, { today }: DateRule): string {
  if (year.length === 4) return year;
  const century = Number(`20${year}`) <= Number(today.slice(0, 4)) ? '20' : '19';
  return `${century}${year}`;
}

function inCalendar(y: number, m: number, d: number): boolean {
  return m >= 1 && m <= 12 && d >= 1 && d <= new Date(Date.UTC(y, m, 0)).getUTCDate();
}

/** The order that the samples of one column prove, or undefined when they prove none or both. */
export function guessDateOrder(samples: Iterable<RawCell>): DateOrder | undefined {
  const proved = new Set<DateOrder>();
  for (const cell of samples) {
    const match = /^(\d{1,2})([-/.])(\d{1,2})\2\d{4}/.exec(plainText(cellText(cell)));
    const order = match && match[1] !== match[3] ? orderOf(Number(match[1]), Number(match[3])) : undefined;
    if (order) proved.add(order);
  }
  return proved.size === 1 ? [...proved][0] : undefined;
}

/** `8:34 AM`, `14:30:00`, `下午2:30`, an Excel part of a day, a stored time: `HH:MM:SS`. */
export function parseTime(cell: RawCell): Parsed<string> {
  if (typeof cell === 'number') {
    const time = serialDate(cell, false, true);
    return time.kind === 'time' ? { kind: 'value', value: time.iso.slice(1) } : bad('date-unreadable', cell);
  }
  const text = plainText(cellText(cell));
  if (text === '') return { kind: 'blank' };
  const match = /(?:^|[T ]|[上下]午 ?)(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?: ?([ap])\.?m\.?)?$/i.exec(text);
  if (!match) return bad('date-unreadable', cell);
  const half = match[4]?.toLowerCase() ?? (/上午/.test(text) ? 'a' : /下午/.test(text) ? 'p' : undefined);
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (minute > 59 || second > 59 || hour > 23 || (half && (hour < 1 || hour > 12)))
    return bad('date-impossible', cell);
  const full = half === 'p' ? (hour % 12) + 12 : half === 'a' ? hour % 12 : hour;
  return {
    kind: 'value',
    value: [full, minute, second].map((part) => String(part).padStart(2, '0')).join(':'),
  };
}
