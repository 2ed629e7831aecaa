import { type CellStop, type CompiledPlan, overallOf, resourceOf, unitsForGain } from './compile.ts';
import type { PlanMethod } from './problem.ts';

/** A limit of the plan beyond a single cell; `index` into areas, items or groups. */
export type PlanLimit =
  | { kind: 'overall-target' }
  | { kind: 'area-target'; index: number }
  | { kind: 'item-target'; index: number }
  | { kind: 'group-target'; index: number }
  | { kind: 'area-budget'; index: number }
  | { kind: 'group-budget'; index: number }
  | { kind: 'total-budget' }
  | { kind: 'spread'; index: number };

/**
 * What a binding limit costs: for targets the additional resource per extra point, for budgets the total resource
 * saved per unit of more budget, for the spread the resource saved per point of more spread.
 */
export interface LimitPrice {
  limit: PlanLimit;
  price: number;
}

/** How many cells stand at which upper bound. */
export type StopCounts = Record<CellStop, number>;

/** The optimum: one entry a cell in the problem's order. */
export interface PlannedSolution {
  kind: 'planned';
  method: PlanMethod;
  /** Score rise on 0-100. */
  gains: Float64Array;
  /** Resource in multiples of the cell's present one. */
  units: Float64Array;
  /** Additional resource. */
  resource: Float64Array;
  overall100: number;
  totalResource: number;
  /** Additional resource per extra point of the overall score; 0 when the target asks for nothing. */
  shadowPrice: number;
  /** Every limit that holds the plan back, dearest first. */
  prices: LimitPrice[];
  solvedBy: 'closed-form' | 'newton' | 'linear-program';
  /** The total lies at most this share of itself above the least one: 0 unless packages come whole. */
  relativeGap: number;
}

/** Why there is no plan, and how far one could get. */
export interface InfeasibleSolution {
  kind: 'infeasible';
  method: PlanMethod;
  /** Largest overall score under all other limits; `undefined` when those contradict each other already. */
  reachable100: number | undefined;
  /** Resource that the largest score takes. */
  reachableResource: number | undefined;
  /** Limits that stand in the way, and cells whose floor lies above what they can reach. */
  limits: PlanLimit[];
  floorsOutOfReach: number[];
  /** Which upper bounds the cells stand at when the score is largest. */
  stops: StopCounts;
}

/** A plan, or why there is none. */
export type PlanSolution = PlannedSolution | InfeasibleSolution;

/** Counts, per kind of upper bound, the cells that stand at it. */
function countStops(plan: CompiledPlan, gains: Float64Array): StopCounts {
  const counts: StopCounts = { ceiling: 0, 'most-units': 0, 'largest-step': 0, cap: 0, locked: 0 };
  for (let i = 0; i < plan.size; i++)
    if (gains[i]! >= plan.highGain[i]! - 1e-9 * plan.room[i]!) counts[plan.stop[i]!] += 1;
  return counts;
}

/**
 * Gains (points, one a cell) as a solution: the units that each takes and the resource of all. `relativeGap` is how far
 * it may be from the least, 0 when it is proven to be the least.
 */
export function plannedSolution(
  plan: CompiledPlan,
  gains: Float64Array,
  prices: LimitPrice[],
  solvedBy: PlannedSolution['solvedBy'],
  relativeGap = 0,
): PlannedSolution {
  const units = gains.map((gain, i) => unitsForGain(plan, i, gain));
  return {
    kind: 'planned',
    method: plan.method,
    gains,
    units,
    resource: units.map((x, i) => (x > 0 ? x * plan.unitCost[i]! : 0)),
    overall100: overallOf(plan, gains),
    totalResource: resourceOf(plan, gains),
    shadowPrice: prices.find(({ limit }) => limit.kind === 'overall-target')?.price ?? 0,
    prices: prices.filter(({ price }) => price > 0).sort((a, b) => b.price - a.price),
    solvedBy,
    relativeGap,
  };
}

/** Why there is no plan, from the gains at which the overall score is largest (`undefined`: limits contradict). */
export function infeasibleSolution(
  plan: CompiledPlan,
  gains: Float64Array | undefined,
  limits: PlanLimit[],
  floorsOutOfReach: number[] = [],
): InfeasibleSolution {
  return {
    kind: 'infeasible',
    method: plan.method,
    reachable100: gains && overallOf(plan, gains),
    reachableResource: gains && resourceOf(plan, gains),
    limits,
    floorsOutOfReach,
    stops: countStops(plan, gains ?? plan.highGain),
  };
}
