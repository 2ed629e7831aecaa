/** How much of a table each kind of chart has room for. */
import type { ExploreTable } from '../../../shared/calls/explore.ts';

const MOST_GROUPS = 24;

/** More bars than this are too thin to tell apart. */
const MOST_BARS = 60;

export const MOST_SERIES = 8;

export const MOST_HEAT_ROWS = 40;

/** Row (or column) numbers that are drawn: members, or all there is. */
export function membersOf(entries: ExploreTable['rows'], most: number): number[] {
  const members = entries.flatMap((one, i) => (one.kind === 'member' ? [i] : []));
  return (members.length > 0 ? members : entries.map((_, i) => i)).slice(0, most);
}

/** The columns that stand as bars side by side: of times the latest. */
export function barColumns(table: ExploreTable): number[] {
  const all = membersOf(table.columns, Infinity);
  const times = all.some((c) => table.columns[c]!.place.from !== undefined);
  return times ? all.slice(-MOST_SERIES) : all.slice(0, MOST_SERIES);
}

export function mostGroups(columns: number): number {
  return Math.min(MOST_GROUPS, Math.floor(MOST_BARS / columns));
}

/** How much of a table a kind of chart shows; all of it, unless said. */
export interface ChartExtent {
  rows?: (table: ExploreTable) => number;
  columnsOf?: (table: ExploreTable) => readonly number[];
  columns?: number;
}

/** How many of how many columns a chart shows; null when all. One, where a chart has no place for more. */
export function columnsDrawn(
  table: ExploreTable,
  { columnsOf, columns = Infinity }: ChartExtent,
): { shown: number; all: number } | null {
  const all = columnsOf?.(table).length ?? table.columns.length;
  return all > columns ? { shown: columns, all } : null;
}

/** How many of how many rows a chart shows; null when all. */
export function drawnOf(table: ExploreTable, { rows }: ChartExtent): { shown: number; all: number } | null {
  const most = rows?.(table) ?? Infinity;
  const all = membersOf(table.rows, Infinity).length + table.rowCount - table.rows.length;
  return all > most ? { shown: most, all } : null;
}
