// What a plan starts from: last year's score of every area x stable item, its share of the volume, its drift.
import { meanOf, nEffOf, standardErrorOf } from '../../../../shared/domain/cell.ts';
import type { PlanInput } from '../../../../shared/domain/plan/plan-facts.ts';
import { betweenUnits, shrinkToParent } from '../../../../shared/domain/precision.ts';
import { type Quarter, quarterOf } from '../../../../shared/domain/quarter.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { NO_FORECAST, type YearForecast, yearForecast } from '../forecast/year-forecast.ts';
import type { ChannelCube } from '../workspace/workspace.ts';
import { placeNode } from './plan-areas.ts';

export interface BaselineCell {
  area: number;
  item: number;
  baseline: number;
  standardError: number;
  n: number;
  nEff: number;
  shrunk: boolean;
  drift: number | null;
}

export interface PlanBaseline {
  /** Tree nodes of the areas. */
  areas: { node: number; share: number }[];
  /** Item positions in the cube with their weights. */
  items: { item: number; code: string; weight: number }[];
  cells: BaselineCell[];
  /** Seasonal offsets of the plan year's quarters; zeros without a forecast. */
  season: number[];
  /** The forecast behind drift and season is still being made. */
  driftPending: boolean;
}

/** What the baseline depends on. */
export type BaselineChoice = Pick<
  PlanInput,
  'year' | 'areaLevel' | 'scheme' | 'within' | 'indicators' | 'volumes' | 'volumeBasis'
>;

export interface Span {
  first: Quarter;
  last: Quarter;
}

/** A cell counts as drawn towards its parent when its own mean moved by more than this. */
const SHRUNK_POINTS = 0.1;

export async function planBaseline(
  context: Context,
  source: ChannelCube,
  options: BaselineChoice,
  wait: 'wait' | 'if-ready' = 'wait',
): Promise<PlanBaseline> {
  const { cube, tree } = source;
  const span = baselineSpan(options.year);
  const items = stableItems(source, span, options.indicators);
  const nodes = areaNodes(source, options);
  const given = new Map(options.volumes.map(({ area, share }) => [area, share]));
  const bases = nodes.map((node) => cube.span(node, -1, span.first, span.last));
  // Scores reported without their base sizes count one each.
  const isCounted = options.volumeBasis === 'sample' && bases.some(({ n }) => n > 0);
  const volumes = nodes.map((node, i) => {
    const { n, sumW } = bases[i]!;
    return given.size > 0 && sumW > 0 ? (given.get(tree.nodes[node]!.id) ?? 0) : isCounted ? n : sumW;
  });
  const total = volumes.reduce((sum, volume) => sum + volume, 0);
  if (items.length === 0 || total === 0)
    throw new AppError('plan-without-baseline', { year: options.year - 1 });
  const areas = nodes.flatMap((node, i) => (volumes[i]! > 0 ? [{ node, share: volumes[i]! / total }] : []));
  const made = await yearForecast(context, source, options.year, options.areaLevel, wait);
  const forecast = made ?? NO_FORECAST;
  const cells = items.flatMap(({ item, code }, k) =>
    itemCells(source, areas, item, span).map((cell) => ({
      ...cell,
      item: k,
      drift: driftOf(source, forecast, span, areas[cell.area]!.node, { item, code, baseline: cell.baseline }),
    })),
  );
  return { areas, items, cells, season: forecast.season, driftPending: made === null };
}

/** The year before the plan's. */
export function baselineSpan(year: number): Span {
  return { first: quarterOf(year - 1, 1), last: quarterOf(year - 1, 4) };
}

/** The tree nodes of a level below a scope. */
export function areaNodes(
  { tree }: ChannelCube,
  options: Pick<BaselineChoice, 'areaLevel' | 'within'>,
): number[] {
  const top = placeNode(tree, options.within);
  const isBelow = (node: number) => {
    for (let at = node; at >= 0; at = tree.nodes[at]!.parent) if (at === top) return true;
    return false;
  };
  return tree.nodes.flatMap((node, i) => (node.level === options.areaLevel && isBelow(i) ? [i] : []));
}

