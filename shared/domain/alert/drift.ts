import { normalTwoSided } from '../../math/normal.ts';
import { type ChartPoint, residualChart } from './residual-chart.ts';

/** How far a past score lay from its forecast, points, and the standard deviation that the forecast had given it. */
export interface Miss {
  surprise: number;
  sd: number;
}

/** The places whose forecasts are followed: units parents first, unit 0 the root; items are those of the index. */
export interface DriftPlaces {
  units: readonly { level: string; parent: number }[];
  items: number;
  /** Consecutive quarters, oldest first; the last is the one that is judged. */
  quarters: readonly number[];
  /** The miss of a unit's item (-1: its index) in a quarter; undefined where there is none or it does not count. */
  miss: (unit: number, item: number, quarter: number) => Miss | undefined;
}

/** A slow drift of one part: a unit against its parent (the root: the whole), or an item against its unit's index. */
export interface Drift {
  unit: number;
  /** -1 for the index. */
  item: number;
  /** Moving average of the misses, points. */
  shift: number;
  shiftError: number;
  p: number;
  /** Probability corrected for everything the drift chart tested this quarter. */
  adjustedP: number;
}

/** Standard deviations that a single quarter counts for at most: a sudden change is the quarterly test's affair. */
const OUTLIER = 2;
/** Standard deviation of a standard normal cut at `OUTLIER`. */
const CLIPPED_SD = 0.9593;
/** Limits in standard deviations of the average: one quarter in a hundred of a steady series lies outside. */
const CHART_WIDTH = 2.5758;
/** Latest quarters that must lie on one side. */
const RUN = 3;
/** Misses below which a single quarter would speak for the chart. */
const LEAST_POINTS = 4;
/** Below this share of a score's variance what is its own cannot be told from its parent's. */
const LEAST_SHARE = 0.02;

/**
 * The chart of a series of misses with outliers cut, so that only what lasts moves the average. `z` is the whole miss of
 * a quarter. Misses without a positive deviation are left out; empty in, empty out.
 */
export function driftChart(misses: readonly (Miss & { quarter: number })[]): ChartPoint[] {
  const known = misses.filter(({ sd, surprise }) => sd > 0 && Number.isFinite(surprise));
  const chart = residualChart(
    known.map(({ quarter, surprise, sd }) => ({
      quarter,
      actual: Math.max(-OUTLIER, Math.min(OUTLIER, surprise / sd)) / CLIPPED_SD,
      expected: 0,
      waveSd: 1,
    })),
    { width: CHART_WIDTH },
  );
  return chart.map((point, i) => ({ ...point, z: known[i]!.surprise / known[i]!.sd }));
}

/** The miss of a part: its own minus those that it contains. Variances along a path add, so they subtract too. */
function partOf(own: Miss | undefined, minus: (Miss | undefined)[], plus?: Miss): Miss | undefined {
  if (!own || minus.includes(undefined)) return undefined;
  let surprise = own.surprise + (plus?.surprise ?? 0);
  let variance = own.sd ** 2 + (plus?.sd ?? 0) ** 2;
  for (const one of minus) {
    surprise -= one!.surprise;
    variance -= one!.sd ** 2;
  }
  return variance > LEAST_SHARE * own.sd ** 2 ? { surprise, sd: Math.sqrt(variance) } : undefined;
}

function missOfPart({ units, miss }: DriftPlaces, unit: number, item: number, t: number): Miss | undefined {
  const { parent } = units[unit]!;
  if (item < 0) return parent < 0 ? miss(unit, -1, t) : partOf(miss(unit, -1, t), [miss(parent, -1, t)]);
  if (parent < 0) return partOf(miss(unit, item, t), [miss(unit, -1, t)]);
  const above = miss(parent, -1, t);
  return above && partOf(miss(unit, item, t), [miss(unit, -1, t), miss(parent, item, t)], above);
}

function judge(places: DriftPlaces, unit: number, item: number): Drift | undefined {
  const { quarters } = places;
  const misses = quarters.flatMap((quarter) => {
    const own = missOfPart(places, unit, item, quarter);
    return own ? [{ quarter, ...own }] : [];
  });
  const chart = driftChart(misses);
  const last = chart.at(-1);
  if (chart.length < LEAST_POINTS || !last || last.quarter !== quarters.at(-1)) return undefined;
  const smoothedSd = last.limit / CHART_WIDTH;
  const lasting = chart.slice(-RUN).every(({ z }) => z * last.smoothed > 0);
  return {
    unit,
    item,
    shift: last.smoothed * misses.at(-1)!.sd,
    shiftError: smoothedSd * misses.at(-1)!.sd,
    p: lasting ? normalTwoSided(last.smoothed / smoothedSd) : 1,
    adjustedP: 1,
  };
}

/** Half of the budget is for the whole, where a drift costs most; the other families share the rest evenly. */
function budgetShare(family: readonly Drift[], families: number): number {
  const { unit, item } = family[0]!;
  if (families === 1) return 1;
  return unit === 0 && item < 0 ? 0.5 : 0.5 / (families - 1);
}

/**
 * Slow drifts of the latest quarter over all places, most certain first. Every part is charted by the moving average of
 * its misses; its chance is corrected for the tests of its family (kind and level) and for the family's part of the
 * budget, and must lie within `budget`. Parts, not scores, are tested, so that a drift of the whole is not found again in each of
 * its areas. A part needs four misses, the last three on one side; drifts under `minimumShift` points are left out.
 * Example: a region that misses its forecast by one deviation more than the whole, quarter after quarter, is named by
 * about the eighth.
 */
export function raiseDrifts(places: DriftPlaces, budget: number, minimumShift = 0.3): Drift[] {
  const families = new Map<string, Drift[]>();
  places.units.forEach(({ level }, unit) => {
    for (let item = -1; item < (places.items > 1 ? places.items : 0); item += 1) {
      const found = judge(places, unit, item);
      if (!found) continue;
      const key = `${item < 0 ? 'unit' : 'rest'} ${level}`;
      families.set(key, [...(families.get(key) ?? []), found]);
    }
  });
  return [...families.values()]
    .flatMap((family) =>
      family.map((one) => ({
        ...one,
        adjustedP: Math.min(1, (one.p * family.length) / budgetShare(family, families.size)),
      })),
    )
    .filter(({ adjustedP, shift }) => adjustedP <= budget && Math.abs(shift) >= minimumShift)
    .sort((a, b) => a.adjustedP - b.adjustedP);
}
