// The same answers in other groups: inside against outside a scheme, like for like over two periods, before and after
// a reorganisation.
import type { Change } from '../../../../shared/calls/figure.ts';
import type {
  InsideOutside,
  LikeForLike,
  LikePeriod,
  SideSize,
  TwoSides,
} from '../../../../shared/calls/places.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { INDEX_NAME } from '../../../../shared/domain/indicator-name.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { codeOf } from '../../../../shared/domain/scope.ts';
import { nodeAt, type ScopeTree } from '../../../../shared/domain/scope-tree.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { basisNotes, rollingNotes } from '../figures/basis-notes.ts';
import { markTogether } from '../figures/family.ts';
import { changeBetween, findMeasure, type Measure, shownAt } from '../figures/figures.ts';
import { groupUnits, quartersOf, type Units, unitsOf } from '../figures/unit-cube.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { networkOf } from './dealer-edits.ts';

const TREND_QUARTERS = 12;
const MOST_NAMED = 200;
const NO_NAME = { zh: '', en: '' };
const TWO_GROUPS = { names: [NO_NAME, NO_NAME, NO_NAME], parents: [-1, 0, 0] };

/** Throws `channel-without-data` where the period holds no quarter, `sample-without-data` where only the sample has none. */
export function requiredQuarters(source: ChannelCube, period: { first: Quarter; last: Quarter }): Quarter[] {
  const quarters = quartersOf(source, period);
  if (quarters.length > 0) return quarters;
  const { zh, en } = CHANNEL_NAMES[source.channel];
  if (source.basis.filter !== null)
    throw new AppError('sample-without-data', { channelZh: zh, channelEn: en });
  throw new AppError('channel-without-data', { channel: source.channel });
}

/** The region of a dealer in a quarter under a tree; '' where the scheme does not place it. */
export function regionIn(tree: ScopeTree, dealer: number, quarter: Quarter): string | undefined {
  let node = nodeAt(tree, dealer, quarter);
  if (node === undefined) return undefined;
  while (node > 0 && tree.nodes[node]!.level !== 'region') node = tree.nodes[node]!.parent;
  return node > 0 ? codeOf(tree.nodes[node]!.id) : '';
}

/** Every indicator that the channel asked, in the order of the tree, with its name. */
export function askedIndicators(
  workspace: Workspace,
  cube: ChannelCube,
): { code: string; name: TwoSides['name']; role: TwoSides['role'] }[] {
  const { rows } = workspace.indicators(cube.basis.weightSet);
  const below = rows.flatMap((row) => {
    const measure = row.role === 'index' ? undefined : findMeasure(workspace, cube, row.code);
    return measure ? [{ code: row.code, name: { zh: row.nameZh, en: row.nameEn }, role: row.role }] : [];
  });
  return [{ code: '', name: INDEX_NAME, role: 'index' }, ...below];
}

export function insideOutside(
  context: Context,
  input: CallArguments<'schemes.insideOutside'>,
): InsideOutside {
  const workspace = context.workspace();
  const tree = workspace.tree(input.scheme);
  const around = workspace.tree(input.withinScheme ?? input.scheme);
  const top = around.byId.get(input.within);
  if (top === undefined) throw new AppError('scope-unknown', { scope: input.within });
  const units = unitsOf(workspace, input.channel, input.basis);
  const wanted = input.regions && new Set(input.regions);
  const groupOf = (unit: number, quarter: Quarter): number => {
    const dealer = units.dealers[unit]!;
    if (!isBelow(around, nodeAt(around, dealer, quarter), top)) return -1;
    const region = regionIn(tree, dealer, quarter) ?? '';
    return region !== '' && (wanted?.has(region) ?? true) ? 1 : 2;
  };
  const grouped = (quarters: readonly Quarter[]) =>
    groupUnits(units, TWO_GROUPS.names, { parents: TWO_GROUPS.parents, groupOf }, quarters);
  const quarters = requiredQuarters(units.source, input.period);
  const cube = grouped(quarters);
  const at = quarters.at(-1)!;
  const size = (group: number) => sizeOf(workspace, units, quarters, (unit, q) => groupOf(unit, q) === group);
  const trend = units.source.cube.quarters
    .filter((quarter) => quarter <= at && quarter > at - TREND_QUARTERS)
    .map((quarter) => {
      const own = grouped([quarter]);
      const measure = findMeasure(workspace, own, '')!;
      return { quarter, inside: shownAt(measure, 1, quarter), outside: shownAt(measure, 2, quarter) };
    });
  return {
    inside: size(1),
    outside: size(2),
    rows: twoSides(workspace, cube, at),
    trend,
    notes: [...basisNotes([units.source]), ...rollingNotes([units.source])],
  };
}

function isBelow(tree: ScopeTree, node: number | undefined, top: number): boolean {
  for (let at = node ?? -1; at >= 0; at = tree.nodes[at]!.parent) if (at === top) return true;
  return false;
}

function twoSides(workspace: Workspace, cube: ChannelCube, at: Quarter): TwoSides[] {
  const rows = askedIndicators(workspace, cube).map((one) => {
    const measure = findMeasure(workspace, cube, one.code)!;
    const difference = differenceOf(measure, 1, 2, at);
    return {
      indicator: one.code,
      name: one.name,
      role: one.role,
      first: shownAt(measure, 1, at),
      second: shownAt(measure, 2, at),
      difference,
    };
  });
  markTogether(
    rows.map(({ difference }) => difference),
    workspace.rules().q,
  );
  return rows.filter((row) => row.first || row.second);
}

function differenceOf(measure: Measure, first: number, second: number, at: Quarter): Change | null {
  if (measure.hidden(first, at) || measure.hidden(second, at)) return null;
  return changeBetween(measure.at(first, at), measure.at(second, at), measure.tiers);
}