/** The forecast of the area itself, or, where it is too small for one, its own score and its parent's change. */
function driftOf(
  { cube, tree }: ChannelCube,
  forecast: YearForecast,
  span: Span,
  node: number,
  cell: { item: number; code: string; baseline: number },
): number | null {
  for (let at = node; at >= 0; at = tree.nodes[at]!.parent) {
    const point = forecast.point(tree.nodes[at]!.id, cell.code);
    if (point === null) continue;
    if (at === node) return point;
    const before = meanOf(cube.span(at, cell.item, span.first, span.last));
    if (before === undefined) return null;
    return Math.max(0, Math.min(100, cell.baseline + point - before));
  }
  return null;
}

/**
 * Items asked in both of the last two years and in the last wave (all of last year's where there is only one year),
 * and whatever was chosen by name as long as it was ever asked.
 */
export function stableItems(
  source: ChannelCube,
  span: Span,
  chosen: readonly string[],
): PlanBaseline['items'] {
  const { cube } = source;
  const askedIn = (item: number, first: Quarter, last: Quarter) => cube.span(0, item, first, last).sumW > 0;
  const hasEarlier = cube.span(0, -1, span.first - 4, span.first - 1).sumW > 0;
  const lastWave = cube.quarters.findLast((quarter) => quarter <= span.last && cube.hasData(0, quarter));
  return cube.items.flatMap(({ code, weight }, item) => {
    const stable =
      askedIn(item, span.first, span.last) &&
      (!hasEarlier || askedIn(item, span.first - 4, span.first - 1)) &&
      lastWave !== undefined &&
      cube.wasAsked(item, lastWave);
    const wanted = chosen.length > 0 ? chosen.includes(code) : stable;
    return weight > 0 && wanted && lastAsked(source, item, span) !== null ? [{ item, code, weight }] : [];
  });
}

/** The last quarter up to the baseline year's end in which an item was asked. */
export function lastAsked({ cube }: ChannelCube, item: number, span: Span): Quarter | null {
  return cube.quarters.findLast((quarter) => quarter <= span.last && cube.wasAsked(item, quarter)) ?? null;
}

/** The baseline year, or, for an item that was not asked in it, the last four quarters up to when it was. */
function itemSpan(source: ChannelCube, item: number, span: Span): Span {
  if (source.cube.span(0, item, span.first, span.last).sumW > 0) return span;
  const last = lastAsked(source, item, span) ?? span.last;
  return { first: last - 3, last };
}

/** One item over the areas, small bases drawn towards the mean of all by empirical Bayes. */
export function itemCells(
  source: ChannelCube,
  areas: readonly { node: number }[],
  item: number,
  year: Span,
): Omit<BaselineCell, 'item' | 'drift'>[] {
  const { cube } = source;
  const span = itemSpan(source, item, year);
  const whole = cube.span(0, item, span.first, span.last);
  const wholeVariance = (standardErrorOf(whole) ?? 0) ** 2 * nEffOf(whole);
  const units = areas.flatMap(({ node }, area) => {
    const cell = cube.span(node, item, span.first, span.last);
    const mean = meanOf(cell);
    if (mean === undefined) return [];
    const nEff = nEffOf(cell);
    return [
      { area, n: cell.n, nEff, mean, variance: nEff > 0 ? wholeVariance / nEff : Number.POSITIVE_INFINITY },
    ];
  });
  const between = betweenUnits(units);
  return units.map(({ area, n, nEff, mean, variance }) => {
    const own = { mean, standardError: variance < Number.POSITIVE_INFINITY ? Math.sqrt(variance) : 0 };
    const estimate = between ? shrinkToParent({ mean, variance }, between.mean, between.tau2) : own;
    const baseline = estimate.mean;
    return {
      area,
      n,
      nEff,
      baseline,
      standardError: estimate.standardError,
      shrunk: Math.abs(baseline - mean) > SHRUNK_POINTS,
    };
  });
}
