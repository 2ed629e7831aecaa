/** Studies with their waves, and questionnaires version by version. */
import { z } from 'zod';
import { ATTRIBUTE_GROUPS, type AttributeGroup } from '../domain/attribute-group.ts';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { QuestionChange } from '../domain/questionnaire.ts';
import type { Channel } from '../domain/study-mapping.ts';
import { call, channel, nothing } from './call.ts';
import type { MappingInfo } from './import.ts';

/** One wave: what one questionnaire brought of one quarter. */
export interface WaveView {
  id: number;
  quarter: Quarter;
  questionnaire: string;
  /** ISO days; null where nobody has said. */
  fieldworkFrom: string | null;
  fieldworkTo: string | null;
  provider: string;
  /** Null where the wave has the study's provider. */
  ownProvider: string | null;
  respondents: number;
  dealers: number;
  /** Indicators that were asked. */
  asked: number;
}

/** One version of a study's questionnaire. */
export interface QuestionnaireInfo {
  id: number;
  version: string;
  firstQuarter: Quarter | null;
  lastQuarter: Quarter | null;
  items: number;
  attributes: number;
}

/** One study with its waves and questionnaires, oldest first. */
export interface StudyView {
  id: number;
  code: string;
  channel: Channel;
  channelName: Bilingual;
  kind: 'responses' | 'scores';
  name: Bilingual;
  provider: string;
  /** Whether a reported figure covers a quarter or a year. */
  period: 'quarter' | 'year';
  waves: WaveView[];
  questionnaires: QuestionnaireInfo[];
}

/** One question as its questionnaire asks it. */
export interface QuestionView {
  id: number;
  role: 'item' | 'attribute';
  /** Of a rated question the indicator, else the attribute's own. */
  code: string;
  label: Bilingual;
  /** Of a rated question. */
  indicatorName: Bilingual | null;
  scale: { min: number; max: number } | null;
  reversed: boolean;
  missing: (string | number)[];
  multiple: boolean;
  /** Of an attribute. */
  group: AttributeGroup | null;
  values: { value: string; label: Bilingual }[];
}

/** One version of a questionnaire with its questions. */
export interface QuestionnaireView {
  id: number;
  study: string;
  version: string;
  questions: QuestionView[];
}

/** What two versions differ in, with the names of the indicators they speak of. */
export interface QuestionnaireComparison {
  changes: QuestionChange[];
  /** Questions that stayed as they were. */
  same: number;
  indicatorNames: Record<string, Bilingual>;
}

/** Which indicators each quarter of a channel asked. */
export interface Coverage {
  quarters: Quarter[];
  rows: { code: string; name: Bilingual; asked: boolean[] }[];
}

const id = z.number().int().positive();
const label = z.strictObject({
  zh: z.string().trim().min(1).max(200),
  en: z.string().trim().min(1).max(200),
});
const day = z.iso.date().nullable();
const version = z.union([
  z.strictObject({ questionnaire: id }),
  z.strictObject({ mapping: z.string().min(1).max(120) }),
]);

/** The calls of this area. */
export const studiesCalls = {
  'studies.list': call<StudyView[]>()(nothing),
  'studies.update': call<{ updated: boolean }>()(
    z.strictObject({ study: id, name: label, provider: z.string().trim().max(200) }),
    { alone: true },
  ),
  'studies.wave': call<{ updated: boolean }>()(
    z.strictObject({
      wave: id,
      fieldworkFrom: day,
      fieldworkTo: day,
      provider: z.string().trim().max(200).nullable(),
    }),
    { alone: true },
  ),
  'studies.coverage': call<Coverage>()(z.strictObject({ channel })),
  'questionnaires.get': call<QuestionnaireView>()(z.strictObject({ questionnaire: id })),
  'questionnaires.question': call<{ updated: boolean }>()(
    z.strictObject({
      question: id,
      label,
      group: z.enum(ATTRIBUTE_GROUPS).nullable().default(null),
      values: z
        .array(z.strictObject({ value: z.string().max(200), label }))
        .max(2000)
        .refine((values) => new Set(values.map(({ value }) => value.trim())).size === values.length, {
          message: 'a code may stand once',
        })
        .default([]),
    }),
    { alone: true },
  ),
  'questionnaires.compare': call<QuestionnaireComparison>()(
    z.strictObject({ before: version, after: version }),
  ),
  'questionnaires.draft': call<MappingInfo>()(
    z.strictObject({
      from: id,
      version: z.string().trim().min(1).max(80),
      name: z.string().trim().min(1).max(120),
    }),
    { alone: true },
  ),
} as const;
