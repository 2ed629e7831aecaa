// The dimensions of a table: what each has for members, what all of them together are, and where a choice of members
// leads. Dimensions of one family narrow each other (a province in its region, a quarter in its year).

import type { ExploreDimension, ExplorePlace } from '../../../../shared/calls/explore.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { formatQuarter, type Quarter, yearOf } from '../../../../shared/domain/quarter.ts';
import { codeOf } from '../../../../shared/domain/scope.ts';
import type { ScopeTree } from '../../../../shared/domain/scope-tree.ts';
import { CHANNEL_NAMES, type Channel } from '../../../../shared/domain/study-mapping.ts';
import type { AxisDimension } from '../../../../shared/domain/table-axis.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { StoredValue } from '../../store/chunk-rows.ts';
import { indicatorName } from '../figures/catalog.ts';
import { partsOf } from '../figures/figures.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { type AskedAttribute, standingValue } from './channel-answers.ts';
import type { AttributeGroups, Place } from './figure-source.ts';

/** One member; what is absent it leaves as it was. */
export interface Member {
  label: Bilingual;
  node?: number;
  span?: { first: Quarter; last: Quarter };
  indicator?: string;
  channel?: Channel;
  choice?: { dimension: number; code: string; group: number; values: string[] };
}

export interface Dimension extends AxisDimension {
  kind: ExploreDimension['kind'];
  head: Bilingual;
  members: readonly Member[];
}

/** What dimensions are made from. */
export interface Scene {
  workspace: Workspace;
  tree: ScopeTree;
  /** Version of the indicator tree; null for the newest. */
  weightSet: number | null;
  cubes: readonly ChannelCube[];
  node: number;
  first: Quarter;
  last: Quarter;
  indicator: string;
  attributes: ReadonlyMap<string, AskedAttribute>;
}

export const ALL_NAME: Bilingual = { zh: '合计', en: 'Total' };
export const NO_ANSWER: Bilingual = { zh: '未回答', en: 'No answer' };

const LEVEL_NAMES = {
  region: { zh: '大区', en: 'Region' },
  province: { zh: '省份', en: 'Province' },
  city: { zh: '城市', en: 'City' },
  dealer: { zh: '单店', en: 'Dealer' },
} as const;

/** A dimension with its members; `position` counts the attribute dimensions before it. */
export function makeDimension(scene: Scene, asked: ExploreDimension, position: number): Dimension {
  switch (asked.kind) {
    case 'scope':
      return dimensionOf('scope', LEVEL_NAMES[asked.level], scopeMembers(scene, asked.level), true);
    case 'time':
      return asked.grain === 'year'
        ? dimensionOf('time', { zh: '年份', en: 'Year' }, yearMembers(scene), true)
        : dimensionOf('time', { zh: '季度', en: 'Quarter' }, quarterMembers(scene), true);
    case 'indicator':
      return dimensionOf(
        'indicator',
        { zh: '指标', en: 'Indicator' },
        indicatorMembers(scene, asked.show),
        false,
      );
    case 'channel': {
      const members = scene.cubes.map(({ channel }) => ({ label: CHANNEL_NAMES[channel], channel }));
      return dimensionOf('channel', { zh: '渠道', en: 'Channel' }, members, false);
    }
    case 'attribute': {
      const attribute = scene.attributes.get(asked.code);
      if (!attribute) throw new AppError('attribute-unknown', { attribute: asked.code });
      const members = attributeMembers(attribute, asked.bands, position);
      return { ...dimensionOf('attribute', attribute.label, members, true), additive: !attribute.multiple };
    }
  }
}

function dimensionOf(kind: Dimension['kind'], head: Bilingual, members: Member[], total: boolean): Dimension {
  return { kind, head, members, size: members.length, total, additive: true };
}

function scopeMembers({ tree, node }: Scene, level: string): Member[] {
  return tree.nodes.flatMap((scope, i) =>
    scope.level === level && (isBelow(tree, i, node) || isBelow(tree, node, i))
      ? [{ label: scope.name, node: i }]
      : [],
  );
}

/** Whether a node is another or lies below it. */
export function isBelow(tree: ScopeTree, node: number, above: number): boolean {
  for (let at = node; at >= 0; at = tree.nodes[at]!.parent) if (at === above) return true;
  return false;
}

function quarterMembers({ cubes, first, last }: Scene): Member[] {
  const members: Member[] = [];
  for (let q = first; q <= last; q++)
    if (cubes.some(({ cube }) => cube.hasData(0, q)))
      members.push({ label: sameText(formatQuarter(q)), span: { first: q, last: q } });
  return members;
}

function yearMembers({ first, last }: Scene): Member[] {
  const members: Member[] = [];
  for (let year = yearOf(first); year <= yearOf(last); year++) {
    const span = { first: Math.max(first, year * 4), last: Math.min(last, year * 4 + 3) };
    members.push({ label: { zh: `${year} 年`, en: String(year) }, span });
  }
  return members;
}

const sameText = (text: string): Bilingual => ({ zh: text, en: text });

