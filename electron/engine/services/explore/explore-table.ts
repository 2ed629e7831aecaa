// A table of any dimensions and measures: statistics of every cell first, then what may not be shown, then the rows
// in their order, and only for those that are answered the measures with their tests.

import type {
  ExploreEntry,
  ExploreMark,
  ExploreQuery,
  ExploreTable,
} from '../../../../shared/calls/explore.ts';
import { type CellStatistics, nEffOf } from '../../../../shared/domain/cell.ts';
import type { DisplayRules } from '../../../../shared/domain/display-rules.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { type TierRules, tierOf } from '../../../../shared/domain/precision.ts';
import { significanceMark } from '../../../../shared/domain/significance.ts';
import { suppressTable } from '../../../../shared/domain/table-suppression.ts';
import { adjustFalseDiscovery } from '../../../../shared/math/false-discovery.ts';
import type { Context } from '../../context.ts';
import { CellReader, type Grid } from './cell-reader.ts';
import { ALL_NAME, addedBy, provinceOf } from './explore-dimensions.ts';
import { MEASURES, type Measured } from './explore-measures.ts';
import { notesOf } from './explore-notes.ts';
import {
  placeAt,
  placeIn,
  type Side,
  type SideEntry,
  sceneOf,
  sourcesOf,
  type TableScene,
} from './explore-scene.ts';
import type { FigureSource, Place } from './figure-source.ts';

const SPARK_QUARTERS = 8;

export async function exploreTable(context: Context, query: ExploreQuery): Promise<ExploreTable> {
  const workspace = context.workspace();
  const scene = sceneOf(workspace, query);
  const sources = await sourcesOf(context, scene, {
    places: () => wantedPlaces(scene),
    answers:
      scene.asked.length > 0 || query.filters.attributes.length > 0 || query.measures.includes('satisfied'),
    respondents: query.measures.includes('share'),
  });
  const grid = gridOf(scene, sources, workspace.rules());
  const reader = new CellReader(workspace, scene, sources, grid);
  const order = rowOrder(query, grid, reader);
  const shown = order.slice(0, query.limit);
  const measured = shown.map((r) => grid.columns.map((_, c) => reader.measure(r, c)));
  const { marks, tests } = markCells(query, measured, workspace.rules());
  return {
    measures: query.measures.map((code) => ({
      code,
      name: (code === 'against-channel' && scene.against?.name) || MEASURES[code].name,
      unit: MEASURES[code].unit,
    })),
    rowHeads: scene.rows.dimensions.map((one) => one.head),
    columnHeads: scene.columns.dimensions.map((one) => one.head),
    rows: shown.map((r) => entryOf(scene, scene.rows, grid.rows[r]!)),
    columns: grid.columns.map((column) => entryOf(scene, scene.columns, column)),
    cells: shown.map((r, i) =>
      grid.columns.map((_, c) => reader.cell(r, c, measured[i]![c]!, marks[i]![c]!)),
    ),
    sparks: query.sparks ? shown.map((r) => sparkOf(scene, reader, grid.rows[r]!, grid.columns[0])) : null,
    rowCount: order.length,
    hidden: grid.hiddenCount,
    tests,
    from: scene.first,
    to: scene.last,
    channels: scene.cubes.map(({ channel }) => channel),
    notes: notesOf(scene, {
      tests,
      hidden: grid.hiddenCount,
      rows: [shown.length, order.length],
      placeless: [...placeless(scene.rows, grid.rows), ...placeless(scene.columns, grid.columns)],
    }),
  };
}

/** Levels of areas that nobody who answered stands in. */
function placeless(side: Side, kept: readonly SideEntry[]): Bilingual[] {
  return side.dimensions.flatMap(({ kind, head }, d) =>
    kind === 'scope' && kept.length > 0 && kept.every(({ members }) => members[d] === null) ? [head] : [],
  );
}

/** Every figure that the table may look at: its cells, the periods they are compared with, the spark lines. */
function wantedPlaces(scene: TableScene): Place[] {
  const { query, rows, columns } = scene;
  const others = query.measures.flatMap((code) => MEASURES[code].others ?? []);
  // Which column is the first with answers is not known yet; each channel has a source of its own.
  const channels = columns.entries.map((column) => placeIn(scene, column)?.channel);
  const firstOfChannels = columns.entries.filter((_, c) => channels.indexOf(channels[c]) === c);
  const wanted: Place[] = [];
  for (const row of rows.entries) {
    const whole = placeIn(scene, row);
    for (const column of columns.entries) {
      const place = whole && placeAt(scene, whole, column.chosen);
      if (place) wanted.push(place, ...others.flatMap((of) => of(place, scene.against)));
    }
    if (query.sparks) for (const column of firstOfChannels) wanted.push(...sparkPlaces(scene, row, column));
  }
  return wanted;
}

