/** Versions of the indicator tree with its weights, and figures scored under any of them. */
import { z } from 'zod';
import type { IndicatorRole, TreeChange } from '../domain/indicator-tree.ts';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { Channel } from '../domain/study-mapping.ts';
import { call, channel, indicator, nothing, path, scheme, scope } from './call.ts';
import type { Score } from './figure.ts';

/** One version of the tree with its weights. */
export interface WeightSetView {
  id: number;
  version: number;
  note: string;
  actor: string;
  createdAt: string;
  current: boolean;
  /** The file that brought it; null where a person made it. */
  fileName: string | null;
  /** Weighted items. */
  items: number;
  forecasts: number;
  plans: number;
}

/** One indicator of a version. `share` is R / sum R. */
export interface WeightRow {
  code: string;
  parent: string | null;
  role: IndicatorRole;
  name: Bilingual;
  weight: number;
  share: number;
  /** True where a question measures it, so that it cannot be left out. */
  asked: boolean;
}

/** One version with its tree, parents before their children. */
export interface WeightSetDetail {
  set: WeightSetView;
  rows: WeightRow[];
}

/** Years (or quarters) of a channel scored under two versions. */
export interface Rescoring {
  channel: Channel;
  channelName: Bilingual;
  indicator: string;
  periods: {
    first: Quarter;
    last: Quarter;
    scores: [Score | null, Score | null];
    /** Second minus first, points on 0-100; null where either is not shown. */
    difference: number | null;
  }[];
}

/** Weights read from a table. */
export interface WeightTable {
  weights: { code: string; weight: number }[];
  problems: { row: number; value: string; message: Bilingual }[];
}

/** Weights from pairwise judgements. */
export interface JudgedWeights {
  weights: number[];
  consistencyRatio: number;
  consistent: boolean;
  worst: { row: number; column: number; given: number; implied: number } | null;
}

const id = z.number().int().positive();
const text = z.string().trim().min(1).max(200);
const row = z.strictObject({
  code: z
    .string()
    .min(1)
    .max(80)
    .regex(/^[\p{L}\p{N}._-]+$/u),
  parent: z.string().max(80).nullable(),
  role: z.enum(['index', 'factor', 'item', 'question']),
  name: z.strictObject({ zh: text, en: text }),
  weight: z.number().min(0).max(1e9),
});

/** The calls of this area. */
export const weightsCalls = {
  'weights.list': call<WeightSetView[]>()(nothing),
  'weights.get': call<WeightSetDetail>()(z.strictObject({ weightSet: id })),
  'weights.compare': call<TreeChange[]>()(z.strictObject({ before: id, after: id })),
  'weights.save': call<WeightSetView>()(
    z.strictObject({
      note: z.string().trim().max(300).default(''),
      rows: z.array(row).min(1).max(2000),
      makeCurrent: z.boolean().default(false),
    }),
    { alone: true },
  ),
  'weights.activate': call<WeightSetView>()(z.strictObject({ weightSet: id }), { alone: true }),
  'weights.rescore': call<Rescoring[]>()(
    z.strictObject({
      scheme,
      scope: scope.default('overall'),
      indicator: indicator.default(''),
      before: id,
      after: id,
      by: z.enum(['year', 'quarter']).default('year'),
      channel: channel.optional(),
    }),
  ),
  'weights.readTable': call<WeightTable>()(
    z.strictObject({ path, fileName: z.string().min(1).max(300).optional() }),
  ),
  'weights.judge': call<JudgedWeights>()(
    z.strictObject({ matrix: z.array(z.array(z.number().positive()).max(10)).min(1).max(10) }),
  ),
} as const;
