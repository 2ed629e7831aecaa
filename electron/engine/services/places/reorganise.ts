// Regions under two schemes, or two versions of one: what the new grouping alone does, and who moved.
import type { Change } from '../../../../shared/calls/figure.ts';
import type { RegroupedRegion, Reorganisation } from '../../../../shared/calls/places.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { type CellStatistics, meanOf, nEffOf } from '../../../../shared/domain/cell.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { overlapDifference } from '../../../../shared/domain/overlap-difference.ts';
import { type TierRules, tierOfCell } from '../../../../shared/domain/precision.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { codeOf } from '../../../../shared/domain/scope.ts';
import type { ScopeTree } from '../../../../shared/domain/scope-tree.ts';
import { significanceMark } from '../../../../shared/domain/significance.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { basisNotes } from '../figures/basis-notes.ts';
import { markTogether } from '../figures/family.ts';
import { findMeasure, type Measure, shownAt } from '../figures/figures.ts';
import { groupUnits, type Units, unitsOf } from '../figures/unit-cube.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { networkOf } from './dealer-edits.ts';
import { regionIn, requiredQuarters } from './place-comparisons.ts';

const UNPLACED = { zh: '未划入大区', en: 'In no region' };

interface Regrouping {
  workspace: Workspace;
  units: Units;
  quarters: Quarter[];
  /** Region of a unit under the first and the second scheme. */
  regionsOf(unit: number, quarter: Quarter): readonly [string, string];
  regions: string[];
}

export function reorganise(context: Context, input: CallArguments<'schemes.reorganise'>): Reorganisation {
  const workspace = context.workspace();
  const trees = [workspace.tree(input.first), workspace.tree(input.second)] as const;
  const units = unitsOf(workspace, input.channel, input.basis);
  const quarters = requiredQuarters(units.source, input.period);
  const regionsOf = (unit: number, quarter: Quarter) => {
    const dealer = units.dealers[unit]!;
    return [regionIn(trees[0], dealer, quarter) ?? '', regionIn(trees[1], dealer, quarter) ?? ''] as const;
  };
  const names = regionNames(trees);
  const regions = [...names.keys()];
  const one: Regrouping = { workspace, units, quarters, regionsOf, regions };
  const rows = regionRows(one, input.indicator, names);
  markTogether(
    rows.map(({ difference }) => difference),
    workspace.rules().q,
  );
  const notes = basisNotes([units.source]);
  return { quarters, regions: rows, moved: movedPlaces(one, names), notes };
}

function regionNames(trees: readonly ScopeTree[]): Map<string, Bilingual> {
  const names = new Map<string, Bilingual>();
  for (const { nodes } of [...trees].reverse())
    for (const node of nodes)
      if (node.level === 'region' && !names.has(codeOf(node.id))) names.set(codeOf(node.id), node.name);
  return names.set('', UNPLACED);
}

/** One region of one side: the whole of it, what both sides have in it, what only this side has. */
interface Side {
  measure: Measure;
  base(node: number): number;
  whole(region: number): number;
  common(region: number): number;
  own(region: number): number;
}

function sideOf(
  { workspace, units, quarters, regionsOf, regions }: Regrouping,
  indicator: string,
  which: 0 | 1,
): Side {
  const at = quarters.at(-1)!;
  const place = new Map(regions.map((code, i) => [code, i]));
  const whole = (region: number) => 1 + region;
  const common = (region: number) => 1 + regions.length + 2 * region;
  const own = (region: number) => common(region) + 1;
  const groupOf = (unit: number, quarter: Quarter) => {
    const both = regionsOf(unit, quarter);
    const region = place.get(both[which])!;
    return both[0] === both[1] ? common(region) : own(region);
  };
  const parents = [
    -1,
    ...regions.map(() => 0),
    ...regions.flatMap((_, region) => [whole(region), whole(region)]),
  ];
  const names = parents.map(() => UNPLACED);
  const cube = groupUnits(units, names, { parents, groupOf }, quarters);
  const measure = findMeasure(workspace, cube, indicator);
  if (!measure) throw new AppError('indicator-unknown', { indicator });
  return { measure, base: (node) => cube.cube.base(node, at).n, whole, common, own };
}

