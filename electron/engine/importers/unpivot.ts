// Wide tables made long: several waves side by side become one row a wave, and totals and changes are left out.
import { cleanName } from './header.ts';
import { placeKey } from './places.ts';
import type { RawCell, RawRow } from './table.ts';
import { cellText, plainText } from './values.ts';

const TOTAL = /^(合计|小计|总计|总体合计|汇总|sub-?total|grand total|total|sum)$/i;
const TOTAL_ENDING = /(合计|小计|总计|汇总| (sub-?)?total)$/i;
const DELTA =
  /环比|同比|较上(期|季度?|年)|较去年|增减|涨跌|变化(率|值|量|幅度?)?$|差值|[Δ△∆]|\b(yoy|qoq|change|delta|diff(erence)?|vs\.?)\b/i;
const WAVE =
  /(\d{4}) ?(?:年 ?)?(?:[-/. ]?q([1-4])|第?([1-4一二三四]) ?季度?)|q([1-4])[-/. ]?(\d{4})|(\d{4}) ?[-/.年] ?(0?[1-9]|1[0-2]) ?月?(?!\d)|(\d{4}) ?年?/i;

/** True for a name of a subtotal: `合　计`, `华东小计`, `Grand Total`, not `总体` and not `Total Motors`. */
export function isTotalName(name: string): boolean {
  const text = placeKey(name);
  return TOTAL.test(text) || TOTAL_ENDING.test(text);
}

/** True for a column that holds a change instead of a value: `环比`, `同比(%)`, `Δ`, `2016Q2 vs 2016Q1`. */
export function isDeltaName(name: string): boolean {
  return DELTA.test(plainText(name));
}

interface WaveColumn {
  column: number;
  /** `2016Q2`, `2016-03` or `2016`. */
  wave: string;
  /** The header without its wave: the measure, '' when the header is the wave alone. */
  measure: string;
}

export interface UnpivotPlan {
  /** Columns that identify the row and are repeated on each wave's row. */
  keep: number[];
  waves: string[];
  measures: string[];
  columns: WaveColumn[];
  /** Left out by rule, for the user to see. */
  left: { column: number; reason: 'total' | 'delta' }[];
}

/** The wave that a header names. Examples: `满意度 2016年第二季度` gives `2016Q2`, `16Q2` none. */
export function waveOf(header: string): { wave: string; measure: string } | undefined {
  const text = plainText(header);
  const match = WAVE.exec(text);
  if (!match) return undefined;
  const year = match[1] ?? match[5] ?? match[6] ?? match[8]!;
  if (Number(year) < 1990 || Number(year) > 2099) return undefined;
  const quarter = match[2] ?? match[4] ?? (match[3] && ('一二三四'.indexOf(match[3]) + 1 || match[3]));
  const wave = quarter ? `${year}Q${quarter}` : match[7] ? `${year}-${match[7].padStart(2, '0')}` : year;
  const rest = cleanName(`${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`);
  return { wave, measure: rest.replaceAll(/^[\s/_·:：()-]+|[\s/_·:：()-]+$/g, '') };
}

/**
 * Which columns are waves side by side. `undefined` unless one measure has at least two waves: a single dated column
 * is an ordinary column. Totals and changes are left out whether or not they name a wave.
 */
export function planUnpivot(headers: readonly string[]): UnpivotPlan | undefined {
  const plan: UnpivotPlan = { keep: [], waves: [], measures: [], columns: [], left: [] };
  headers.forEach((header, column) => {
    const parts = header.split(' / ');
    if (isDeltaName(header)) plan.left.push({ column, reason: 'delta' });
    else if (parts.some(isTotalName)) plan.left.push({ column, reason: 'total' });
    else {
      const named = waveOf(header);
      if (named) plan.columns.push({ column, ...named });
      else plan.keep.push(column);
    }
  });
  plan.waves = [...new Set(plan.columns.map(({ wave }) => wave))].sort();
  plan.measures = [...new Set(plan.columns.map(({ measure }) => measure))];
  const wavesOf = (measure: string) => plan.columns.filter((column) => column.measure === measure).length;
  return plan.measures.some((measure) => wavesOf(measure) > 1) ? plan : undefined;
}

const WAVE_HEADER = '#wave';
const VALUE_HEADER = '#value';

/** The headers of the long table: what identifies the row, the wave, one column a measure. */
export function unpivotedHeaders(headers: readonly string[], plan: UnpivotPlan): string[] {
  const measures = plan.measures.map((measure) => (measure === '' ? VALUE_HEADER : measure));
  return [...plan.keep.map((column) => headers[column]!), WAVE_HEADER, ...measures];
}

/**
 * One row a wave, all with the row number of the wide one. Waves without any value are left out: not asked is no
 * row. Subtotal rows (one of the kept cells names a total) are left out too.
 */
export async function* unpivotRows(rows: AsyncIterable<RawRow>, plan: UnpivotPlan): AsyncGenerator<RawRow> {
  for await (const row of rows) {
    const kept = plan.keep.map((column) => row.cells[column] ?? null);
    if (isTotalRow(kept)) continue;
    for (const wave of plan.waves) {
      const values = plan.measures.map((measure) => valueAt(row, plan, wave, measure));
      if (values.every((value) => value === null)) continue;
      const cells = [...kept, wave, ...values];
      yield row.issues ? { row: row.row, cells, issues: row.issues } : { row: row.row, cells };
    }
  }
}

/** True if one of the cells that name the row names a total. */
function isTotalRow(cells: readonly RawCell[]): boolean {
  return cells.some((cell) => typeof cell === 'string' && isTotalName(cellText(cell)));
}

function valueAt(row: RawRow, plan: UnpivotPlan, wave: string, measure: string): RawCell {
  const found = plan.columns.find((column) => column.wave === wave && column.measure === measure);
  return found ? (row.cells[found.column] ?? null) : null;
}
