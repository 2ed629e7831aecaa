/** A table as lines over time: of time beside another dimension on one side, a line for each of the other's values. */
import type { ExploreEntry, ExploreQuery, ExploreTable } from '../../../shared/calls/explore.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import { MOST_SERIES } from './chart-extent.ts';

export interface LineSeries {
  labels: readonly Bilingual[];
  /** Row and column of each time; null where the table has none. */
  cells: readonly ([row: number, column: number] | null)[];
}

export interface TableLines {
  times: readonly (readonly Bilingual[])[];
  lines: readonly LineSeries[];
  /** Lines that the table has, drawn or not. */
  all: number;
}

type Sides = Pick<ExploreQuery, 'rows' | 'columns'>;

/** The side on which time stands, alone or beside another dimension; null where it does not. */
export function timeSide(query: Sides): 'rows' | 'columns' | null {
  const has = (side: 'rows' | 'columns') => query[side].some(({ kind }) => kind === 'time');
  return has('columns') ? 'columns' : has('rows') ? 'rows' : null;
}

const keyOf = (labels: readonly Bilingual[]) => labels.map(({ zh }) => zh).join('\n');

/** One line an entry of the side without time, and within it one a value that stands beside time; without time none. */
export function linesOf(query: Sides, table: ExploreTable): TableLines {
  const side = timeSide(query);
  if (side === null) return { times: [], lines: [], all: 0 };
  const isTime = (d: number) => query[side][d]?.kind === 'time';
  const points = table[side].flatMap((entry, at) => (entry.place.from === undefined ? [] : [{ entry, at }]));
  const members = points.filter(({ entry }) => entry.kind === 'member');
  const times = [
    ...new Map(
      members
        .toSorted((a, b) => a.entry.place.from! - b.entry.place.from!)
        .map(({ entry }) => [spanOf(entry), entry.labels.filter((_, d) => isTime(d))] as const),
    ),
  ];
  const nested = Map.groupBy(points, ({ entry }) => keyOf(entry.labels.filter((_, d) => !isTime(d))));
  const others = (side === 'columns' ? table.rows : table.columns).flatMap((entry, at) =>
    entry.kind === 'subtotal' ? [] : [{ entry, at }],
  );
  const otherDimensions = query[side === 'columns' ? 'rows' : 'columns'].length;
  const lines = others.flatMap((other) =>
    [...nested.values()].map((group): LineSeries => {
      const own = group[0]!.entry.labels.filter((_, d) => !isTime(d));
      const bySpan = new Map(group.map(({ entry, at }) => [spanOf(entry), at]));
      return {
        labels: otherDimensions > 0 || own.length === 0 ? [...other.entry.labels, ...own] : own,
        cells: times.map(([span]) => {
          const at = bySpan.get(span);
          if (at === undefined) return null;
          return side === 'columns' ? [other.at, at] : [at, other.at];
        }),
      };
    }),
  );
  return { times: times.map(([, labels]) => labels), lines: lines.slice(0, MOST_SERIES), all: lines.length };
}

function spanOf({ place }: ExploreEntry): string {
  return `${place.from} ${place.to}`;
}
