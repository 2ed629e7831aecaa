/** Annual plans and their assessment. Scores named `score100` and every difference are points on 0-100, more is better. */
import { z } from 'zod';
import type { FunnelPosition } from '../domain/funnel.ts';
import type { Bilingual } from '../domain/language.ts';
import type { BaselineRest, PlanInput, PlanLevel, PlanView } from '../domain/plan/plan-facts.ts';
import type { PlanRule } from '../domain/plan/rules.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { ScopeId } from '../domain/scope.ts';
import type { Channel } from '../domain/study-mapping.ts';
import { call, channel, indicator, job, language, nothing, path, scheme, scope } from './call.ts';
import type { WrittenFile } from './figure.ts';

/** What a plan can be made of. `stable`: asked in both of the last two years and in the last wave. */
export interface PlanOptions {
  items: { code: string; name: Bilingual; weight: number; stable: boolean; lastAsked: Quarter }[];
  levels: { level: PlanLevel; areas: number }[];
  /** What assessed plans taught about the effect of resource, newest first. */
  learnt: { plan: number; name: string; year: number; effects: LearntEffectView[] }[];
}

/** What one item's funded cells taught: a factor on the assumed effect, with its 95 % interval. */
export interface LearntEffectView {
  indicator: string;
  name: Bilingual;
  fundedCells: number;
  value: number;
  low: number;
  high: number;
  /** The factor to plan with: drawn towards 1 by as much as its uncertainty asks. */
  offered: number;
}

/** How firmly a plan stands on its assumptions, each off by up to `spread`. */
export interface PlanSensitivityView {
  spread: number;
  draws: number;
  /** Draws in which the target was out of reach. */
  infeasible: number;
  /** All effects, or all ways to the ceiling, low or high at once; null cost where the target is then out of reach. */
  cases: { assumption: 'effect' | 'ceiling'; factor: number; totalCost: number | null }[];
  totalCost: { low: number; middle: number; high: number } | null;
  /** Share of the draws in which a cell gets resource; `robust` from 80 %. Only cells with any. */
  cells: { area: ScopeId; indicator: string; share: number; robust: boolean }[];
}

/** Plans side by side. The first is the one that the others are compared with. */
export interface PlanComparison {
  plans: (BaselineRest & {
    id: number;
    name: string;
    state: PlanView['state'];
    method: PlanInput['method'];
    baseline: number;
    target: number;
    totalCost: number;
    funded: number;
  })[];
  areas: { id: ScopeId; name: Bilingual; values: ({ target: number; cost: number } | null)[] }[];
  items: { code: string; name: Bilingual; values: ({ target: number; cost: number } | null)[] }[];
  /** Cells in which the plans differ most, by cost. */
  cells: {
    area: ScopeId;
    areaName: Bilingual;
    indicator: string;
    values: ({ target: number; cost: number } | null)[];
  }[];
}

/** What a table of volumes or assumptions says, ready to be put into a plan. */
export interface PlanTableView {
  file: string;
  volumes: { area: ScopeId; share: number }[];
  rules: PlanRule[];
  spent: { area: ScopeId; indicator: string; extra: number }[];
  problems: { row: number; value: string; message: Bilingual }[];
}

/** What was edited in a workbook against the plan it came from, and the plan's input with the edits in it. */
export interface PlanEdits {
  file: string;
  changes: {
    area: ScopeId;
    areaName: Bilingual;
    indicator: string;
    field: 'target' | 'extra' | 'ceiling' | 'effect' | 'cost' | 'note';
    before: number | string | null;
    after: number | string | null;
  }[];
  problems: { row: number; value: string; message: Bilingual }[];
  input: PlanInput;
}

/** The targets of the dealers of a planned area. `reachable` is null where the area's target can be shared out. */
export interface DealerTargetsView {
  plan: number;
  dealers: {
    dealer: ScopeId;
    name: Bilingual;
    area: ScopeId;
    indicator: string;
    /**
     * Where the dealer starts, drawn towards its peers where its base is small; null where it must not be shown. Base
     * and margin are null in plans approved before they were kept.
     */
    baseline: {
      score100: number;
      n: number | null;
      margin100: number | null;
      tier: 'grey' | 'full';
    } | null;
    target: number;
  }[];
  outOfReach: { area: ScopeId; indicator: string; reachable: number }[];
}

