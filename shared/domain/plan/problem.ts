/**
 * How score answers to resource. `diminishing` (the default): every further unit closes a part of the remaining
 * distance to the ceiling. `proportional`: score grows in proportion to resource, so the cells that are already best
 * are the cheapest and are filled to their ceiling first.
 */
export type PlanMethod = 'diminishing' | 'proportional';

/** An area of the plan (region, province, city or dealer). `volumeShare` in any unit; shares are normalised. */
export interface PlanArea {
  id: string;
  volumeShare: number;
}

/** A work item (a stable indicator). `weight` in any unit; normalised within each area over the items it has. */
export interface PlanItem {
  id: string;
  weight: number;
}

/**
 * One area x item. Scores on 0-100; resource amounts in one currency of the caller's choice; `units` count resource
 * in multiples of what the cell uses at present, so 0.1 unit is 10 % more. Whatever is absent takes its default.
 */
export interface PlanCell {
  /** Index into `areas`. */
  area: number;
  /** Index into `items`. */
  item: number;
  /** Score now. */
  baseline100: number;
  /** Attainable ceiling M, default 100. A baseline above it leaves no room. */
  ceiling100?: number | undefined;
  /** Effect beta per unit, default `baseline / (ceiling - baseline)`. Used by `diminishing` only. */
  effect?: number | undefined;
  /** Resource used at present, default volume share x weight (so that all cells together use 1). */
  presentResource?: number | undefined;
  /** Cost of one unit, default the present resource. */
  unitCost?: number | undefined;
  /** Most units that can be added, default no limit. */
  mostUnits?: number | undefined;
  /** Largest rise of the score in a year, default no limit. */
  largestStep100?: number | undefined;
  /** The score must not go above this. A cap below the baseline means no rise. */
  cap100?: number | undefined;
  /** The score must reach at least this. */
  floor100?: number | undefined;
  /** Exactly this many units, whatever the optimum says. */
  lockedUnits?: number | undefined;
  /** Units come only in whole multiples of this (a work package that is done or not done). */
  packageUnits?: number | undefined;
  /** Score next year without a plan (natural-state forecast); shown beside the plan, never optimised. */
  drift100?: number | undefined;
}

/** At least this score for one area over its items, or one item over the areas. `index` into areas or items. */
export interface PlanTarget {
  index: number;
  target100: number;
}

/** At most this much additional resource for one area. */
export interface AreaBudget {
  area: number;
  most: number;
}

/** Several areas taken together, such as the provinces of a region. */
export interface AreaGroup {
  id: string;
  /** Indexes into `areas`. */
  areas: readonly number[];
}

/** What to plan: cells, the score to reach, and everything that limits how. */
export interface PlanProblem {
  areas: readonly PlanArea[];
  items: readonly PlanItem[];
  /** At most one cell an area and item; an item that an area was not asked has none. */
  cells: readonly PlanCell[];
  /** Overall score of next year. */
  target100: number;
  areaTargets?: readonly PlanTarget[] | undefined;
  itemTargets?: readonly PlanTarget[] | undefined;
  areaBudgets?: readonly AreaBudget[] | undefined;
  /** Targets and budgets of several areas together; `index` and `group` into `groups`. */
  groups?: readonly AreaGroup[] | undefined;
  groupTargets?: readonly PlanTarget[] | undefined;
  groupBudgets?: readonly { group: number; most: number }[] | undefined;
  /** At most this much additional resource in all. */
  totalBudget?: number | undefined;
  /** Largest allowed distance between the best and the worst area's score. */
  largestSpread100?: number | undefined;
}

/**
 * The effect at which both methods have the same first marginal gain: `beta = s0 / (M - s0)`.
 * Without room (baseline at or above the ceiling) it is 1; it is then never used.
 * Example: 80 with ceiling 100 gives 4.
 */
export function defaultEffect(baseline100: number, ceiling100: number): number {
  return ceiling100 > baseline100 ? baseline100 / (ceiling100 - baseline100) : 1;
}
