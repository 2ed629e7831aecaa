/** Weights of respondents by raking to margins: what to rake to, how well it went, and the ones that are kept. */
import { z } from 'zod';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { Channel } from '../domain/study-mapping.ts';
import { call, channel, job, nothing, path, quarter, scheme } from './call.ts';

/** One category of a margin, shares in percent of its margin under the study's own weights. */
export interface MarginCategory {
  value: string;
  label: Bilingual;
  n: number;
  share: number;
}

/** Something that respondents can be raked by: `attribute:sex`, `province` or `region`. */
export interface MarginChoice {
  dimension: string;
  label: Bilingual;
  categories: MarginCategory[];
  /** Respondents who are in none of the categories. */
  unknown: number;
}

/** A category before and after, in percent. */
export interface RakedCategory {
  value: string;
  label: Bilingual;
  n: number;
  before: number;
  target: number;
  after: number;
}

/** How the raking of one quarter went. */
export interface QuarterDiagnostics {
  quarter: Quarter;
  respondents: number;
  converged: boolean;
  iterations: number;
  /** Largest difference of a weighted share from its target, percent points. */
  largestGap: number;
  /** Kish, before and after. */
  designEffectBefore: number;
  designEffect: number;
  nEff: number;
  /** In units of the mean weight. */
  largestWeight: number;
  smallestWeight: number;
  /** Categories with a target and nobody in them. */
  empty: { dimension: string; value: string }[];
}

/** The diagnostics card. */
export interface RakingDiagnostics {
  quarters: QuarterDiagnostics[];
  /** Over all quarters together. */
  margins: {
    dimension: string;
    label: Bilingual;
    categories: RakedCategory[];
    /** Categories without a target, whose respondents keep their weight in this margin. */
    untargeted?: { label: Bilingual; n: number }[];
  }[];
}

/** What was raked to. */
export interface WeightingDefinition {
  scheme: number;
  quarters: { from: Quarter; to: Quarter };
  margins: { dimension: string; targets: { value: string; share: number }[] }[];
  /** Weights stay between 1 / cap and cap times the mean; null without a cap. */
  cap: number | null;
}

/** A kept weighting. */
export interface WeightingView {
  id: number;
  name: string;
  channel: Channel;
  channelName: Bilingual;
  definition: WeightingDefinition;
  diagnostics: RakingDiagnostics;
  actor: string;
  createdAt: string;
  /** True where respondents of its quarters have come in since, who keep their own weights. */
  outdated: boolean;
}

/** Targets read from a table. */
export interface TargetTable {
  rows: { dimension: string; category: string; share: number }[];
}

const id = z.number().int().positive();
const margins = z
  .array(
    z.strictObject({
      dimension: z.string().min(1).max(100),
      targets: z
        .array(z.strictObject({ value: z.string().max(200), share: z.number().min(0).max(1e9) }))
        .min(1)
        .max(500),
    }),
  )
  .min(1)
  .max(12);
const what = z.strictObject({ scheme, channel, quarters: z.strictObject({ from: quarter, to: quarter }) });
const definition = what.extend({ margins, cap: z.number().min(1).max(1000).nullable().default(null), job });

/** The calls of this area. */
export const weightingsCalls = {
  'weightings.list': call<WeightingView[]>()(nothing),
  'weightings.choices': call<MarginChoice[]>()(what),
  'weightings.preview': call<RakingDiagnostics>()(definition, { job: true }),
  'weightings.save': call<WeightingView>()(definition.extend({ name: z.string().trim().min(1).max(80) }), {
    job: true,
    alone: true,
  }),
  'weightings.delete': call<{ deleted: boolean }>()(z.strictObject({ id }), { alone: true }),
  'weightings.readTable': call<TargetTable>()(
    z.strictObject({ path, fileName: z.string().min(1).max(300).optional() }),
  ),
} as const;
