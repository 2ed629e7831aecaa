import type { Bilingual } from '../language.ts';
import { defaultFreePrior } from './default-prior.ts';
import { buildDictionary, type Dictionary, FREE_SHAPE, SPAN } from './kernel.ts';
import { drawCurve, type Evidence, emptyEvidence, weighSeries } from './mixture.ts';
import { band, mixtureOf } from './mixture-band.ts';
import { activeComponents, learnPool, type PoolPrior, posterior, type Vote } from './pooling.ts';
import { frameOf, type SeriesFrame, withinReach } from './series-frame.ts';
import { emptyWindow, type SeriesWindow } from './series-window.ts';

/** A series in any unit. Quarters strictly increasing, gaps allowed; `variances` are known sampling variances. */
export interface FreeSeries {
  quarters: readonly number[];
  values: readonly number[];
  variances?: readonly number[];
}

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

let built: Dictionary | undefined;

/** The curve families of series in any unit, after division by their mean absolute value. */
export function freeDictionary(): Dictionary {
  built ??= buildDictionary(FREE_SHAPE);
  return built;
}

function checkSeries(series: FreeSeries): void {
  const { quarters, values, variances } = series;
  if (quarters.length !== values.length)
    throw new RangeError(`forecastSeries: ${quarters.length} quarters, ${values.length} values`);
  if (variances && variances.length !== values.length)
    throw new RangeError(`forecastSeries: ${variances.length} variances`);
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) throw new RangeError(`forecastSeries: value ${value}`);
    if (i > 0 && !(quarters[i]! > quarters[i - 1]!))
      throw new RangeError(`forecastSeries: quarter ${quarters[i]} out of order`);
  });
}

/** Cuts to the values used for a forecast of `target`, the first `until` of the series, in their frame. */
function cut(
  series: FreeSeries,
  until: number,
  target: number,
  historyLength: number,
  { centre, unit }: SeriesFrame,
): SeriesWindow {
  const window = emptyWindow();
  for (let i = Math.max(0, until - historyLength); i < until; i += 1) {
    const row = SPAN - 1 - (target - series.quarters[i]!);
    if (row < 0) continue;
    window.rows[window.count] = row;
    window.values[window.count] = (series.values[i]! - centre) / unit;
    window.variances[window.count] = (series.variances?.[i] ?? 0) / unit ** 2;
    window.count += 1;
  }
  return window;
}

/** Factors on the half widths of the 80 and the 95 % band. */
interface Widening {
  at80: number;
  at95: number;
}

const WIDENING_PSEUDO_COUNT = 30;
const WIDENING_SERIES = 400;

/** How far an actual lies out, 1 being on the edge of a band. */
function outness(actual: number, low: number, middle: number, high: number): number {
  return actual >= middle ? (actual - middle) / (high - middle) : (middle - actual) / (middle - low);
}

function widened(outnesses: number[], coverage: number): number {
  if (outnesses.length === 0) return 1;
  outnesses.sort((a, b) => a - b);
  const at = outnesses[Math.min(outnesses.length - 1, Math.floor(coverage * outnesses.length))]!;
  return (outnesses.length * at + WIDENING_PSEUDO_COUNT) / (outnesses.length + WIDENING_PSEUDO_COUNT);
}

interface Pool {
  dictionary: Dictionary;
  active: Int32Array;
  weights: Float64Array;
  prior: PoolPrior;
  historyLength: number;
}

/**
 * Factors that would have made the siblings' bands honest on their own last values, forecast from those before them
 * (conformalised quantiles: Romano, Patterson & Candes 2019), drawn towards 1 in small pools.
 */
function learnWidening(series: readonly FreeSeries[], pool: Pool): Widening {
  const evidence = emptyEvidence(pool.active.length);
  const share = new Float64Array(pool.active.length);
  const at80: number[] = [];
  const at95: number[] = [];
  const stride = Math.max(1, Math.floor(series.length / WIDENING_SERIES));
  for (let i = 0; i < series.length; i += stride) {
    const one = series[i]!;
    const last = one.values.length - 1;
    if (last < 4) continue;
    const frame = frameOf(one.values.slice(-pool.historyLength));
    const window = cut(one, last, one.quarters[last]!, pool.historyLength - 1, frame);
    if (window.count < 3) continue;
    weighSeries(pool.dictionary, window, pool.active, evidence);
    posterior(evidence, pool.prior, pool.weights, share);
    const [low95, low80, middle, high80, high95] = band(
      mixtureOf(
        pool.dictionary,
        pool.active,
        evidence,
        share,
        (one.variances?.[last] ?? 0) / frame.unit ** 2,
      ),
    );
    const actual = (one.values[last]! - frame.centre) / frame.unit;
    at80.push(outness(actual, low80, middle, high80));
    at95.push(outness(actual, low95, middle, high95));
  }
  return { at80: widened(at80, 0.8), at95: Math.max(1, widened(at95, 0.95)) };
}

const LEARN_FROM = 1500;

function learn(
  series: readonly FreeSeries[],
  options: Required<Pick<SeriesOptions, 'historyLength' | 'pseudoCount'>>,
  start: Float64Array,
): Pool {
  const dictionary = freeDictionary();
  const all = Int32Array.from({ length: dictionary.size }, (_, i) => i);
  const siblings: Vote[] = [];
  const stride = Math.max(1, Math.ceil(series.length / LEARN_FROM));
  for (let i = 0; i < series.length; i += stride) {
    const one = series[i]!;
    if (one.values.length < 3) continue;
    const frame = frameOf(one.values.slice(-options.historyLength));
    const window = cut(one, one.values.length, one.quarters.at(-1)! + 1, options.historyLength, frame);
    const evidence = emptyEvidence(dictionary.size);
    weighSeries(dictionary, window, all, evidence);
    siblings.push({ evidence, count: 1 });
  }
  const prior = learnPool(siblings, start, {
    pseudoCount: options.pseudoCount,
    iterations: 60,
    shrinkLevels: false,
  });
  const active = activeComponents(prior.weights, 0.999);
  return {
    dictionary,
    active,
    weights: Float64Array.from(active, (component) => prior.weights[component]!),
    prior,
    historyLength: options.historyLength,
  };
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
  const pool = learn(series, { historyLength, pseudoCount }, start);
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
  pool: Pool,
  widening: Widening,
  horizon: number,
  nextVariance: number,
): FreeForecast {
  const { dictionary, active, weights, prior } = pool;
  const used = series.values.slice(-pool.historyLength);
  const frame = frameOf(used);
  const evidence = emptyEvidence(active.length);
  const share = new Float64Array(active.length);
  const last = series.quarters.at(-1)!;
  const steps: StepForecast[] = [];
  for (let step = horizon; step >= 1; step -= 1) {
    const window = cut(series, series.values.length, last + step, pool.historyLength, frame);
    weighSeries(dictionary, window, active, evidence);
    posterior(evidence, prior, weights, share);
    const [low95, low80, middle, high80, high95] = band(
      mixtureOf(dictionary, active, evidence, share, nextVariance / frame.unit ** 2),
    );
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
  return { kind: 'forecast', steps, ...explain(series, pool, evidence, share, frame) };
}

/** The kernel with the most posterior weight, and the curve of its likeliest scale, one quarter ahead. */
function explain(
  series: FreeSeries,
  pool: Pool,
  evidence: Evidence,
  share: Float64Array,
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
  const window = cut(series, series.values.length, series.quarters.at(-1)! + 1, pool.historyLength, frame);
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
