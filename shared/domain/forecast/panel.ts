import type { Bilingual } from '../language.ts';
import type { Quarter } from '../quarter.ts';

/** One unit of the tree. `parent` is an index into the panel's units, smaller than the unit's own; -1 for the root. */
export interface PanelUnit {
  id: string;
  /** Rung of the ladder; units of one level learn from each other. */
  level: string;
  parent: number;
}

/** One indicator of the panel. */
export interface PanelIndicator {
  code: string;
  /** Weight in the composite index; weights must sum to 1. 0 keeps an indicator out of the index. */
  weight: number;
  /** Standard deviation of a single respondent's answer, points on 0-100. */
  sd: number;
}

/** A quarter whose scores do not continue the earlier ones. */
export interface PanelBreak {
  /** Index of the indicator; -1 for all of them (another provider, other weights). */
  indicator: number;
  /** First quarter on the new footing. */
  quarter: Quarter;
}

/**
 * One channel's scores on 0-100. Units parents first, unit 0 the root; quarters strictly increasing, gaps allowed.
 * `scores[(u * K + k) * T + t]`, NaN where not asked or missing.
 * `bases` are effective base sizes, `[u * T + t]` or `[(u * K + k) * T + t]`; 0 or NaN where unknown.
 * `nextBases[u]` is the expected base of the coming wave (default: mean of the last four known ones).
 */
export interface ForecastPanel {
  units: readonly PanelUnit[];
  indicators: readonly PanelIndicator[];
  quarters: readonly Quarter[];
  scores: Float64Array;
  bases: Float64Array;
  nextBases?: Float64Array;
  breaks?: readonly PanelBreak[];
  /** The waves share respondents (12-month rolling scores). Undeclared, the panel's own data are asked. */
  overlappingWindows?: boolean;
}

/** Why a series has no forecast. */
export const REFUSAL_REASONS = ['no-scores', 'no-recent-scores', 'no-parent'] as const;
/** One reason of `REFUSAL_REASONS`. */
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** What a reader should know about a forecast; bits of `PanelForecast.flags`. */
export const FORECAST_FLAGS = {
  'short-history': 1,
  'no-history': 2,
  'overlapping-windows': 4,
  break: 8,
  'base-unknown': 16,
} as const;
/** The name of one bit of `FORECAST_FLAGS`. */
export type ForecastFlag = keyof typeof FORECAST_FLAGS;

/**
 * The forecast of every unit x (K indicators, then the composite index as column K), as flat arrays at
 * `u * (K + 1) + k`. Where `refused` is not 0 the numbers mean nothing; read single cells through `seriesForecast`.
 */
export interface PanelForecast {
  target: Quarter;
  /** K + 1. */
  columns: number;
  unitCount: number;
  /** 0, or 1 + the index in `REFUSAL_REASONS`. */
  refused: Uint8Array;
  point: Float64Array;
  low80: Float64Array;
  high80: Float64Array;
  low95: Float64Array;
  high95: Float64Array;
  /**
   * Standard deviation of the true mean, without the coming wave's sampling error: of the parts added up, as alerts
   * test them. The bands are scaled by how their level did besides.
   */
  meanSd: Float64Array;
  /** The same of the coming score: of the true mean and of its sampling. */
  waveSd: Float64Array;
  /** Index into `kernels` of the curve family that explains the series best. */
  kernel: Uint8Array;
  /** Its posterior weight, 0-1. */
  kernelWeight: Float64Array;
  /** Quarters of history used. */
  historyLength: Uint8Array;
  /** Bits of `FORECAST_FLAGS`. */
  flags: Uint8Array;
  /** The drawn curve in quarters `fittedFrom` .. `fittedFrom + fittedLength - 1`: `fitted[cell * fittedLength + i]`. */
  fitted: Float64Array;
  fittedFrom: Quarter;
  fittedLength: number;
  kernels: readonly { id: string; name: Bilingual }[];
  components: ForecastComponents;
}

/**
 * The independent parts a forecast is the sum of: the unit's own movement against its parent (the overall mean at the
 * root), and the rest of each indicator within the unit. Alerts test these.
 */
export interface ForecastComponents {
  /** Predictive variance of the unit's own part of the true mean, `[u]`; meaningless where `unitHistory` is 0. */
  unitVariance: Float64Array;
  /** Predictive variance of the indicator's rest, `[u * K + k]`; meaningless where `restHistory` is 0. */
  restVariance: Float64Array;
  /** Quarters behind the parts; below 1 no alert is raised. */
  unitHistory: Uint8Array;
  restHistory: Uint8Array;
  /** Expected share of the unit in its parent, 0-1 (the root has 1). */
  share: Float64Array;
  /** Scores of neighbouring waves share respondents, so a wave adds no sampling error of its own. */
  overlapping: boolean;
  /** Correlation of a respondent's answers to two indicators. */
  halo: number;
}

/** One forecast, ready to be shown. */
export interface SeriesForecast {
  kind: 'forecast';
  target: Quarter;
  point: number;
  low80: number;
  high80: number;
  low95: number;
  high95: number;
  meanSd: number;
  waveSd: number;
  kernel: { id: string; name: Bilingual };
  kernelWeight: number;
  historyLength: number;
  flags: ForecastFlag[];
  fitted: { quarter: Quarter; value: number }[];
}

/** No forecast, and why. */
export interface RefusedForecast {
  kind: 'refused';
  reason: RefusalReason;
}

/**
 * One cell of a panel forecast; `column` 0 .. K - 1 are the indicators, K is the index. Throws outside the panel.
 * Example: `seriesForecast(forecast, 0, forecast.columns - 1)` is the overall index.
 */
export function seriesForecast(
  f: PanelForecast,
  unit: number,
  column: number,
): SeriesForecast | RefusedForecast {
  if (!(unit >= 0 && unit < f.unitCount && column >= 0 && column < f.columns))
    throw new RangeError(`seriesForecast: unit ${unit}, column ${column}`);
  const cell = unit * f.columns + column;
  const refusal = f.refused[cell]!;
  if (refusal > 0) return { kind: 'refused', reason: REFUSAL_REASONS[refusal - 1]! };
  const from = cell * f.fittedLength;
  return {
    kind: 'forecast',
    target: f.target,
    point: f.point[cell]!,
    low80: f.low80[cell]!,
    high80: f.high80[cell]!,
    low95: f.low95[cell]!,
    high95: f.high95[cell]!,
    meanSd: f.meanSd[cell]!,
    waveSd: f.waveSd[cell]!,
    kernel: f.kernels[f.kernel[cell]!]!,
    kernelWeight: f.kernelWeight[cell]!,
    historyLength: f.historyLength[cell]!,
    flags: (Object.keys(FORECAST_FLAGS) as ForecastFlag[]).filter(
      (name) => f.flags[cell]! & FORECAST_FLAGS[name],
    ),
    fitted: Array.from(f.fitted.subarray(from, from + f.fittedLength), (value, i) => ({
      quarter: f.fittedFrom + i,
      value,
    })),
  };
}
