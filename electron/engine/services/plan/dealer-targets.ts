// Hands the targets of planned areas down to their dealers.

import type { DealerTargetsView } from '../../../../shared/calls/plan.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { dealerTargets } from '../../../../shared/domain/plan/dealer-targets.ts';
import type { PlanView } from '../../../../shared/domain/plan/plan-facts.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { findDealerTargets, findPlan } from '../../store/plans.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { areaNodes, baselineSpan, itemCells } from './plan-baseline.ts';

export interface DealerTarget {
  dealer: string;
  area: string;
  indicator: string;
  baseline: number;
  target: number;
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
            target: answer.targets100[i]!,
          });
        });
    }
  }
  return found;
}

type Stored = [dealer: string, area: string, indicator: string, baseline: number, target: number];

/** Lists of five instead of objects: a large plan has twelve thousand of them. */
export function storeDealerTargets(targets: readonly DealerTarget[]): string {
  const round = (value: number) => Number(value.toFixed(4));
  return JSON.stringify(
    targets.map((t): Stored => [t.dealer, t.area, t.indicator, round(t.baseline), round(t.target)]),
  );
}

export function storedDealerTargets(json: string): DealerTarget[] {
  return (JSON.parse(json) as Stored[]).map(([dealer, area, indicator, baseline, target]) => ({
    dealer,
    area,
    indicator,
    baseline,
    target,
  }));
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
  return {
    plan,
    dealers: targets.filter(within).map((one) => ({ ...one, name: nameOf(one.dealer) })),
    outOfReach: outOfReach.filter(within),
  };
}
