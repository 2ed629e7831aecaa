import { noiseShares } from '../forecast/decompose.ts';
import type { ForecastPanel, PanelForecast } from '../forecast/panel.ts';
import type { WaveScores } from './alert.ts';

/**
 * How far a quarter's parts lie from their forecasts. `unit[u]` and `rest[u * K + k]` are innovations in points, NaN
 * where a part cannot be tested. `latent` variances are the forecast's own, the others add the wave's sampling.
 */
export interface Innovations {
  unit: Float64Array;
  rest: Float64Array;
  unitLatent: Float64Array;
  restLatent: Float64Array;
  unitVariance: Float64Array;
  restVariance: Float64Array;
  /** Factor on each unit's latent variances for the shares that came. */
  ratios: Float64Array;
  /** Indicators that are new in the quarter, which are not tested, nor is an index that contains one. */
  broken: readonly boolean[];
}

/**
 * What the wave's shares, instead of the expected ones, do to the variance of each unit's distance from its parent: a
 * parent that mostly consists of one child this time follows that child. For siblings that move alike and
 * independently the variance is proportional to (1 - share)^2 plus the squared shares of the others.
 */
function shareRatios(panel: ForecastPanel, forecast: PanelForecast, wave: WaveScores): Float64Array {
  const size = panel.units.length;
  const now = Float64Array.from(panel.units, (_, u) => waveShare(panel, wave, u, 0));
  const expected = forecast.components.share;
  const squares = { now: new Float64Array(size), expected: new Float64Array(size) };
  panel.units.forEach(({ parent }, u) => {
    if (parent < 0) return;
    squares.now[parent] = squares.now[parent]! + now[u]! ** 2;
    squares.expected[parent] = squares.expected[parent]! + expected[u]! ** 2;
  });
  return Float64Array.from(panel.units, ({ parent }, u) => {
    if (parent < 0 || !(now[u]! > 0 && expected[u]! > 0)) return 1;
    const apart = 1 - 2 * expected[u]! + squares.expected[parent]!;
    const apartNow = 1 - 2 * now[u]! + squares.now[parent]!;
    return apart > 0.02 && apartNow > 0.02 ? apartNow / apart : 1;
  });
}

/** What each cell was expected to be and how far it came out, `[u * K + k]`; NaN where either is missing. */
export interface Surprises {
  /** Actual minus expected, after taking out `mix`. */
  surprise: Float64Array;
  /** What the wave's own shares of respondents, instead of the expected ones, did to the cell's score. */
  mix: Float64Array;
}

/**
 * Which indicators are new in the quarter `target`: one that broke after the panel's last quarter (another scale) has
 * nothing to be compared with yet. Example: without breaks all are false.
 */
export function brokenIndicators(panel: ForecastPanel, target: number): boolean[] {
  const last = panel.quarters.at(-1) ?? Number.POSITIVE_INFINITY;
  const fresh = (panel.breaks ?? []).filter(({ quarter }) => quarter > last && quarter <= target);
  return panel.indicators.map((_, k) => fresh.some(({ indicator }) => indicator < 0 || indicator === k));
}

/** How far a wave's parent may lie from its children's base-weighted mean to count as their mean, points. */
const COHERENCE_TOLERANCE = 0.5;

/**
 * Actual minus expected of every cell, with the expectation of each scope taken at the shares of respondents that came:
 * a wave in which a low-scoring region sent more answers than usual surprises nobody. The correction is made from the
 * smallest units upwards, wherever a scope's score is its children's mean. Indicators that are new in the quarter have none.
 */
export function surprises(panel: ForecastPanel, forecast: PanelForecast, wave: WaveScores): Surprises {
  const K = panel.indicators.length;
  const mix = new Float64Array(wave.scores.length);
  const surprise = new Float64Array(wave.scores.length);
  const broken = brokenIndicators(panel, forecast.target);
  const tally = {
    base: new Float64Array(mix.length),
    score: new Float64Array(mix.length),
    expected: new Float64Array(mix.length),
  };
  for (let u = panel.units.length - 1; u >= 0; u -= 1)
    for (let k = 0; k < K; k += 1) {
      const i = u * K + k;
      const cell = u * forecast.columns + k;
      const score = wave.scores[i]!;
      if (broken[k] || forecast.refused[cell]! > 0 || Number.isNaN(score)) {
        surprise[i] = Number.NaN;
        continue;
      }
      const expected = forecast.point[cell]!;
      const isMean = Math.abs(tally.score[i]! / tally.base[i]! - score) <= COHERENCE_TOLERANCE;
      mix[i] = isMean ? tally.expected[i]! / tally.base[i]! - expected : 0;
      surprise[i] = score - expected - mix[i]!;
      const { parent } = panel.units[u]!;
      const base = waveBase(panel, wave, u, k);
      if (parent < 0 || !(base > 0)) continue;
      const above = parent * K + k;
      tally.base[above] = tally.base[above]! + base;
      tally.score[above] = tally.score[above]! + base * score;
      tally.expected[above] = tally.expected[above]! + base * (expected + mix[i]!);
    }
  return { surprise, mix };
}