/** Plan against actual of an area, an item, a cell or the whole. Points on 0-100. */
export interface AssessmentRow {
  /** `grey`: the base is small, the figure takes part in no ranking and its verdict is not to be relied on. */
  tier: 'grey' | 'full';
  baseline: number;
  planned: number;
  actual: number;
  gap: number;
  low: number;
  high: number;
  verdict: 'met' | 'not-met' | 'indistinguishable';
  /** Effective base of the actual score; absent in assessments kept before it was. */
  nEff?: number;
  /** The parts add up to the gap exactly. */
  split: { drift: number; execution: number; effectiveness: number; noise: number };
  /**
   * Points that the measures added to this score, against the unfunded cells, beside what was planned of them; null
   * where nothing was funded or too little was left unfunded.
   */
  effect: { planned: number; value: number; low: number; high: number } | null;
}

/** A funnel about the mean gap: its limits by standard error, the firmest first. */
export interface AssessmentFunnel {
  centre: number;
  limits: {
    standardError: number;
    outerLow: number;
    innerLow: number;
    innerHigh: number;
    outerHigh: number;
  }[];
}

/** A place among peers, by funnel limits that widen with the standard error. */
export interface AssessmentRank extends AssessmentRow {
  /** Null on a small base. */
  rank: number | null;
  funnel: FunnelPosition | null;
  standardError: number;
}

/** A plan assessed against a year's actual scores. */
export interface AssessmentView {
  plan: PlanInfo;
  /** Quarters of the year that were measured; fewer than four is a view before year end. */
  quarters: Quarter[];
  overall: AssessmentRow;
  areas: (AssessmentRank & { id: ScopeId; name: Bilingual })[];
  items: (AssessmentRank & { code: string; name: Bilingual })[];
  cells: (AssessmentRow & {
    area: ScopeId;
    areaName: Bilingual;
    indicator: string;
    /** Units of present resource. */
    plannedUnits: number;
    spentUnits: number | null;
    funded: boolean;
  })[];
  /** The unfunded cells: their mean change, forecast drift taken out, with its interval; null where too few. */
  control: { cells: number; extraDrift: number; low: number; high: number } | null;
  funnels: { areas: AssessmentFunnel; items: AssessmentFunnel };
  learnt: LearntEffectView[];
  /** Areas, items and cells left out because their base is too small, or would give such a one away. */
  hidden: number;
  /** Cells that had no answer in the measured quarters. */
  missing: number;
}

/** Where the running year of an approved plan stands. */
export interface PlanProgress {
  plan: PlanInfo;
  /** The score that the plan reaches: its target, or more where fixed cells give more. */
  target: number;
  quarters: {
    quarter: Quarter;
    milestone: number;
    /** Measured, or the forecast. */
    score: number | null;
    /** Of the measured score its sampling error; of a forecast where the wave should fall. */
    low80: number | null;
    high80: number | null;
    low95: number | null;
    high95: number | null;
    /** Respondents of a measured quarter; null of a forecast. */
    n: number | null;
    measured: boolean;
  }[];
  expected: number | null;
  /** Probability that the year's figure reaches the target; null where the rest of the year has no forecast. */
  probability: number | null;
  state: 'ahead' | 'open' | 'behind' | null;
  againstMilestones: number | null;
  /** Score that the open quarters need on average. */
  needed: number | null;
}

/** A stored plan in a list. */
export interface PlanInfo extends BaselineRest {
  id: number;
  name: string;
  year: number;
  state: 'draft' | 'approved' | 'assessed';
  channel: Channel;
  baseline: number;
  target: number;
  totalCost: number;
  createdAt: string;
}

const score = z.number().min(0).max(100);
const share = z.number().min(0).max(1e6);
const planId = z.number().int().positive();

const planRule = z.strictObject({
  area: z.string().max(200).default(''),
  indicator: indicator.default(''),
  source: z.enum(['given', 'imported', 'learnt']).default('given'),
  ceiling: score.optional(),
  effect: z.number().positive().max(1e6).optional(),
  effectFactor: z.number().positive().max(100).optional(),
  costFactor: z.number().min(0).max(1e6).optional(),
  mostExtra: share.optional(),
  largestStep: z.number().min(0).max(100).optional(),
  floor: score.optional(),
  cap: score.optional(),
  lockExtra: share.optional(),
  lockScore: score.optional(),
  packageExtra: z.number().positive().max(1e6).optional(),
  note: z.string().max(2000).optional(),
});

