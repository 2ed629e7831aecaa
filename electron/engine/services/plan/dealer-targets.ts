// Hands the targets of planned areas down to their dealers.

import type { DealerTargetsView } from '../../../../shared/calls/plan.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { dealerTargets } from '../../../../shared/domain/plan/dealer-targets.ts';
import { baselineMargin, type PlanView } from '../../../../shared/domain/plan/plan-facts.ts';
import { type TierRules, tierOf } from '../../../../shared/domain/precision.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { findDealerTargets, findPlan } from '../../store/plans.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { areaNodes, baselineSpan, itemCells } from './plan-baseline.ts';

/** Answers behind a baseline, by count and by weight (null where scores came without bases), and its margin. */
interface TargetBase {
  n: number;
  nEff: number | null;
  margin100: number | null;
}

export interface DealerTarget {
  dealer: string;
  area: string;
  indicator: string;
  baseline: number;
  target: number;
  /** What the baseline rests on; null in plans approved before it was kept. */
  base: TargetBase | null;
}

type Found = { targets: DealerTarget[]; outOfReach: DealerTargetsView['outOfReach'] };

/** The figures that a plan rests on, its sample included. */
export function planCube(workspace: Workspace, { input }: PlanView): ChannelCube {
  return workspace.cube(input.scheme, input.channel, { sample: input.sample });
}

/** Every dealer closes the same part of its way to the ceiling, so that together they give the area's target. */
export function deriveDealerTargets(source: ChannelCube, plan: PlanView): Found {
  const { cube, tree } = source;
  const span = baselineSpan(plan.input.year);
  const itemOf = new Map(cube.items.map(({ code }, item) => [code, item]));
  const found: Found = { targets: [], outOfReach: [] };
  for (const area of plan.areas) {
    const dealers = areaNodes(source, { areaLevel: 'dealer', within: area.id }).map((node) => ({
      node,
      volume: cube.span(node, -1, span.first, span.last).sumW,
    }));
    for (const cell of plan.cells) {
      if (cell.area !== area.id) continue;
      const units = itemCells(source, dealers, itemOf.get(cell.indicator)!, span);
      const shared = units.map((unit) => ({
        baseline100: unit.baseline,
        volumeShare: dealers[unit.area]!.volume,
        ceiling100: cell.ceiling,
      }));
      if (!shared.some(({ volumeShare }) => volumeShare > 0)) continue;
      const answer = dealerTargets(shared, cell.target);
      if (answer.kind === 'out-of-reach')
        found.outOfReach.push({
          area: area.id,
          indicator: cell.indicator,
          reachable: answer.reachable100,
        });
      else
        units.forEach((unit, i) => {
          found.targets.push({
            dealer: tree.nodes[dealers[unit.area]!.node]!.id,
            area: area.id,
            indicator: cell.indicator,
            baseline: unit.baseline,
            base: {
              n: unit.n,
              nEff: unit.n > 0 ? unit.nEff : null,
              margin100: unit.standardError > 0 ? baselineMargin(unit) : null,
            },
            target: answer.targets100[i]!,
          });
        });
    }
  }
  return found;
}

/** A dealer's baseline as it may be shown; null where too few answers stand behind it. */
export function shownBaseline(
  { baseline, base }: Pick<DealerTarget, 'baseline' | 'base'>,
  tiers: TierRules,
): DealerTargetsView['dealers'][number]['baseline'] {
  const nEff = base?.nEff ?? null;
  const tier = base === null ? 'full' : nEff === null ? 'grey' : tierOf(nEff, tiers);
  if (tier === 'hidden') return null;
  return { score100: baseline, n: base?.n ?? null, margin100: base?.margin100 ?? null, tier };
}

type Stored = [
  dealer: string,
  area: string,
  indicator: string,
  baseline: number,
  target: number,
  n?: number,
  nEff?: number | null,
  margin100?: number | null,
];

/** Lists instead of objects: a large plan has twelve thousand of them. */
export function storeDealerTargets(targets: readonly DealerTarget[]): string {
  const round = (value: number) => Number(value.toFixed(4));
  const rounded = (value: number | null) => (value === null ? null : round(value));
  return JSON.stringify(
    targets.map(({ dealer, area, indicator, baseline, target, base }): Stored => {
      const place = [dealer, area, indicator, round(baseline), round(target)] as const;
      return base === null ? [...place] : [...place, base.n, rounded(base.nEff), rounded(base.margin100)];
    }),
  );
}

export function storedDealerTargets(json: string): DealerTarget[] {
  return (JSON.parse(json) as Stored[]).map(
    ([dealer, area, indicator, baseline, target, n, nEff = null, margin100 = null]) => ({
      dealer,
      area,
      indicator,
      baseline,
      target,
      base: n === undefined ? null : { n, nEff, margin100 },
    }),
  );
}

function targetsOf(workspace: Workspace, plan: number): Found {
  const row = findPlan(workspace.reader, plan);
  if (!row) throw new AppError('plan-unknown', { plan });
  if (row.state !== 'draft')
    return { targets: storedDealerTargets(findDealerTargets(workspace.reader, plan)!), outOfReach: [] };
  const view = JSON.parse(row.result) as PlanView;
  return deriveDealerTargets(planCube(workspace, view), view);
}

/** Of a draft as the data now say, of an approved plan as it was approved. */
export function listDealerTargets(
  context: Context,
  { plan, area }: CallArguments<'plan.dealerTargets'>,
): DealerTargetsView {
  const workspace = context.workspace();
  const { targets, outOfReach } = targetsOf(workspace, plan);
  const { schemeId } = findPlan(workspace.reader, plan)!;
  const tree = workspace.tree(schemeId);
  const nameOf = (dealer: string) => {
    const node = tree.byId.get(dealer);
    return node === undefined ? { zh: dealer, en: dealer } : tree.nodes[node]!.name;
  };
  const within = (one: { area: string }) => area === undefined || one.area === area;
  const tiers = workspace.rules();
  return {
    plan,
    dealers: targets.filter(within).map(({ dealer, area, indicator, target, ...rest }) => ({
      ...{ dealer, area, indicator, target },
      name: nameOf(dealer),
      baseline: shownBaseline(rest, tiers),
    })),
    outOfReach: outOfReach.filter(within),
  };
}
