import { baseOf, decompose, noiseShares, onlyChildren, type PanelParts } from './decompose.ts';
import { defaultPanelPrior, type PartFamily } from './default-prior.ts';
import {
  CURVE_LENGTH,
  forecastPool,
  type PoolResult,
  type PoolSeries,
  type PoolSettings,
} from './forecast-pool.ts';
import { buildDictionary, type Dictionary, PANEL_SHAPE } from './kernel.ts';
import { detectOverlap } from './overlap.ts';
import {
  FORECAST_FLAGS,
  type ForecastPanel,
  type PanelForecast,
  REFUSAL_REASONS,
  type RefusalReason,
} from './panel.ts';
import { reconcile } from './reconcile.ts';

/** Choices of a panel forecast; every one has a default. */
export interface PanelForecastOptions {
  /** Quarter to forecast, 1 to 8 after the last one. Default: the next quarter. */
  target?: number;
  /** Latest observations of a series that are used, 4-20. Default 12. */
  historyLength?: number;
  /** Correlation of a respondent's answers to two indicators. Default .5. */
  halo?: number;
  /** Learn band factors from the last eight quarters' forecasts. Default true. */
  calibrate?: boolean;
  /** Called about a hundred times; answer false to cancel, which throws `ForecastCancelled`. */
  onProgress?: (done: number, total: number) => boolean | undefined;
}

/** Thrown when `onProgress` answers false. */
export class ForecastCancelled extends Error {}

let panelDictionary: Dictionary | undefined;
function dictionaryOfPanels(): Dictionary {
  panelDictionary ??= buildDictionary(PANEL_SHAPE);
  return panelDictionary;
}

/** Variance of the jump at a declared break, squared points. */
const BREAK_VARIANCE = 36;

interface PartPool {
  family: PartFamily;
  /** Part index: u for a unit's movement, u * K + k for a rest. */
  members: number[];
  series: PoolSeries[];
}

interface Job {
  panel: ForecastPanel;
  target: number;
  T: number;
  K: number;
  halo: number;
  overlapping: boolean;
  alone: boolean[];
  nextBase: Float64Array;
}

/** Forecasts, variances and curves of all parts, summed along the path to the root by `sumPaths`. */
interface PartForecasts {
  unit: PartArrays;
  rest: PartArrays;
}

export interface PartArrays {
  mean: Float64Array;
  variance: Float64Array;
  cumulant4: Float64Array;
  history: Uint8Array;
  kernel: Uint8Array;
  kernelWeight: Float64Array;
  curve: Float64Array;
}

function partArrays(size: number): PartArrays {
  return {
    mean: new Float64Array(size),
    variance: new Float64Array(size),
    cumulant4: new Float64Array(size),
    history: new Uint8Array(size),
    kernel: new Uint8Array(size),
    kernelWeight: new Float64Array(size),
    curve: new Float64Array(size * CURVE_LENGTH),
  };
}

function checkPanel(panel: ForecastPanel): void {
  const { units, indicators, quarters, scores, bases } = panel;
  const T = quarters.length;
  if (units.length === 0 || indicators.length === 0)
    throw new RangeError('forecastPanel: a panel without units or indicators');
  if (scores.length !== units.length * indicators.length * T)
    throw new RangeError(`forecastPanel: scores ${scores.length}`);
  if (bases.length !== units.length * T && bases.length !== scores.length)
    throw new RangeError(`forecastPanel: bases ${bases.length}`);
  units.forEach((unit, u) => {
    if (u === 0 ? unit.parent !== -1 : !(unit.parent >= 0 && unit.parent < u))
      throw new RangeError(`forecastPanel: parent ${unit.parent} of unit ${u}`);
  });
  for (let t = 1; t < T; t += 1)
    if (!(quarters[t]! > quarters[t - 1]!))
      throw new RangeError(`forecastPanel: quarter ${quarters[t]} out of order`);
  const weight = indicators.reduce((sum, i) => sum + i.weight, 0);
  if (!(Math.abs(weight - 1) < 1e-6)) throw new RangeError(`forecastPanel: weights sum to ${weight}`);
}

