/** Lays sections of a report out on one worksheet: values, styles, merges, widths. No file format in here. */
import type { CellStyle, CellValue, Cell as HucreCell, MergeRange } from 'hucre/xlsx';
import { REPORT_COLOURS } from '../../../shared/report/chart-svg.ts';
import type { ReportSection, ReportValue, TableSection, Tone } from '../../../shared/report/document.ts';
import { DASH, emWidth, formatValue, plainLine } from '../../../shared/report/format.ts';

/** Where a table landed, zero-based: charts refer to its columns. */
export interface PlacedTable {
  headRow: number;
  firstRow: number;
  lastRow: number;
  columns: number;
}

export interface SheetGrid {
  rows: CellValue[][];
  cells: Map<string, Partial<HucreCell>>;
  merges: MergeRange[];
  heights: Map<number, number>;
  tables: PlacedTable[];
  widths: number[];
}

const rgb = (hex: string) => ({ rgb: hex.slice(1).toUpperCase() });
const INK = REPORT_COLOURS.ink.slice(1).toUpperCase();
const FONT = { name: 'Microsoft YaHei', size: 10 };
const NUMBER_WIDTH = 8;
const MAX_WIDTH = 34;
/** Merged text runs over this many columns. */
const TEXT_SPAN = 8;
const TEXT_SPAN_EM = 68;

const toneFont: Record<Tone, CellStyle['font']> = {
  plain: { ...FONT, color: rgb(REPORT_COLOURS.ink) },
  strong: { ...FONT, bold: true, color: rgb(REPORT_COLOURS.ink) },
  muted: { ...FONT, color: rgb(REPORT_COLOURS.muted) },
  better: { ...FONT, bold: true, color: rgb(REPORT_COLOURS.better) },
  worse: { ...FONT, bold: true, color: rgb(REPORT_COLOURS.worse) },
};

const hairline = { bottom: { style: 'thin', color: rgb(REPORT_COLOURS.rule) } } as const;

const HEAD: CellStyle = {
  font: { ...FONT, bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: rgb(REPORT_COLOURS.dealer) },
  alignment: { vertical: 'center', wrapText: true },
};

const HEADING: CellStyle = { font: { ...FONT, size: 12, bold: true, color: rgb(REPORT_COLOURS.dealer) } };

/** Excel's number format of a value: sign, decimals, a small base in brackets, marks for significance. */
function numberFormat(value: ReportValue & { kind: 'number' }): string {
  const digits = value.decimals > 0 ? `0.${'0'.repeat(value.decimals)}` : '#,##0';
  if (value.bracket) return `"("${digits}")"`;
  if (!value.signed) return digits;
  const mark = value.tone === 'better' ? '"▲"' : value.tone === 'worse' ? '"▼"' : '';
  return `${mark}+${digits};${mark}\u2212${digits};${digits}`;
}

/** A value as a cell: numbers stay numbers; everything else is a string cell, so no text is ever a formula. */
function cellOf(value: ReportValue, blankWhenAbsent: boolean): { value: CellValue; style: CellStyle } {
  const tone = value.kind === 'absent' ? 'muted' : value.tone;
  const font = toneFont[tone];
  if (value.kind === 'number')
    return {
      value: value.value,
      style: { font, numFmt: numberFormat(value), alignment: { horizontal: 'right' } },
    };
  if (value.kind === 'absent')
    return { value: blankWhenAbsent ? null : DASH, style: { font, alignment: { horizontal: 'right' } } };
  return { value: plainLine(formatValue(value)), style: { font } };
}

export function emptyGrid(): SheetGrid {
  return { rows: [], cells: new Map(), merges: [], heights: new Map(), tables: [], widths: [] };
}

function put(grid: SheetGrid, row: number, col: number, value: CellValue, style: CellStyle): void {
  while (grid.rows.length <= row) grid.rows.push([]);
  const line = grid.rows[row]!;
  while (line.length <= col) line.push(null);
  line[col] = value;
  grid.cells.set(`${row},${col}`, { value, style });
}

function widen(grid: SheetGrid, col: number, text: string): void {
  const width = Math.min(MAX_WIDTH, Math.max(NUMBER_WIDTH, emWidth(text) * 1.85 + 3));
  grid.widths[col] = Math.max(grid.widths[col] ?? NUMBER_WIDTH, width);
}

