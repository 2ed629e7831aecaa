import type { Quarter } from '../quarter.ts';

/** What moved: everything, one indicator everywhere, one unit on all indicators, or one indicator in one unit. */
export type AlertKind = 'overall' | 'indicator' | 'unit' | 'unit-indicator';

/** Which way the score went. A good surprise is practice worth spreading. */
export type AlertDirection = 'better' | 'worse';

/**
 * `localised`: this scope explains the surprise. `diffuse`: the overall left its band and no smaller scope or single
 * indicator accounts for it.
 */
export type AlertReach = 'localised' | 'diffuse';

/** A quarter's surprise, named at the smallest scope x indicator that explains it. */
export interface Alert {
  kind: AlertKind;
  reach: AlertReach;
  direction: AlertDirection;
  target: Quarter;
  /** Index of the unit in the panel; 0 is the root. */
  unit: number;
  unitId: string;
  /** Index of the indicator, -1 for the index. */
  indicator: number;
  /** Estimated shift of the scope's own score, points on 0-100, and its standard error. */
  shift: number;
  shiftError: number;
  /** The shift over its standard error. */
  z: number;
  /** Tail probability of that explanation alone. */
  p: number;
  /** Share of false alarms to expect among this alert and the more certain ones, corrected for everything tested. */
  adjustedP: number;
  /** The scope's score as expected and as it came, and the 95 % band. */
  expected: number;
  actual: number;
  low95: number;
  high95: number;
  /** Points of `actual - expected` that come from who answered (shares of the scopes below), not from their scores. */
  mixEffect: number;
  /** Effective base of the scope this quarter; NaN where unknown. */
  base: number;
  /** Points by which the shift moved the overall index. */
  overallEffect: number;
}

/** One quarter's scores and bases as they came: `scores[u * K + k]` (NaN not asked), `bases[u]` or `[u * K + k]`. */
export interface WaveScores {
  scores: Float64Array;
  bases: Float64Array;
}

/** The promise: at most this chance of any false alarm in a quarter in which nothing happened, over every place and item. */
export const NOMINAL_RATE = 0.1;

/**
 * What the tests of a quarter may spend of the promise: one part for what came all at once, one for slow drift, the rest
 * kept back, since the variances they rest on come from a dozen quarters.
 */
export const QUARTER_BUDGET = { sudden: 0.07, drift: 0.02 };

/** Version of the rules that alerts are raised by; another one makes stored alerts out of date. */
export const ALERT_METHOD = 'matched-filter-3';

/** Choices of the alert rules; every one has a default. */
export interface AlertOptions {
  /** With nothing wrong, the chance of any alert. Default `QUARTER_BUDGET.sudden`. */
  budget?: number;
  /** Smallest shift that matters in practice, points. Default .5. */
  minimumShift?: number;
  /** Smallest effective base that takes a mark. Default `DEFAULT_TIERS.fullFrom`. */
  minimumBase?: number;
  /** Most alerts a quarter. Default 20. */
  limit?: number;
}