/** Expected bases of the coming wave: given, or the mean of the last four known; NaN where nothing is known. */
function expectedBases(panel: ForecastPanel, target: number): Float64Array {
  const K = panel.indicators.length;
  return Float64Array.from(panel.units, (_, u) => {
    const given = panel.nextBases?.[u];
    if (given !== undefined) return given > 0 ? given : Number.NaN;
    let sum = 0;
    let count = 0;
    for (let t = panel.quarters.length - 1; t >= 0 && target - panel.quarters[t]! <= 5 && count < 4; t -= 1) {
      let best = 0;
      for (let k = 0; k < K; k += 1) best = Math.max(best, baseOf(panel, u, k, t) || 0);
      if (best === 0) continue;
      sum += best;
      count += 1;
    }
    return count > 0 ? sum / count : Number.NaN;
  });
}

function familyOf(panel: ForecastPanel, u: number, rest: boolean): PartFamily {
  if (panel.units[u]!.parent < 0) return rest ? 'indicator' : 'overall';
  return rest ? 'rest' : 'unit';
}

/** The break that a part feels, if any. */
function breakOf(job: Job, u: number, k: number): { breakAt: number; breakVariance: number } {
  const { panel } = job;
  const root = panel.units[u]!.parent < 0;
  let breakAt = 0;
  let breakVariance = 0;
  for (const one of panel.breaks ?? []) {
    const hits = one.indicator < 0 || one.indicator === k;
    const weight = one.indicator < 0 ? 1 : panel.indicators[one.indicator]!.weight;
    if (k >= 0 && !hits) continue;
    const at = panel.quarters.findIndex((q) => q >= one.quarter);
    if (at <= breakAt) continue;
    breakAt = at;
    breakVariance = BREAK_VARIANCE * (root ? 1 : 0.04) * (k < 0 ? weight * weight : 1);
  }
  return { breakAt, breakVariance };
}

function poolsOf(job: Job, parts: PanelParts): PartPool[] {
  const { panel, T, K } = job;
  const pools = new Map<string, PartPool>();
  const add = (u: number, k: number, values: Float64Array, noise: Float64Array): void => {
    const family = familyOf(panel, u, k >= 0);
    const key = `${family} ${panel.units[u]!.level}`;
    let pool = pools.get(key);
    if (!pool) {
      pool = { family, members: [], series: [] };
      pools.set(key, pool);
    }
    pool.members.push(k < 0 ? u : u * K + k);
    pool.series.push({ values, noise: job.overlapping ? new Float64Array(T) : noise, ...breakOf(job, u, k) });
  };
  for (let u = 0; u < panel.units.length; u += 1) {
    if (job.alone[u]) continue;
    add(u, -1, parts.unit.subarray(u * T, (u + 1) * T), parts.unitNoise.subarray(u * T, (u + 1) * T));
    if (K === 1) continue;
    for (let k = 0; k < K; k += 1) {
      const from = (u * K + k) * T;
      add(u, k, parts.rest.subarray(from, from + T), parts.restNoise.subarray(from, from + T));
    }
  }
  return [...pools.values()];
}

function store(pool: PartPool, result: PoolResult, into: PartArrays): void {
  pool.members.forEach((part, i) => {
    into.mean[part] = result.mean[i]!;
    into.variance[part] = result.variance[i]!;
    into.cumulant4[part] = result.cumulant4[i]!;
    into.history[part] = result.history[i]!;
    into.kernel[part] = result.kernel[i]!;
    into.kernelWeight[part] = result.kernelWeight[i]!;
    into.curve.set(result.curve.subarray(i * CURVE_LENGTH, (i + 1) * CURVE_LENGTH), part * CURVE_LENGTH);
  });
}

const NAIVE_KERNEL = /^s1-none0-q0-d0$/;

