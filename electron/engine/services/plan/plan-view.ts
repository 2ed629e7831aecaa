// A solved problem, or why there is none, as the plan that is shown, stored and printed.
import { type AnswerTotal, planAnswer } from '../../../../shared/domain/plan/answer.ts';
import { compilePlan } from '../../../../shared/domain/plan/compile.ts';
import { rankMoves } from '../../../../shared/domain/plan/moves.ts';
import type {
  PlanInput,
  PlanLimitView,
  PlanTotalView,
  PlanView,
} from '../../../../shared/domain/plan/plan-facts.ts';
import {
  type InfeasibleSolution,
  type PlanLimit,
  type PlannedSolution,
  plannedSolution,
} from '../../../../shared/domain/plan/solution.ts';
import { indicatorName } from '../figures/catalog.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { baselineRest } from './baseline-rest.ts';
import type { PlanBaseline } from './plan-baseline.ts';
import type { BuiltProblem } from './plan-problem.ts';

const FIRST_MOVES = 10;

/** Everything a plan is made from. */
export interface Draft extends BuiltProblem {
  workspace: Workspace;
  source: ChannelCube;
  input: PlanInput;
  baseline: PlanBaseline;
}

/** What depends on the solution. */
type SolutionPart = Pick<
  PlanView,
  | 'outcome'
  | 'solvedBy'
  | 'gap'
  | 'reached'
  | 'totalCost'
  | 'shadowPrice'
  | 'prices'
  | 'binding'
  | 'inTheWay'
  | 'floorsOutOfReach'
  | 'n'
  | 'margin100'
  | 'areas'
  | 'items'
  | 'cells'
  | 'moves'
>;

function nodeOf({ source, baseline }: Draft, area: number) {
  return source.tree.nodes[baseline.areas[area]!.node]!;
}

function limitView(draft: Draft, limit: PlanLimit): PlanLimitView {
  const { workspace, source, baseline, problem } = draft;
  const { kind } = limit;
  if (kind === 'overall-target' || kind === 'total-budget') return { kind, id: '', name: null };
  if (kind === 'item-target') {
    const { code } = baseline.items[limit.index]!;
    return { kind, id: code, name: indicatorName(workspace, code) };
  }
  if (kind === 'group-target' || kind === 'group-budget') {
    const { id } = problem.groups![limit.index]!;
    return { kind, id, name: source.tree.nodes[source.tree.byId.get(id)!]!.name };
  }
  const { id, name } = nodeOf(draft, limit.index);
  return { kind, id, name };
}

const totalView = (total: AnswerTotal): Omit<PlanTotalView, 'name'> => ({
  baseline: total.now100,
  drift: total.drift100 ?? null,
  target: total.target100,
  cost: total.resource,
  extraOfOwn: total.shareOfOwn,
  extraOfTotal: total.shareOfPlan,
});

/** Areas, items and cells of any solution, that of doing nothing included. */
function laidOut(
  draft: Draft,
  solution: PlannedSolution,
): Pick<SolutionPart, 'n' | 'margin100' | 'areas' | 'items' | 'cells'> {
  const { workspace, source, baseline, problem, assumptions, shares } = draft;
  const printed = planAnswer(problem, solution);
  const bases = baseline.cells.map((cell, i) => ({ ...cell, share: shares[i]! }));
  const restOf = (key: 'area' | 'item', index: number) =>
    baselineRest(
      bases.filter((cell) => cell[key] === index),
      source.cube.halo,
    );
  const weights = baseline.items.reduce((sum, item) => sum + item.weight, 0);
  return {
    ...baselineRest(bases, source.cube.halo),
    areas: printed.areas.map((total) => ({
      id: nodeOf(draft, total.index).id,
      name: nodeOf(draft, total.index).name,
      share: baseline.areas[total.index]!.share,
      ...totalView(total),
      ...restOf('area', total.index),
    })),
    items: printed.items.map((total) => {
      const { code, weight } = baseline.items[total.index]!;
      return {
        code,
        name: indicatorName(workspace, code),
        weight: weight / weights,
        ...totalView(total),
        ...restOf('item', total.index),
      };
    }),
    cells: printed.cells.map((cell, i) => {
      const { n, shrunk, standardError, drift, area, item } = baseline.cells[i]!;
      return {
        area: nodeOf(draft, area).id,
        areaName: nodeOf(draft, area).name,
        indicator: baseline.items[item]!.code,
        share: shares[i]!,
        baseline: cell.now100,
        standardError,
        n,
        shrunk,
        drift,
        target: cell.target100,
        extraOfCell: cell.shareOfCell,
        extraOfTotal: cell.shareOfPlan,
        cost: cell.resource,
        units: solution.units[i]!,
        ...assumptions[i]!,
      };
    }),
  };
}

export function solvedPart(draft: Draft, solution: PlannedSolution): SolutionPart {
  const { problem, baseline } = draft;
  return {
    outcome: solution.totalResource <= 1e-12 ? 'already-reached' : 'solved',
    solvedBy: solution.solvedBy,
    gap: solution.relativeGap,
    reached: solution.overall100,
    totalCost: solution.totalResource,
    shadowPrice: solution.shadowPrice,
    prices: solution.prices.map(({ limit, price }) => ({ ...limitView(draft, limit), price })),
    binding: [],
    inTheWay: [],
    floorsOutOfReach: [],
    ...laidOut(draft, solution),
    moves: rankMoves(problem, solution, FIRST_MOVES).map((move) => {
      const { area, item } = problem.cells[move.cell]!;
      return {
        area: nodeOf(draft, area).id,
        areaName: nodeOf(draft, area).name,
        indicator: baseline.items[item]!.code,
        gain: move.overallGain100,
        cost: move.resource,
        gainPerCost: move.meanReturn,
        saved: move.saved,
        reasons: move.reasons,
      };
    }),
  };
}

/** No plan: where things stand, how far one could get, and what stands in the way. */
export function unsolvedPart(draft: Draft, solution: InfeasibleSolution): SolutionPart {
  const { problem, input, baseline } = draft;
  const plan = compilePlan(problem, input.method);
  const nothing = plannedSolution(plan, new Float64Array(plan.size), [], 'closed-form');
  return {
    outcome: 'infeasible',
    solvedBy: null,
    gap: 0,
    reached: solution.reachable100 ?? plan.overall,
    totalCost: solution.reachableResource ?? 0,
    shadowPrice: null,
    prices: [],
    binding: Object.entries(solution.stops)
      .filter(([, count]) => count > 0)
      .sort(([, a], [, b]) => b - a)
      .map(([limit, count]) => ({ limit: limit as keyof typeof solution.stops, count })),
    inTheWay: solution.limits.map((limit) => limitView(draft, limit)),
    floorsOutOfReach: solution.floorsOutOfReach.map((i) => {
      const { area, item } = problem.cells[i]!;
      const { id, name } = nodeOf(draft, area);
      return { area: id, areaName: name, indicator: baseline.items[item]!.code };
    }),
    ...laidOut(draft, nothing),
    moves: [],
  };
}
