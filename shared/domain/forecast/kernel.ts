import type { Bilingual } from '../language.ts';

/** How a curve's slope behaves: none, a straight line, or a slope that wanders (correlation .8 from quarter to quarter). */
export type TrendKind = 'none' | 'line' | 'bend';

/**
 * One family of random curves: the covariance, per unit of its scale, of the curve's values in two quarters.
 * `smooth` is the share of the movement that stays (0: every quarter stands alone around a level; 1: a random walk,
 * so the last level counts); `trend` and `trendVariance` describe the slope; `season` the variance of a pattern that
 * repeats every four quarters; `drift` a fixed slope per quarter in units of the series.
 */
export interface Kernel {
  id: string;
  name: Bilingual;
  smooth: number;
  trend: TrendKind;
  trendVariance: number;
  season: number;
  drift: number;
}

/** Curve families times scales; component `kernel * scales.length + scale` has covariance `scales[scale] * table`. */
export interface Dictionary {
  kernels: readonly Kernel[];
  /** Scales: variance in squared units of the series. */
  scales: Float64Array;
  /** Number of components. */
  size: number;
  /** Per kernel the SPAN x SPAN covariance of the curve, row-major. */
  tables: readonly Float64Array[];
  /** The same without the part that is new every quarter: what a drawn curve shows. */
  smoothTables: readonly Float64Array[];
}

/** Quarters a table covers: the forecast quarter is row SPAN - 1, the quarter before it SPAN - 2, and so on. */
export const SPAN = 24;

const SLOPE_MEMORY = 0.8;
const JITTER = 1e-6;

/** What to build a dictionary from; every combination becomes a kernel. */
export interface DictionaryShape {
  smooth: readonly number[];
  line: readonly number[];
  bend: readonly number[];
  season: readonly number[];
  /** Fixed slopes, in units of the series per quarter; combined with level-only kernels. */
  drift: readonly number[];
  /** Decimal exponents of the scales, in steps of a half: [lowest, highest]. */
  scaleExponents: readonly [number, number];
}

/** Score panels: scores on 0-100, scales from .01 to 100 squared points. */
export const PANEL_SHAPE: DictionaryShape = {
  smooth: [0, 0.3, 1],
  line: [0.05],
  bend: [0.05, 0.3],
  season: [0, 1, 8],
  drift: [],
  scaleExponents: [-2, 2],
};

/** Any series, after division by its mean absolute value. */
export const FREE_SHAPE: DictionaryShape = {
  smooth: [0, 0.3, 1],
  line: [0.3],
  bend: [0.1, 1],
  season: [0, 1, 8],
  drift: [],
  scaleExponents: [-6, -0.5],
};

function levelName(smooth: number): Bilingual {
  if (smooth === 0) return { zh: '稳定水平', en: 'steady level' };
  if (smooth === 1) return { zh: '最近水平', en: 'latest level' };
  return { zh: '平滑水平', en: 'smoothed level' };
}

function trendName(trend: TrendKind, strong: boolean): Bilingual {
  if (trend === 'none') return { zh: '', en: '' };
  if (trend === 'line') return { zh: '＋直线趋势', en: ' + straight trend' };
  return strong
    ? { zh: '＋快速弯曲趋势', en: ' + strongly bending trend' }
    : { zh: '＋缓慢弯曲趋势', en: ' + slowly bending trend' };
}

function seasonName(season: number): Bilingual {
  if (season === 0) return { zh: '', en: '' };
  return season <= 1 ? { zh: '＋季节', en: ' + season' } : { zh: '＋强季节', en: ' + strong season' };
}

function kernelOf(
  smooth: number,
  trend: TrendKind,
  variance: number,
  strong: boolean,
  season: number,
  drift: number,
): Kernel {
  const parts = [levelName(smooth), trendName(trend, strong), seasonName(season)];
  if (drift !== 0) parts.splice(1, 0, { zh: '＋固定漂移', en: ' + fixed drift' });
  return {
    id: `s${smooth}-${trend}${variance}-q${season}-d${drift}`,
    name: { zh: parts.map((p) => p.zh).join(''), en: parts.map((p) => p.en).join('') },
    smooth,
    trend,
    trendVariance: variance,
    season,
    drift,
  };
}

function kernelsOf(shape: DictionaryShape): Kernel[] {
  const kernels: Kernel[] = [];
  for (const smooth of shape.smooth)
    for (const season of shape.season) {
      kernels.push(kernelOf(smooth, 'none', 0, false, season, 0));
      for (const c of shape.line) kernels.push(kernelOf(smooth, 'line', c, false, season, 0));
      shape.bend.forEach((c, i) => {
        kernels.push(kernelOf(smooth, 'bend', c, i > 0, season, 0));
      });
      if (smooth > 0)
        for (const drift of shape.drift) kernels.push(kernelOf(smooth, 'none', 0, false, season, drift));
    }
  return kernels;
}

/** Covariance of slopes with memory .8 added up from the first quarter of the table. */
function cumulatedSlopes(): Float64Array {
  const sums = new Float64Array(SPAN * SPAN);
  for (let i = 0; i < SPAN; i += 1)
    for (let j = 0; j < SPAN; j += 1) {
      const up = i > 0 ? sums[(i - 1) * SPAN + j]! : 0;
      const left = j > 0 ? sums[i * SPAN + j - 1]! : 0;
      const both = i > 0 && j > 0 ? sums[(i - 1) * SPAN + j - 1]! : 0;
      sums[i * SPAN + j] = SLOPE_MEMORY ** Math.abs(i - j) + up + left - both;
    }
  return sums;
}

function covariance(kernel: Kernel, slopes: Float64Array, withNews: boolean): Float64Array {
  const table = new Float64Array(SPAN * SPAN);
  const now = SPAN - 2;
  for (let i = 0; i < SPAN; i += 1)
    for (let j = 0; j < SPAN; j += 1) {
      let value = kernel.smooth * (Math.min(i, j) + 1);
      if (i === j && withNews) value += 1 - kernel.smooth + JITTER;
      if (kernel.trend === 'line') value += kernel.trendVariance * (i - now) * (j - now);
      if (kernel.trend === 'bend') value += kernel.trendVariance * slopes[i * SPAN + j]!;
      if ((i - j) % 4 === 0) value += kernel.season;
      table[i * SPAN + j] = value;
    }
  return table;
}

/**
 * Builds the curve families of a shape. With an unknown mean only contrasts matter, so one table serves every history
 * length, every gap and every starting point. Throws on an empty list of levels, seasons or scales.
 * Example: `buildDictionary(PANEL_SHAPE).size` is 324 (36 families at 9 scales).
 */
export function buildDictionary(shape: DictionaryShape): Dictionary {
  const kernels = kernelsOf(shape);
  const [low, high] = shape.scaleExponents;
  const scales: number[] = [];
  for (let e = low; e <= high + 1e-9; e += 0.5) scales.push(10 ** e);
  if (kernels.length === 0 || scales.length === 0) throw new RangeError('buildDictionary: an empty shape');
  const slopes = cumulatedSlopes();
  return {
    kernels,
    scales: Float64Array.from(scales),
    size: kernels.length * scales.length,
    tables: kernels.map((k) => covariance(k, slopes, true)),
    smoothTables: kernels.map((k) => covariance(k, slopes, false)),
  };
}