/** Prior weights of the family; on overlapping windows only the latest level remains, which is the naive forecast. */
function priorOf(family: PartFamily, dictionary: Dictionary, overlapping: boolean): Float64Array {
  const weights = defaultPanelPrior(family, dictionary);
  if (!overlapping) return weights;
  const scaleCount = dictionary.scales.length;
  const kept = weights.map((_, i) =>
    NAIVE_KERNEL.test(dictionary.kernels[Math.floor(i / scaleCount)]!.id) ? 1 / scaleCount : 0,
  );
  return kept;
}

function forecastParts(job: Job, parts: PanelParts, options: PanelForecastOptions): PartForecasts {
  const dictionary = dictionaryOfPanels();
  const { panel, K } = job;
  const out: PartForecasts = {
    unit: partArrays(panel.units.length),
    rest: partArrays(panel.units.length * K),
  };
  const pools = poolsOf(job, parts);
  const total = pools.reduce((sum, pool) => sum + pool.members.length, 0);
  const step = Math.max(1, Math.floor(total / 100));
  let done = 0;
  const onSeries = (): void => {
    done += 1;
    if ((done % step === 0 || done === total) && options.onProgress?.(done, total) === false)
      throw new ForecastCancelled('forecastPanel: cancelled');
  };
  for (const pool of pools) {
    const settings: PoolSettings = {
      dictionary,
      defaultWeights: priorOf(pool.family, dictionary, job.overlapping),
      pseudoCount: 10,
      historyLength: options.historyLength ?? 12,
      shrinkLevels: (pool.family === 'unit' || pool.family === 'rest') && !job.overlapping,
      learnFrom: 300,
      calibrate: options.calibrate ?? true,
    };
    const result = forecastPool(pool.series, panel.quarters, job.target, settings, onSeries);
    store(pool, result, pool.family === 'indicator' || pool.family === 'rest' ? out.rest : out.unit);
  }
  return out;
}

/**
 * Forecasts the next quarter (or one up to 8 ahead) of every unit x (indicator and index) of a panel, with 80 and 95 %
 * bands that include the coming wave's sampling error. The panel is taken apart by unit tree x indicators, each part
 * is explained by a pooled family of curves (see `mixture.ts`, `pooling.ts`), and the parts are added up, so that a
 * parent agrees with its children weighted by their expected shares of respondents.
 *
 * Same panel, same numbers: nothing is random. Throws on a malformed panel, on a target outside 1-8 quarters after
 * the last one, and `ForecastCancelled` when asked to. A panel without quarters refuses every cell.
 * Example: `seriesForecast(forecastPanel(panel), 0, panel.indicators.length)` is the overall index of next quarter.
 */
export function forecastPanel(panel: ForecastPanel, options: PanelForecastOptions = {}): PanelForecast {
  checkPanel(panel);
  const last = panel.quarters.at(-1) ?? 0;
  const target = options.target ?? last + 1;
  if (panel.quarters.length > 0 && !(target > last && target <= last + 8))
    throw new RangeError(`forecastPanel: target ${target}`);
  const job: Job = {
    panel,
    target,
    T: panel.quarters.length,
    K: panel.indicators.length,
    halo: options.halo ?? 0.5,
    overlapping: detectOverlap(panel).overlapping,
    alone: onlyChildren(panel),
    nextBase: expectedBases(panel, target),
  };
  const parts = decompose(panel, job.halo);
  const forecasts = forecastParts(job, parts, options);
  const share = reconcile(panel, job.nextBase, forecasts.unit, forecasts.rest);
  return assemble(job, forecasts, share);
}

/** Adds each unit's parts to its parent's sums, in place: afterwards entries are sums along the path. */
function sumPaths(panel: ForecastPanel, arrays: PartArrays, width: number): PartArrays {
  const sums: PartArrays = {
    ...arrays,
    mean: arrays.mean.slice(),
    variance: arrays.variance.slice(),
    cumulant4: arrays.cumulant4.slice(),
    curve: arrays.curve.slice(),
  };
  panel.units.forEach(({ parent }, u) => {
    if (parent < 0) return;
    for (let k = 0; k < width; k += 1) {
      const own = u * width + k;
      const above = parent * width + k;
      sums.mean[own] = sums.mean[own]! + sums.mean[above]!;
      sums.variance[own] = sums.variance[own]! + sums.variance[above]!;
      sums.cumulant4[own] = sums.cumulant4[own]! + sums.cumulant4[above]!;
      for (let i = 0; i < CURVE_LENGTH; i += 1)
        sums.curve[own * CURVE_LENGTH + i] =
          sums.curve[own * CURVE_LENGTH + i]! + sums.curve[above * CURVE_LENGTH + i]!;
    }
  });
  return sums;
}

