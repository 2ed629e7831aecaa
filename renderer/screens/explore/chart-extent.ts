/** How much of a table each kind of chart has room for. */
import type { ExploreTable } from '../../../shared/calls/explore.ts';
import { PROVINCE_TILES } from '../../../shared/domain/geography.ts';

const MOST_GROUPS = 60;
const MOST_BARS = 120;

export const MOST_SERIES = 8;

export const MOST_HEAT_ROWS = 60;

const LEAST_HEIGHT = 460;

/** High enough for what is drawn in it to be told apart and named. */
export function heightOf(table: ExploreTable, kind: string): number {
  const rows = (most: number) => membersOf(table.rows, most).length;
  if (kind === 'heat') return Math.max(LEAST_HEIGHT, 17 * rows(MOST_HEAT_ROWS) + 50);
  if (kind !== 'bar') return LEAST_HEIGHT;
  const columns = barColumns(table).length;
  return Math.max(LEAST_HEIGHT, (7 * columns + 10) * rows(mostGroups(columns)) + 60);
}

/** The column whose two values are drawn against each other: the total, or the last in which any row has both. */
export function scatterColumn({ cells, columns }: ExploreTable): number {
  const both = (c: number) =>
    cells.some((line) => line[c]?.score && line[c].values.every((one) => one !== null));
  return Math.max(
    0,
    columns.findIndex((_, c) => both(c)),
  );
}

/** Rows that are provinces of the map. */
export function mapRows({ rows }: ExploreTable): number[] {
  return rows.flatMap(({ province }, r) => (province !== undefined && PROVINCE_TILES[province] ? [r] : []));
}

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

/** How many of how many columns a chart shows; null when all. One: the first, where a chart has no place for more. */
export function columnsDrawn(table: ExploreTable, kind: string): { shown: number; all: number } | null {
  const all = kind === 'bar' ? membersOf(table.columns, Infinity).length : table.columns.length;
  const most = kind === 'bar' ? MOST_SERIES : kind === 'map' || kind === 'scatter' ? 1 : Infinity;
  return all > most ? { shown: most, all } : null;
}

/** How many of how many rows a chart shows; null when all. */
export function drawnOf(table: ExploreTable, kind: string): { shown: number; all: number } | null {
  const timeRows = kind === 'line' && !table.columns.some((one) => one.place.from !== undefined);
  const known = membersOf(timeRows ? table.columns : table.rows, Infinity).length;
  const all = timeRows ? known : known + table.rowCount - table.rows.length;
  const shown = Math.min(roomFor(table, kind), known);
  return shown < all ? { shown, all } : null;
}

function roomFor(table: ExploreTable, kind: string): number {
  switch (kind) {
    case 'line':
      return MOST_SERIES;
    case 'bar':
      return mostGroups(barColumns(table).length);
    case 'heat':
      return MOST_HEAT_ROWS;
    case 'map':
      return mapRows(table).length;
    default:
      return Infinity;
  }
}
