import type { Bilingual } from '../language.ts';
import { defaultFreePrior } from './default-prior.ts';
import { SPAN } from './kernel.ts';
import { drawCurve } from './mixture.ts';
import { frameOf, type SeriesFrame, withinReach } from './series-frame.ts';
import {
  type Believed,
  checkSeries,
  cutSeries,
  type FreeSeries,
  freeDictionary,
  learnSeries,
  learnWidening,
  nothingBelieved,
  poolBand,
  type SeriesPool,
  type Widening,
} from './series-pool.ts';

/** Choices of a series forecast; every one has a default. */
export interface SeriesOptions {
  /** Quarters ahead, 1-8. Default 1. */
  horizon?: number;
  /** Latest values used, 1-20. Default 16. */
  historyLength?: number;
  /** How many series the shipped prior counts for. Default 100. */
  pseudoCount?: number;
  /** Sampling variance of the coming values; added to the bands. Default 0. */
  nextVariance?: number;
  /** Prior weights of the components of `freeDictionary`. Default: the shipped ones. */
  prior?: Float64Array;
}

/** One quarter of a forecast. */
export interface StepForecast {
  quarter: number;
  point: number;
  low80: number;
  high80: number;
  low95: number;
  high95: number;
}

/** The forecast of a series. */
export interface FreeForecast {
  kind: 'forecast';
  steps: StepForecast[];
  kernel: { id: string; name: Bilingual };
  kernelWeight: number;
  historyLength: number;
  /** The drawn curve in the quarters of the history used. */
  fitted: { quarter: number; value: number }[];
}

/** A series without values. */
export interface NoFreeForecast {
  kind: 'refused';
  reason: 'no-scores';
}

/**
 * Forecasts series that resemble each other: the pooled family of curves on any scale. The siblings share prior
 * weights and the widening of their bands; each keeps its own posterior. Results are in the order of the series; a
 * series without values is refused. Multiplying a series by a positive number multiplies its forecast.
 * Throws on malformed series and on a horizon outside 1-8.
 * Example: `forecastSiblings(many, { historyLength: 8 })`.
 */
export function forecastSiblings(
  series: readonly FreeSeries[],
  options: SeriesOptions = {},
): (FreeForecast | NoFreeForecast)[] {
  const { horizon = 1, historyLength = 16, pseudoCount = 100, nextVariance = 0 } = options;
  if (!(Number.isInteger(horizon) && horizon >= 1 && horizon <= 8))
    throw new RangeError(`forecastSeries: horizon ${horizon}`);
  if (!(Number.isInteger(historyLength) && historyLength >= 1 && historyLength <= 20))
    throw new RangeError(`forecastSeries: historyLength ${historyLength}`);
  series.forEach(checkSeries);
  const start = options.prior ?? defaultFreePrior(freeDictionary());
  const pool = learnSeries(series, { historyLength, pseudoCount }, start);
  const widening = learnWidening(series, pool);
  return series.map((one) =>
    one.values.length > 0
      ? forecastOne(one, pool, widening, horizon, nextVariance)
      : { kind: 'refused', reason: 'no-scores' },
  );
}

/** Forecasts one series with the shipped prior; see `forecastSiblings`. */
export function forecastSeries(
  series: FreeSeries,
  options: SeriesOptions = {},
): FreeForecast | NoFreeForecast {
  return forecastSiblings([series], options)[0]!;
}

/** Half-width factor of a series with one to three values. */
const SHORT_HISTORY = 1.15;

function forecastOne(
  series: FreeSeries,
  pool: SeriesPool,
  widening: Widening,
  horizon: number,
  nextVariance: number,
): FreeForecast {
  const used = series.values.slice(-pool.historyLength);
  const frame = frameOf(used);
  const believed = nothingBelieved(pool);
  const last = series.quarters.at(-1)!;
  const steps: StepForecast[] = [];
  for (let step = horizon; step >= 1; step -= 1) {
    const window = cutSeries(series, series.values.length, last + step, pool.historyLength, frame);
    const variance = nextVariance / frame.unit ** 2;
    const [low95, low80, middle, high80, high95] = poolBand(pool, window, believed, variance);
    const short = window.count < 4 ? SHORT_HISTORY : 1;
    const reach = withinReach(used, step);
    const at = (edge: number, factor: number): number =>
      reach(frame.centre + frame.unit * (middle + (edge - middle) * factor * short), 'band');
    const point = reach(frame.centre + frame.unit * middle, 'point');
    const inner = [
      Math.min(point, at(low80, widening.at80)),
      Math.max(point, at(high80, widening.at80)),
    ] as const;
    steps.unshift({
      quarter: last + step,
      point,
      low80: inner[0],
      high80: inner[1],
      low95: Math.min(at(low95, widening.at95), inner[0]),
      high95: Math.max(at(high95, widening.at95), inner[1]),
    });
  }
  return { kind: 'forecast', steps, ...explain(series, pool, believed, frame) };
}

/** The kernel with the most posterior weight, and the curve of its likeliest scale, one quarter ahead. */
function explain(
  series: FreeSeries,
  pool: SeriesPool,
  { evidence, share }: Believed,
  frame: SeriesFrame,
): Pick<FreeForecast, 'kernel' | 'kernelWeight' | 'historyLength' | 'fitted'> {
  const { dictionary, active } = pool;
  const byKernel = new Float64Array(dictionary.kernels.length);
  active.forEach((component, i) => {
    const k = Math.floor(component / dictionary.scales.length);
    byKernel[k] = byKernel[k]! + share[i]!;
  });
  const kernel = byKernel.indexOf(Math.max(...byKernel));
  let best = -1;
  active.forEach((component, i) => {
    if (Math.floor(component / dictionary.scales.length) !== kernel) return;
    if (best < 0 || share[i]! > share[best]!) best = i;
  });
  const window = cutSeries(
    series,
    series.values.length,
    series.quarters.at(-1)! + 1,
    pool.historyLength,
    frame,
  );
  const drawn = new Float64Array(SPAN);
  drawCurve(dictionary, window, active[best]!, evidence.level[best]!, drawn, 0);
  const used = series.quarters.slice(-window.count);
  const { id, name } = dictionary.kernels[kernel]!;
  return {
    kernel: { id, name },
    kernelWeight: Math.min(1, byKernel[kernel]!),
    historyLength: window.count,
    fitted: used.map((quarter, i) => ({
      quarter,
      value: frame.centre + frame.unit * drawn[window.rows[i]!]!,
    })),
  };
}