function emptyForecast(job: Job, forecasts: PartForecasts, share: Float64Array): PanelForecast {
  const { panel, K } = job;
  const cells = panel.units.length * (K + 1);
  return {
    target: job.target,
    columns: K + 1,
    unitCount: panel.units.length,
    refused: new Uint8Array(cells),
    point: new Float64Array(cells),
    low80: new Float64Array(cells),
    high80: new Float64Array(cells),
    low95: new Float64Array(cells),
    high95: new Float64Array(cells),
    meanSd: new Float64Array(cells),
    waveSd: new Float64Array(cells),
    kernel: new Uint8Array(cells),
    kernelWeight: new Float64Array(cells),
    historyLength: new Uint8Array(cells),
    flags: new Uint8Array(cells),
    fitted: new Float64Array(cells * CURVE_LENGTH),
    fittedFrom: job.target - CURVE_LENGTH,
    fittedLength: CURVE_LENGTH,
    kernels: dictionaryOfPanels().kernels.map(({ id, name }) => ({ id, name })),
    components: {
      unitVariance: forecasts.unit.variance,
      restVariance: forecasts.rest.variance,
      unitHistory: forecasts.unit.history,
      restHistory: forecasts.rest.history,
      share,
      overlapping: job.overlapping,
      halo: job.halo,
    },
  };
}

/** History of every cell: scores in the window, and whether one lies in the last four quarters. */
function historyOf(job: Job, u: number, k: number): { count: number; recent: boolean } {
  const { panel, T, K, target } = job;
  let count = 0;
  let recent = false;
  for (let t = T - 1; t >= 0 && target - panel.quarters[t]! < 24 && count < 16; t -= 1) {
    const seen = k < K ? !Number.isNaN(panel.scores[(u * K + k) * T + t]!) : anyScore(job, u, t);
    if (!seen) continue;
    count += 1;
    if (panel.quarters.at(-1)! - panel.quarters[t]! < 4) recent = true;
  }
  return { count, recent };
}

function anyScore(job: Job, u: number, t: number): boolean {
  for (let k = 0; k < job.K; k += 1)
    if (!Number.isNaN(job.panel.scores[(u * job.K + k) * job.T + t]!)) return true;
  return false;
}

function refusalCode(reason: RefusalReason): number {
  return 1 + REFUSAL_REASONS.indexOf(reason);
}

/** Why a cell cannot be forecast, as a code; 0 when it can. */
function refusalOf(
  job: Job,
  out: PanelForecast,
  u: number,
  k: number,
  own: { count: number; recent: boolean },
): number {
  const { parent } = job.panel.units[u]!;
  if (parent < 0) {
    if (own.count === 0) return refusalCode('no-scores');
    return own.recent ? 0 : refusalCode('no-recent-scores');
  }
  if (out.refused[parent * out.columns + k]! > 0) return refusalCode('no-parent');
  if (own.recent) return 0;
  const open = (job.panel.nextBases?.[u] ?? 0) > 0 || (k < job.K && historyOf(job, u, job.K).recent);
  if (open) return 0;
  return refusalCode(own.count === 0 ? 'no-scores' : 'no-recent-scores');
}

function assemble(job: Job, forecasts: PartForecasts, share: Float64Array): PanelForecast {
  const { panel, K } = job;
  const out = emptyForecast(job, forecasts, share);
  const units = sumPaths(panel, forecasts.unit, 1);
  const rests = sumPaths(panel, forecasts.rest, K);
  for (let u = 0; u < panel.units.length; u += 1) {
    for (let k = K; k >= 0; k -= 1) {
      const cell = u * out.columns + k;
      const own = historyOf(job, u, k);
      out.refused[cell] = refusalOf(job, out, u, k, own);
      if (out.refused[cell]! > 0) continue;
      out.historyLength[cell] = own.count;
      fillCell(job, out, u, k, units, rests, forecasts);
    }
  }
  return out;
}