function sizeOf(
  workspace: Workspace,
  { source, dealers }: Units,
  quarters: readonly Quarter[],
  takes: (unit: number, quarter: Quarter) => boolean,
): SideSize {
  const network = networkOf(workspace);
  const cities = new Set<number>();
  const seen = new Set<number>();
  let respondents = 0;
  const cityOf = new Map(network.all.map((row) => [row.id, row.cityId]));
  const pooled = new Set(network.all.filter((row) => row.pooled === 1).map(({ id }) => id));
  for (let unit = 1; unit < dealers.length; unit++)
    for (const quarter of quarters) {
      const base = source.cube.base(unit, quarter);
      if (base.sumW === 0 || !takes(unit, quarter)) continue;
      respondents += base.n;
      cities.add(cityOf.get(dealers[unit]!)!);
      if (!pooled.has(dealers[unit]!)) seen.add(unit);
    }
  return { cities: cities.size, dealers: seen.size, respondents };
}

export function likeForLike(context: Context, input: CallArguments<'schemes.likeForLike'>): LikeForLike {
  const workspace = context.workspace();
  const units = unitsOf(workspace, input.channel, input.basis);
  const network = networkOf(workspace);
  const rowOf = new Map(network.all.map((row) => [row.id, row]));
  const unitOf = (unit: number) => {
    const row = rowOf.get(units.dealers[unit]!)!;
    return input.unit === 'city' || row.pooled === 1 ? `c${row.cityId}` : `d${row.successorId ?? row.id}`;
  };
  const trees = input.schemes?.map((scheme) => workspace.tree(scheme));
  const inScope = (side: 0 | 1, unit: number, quarter: Quarter) =>
    !trees || Boolean(regionIn(trees[side]!, units.dealers[unit]!, quarter));
  const sides = ([input.first, input.second] as const).map((period, side) => {
    const quarters = requiredQuarters(units.source, period);
    const bases = new Map<string, number>();
    for (let unit = 1; unit < units.dealers.length; unit++)
      for (const quarter of quarters) {
        const base = units.source.cube.base(unit, quarter);
        if (base.sumW === 0 || !inScope(side as 0 | 1, unit, quarter)) continue;
        bases.set(unitOf(unit), (bases.get(unitOf(unit)) ?? 0) + base.n);
      }
    return { quarters, bases };
  });
  const [first, second] = [sides[0]!, sides[1]!];
  const isCommon = (key: string) => first.bases.has(key) && second.bases.has(key);
  const cubes = sides.map(({ quarters }, side) =>
    groupUnits(
      units,
      TWO_GROUPS.names,
      {
        parents: TWO_GROUPS.parents,
        groupOf: (unit, quarter) =>
          inScope(side as 0 | 1, unit, quarter) ? (isCommon(unitOf(unit)) ? 1 : 2) : -1,
      },
      quarters,
    ),
  );
  const nameOf = (key: string) => {
    const id = Number(key.slice(1));
    if (key.startsWith('c')) {
      const { code, name } = network.cityName(network.cityCode(id));
      return { code, name };
    }
    const { code, name } = rowOf.get(id)!;
    return { code, name: { zh: name, en: name } };
  };
  return {
    unit: input.unit,
    common: [...first.bases.keys()].filter(isCommon).length,
    first: periodOf(first, isCommon, nameOf),
    second: periodOf(second, isCommon, nameOf),
    rows: likeRows(workspace, [
      { cube: cubes[0]!, at: first.quarters.at(-1)! },
      { cube: cubes[1]!, at: second.quarters.at(-1)! },
    ]),
    notes: [...basisNotes([units.source]), ...rollingNotes([units.source])],
  };
}

function periodOf(
  { quarters, bases }: { quarters: Quarter[]; bases: ReadonlyMap<string, number> },
  isCommon: (key: string) => boolean,
  nameOf: (key: string) => Pick<LikePeriod['only'][number], 'code' | 'name'>,
): LikePeriod {
  const all = [...bases];
  const respondents = all.reduce((sum, [, n]) => sum + n, 0);
  const common = all.filter(([key]) => isCommon(key));
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
  return {
    quarters,
    units: all.length,
    respondents,
    unitShare: share(common.length, all.length),
    respondentShare: share(
      common.reduce((sum, [, n]) => sum + n, 0),
      respondents,
    ),
    only: all
      .filter(([key]) => !isCommon(key))
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST_NAMED)
      .map(([key, n]) => ({ ...nameOf(key), respondents: n })),
  };
}

/** Group 0 is everything, group 1 the units in common. */
function likeRows(
  workspace: Workspace,
  [first, second]: readonly [{ cube: ChannelCube; at: Quarter }, { cube: ChannelCube; at: Quarter }],
): LikeForLike['rows'] {
  const rows = askedIndicators(workspace, second.cube).map((one) => {
    const before = findMeasure(workspace, first.cube, one.code)!;
    const after = findMeasure(workspace, second.cube, one.code)!;
    const pair = (group: number) => {
      const hidden = before.hidden(group, first.at) || after.hidden(group, second.at);
      const cells = [after.at(group, second.at), before.at(group, first.at)] as const;
      return {
        first: shownAt(before, group, first.at),
        second: shownAt(after, group, second.at),
        change: hidden ? null : changeBetween(...cells, after.tiers),
      };
    };
    return { indicator: one.code, name: one.name, role: one.role, all: pair(0), common: pair(1) };
  });
  for (const side of ['all', 'common'] as const)
    markTogether(
      rows.map((row) => row[side].change),
      workspace.rules().q,
    );
  return rows.filter(({ all }) => all.first || all.second);
}
