import { z } from 'zod';
import type { Quarter } from './quarter.ts';
import { CHANNELS, type Channel } from './study-mapping.ts';

const quarter = z
  .number()
  .int()
  .min(1900 * 4)
  .max(2200 * 4);
const scope = z.string().min(1).max(200);
const score100 = z.number().min(0).max(100);

/**
 * The conditions of a sample; every condition given must hold, an absent one holds for everybody. `scopes` and `hits`
 * are addresses under the region scheme `scheme`. `scores` are on 0-100, both ends included; an indicator that is a
 * factor or the index ('') is the respondent's own weighted mean of what he answered. A respondent without an answer
 * meets no condition on it.
 */
export const sampleFilter = z.strictObject({
  channels: z.array(z.enum(CHANNELS)).min(1).optional(),
  /** Both ends included. */
  quarters: z.strictObject({ from: quarter, to: quarter }).optional(),
  scheme: z.number().int().positive().optional(),
  /** Within any of these places, of any level. */
  scopes: z.array(scope).min(1).max(20_000).optional(),
  /** Within one of these places in one of its own quarters: what a probe found. */
  hits: z
    .array(z.strictObject({ scope, quarters: z.array(quarter).min(1).max(400) }))
    .min(1)
    .max(20_000)
    .optional(),
  /** Attribute code to the choices that pass; of a multiple choice, any. */
  attributes: z.record(z.string().min(1).max(80), z.array(z.string().max(200)).min(1).max(500)).optional(),
  scores: z
    .array(
      z.strictObject({
        indicator: z.string().max(80),
        from: score100.optional(),
        to: score100.optional(),
      }),
    )
    .min(1)
    .max(20)
    .optional(),
});

/** A named sample's conditions. */
export type SampleFilter = z.output<typeof sampleFilter>;

/**
 * True where the conditions look at single answers, so that a study that came as scores cannot be narrowed by them.
 * Example: `looksAtAnswers({ scopes: ['region:N'] })` is false.
 */
export function looksAtAnswers({ attributes, scores }: SampleFilter): boolean {
  return Object.keys(attributes ?? {}).length > 0 || (scores ?? []).length > 0;
}

/** True where the sample can hold anything of a channel: it names that one, or none. */
export function takesChannel({ channels }: SampleFilter, channel: Channel): boolean {
  return channels === undefined || channels.includes(channel);
}

/** True where the sample can hold anything of a quarter: it lies within `from` to `to`, both included, or there are no limits. */
export function takesQuarter({ quarters }: SampleFilter, of: Quarter): boolean {
  return quarters === undefined || (of >= quarters.from && of <= quarters.to);
}
