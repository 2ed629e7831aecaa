// A first mapping for a file nobody has described yet: a saved one that fits, else one read from headers and values.
import type { Bilingual } from '../../../shared/domain/language.ts';
import { type StudyMapping, studyMapping } from '../../../shared/domain/study-mapping.ts';
import { parseDate } from '../importers/dates.ts';
import type { RawCell, Table } from '../importers/table.ts';
import { cellText, parseNumber, plainText } from '../importers/values.ts';
import { listMappings } from '../store/ledger.ts';
import type { Workspace } from './workspace.ts';

export interface Guess {
  mapping?: StudyMapping;
  name?: string;
  problems?: Bilingual[];
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

/** Columns that headers give away, in Chinese and English. */
const ROLES = {
  period: /日期|时间|date|month|季度|quarter|^qtr$/i,
  dealerCode: /(经销商|门店|店|dealer|provider|store|outlet).*(代码|编码|编号|code|id)|^(dealer|店号)$/i,
  dealerName: /经销商|门店|店名|(dealer|store|hospital|outlet).*name|服务商/i,
  city: /城市|^市$|city/i,
  province: /省份?$|province|county|^state$/i,
  region: /大区|区域|region/i,
  weight: /权重|weight|^wt$/i,
  base: /样本量|样本数|base|sample.?size|^n$|numb/i,
  respondent: /(样本|问卷|受访者|respondent|resp|记录).*(编号|号|id|num)|^id$|^编号$/i,
} as const;

type Role = keyof typeof ROLES;

interface ColumnProfile {
  header: string;
  values: RawCell[];
}

export async function guessMapping(workspace: Workspace, table: Table, fileName: string): Promise<Guess> {
  const fitting = fittingMapping(workspace, table.headers);
  if (fitting) return fitting;
  const columns = await profile(table);
  const roles = rolesOf(columns);
  const taken = new Set(Object.values(roles));
  const rated = columns
    .filter(({ header }) => !taken.has(header))
    .flatMap((column) => {
      const scale = scaleOf(column);
      return scale ? [{ column: column.header, scale }] : [];
    });
  const problems = missingRoles(roles, rated.length, fileName);
  if (rated.length === 0) return { problems };
  const itemColumns = new Set(rated.map(({ column }) => column));
  const attributes = columns.filter(
    ({ header, values }) => !taken.has(header) && !itemColumns.has(header) && isCoded(values),
  );
  const mapping = assemble(
    fileName,
    roles,
    rated,
    attributes.map(({ header }) => header),
  );
  const checked = studyMapping.safeParse(mapping);
  return checked.success ? { mapping: checked.data, problems } : { problems };
}

async function profile(table: Table): Promise<ColumnProfile[]> {
  const columns = table.headers.map((header) => ({ header, values: [] as RawCell[] }));
  let rows = 0;
  for await (const { cells } of table.rows()) {
    columns.forEach((column, i) => {
      const cell = cells[i] ?? null;
      if (cell !== null && cell !== '') column.values.push(cell);
    });
    if (++rows >= SAMPLE_ROWS) break;
  }
  return columns.filter(({ header }) => header !== '');
}

function rolesOf(columns: readonly ColumnProfile[]): Partial<Record<Role, string>> {
  const roles: Partial<Record<Role, string>> = {};
  for (const role of Object.keys(ROLES) as Role[])
    for (const { header, values } of columns) {
      if (roles[role] !== undefined || Object.values(roles).includes(header)) continue;
      if (ROLES[role].test(plainText(header)) && (role !== 'period' || looksLikeTime(values)))
        roles[role] = header;
    }
  return roles;
}

function looksLikeTime(values: readonly RawCell[]): boolean {
  const some = values.slice(0, 20);
  const rule = { today: '2199-12-31', order: 'month-first' } as const;
  return some.length > 0 && some.every((cell) => parseDate(cell, rule).kind === 'value');
}

/** The narrowest usual scale that holds at least nine tenths of the numbers; codes like 9 and 99 may fall outside. */
function scaleOf({ values }: ColumnProfile): { min: number; max: number } | undefined {
  const numbers = values.flatMap((cell) => {
    const parsed = parseNumber(cell, { units: ['分'] });
    return parsed.kind === 'value' ? [parsed.value] : [];
  });
  if (numbers.length < 3 || numbers.length < values.length * 0.95) return undefined;
  if (new Set(numbers).size < 3) return undefined;
  return SCALES.find(
    ({ min, max }) => numbers.filter((n) => n >= min && n <= max).length >= numbers.length * 0.9,
  );
}

function isCoded(values: readonly RawCell[]): boolean {
  const distinct = new Set(values.map((cell) => cellText(cell)));
  return distinct.size > 1 && distinct.size <= MOST_CODES;
}

function missingRoles(roles: Partial<Record<Role, string>>, items: number, fileName: string): Bilingual[] {
  const problems: Bilingual[] = [];
  if (items === 0)
    problems.push({ zh: '没有认出评分列，请指定', en: 'no rated column was recognised; choose them' });
  if (roles.period === undefined && !/\d{4}[-_ ]?[Qq][1-4]/.test(fileName))
    problems.push({
      zh: '没有认出日期或季度列，请指定',
      en: 'no date or quarter column was recognised; choose one',
    });
  if (roles.dealerCode === undefined && roles.dealerName === undefined && roles.city === undefined)
    problems.push({
      zh: '没有认出经销商或城市列，请指定',
      en: 'neither a dealer nor a city column was recognised; choose one',
    });
  return problems;
}

function assemble(
  fileName: string,
  roles: Partial<Record<Role, string>>,
  rated: readonly { column: string; scale: { min: number; max: number } }[],
  attributes: readonly string[],
): unknown {
  const column = (role: Role) => (roles[role] === undefined ? undefined : { column: roles[role] });
  const study = plainText(fileName.replace(/\.[^.]*$/, '').replace(/\d{4}[-_ ]?[Qq][1-4]/, '')) || 'study';
  const code = study.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-+|-+$/g, '') || 'study';
  const root = { code: 'CSI', role: 'index', name: { zh: '总体满意度', en: 'Overall satisfaction' } };
  const codeOf = (header: string) =>
    plainText(header)
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .slice(0, 80) || 'item';
  return {
    version: 1,
    study: { code, channel: 'in-house', name: { zh: study, en: study } },
    kind: roles.base !== undefined ? 'scores' : 'responses',
    questionnaire: '1',
    period:
      roles.period === undefined
        ? { kind: 'file-name' }
        : { kind: /季度|quarter|qtr/i.test(roles.period) ? 'quarter' : 'date', column: roles.period },
    place: {
      dealerCode: column('dealerCode'),
      dealerName: column('dealerName'),
      city: column('city'),
      province: column('province'),
      region: column('region'),
      geography: /\p{Script=Han}/u.test(roles.city ?? roles.province ?? '') ? 'national' : 'free',
      scheme:
        roles.region === undefined ? undefined : { code: 'regions', name: { zh: '大区', en: 'Regions' } },
    },
    respondent: roles.base === undefined ? column('respondent') : undefined,
    weight: column('weight'),
    base: column('base'),
    items: rated.map((one) => ({
      ...one,
      indicator: codeOf(one.column),
      label: { zh: one.column, en: one.column },
    })),
    attributes: attributes.map((header) => ({
      column: header,
      code: codeOf(header),
      label: { zh: header, en: header },
    })),
    indicators: [
      root,
      ...rated.map((one) => ({
        code: codeOf(one.column),
        role: 'item',
        parent: 'CSI',
        name: { zh: one.column, en: one.column },
      })),
    ],
  };
}

/** The saved mapping whose columns this table has, the most specific first. */
function fittingMapping(
  workspace: Workspace,
  headers: readonly string[],
): { name: string; mapping: StudyMapping } | undefined {
  const present = new Set(headers);
  const fits = listMappings(workspace.reader)
    .map((row) => ({
      name: row.name,
      mapping: JSON.parse(row.mapping) as StudyMapping,
      columns: JSON.parse(row.headers) as string[],
    }))
    .filter(({ columns }) => columns.every((column) => present.has(column)));
  return fits.sort((a, b) => b.columns.length - a.columns.length)[0];
}
