// Tables that planners bring: volumes of areas, assumptions of cells, what was spent. CSV or Excel, by column name.
import { basename } from 'node:path';
import type { PlanTableView } from '../../../../shared/calls/plan.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { describeIssue } from '../../../../shared/domain/import-issue.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { PlanRule, RuleField } from '../../../../shared/domain/plan/rules.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { ImportFault } from '../../importers/import-fault.ts';
import { openTable } from '../../importers/registry.ts';
import type { RawCell } from '../../importers/table.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { areaFinder, indicatorFinder, placeNode } from './plan-areas.ts';

/** What a column may be called, in lower case without blanks, brackets or a percent sign. */
const COLUMNS = {
  area: [
    'area',
    'areaid',
    '区域',
    '地区',
    '大区',
    '省份',
    '城市',
    '单店',
    '经销商',
    'region',
    'province',
    'city',
    'dealer',
  ],
  indicator: ['indicator', 'item', 'code', 'indicatorcode', '指标', '工作项', '指标代码'],
  share: [
    'share',
    'volume',
    'volumeshare',
    'count',
    'population',
    '占比',
    '份额',
    '销量',
    '保有量',
    '数量',
    '总体',
  ],
  ceiling: ['ceiling', '上限', '单项上限'],
  effect: ['effect', '效果', '单位效果'],
  effectFactor: ['effectfactor', '效果系数'],
  costFactor: ['costfactor', 'unitcost', 'cost', '成本系数', '单位成本'],
  mostExtra: ['mostextra', 'most', '最多增加', '最多追加'],
  largestStep: ['largeststep', 'step', '最大提升'],
  floor: ['floor', '最低得分', '下限'],
  cap: ['cap', '最高得分'],
  lockExtra: ['lockextra', 'locked', '锁定增加', '锁定追加'],
  lockScore: ['lockscore', '锁定得分'],
  packageExtra: ['packageextra', 'package', '工作包'],
  note: ['note', '备注'],
  extra: ['extra', '增加投入'],
  target: ['target', '目标'],
  spent: ['spent', 'actual', 'spentextra', '实际增加', '实际投入'],
} as const;

export type ColumnName = keyof typeof COLUMNS;

const RULE_FIELDS = [
  'ceiling',
  'effect',
  'effectFactor',
  'costFactor',
  'mostExtra',
  'largestStep',
  'floor',
  'cap',
  'lockExtra',
  'lockScore',
  'packageExtra',
] as const satisfies readonly RuleField[];

/** These are shares of the present resource; a column named with % holds percents. */
const SHARES: readonly ColumnName[] = ['mostExtra', 'lockExtra', 'packageExtra', 'spent', 'extra'];
const MOST_ROWS = 20_000;
const MOST_PROBLEMS = 50;

export interface PlanRow {
  row: number;
  text(column: ColumnName): string;
  /** `undefined` for an empty cell, `null` where it holds no number. */
  number(column: ColumnName): number | null | undefined;
}

export interface PlanRows {
  columns: Set<ColumnName>;
  rows: PlanRow[];
}

const plain = (header: string) =>
  header
    .replace(/[（(].*?[)）]/g, '')
    .replace(/[\s%％_]/g, '')
    .toLowerCase();

const written = (cell: RawCell | undefined): string =>
  cell === null || cell === undefined ? '' : typeof cell === 'object' ? cell.iso : String(cell).trim();

function numberOf(text: string, isPercent: boolean): number | null | undefined {
  if (text === '') return undefined;
  const marked = /[%％]$/.test(text);
  const value = Number(text.replace(/[%％,，]/g, ''));
  if (!Number.isFinite(value)) return null;
  return marked || isPercent ? value / 100 : value;
}