function gridOf(
  scene: TableScene,
  sources: ReadonlyMap<string, FigureSource>,
  { greyFrom }: TierRules,
): Grid {
  const nobody: CellStatistics = { n: 0, sumW: 0, sumW2: 0, sumWX: 0, sumWX2: 0 };
  const places = scene.rows.entries.map((row) => {
    const place = placeIn(scene, row);
    return scene.columns.entries.map((column) => place && placeAt(scene, place, column.chosen));
  });
  const cells = places.map((line) =>
    line.map((place) => (place && sources.get(place.channel)?.cell(place)) || nobody),
  );
  const rows = kept(scene.rows.entries, (r) => cells[r]!.some((cell) => cell.sumW > 0));
  const columns = kept(scene.columns.entries, (c) => cells.some((line) => line[c]!.sumW > 0));
  const pick = <T>(table: readonly (readonly T[])[]) =>
    rows.at.map((r) => columns.at.map((c) => table[r]![c]!));
  const grid = { rows: rows.entries, columns: columns.entries, places: pick(places), cells: pick(cells) };
  const hidden = grid.places.map((line) =>
    Uint8Array.from(line, (place) => (place && sources.get(place.channel)?.hidden(place) ? 1 : 0)),
  );
  const hiddenCount = suppressTable(
    {
      rowSums: grid.rows.map((row) => row.sum),
      columnSums: grid.columns.map((column) => column.sum),
      bases: grid.cells.map((line) => Float64Array.from(line, nEffOf)),
      hidden,
    },
    greyFrom,
  );
  const compared = hiddenCompared(scene, sources, grid, greyFrom);
  return { ...grid, hidden, hiddenCount, compared };
}

/** What cells are compared with may not be told from a difference: each is held to the rules of a printed table. */
function hiddenCompared(
  { query, against }: TableScene,
  sources: ReadonlyMap<string, FigureSource>,
  grid: Pick<Grid, 'rows' | 'columns' | 'places'>,
  greyFrom: number,
): Place[] {
  return query.measures.flatMap((code) => {
    const { others } = MEASURES[code];
    if (!others) return [];
    const compared = grid.places.map((line) => line.map((place) => (place ? others(place, against) : [])));
    const most = Math.max(0, ...compared.flat().map(({ length }) => length));
    return Array.from({ length: most }, (_, k) =>
      hiddenPlaces(
        compared.map((line) => line.map((places) => places[k] ?? null)),
        sources,
        grid,
        greyFrom,
      ),
    ).flat();
  });
}

/** Those of a table of figures that may not be shown. */
function hiddenPlaces(
  places: readonly (readonly (Place | null)[])[],
  sources: ReadonlyMap<string, FigureSource>,
  { rows, columns }: Pick<Grid, 'rows' | 'columns'>,
  greyFrom: number,
): Place[] {
  const sourceOf = (place: Place | null) => (place ? sources.get(place.channel) : undefined);
  const hidden = places.map((line) =>
    Uint8Array.from(line, (place) => (sourceOf(place)?.hidden(place!) ? 1 : 0)),
  );
  suppressTable(
    {
      rowSums: rows.map((row) => row.sum),
      columnSums: columns.map((column) => column.sum),
      bases: places.map((line) =>
        Float64Array.from(line, (place) => {
          const cell = sourceOf(place)?.cell(place!);
          return cell ? nEffOf(cell) : 0;
        }),
      ),
      hidden,
    },
    greyFrom,
  );
  return places.flatMap((line, r) =>
    line.flatMap((place, c) => (place && hidden[r]![c] === 1 ? [place] : [])),
  );
}

/** Entries that anybody stands in, their parents renumbered. */
function kept(
  entries: readonly SideEntry[],
  wanted: (i: number) => boolean,
): { entries: SideEntry[]; at: number[] } {
  const at = entries.flatMap((_, i) => (wanted(i) ? [i] : []));
  const now = new Map(at.map((i, place) => [i, place]));
  const renumbered = at.map((i) => {
    const entry = entries[i]!;
    return { ...entry, parent: now.get(entry.parent) ?? -1, sum: now.get(entry.sum) ?? -1 };
  });
  return { entries: renumbered, at };
}

