// From a query to what can be asked of figures: channels, span, dimensions, rows and columns as places, and the
// sources that know them.

import type { AttributeFilter, ExploreDimension, ExploreQuery } from '../../../../shared/calls/explore.ts';
import { otherChannel } from '../../../../shared/domain/channel/other-channel.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import { type AxisEntry, axisEntries } from '../../../../shared/domain/table-axis.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import type { StoredValue } from '../../store/chunk-rows.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { type AskedAttribute, channelAnswers, joinedByWords, standingValue } from './channel-answers.ts';
import { ChannelComparison } from './channel-comparison.ts';
import {
  attributeGroups,
  type Dimension,
  type Member,
  makeDimension,
  narrowed,
  type Scene,
} from './explore-dimensions.ts';
import { AnswerSource, CubeSource, type FigureSource, type Place } from './figure-source.ts';

/** One side of a table. */
export interface Side {
  dimensions: readonly Dimension[];
  entries: readonly SideEntry[];
}

export interface SideEntry extends AxisEntry {
  chosen: readonly Member[];
}

export interface TableScene extends Scene {
  query: ExploreQuery;
  rows: Side;
  columns: Side;
  /** Dimensions over answers, rows first. */
  asked: readonly (ExploreDimension & { kind: 'attribute' })[];
  /** What figures are compared with where a measure asks for another channel; null where there is none. */
  against: ChannelComparison | null;
}

/** What a query is about; throws where it cannot be. */
export function sceneOf(workspace: Workspace, query: ExploreQuery): TableScene {
  const tree = workspace.tree(query.scheme);
  const node = tree.byId.get(query.filters.scope);
  if (node === undefined) throw new AppError('scope-unknown', { scope: query.filters.scope });
  const weightSet = query.basis.weightSet ?? null;
  const { byCode } = workspace.indicators(weightSet);
  const { indicator } = query.filters;
  if (indicator !== '' && !byCode.has(indicator)) throw new AppError('indicator-unknown', { indicator });
  const dimensions = [...query.rows, ...query.columns];
  const cubes = chosenChannels(workspace, query).map((channel) =>
    workspace.cube(query.scheme, channel, query.basis),
  );
  const span = spanOf(
    query,
    cubes,
    dimensions.some((one) => one.kind === 'time'),
  );
  const asked = dimensions.filter((one) => one.kind === 'attribute');
  const against = query.measures.includes('against-channel') ? comparisonOf(workspace, query, cubes) : null;
  const scene = {
    workspace,
    tree,
    weightSet,
    cubes,
    node,
    ...span,
    indicator: byCode.get(indicator)?.role === 'index' ? '' : indicator,
    attributes: attributesOf(workspace, cubes, against?.cube),
  };
  for (const { code } of query.filters.attributes)
    if (!scene.attributes.has(code)) throw new AppError('attribute-unknown', { attribute: code });
  const made = dimensions.map((one) =>
    makeDimension(scene, one, asked.indexOf(one as (typeof asked)[number])),
  );
  checkSides(made.slice(0, query.rows.length), made.slice(query.rows.length));
  const start = startOf(scene, asked.length);
  return {
    ...scene,
    query,
    asked,
    against,
    rows: sideOf(scene, made.slice(0, query.rows.length), start),
    columns: sideOf(scene, made.slice(query.rows.length), start),
  };
}

function chosenChannels(workspace: Workspace, { filters, rows, columns }: ExploreQuery): Channel[] {
  const present = workspace.channels();
  const [first] = present;
  if (!first) throw new AppError('channel-without-data', { channel: filters.channel ?? '—' });
  if (filters.channel && !present.includes(filters.channel))
    throw new AppError('channel-without-data', { channel: filters.channel });
  if ([...rows, ...columns].some((one) => one.kind === 'channel')) return present;
  return [filters.channel ?? first];
}

function comparisonOf(
  workspace: Workspace,
  query: ExploreQuery,
  cubes: readonly ChannelCube[],
): ChannelComparison | null {
  const own = cubes.length === 1 ? cubes[0]!.channel : undefined;
  const channel = otherChannel(query.against, own, workspace.channels());
  if (channel === undefined) return null;
  const known = cubes.find((one) => one.channel === channel);
  const cube = known ?? workspace.cube(query.scheme, channel, query.basis);
  return new ChannelComparison(workspace, cubes, cube);
}

function spanOf(
  { filters }: ExploreQuery,
  cubes: readonly ChannelCube[],
  byTime: boolean,
): { first: Quarter; last: Quarter } {
  const first = Math.min(...cubes.map(({ cube }) => cube.quarters[0]!));
  const last = Math.max(...cubes.map(({ cube }) => cube.quarters.at(-1)!));
  const to = filters.to ?? last;
  const from = filters.from ?? (byTime ? Math.min(first, to) : to);
  return { first: Math.min(from, to), last: Math.max(from, to) };
}

