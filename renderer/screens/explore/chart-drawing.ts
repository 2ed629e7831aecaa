/** What every chart of a table is drawn from, and how it looks. */
import type { ExploreQuery, ExploreTable } from '../../../shared/calls/explore.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import type { ChartOption } from '../../components/chart.tsx';
import type { Palette } from '../../palette.ts';

export interface DrawnTable {
  table: ExploreTable;
  query: Pick<ExploreQuery, 'rows' | 'columns'>;
  /** The column of a chart that has a place for one only. */
  column: number;
  palette: Palette;
  say: (name: Bilingual) => string;
  /** The number that is drawn for a value: scores and differences on the chosen scale. */
  drawn(row: number, column: number, measure: number): number | null;
  /** The margin of the cell's score, as wide as it is drawn. */
  margin(row: number, column: number): number | null;
  text(row: number, column: number, measure: number): string;
  /** Margin, base and tier of a cell in words. */
  basis(row: number, column: number): string;
  /** For reference only: drawn paler. */
  isGrey(row: number, column: number): boolean;
  /** What scores are printed in. */
  unit: string;
  english: boolean;
}

/** A line, or a colour, of a chart and what it stands for. */
export interface ChartKey {
  name: string;
  colour: string;
}

/** A chart, and which row of the table each of its data stands for. */
export interface DrawnChart {
  option: ChartOption;
  keys: readonly ChartKey[];
  rows: readonly (number | null)[];
  /** How many of how many lines it shows; by the extent of its kind, unless told. */
  drawn?: { shown: number; all: number };
}

export interface DrawApi {
  value(dimension: number): number;
  coord(point: [number, number]): [number, number];
  size(span: [number, number]): [number, number];
}

export function nameOf({ say }: DrawnTable, labels: readonly Bilingual[]): string {
  return labels.map(say).join(' · ');
}

export function colourAt(palette: Palette, i: number): string {
  const colours = [...palette.series, palette.worse, palette.better, palette.warn, palette.faint];
  return colours[i % colours.length]!;
}

export function axisLook(palette: Palette) {
  return {
    axisLine: { lineStyle: { color: palette.line } },
    axisTick: { show: false },
    axisLabel: { color: palette.faint, fontSize: 11 },
    splitLine: { lineStyle: { color: palette.line, opacity: 0.7 } },
  };
}

export function legendLook(palette: Palette) {
  return {
    type: 'scroll' as const,
    top: 2,
    left: 8,
    right: 8,
    icon: 'roundRect',
    itemWidth: 12,
    itemHeight: 6,
    textStyle: { color: palette.soft, fontSize: 11 },
  };
}

export const PALE = 0.4;

/** A measure with what it is printed in, for an axis. */
export function axisName({ table, say, unit }: DrawnTable, m: number): string {
  const measure = table.measures[m]!;
  const scaled = measure.unit === 'score' || measure.unit === 'points';
  return `${say(measure.name)}${scaled ? ` (${unit})` : measure.unit === 'percent' ? ' (%)' : ''}`;
}

export function tooltipLines({ table, say, text, basis }: DrawnTable, r: number, c: number): string[] {
  const cell = table.cells[r]![c];
  if (!cell?.score) return [];
  return [
    ...(table.columnHeads.length > 0 ? [table.columns[c]!.labels.map(say).join(' · ')] : []),
    ...table.measures.map((measure, m) => `${say(measure.name)}  ${text(r, c, m)}`),
    basis(r, c),
  ];
}
