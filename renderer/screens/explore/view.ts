/** What the explore screen works out without drawing: choices of dimensions, where a click leads, colours, text. */
import type {
  AttributeFilter,
  ExploreAttribute,
  ExploreDimension,
  ExploreEntry,
  ExploreOptions,
  ExplorePlace,
  ExploreQuery,
  ExploreTable,
  ExploreUnit,
  ExploreViewContent,
} from '../../../shared/calls/explore.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import type { ScopeLevel } from '../../../shared/domain/scope.ts';
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import { ABSENT, count, decimal, signed } from '../../format.ts';
import type { ScoreFormat } from '../../score-format.ts';
import { MOST_SERIES } from './chart-extent.ts';
import { linesOf, timeSide } from './line-series.ts';

export type ChartKind = ExploreViewContent['chart'];

/** A kind that is a drawing. */
export type DrawnKind = Exclude<ChartKind, 'auto' | 'none'>;

/** A step of the way down; the last one is what is shown. */
export interface Step {
  /** Null for the start. */
  label: Bilingual | null;
  query: ExploreQuery;
}

export const PAGE = 200;

/** How many waves a table over time begins with. */
const WAVES = 8;

/** The table that stands there first: areas below the whole over the last two years of a channel. */
export function firstQuery(options: {
  scheme: number;
  scope: string;
  channel: Channel;
  quarter: number;
  indicator: string;
  levels: readonly ScopeLevel[];
  catalog: { channels: readonly { channel: Channel; quarters: readonly number[] }[] };
}): ExploreQuery {
  const { scheme, scope, channel, quarter, indicator, levels, catalog } = options;
  const level = nextLevel(levels, scope);
  const query: ExploreQuery = {
    scheme,
    rows: level ? [{ kind: 'scope', level }] : [{ kind: 'indicator', show: 'factors' }],
    columns: [{ kind: 'time', grain: 'quarter' }],
    filters: { scope, channel, indicator, from: quarter - WAVES + 1, to: quarter, attributes: [] },
    measures: ['score'],
    basis: {},
    limit: PAGE,
    falseDiscovery: true,
    intervals: false,
    sparks: false,
  };
  const waves = catalog.channels.find((one) => one.channel === channel)?.quarters ?? [];
  return ofChannel(query, channel, waves);
}

type LowerLevel = Exclude<ScopeLevel, 'overall'>;

/** The next finer level that exists. */
export function nextLevel(levels: readonly ScopeLevel[], scope: string): LowerLevel | null {
  const own = scope.split(':', 1)[0] as ScopeLevel;
  const finer = levels.slice(levels.indexOf(own) + 1).filter((one) => one !== 'overall');
  return (finer[0] as LowerLevel | undefined) ?? null;
}

/** A dimension as the value of an option, and back. */
export function dimensionKey(dimension: ExploreDimension): string {
  switch (dimension.kind) {
    case 'scope':
      return `scope ${dimension.level}`;
    case 'time':
      return `time ${dimension.grain}`;
    case 'indicator':
      return `indicator ${dimension.show}`;
    case 'channel':
      return 'channel';
    case 'attribute':
      return `attribute ${dimension.code}`;
  }
}

export function dimensionOf(key: string): ExploreDimension {
  const cut = key.indexOf(' ');
  const [kind, rest] = cut < 0 ? [key, ''] : [key.slice(0, cut), key.slice(cut + 1)];
  if (kind === 'scope') return { kind, level: rest as LowerLevel };
  if (kind === 'time') return { kind, grain: rest as 'quarter' | 'year' };
  if (kind === 'indicator') return { kind, show: rest as 'factors' | 'items' | 'all' };
  return kind === 'attribute' ? { kind, code: rest } : { kind: 'channel' };
}

/** Dimensions of a kind on one side keep each other from the other side (attributes by code). */
function family(dimension: ExploreDimension): string {
  return dimension.kind === 'attribute' ? dimensionKey(dimension) : dimension.kind;
}

