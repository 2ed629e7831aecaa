import type { Quarter } from '../quarter.ts';
import type { PanelParts } from './decompose.ts';
import { defaultPanelPrior, type PartFamily } from './default-prior.ts';
import { CURVE_LENGTH, forecastPool, type PoolResult } from './forecast-pool.ts';
import { buildDictionary, type Dictionary, PANEL_SHAPE } from './kernel.ts';
import type { ForecastPanel } from './panel.ts';
import { judgedQuarters } from './past-forecasts.ts';
import { evenlySpread, type PoolSeries, type PoolSettings } from './pool-series.ts';

let panelDictionary: Dictionary | undefined;
/** The curve families of score panels, built once. */
export function dictionaryOfPanels(): Dictionary {
  panelDictionary ??= buildDictionary(PANEL_SHAPE);
  return panelDictionary;
}

/** Variance of the jump at a declared break, squared points. */
const BREAK_VARIANCE = 36;

/** One forecast in progress: the panel and what was settled about it. */
export interface PanelJob {
  panel: ForecastPanel;
  target: Quarter;
  /** Quarters and indicators. */
  T: number;
  K: number;
  /** Correlation of a respondent's answers to two indicators. */
  halo: number;
  overlapping: boolean;
  /** Units that are their parent's only child. */
  alone: boolean[];
  /** Expected bases of the coming wave; NaN where unknown. */
  nextBase: Float64Array;
}

interface PartPool {
  family: PartFamily;
  /** Part index: u for a unit's movement, u * K + k for a rest. */
  members: number[];
  series: PoolSeries[];
}

/** The forecasts of all parts: units by `u`, rests by `u * K + k`. */
export interface PartForecasts {
  unit: PartArrays;
  rest: PartArrays;
  /** Quarters (indexes) of the past forecasts. */
  judged: number[];
}

/** What is forecast of each part: moments, history, the named kernel and the drawn curve. */
export interface PartArrays {
  mean: Float64Array;
  variance: Float64Array;
  cumulant4: Float64Array;
  history: Uint8Array;
  kernel: Uint8Array;
  kernelWeight: Float64Array;
  curve: Float64Array;
  /** Moments of past forecasts of watched parts, `[part * judged.length + i]`; NaN elsewhere. */
  pastMean: Float64Array;
  pastVariance: Float64Array;
  pastCumulant4: Float64Array;
}

function partArrays(size: number, judged: number): PartArrays {
  return {
    mean: new Float64Array(size),
    variance: new Float64Array(size),
    cumulant4: new Float64Array(size),
    history: new Uint8Array(size),
    kernel: new Uint8Array(size),
    kernelWeight: new Float64Array(size),
    curve: new Float64Array(size * CURVE_LENGTH),
    pastMean: new Float64Array(size * judged).fill(Number.NaN),
    pastVariance: new Float64Array(size * judged).fill(Number.NaN),
    pastCumulant4: new Float64Array(size * judged).fill(Number.NaN),
  };
}

/** Parts whose past is forecast too: a sample of each level's units with all above them, and some indicators. */
interface Watch {
  units: Set<number>;
  indicators: Set<number>;
}

const WATCHED_UNITS = 24;
const WATCHED_INDICATORS = 6;

function watchOf({ panel, K }: PanelJob): Watch {
  const byLevel = new Map<string, number[]>();
  panel.units.forEach(({ level }, u) => {
    const same = byLevel.get(level);
    if (same) same.push(u);
    else byLevel.set(level, [u]);
  });
  const units = new Set<number>();
  for (const level of byLevel.values())
    for (const i of evenlySpread(level.length, WATCHED_UNITS))
      for (let u = level[i]!; u >= 0 && !units.has(u); u = panel.units[u]!.parent) units.add(u);
  return { units, indicators: new Set(evenlySpread(K, WATCHED_INDICATORS)) };
}

function isWatched(watch: Watch, pool: PartPool, part: number, K: number): boolean {
  if (pool.family === 'overall' || pool.family === 'unit') return watch.units.has(part);
  return watch.units.has(Math.floor(part / K)) && watch.indicators.has(part % K);
}

function familyOf(panel: ForecastPanel, u: number, rest: boolean): PartFamily {
  if (panel.units[u]!.parent < 0) return rest ? 'indicator' : 'overall';
  return rest ? 'rest' : 'unit';
}

/** The break that a part feels, if any. */
function breakOf(job: PanelJob, u: number, k: number): { breakAt: number; breakVariance: number } {
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

function poolsOf(job: PanelJob, parts: PanelParts): PartPool[] {
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

function store(pool: PartPool, result: PoolResult, watched: readonly number[], into: PartArrays): void {
  pool.members.forEach((part, i) => {
    into.mean[part] = result.mean[i]!;
    into.variance[part] = result.variance[i]!;
    into.cumulant4[part] = result.cumulant4[i]!;
    into.history[part] = result.history[i]!;
    into.kernel[part] = result.kernel[i]!;
    into.kernelWeight[part] = result.kernelWeight[i]!;
    into.curve.set(result.curve.subarray(i * CURVE_LENGTH, (i + 1) * CURVE_LENGTH), part * CURVE_LENGTH);
  });
  const judged = result.past.quarters.length;
  watched.forEach((i, w) => {
    const part = pool.members[i]!;
    into.pastMean.set(result.past.mean.subarray(w * judged, (w + 1) * judged), part * judged);
    into.pastVariance.set(result.past.variance.subarray(w * judged, (w + 1) * judged), part * judged);
    into.pastCumulant4.set(result.past.cumulant4.subarray(w * judged, (w + 1) * judged), part * judged);
  });
}

const NAIVE_KERNEL = /^s1-none0-q0$/;

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

/** How parts are forecast. */
export interface PartSettings {
  historyLength: number;
  calibrate: boolean;
  learnFrom: number;
  /** Called about a hundred times; may throw to cancel. */
  onProgress: (done: number, total: number) => void;
}

/**
 * Forecasts every part of a panel: the movement of each unit and the rest of each unit x indicator (at `u * K + k`),
 * pooled by kind of part and level. `judged` are the quarters that were forecast again from those before them.
 */
export function forecastParts(job: PanelJob, parts: PanelParts, how: PartSettings): PartForecasts {
  const dictionary = dictionaryOfPanels();
  const { panel, K } = job;
  const judged = judgedQuarters(panel.quarters.length);
  const out: PartForecasts = {
    unit: partArrays(panel.units.length, judged.length),
    rest: partArrays(panel.units.length * K, judged.length),
    judged,
  };
  const watch = watchOf(job);
  const pools = poolsOf(job, parts);
  const total = pools.reduce((sum, pool) => sum + pool.members.length, 0);
  const step = Math.max(1, Math.floor(total / 100));
  let done = 0;
  const onSeries = (): void => {
    done += 1;
    if (done % step === 0 || done === total) how.onProgress(done, total);
  };
  for (const pool of pools) {
    const watched = pool.members.flatMap((part, i) =>
      how.calibrate && isWatched(watch, pool, part, K) ? [i] : [],
    );
    const settings: PoolSettings = {
      dictionary,
      defaultWeights: priorOf(pool.family, dictionary, job.overlapping),
      pseudoCount: 10,
      historyLength: how.historyLength,
      shrinkLevels: (pool.family === 'unit' || pool.family === 'rest') && !job.overlapping,
      learnFrom: how.learnFrom,
      watched,
    };
    const result = forecastPool(pool.series, panel.quarters, job.target, settings, onSeries);
    store(pool, result, watched, pool.family === 'indicator' || pool.family === 'rest' ? out.rest : out.unit);
  }
  return out;
}