/** A line of text over several columns, as high as its wrapping needs. */
export function addText(grid: SheetGrid, text: string, style: CellStyle = { font: toneFont.plain }): void {
  const row = grid.rows.length;
  put(grid, row, 0, plainLine(text), { ...style, alignment: { wrapText: true, vertical: 'top' } });
  grid.merges.push({ startRow: row, startCol: 0, endRow: row, endCol: TEXT_SPAN - 1 });
  const size = style.font?.size ?? FONT.size;
  const lines = Math.max(1, Math.ceil((emWidth(text) * size) / FONT.size / TEXT_SPAN_EM));
  grid.heights.set(row, lines * (size * 1.45) + 2);
}

export function addHeading(grid: SheetGrid, text: string): void {
  if (grid.rows.length > 0) grid.rows.push([]);
  put(grid, grid.rows.length, 0, plainLine(text), HEADING);
}

function addHead(grid: SheetGrid, section: TableSection): number {
  const { columns } = section;
  if (columns.some((column) => column.group !== '')) {
    const row = grid.rows.length;
    columns.forEach((column, i) => {
      const first = i === 0 || columns[i - 1]!.group !== column.group;
      put(grid, row, i, first ? column.group : null, {
        ...HEAD,
        alignment: { horizontal: 'center', vertical: 'center' },
      });
      const next = columns.findIndex((other, j) => j > i && other.group !== column.group);
      const end = (next < 0 ? columns.length : next) - 1;
      if (first && column.group !== '' && end > i)
        grid.merges.push({ startRow: row, startCol: i, endRow: row, endCol: end });
    });
  }
  const row = grid.rows.length;
  columns.forEach((column, i) => {
    put(grid, row, i, column.label, { ...HEAD, alignment: { ...HEAD.alignment, horizontal: column.align } });
    widen(grid, i, column.label);
  });
  return row;
}

/** A table; absent values are a dash, or blank where a chart reads the cells (a text would be drawn as zero). */
export function addTable(grid: SheetGrid, section: TableSection, blankWhenAbsent: boolean): void {
  if (section.rows.length === 0) {
    addText(grid, section.note, { font: toneFont.muted });
    return;
  }
  const headRow = addHead(grid, section);
  for (const line of section.rows) {
    const row = grid.rows.length;
    line.cells.forEach((value, col) => {
      const { value: content, style } = cellOf(value, blankWhenAbsent);
      const bold = line.kind === 'total' && style.font?.color?.rgb === INK;
      const font = bold ? { ...style.font, bold: true } : style.font;
      const name = section.columns[col]?.align === 'left';
      const alignment = name
        ? { indent: section.columns[col + 1]?.align === 'right' ? line.depth : 0 }
        : { horizontal: 'right' as const };
      put(grid, row, col, content, { ...style, font, alignment, border: hairline });
      widen(grid, col, formatValue(value));
    });
  }
  const lastRow = grid.rows.length - 1;
  grid.tables.push({ headRow, firstRow: headRow + 1, lastRow, columns: section.columns.length });
  if (section.note) addText(grid, section.note, { font: toneFont.muted });
}

/** Key figures as a small table: a row a channel. */
function addFigures(grid: SheetGrid, section: ReportSection & { kind: 'figures' }): void {
  const { labels } = section;
  const lines = section.cards[0]!.lines;
  addTable(
    grid,
    {
      ...section,
      kind: 'table',
      half: false,
      note: '',
      columns: [labels.title, labels.value, labels.caption, ...lines.map((line) => line.label)].map(
        (label, i) => ({
          label,
          group: '',
          align: i === 0 || i === 2 ? 'left' : 'right',
          share: 1,
        }),
      ),
      rows: section.cards.map((card) => ({
        kind: 'plain',
        depth: 0,
        cells: [
          { kind: 'text', text: card.title, tone: 'strong' },
          card.value,
          { kind: 'text', text: `${card.unit}　${card.caption}`, tone: 'muted' },
          ...card.lines.map((line) => line.value),
        ],
      })),
    },
    false,
  );
}

/** Adds any section that belongs in a workbook. */
export function addSection(grid: SheetGrid, section: ReportSection, blankWhenAbsent: boolean): void {
  if (section.kind === 'page-break' || section.kind === 'charts') return;
  addHeading(grid, section.heading);
  if (section.kind === 'table') addTable(grid, section, blankWhenAbsent);
  if (section.kind === 'figures') addFigures(grid, section);
  if (section.kind === 'list')
    for (const item of section.items) addText(grid, item.text, { font: toneFont[item.tone] });
  if (section.kind === 'note')
    for (const words of section.paragraphs) addText(grid, words, { font: toneFont.muted });
}

export const TITLE_STYLE: CellStyle = {
  font: { ...FONT, size: 16, bold: true, color: rgb(REPORT_COLOURS.dealer) },
};
export const MUTED_STYLE: CellStyle = { font: toneFont.muted };
