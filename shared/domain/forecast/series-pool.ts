import { buildDictionary, type Dictionary, FREE_SHAPE, SPAN } from './kernel.ts';
import { type Evidence, emptyEvidence, weighSeries } from './mixture.ts';
import { band, mixtureOf } from './mixture-band.ts';
import { activeComponents, learnPool, type PoolPrior, posterior, type Vote } from './pooling.ts';
import { frameOf, type SeriesFrame } from './series-frame.ts';
import { emptyWindow, type SeriesWindow } from './series-window.ts';

/** A series in any unit. Quarters strictly increasing, gaps allowed; `variances` are known sampling variances. */
export interface FreeSeries {
  quarters: readonly number[];
  values: readonly number[];
  variances?: readonly number[];
}

let built: Dictionary | undefined;

/** The curve families of series in any unit, after division by their mean absolute value. */
export function freeDictionary(): Dictionary {
  built ??= buildDictionary(FREE_SHAPE);
  return built;
}

/** Throws a RangeError that names what is wrong: lengths that differ, a value that is no number, quarters out of order. */
export function checkSeries(series: FreeSeries): void {
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

/** The values used for a forecast of `target`, of the first `until` of the series, in their frame; empty for none. */
export function cutSeries(
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

/** Factors on the half widths of the 80 and the 95 % band; 1 leaves them as they are. */
export interface Widening {
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

/** What a set of like series taught: prior weights of the families, of which only the likely ones stay active. */
export interface SeriesPool {
  dictionary: Dictionary;
  active: Int32Array;
  weights: Float64Array;
  prior: PoolPrior;
  historyLength: number;
}

/** What a series says of the active components, and what is believed of each; written anew by `poolBand`. */
export interface Believed {
  evidence: Evidence;
  share: Float64Array;
}

/** Room for what is believed of the components of a pool. */
export function nothingBelieved({ active }: SeriesPool): Believed {
  return { evidence: emptyEvidence(active.length), share: new Float64Array(active.length) };
}

/**
 * Quantiles 2.5, 10, 50, 90 and 97.5 % of the coming value in the frame of the window, sampling `variance` (in squared
 * units of the frame) included. What it rests on is left in `believed`.
 */
export function poolBand(
  { dictionary, active, prior, weights }: SeriesPool,
  window: SeriesWindow,
  { evidence, share }: Believed,
  variance: number,
): ReturnType<typeof band> {
  weighSeries(dictionary, window, active, evidence);
  posterior(evidence, prior, weights, share);
  return band(mixtureOf(dictionary, active, evidence, share, variance));
}

/**
 * Factors that would have made the siblings' bands honest on their own last values, forecast from those before them
 * (conformalised quantiles: Romano, Patterson & Candes 2019), drawn towards 1 in small pools; 1 and 1 where no series has five values.
 */
export function learnWidening(series: readonly FreeSeries[], pool: SeriesPool): Widening {
  const believed = nothingBelieved(pool);
  const at80: number[] = [];
  const at95: number[] = [];
  const stride = Math.max(1, Math.floor(series.length / WIDENING_SERIES));
  for (let i = 0; i < series.length; i += stride) {
    const one = series[i]!;
    const last = one.values.length - 1;
    if (last < 4) continue;
    const frame = frameOf(one.values.slice(-pool.historyLength));
    const window = cutSeries(one, last, one.quarters[last]!, pool.historyLength - 1, frame);
    if (window.count < 3) continue;
    const variance = (one.variances?.[last] ?? 0) / frame.unit ** 2;
    const [low95, low80, middle, high80, high95] = poolBand(pool, window, believed, variance);
    const actual = (one.values[last]! - frame.centre) / frame.unit;
    at80.push(outness(actual, low80, middle, high80));
    at95.push(outness(actual, low95, middle, high95));
  }
  return { at80: widened(at80, 0.8), at95: Math.max(1, widened(at95, 0.95)) };
}

const LEARN_FROM = 1500;

/**
 * Learns the prior of series that resemble each other from `start`, whose weight is `pseudoCount` series. Series of
 * fewer than three values teach nothing; of thousands, evenly many are asked. Example: `learnSeries(many, options, start)`.
 */
export function learnSeries(
  series: readonly FreeSeries[],
  options: { historyLength: number; pseudoCount: number },
  start: Float64Array,
): SeriesPool {
  const dictionary = freeDictionary();
  const all = Int32Array.from({ length: dictionary.size }, (_, i) => i);
  const siblings: Vote[] = [];
  const stride = Math.max(1, Math.ceil(series.length / LEARN_FROM));
  for (let i = 0; i < series.length; i += stride) {
    const one = series[i]!;
    if (one.values.length < 3) continue;
    const frame = frameOf(one.values.slice(-options.historyLength));
    const window = cutSeries(one, one.values.length, one.quarters.at(-1)! + 1, options.historyLength, frame);
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
