/** Channels beside each other. Scores named `score100` and every difference are points on 0-100, more is better. */
import { z } from 'zod';
import type { Agreement } from '../domain/channel/agreement.ts';
import type { LinkedSeries } from '../domain/channel/chain-link.ts';
import { type Comparability, type ComparabilityGrade, LIKENESSES } from '../domain/channel/comparability.ts';
import type { Correlation } from '../domain/channel/correlation.ts';
import type { PairedDifference } from '../domain/channel/paired-difference.ts';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { ScopeId, ScopeLevel } from '../domain/scope.ts';
import type { Channel } from '../domain/study-mapping.ts';
import {
  basis,
  call,
  channel,
  display,
  indicator,
  language,
  nothing,
  path,
  quarter,
  scheme,
  scope,
} from './call.ts';
import type { Change, Score, TrendView, WrittenFile } from './figure.ts';

/** One question that measures an indicator, with the waves that asked it. */
export interface CrosswalkQuestion {
  channel: Channel;
  questionnaire: number;
  study: Bilingual;
  version: string;
  code: string;
  label: Bilingual;
  scale: { min: number; max: number };
  reversed: boolean;
  firstQuarter: Quarter;
  lastQuarter: Quarter;
}

/** Which questions measure which stable indicator. */
export interface Crosswalk {
  channels: Channel[];
  rows: {
    indicator: string;
    name: Bilingual;
    role: 'index' | 'factor' | 'item' | 'question';
    questions: CrosswalkQuestion[];
  }[];
}

/** One side of a pair over the common period. */
export interface ChannelSide {
  channel: Channel;
  name: Bilingual;
  scale: { min: number; max: number };
  /** Over the common quarters; null where hidden. */
  score: Score | null;
  /** Respondents of the scope in the common quarters. */
  respondents: number;
  /** Places of the level that have answers in any quarter of its own in the period. */
  units: number;
  quarters: Quarter[];
  breaks: TrendView['breaks'];
}

/** One common unit of a pair; both figures may be shown. */
export interface PairUnit {
  scope: ScopeId;
  name: Bilingual;
  first: Score;
  second: Score;
  difference: Change;
}

/** Items that a figure is made of, in both channels and in one alone; where none is shared, the figures are not compared. */
export interface SharedItems {
  shared: number;
  onlyFirst: number;
  onlySecond: number;
}

/** Two channels against each other. Differences are first minus second. */
export interface ChannelPair {
  first: ChannelSide;
  second: ChannelSide;
  /** Those with items in common. */
  indicators: { code: string; name: Bilingual }[];
  /** What the chosen indicator is made of on both sides. */
  items: SharedItems;
  /** Quarters that both have; those that the comparison is over. */
  common: Quarter[];
  used: Quarter[];
  /** A study's windows overlap, so that its last quarter alone stands for several. */
  windowed: boolean;
  level: ScopeLevel;
  /** Places that both have answers in, and those of them whose figures are shown. */
  commonUnits: number;
  units: PairUnit[];
  /** Of the scope as a whole. */
  pooled: Change | null;
  /** Half the interval of the pooled difference is in `pooled`; this one is over units. */
  paired: PairedDifference;
  agreement: Agreement | null;
  /** Changes from quarter to quarter of the scope, one beside the other. */
  overTime: {
    points: { quarter: Quarter; first: Score | null; second: Score | null }[];
    changes: Correlation;
  };
  /** Every indicator that both asked, over the same quarters. */
  byIndicator: {
    code: string;
    name: Bilingual;
    first: Score | null;
    second: Score | null;
    difference: Change | null;
  }[];
  comparability: ComparabilityView;
  /** What the basis leaves out. */
  notes: Bilingual[];
}

/** How comparable a pair is, as the data suggest and as somebody declared. */
export interface ComparabilityView {
  suggested: Comparability & { grade: ComparabilityGrade };
  declared: (Comparability & { grade: ComparabilityGrade; note: string; at: string }) | null;
  /** What the data say of it: the newest question of each side for every indicator that both ask. */
  found: {
    questions: number;
    sameScale: number;
    sameWording: number;
    /** Scales of those questions, the most common first. */
    firstScales: { min: number; max: number }[];
    secondScales: { min: number; max: number }[];
    /** Both ask present customers; otherwise one side asks customers that were lost. */
    bothCustomers: boolean;
  };
}

/** A questionnaire of a study as a series of its own. */
export interface SeriesSegment {
  questionnaire: number;
  channel: Channel;
  study: Bilingual;
  version: string;
  quarters: Quarter[];
}

/** Two segments of one scope and indicator, and the series they make when linked. */
export interface LinkedView {
  older: { quarter: Quarter; score: Score | null }[];
  newer: { quarter: Quarter; score: Score | null }[];
  linked: LinkedSeries;
}

/** One channel of one place. */
export interface PlaceChannel {
  channel: Channel;
  name: Bilingual;
  scale: { min: number; max: number };
  /** The quarters that the figure is over; empty where the channel has nothing there. */
  quarters: Quarter[];
  score: Score | null;
  sinceLastYear: Change | null;
  trend: { quarter: Quarter; score: Score | null }[];
}

/** All channels of one place, and where they disagree. */
export interface PlaceChannels {
  scope: { id: ScopeId; level: ScopeLevel; name: Bilingual };
  path: { id: ScopeId; name: Bilingual }[];
  channels: PlaceChannel[];
  rows: {
    indicator: string;
    name: Bilingual;
    role: 'index' | 'factor' | 'item' | 'question';
    /** In the order of `channels`. */
    scores: (Score | null)[];
    /** Every pair that both measured in the same quarters, with items in common; tested as one family over the table. */
    pairs: { first: number; second: number; difference: Change }[];
  }[];
  notes: Bilingual[];
}

const pair = z.strictObject({
  scheme,
  first: channel,
  second: channel,
  scope: scope.default('overall'),
  level: z.enum(['region', 'province', 'city', 'dealer']).default('dealer'),
  /** Quarters to take; all that both have without it. */
  period: z.strictObject({ first: quarter, last: quarter }).optional(),
  indicator: indicator.default(''),
  basis,
});

const place = z.strictObject({
  scheme,
  scope,
  quarter: quarter.optional(),
  /** 1 takes the last quarter of each channel, 4 its last four together. */
  quarters: z.union([z.literal(1), z.literal(4)]).default(1),
  basis,
});

const likeness = z.enum(LIKENESSES);

/** The calls of this area. */
export const channelsCalls = {
  'channels.crosswalk': call<Crosswalk>()(nothing),
  'channels.pair': call<ChannelPair>()(pair),
  'channels.place': call<PlaceChannels>()(place),
  'channels.segments': call<SeriesSegment[]>()(nothing),
  'channels.link': call<LinkedView>()(
    z.strictObject({
      scheme,
      scope: scope.default('overall'),
      indicator: indicator.default(''),
      older: z.number().int().positive(),
      newer: z.number().int().positive(),
    }),
  ),
  'channels.declare': call<ComparabilityView>()(
    z.strictObject({
      first: channel,
      second: channel,
      /** Null takes the declaration back. */
      declared: z
        .strictObject({
          scale: likeness,
          population: likeness,
          question: likeness,
          note: z.string().max(2000),
        })
        .nullable(),
    }),
    { alone: true },
  ),
  'channels.export': call<WrittenFile>()(
    z.strictObject({
      path,
      language,
      display,
      what: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('crosswalk') }),
        z.strictObject({ kind: z.literal('pair'), input: pair }),
        z.strictObject({ kind: z.literal('place'), input: place }),
      ]),
    }),
  ),
} as const;
