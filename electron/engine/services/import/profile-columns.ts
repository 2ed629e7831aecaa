// What the columns of a table look like from their header and first rows: place, time, rating scale, coded attribute.
import { guessDateOrder, parseDate } from '../../importers/dates.ts';
import type { ColumnMeaning, RawCell, Table } from '../../importers/table.ts';
import { cellText, parseNumber, plainText } from '../../importers/values.ts';

export interface ColumnProfile {
  header: string;
  /** Filled cells of the first rows. */
  values: RawCell[];
  numbers: number[];
  meaning: ColumnMeaning;
}

export interface Rating {
  scale: { min: number; max: number };
  missing: number[];
}

const SAMPLE_ROWS = 300;
const MOST_CODES = 40;
/** The usual rating scales, the narrowest first. */
const SCALES = [
  { min: 1, max: 5 },
  { min: 1, max: 7 },
  { min: 1, max: 10 },
  { min: 0, max: 10 },
  { min: 0, max: 100 },
  { min: 0, max: 1000 },
] as const;
/** Numbers that mean "no answer" in one study or another, where they stand outside the scale. */
const CODES_OUTSIDE = new Set([
  -9, -8, -1, 0, 6, 7, 8, 9, 11, 12, 77, 88, 96, 97, 98, 99, 888, 998, 999, 9999,
]);

/** Columns that headers give away, in Chinese and English. */
const ROLES = {
  period: /日期|时间|date|month|季度|quarter|^qtr$|^#wave$/i,
  dealerCode: /(经销商|门店|店|dealer|provider|store|outlet).*(代码|编码|编号|code|id)|^(dealer|店号)$/i,
  dealerName: /经销商|门店|店名|(dealer|store|hospital|outlet).*name|服务商/i,
  city: /城市|^市$|city/i,
  province: /省份?$|province|county|^state$/i,
  region: /大区|区域|region/i,
  weight: /权重|weight|^wt$/i,
  base: /样本量|样本数|base|sample.?size|^n$|numb/i,
  respondent: /(样本|问卷|受访者|respondent|resp|记录).*(编号|号|id|num)|^id$|^编号$/i,
} as const;

export type Role = keyof typeof ROLES;

const RATED_NAME = /满意|评价|评分|得分|打分|体验|rating|score|satisf|\brate\b|星级|推荐度|nps|^#value$/i;
const CODE_NAME =
  /编号|代码|编码|号码|题号|序号|\bid\b|code|num\b|run|年龄|岁|里程|公里|月数|金额|费用|车龄|时长|分钟|天数|mileage|性别|收入|学历|职业|行业|次数|频率|price|价格|裸车价|区域|城市|品牌|车型|渠道|原因|用途|目的|阶段|等级|类别|类型/i;
const NO_ANSWER =
  /不知道|不清楚|说不清|未使用|没用过|没有用|拒答|不适用|空白|缺失|跳过|don.?t know|not? applicable|refus|never used|not used|blank|missing|no answer|skip|n\/a/i;

export async function profileColumns(table: Table): Promise<ColumnProfile[]> {
  const columns = table.headers.map((header, i) => ({
    header,
    values: [] as RawCell[],
    numbers: [] as number[],
    meaning: table.columns?.[i] ?? {},
  }));
  let rows = 0;
  for await (const { cells } of table.rows()) {
    columns.forEach((column, i) => {
      const cell = cells[i] ?? null;
      if (cell === null || cell === '') return;
      column.values.push(cell);
      const parsed = parseNumber(cell, { units: ['分'] });
      if (parsed.kind === 'value') column.numbers.push(parsed.value);
    });
    if (++rows >= SAMPLE_ROWS) break;
  }
  return columns;
}

export function rolesOf(
  columns: readonly ColumnProfile[],
  weightColumn: string | undefined,
): Partial<Record<Role, string>> {
  const roles: Partial<Record<Role, string>> = weightColumn === undefined ? {} : { weight: weightColumn };
  for (const role of Object.keys(ROLES) as Role[])
    for (const column of columns) {
      const { header } = column;
      if (roles[role] !== undefined || Object.values(roles).includes(header)) continue;
      if (ROLES[role].test(unbroken(header)) && suits(role, column)) roles[role] = header;
    }
  return { ...roles, ...statesOf(columns, roles) };
}

