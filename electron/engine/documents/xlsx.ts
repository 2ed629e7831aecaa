/** ReportDocument -> XLSX bytes: four sheets, native charts, print set-up. The same document gives the same bytes. */
import { colToLetter, type SheetChart, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { niceScale, REPORT_COLOURS } from '../../../shared/report/chart-svg.ts';
import type { ReportDocument, SheetKey } from '../../../shared/report/document.ts';
import { SHEETS } from '../../../shared/report/document.ts';
import { formatValue, plainLine } from '../../../shared/report/format.ts';
import type { PlacedTable, SheetGrid } from './xlsx-sheet.ts';
import {
  addHeading,
  addSection,
  addTable,
  addText,
  emptyGrid,
  MUTED_STYLE,
  TITLE_STYLE,
} from './xlsx-sheet.ts';

const CHART_ROWS = 15;
const CHART_COLUMNS = 8;

/** Colour and dash of the trend table's columns, in their order after the quarter. */
const TREND_LINES = [
  { color: REPORT_COLOURS.dealer, width: 2.25, dash: 'solid', marker: 'circle' },
  { color: REPORT_COLOURS.region, width: 1.5, dash: 'solid', marker: 'none' },
  { color: REPORT_COLOURS.fitted, width: 1.25, dash: 'dash', marker: 'none' },
  { color: REPORT_COLOURS.fitted, width: 0, dash: 'solid', marker: 'diamond' },
  { color: REPORT_COLOURS.fitted, width: 0, dash: 'solid', marker: 'dash' },
  { color: REPORT_COLOURS.fitted, width: 0, dash: 'solid', marker: 'dash' },
  { color: REPORT_COLOURS.muted, width: 0, dash: 'solid', marker: 'dash' },
  { color: REPORT_COLOURS.muted, width: 0, dash: 'solid', marker: 'dash' },
] as const;

const hex = (colour: string): string => colour.slice(1).toUpperCase();

function trendChart(grid: SheetGrid, table: PlacedTable, title: string, sheetName: string): SheetChart {
  const quoted = `'${sheetName.replaceAll("'", "''")}'!`;
  const range = (col: number) =>
    `${quoted}$${colToLetter(col)}$${table.firstRow + 1}:$${colToLetter(col)}$${table.lastRow + 1}`;
  const values = grid.rows
    .slice(table.firstRow, table.lastRow + 1)
    .flatMap((row) => row.slice(1).filter((value) => typeof value === 'number'));
  const scale = niceScale(values);
  return {
    type: 'line',
    title,
    titleFontSize: 11,
    dispBlanksAs: 'gap',
    legend: 'bottom',
    roundedCorners: false,
    showLineMarkers: true,
    axes: {
      x: {
        tickLblSkip: Math.ceil((table.lastRow - table.firstRow + 1) / 7),
        labelRotation: 0,
        labelFontSize: 8,
      },
      y: {
        labelFontSize: 8,
        scale: { min: scale.lo, max: scale.hi, majorUnit: scale.step },
        numberFormat: { formatCode: '0' },
        gridlines: { major: true },
      },
    },
    series: TREND_LINES.map((line, i) => ({
      name: String(grid.rows[table.headRow]![i + 1] ?? ''),
      values: range(i + 1),
      categories: range(0),
      color: hex(line.color),
      stroke: line.width > 0 ? { width: line.width, dash: line.dash } : { width: 0.25, dash: 'sysDot' },
      marker: { symbol: line.marker, size: line.marker === 'dash' ? 7 : 6, fill: hex(line.color) },
    })),
    anchor: {
      from: { row: table.headRow - 1, col: table.columns + 1 },
      to: { row: table.headRow - 1 + CHART_ROWS, col: table.columns + 1 + CHART_COLUMNS },
    },
  };
}

function titleBlock(grid: SheetGrid, document: ReportDocument): void {
  addText(grid, document.subject, TITLE_STYLE);
  addText(grid, `${document.title} · ${document.period}`);
  const context = document.context.map((item) => `${item.label} ${formatValue(item.value)}`).join('　');
  addText(grid, context, MUTED_STYLE);
  addText(grid, document.provenance, MUTED_STYLE);
}

/** A sheet of one table starts with its head, so that the head can be frozen and filtered. */
function singleTable(grid: SheetGrid, document: ReportDocument, key: SheetKey): boolean {
  const sections = document.sections.filter((s) => s.medium !== 'page' && s.sheet === key);
  const only = sections.length === 1 ? sections[0]! : null;
  if (only?.kind !== 'table' || only.rows.length === 0) return false;
  addTable(grid, only, false);
  return true;
}

function fillTrend(grid: SheetGrid, document: ReportDocument, name: string): SheetChart[] {
  const charts: SheetChart[] = [];
  for (const section of document.sections) {
    if (section.medium === 'page' || section.sheet !== 'trend' || section.kind !== 'table') continue;
    addSection(grid, section, true);
    const table = grid.tables.at(-1)!;
    charts.push(trendChart(grid, table, plainLine(section.heading), name));
    while (grid.rows.length < table.headRow + CHART_ROWS) grid.rows.push([]);
  }
  return charts;
}

function filterRange(grid: SheetGrid): string {
  const table = grid.tables[0]!;
  return `A${table.headRow + 1}:${colToLetter(table.columns - 1)}${table.lastRow + 1}`;
}

function sheetOf(document: ReportDocument, key: SheetKey): WriteSheet {
  const grid = emptyGrid();
  const name = document.sheetNames[key];
  const frozen = key !== 'summary' && key !== 'trend' && singleTable(grid, document, key);
  let charts: SheetChart[] = [];
  if (key === 'summary') titleBlock(grid, document);
  if (key === 'trend') charts = fillTrend(grid, document, name);
  else if (!frozen)
    for (const section of document.sections)
      if (section.medium !== 'page' && section.sheet === key) addSection(grid, section, false);
  if (grid.rows.length === 0) addHeading(grid, name);
  const head = grid.tables[0]?.headRow ?? 0;
  const wide = key !== 'summary';
  return {
    name,
    rows: grid.rows,
    cells: grid.cells,
    merges: grid.merges,
    charts,
    columns: Array.from(grid.widths, (width) => ({ width: width ?? 8 })),
    rowDefs: new Map([...grid.heights].map(([row, height]) => [row, { height }])),
    autoFilter: frozen ? { range: filterRange(grid) } : undefined,
    freezePane: frozen ? { rows: head + 1, columns: key === 'scores' ? 2 : 0 } : undefined,
    view: { showGridLines: false },
    pageSetup: {
      paperSize: 'a4',
      orientation: wide ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { top: 0.7, bottom: 0.6, left: 0.5, right: 0.5, header: 0.3, footer: 0.3 },
      printTitlesRow: frozen ? `$1:$${head + 1}` : undefined,
    },
    headerFooter: {
      oddHeader: `&L&8${headerText(document.subject)}&R&8${headerText(document.period)}`,
      oddFooter: `&L&8${headerText(document.provenance)}&R&8&P / &N`,
    },
  };
}

/** `&` starts a code in headers; Excel takes at most 255 characters for all parts together. */
function headerText(text: string): string {
  return ` ${plainLine(text).slice(0, 150).replaceAll('&', '&&')}`;
}

/** The bytes of a report's workbook. */
export async function writeReportXlsx(document: ReportDocument): Promise<Uint8Array> {
  const made = new Date(`${document.date}T00:00:00Z`);
  return writeXlsx({
    sheets: SHEETS.map((key) => sheetOf(document, key)),
    defaultFont: { name: 'Microsoft YaHei', size: 10 },
    properties: { title: `${document.title} ${document.period}`, created: made, modified: made },
  });
}