/** Puts a dimension into a place of a side; what it excludes on the other side goes. Null takes it out. */
export function withDimension(
  query: ExploreQuery,
  side: 'rows' | 'columns',
  place: number,
  dimension: ExploreDimension | null,
): ExploreQuery {
  const own = query[side].filter((_, i) => i !== place);
  if (dimension) own.splice(place, 0, dimension);
  const kept = own.filter(
    (one, i) => own.findIndex((other) => dimensionKey(other) === dimensionKey(one)) === i,
  );
  const other = side === 'rows' ? 'columns' : 'rows';
  const rest = query[other].filter((one) => !dimension || family(one) !== family(dimension));
  const { sort: _, ...unsorted } = query;
  return { ...unsorted, [side]: kept.slice(0, 2), [other]: rest };
}

export function swapped(query: ExploreQuery): ExploreQuery {
  const { sort: _, ...unsorted } = query;
  return { ...unsorted, rows: query.columns, columns: query.rows };
}

/** Quarters that a span may end at, the latest first; the chosen one also where nobody was asked in it. */
export function endQuarters(quarters: readonly number[], chosen: number | undefined): number[] {
  const all = chosen === undefined ? quarters : [...quarters, chosen];
  return [...new Set(all)].sort((a, b) => b - a);
}

/** The same table of another channel, over its latest waves where it has none in the chosen span. */
export function ofChannel(query: ExploreQuery, channel: Channel, quarters: readonly number[]): ExploreQuery {
  const { from = -Infinity, to = Infinity } = query.filters;
  const filters = { ...query.filters, channel };
  const last = quarters.at(-1);
  if (last === undefined || quarters.some((quarter) => quarter >= from && quarter <= to))
    return { ...query, filters };
  return { ...query, filters: { ...filters, from: quarters.at(-WAVES) ?? quarters[0]!, to: last } };
}

/** The channel whose figures the table shows; undefined where channels stand side by side. */
export function comparedChannel(
  { rows, columns, filters }: ExploreQuery,
  present: readonly Channel[],
): Channel | undefined {
  if ([...rows, ...columns].some((one) => one.kind === 'channel')) return undefined;
  return filters.channel ?? present[0];
}

/** Filters narrowed to a row's or column's place. */
export function narrowedTo(filters: ExploreQuery['filters'], place: ExplorePlace): ExploreQuery['filters'] {
  const { attributes = [], ...rest } = place;
  const others = filters.attributes.filter((one) => !attributes.some(({ code }) => code === one.code));
  return { ...filters, ...rest, attributes: [...others, ...attributes] };
}

/** Where a click on a row or column leads: narrowed to it, and one level deeper; null where there is nothing below. */
export function drilled(
  query: ExploreQuery,
  side: 'rows' | 'columns',
  entry: ExploreEntry,
  { levels }: Pick<ExploreOptions, 'levels'>,
): ExploreQuery | null {
  if (entry.kind === 'total') return null;
  const filters = narrowedTo(query.filters, entry.place);
  const others = query[side === 'rows' ? 'columns' : 'rows'];
  const deeper: ExploreDimension[] = [];
  for (const dimension of query[side]) {
    const next = below(dimension, entry, filters, levels);
    if (next && !deeper.some((one) => dimensionKey(one) === dimensionKey(next))) deeper.push(next);
  }
  const { sort: _, ...unsorted } = query;
  const dimensions =
    deeper.length > 0 ? deeper : [instead(filters, levels, others)].filter((one) => one !== null);
  if (dimensions.length === 0 && side === 'rows') return null;
  return { ...unsorted, filters, [side]: dimensions, limit: PAGE };
}