/** Counties stand below states where a file names both. */
function statesOf(
  columns: readonly ColumnProfile[],
  roles: Partial<Record<Role, string>>,
): Partial<Record<Role, string>> {
  const named = (name: RegExp) => columns.find(({ header }) => name.test(plainText(header)))?.header;
  const [state, county] = [named(/^state$/i), named(/^county$/i)];
  if (state === undefined || county === undefined || roles.region !== undefined) return {};
  return { region: state, province: county };
}

/** A Chinese header that was broken over lines to fit its column reads without the blanks. */
function unbroken(header: string): string {
  return plainText(header).replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
}

function suits(role: Role, { header, values, numbers }: ColumnProfile): boolean {
  // A numbered question about a city asks where the respondent lives, not where the dealer stands.
  if (/^(dealer|city|province|region)/.test(role) && /^q ?\d/i.test(header)) return false;
  if (role === 'period') return looksLikeTime(values);
  if (role === 'weight') return numbers.length > 0 && numbers.every((n) => n > 0);
  if (role === 'base')
    return numbers.length >= values.length * 0.8 && numbers.every((n) => n >= 0 && Number.isInteger(n));
  return true;
}

function looksLikeTime(values: readonly RawCell[]): boolean {
  const some = values.slice(0, 20);
  const order = guessDateOrder(some) ?? 'month-first';
  const read = some.map((cell) => parseDate(cell, { today: '2199-12-31', order }));
  const dates = read.filter(({ kind }) => kind === 'value').length;
  const written = read.filter((one, i) => one.kind === 'bad' && isWrittenDate(some[i]!, one.code)).length;
  // Its header says time already; cells that nobody can read are faults of their rows.
  return dates > 0 && dates + written >= some.length * 0.6;
}

/** A day that the calendar lacks, written like one: a fault in a column of dates, and no other answer. */
function isWrittenDate(cell: RawCell, code: string): boolean {
  return (
    code === 'date-impossible' && typeof cell === 'string' && /^\d{4}\D\d{1,2}\D\d{1,2}/.test(cell.trim())
  );
}

/**
 * The columns that are rated items. A scale alone is weak evidence, since codes look the same: a column counts if its
 * name says so, or if it stands in a run of three or more with the same scale or has a Chinese name, and the name is
 * not that of a code.
 */
export function ratedColumns(
  columns: readonly ColumnProfile[],
  taken: ReadonlySet<string>,
): Map<string, Rating> {
  const ratings = columns.map((column) => (taken.has(column.header) ? undefined : ratingOf(column)));
  const rated = new Map<string, Rating>();
  for (let from = 0; from < columns.length; ) {
    let to = from + 1;
    while (to < columns.length && sameScale(ratings[from], ratings[to])) to++;
    const shared = codesOfMost(ratings.slice(from, to));
    for (let i = from; i < to; i++) {
      const { header, meaning } = columns[i]!;
      const own = ratings[i];
      const rating = own && {
        ...own,
        missing: [...new Set([...own.missing, ...shared])].sort((a, b) => a - b),
      };
      const words = unbroken(`${header} ${meaning.label ?? ''}`);
      const named = RATED_NAME.test(words) || labelledRating(meaning) !== undefined;
      const spoken = to - from >= RUN || /\p{Script=Han}/u.test(words);
      if (rating && (named || (spoken && !CODE_NAME.test(words)))) rated.set(header, rating);
    }
    from = to;
  }
  joinNeighbours(columns, taken, rated);
  return new Map(columns.flatMap(({ header }) => (rated.has(header) ? [[header, rated.get(header)!]] : [])));
}

/** Codes for no answer that most of a run of like items have: the others may have had one only, or none, so far. */
function codesOfMost(run: readonly (Rating | undefined)[]): number[] {
  const counts = new Map<number, number>();
  for (const rating of run)
    for (const code of rating?.missing ?? []) counts.set(code, (counts.get(code) ?? 0) + 1);
  return run.length < RUN ? [] : [...counts].flatMap(([code, n]) => (n * 2 > run.length ? [code] : []));
}

/** A column of the same numbered question beside a rated one, with answers on its scale, is rated too. */
function joinNeighbours(
  columns: readonly ColumnProfile[],
  taken: ReadonlySet<string>,
  rated: Map<string, Rating>,
): void {
  const join = (column: ColumnProfile, beside: ColumnProfile | undefined) => {
    const rating = beside && rated.get(beside.header);
    if (!rating || rated.has(column.header) || taken.has(column.header)) return;
    const number = questionNumber(column.header);
    if (number === '' || number !== questionNumber(beside.header) || !fitsScale(column, rating)) return;
    const answers = new Set(column.numbers.filter((n) => !rating.missing.includes(n)));
    if (answers.size >= 3) rated.set(column.header, rating);
  };
  columns.forEach((column, i) => {
    join(column, columns[i - 1]);
  });
  for (let i = columns.length - 1; i >= 0; i--) join(columns[i]!, columns[i + 1]);
}

