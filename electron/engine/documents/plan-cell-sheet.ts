// The sheet of cells in a plan's workbook: what may be edited, and the formulas that follow from it.
import {
  type CellStyle,
  type CellValue,
  colToLetter,
  type Cell as HucreCell,
  type WriteSheet,
} from 'hucre/xlsx';
import { inLanguage, type Language } from '../../../shared/domain/language.ts';
import { baselineMargin, type PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { REPORT_COLOURS } from '../../../shared/report/chart-svg.ts';
import { plainLine } from '../../../shared/report/format.ts';
import { PLAN_SHEETS, planWords } from '../../../shared/report/plan-words.ts';

export const rgb = (hex: string) => ({ rgb: hex.slice(1).toUpperCase() });
export const FONT = { name: 'Microsoft YaHei', size: 10 };
export const HEAD: CellStyle = {
  font: { ...FONT, bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: rgb(REPORT_COLOURS.dealer) },
  alignment: { vertical: 'center', wrapText: true },
};
const EDITABLE: CellStyle['fill'] = { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFF7D6' } };
export const MUTED: CellStyle = { font: { ...FONT, color: rgb(REPORT_COLOURS.muted) } };
const FORMATS = { score: '0.00', percent: '0.00', share: '0.00%', plain: '0.0000', count: '#,##0' } as const;
/** Room for a head of three lines. */
export const HEAD_HEIGHT = 42;

export type Format = keyof typeof FORMATS;

/** A cell's content: a value, or a formula with the value it has now. */
export type Content = CellValue | { formula: string; result: number };

export interface Grid {
  rows: CellValue[][];
  cells: Map<string, Partial<HucreCell>>;
}

export function put(
  grid: Grid,
  row: number,
  col: number,
  content: Content,
  style: CellStyle = { font: FONT },
): void {
  while (grid.rows.length <= row) grid.rows.push([]);
  const line = grid.rows[row]!;
  while (line.length <= col) line.push(null);
  const isFormula = typeof content === 'object' && content !== null && 'formula' in content;
  const value = isFormula ? content.result : typeof content === 'string' ? plainLine(content) : content;
  line[col] = value;
  const formula = isFormula ? { formula: content.formula, formulaResult: content.result } : {};
  grid.cells.set(`${row},${col}`, { value, style, ...formula });
}

export const styleOf = (format: Format, more: CellStyle = {}): CellStyle => ({
  font: FONT,
  numFmt: FORMATS[format],
  alignment: { horizontal: 'right' },
  ...more,
});

export const quoted = (sheet: string) => `'${sheet.replaceAll("'", "''")}'!`;

/** Columns of the cell sheet, in their order. */
const COLUMNS = [
  'area',
  'areaName',
  'indicator',
  'indicatorName',
  'share',
  'now',
  'drift',
  'ceiling',
  'effect',
  'costFactor',
  'extra',
  'target',
  'cost',
  'ofTotal',
  'note',
  'base',
  'margin',
] as const;

export type Column = (typeof COLUMNS)[number];
const EDITED: readonly Column[] = ['ceiling', 'effect', 'costFactor', 'extra', 'note'];
const at = (column: Column) => COLUMNS.indexOf(column);
const letter = (column: Column) => colToLetter(at(column));

/** What a range of the cell sheet is called from elsewhere, rows counted from 2. */
export function ranges(sheet: string, cells: number): (column: Column) => string {
  return (column) => `${quoted(sheet)}$${letter(column)}$2:$${letter(column)}$${cells + 1}`;
}

/** Score after the extra resource of row r: the curve of the plan's method. */
function targetFormula(method: PlanView['input']['method'], r: number): string {
  const c = (column: Column) => `${letter(column)}${r}`;
  const units = `IF(${c('costFactor')}>0,${c('extra')}/100/${c('costFactor')},${c('extra')}/100)`;
  const room = `MAX(0,${c('ceiling')}-${c('now')})`;
  return method === 'diminishing'
    ? `${c('now')}+${room}*(1-EXP(-${c('effect')}*${units}))`
    : `${c('now')}+MIN(${room},${c('now')}*${units})`;
}

export function cellSheet(plan: PlanView, language: Language): WriteSheet {
  const words = planWords(language);
  const grid: Grid = { rows: [], cells: new Map() };
  COLUMNS.forEach((column, c) => {
    put(grid, 0, c, words.columns[column], HEAD);
  });
  const names = new Map(plan.items.map(({ code, name }) => [code, inLanguage(name, language)]));
  plan.cells.forEach((cell, i) => {
    const row = i + 1;
    const line: Record<Column, [Content, CellStyle?]> = {
      area: [cell.area, MUTED],
      areaName: [inLanguage(cell.areaName, language)],
      indicator: [cell.indicator, MUTED],
      indicatorName: [names.get(cell.indicator) ?? cell.indicator],
      share: [cell.share, styleOf('share')],
      now: [cell.baseline, styleOf('score')],
      drift: [cell.drift, styleOf('score')],
      ceiling: [cell.ceiling, styleOf('score')],
      effect: [cell.effect, styleOf('plain')],
      costFactor: [cell.costFactor, styleOf('score')],
      extra: [cell.extraOfCell * 100, styleOf('percent')],
      target: [
        { formula: targetFormula(plan.input.method, row + 1), result: cell.target },
        styleOf('score', { font: { ...FONT, bold: true } }),
      ],
      cost: [
        { formula: `${letter('share')}${row + 1}*${letter('extra')}${row + 1}/100`, result: cell.cost },
        styleOf('share'),
      ],
      ofTotal: [
        {
          formula: `IF(SUM(${letter('cost')}$2:${letter('cost')}$${plan.cells.length + 1})>0,${letter('cost')}${row + 1}/SUM(${letter('cost')}$2:${letter('cost')}$${plan.cells.length + 1}),0)`,
          result: cell.extraOfTotal,
        },
        styleOf('share'),
      ],
      note: [cell.note === '' ? null : cell.note],
      base: [cell.n, styleOf('count')],
      margin: [baselineMargin(cell), styleOf('score')],
    };
    COLUMNS.forEach((column, c) => {
      const [content, style = { font: FONT }] = line[column];
      put(grid, row, c, content, EDITED.includes(column) ? { ...style, fill: EDITABLE } : style);
    });
  });
  const widths: Partial<Record<Column, number>> = { areaName: 16, indicatorName: 18, note: 30, area: 13 };
  return {
    name: PLAN_SHEETS[language].cells,
    ...grid,
    columns: COLUMNS.map((column) => ({ width: widths[column] ?? 11 })),
    rowDefs: new Map([[0, { height: HEAD_HEIGHT }]]),
    freezePane: { rows: 1, columns: 4 },
    autoFilter: { range: `A1:${colToLetter(COLUMNS.length - 1)}${plan.cells.length + 1}` },
    view: { showGridLines: false },
    pageSetup: { paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  };
}
