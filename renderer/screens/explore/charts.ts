/** The kinds of chart that a table can be drawn as. To add one: write its drawing, its line here, its name in `viewContent` of the calls. */
import type { ExploreQuery, ExploreTable } from '../../../shared/calls/explore.ts';
import type { Said } from '../../text/both.ts';
import type { exploreText } from '../../text/explore.ts';
import { barOption } from './bar-chart.ts';
import type { DrawnChart, DrawnTable } from './chart-drawing.ts';
import {
  barColumns,
  type ChartExtent,
  MOST_HEAT_ROWS,
  MOST_SERIES,
  membersOf,
  mostGroups,
} from './chart-extent.ts';
import { lineOption } from './line-chart.ts';
import { timeSide } from './line-series.ts';
import { scatterOption } from './scatter-chart.ts';
import { heatOption, mapOption } from './tile-charts.ts';
import type { DrawnKind } from './view.ts';

type Words = Said<typeof exploreText>;

interface ChartEntry {
  name: 'bar' | 'line' | 'scatter' | 'heatMap' | 'map';
  draw: (drawing: DrawnTable, text: Words) => DrawnChart;
  extent: ChartExtent;
  /** What the table must have to be drawn so; null when it has. */
  lacks?: (query: ExploreQuery, table: ExploreTable, text: Words) => string | null;
  /** What a reader of scores in it must know. */
  note?: (drawn: DrawnChart, text: Words) => string;
}

const ends = (text: Words) => ({ low: text.least, high: text.most });
const isWhole = (cell: ExploreTable['cells'][number][number]) =>
  cell?.score && cell.values.every((value) => value !== null);

/** In the order in which they are offered. */
export const CHARTS: Record<DrawnKind, ChartEntry> = {
  bar: {
    name: 'bar',
    draw: barOption,
    extent: {
      rows: (table) => mostGroups(barColumns(table).length),
      columnsOf: (table) => membersOf(table.columns, Infinity),
      columns: MOST_SERIES,
    },
    note: (_, text) => text.cutAxis,
  },
  line: {
    name: 'line',
    draw: lineOption,
    extent: {},
    lacks: (query, _, text) => (timeSide(query) ? null : text.lineNeeds),
    note: ({ keys }, text) => text.bandOf(keys[0]?.name ?? ''),
  },
  scatter: {
    name: 'scatter',
    draw: scatterOption,
    extent: { columns: 1 },
    lacks: (_, table, text) => {
      if (table.measures.length < 2) return text.scatterNeeds;
      return table.cells.some((line) => line.some(isWhole)) ? null : text.noChart;
    },
  },
  heat: {
    name: 'heatMap',
    draw: (drawing, text) => heatOption(drawing, ends(text)),
    extent: { rows: () => MOST_HEAT_ROWS },
  },
  map: {
    name: 'map',
    draw: (drawing, text) => mapOption(drawing, ends(text)),
    extent: { columns: 1 },
    lacks: (_, { rows }, text) => (rows.some((row) => row.province !== undefined) ? null : text.mapNeeds),
  },
};

/** Why a table cannot be drawn as a kind of chart; null when it can. */
export function chartLacks(
  kind: DrawnKind,
  query: ExploreQuery,
  table: ExploreTable,
  text: Words,
): string | null {
  const lacks = CHARTS[kind].lacks?.(query, table, text) ?? null;
  if (lacks !== null) return lacks;
  const isDrawn = table.cells.some((line) => line.some((cell) => cell?.score && cell.values[0] !== null));
  return isDrawn ? null : text.noChart;
}
