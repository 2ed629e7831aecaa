/** A plan as it is shown, stored and printed. Scores are 0-100; resource is counted in the whole present resource. */
import { Z95 } from '../../math/normal.ts';
import type { Bilingual } from '../language.ts';
import type { Quarter } from '../quarter.ts';
import type { ScopeId } from '../scope.ts';
import type { Channel } from '../study-mapping.ts';
import type { PlanRule } from './rules.ts';

/** Where an assumption of a plan comes from. */
export type AssumptionSource = 'default' | 'given' | 'imported' | 'learnt';

/** Levels a plan can be made at. */
export type PlanLevel = 'region' | 'province' | 'city' | 'dealer';

/** The choices a plan was made with. */
export interface PlanInput {
  year: number;
  channel: Channel;
  scheme: number;
  areaLevel: PlanLevel;
  /** Plans only the areas below this scope. */
  within: ScopeId;
  indicators: string[];
  method: 'diminishing' | 'proportional';
  uplift: number;
  ceiling: number;
  /** Most points a cell may rise in the year; null for no limit. */
  largestStep: number | null;
  /** Volumes of areas from a table; empty for those of `volumeBasis`. */
  volumes: { area: ScopeId; share: number }[];
  volumesFrom: string;
  /** The population that the respondents' weights project, or the plain count of respondents. */
  volumeBasis: 'population' | 'sample';
  /** What is known or demanded of cells: by area, by item, or of one cell; see `shared/domain/plan/rules.ts`. */
  rules: PlanRule[];
  targets: { kind: 'area' | 'item'; id: string; target: number }[];
  /** Most additional resource, as a share of the whole present resource; '' is the total. */
  budgets: { area: ScopeId | ''; most: number }[];
  largestSpread: number | null;
  notes: string;
  /** The named sample that baseline and actual rest on; absent for all respondents. */
  sample?: number | undefined;
}

/** One area x item of a plan. Shares are of the present resource of the whole company, in 0-1. */
export interface PlanCellView {
  area: ScopeId;
  areaName: Bilingual;
  indicator: string;
  /** Share of the cell in the overall score. */
  share: number;
  baseline: number;
  /** Standard error of the baseline. */
  standardError: number;
  n: number;
  /** True where the small base was drawn towards its parent. */
  shrunk: boolean;
  /** Natural-state forecast of the year without effort; null when there is none. */
  drift: number | null;
  target: number;
  /** Additional resource in percent of the cell's present resource, and of the plan's total. */
  extraOfCell: number;
  extraOfTotal: number;
  cost: number;
  /** Additional units: multiples of the present resource before its cost factor. */
  units: number;
  ceiling: number;
  /** Effect of one unit (the cell's present resource once more). */
  effect: number;
  /** Cost of one unit, as a multiple of the cell's present resource. */
  costFactor: number;
  sources: { ceiling: AssumptionSource; effect: AssumptionSource; cost: AssumptionSource };
  floor: number | null;
  cap: number | null;
  locked: boolean;
  note: string;
}

/**
 * Half the 95 % interval of a cell's baseline, points of 0-100; of a small base, that of the estimate drawn towards its
 * parent. Example: `baselineMargin({ standardError: 1 })` is 1.96.
 */
export function baselineMargin({ standardError }: { standardError: number }): number {
  return Z95 * standardError;
}

/** One funded cell as a move. Ratios in `reasons` compare with the plan's median cell; above 1 speaks for the move. */
export interface PlanMoveView {
  area: ScopeId;
  areaName: Bilingual;
  indicator: string;
  /** Points of the overall score. */
  gain: number;
  cost: number;
  gainPerCost: number;
  /** Resource that the same gain would take more elsewhere; absent in plans stored before it was worked out. */
  saved?: number;
  reasons: { factor: 'room' | 'effect' | 'cost' | 'weight'; ratio: number }[];
}

/** A limit of a plan beyond a single cell; `id` is the area or indicator it is of, '' for the whole. */
export interface PlanLimitView {
  kind:
    | 'overall-target'
    | 'area-target'
    | 'item-target'
    | 'group-target'
    | 'area-budget'
    | 'group-budget'
    | 'total-budget'
    | 'spread';
  id: string;
  name: Bilingual | null;
}

/** What a baseline over several cells rests on; absent in plans stored before it was worked out. */
export interface BaselineRest {
  /** Respondents: of each area those of its most answered item. Null where scores came without their bases. */
  n?: number | null;
  /** Half the 95 % interval, points of 0-100; null where a cell's spread is unknown. */
  margin100?: number | null;
}

/** An area or an item of a plan. */
export interface PlanTotalView extends BaselineRest {
  name: Bilingual;
  baseline: number;
  /** Null where a cell has no forecast. */
  drift: number | null;
  target: number;
  cost: number;
  /** Additional resource over the present resource of the same cells. */
  extraOfOwn: number;
  /** Additional resource over all additional resource. */
  extraOfTotal: number;
}

/** A suggested or stored plan. */
export interface PlanView extends BaselineRest {
  id: number | null;
  name: string;
  state: 'draft' | 'approved' | 'assessed';
  createdAt: string | null;
  approvedAt: string | null;
  /** The snapshot of the data it was made from. */
  dataVersion: number;
  /** A draft whose data have changed since. */
  outdated: boolean;
  input: PlanInput;
  outcome: 'solved' | 'already-reached' | 'infeasible';
  /** Share by which the total may lie above the least one; 0 where it is the least. */
  gap: number;
  solvedBy: 'closed-form' | 'newton' | 'linear-program' | null;
  baseline: number;
  target: number;
  reached: number;
  /** What drift alone would give; null without a forecast. */
  drift: number | null;
  /** The forecast is still being made: drift and season are not known yet, the plan itself is final. */
  driftPending: boolean;
  /** The largest score that any resource can reach under the given limits; null when they contradict each other. */
  largestReachable: number | null;
  /** What stands in the way when the target is out of reach: how many cells stand at which limit, most first. */
  binding: { limit: 'ceiling' | 'most-units' | 'largest-step' | 'cap' | 'locked'; count: number }[];
  /** Limits beyond single cells that stand in the way of an infeasible plan. */
  inTheWay: PlanLimitView[];
  /** Cells whose floor lies above what they can reach. */
  floorsOutOfReach: { area: ScopeId; areaName: Bilingual; indicator: string }[];
  /** What every limit that holds a solved plan back costs, dearest first: resource per point, or saved per unit. */
  prices: (PlanLimitView & { price: number })[];
  /** Additional resource in units of the whole present resource (1 = doubles it). */
  totalCost: number;
  /** Additional resource for one more point of the overall score, at the plan. */
  shadowPrice: number | null;
  areas: (PlanTotalView & { id: ScopeId; share: number })[];
  items: (PlanTotalView & { code: string; weight: number })[];
  cells: PlanCellView[];
  /** The first ten moves, those that save the most first, with what speaks for them. */
  moves: PlanMoveView[];
  /** Scores of the year's quarters whose mean is the target, along the seasonal shape of the forecast. */
  milestones: { quarter: Quarter; season: number; score: number }[];
  /** Target score against additional resource, for the curve beside the slider. */
  pareto: { target: number; cost: number }[];
  /** What the other method would ask for the same target; null cost where it cannot reach it. */
  otherMethod: { method: 'diminishing' | 'proportional'; totalCost: number | null } | null;
}
