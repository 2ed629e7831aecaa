/** Figures as every screen prints them. Scores named `score100` and every difference are points on 0-100, more is better. */
import type { Bilingual } from '../domain/language.ts';
import type { PrecisionTier } from '../domain/precision.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { ScopeId, ScopeLevel } from '../domain/scope.ts';
import type { Channel } from '../domain/study-mapping.ts';

/** How much of a figure may be shown, by effective base size: nothing, the figure without rank or mark, all. */
export type Tier = PrecisionTier;

/** A figure with its precision. Native is on the channel's scale. `margin100` is null below two effective answers. */
export interface Score {
  score100: number;
  native: number;
  n: number;
  nEff: number;
  margin100: number | null;
  tier: Tier;
}

/** Why no score stands at a place: its base keeps it hidden, the wave did not ask it, or nobody answered. */
export type Absence = 'small-base' | 'not-asked' | 'no-data';

/** A difference with its test; `p` is null where no test may be made (grey or hidden). */
export interface Change {
  points100: number;
  p: number | null;
  /** Half the width of the 95 % interval of the difference; absent where there is no test. */
  margin100?: number;
  /** After false-discovery control over the family it is shown in; the mark then follows it. */
  adjustedP?: number;
  significance: 'higher' | 'lower' | 'none';
}

/** A forecast with its intervals for the coming wave, clipped to 0-100. */
export interface ForecastView {
  quarter: Quarter;
  point: number;
  low80: number;
  high80: number;
  low95: number;
  high95: number;
  curve: string;
  curveName: Bilingual;
  history: number;
  flags: string[];
}

/** One quarter of a trend. `score` is null where nothing was asked or the base is hidden. */
export interface TrendPointView {
  quarter: Quarter;
  score: Score | null;
  /** What had been expected before the quarter was measured; null before the first forecast. */
  expected: ForecastView | null;
}

/** The trend of one scope x indicator x channel. */
export interface TrendView {
  channel: Channel;
  channelName: Bilingual;
  indicator: string;
  points: TrendPointView[];
  next: ForecastView | null;
  /** Quarters from which a questionnaire, weight or provider change forbids the comparison. */
  breaks: { quarter: Quarter; label: Bilingual }[];
}

/** A part of a change: what a child's own score did, and what its share did; points of the whole. */
export interface SplitPartView {
  /** '' for the children whose figures are too small to show, taken together. */
  scope: ScopeId;
  name: Bilingual;
  rate: number;
  mix: number;
}

/** A whole's difference split exactly over its children, against what was expected or the quarter before. */
export interface SplitView {
  against: 'expected' | 'previous';
  change: number;
  rate: number;
  mix: number;
  parts: SplitPartView[];
}

/** A figure beside what was expected of it. `z` is the surprise in standard deviations of the expected score. */
export interface SurpriseRow {
  scope: ScopeId;
  level: ScopeLevel;
  name: Bilingual;
  indicator: string;
  indicatorName: Bilingual;
  score: Score;
  expected: ForecastView;
  z: number;
}

/** A file that was written. */
export interface WrittenFile {
  file: string;
  bytes: number;
  /** Names of the tables that it does not hold, since a CSV file is one table: the first. Absent where it holds all. */
  leftOut?: string[];
}