function questionNumber(header: string): string {
  return /^q ?\d+/i.exec(header)?.[0].toLowerCase() ?? '';
}

const RUN = 3;

function sameScale(a: Rating | undefined, b: Rating | undefined): boolean {
  return a !== undefined && b !== undefined && a.scale.min === b.scale.min && a.scale.max === b.scale.max;
}

/** The narrowest usual scale that holds the numbers; the few that stand outside it are codes for no answer,
 * or slips of the pen. */
export function ratingOf(column: ColumnProfile): Rating | undefined {
  const labelled = labelledRating(column.meaning);
  if (labelled) return labelled;
  const { numbers, values } = column;
  const distinct = new Set(numbers);
  if (numbers.length < 3 || numbers.length < values.length * 0.95 || distinct.size < 3) return undefined;
  for (const scale of SCALES) {
    const inside = numbers.filter((n) => n >= scale.min && n <= scale.max);
    const outside = [...distinct].filter((n) => n < scale.min || n > scale.max);
    // One alone may be a slip of the pen, which is to be seen as a fault.
    const codes = outside.filter((n) => CODES_OUTSIDE.has(n) && isRepeated(numbers, n));
    const slips = numbers.filter((n) => outside.includes(n) && !codes.includes(n)).length;
    if (inside.length < numbers.length * 0.25 || inside.length < 3 || codes.length > 3) continue;
    if (slips > (numbers.length < 5 ? 0 : Math.max(1, numbers.length * 0.01))) continue;
    // The next scale may hold them all as answers: 1-7 has a 7, 1-10 a 7 and an 8.
    if (scale.max === 5 && [7, 8].every((n) => distinct.has(n))) continue;
    if (scale.max === 5 && distinct.has(7) && distinct.has(6)) continue;
    if (scale.max === 7 && distinct.has(8) && distinct.has(9)) continue;
    // Yes and no, or first to third, are codes and no rating; a handful of rows cannot tell.
    if (numbers.length >= 30 && (new Set(inside).size < 3 || Math.max(...inside) < scale.max * 0.7)) continue;
    if (scale.max >= 100 && median(inside) < scale.max * 0.2) continue;
    return { scale: { ...scale }, missing: codes.sort((a, b) => a - b) };
  }
  return undefined;
}

function isRepeated(numbers: readonly number[], n: number): boolean {
  return numbers.indexOf(n) !== numbers.lastIndexOf(n);
}

/** From the code list of a .sav: labelled codes are the scale, those that mean no answer are missing. */
function labelledRating({ valueLabels }: ColumnMeaning): Rating | undefined {
  const coded = (valueLabels ?? []).flatMap(({ value, label }) =>
    typeof value === 'number' ? [{ value, label }] : [],
  );
  const missing = coded.filter(({ label }) => NO_ANSWER.test(label)).map(({ value }) => value);
  const answers = coded.filter(({ label }) => !NO_ANSWER.test(label)).map(({ value }) => value);
  const [min, max] = [Math.min(...answers), Math.max(...answers)];
  const usual = SCALES.find((scale) => scale.min === min && scale.max === max);
  if (
    !usual ||
    !coded.some(({ label }) => /满意|同意|推荐|satisf|agree|good|excellent|outstanding|好|差/i.test(label))
  )
    return undefined;
  return { scale: { ...usual }, missing };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/** Few enough different values to be a question with answers to choose from. */
export function isCoded({ values, meaning }: ColumnProfile): boolean {
  if (meaning.choicesBy !== undefined) return values.length > 0;
  const distinct = new Set(values.map((cell) => cellText(cell)));
  return distinct.size > 1 && distinct.size <= MOST_CODES;
}

/** True if the numbers of a column can be answers on this scale. */
export function fitsScale({ numbers, values }: ColumnProfile, rating: Rating): boolean {
  if (values.length === 0) return true;
  const { min, max } = rating.scale;
  const fitting = numbers.filter((n) => (n >= min && n <= max) || rating.missing.includes(n));
  return fitting.length >= values.length * 0.9;
}