function samplingVariance(job: Job, u: number, k: number): number {
  const base = job.nextBase[u]!;
  if (job.overlapping || !(base > 0)) return 0;
  const { indicators } = job.panel;
  if (k < job.K) return indicators[k]!.sd ** 2 / base;
  return (
    noiseShares(
      indicators.map((i) => i.sd),
      indicators.map((i) => i.weight),
      job.halo,
    ).unit / base
  );
}

const Z80 = 1.2815515655446004;
const Z95 = 1.959963984540054;

/** Quantile of a heavy-tailed distribution from its excess kurtosis (Cornish & Fisher 1937, fourth-order term). */
function tailQuantile(z: number, excess: number): number {
  return z + ((z ** 3 - 3 * z) * Math.min(3, excess)) / 24;
}

const onScale = (score: number): number => Math.min(100, Math.max(0, score));

function fillCell(
  job: Job,
  out: PanelForecast,
  u: number,
  k: number,
  units: PartArrays,
  rests: PartArrays,
  own: PartForecasts,
): void {
  const { K } = job;
  const cell = u * out.columns + k;
  const part = u * K + k;
  const single = k < K;
  const mean = units.mean[u]! + (single ? rests.mean[part]! : 0);
  let variance = units.variance[u]! + (single ? rests.variance[part]! : 0);
  const cumulant4 = units.cumulant4[u]! + (single ? rests.cumulant4[part]! : 0);
  const history = out.historyLength[cell]!;
  if (history > 0 && history < 4) variance *= 1.15 ** 2;
  const wave = variance + samplingVariance(job, u, k);
  const excess = wave > 0 ? cumulant4 / (wave * wave) : 0;
  const sd = Math.sqrt(wave);
  out.point[cell] = onScale(mean);
  out.low80[cell] = onScale(mean - sd * tailQuantile(Z80, excess));
  out.high80[cell] = onScale(mean + sd * tailQuantile(Z80, excess));
  out.low95[cell] = onScale(mean - sd * tailQuantile(Z95, excess));
  out.high95[cell] = onScale(mean + sd * tailQuantile(Z95, excess));
  out.meanSd[cell] = Math.sqrt(variance);
  out.waveSd[cell] = sd;
  const restNames = single && own.rest.variance[part]! > own.unit.variance[u]!;
  out.kernel[cell] = restNames ? own.rest.kernel[part]! : own.unit.kernel[u]!;
  out.kernelWeight[cell] = restNames ? own.rest.kernelWeight[part]! : own.unit.kernelWeight[u]!;
  out.flags[cell] = flagsOf(job, u, k, history);
  for (let i = 0; i < CURVE_LENGTH; i += 1) {
    const value = units.curve[u * CURVE_LENGTH + i]! + (single ? rests.curve[part * CURVE_LENGTH + i]! : 0);
    out.fitted[cell * CURVE_LENGTH + i] = onScale(value);
  }
}

function flagsOf(job: Job, u: number, k: number, history: number): number {
  const { panel, target } = job;
  let flags = 0;
  if (history === 0) flags |= FORECAST_FLAGS['no-history'];
  else if (history < 4) flags |= FORECAST_FLAGS['short-history'];
  if (job.overlapping) flags |= FORECAST_FLAGS['overlapping-windows'];
  if (!(job.nextBase[u]! > 0)) flags |= FORECAST_FLAGS['base-unknown'];
  const broken = (panel.breaks ?? []).some(
    (b) =>
      (b.indicator < 0 || b.indicator === k || k === job.K) &&
      b.quarter > target - CURVE_LENGTH &&
      b.quarter < target,
  );
  if (broken) flags |= FORECAST_FLAGS.break;
  return flags;
}
