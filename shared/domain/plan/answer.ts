import { type CompiledPlan, compilePlan } from './compile.ts';
import type { PlanCell, PlanProblem } from './problem.ts';
import type { PlannedSolution } from './solution.ts';

/** Less than this many units is rounding of the solver, not a decision. */
const FUNDED_FROM = 1e-7;

/** One area x item of the printed plan. Scores on 0-100, shares 0-1. */
export interface AnswerCell {
  area: number;
  item: number;
  now100: number;
  /** Natural-state forecast, where one was given. */
  drift100: number | undefined;
  target100: number;
  /** Additional resource, absolute. */
  resource: number;
  /** Additional resource as a share of what the cell uses at present (0 where it uses nothing). */
  shareOfCell: number;
  /** Additional resource as a share of all additional resource. */
  shareOfPlan: number;
  /** Additional resource as a share of everything used at present. */
  shareOfPresent: number;
  funded: boolean;
}

/** One area, one item, or the whole. `index` into areas or items, -1 for the whole. */
export interface AnswerTotal {
  index: number;
  now100: number;
  /** Only where every weighted cell has a forecast. */
  drift100: number | undefined;
  target100: number;
  presentResource: number;
  resource: number;
  /** Additional resource over present resource of the same cells. */
  shareOfOwn: number;
  shareOfPlan: number;
}

/** The plan as it is printed. */
export interface PlanAnswer {
  cells: AnswerCell[];
  areas: AnswerTotal[];
  items: AnswerTotal[];
  overall: AnswerTotal;
  /** Additional resource per extra point of the overall score. */
  shadowPrice: number;
  /** True when the forecast reaches the target without any plan; `undefined` without a forecast. */
  driftReachesTarget: boolean | undefined;
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

/** Means and sums over a group of cells under shares that are normalised over the group. */
function totalOf(
  index: number,
  cells: readonly number[],
  shares: Float64Array,
  problem: PlanProblem,
  plan: CompiledPlan,
  solution: PlannedSolution,
): AnswerTotal {
  let share = 0;
  let now = 0;
  let target = 0;
  let drift: number | undefined = 0;
  let present = 0;
  let resource = 0;
  for (const i of cells) {
    const part = shares[i]!;
    share += part;
    now += part * plan.baseline[i]!;
    target += part * (plan.baseline[i]! + solution.gains[i]!);
    const cellDrift = problem.cells[i]!.drift100;
    if (part > 0)
      drift = drift === undefined || cellDrift === undefined ? undefined : drift + part * cellDrift;
    present += plan.presentResource[i]!;
    resource += solution.resource[i]!;
  }
  return {
    index,
    now100: ratio(now, share),
    drift100: share > 0 && drift !== undefined ? drift / share : undefined,
    target100: ratio(target, share),
    presentResource: present,
    resource,
    shareOfOwn: ratio(resource, present),
    shareOfPlan: ratio(resource, solution.totalResource),
  };
}

/**
 * Lays a solution out as the plan that is printed: every cell, and totals by area (over its items by weight), by item
 * (over areas by volume) and overall. Pass the problem that was solved. An area or item without cells has zeros.
 */
export function planAnswer(problem: PlanProblem, solution: PlannedSolution): PlanAnswer {
  const plan = compilePlan(problem, solution.method);
  const presentTotal = plan.presentResource.reduce((a, b) => a + b, 0);
  const cells = problem.cells.map((cell: PlanCell, i): AnswerCell => {
    const resource = solution.resource[i]!;
    return {
      area: cell.area,
      item: cell.item,
      now100: cell.baseline100,
      drift100: cell.drift100,
      target100: cell.baseline100 + solution.gains[i]!,
      resource,
      shareOfCell: ratio(resource, plan.presentResource[i]!),
      shareOfPlan: ratio(resource, solution.totalResource),
      shareOfPresent: ratio(resource, presentTotal),
      funded: solution.units[i]! > FUNDED_FROM,
    };
  });
  const groups = (by: 'area' | 'item', count: number) => {
    const lists: number[][] = Array.from({ length: count }, () => []);
    problem.cells.forEach((cell, i) => {
      lists[cell[by]]!.push(i);
    });
    return lists;
  };
  const total = (index: number, list: readonly number[], shares: Float64Array) =>
    totalOf(index, list, shares, problem, plan, solution);
  const overall = total(-1, [...problem.cells.keys()], plan.leverage);
  return {
    cells,
    areas: groups('area', problem.areas.length).map((list, r) => total(r, list, plan.weight)),
    items: groups('item', problem.items.length).map((list, k) => total(k, list, plan.volume)),
    overall,
    shadowPrice: solution.shadowPrice,
    driftReachesTarget:
      overall.drift100 === undefined ? undefined : overall.drift100 >= problem.target100 - 1e-9,
  };
}
