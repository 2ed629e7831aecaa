/** The standing of one scope. Scores named `score100` and every difference are points on 0-100, more is better. */
import { z } from 'zod';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { ScopeId, ScopeLevel, ScopeNode } from '../domain/scope.ts';
import { CHANNELS, type Channel } from '../domain/study-mapping.ts';
import type { AlertView } from './alerts.ts';
import { basis, call, channel, indicator, quarter, scheme, scope } from './call.ts';
import type { Absence, Change, ForecastView, Score, TrendView } from './figure.ts';

/** What a row can be compared with, beside the same figure of another channel. */
export const COMPARISONS = ['rest', 'previous', 'last-year'] as const;

/** A channel's standing in one scope and quarter. */
export interface ChannelStanding {
  channel: Channel;
  name: Bilingual;
  scale: { min: number; max: number };
  quarter: Quarter;
  score: Score | null;
  /** Why there is no score; null where there is one. */
  absence: Absence | null;
  sincePrevious: Change | null;
  sinceLastYear: Change | null;
  expected: ForecastView | null;
  next: ForecastView | null;
}

/** A row of an area or indicator table. */
export interface StandingRow {
  scope: ScopeId;
  level: ScopeLevel;
  name: Bilingual;
  indicator: string;
  score: Score | null;
  /** Against the rest of the parent. Each of the three is marked with the false-discovery rate held over its table. */
  againstRest: Change | null;
  sincePrevious: Change | null;
  /** Against what the caller asked for. */
  compared: Change | null;
  next: ForecastView | null;
  spark: (number | null)[];
}

/** The overview of one scope. */
export interface Overview {
  scope: ScopeNode;
  path: { id: ScopeId; name: Bilingual }[];
  quarter: Quarter;
  channels: ChannelStanding[];
  /** The channel that areas, provinces and indicators are of; null where none asked the indicator. */
  lead: Channel | null;
  trends: TrendView[];
  /** Children of the scope for the leading channel. */
  areas: StandingRow[];
  /** Every province below the scope for the leading channel, for the map; empty below a province. */
  provinces: StandingRow[];
  /** Indicators of the scope for the leading channel. */
  indicators: StandingRow[];
  alerts: AlertView[];
  /** What the basis leaves out; empty for everybody under the current weights. */
  notes: Bilingual[];
}

/** The calls of this area. */
export const overviewCalls = {
  'overview.get': call<Overview>()(
    z.strictObject({
      scheme,
      scope,
      quarter: quarter.optional(),
      channel: channel.optional(),
      indicator: indicator.default(''),
      /** What the rows of the tables are compared with: another channel by its name. */
      against: z.enum([...COMPARISONS, ...CHANNELS]).default('rest'),
      basis,
    }),
  ),
} as const;