const planInput = z.strictObject({
  year: z.number().int().min(1900).max(2200),
  channel,
  scheme,
  areaLevel: z.enum(['region', 'province', 'city', 'dealer']).default('province'),
  within: scope.default('overall'),
  /** Items of the plan; empty for every stable one. */
  indicators: z.array(indicator).max(200).default([]),
  method: z.enum(['diminishing', 'proportional']).default('diminishing'),
  uplift: z.number().min(-50).max(50),
  ceiling: z.number().min(1).max(100).default(100),
  largestStep: z.number().positive().max(100).nullable().default(null),
  volumes: z
    .array(z.strictObject({ area: scope, share: z.number().min(0) }))
    .max(5000)
    .default([]),
  volumesFrom: z.string().max(300).default(''),
  /** Without a table: the population as the respondents' weights project it, or the plain count of respondents. */
  volumeBasis: z.enum(['population', 'sample']).default('population'),
  rules: z.array(planRule).max(20_000).default([]),
  targets: z
    .array(z.strictObject({ kind: z.enum(['area', 'item']), id: z.string().max(200), target: score }))
    .max(2000)
    .default([]),
  budgets: z
    .array(z.strictObject({ area: z.string().max(200), most: share }))
    .max(2000)
    .default([]),
  largestSpread: z.number().min(0).max(100).nullable().default(null),
  notes: z.string().max(20_000).default(''),
  sample: z.number().int().positive().optional(),
});

/** What was really spent on a cell in the year, as a share of the cell's present resource (0.1: 10 % more). */
const spent = z.strictObject({ area: scope, indicator, extra: share });

/** Input of a plan suggestion, as callers give it. */
export type PlanRequest = z.input<typeof planInput>;

/** The calls of this area. */
export const planCalls = {
  'plan.options': call<PlanOptions>()(
    planInput.pick({ year: true, channel: true, scheme: true, within: true, sample: true }),
  ),
  'plan.suggest': call<PlanView>()(
    planInput.extend({
      /** `if-ready`: without the natural-state forecast where that is not made yet; it is then being made. */
      drift: z.enum(['wait', 'if-ready']).default('wait'),
    }),
  ),
  'plan.sensitivity': call<PlanSensitivityView>()(
    z.strictObject({
      job,
      plan: planInput,
      draws: z.number().int().min(20).max(1000).default(200),
      spread: z.number().positive().max(0.9).default(0.25),
    }),
    { job: true },
  ),
  'plan.save': call<PlanView>()(planInput.extend({ name: z.string().min(1).max(120) }), { alone: true }),
  /** Replaces a draft. */
  'plan.update': call<PlanView>()(
    planInput.extend({ plan: planId, name: z.string().min(1).max(120).optional() }),
    { alone: true },
  ),
  'plan.list': call<PlanInfo[]>()(nothing),
  'plan.get': call<PlanView>()(z.strictObject({ plan: planId })),
  'plan.compare': call<PlanComparison>()(z.strictObject({ plans: z.array(planId).min(2).max(6) })),
  'plan.approve': call<PlanView>()(z.strictObject({ plan: planId })),
  'plan.delete': call<{ deleted: boolean }>()(z.strictObject({ plan: planId })),
  'plan.readTable': call<PlanTableView>()(
    planInput.pick({ scheme: true, areaLevel: true, within: true }).extend({
      path,
      fileName: z.string().max(300).optional(),
      kind: z.enum(['volumes', 'assumptions', 'spent']),
    }),
  ),
  'plan.readEdits': call<PlanEdits>()(
    z.strictObject({ path, fileName: z.string().max(300).optional(), plan: planId }),
  ),
  'plan.export': call<WrittenFile>()(
    z.strictObject({
      plan: planId,
      path,
      format: z.enum(['xlsx', 'pdf']),
      language: language.default('zh-CN'),
    }),
  ),
  'plan.dealerTargets': call<DealerTargetsView>()(z.strictObject({ plan: planId, area: scope.optional() })),
  'plan.assess': call<AssessmentView>()(
    z.strictObject({
      plan: planId,
      spent: z.array(spent).max(20_000).default([]),
      /** Keeps the assessment with the plan, which is then assessed and teaches the next. */
      keep: z.boolean().default(false),
    }),
  ),
  'plan.progress': call<PlanProgress>()(z.strictObject({ plan: planId })),
} as const;
