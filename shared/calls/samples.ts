/** Named samples: conditions on respondents that every analysis can be made on. */
import { z } from 'zod';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import { type SampleFilter, sampleFilter } from '../domain/sample-filter.ts';
import type { Channel } from '../domain/study-mapping.ts';
import { call, nothing, scheme } from './call.ts';

/** A saved sample; `words` says its conditions. */
export interface SampleInfo {
  id: number;
  name: string;
  note: string;
  filter: SampleFilter;
  words: Bilingual;
  actor: string;
  savedAt: string;
}

/**
 * What a sample holds of one channel. `reach` is `part` or `none` where studies that came as scores are left out,
 * because single answers cannot be looked at there.
 */
export interface SampleChannel {
  channel: Channel;
  name: Bilingual;
  n: number;
  /** Respondents of the channel, sample or not. */
  of: number;
  dealers: number;
  quarters: { quarter: Quarter; n: number }[];
  reach: 'all' | 'part' | 'none';
}

/** Another sample that holds all but a few of the same respondents of a channel, and how many those are. */
export interface NearSample {
  id: number;
  name: string;
  channel: Channel;
  channelName: Bilingual;
  respondents: number;
}

/** What a sample holds, and whose figures beside its own would tell what a few said. */
export interface SamplePreview {
  words: Bilingual;
  channels: SampleChannel[];
  near: NearSample[];
}

/** An attribute that respondents can be chosen by, with its choices in the order of their codes. */
export interface SampleAttribute {
  code: string;
  label: Bilingual;
  channels: Channel[];
  choices: { value: string; label: Bilingual }[];
}

const name = z.string().trim().min(1).max(80);
const id = z.number().int().positive();

/** The calls of this area. */
export const samplesCalls = {
  'samples.list': call<SampleInfo[]>()(nothing),
  'samples.attributes': call<SampleAttribute[]>()(nothing),
  'samples.preview': call<SamplePreview>()(
    /** `id`: the kept sample that is being changed. */
    z.strictObject({ scheme, filter: sampleFilter, id: id.optional() }),
  ),
  'samples.save': call<SampleInfo>()(
    z.strictObject({
      id: id.optional(),
      name,
      note: z.string().max(500).default(''),
      filter: sampleFilter,
    }),
    { alone: true },
  ),
  'samples.rename': call<SampleInfo>()(z.strictObject({ id, name }), { alone: true }),
  'samples.delete': call<{ deleted: boolean }>()(z.strictObject({ id }), { alone: true }),
} as const;