/** Rows as they are to be read: sorted under what they are part of, the totals first. */
function rowOrder({ sort, rows }: ExploreQuery, grid: Grid, reader: CellReader): number[] {
  const order = grid.rows.map((_, r) => r);
  const column = sort ? Math.min(sort.column, grid.columns.length - 1) : -1;
  if (!sort || column < 0) return order;
  const sign = sort.order === 'ascending' ? 1 : -1;
  const values = order.map((r) => reader.measure(r, column)?.[sort.measure]?.value ?? null);
  const rank = (a: number, b: number) => {
    const [x, y] = [values[a]!, values[b]!];
    if (x === null || y === null) return x === y ? a - b : x === null ? 1 : -1;
    return sign * (x - y) || a - b;
  };
  const outer = (r: number) => grid.rows[r]!.members[0] ?? null;
  const inner = (r: number) => grid.rows[r]!.members[1] ?? null;
  if (rows.length < 2) return sortWithin(order, (r) => outer(r) === null, rank);
  const blocks = new Map<number | null, number[]>();
  for (const r of order) blocks.set(outer(r), [...(blocks.get(outer(r)) ?? []), r]);
  const sorted = [...blocks.values()].map((block) => sortWithin(block, (r) => inner(r) === null, rank));
  return sorted
    .sort((a, b) => {
      const [x, y] = [a[0]!, b[0]!];
      if (outer(x) === null || outer(y) === null) return outer(x) === null ? -1 : 1;
      return inner(x) === null ? rank(x, y) : x - y;
    })
    .flat();
}

function sortWithin(
  rows: number[],
  isTotal: (r: number) => boolean,
  rank: (a: number, b: number) => number,
): number[] {
  return [...rows.filter(isTotal), ...rows.filter((r) => !isTotal(r)).sort(rank)];
}

/** Marks of all cells, their false-discovery rate held over the whole table where asked. */
function markCells(
  { falseDiscovery, measures }: ExploreQuery,
  measured: readonly (readonly (Measured[] | null)[])[],
  { q: alpha, ...tiers }: DisplayRules,
): { marks: ExploreMark[][][]; tests: number } {
  const tested = measured.flat(2).flatMap((one) => {
    if (one?.test?.comparison.kind !== 'compared') return [];
    const { nEffFirst, nEffSecond } = one.test;
    return [nEffFirst, nEffSecond].every((nEff) => tierOf(nEff, tiers) === 'full')
      ? [{ one, p: one.test.comparison.p }]
      : [];
  });
  const adjusted = falseDiscovery ? adjustFalseDiscovery(tested.map(({ p }) => p)) : tested.map(({ p }) => p);
  const pOf = new Map(tested.map(({ one }, i) => [one, adjusted[i]!]));
  const marks = measured.map((line) =>
    line.map((values) =>
      measures.map((_, m): ExploreMark => {
        const one = values?.[m];
        const adjustedP = one && pOf.get(one);
        if (!one?.test || adjustedP === undefined) return null;
        const mark = significanceMark(one.test.comparison, one.test, { adjustedP, alpha, tiers });
        return mark === 'higher' || mark === 'lower' ? mark : 'none';
      }),
    ),
  );
  return { marks, tests: tested.length };
}

function entryOf(scene: TableScene, side: Side, entry: SideEntry): ExploreEntry {
  const place = placeIn(scene, entry)!;
  const chosen = entry.members.filter((member) => member !== null).length;
  const province =
    chosen > 0 && side.dimensions.some((one) => one.kind === 'scope') ? provinceOf(scene, place) : undefined;
  return {
    kind: chosen === entry.members.length && chosen > 0 ? 'member' : chosen > 0 ? 'subtotal' : 'total',
    labels:
      entry.members.length === 0
        ? [ALL_NAME]
        : entry.members.map((member, d) =>
            member === null ? ALL_NAME : side.dimensions[d]!.members[member]!.label,
          ),
    place: addedBy(scene, entry.chosen, place),
    ...(province !== undefined && { province }),
  };
}

function sparkPlaces(scene: TableScene, row: SideEntry, column: SideEntry): Place[] {
  const place = placeIn(scene, row, column) ?? placeIn(scene, row);
  if (!place) return [];
  return Array.from({ length: SPARK_QUARTERS }, (_, i) => {
    const quarter = scene.last - SPARK_QUARTERS + 1 + i;
    return { ...place, first: quarter, last: quarter };
  });
}

function sparkOf(
  scene: TableScene,
  reader: CellReader,
  row: SideEntry,
  column: SideEntry | undefined,
): (number | null)[] {
  return column ? sparkPlaces(scene, row, column).map((place) => reader.score(place)?.score100 ?? null) : [];
}
