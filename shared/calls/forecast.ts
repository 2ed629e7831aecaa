/** Forecasts and how they did. Scores named `score100` and every difference are points on 0-100, more is better. */
import { z } from 'zod';
import type { SeriesOutcome } from '../domain/alert/test-words.ts';
import type { RefusalReason } from '../domain/forecast/panel.ts';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { ScopeId, ScopeLevel } from '../domain/scope.ts';
import type { Channel } from '../domain/study-mapping.ts';
import { call, channel, indicator, job, quarter, scheme, series } from './call.ts';
import type { ForecastView, Score, TrendView } from './figure.ts';

/** One curve of the registry through a series: what it gives the coming quarter, and how it did before. */
export interface CurveView {
  id: string;
  name: Bilingual;
  note: Bilingual;
  fitted: { quarter: Quarter; value: number }[];
  next: number | null;
  /**
   * Bands of `next` from the past one-quarter errors of this curve here and at places beside it, and how many errors;
   * null with fewer than four.
   */
  band: { low80: number; high80: number; low95: number; high95: number; errors: number } | null;
  /** Why it cannot be drawn; null when it can. */
  refusal: 'too-few-points' | 'not-positive' | null;
  /** Mean absolute error of one quarter ahead over past quarters, and how many; null without any. */
  pastError: number | null;
  pastQuarters: number;
}

/** A forecast with the curve that explains it. */
export interface FittedForecast extends ForecastView {
  fitted: { quarter: Quarter; value: number }[];
}

/** What became of a series when its quarter came: tested or not, why, and how surprising it was. */
export interface SeriesTest {
  outcome: SeriesOutcome;
  /**
   * Chance that a quarter in which nothing happens shows as large a surprise anywhere, 0-1, with what alerts explain taken
   * out; null where it was not tested.
   */
  chance: number | null;
  words: Bilingual;
}

/** One series read in full. */
export interface SeriesView {
  channel: Channel;
  channelName: Bilingual;
  scope: ScopeId;
  scopeName: Bilingual;
  indicator: string;
  indicatorName: Bilingual;
  scale: { min: number; max: number };
  quarter: Quarter;
  history: { quarter: Quarter; score: Score | null; leftOut: boolean; expected: ForecastView | null }[];
  actual: Score | null;
  /** The stored forecast, of a sample one made on the spot; null where none stands or it was refused. */
  forecast: (FittedForecast & { curveWeight: number; madeAt: string; method: string; stale: boolean }) | null;
  /** Why the run that stands gave no forecast; null where it gave one, or none stands. */
  refusal: Bilingual | null;
  /** Null while the quarter has no data, or nobody has judged it. */
  test: SeriesTest | null;
  curves: CurveView[];
  /** The forecast made anew without the quarters in question, beside the same one with them; null when none is named. */
  whatIf: WhatIf | null;
  /** What trying out (leaving a quarter out, forcing a curve) touches, and what it does not. */
  tryOutNote: Bilingual;
  /** Slow drift: smoothed residuals of stored past forecasts with their limits, in standard deviations. */
  drift: {
    quarter: Quarter;
    z: number;
    smoothed: number;
    limit: number;
    signal: 'none' | 'rising' | 'falling';
  }[];
  breaks: TrendView['breaks'];
  /** What a sample leaves out, and that its forecast is made on the spot; empty for everybody. */
  notes: Bilingual[];
}

/** A forecast tried out. */
export interface WhatIf {
  leaveOut: Quarter[];
  with: FittedForecast | null;
  without: FittedForecast | null;
  /**
   * What the difference would move in the scopes above by the share of answers of the latest quarter, nearest first, points.
   * Their own forecasts stay as they are: trying out concerns this series alone.
   */
  above: { scope: ScopeId; scopeName: Bilingual; points100: number }[];
}

/** Past forecasts of one series, each made from what was known before its quarter. */
export interface BacktestView {
  scopeName: Bilingual;
  indicatorName: Bilingual;
  rows: {
    quarter: Quarter;
    forecast: ForecastView;
    actual: number;
    /** What `actual` rests on. */
    score: Score;
    naive: number | null;
    hit80: boolean;
    hit95: boolean;
  }[];
  summary: {
    quarters: number;
    error: number;
    naiveError: number | null;
    hit80: number;
    hit95: number;
  } | null;
  seconds: number;
}

/** How the stored forecasts of one channel and level did: mean absolute errors in points, shares of hits in 0-1. */
export interface AccuracyRow {
  channel: Channel;
  channelName: Bilingual;
  level: ScopeLevel;
  quarters: number;
  series: number;
  error: number;
  naiveError: number | null;
  hit80: number;
  hit95: number;
}

/** What a forecast run made. */
export interface ForecastRunView {
  quarter: Quarter;
  channels: {
    channel: Channel;
    series: number;
    refused: number;
    alerts: number;
    method: string;
    overlapping: boolean;
  }[];
  seconds: number;
}

/** A standing run forecast again from what it was made of. */
export interface RepeatView {
  channel: Channel;
  quarter: Quarter;
  method: string;
  madeAt: string;
  /** `same`: every number came again exactly. Where data or method have changed since, nothing is forecast. */
  outcome: 'same' | 'different' | 'data-changed' | 'method-changed';
  series: number;
  different: number;
  /** Largest difference of any number, points; null where nothing was forecast. */
  largest: number | null;
}

/** A series that a run gave no forecast of. */
export interface RefusalView {
  channel: Channel;
  scope: ScopeId;
  scopeName: Bilingual;
  indicator: string;
  indicatorName: Bilingual;
  reason: RefusalReason;
  /** The reason as a sentence. */
  words: Bilingual;
}

/** A line of a forecast table. */
export interface ForecastRow extends ForecastView {
  channel: Channel;
  scope: ScopeId;
  scopeName: Bilingual;
  indicator: string;
  indicatorName: Bilingual;
  actual: Score | null;
}

const table = z.strictObject({
  scheme,
  quarter: quarter.optional(),
  channel: channel.optional(),
  level: z.enum(['overall', 'region', 'province', 'city', 'dealer']).optional(),
  indicator: indicator.optional(),
});

/** The calls of this area. */
export const forecastCalls = {
  'forecast.run': call<ForecastRunView[]>()(
    z.strictObject({
      job,
      scheme,
      channels: z.array(channel).default([]),
      /** Quarters to forecast; empty for the last quarter with data and the one after it. `all`: every quarter with history. */
      quarters: z.union([z.array(quarter), z.literal('all')]).default([]),
    }),
    { job: true, alone: true },
  ),
  'forecast.table': call<ForecastRow[]>()(table),
  /** What the table leaves out, with the reason of each. */
  'forecast.refusals': call<RefusalView[]>()(table),
  'forecast.repeat': call<RepeatView[]>()(
    z.strictObject({ job, scheme, channel: channel.optional(), quarter: quarter.optional() }),
    { job: true },
  ),
  'forecast.series': call<SeriesView>()(
    series.extend({
      quarter: quarter.optional(),
      /** Quarters to forecast without, beside the forecast with them. */
      leaveOut: z.array(quarter).max(12).default([]),
    }),
  ),
  'forecast.backtest': call<BacktestView>()(
    series.extend({ job, origins: z.number().int().min(1).max(12).default(8) }),
    { job: true },
  ),
  'forecast.accuracy': call<AccuracyRow[]>()(z.strictObject({ scheme, channel: channel.optional() })),
} as const;