function below(
  dimension: ExploreDimension,
  { place }: ExploreEntry,
  filters: ExploreQuery['filters'],
  levels: readonly ScopeLevel[],
): ExploreDimension | null {
  switch (dimension.kind) {
    case 'scope': {
      if (place.scope === undefined) return dimension;
      const level = nextLevel(levels, filters.scope);
      return level && { kind: 'scope', level };
    }
    case 'time':
      if (place.from === undefined) return dimension;
      return dimension.grain === 'year' ? { kind: 'time', grain: 'quarter' } : null;
    case 'indicator':
      if (place.indicator === undefined) return dimension;
      if (place.indicator === '') return { kind: 'indicator', show: 'factors' };
      return dimension.show === 'items' ? null : { kind: 'indicator', show: 'items' };
    case 'channel':
      return place.channel === undefined ? dimension : null;
    case 'attribute':
      return place.attributes?.some(({ code }) => code === dimension.code) ? null : dimension;
  }
}

/** What to look at when a dimension has come to its end: finer areas, then indicators, then time. */
function instead(
  filters: ExploreQuery['filters'],
  levels: readonly ScopeLevel[],
  others: readonly ExploreDimension[],
): ExploreDimension | null {
  const free = (kind: string) => !others.some((one) => one.kind === kind);
  const level = nextLevel(levels, filters.scope);
  if (level && free('scope')) return { kind: 'scope', level };
  if (free('indicator')) return { kind: 'indicator', show: filters.indicator === '' ? 'factors' : 'items' };
  return free('time') ? { kind: 'time', grain: 'quarter' } : null;
}

/** The name under which a drilled step is remembered: its innermost chosen member. */
export function stepName(entry: ExploreEntry): Bilingual {
  const chosen = entry.kind === 'subtotal' ? entry.labels.slice(0, 1) : entry.labels;
  return { zh: chosen.map((one) => one.zh).join(' · '), en: chosen.map((one) => one.en).join(' · ') };
}

/** A value as it is printed; a difference carries its sign. */
export function valueText(
  unit: ExploreUnit,
  value: number | null | undefined,
  as: ScoreFormat,
  code: string,
): string {
  if (value === null || value === undefined) return ABSENT;
  switch (unit) {
    case 'score':
      return as.figure(value);
    case 'points':
      return code === 'margin' ? as.length(value) : as.points(value);
    case 'percent':
      return `${decimal(value)}%`;
    case 'count':
      return code === 'n' ? count(value) : decimal(value);
    case 'deviations':
      return signed(value);
  }
}

const MARGIN: Bilingual = { zh: '误差 ±', en: 'Margin ±' };

/** Of a cell, as they stand beside its figures in a copied table. */
const BASE_HEADS: readonly Bilingual[] = [
  { zh: '样本量', en: 'Base' },
  { zh: '有效样本量', en: 'Effective base' },
];

/** Whether a figure has a margin of its own: scores and differences. */
export function hasMargin(unit: ExploreUnit, code: string): boolean {
  return unit === 'score' || (unit === 'points' && code !== 'margin');
}

/** The table as tab-separated text, with the precision that is printed; what is hidden stays hidden. */
export function tableText(
  table: ExploreTable,
  say: (name: Bilingual) => string,
  formatOf: (row: ExploreEntry, column: ExploreEntry) => ScoreFormat,
  based = false,
): string {
  const { measures, columns } = table;
  const many = measures.length > 1;
  const head = [
    ...(table.rowHeads.length > 0 ? table.rowHeads.map(say) : ['']),
    ...columns.flatMap((column) => {
      const name = column.labels.map(say).join(' · ');
      const titled = (head: Bilingual) =>
        table.columnHeads.length === 0 ? say(head) : `${name} ${say(head)}`;
      const figures = measures.flatMap((measure) => [
        many || table.columnHeads.length === 0 ? titled(measure.name) : name,
        ...(based && hasMargin(measure.unit, measure.code)
          ? [titled({ zh: `${measure.name.zh} ${MARGIN.zh}`, en: `${measure.name.en} ${MARGIN.en}` })]
          : []),
      ]);
      return [...figures, ...(based ? BASE_HEADS.map(titled) : [])];
    }),
  ];
  const lines = table.rows.map((row, r) => [
    ...row.labels.map((label) => inert(say(label))),
    ...columns.flatMap((column, c) => {
      const cell = table.cells[r]![c];
      const as = formatOf(row, column);
      const score = cell?.score;
      const figures = measures.flatMap(({ unit, code }, m) => [
        score ? valueText(unit, cell.values[m], as, code) : '',
        ...(based && hasMargin(unit, code) ? [score ? as.length(cell.margins[m]) : ''] : []),
      ]);
      const bases = score ? [count(score.n), decimal(score.nEff)] : ['', ''];
      return [...figures, ...(based ? bases : [])].map(figureText);
    }),
  ]);
  return [head.map(inert), ...lines].map((line) => line.join('\t')).join('\n');
}

