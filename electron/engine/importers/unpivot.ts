// Wide tables made long: several waves side by side become one row a wave.

import type { Issue } from '../../../shared/domain/import-issue.ts';
import { columnRule, type LeaveOutRules } from '../../../shared/domain/leave-out.ts';
import type { TableLayout } from '../../../shared/domain/study-mapping.ts';
import { waveOf } from '../../../shared/domain/wave-name.ts';
import type { RawCell, RawRow } from './table.ts';

interface WaveColumn {
  column: number;
  wave: string;
  measure: string;
}

export interface UnpivotPlan {
  /** Columns that identify the row and are repeated on each wave's row. */
  keep: number[];
  waves: string[];
  measures: string[];
  columns: WaveColumn[];
  /** Left out by rule or by the user's word (`rule` then ''). */
  left: { column: number; rule: string }[];
}

/**
 * Which columns are waves side by side. `undefined` unless one measure has at least two waves: a single dated column
 * is an ordinary column. `said` overrules what a header tells.
 */
export function planUnpivot(
  headers: readonly string[],
  rules: LeaveOutRules,
  said: NonNullable<TableLayout['unpivot']>['columns'] = {},
): UnpivotPlan | undefined {
  const plan: UnpivotPlan = { keep: [], waves: [], measures: [], columns: [], left: [] };
  headers.forEach((header, column) => {
    const part = Object.hasOwn(said, header) ? said[header] : undefined;
    const rule = part === undefined ? columnRule(header, rules) : undefined;
    const named = typeof part === 'object' ? part : part === undefined ? waveOf(header) : undefined;
    if (part === 'leave' || rule !== undefined) plan.left.push({ column, rule: rule ?? '' });
    else if (named) plan.columns.push({ column, wave: named.wave, measure: named.measure });
    else plan.keep.push(column);
  });
  plan.waves = [...new Set(plan.columns.map(({ wave }) => wave))].sort();
  plan.measures = [...new Set(plan.columns.map(({ measure }) => measure))];
  const wavesOf = (measure: string) =>
    new Set(plan.columns.filter((column) => column.measure === measure).map(({ wave }) => wave)).size;
  return plan.measures.some((measure) => wavesOf(measure) > 1) ? plan : undefined;
}

/** Header of the wave that a row of the long table belongs to. */
export const WAVE_HEADER = '#wave';
/** Header of the values where the wide headers name nothing but waves. */
export const VALUE_HEADER = '#value';

/** The headers of the long table: what identifies the row, the wave, one column a measure. */
export function unpivotedHeaders(headers: readonly string[], plan: UnpivotPlan): string[] {
  const measures = plan.measures.map((measure) => (measure === '' ? VALUE_HEADER : measure));
  const taken = new Set([WAVE_HEADER]);
  const names = [...plan.keep.map((column) => headers[column]!), WAVE_HEADER];
  for (const name of plan.keep.map((column) => headers[column]!)) taken.add(name);
  for (const measure of measures) {
    let unique = measure;
    for (let n = 2; taken.has(unique); n++) unique = `${measure} (${n})`;
    taken.add(unique);
    names.push(unique);
  }
  return names;
}

/**
 * One row a wave, all with the row number of the wide one and with the headers that its cells stand under there.
 * Waves without any value are left out: not asked is no row. A fault goes with the wave whose column it names, one
 * in a kept column or in none with every wave.
 */
export function unpivotedRows(row: RawRow, headers: readonly string[], plan: UnpivotPlan): RawRow[] {
  const kept = plan.keep.map((column) => row.cells[column] ?? null);
  const rows: RawRow[] = [];
  for (const wave of plan.waves) {
    const columns = plan.measures.map((measure) => columnAt(plan, wave, measure));
    const values = columns.map(
      (column): RawCell => (column === undefined ? null : (row.cells[column] ?? null)),
    );
    const own = new Set(columns.flatMap((column) => (column === undefined ? [] : [headers[column]!])));
    const issues = row.issues?.filter((issue) => concerns(issue, own, headers, plan)) ?? [];
    const damaged = issues.some((issue) => issue.column !== undefined && own.has(issue.column));
    if (values.every((value) => value === null) && !damaged) continue;
    const names = [
      ...plan.keep.map((column) => headers[column]!),
      WAVE_HEADER,
      ...columns.map((column, i) => (column === undefined ? plan.measures[i]! : headers[column]!)),
    ];
    const cells = [...kept, wave, ...values];
    rows.push(issues.length > 0 ? { row: row.row, cells, names, issues } : { row: row.row, cells, names });
  }
  return rows;
}

function concerns(
  issue: Issue,
  own: ReadonlySet<string>,
  headers: readonly string[],
  plan: UnpivotPlan,
): boolean {
  if (issue.column === undefined || own.has(issue.column)) return true;
  return plan.keep.some((column) => headers[column] === issue.column);
}

function columnAt(plan: UnpivotPlan, wave: string, measure: string): number | undefined {
  return plan.columns.find((column) => column.wave === wave && column.measure === measure)?.column;
}
