import type { Bilingual } from '../language.ts';

/** How a curve's slope behaves: none, a straight line, or a slope that wanders. */
export type TrendKind = 'none' | 'line' | 'bend';

/**
 * One family of random curves: the covariance, per unit of its scale, of the curve's values in two quarters.
 * `smooth` is the share of the movement that stays (0: every quarter stands alone around a level; 1: a random walk,
 * so the last level counts); `trend` and `trendVariance` describe the slope, `memory` how much of a wandering slope
 * lasts into the next quarter; `season` is the variance of a pattern that repeats every four quarters. A `logarithmic`
 * curve describes the logarithms of positive values: growth and season in percent.
 */
export interface Kernel {
  id: string;
  name: Bilingual;
  smooth: number;
  trend: TrendKind;
  trendVariance: number;
  memory: number;
  season: number;
  logarithmic: boolean;
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
  bend: readonly { variance: number; memory: number }[];
  season: readonly number[];
  /** Every curve also on the logarithms of positive values. */
  logarithms: boolean;
  /** Decimal exponents of the scales, in steps of a half: [lowest, highest]. */
  scaleExponents: readonly [number, number];
}

/** Score panels: scores on 0-100, scales from .01 to 100 squared points. */
export const PANEL_SHAPE: DictionaryShape = {
  smooth: [0, 0.3, 1],
  line: [0.05],
  bend: [
    { variance: 0.05, memory: SLOPE_MEMORY },
    { variance: 0.3, memory: SLOPE_MEMORY },
  ],
  season: [0, 0.3, 1, 8],
  logarithms: false,
  scaleExponents: [-2, 2],
};

/** Any series, after division by its mean absolute value. */
export const FREE_SHAPE: DictionaryShape = {
  smooth: [0, 0.3, 1],
  line: [3],
  bend: [
    { variance: 0.1, memory: SLOPE_MEMORY },
    { variance: 1, memory: SLOPE_MEMORY },
    { variance: 0.1, memory: 0.95 },
  ],
  season: [0, 1, 8],
  logarithms: true,
  scaleExponents: [-6, -0.5],
};

function levelName(smooth: number): Bilingual {
  if (smooth === 0) return { zh: '稳定水平', en: 'steady level' };
  if (smooth === 1) return { zh: '最近水平', en: 'latest level' };
  return { zh: '平滑水平', en: 'smoothed level' };
}

function trendName({ trend, trendVariance, memory }: Trend): Bilingual {
  if (trend === 'none') return { zh: '', en: '' };
  if (trend === 'line') return { zh: '＋直线趋势', en: ' + straight trend' };
  if (memory > SLOPE_MEMORY) return { zh: '＋持续趋势', en: ' + lasting trend' };
  return trendVariance > 0.1
    ? { zh: '＋快速弯曲趋势', en: ' + strongly bending trend' }
    : { zh: '＋缓慢弯曲趋势', en: ' + slowly bending trend' };
}

function seasonName(season: number): Bilingual {
  if (season === 0) return { zh: '', en: '' };
  if (season < 1) return { zh: '＋弱季节', en: ' + slight season' };
  return season === 1 ? { zh: '＋季节', en: ' + season' } : { zh: '＋强季节', en: ' + strong season' };
}

type Trend = Pick<Kernel, 'trend' | 'trendVariance' | 'memory'>;

function kernelOf(smooth: number, slope: Trend, season: number, logarithmic: boolean): Kernel {
  const growth = logarithmic ? { zh: '（按百分比）', en: ' (in percent)' } : { zh: '', en: '' };
  const parts = [levelName(smooth), trendName(slope), seasonName(season), growth];
  const memory = slope.memory === SLOPE_MEMORY ? '' : `m${slope.memory}`;
  return {
    id: `s${smooth}-${slope.trend}${slope.trendVariance}${memory}-q${season}${logarithmic ? '-log' : ''}`,
    name: { zh: parts.map((p) => p.zh).join(''), en: parts.map((p) => p.en).join('') },
    smooth,
    ...slope,
    season,
    logarithmic,
  };
}

function kernelsOf(shape: DictionaryShape): Kernel[] {
  const slopes: Trend[] = [
    { trend: 'none', trendVariance: 0, memory: SLOPE_MEMORY },
    ...shape.line.map(
      (variance): Trend => ({ trend: 'line', trendVariance: variance, memory: SLOPE_MEMORY }),
    ),
    ...shape.bend.map(({ variance, memory }): Trend => ({ trend: 'bend', trendVariance: variance, memory })),
  ];
  return [false, ...(shape.logarithms ? [true] : [])].flatMap((logarithmic) =>
    shape.smooth.flatMap((smooth) =>
      shape.season.flatMap((season) => slopes.map((slope) => kernelOf(smooth, slope, season, logarithmic))),
    ),
  );
}

/** Covariance of slopes of a memory added up from the first quarter of the table. */
function cumulatedSlopes(memory: number): Float64Array {
  const sums = new Float64Array(SPAN * SPAN);
  for (let i = 0; i < SPAN; i += 1)
    for (let j = 0; j < SPAN; j += 1) {
      const up = i > 0 ? sums[(i - 1) * SPAN + j]! : 0;
      const left = j > 0 ? sums[i * SPAN + j - 1]! : 0;
      const both = i > 0 && j > 0 ? sums[(i - 1) * SPAN + j - 1]! : 0;
      sums[i * SPAN + j] = memory ** Math.abs(i - j) + up + left - both;
    }
  return sums;
}

function covariance(kernel: Kernel, withNews: boolean): Float64Array {
  const table = new Float64Array(SPAN * SPAN);
  const slopes = kernel.trend === 'bend' ? cumulatedSlopes(kernel.memory) : undefined;
  const now = SPAN - 2;
  for (let i = 0; i < SPAN; i += 1)
    for (let j = 0; j < SPAN; j += 1) {
      let value = kernel.smooth * (Math.min(i, j) + 1);
      if (i === j && withNews) value += 1 - kernel.smooth + JITTER;
      if (kernel.trend === 'line') value += kernel.trendVariance * (i - now) * (j - now);
      if (slopes) value += kernel.trendVariance * slopes[i * SPAN + j]!;
      if ((i - j) % 4 === 0) value += kernel.season;
      table[i * SPAN + j] = value;
    }
  return table;
}

/**
 * Builds the curve families of a shape. With an unknown mean only contrasts matter, so one table serves every history
 * length, every gap and every starting point. Throws on an empty list of levels, seasons or scales.
 * Example: `buildDictionary(PANEL_SHAPE).size` is 432 (48 families at 9 scales).
 */
export function buildDictionary(shape: DictionaryShape): Dictionary {
  const kernels = kernelsOf(shape);
  const [low, high] = shape.scaleExponents;
  const scales: number[] = [];
  for (let e = low; e <= high + 1e-9; e += 0.5) scales.push(10 ** e);
  if (kernels.length === 0 || scales.length === 0) throw new RangeError('buildDictionary: an empty shape');
  return {
    kernels,
    scales: Float64Array.from(scales),
    size: kernels.length * scales.length,
    tables: kernels.map((k) => covariance(k, true)),
    smoothTables: kernels.map((k) => covariance(k, false)),
  };
}