/** Attributes of the channels by code; of several channels the first one's words are used. `against` adds values only. */
function attributesOf(
  workspace: Workspace,
  cubes: readonly ChannelCube[],
  against: ChannelCube | undefined,
): Map<string, AskedAttribute> {
  const known = new Map<string, AskedAttribute>();
  const compared = against && !cubes.includes(against) ? [against] : [];
  for (const cube of [...cubes, ...compared])
    for (const [code, attribute] of channelAnswers(workspace, cube.channel).attributes) {
      const before = known.get(code);
      if (!before && cube === compared[0]) continue;
      if (!before) known.set(code, attribute);
      else
        known.set(code, {
          ...before,
          ...joinedAttributes(before, attribute),
          numeric: before.numeric && attribute.numeric,
        });
    }
  return known;
}

function joinedAttributes(first: AskedAttribute, second: AskedAttribute) {
  const { values, sameAs } = joinedByWords([...first.values, ...second.values]);
  const resolved = (map: ReadonlyMap<string, string>) =>
    [...map].map(([code, value]) => [code, sameAs.get(value) ?? value] as const);
  return { values, sameAs: new Map([...resolved(first.sameAs), ...resolved(second.sameAs), ...sameAs]) };
}

function checkSides(rows: readonly Dimension[], columns: readonly Dimension[]): void {
  for (const one of rows)
    for (const other of columns)
      if (one.kind === other.kind && (one.kind !== 'attribute' || codeOf(one) === codeOf(other)))
        throw new AppError('explore-dimensions', { dimensionZh: one.head.zh, dimensionEn: one.head.en });
}

function codeOf({ members }: Dimension): string | undefined {
  return members[0]?.choice?.code;
}

function startOf({ cubes, node, first, last, indicator }: Scene, choices: number): Place {
  return {
    channel: cubes[0]!.channel,
    node,
    first,
    last,
    indicator,
    choices: new Array<number>(choices).fill(0),
  };
}

function sideOf(scene: Scene, dimensions: readonly Dimension[], start: Place): Side {
  const chosenOf = (members: readonly (number | null)[]) =>
    members.flatMap((m, d) => (m === null ? [] : [dimensions[d]!.members[m]!]));
  const entries = axisEntries(dimensions, (members) => placeAt(scene, start, chosenOf(members)) !== null);
  return { dimensions, entries: entries.map((entry) => ({ ...entry, chosen: chosenOf(entry.members) })) };
}

/** The place of chosen members; null where they exclude each other. */
export function placeAt(scene: Scene, start: Place, chosen: readonly Member[]): Place | null {
  return chosen.reduce<Place | null>((place, member) => place && narrowed(scene, place, member), start);
}

/** The place of a row (or column, or both) of a table. */
export function placeIn(scene: TableScene, ...entries: readonly SideEntry[]): Place | null {
  return placeAt(
    scene,
    startOf(scene, scene.asked.length),
    entries.flatMap((entry) => entry.chosen),
  );
}

/** Conditions on answers as the store asks them. */
export function gatesOf(
  filters: readonly AttributeFilter[],
  attributes: ReadonlyMap<string, AskedAttribute>,
) {
  return filters.map(({ code, values }) => {
    const attribute = attributes.get(code)!;
    const allowed = new Set(values.map((value) => standingValue(attribute, value)));
    const passes = (value: StoredValue) =>
      value === null || (Array.isArray(value) && value.length === 0)
        ? allowed.has('')
        : [value].flat().some((one) => allowed.has(standingValue(attribute, String(one))));
    return { code, passes };
  });
}

/** The sources of a table's channels; a channel that never asked one of the attributes has none. */
export async function sourcesOf(
  context: Context,
  scene: TableScene,
  needs: { places: () => readonly Place[]; answers: boolean; respondents: boolean },
): Promise<Map<Channel, FigureSource>> {
  const { workspace, query, asked } = scene;
  const sources = new Map<Channel, FigureSource>();
  const wanted = needs.answers ? needs.places() : [];
  const { against } = scene;
  const compared = against && !scene.cubes.includes(against.cube) ? [against.cube] : [];
  for (const cube of [...scene.cubes, ...compared]) {
    const { channel } = cube;
    if (!needs.answers) {
      sources.set(channel, new CubeSource(workspace, cube));
      continue;
    }
    const answers = channelAnswers(workspace, channel);
    const codes = [...asked, ...query.filters.attributes].map((one) => one.code);
    const places = wanted.filter((place) => place.channel === channel);
    if (places.length === 0 || !codes.every((code) => answers.attributes.has(code))) continue;
    if (codes.length === 0 && answers.responses.length === 0) {
      sources.set(channel, new CubeSource(workspace, cube));
      continue;
    }
    const source = await AnswerSource.read(workspace, cube, answers, {
      places,
      groups: asked.map((one) => attributeGroups(scene.attributes.get(one.code)!, one.bands)),
      gates: gatesOf(query.filters.attributes, scene.attributes),
      respondents: needs.respondents,
      breathe: steady(context, workspace),
    });
    sources.set(channel, source);
  }
  return sources;
}

/** Lets other calls run, and gives up when one of them changed or closed what is being read. */
export function steady(context: Context, workspace: Workspace): () => Promise<void> {
  const { dataVersion } = workspace;
  return async () => {
    await context.job.breathe();
    if (!context.isOpen() || context.workspace() !== workspace || workspace.dataVersion !== dataVersion)
      throw new AppError('data-moved');
  };
}
