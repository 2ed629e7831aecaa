/**
 * What a dealer report is made from: plain facts, gathered by the engine, without any wording or layout.
 *
 * Units: `score100` and every difference are points on the harmonised 0-100 scale where more is better;
 * `native` is the study's own scale (after turning reversed items). No number is ever NaN or infinite: what
 * is missing is an `Absent` with its reason. Small cells come in as they are; `protectSmallCells` takes
 * their values out before anything is written. Names are already in the report's language.
 */
import type { Language } from '../domain/language.ts';
import type { TierRules } from '../domain/precision.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { ScopeLevel } from '../domain/scope.ts';
import type { ScoreDisplay } from '../domain/score/display.ts';

/**
 * Why a figure is missing. `not-asked`: the questionnaire of that wave lacks the item; `no-data`: asked, nobody
 * answered; `small-base`: fewer effective answers than may be shown; `complementary`: hidden because it would
 * give another hidden cell away by subtraction; `no-earlier-wave`: nothing to compare with; `break`: a change of
 * questionnaire, provider or weights forbids the comparison; `too-few-points`: the series is too short to forecast.
 */
export type AbsentReason =
  | 'not-asked'
  | 'no-data'
  | 'small-base'
  | 'complementary'
  | 'no-earlier-wave'
  | 'break'
  | 'too-few-points';

/** A figure that is missing, with the reason. Example: `{ kind: 'absent', reason: 'not-asked' }`. */
export interface Absent {
  kind: 'absent';
  reason: AbsentReason;
}

/** A score with its precision. `margin100` is the half width of the 95 % interval, null when n_eff < 2. */
export interface ScoreFigure {
  kind: 'score';
  /** On the channel's own scale. */
  native: number;
  score100: number;
  /** Respondents counted. */
  n: number;
  /** Effective sample size, (sum w)^2 / sum w^2; 0 < nEff <= n. */
  nEff: number;
  margin100: number | null;
}

/** A score or the reason for its absence. */
export type Cell = ScoreFigure | Absent;

/** Whether a difference is more than chance, and its direction. */
type Significance = 'higher' | 'lower' | 'none';

/** A difference in points of 0-100 with its test and half its 95 % interval, absent where there is no test; `none` also where no test may be made (grey tier). */
export type Difference =
  | { kind: 'difference'; points100: number; margin100?: number | undefined; significance: Significance }
  | Absent;

/** One indicator of one channel, in the order of the indicator tree (parents before their children). */
export interface IndicatorFacts {
  code: string;
  name: string;
  /** Code of the parent within the same channel, null for the index on top. */
  parent: string | null;
  /** 0 for the index, 1 for factors, 2 for items. */
  depth: number;
  dealer: Cell;
  /** The whole region, this dealer included. */
  region: Cell;
  /** The whole nation. */
  nation: Cell;
  /** `dealer - region` in points as printed; tested by Welch's t against the region *without* this dealer. */
  gapToRegion: Difference;
  /** Place among the region's dealers of full tier, 1 is best; null unless this dealer is of full tier too. */
  rank: { position: number; of: number } | null;
  sincePrevious: Difference;
  sinceLastYear: Difference;
}

/** A prediction for one quarter with its 80 and 95 % intervals, points of 0-100. */
export type ForecastFigure =
  | {
      kind: 'forecast';
      quarter: Quarter;
      point: number;
      lo80: number;
      hi80: number;
      lo95: number;
      hi95: number;
    }
  | Absent;

/** One point of a trend. `fitted` is the forecast curve's value at that quarter, null outside its window. */
interface TrendPoint {
  quarter: Quarter;
  dealer: Cell;
  region: Cell;
  fitted: number | null;
}

/**
 * The history of a channel's leading indicator at this dealer, oldest quarter first, none after the report's.
 * Quarters without a wave may be left out.
 */
export interface TrendFacts {
  indicatorName: string;
  points: TrendPoint[];
  /** What had been predicted for the report's quarter before it was measured. */
  expected: ForecastFigure;
  /** The prediction for the quarter after the report's. */
  next: ForecastFigure;
  /** Quarters from which figures no longer compare with earlier ones, with a short label. */
  breaks: { quarter: Quarter; label: string }[];
}

/** One channel (study) at this dealer. */
export interface ChannelFacts {
  code: string;
  name: string;
  /** The study's own scale, e.g. `{ min: 1, max: 10, decimals: 2 }`. */
  scale: { min: number; max: number; decimals: number };
  /** The first one is the channel's index; empty when the channel did not cover the dealer. */
  indicators: IndicatorFacts[];
  /** Null when the channel has no history at this dealer. */
  trend: TrendFacts | null;
}

/** An alert on the dealer or on one of its parents. Values in points of 0-100. */
export interface AlertFact {
  /** Code of its `ChannelFacts`, and of its `IndicatorFacts` there; '' is the index. */
  channel: string;
  indicator: string;
  channelName: string;
  level: ScopeLevel;
  scopeName: string;
  indicatorName: string;
  actual: number;
  /** Half the 95 % interval of `actual`; null where it is not known. */
  margin100: number | null;
  /** Answers behind `actual`; the value is hidden with them. */
  n: number;
  expected: number;
  lo95: number;
  hi95: number;
  /** Estimated change at this place, with what the other alerts explain taken out. */
  shift: number;
  /** Half the 95 % interval of `shift`. */
  shiftMargin100: number;
  direction: 'above' | 'below';
}

/** One line of the approved annual plan at this dealer, points of 0-100. */
export interface PlanTarget {
  channelName: string;
  indicatorName: string;
  /**
   * Where the dealer starts, drawn towards its peers where the base is small, with half its 95 % interval; null where
   * too few answers stand behind it. Base and margin are null where they were not kept.
   */
  baseline: { score100: number; n: number | null; margin100: number | null; tier: 'grey' | 'full' } | null;
  target100: number;
  /** What the year would bring without effort; null without a baseline or a forecast that reaches so far. */
  natural100: number | null;
}

/** What the figures were made from; printed in the footer of every page. */
interface ReportProvenance {
  snapshotId: string;
  schemeName: string;
  weightSetName: string;
  methodVersion: string;
}

/** Everything a dealer report says. `generatedOn` is an ISO date fixed for a batch, so that bytes repeat. */
export interface DealerReportFacts {
  dealer: { code: string; name: string; city: string; province: string; region: string };
  quarter: Quarter;
  language: Language;
  /** The scale that scores, differences and margins are printed on, beside each study's own. */
  display: ScoreDisplay;
  generatedOn: string;
  provenance: ReportProvenance;
  tiers: TierRules;
  channels: ChannelFacts[];
  alerts: AlertFact[];
  /** Null while no plan of that year is approved. */
  plan: { year: number; targets: PlanTarget[] } | null;
}
