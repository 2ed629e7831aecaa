/**
 * PlanView -> XLSX bytes: a workbook to plan on with. Every score, cost and total is a formula over the cell sheet, whose
 * yellow columns may be edited; charts are Excel's own. `plan-edits.ts` reads it back by the same column names.
 */
import { type CellStyle, type SheetChart, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import type { Language } from '../../../shared/domain/language.ts';
import { inLanguage } from '../../../shared/domain/language.ts';
import type { BaselineRest, PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { REPORT_COLOURS } from '../../../shared/report/chart-svg.ts';
import { PLAN_SHEETS, planWords } from '../../../shared/report/plan-words.ts';
import {
  type Column,
  type Content,
  cellSheet,
  FONT,
  type Format,
  type Grid,
  HEAD,
  HEAD_HEIGHT,
  MUTED,
  put,
  quoted,
  ranges,
  rgb,
  styleOf,
} from './plan-cell-sheet.ts';

const TITLE: CellStyle = { font: { ...FONT, size: 16, bold: true, color: rgb(REPORT_COLOURS.dealer) } };
const BOLD: CellStyle = { font: { ...FONT, bold: true } };
const MOST_BARS = 34;

interface Line {
  key: string;
  name: string;
  share: number;
  now: number;
  target: number;
  cost: number;
  rest: BaselineRest;
}

/** A table of areas or items whose figures are sums over the cell sheet; returns its first and last row. */
function totalsTable(
  grid: Grid,
  top: number,
  lines: readonly Line[],
  frame: { range: (column: Column) => string; by: Column; head: string; words: ReturnType<typeof planWords> },
): { first: number; last: number } {
  const { range, by, head, words } = frame;
  [
    head,
    words.columns.share,
    words.columns.now,
    words.columns.target,
    words.columns.cost,
    words.columns.ofTotal,
    words.columns.margin,
    words.columns.base,
  ].forEach((title, c) => {
    put(grid, top, c, title, HEAD);
  });
  const total = lines.reduce((sum, line) => sum + line.cost, 0);
  lines.forEach((line, i) => {
    const row = top + 1 + i;
    const own = `(${range(by)}="${line.key.replaceAll('"', '""')}")`;
    const sum = (column: Column) => `SUMPRODUCT(${own}*${range('share')}*${range(column)})/B${row + 1}`;
    put(grid, row, 0, line.name);
    put(
      grid,
      row,
      1,
      {
        formula: `SUMIF(${range(by)},"${line.key.replaceAll('"', '""')}",${range('share')})`,
        result: line.share,
      },
      styleOf('share'),
    );
    put(grid, row, 2, { formula: sum('now'), result: line.now }, styleOf('score'));
    put(grid, row, 3, { formula: sum('target'), result: line.target }, styleOf('score'));
    put(
      grid,
      row,
      4,
      {
        formula: `SUMIF(${range(by)},"${line.key.replaceAll('"', '""')}",${range('cost')})`,
        result: line.cost,
      },
      styleOf('share'),
    );
    const all = `SUM(${range('cost')})`;
    put(
      grid,
      row,
      5,
      { formula: `IF(${all}>0,E${row + 1}/${all},0)`, result: total > 0 ? line.cost / total : 0 },
      styleOf('share'),
    );
    put(grid, row, 6, line.rest.margin100 ?? null, styleOf('score'));
    put(grid, row, 7, line.rest.n ?? null, styleOf('count'));
  });
  return { first: top + 1, last: top + lines.length };
}

function barChart(
  sheet: string,
  rows: { first: number; last: number },
  title: string,
  top: number,
): SheetChart {
  const last = Math.min(rows.last, rows.first + MOST_BARS - 1);
  const range = (col: string) => `${quoted(sheet)}$${col}$${rows.first + 1}:$${col}$${last + 1}`;
  return {
    type: 'column',
    title,
    titleFontSize: 11,
    legend: false,
    roundedCorners: false,
    axes: {
      x: { labelFontSize: 8 },
      y: { labelFontSize: 8, numberFormat: { formatCode: '0.0%' }, gridlines: { major: true } },
    },
    series: [
      {
        name: title,
        values: range('E'),
        categories: range('A'),
        color: REPORT_COLOURS.dealer.slice(1).toUpperCase(),
      },
    ],
    anchor: { from: { row: top, col: 9 }, to: { row: top + 15, col: 19 } },
  };
}

function planSheet(plan: PlanView, language: Language): WriteSheet {
  const words = planWords(language);
  const names = PLAN_SHEETS[language];
  const range = ranges(names.cells, plan.cells.length);
  const grid: Grid = { rows: [], cells: new Map() };
  put(grid, 0, 0, plan.name || words.title(plan.input.year), TITLE);
  put(grid, 1, 0, words.subtitle(plan), MUTED);
  const figures: [string, Content, Format][] = [
    [words.now, { formula: `SUMPRODUCT(${range('share')}*${range('now')})`, result: plan.baseline }, 'score'],
    [words.asked, plan.target, 'score'],
    [
      words.reached,
      { formula: `SUMPRODUCT(${range('share')}*${range('target')})`, result: plan.reached },
      'score',
    ],
    [words.natural, plan.drift, 'score'],
    [words.total, { formula: `SUM(${range('cost')})`, result: plan.totalCost }, 'share'],
    [words.perPoint, plan.shadowPrice, 'share'],
  ];
  figures.forEach(([label, content, format], i) => {
    put(grid, 3 + i, 0, label, BOLD);
    put(grid, 3 + i, 1, content, styleOf(format));
  });
  put(grid, 9, 0, words.editHint, MUTED);
  if (plan.input.notes !== '') put(grid, 10, 0, `${words.columns.note}: ${plan.input.notes}`, MUTED);
  const shareOf = (key: 'area' | 'indicator', id: string) =>
    plan.cells.reduce((sum, cell) => sum + (cell[key] === id ? cell.share : 0), 0);
  const areas = totalsTable(
    grid,
    12,
    plan.areas.map((one) => ({
      key: one.id,
      name: inLanguage(one.name, language),
      share: shareOf('area', one.id),
      now: one.baseline,
      target: one.target,
      cost: one.cost,
      rest: one,
    })),
    { range, by: 'area', head: words.columns.areaName, words },
  );
  const items = totalsTable(
    grid,
    areas.last + 2,
    plan.items.map((one) => ({
      key: one.code,
      name: inLanguage(one.name, language),
      share: shareOf('indicator', one.code),
      now: one.baseline,
      target: one.target,
      cost: one.cost,
      rest: one,
    })),
    { range, by: 'indicator', head: words.columns.indicatorName, words },
  );
  return {
    name: names.plan,
    ...grid,
    charts: [
      barChart(names.plan, areas, words.costByArea, 2),
      barChart(names.plan, items, words.costByItem, 19),
    ],
    rowDefs: new Map([areas, items].map(({ first }) => [first - 1, { height: HEAD_HEIGHT }])),
    columns: [{ width: 26 }, ...Array.from({ length: 7 }, () => ({ width: 12 }))],
    view: { showGridLines: false },
    pageSetup: { paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  };
}

/** The curve of target against resource and the milestones of the year, each with its chart. */
function curveSheet(plan: PlanView, language: Language): WriteSheet {
  const words = planWords(language);
  const name = PLAN_SHEETS[language].curve;
  const grid: Grid = { rows: [], cells: new Map() };
  [words.columns.target, words.total].forEach((title, c) => {
    put(grid, 0, c, title, HEAD);
  });
  plan.pareto.forEach((point, i) => {
    put(grid, i + 1, 0, point.target, styleOf('score'));
    put(grid, i + 1, 1, point.cost, styleOf('share'));
  });
  [words.quarter, words.milestone].forEach((title, c) => {
    put(grid, 0, c + 3, title, HEAD);
  });
  plan.milestones.forEach(({ quarter, score }, i) => {
    put(grid, i + 1, 3, formatQuarter(quarter));
    put(grid, i + 1, 4, score, styleOf('score'));
  });
  const color = REPORT_COLOURS.dealer.slice(1).toUpperCase();
  const line = (title: string, values: string, categories: string, row: number): SheetChart => ({
    type: 'line',
    title,
    titleFontSize: 11,
    legend: false,
    roundedCorners: false,
    showLineMarkers: true,
    axes: {
      y: { gridlines: { major: true }, labelFontSize: 8 },
      x: { labelFontSize: 8, numberFormat: { formatCode: '0.0' } },
    },
    series: [{ name: title, values: quoted(name) + values, categories: quoted(name) + categories, color }],
    anchor: { from: { row, col: 6 }, to: { row: row + 15, col: 15 } },
  });
  const charts: SheetChart[] = [];
  const last = plan.pareto.length + 1;
  if (plan.pareto.length > 1) charts.push(line(words.curve, `$B$2:$B$${last}`, `$A$2:$A$${last}`, 0));
  if (plan.milestones.length > 0) charts.push(line(words.milestones, '$E$2:$E$5', '$D$2:$D$5', 17));
  return {
    name,
    ...grid,
    charts,
    columns: Array.from({ length: 5 }, () => ({ width: 14 })),
    view: { showGridLines: false },
    pageSetup: { paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  };
}

/** The bytes of a plan's workbook; the same plan gives the same bytes. */
export async function writePlanXlsx(plan: PlanView, language: Language): Promise<Uint8Array> {
  const made = new Date(plan.createdAt ?? '2000-01-01T00:00:00Z');
  return writeXlsx({
    sheets: [planSheet(plan, language), cellSheet(plan, language), curveSheet(plan, language)],
    defaultFont: FONT,
    properties: { title: plan.name, created: made, modified: made },
  });
}