/** Reads a table whole, its columns known by what they are called; throws `plan-table`. */
export async function readPlanRows(path: string, fileName: string, sheet?: string): Promise<PlanRows> {
  const table = await openTable(path, sheet === undefined ? {} : { sheet }).catch((error: unknown) => {
    throw asPlanFault(error, fileName);
  });
  try {
    const at = new Map<ColumnName, { index: number; isPercent: boolean }>();
    table.headers.forEach((header, index) => {
      for (const [name, calls] of Object.entries(COLUMNS) as [ColumnName, readonly string[]][])
        if (calls.includes(plain(header)) && !at.has(name))
          at.set(name, { index, isPercent: /[%％]/.test(header) });
    });
    const rows: PlanRow[] = [];
    for await (const { row, cells } of table.rows()) {
      if (rows.length >= MOST_ROWS) break;
      const text = (column: ColumnName) => {
        const place = at.get(column);
        return place ? written(cells[place.index]) : '';
      };
      rows.push({
        row,
        text,
        number: (column) =>
          numberOf(text(column), SHARES.includes(column) && at.get(column)?.isPercent === true),
      });
    }
    return { columns: new Set(at.keys()), rows };
  } catch (error) {
    throw asPlanFault(error, fileName);
  } finally {
    await table.close();
  }
}

function asPlanFault(error: unknown, fileName: string): unknown {
  if (!(error instanceof ImportFault)) return error;
  const { file: _, ...issue } = error.toIssue();
  return tableFault(fileName, { zh: describeIssue(issue, 'zh-CN'), en: describeIssue(issue, 'en') });
}

export function tableFault(file: string, problem: Bilingual): AppError {
  return new AppError('plan-table', { file, problemZh: problem.zh, problemEn: problem.en });
}

/** What is wrong in a table, row by row. */
export class TableProblems {
  readonly list: PlanTableView['problems'] = [];

  add(row: number, value: string, message: Bilingual): void {
    if (this.list.length < MOST_PROBLEMS) this.list.push({ row, value, message });
  }
}

export const UNKNOWN_AREA = { zh: '找不到这个区域', en: 'there is no such area' };
export const UNKNOWN_INDICATOR = { zh: '找不到这个指标', en: 'there is no such indicator' };
const NO_NUMBER = { zh: '不是数字', en: 'not a number' };
const NEGATIVE = { zh: '不能是负数', en: 'must not be negative' };
const TWICE = { zh: '区域重复出现，以后一行为准', en: 'the area appears twice; the later row counts' };

const NEEDED: Record<'volumes' | 'assumptions' | 'spent', Bilingual> = {
  volumes: {
    zh: '需要“区域”和“占比”（或数量）两列。',
    en: 'it needs the columns "area" and "share" (or a count).',
  },
  assumptions: {
    zh: '需要“区域”或“指标”列，以及“上限”“效果”“成本系数”等列中的至少一列。',
    en: 'it needs a column "area" or "indicator", and one of "ceiling", "effect", "cost factor" and so on.',
  },
  spent: {
    zh: '需要“区域”“指标”和“实际增加”三列。',
    en: 'it needs the columns "area", "indicator" and "spent".',
  },
};

function hasColumns(kind: keyof typeof NEEDED, { columns }: PlanRows): boolean {
  if (kind === 'volumes') return columns.has('area') && columns.has('share');
  if (kind === 'spent') return columns.has('area') && columns.has('indicator') && columns.has('spent');
  const says = columns.has('note') || RULE_FIELDS.some((field) => columns.has(field));
  return says && (columns.has('area') || columns.has('indicator'));
}

interface Finders {
  area: (text: string) => string | null;
  indicator: (text: string) => string | null;
}

export function findersOf(workspace: Workspace, scheme: number, within: string): Finders {
  const tree = workspace.tree(scheme);
  placeNode(tree, within);
  // The lowest level first, so that a municipality's name means the higher one.
  const nodes = tree.nodes.map((_, i) => i).reverse();
  return { area: areaFinder(tree, nodes), indicator: indicatorFinder(workspace) };
}