/** A figure as a spreadsheet reads it: a plain minus, no commas, nothing where there is none. */
function figureText(text: string): string {
  const plain = text.replaceAll('−', '-');
  if (/^[+-]?[\d,]+(\.\d+)?%?$/.test(plain)) return plain.replaceAll(',', '');
  return plain === ABSENT ? '' : inert(plain);
}

/** Text that a spreadsheet would take for a formula gets a leading quote. */
function inert(text: string): string {
  const line = text.replace(/[\t\r\n]+/g, ' ');
  return /^\s*[=+\-−@\0＝＋－＠]/.test(line) ? `'${line}` : line;
}

/** The attributes that every chosen channel (or any, where channels stand side by side) can be asked about. */
export function attributeChoices(
  options: ExploreOptions | undefined,
  query: ExploreQuery,
): ExploreAttribute[] {
  const byChannel = [...query.rows, ...query.columns].some((one) => one.kind === 'channel');
  const known = new Map<string, ExploreAttribute>();
  for (const attribute of options?.attributes ?? [])
    if ((byChannel || attribute.channel === query.filters.channel) && !known.has(attribute.code))
      known.set(attribute.code, attribute);
  return [...known.values()];
}

/** Drops what another channel or scheme does not know, so that a changed filter still gives a table. */
export function fitting(query: ExploreQuery, known: readonly ExploreAttribute[]): ExploreQuery {
  const has = (code: string) => known.some((one) => one.code === code);
  const keep = (one: ExploreDimension) => one.kind !== 'attribute' || has(one.code);
  return {
    ...query,
    rows: query.rows.filter(keep),
    columns: query.columns.filter(keep),
    filters: { ...query.filters, attributes: query.filters.attributes.filter(({ code }) => has(code)) },
  };
}

export function withFilter(
  filters: ExploreQuery['filters'],
  changed: AttributeFilter,
): ExploreQuery['filters'] {
  const others = filters.attributes.filter(({ code }) => code !== changed.code);
  return { ...filters, attributes: changed.values.length > 0 ? [...others, changed] : others };
}

/** A column as it is remembered, whatever the language. */
export function columnKey({ place }: ExploreEntry): string {
  return JSON.stringify(place);
}

/** The chart that suits a table: time as lines, two values as points, provinces on the map, many columns as heat. */
export function suitingChart(query: ExploreQuery, table: ExploreTable): DrawnKind {
  const rows = table.rows.filter((row) => row.kind === 'member').length;
  const columns = table.columns.filter((column) => column.kind === 'member').length;
  const side = timeSide(query);
  // Of time beside another dimension the lines may be too many.
  const few = side !== null && (query[side].length === 1 || linesOf(query, table).all <= MOST_SERIES);
  if (few && (rows > 1 || columns > 1)) return 'line';
  if (query.columns.length === 0 && query.measures.length === 2 && rows >= 5) return 'scatter';
  if (query.columns.length === 0 && table.rows.some((row) => row.province !== undefined)) return 'map';
  return columns > 1 && rows * columns > 24 ? 'heat' : 'bar';
}