/** Effective answers behind a cell of the wave, also where a panel knows bases by unit alone; NaN where unknown. */
export function waveBase(panel: ForecastPanel, wave: WaveScores, unit: number, indicator: number): number {
  const perUnit = wave.bases.length === panel.units.length;
  const base = wave.bases[perUnit ? unit : unit * panel.indicators.length + indicator]!;
  return base > 0 ? base : Number.NaN;
}

/** Share of a unit in its parent's respondents this wave; 0 where unknown or at the root. */
export function waveShare(panel: ForecastPanel, wave: WaveScores, unit: number, indicator: number): number {
  const { parent } = panel.units[unit]!;
  if (parent < 0) return 0;
  const k = Math.max(0, indicator);
  const share = waveBase(panel, wave, unit, k) / waveBase(panel, wave, parent, k);
  return share > 0 ? Math.min(1, share) : 0;
}

/** The indicators a unit and its parent were both scored on, with their weights brought to sum 1. */
function askedOf(panel: ForecastPanel, distance: Float64Array): { indicators: number[]; weights: number[] } {
  const indicators: number[] = [];
  let total = 0;
  distance.forEach((value, k) => {
    if (Number.isNaN(value)) return;
    indicators.push(k);
    total += panel.indicators[k]!.weight + 1e-9;
  });
  return { indicators, weights: indicators.map((k) => (panel.indicators[k]!.weight + 1e-9) / total) };
}

function distanceOf(panel: ForecastPanel, surprise: Float64Array, u: number): Float64Array {
  const K = panel.indicators.length;
  const own = surprise.subarray(u * K, (u + 1) * K);
  const { parent } = panel.units[u]!;
  return parent < 0 ? own.slice() : own.map((value, k) => value - surprise[parent * K + k]!);
}

function blank(size: number): Float64Array {
  return new Float64Array(size).fill(Number.NaN);
}

/**
 * Takes the surprises of one unit apart into its own movement and the rests of its indicators, as the forecast was,
 * into `out`. A unit scored on no indicator together with its parent, an only child and a part under the smallest base
 * (of its indicator, or the mean of the unit's) stay NaN.
 */
export function innovateUnit(
  panel: ForecastPanel,
  forecast: PanelForecast,
  wave: WaveScores,
  surprise: Float64Array,
  u: number,
  minimumBase: number,
  out: Innovations,
): void {
  const K = panel.indicators.length;
  const distance = distanceOf(panel, surprise, u);
  const { indicators, weights } = askedOf(panel, distance);
  const indexBroken = out.broken.some((one, k) => one && !Number.isNaN(wave.scores[u * K + k]!));
  out.unit[u] = Number.NaN;
  for (const k of distance.keys()) out.rest[u * K + k] = Number.NaN;
  if (indicators.length === 0) return;
  const bases = indicators.map((k) => waveBase(panel, wave, u, k));
  const base = bases.reduce((sum, one) => sum + one, 0) / bases.length;
  const apart = Math.max(0.02, 1 - waveShare(panel, wave, u, indicators[0]!));
  const { components } = forecast;
  const ratio = out.ratios[u]!;
  const sampledAt = (answers: number): number =>
    components.overlapping || !(answers > 0) ? 0 : apart / answers;
  const noise = noiseShares(
    indicators.map((k) => panel.indicators[k]!.sd),
    weights,
    components.halo,
  );
  const movement = indicators.reduce((sum, k, i) => sum + weights[i]! * distance[k]!, 0);
  if (components.unitHistory[u]! > 0 && !indexBroken && !(base < minimumBase)) {
    out.unit[u] = movement;
    out.unitLatent[u] = components.unitVariance[u]! * ratio;
    out.unitVariance[u] = out.unitLatent[u]! + sampledAt(base) * noise.unit;
  }
  if (indicators.length < 2) return;
  indicators.forEach((k, i) => {
    const part = u * K + k;
    if (components.restHistory[part] === 0 || bases[i]! < minimumBase) return;
    out.rest[part] = distance[k]! - movement;
    out.restLatent[part] = components.restVariance[part]! * ratio;
    out.restVariance[part] = out.restLatent[part]! + sampledAt(bases[i]!) * noise.rest[i]!;
  });
}

/**
 * `innovateUnit` of every unit of a panel: arrays by unit, and by unit x indicator at `u * K + k`. `surprise` is laid out
 * as `surprises` gives it; cells of a base under `minimumBase` (effective answers) and missing ones are not taken apart.
 */
export function innovate(
  panel: ForecastPanel,
  forecast: PanelForecast,
  wave: WaveScores,
  surprise: Float64Array,
  minimumBase: number,
): Innovations {
  const size = panel.units.length;
  const K = panel.indicators.length;
  const out: Innovations = {
    unit: blank(size),
    rest: blank(size * K),
    unitLatent: blank(size),
    restLatent: blank(size * K),
    unitVariance: blank(size),
    restVariance: blank(size * K),
    ratios: shareRatios(panel, forecast, wave),
    broken: brokenIndicators(panel, forecast.target),
  };
  for (let u = 0; u < size; u += 1) innovateUnit(panel, forecast, wave, surprise, u, minimumBase, out);
  return out;
}