export async function readPlanTable(
  context: Context,
  input: CallArguments<'plan.readTable'>,
): Promise<PlanTableView> {
  const file = input.fileName ?? basename(input.path);
  const table = await readPlanRows(input.path, file);
  if (!hasColumns(input.kind, table)) throw tableFault(file, NEEDED[input.kind]);
  const finders = levelFinders(context.workspace(), input);
  const problems = new TableProblems();
  const view: PlanTableView = { file, volumes: [], rules: [], spent: [], problems: problems.list };
  for (const row of table.rows) {
    if (input.kind === 'volumes') readVolume(row, finders, view, problems);
    else if (input.kind === 'spent') readSpent(row, finders, view, problems);
    else readRule(row, finders, view, problems);
  }
  return view;
}

/** Areas of the plan's own level come before others of the same name. */
function levelFinders(workspace: Workspace, input: CallArguments<'plan.readTable'>): Finders {
  const tree = workspace.tree(input.scheme);
  const own = tree.nodes.flatMap(({ level }, i) => (level === input.areaLevel ? [i] : []));
  const ownArea = areaFinder(tree, own);
  const any = findersOf(workspace, input.scheme, input.within);
  return { area: (text) => ownArea(text) ?? any.area(text), indicator: any.indicator };
}

function readVolume(row: PlanRow, { area }: Finders, view: PlanTableView, problems: TableProblems): void {
  const name = row.text('area');
  if (name === '') return;
  const id = area(name);
  const share = row.number('share');
  if (id === null) problems.add(row.row, name, UNKNOWN_AREA);
  else if (share === null || share === undefined) problems.add(row.row, row.text('share'), NO_NUMBER);
  else if (share < 0) problems.add(row.row, row.text('share'), NEGATIVE);
  else {
    const known = view.volumes.find((one) => one.area === id);
    if (known) {
      problems.add(row.row, name, TWICE);
      known.share = share;
    } else view.volumes.push({ area: id, share });
  }
}

/** Area and indicator of a row, '' for every one; null where a name is unknown. */
export function placeOf(
  row: PlanRow,
  finders: Finders,
  problems: TableProblems,
): { area: string; indicator: string } | null {
  const [areaText, indicatorText] = [row.text('area'), row.text('indicator')];
  const area = areaText === '' ? '' : finders.area(areaText);
  const indicator = indicatorText === '' ? '' : finders.indicator(indicatorText);
  if (area === null) problems.add(row.row, areaText, UNKNOWN_AREA);
  if (indicator === null) problems.add(row.row, indicatorText, UNKNOWN_INDICATOR);
  return area === null || indicator === null ? null : { area, indicator };
}

function readSpent(row: PlanRow, finders: Finders, view: PlanTableView, problems: TableProblems): void {
  const place = placeOf(row, finders, problems);
  const extra = row.number('spent');
  if (!place || extra === undefined) return;
  if (extra === null) problems.add(row.row, row.text('spent'), NO_NUMBER);
  else if (extra < 0) problems.add(row.row, row.text('spent'), NEGATIVE);
  else if (place.area === '' || place.indicator === '')
    problems.add(row.row, row.text('area'), place.area === '' ? UNKNOWN_AREA : UNKNOWN_INDICATOR);
  else view.spent.push({ ...place, extra });
}

function readRule(row: PlanRow, finders: Finders, view: PlanTableView, problems: TableProblems): void {
  const place = placeOf(row, finders, problems);
  if (!place) return;
  const rule: PlanRule = { ...place, source: 'imported' };
  for (const field of RULE_FIELDS) {
    const value = row.number(field);
    if (value === undefined) continue;
    const isPositive = field === 'effect' || field === 'effectFactor' || field === 'packageExtra';
    if (value === null) problems.add(row.row, row.text(field), NO_NUMBER);
    else if (value < 0 || (isPositive && value === 0)) problems.add(row.row, row.text(field), NEGATIVE);
    else rule[field] = value;
  }
  const note = row.text('note');
  if (note !== '') rule.note = note.slice(0, 2000);
  if (Object.keys(rule).length > 3) view.rules.push(rule);
}