function regionRows(
  one: Regrouping,
  indicator: string,
  names: ReadonlyMap<string, Bilingual>,
): RegroupedRegion[] {
  const at = one.quarters.at(-1)!;
  const [first, second] = [sideOf(one, indicator, 0), sideOf(one, indicator, 1)];
  const { tiers } = first.measure;
  return one.regions.flatMap((code, region): RegroupedRegion[] => {
    const whole = first.whole(region);
    if (first.base(whole) === 0 && second.base(whole) === 0) return [];
    const parts = [
      first.measure.at(first.common(region), at),
      first.measure.at(first.own(region), at),
      second.measure.at(second.own(region), at),
    ] as const;
    const tells = gaveAway(parts[1], tiers) || gaveAway(parts[2], tiers);
    const before = shownAt(first.measure, whole, at);
    const after = tells ? null : shownAt(second.measure, whole, at);
    const [from, to] = [first.measure.at(whole, at), second.measure.at(whole, at)];
    return [
      {
        code,
        name: names.get(code)!,
        first: before,
        second: after,
        difference: before && after ? changeOf(from, to, parts, tiers) : null,
        joined: second.base(second.own(region)),
        left: first.base(first.own(region)),
      },
    ];
  });
}

/** Two totals that differ by a few respondents would tell what those few said. */
function gaveAway(cell: CellStatistics, tiers: TierRules): boolean {
  return cell.sumW > 0 && tierOfCell(cell, tiers) === 'hidden';
}

/** Second minus first; exactly nothing where nobody joined or left. */
function changeOf(
  before: CellStatistics,
  after: CellStatistics,
  [common, left, joined]: readonly [CellStatistics, CellStatistics, CellStatistics],
  tiers: TierRules,
): Change {
  const points100 = meanOf(after)! - meanOf(before)!;
  const tested = overlapDifference(common, joined, left);
  const bases = { nEffFirst: nEffOf(before), nEffSecond: nEffOf(after) };
  const mark = tested ? significanceMark(tested, bases, { tiers }) : 'not-tested';
  if (!tested || mark === 'not-tested') return { points100, p: null, significance: 'none' };
  const significance = mark === 'same' ? 'none' : mark;
  return { points100, p: tested.p, margin100: (tested.high - tested.low) / 2, significance };
}

/** Cities whose dealers all changed region alike, and dealers that changed it alone; the largest first. */
function movedPlaces(
  { workspace, units, quarters, regionsOf }: Regrouping,
  names: ReadonlyMap<string, Bilingual>,
): Reorganisation['moved'] {
  const network = networkOf(workspace);
  const rowOf = new Map(network.all.map((row) => [row.id, row]));
  const cities = new Map<number, { unit: number; step: string; respondents: number }[]>();
  for (let unit = 1; unit < units.dealers.length; unit++) {
    const respondents = quarters.reduce((sum, q) => sum + units.source.cube.base(unit, q).n, 0);
    const [from, to] = regionsOf(unit, quarters[0]!);
    const city = rowOf.get(units.dealers[unit]!)!.cityId;
    const own = cities.get(city) ?? [];
    own.push({ unit, step: `${from}\n${to}`, respondents });
    cities.set(city, own);
  }
  const nameOf = (region: string) => (region === '' ? null : names.get(region)!);
  const moved = [...cities].flatMap(([city, own]): Reorganisation['moved'] => {
    const steps = new Set(own.map(({ step }) => step));
    const ends = (step: string) => {
      const [from, to] = step.split('\n') as [string, string];
      return { from: nameOf(from), to: nameOf(to), same: from === to };
    };
    const dealers = own.filter(({ unit }) => rowOf.get(units.dealers[unit]!)!.pooled === 0).length;
    const respondents = own.reduce((sum, one) => sum + one.respondents, 0);
    if (steps.size === 1) {
      const { same, ...rest } = ends(own[0]!.step);
      const { code, name } = network.cityName(network.cityCode(city));
      return same ? [] : [{ kind: 'city', code, name, ...rest, dealers, respondents }];
    }
    return own.flatMap((one) => {
      const { same, ...rest } = ends(one.step);
      const { code, name } = rowOf.get(units.dealers[one.unit]!)!;
      const both = { zh: name, en: name };
      return same
        ? []
        : [{ kind: 'dealer', code, name: both, ...rest, dealers: 1, respondents: one.respondents }];
    });
  });
  return moved.sort((a, b) => b.respondents - a.respondents);
}
