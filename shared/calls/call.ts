/** What the tables of calls are written with: a call's row, and the inputs that many calls share. */
import { z } from 'zod';
import { SCORE_DISPLAYS } from '../domain/score/display.ts';
import { CHANNELS } from '../domain/study-mapping.ts';

/** A path of the computer that runs the engine; a page holds a token instead. */
export const path = z.string().min(1).max(1000);
/** A quarter, counted from year 0: `year * 4 + quarter - 1`. */
export const quarter = z
  .number()
  .int()
  .min(1900 * 4)
  .max(2200 * 4);
/** The id of a place. Example: `region:East`; `overall` is the whole. */
export const scope = z.string().min(1).max(200);
/** The number of a region scheme. */
export const scheme = z.number().int().positive();
/** The kind of study that a figure comes from. */
export const channel = z.enum(CHANNELS);
/** The code of an indicator; '' is the index. */
export const indicator = z.string().max(80);
/** The input of a call that asks for nothing. */
export const nothing = z.strictObject({});
/** The name of a running job, chosen by whoever started it. */
export const jobId = z.string().min(1).max(64);
/** Long calls take the name under which they report progress and can be cancelled. */
export const job = jobId.optional();

/** The language of what is written into a file. */
export const language = z.enum(['zh-CN', 'en']);
/** The scale on which an exported file prints scores, differences and margins. */
export const display = z.enum(SCORE_DISPLAYS).default('harmonised');

/**
 * What an analysis is made on, where it is not every respondent under the current weights: a named sample, another
 * version of the indicator weights, other weights of the respondents.
 */
export const basis = z
  .strictObject({
    sample: z.number().int().positive().optional(),
    weightSet: z.number().int().positive().optional(),
    weighting: z.number().int().positive().optional(),
  })
  .default({});
/** `basis` as the engine receives it. */
export type Basis = z.output<typeof basis>;

/** The history of one indicator at one place. */
export const series = z.strictObject({
  scheme,
  channel,
  scope: scope.default('overall'),
  indicator: indicator.default(''),
  basis,
});

/** One call: the schema of its input, the type of its answer, and how it has to run. */
export function call<Output>() {
  return <Input extends z.ZodType>(
    input: Input,
    options: { job?: boolean; offline?: boolean; alone?: boolean } = {},
  ) => ({
    input,
    /** Runs long: takes `job`, reports progress, can be cancelled. */
    job: options.job ?? false,
    /** Needs no open database. */
    offline: options.offline ?? false,
    /** Changes the data, or rests on them standing still: such calls run one after the other, in order of arrival. */
    alone: options.alone ?? false,
    output: undefined as unknown as Output,
  });
}