function indicatorMembers(
  { workspace, weightSet, cubes, indicator }: Scene,
  show: 'factors' | 'items' | 'all',
): Member[] {
  const { rows, byCode } = workspace.indicators(weightSet);
  const asked = (code: string) => cubes.some((cube) => partsOf(workspace, cube, code).items.length > 0);
  const top = byCode.get(indicator)?.role === 'index' ? '' : indicator;
  const codes = rows.flatMap((row) => {
    const wanted =
      row.role === 'index'
        ? false
        : show === 'all' || (show === 'factors' ? row.role === 'factor' : row.role !== 'factor');
    return wanted && asked(row.code) && isPartOf({ workspace, weightSet }, row.code, top) ? [row.code] : [];
  });
  const all = show === 'all' && top === '' ? ['', ...codes] : codes;
  return all.map((code) => ({ label: indicatorName(workspace, code), indicator: code }));
}

/** Whether an indicator is another or stands below it; everything stands below ''. */
function isPartOf(
  { workspace, weightSet }: Pick<Scene, 'workspace' | 'weightSet'>,
  code: string,
  above: string,
): boolean {
  if (above === '') return true;
  const { rows, byCode } = workspace.indicators(weightSet);
  let row = byCode.get(code);
  while (row) {
    if (row.code === above) return true;
    const parent = row.parentId;
    row = parent === null ? undefined : rows.find((one) => one.id === parent);
  }
  return false;
}

interface Band {
  label: Bilingual;
  values: string[];
}

function bandsOf({ values }: AskedAttribute, bands: readonly number[]): Band[] {
  const edges = [...new Set(bands)].sort((a, b) => a - b);
  const name = (i: number): Bilingual => {
    if (i < 0) return { zh: `${edges[0]} 以下`, en: `Below ${edges[0]}` };
    if (i === edges.length - 1) return { zh: `${edges[i]} 及以上`, en: `${edges[i]} and above` };
    return { zh: `${edges[i]} 至不足 ${edges[i + 1]}`, en: `${edges[i]} to below ${edges[i + 1]}` };
  };
  const places = values.map(({ value }) => edges.findLastIndex((edge) => Number(value) >= edge));
  return [-1, ...edges.keys()].map((i) => ({
    label: name(i),
    values: values.filter((_, v) => places[v] === i).map(({ value }) => value),
  }));
}

function partition(attribute: AskedAttribute, bands: readonly number[] | undefined): Band[] {
  if (bands && attribute.numeric) return bandsOf(attribute, bands).filter((band) => band.values.length > 0);
  return attribute.values.map(({ value, label }) => ({ label, values: [value] }));
}

function attributeMembers(
  attribute: AskedAttribute,
  bands: readonly number[] | undefined,
  dimension: number,
): Member[] {
  const members = partition(attribute, bands).map(({ label, values }, i) => ({
    label,
    choice: { dimension, code: attribute.code, group: i + 1, values },
  }));
  return [
    ...members,
    {
      label: NO_ANSWER,
      choice: { dimension, code: attribute.code, group: members.length + 1, values: [''] },
    },
  ];
}

/** The groups of an attribute dimension: 0 everybody who was asked, then its members, the last those without an answer. */
export function attributeGroups(
  attribute: AskedAttribute,
  bands: readonly number[] | undefined,
): AttributeGroups {
  const parts = partition(attribute, bands);
  const groupOf = new Map(parts.flatMap(({ values }, i) => values.map((value) => [value, i + 1] as const)));
  const size = parts.length + 2;
  const groupsOf = (value: StoredValue): readonly number[] => {
    if (value === null) return [0, size - 1];
    const groups = new Set(
      [value].flat().map((one) => groupOf.get(standingValue(attribute, String(one))) ?? 0),
    );
    return [0, ...[...groups].filter((group) => group > 0)];
  };
  return { code: attribute.code, size, groupsOf };
}

/** Puts a member's place into another; null where they exclude each other. */
export function narrowed(scene: Scene, place: Place, member: Member): Place | null {
  const { tree } = scene;
  const next = { ...place };
  if (member.node !== undefined) {
    if (isBelow(tree, member.node, place.node)) next.node = member.node;
    else if (!isBelow(tree, place.node, member.node)) return null;
  }
  if (member.span) {
    next.first = Math.max(place.first, member.span.first);
    next.last = Math.min(place.last, member.span.last);
    if (next.first > next.last) return null;
  }
  if (member.indicator !== undefined) {
    if (isPartOf(scene, member.indicator, place.indicator)) next.indicator = member.indicator;
    else if (!isPartOf(scene, place.indicator, member.indicator)) return null;
  }
  if (member.channel) next.channel = member.channel;
  if (member.choice)
    next.choices = place.choices.map((group, i) =>
      i === member.choice!.dimension ? member.choice!.group : group,
    );
  return next;
}

/** What a row or column adds to the table's filters. */
export function addedBy(scene: Scene, members: readonly Member[], place: Place): ExplorePlace {
  const attributes = members.flatMap(({ choice }) =>
    choice ? [{ code: choice.code, values: choice.values }] : [],
  );
  return {
    ...(members.some((one) => one.node !== undefined) && { scope: scene.tree.nodes[place.node]!.id }),
    ...(members.some((one) => one.span) && { from: place.first, to: place.last }),
    ...(members.some((one) => one.channel) && { channel: place.channel }),
    ...(members.some((one) => one.indicator !== undefined) && { indicator: place.indicator }),
    ...(attributes.length > 0 && { attributes }),
  };
}

/** The province's code where a place is one, for the map. */
export function provinceOf({ tree }: Scene, { node }: Place): string | undefined {
  const scope = tree.nodes[node]!;
  return scope.level === 'province' ? codeOf(scope.id).split('/')[0] : undefined;
}
