/** The close of a quarter. Scores named `score100` and every difference are points on 0-100, more is better. */
import { z } from 'zod';
import type { SeriesOutcome } from '../domain/alert/test-words.ts';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { Channel } from '../domain/study-mapping.ts';
import { call, quarter, scheme } from './call.ts';
import type { Change, ForecastView, Score, SurpriseRow } from './figure.ts';

/** Which series of a quarter took part in its alert tests, over all scopes and indicators that were asked. */
export interface QuarterTests {
  /** Scope x indicator with a score this quarter. */
  series: number;
  /** Of these, tested. */
  tested: number;
  /** What became of them, the most frequent first; the counts sum to `series`. */
  outcomes: { outcome: SeriesOutcome; words: Bilingual; series: number }[];
}

/** One channel at the close of a quarter: what was expected, what came, what needs a look, what went well. */
export interface ChannelClose {
  channel: Channel;
  name: Bilingual;
  scale: { min: number; max: number };
  score: Score | null;
  expected: ForecastView | null;
  position: 'above' | 'below' | 'inside' | null;
  sincePrevious: Change | null;
  /** Figures of regions and provinces and of indicators that were expected, and how many came inside their 80 and 95 % bands. */
  tested: number;
  inside80: number;
  inside95: number;
  alerts: { above: number; below: number; open: number };
  /** Null where no run has judged the quarter. */
  tests: QuarterTests | null;
  needsLook: CloseRow[];
  wentWell: CloseRow[];
  next: ForecastView | null;
  stale: boolean;
}

/** A line of the close; `alert` where the surprise is beyond chance over everything that was tested. */
export interface CloseRow extends SurpriseRow {
  alert: number | null;
  /**
   * Of an alert what happened at the place itself, otherwise actual minus expected; with half the width of its 95 %
   * interval, which of the latter holds the forecast's error and the sampling of the actual.
   */
  shift: { points100: number; margin100: number };
}

/** The close of a quarter. */
export interface QuarterClose {
  quarter: Quarter;
  channels: ChannelClose[];
}

/** The calls of this area. */
export const closeCalls = {
  'quarter.close': call<QuarterClose>()(z.strictObject({ scheme, quarter: quarter.optional() })),
} as const;
