import { compilePlan, slopeAtGain } from './compile.ts';
import type { PlanProblem } from './problem.ts';
import type { PlannedSolution } from './solution.ts';

/**
 * What puts a cell before others: room to the ceiling, points that a first unit brings (its effect on that room), what
 * a unit costs for its weight in the overall score, and that weight itself. A heavy cell is no better bargain, since by
 * default its resource costs as much more as it weighs more; but the same bargain saves more where it is larger.
 */
export type MoveFactor = 'room' | 'effect' | 'cost' | 'weight';

/** A factor against the plan's median cell; above 1 it speaks for the move (for cost: cheaper than the median). */
export interface MoveReason {
  factor: MoveFactor;
  ratio: number;
}

/** One funded cell as a move, with the figures behind it. */
export interface PlanMove {
  /** Index into the problem's cells. */
  cell: number;
  /** Points of the overall score that the move brings. */
  overallGain100: number;
  resource: number;
  /** Overall points per unit of resource for the first bit spent, on average, and for the last bit spent. */
  firstReturn: number;
  meanReturn: number;
  lastReturn: number;
  /** Resource that the same gain would take more elsewhere, at the price of the plan's last point. */
  saved: number;
  /** Favourable factors, strongest first. */
  reasons: MoveReason[];
  /** How its extent was set: the plan needed no more, a limit stopped it, or it was locked or demanded by a floor. */
  extent: 'as-needed' | 'ceiling' | 'most-units' | 'largest-step' | 'cap' | 'locked' | 'floor';
}

function median(values: Iterable<number>): number {
  const sorted = [...values].filter((value) => value > 0).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 1;
}

/**
 * The moves of a plan by what they save: the resource that their gain would take elsewhere, less what they take
 * themselves. Return alone would put cells that are all but at the ceiling first, where there is next to nothing to do.
 * Where the overall target has no price, the dearest funded cell gives it. `most` limits how many (default 10).
 * Example: a cell that raises the whole by 0.2 for 0.1 % while a point costs 1 % saves 0.1 %.
 */
export function rankMoves(problem: PlanProblem, solution: PlannedSolution, most = 10): PlanMove[] {
  const plan = compilePlan(problem, solution.method);
  const returnAt = (i: number, gain: number) => plan.leverage[i]! / slopeAtGain(plan, i, gain);
  const usual = {
    room: median(plan.room),
    effect: median(plan.effect.map((effect, i) => effect * plan.room[i]!)),
    cost: median(plan.unitCost.map((cost, i) => cost / plan.leverage[i]!)),
    weight: median(plan.leverage),
  };
  const reasonsFor = (i: number): MoveReason[] => {
    const ratios: MoveReason[] = [
      { factor: 'room', ratio: plan.room[i]! / usual.room },
      { factor: 'effect', ratio: (plan.effect[i]! * plan.room[i]!) / usual.effect },
      { factor: 'cost', ratio: (usual.cost * plan.leverage[i]!) / plan.unitCost[i]! },
      { factor: 'weight', ratio: plan.leverage[i]! / usual.weight },
    ];
    return ratios.filter(({ ratio }) => ratio > 1 + 1e-9).sort((a, b) => b.ratio - a.ratio);
  };
  const extentOf = (i: number): PlanMove['extent'] => {
    const gain = solution.gains[i]!;
    const near = 1e-7 * plan.room[i]!;
    if (plan.stop[i] === 'locked' || gain >= plan.highGain[i]! - near) return plan.stop[i]!;
    return plan.lowGain[i]! > 0 && gain <= plan.lowGain[i]! + near ? 'floor' : 'as-needed';
  };
  const funded = [...solution.gains.keys()].filter((i) => solution.units[i]! > 1e-7);
  const pointPrice =
    solution.shadowPrice > 0
      ? solution.shadowPrice
      : Math.max(
          0,
          ...funded
            .map((i) => solution.resource[i]! / (plan.leverage[i]! * solution.gains[i]!))
            .filter(Number.isFinite),
        );
  return funded
    .map((i): PlanMove => {
      const gain = solution.gains[i]!;
      const overallGain100 = plan.leverage[i]! * gain;
      return {
        cell: i,
        overallGain100,
        resource: solution.resource[i]!,
        firstReturn: returnAt(i, 0),
        meanReturn: overallGain100 / solution.resource[i]!,
        lastReturn: returnAt(i, gain),
        saved: pointPrice * overallGain100 - solution.resource[i]!,
        reasons: reasonsFor(i),
        extent: extentOf(i),
      };
    })
    .sort((a, b) => b.saved - a.saved || b.overallGain100 - a.overallGain100 || a.cell - b.cell)
    .slice(0, most);
}
