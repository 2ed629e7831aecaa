// A table as its mapping wants it: totals and changes left out by rule, waves side by side made rows, columns of one
// question joined.
import { columnRule, leaveOutRules, matchingRule } from '../../../shared/domain/leave-out.ts';
import type { TableLayout } from '../../../shared/domain/study-mapping.ts';
import { joinColumns } from './join-columns.ts';
import type { RawRow, Table } from './table.ts';
import { planUnpivot, type UnpivotPlan, unpivotedHeaders, unpivotedRows, WAVE_HEADER } from './unpivot.ts';
import { cellText } from './values.ts';

/** What the rules took out; the rows as of the last reading. */
export interface LeftOut {
  columns: { header: string; rule: string }[];
  rows: number;
  firstRows: { row: number; text: string; rule: string }[];
}

/** A table with its rules applied. */
export interface ShapedTable extends Table {
  /** The headers before anything was left out or turned. */
  wideHeaders: readonly string[];
  /** Set where waves stood side by side. */
  waves?: { wave: string; columns: string[] }[];
  /** Headers of the columns that are made of others. */
  joined?: ReadonlySet<string>;
  left: LeftOut;
}

const SHOWN_ROWS = 50;

/**
 * `notNaming` are columns whose text never names a row (answers, free text): a comment that says "total" keeps its
 * row. A layout that asks for waves and finds none leaves the table as it stands.
 */
export function shapedTable(
  table: Table,
  layout: Pick<TableLayout, 'leaveOut' | 'unpivot' | 'joined'>,
  notNaming: ReadonlySet<string> = new Set(),
): ShapedTable {
  const shaped = turnedTable(table, layout, notNaming);
  const { joined = [] } = layout;
  if (joined.length === 0) return shaped;
  return { ...shaped, ...joinColumns(shaped, joined), joined: new Set(joined.map(({ name }) => name)) };
}

function turnedTable(
  table: Table,
  layout: Pick<TableLayout, 'leaveOut' | 'unpivot'>,
  notNaming: ReadonlySet<string>,
): ShapedTable {
  const left: LeftOut = { columns: [], rows: 0, firstRows: [] };
  const { headers } = table;
  const rules = {
    rows: leaveOutRules(layout.leaveOut?.rows ?? []),
    columns: leaveOutRules(layout.leaveOut?.columns ?? []),
  };
  const long = headers.includes(WAVE_HEADER);
  const plan =
    layout.unpivot && !long ? planUnpivot(headers, rules.columns, layout.unpivot.columns) : undefined;
  const out = plan
    ? plan.left
    : headers.flatMap((header, column) => {
        const rule = columnRule(header, rules.columns);
        return rule === undefined ? [] : [{ column, rule }];
      });
  left.columns = out.map(({ column, rule }) => ({ header: headers[column]!, rule }));
  if (!plan && out.length === 0 && rules.rows.length === 0) return { ...table, wideHeaders: headers, left };
  const gone = new Set(out.map(({ column }) => column));
  const stay = headers.flatMap((_, column) => (gone.has(column) ? [] : [column]));
  const naming = (plan ? plan.keep : stay).filter((column) => !notNaming.has(headers[column]!));
  async function* rows(signal?: AbortSignal): AsyncGenerator<RawRow> {
    left.rows = 0;
    left.firstRows = [];
    for await (const row of table.rows(signal)) {
      const total = totalOf(row, naming, rules.rows);
      if (total) {
        left.rows++;
        if (left.firstRows.length < SHOWN_ROWS) left.firstRows.push(total);
      } else if (plan) yield* unpivotedRows(row, headers, plan);
      else yield gone.size === 0 ? row : { ...row, cells: stay.map((column) => row.cells[column] ?? null) };
    }
  }
  return {
    ...table,
    wideHeaders: headers,
    headers: plan ? unpivotedHeaders(headers, plan) : stay.map((column) => headers[column]!),
    columns: columnMeanings(table, plan, stay),
    rowCount: plan && table.rowCount !== undefined ? table.rowCount * plan.waves.length : table.rowCount,
    left,
    rows,
    ...(plan ? { waves: wavesOf(plan, headers) } : {}),
  };
}

function totalOf(
  row: RawRow,
  naming: readonly number[],
  rules: ReturnType<typeof leaveOutRules>,
): LeftOut['firstRows'][number] | undefined {
  if (rules.length === 0) return undefined;
  for (const column of naming) {
    const cell = row.cells[column];
    if (typeof cell !== 'string') continue;
    const rule = matchingRule(cell, rules);
    if (rule !== undefined) return { row: row.row, text: cellText(cell).slice(0, 60), rule };
  }
  return undefined;
}

function columnMeanings(
  table: Table,
  plan: UnpivotPlan | undefined,
  stay: readonly number[],
): Table['columns'] {
  if (!table.columns) return undefined;
  const { columns } = table;
  if (!plan) return stay.map((column) => columns[column] ?? {});
  const first = (measure: string) => plan.columns.find((one) => one.measure === measure)?.column ?? -1;
  return [
    ...plan.keep.map((column) => columns[column] ?? {}),
    {},
    ...plan.measures.map((measure) => columns[first(measure)] ?? {}),
  ];
}

function wavesOf(plan: UnpivotPlan, headers: readonly string[]): { wave: string; columns: string[] }[] {
  return plan.waves.map((wave) => ({
    wave,
    columns: plan.columns.filter((one) => one.wave === wave).map(({ column }) => headers[column]!),
  }));
}
