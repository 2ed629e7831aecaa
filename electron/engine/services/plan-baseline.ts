// What a plan starts from: last year's score of every area x stable item, its share of the volume, its drift.
import { meanOf, nEffOf, standardErrorOf } from '../../../shared/domain/cell.ts';
import { type PanelForecast, seriesForecast } from '../../../shared/domain/forecast/panel.ts';
import { betweenUnits, shrinkToParent } from '../../../shared/domain/precision.ts';
import { type Quarter, quarterOf } from '../../../shared/domain/quarter.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { channelPanel } from './forecast-panel.ts';
import { forecastAll } from './forecast-pool.ts';
import type { ChannelCube } from './workspace.ts';

export interface BaselineCell {
  area: number;
  item: number;
  baseline: number;
  n: number;
  shrunk: boolean;
  drift: number | null;
}

export interface PlanBaseline {
  /** Tree nodes of the areas. */
  areas: { node: number; share: number }[];
  /** Item positions in the cube with their weights. */
  items: { item: number; code: string; weight: number }[];
  cells: BaselineCell[];
}

interface Span {
  first: Quarter;
  last: Quarter;
}

/** A cell counts as drawn towards its parent when its own mean moved by more than this. */
const SHRUNK_POINTS = 0.1;
const FURTHEST_QUARTERS = 8;
const LEAST_QUARTERS = 4;

export async function planBaseline(
  context: Context,
  source: ChannelCube,
  options: { year: number; areaLevel: 'region' | 'province'; scheme: number; indicators: readonly string[] },
): Promise<PlanBaseline> {
  const { cube, tree } = source;
  const span = { first: quarterOf(options.year - 1, 1), last: quarterOf(options.year - 1, 4) };
  const items = stableItems(source, span, options.indicators);
  const nodes = tree.nodes.flatMap((node, i) => (node.level === options.areaLevel ? [i] : []));
  const volumes = nodes.map((node) => cube.span(node, -1, span.first, span.last).sumW);
  const total = volumes.reduce((sum, volume) => sum + volume, 0);
  if (items.length === 0 || total === 0)
    throw new AppError('plan-without-baseline', { year: options.year - 1 });
  const areas = nodes.flatMap((node, i) => (volumes[i]! > 0 ? [{ node, share: volumes[i]! / total }] : []));
  const drift = await yearDrift(context, source, options);
  const cells = items.flatMap(({ item, code }, k) =>
    itemCells(source, areas, item, span).map((cell) => ({
      ...cell,
      item: k,
      drift: drift(tree.nodes[areas[cell.area]!.node]!.id, code),
    })),
  );
  return { areas, items, cells };
}

/** Items asked in both of the last two years and in the last wave; all of last year's where there is only one year. */
export function stableItems(
  { cube }: ChannelCube,
  span: Span,
  chosen: readonly string[],
): PlanBaseline['items'] {
  const askedIn = (item: number, first: Quarter, last: Quarter) => cube.span(0, item, first, last).sumW > 0;
  const hasEarlier = cube.span(0, -1, span.first - 4, span.first - 1).sumW > 0;
  const lastWave = cube.quarters.findLast((quarter) => quarter <= span.last && cube.hasData(0, quarter));
  return cube.items.flatMap(({ code, weight }, item) => {
    const wanted = chosen.length === 0 || chosen.includes(code);
    const stable =
      askedIn(item, span.first, span.last) &&
      (!hasEarlier || askedIn(item, span.first - 4, span.first - 1)) &&
      lastWave !== undefined &&
      cube.wasAsked(item, lastWave);
    return weight > 0 && wanted && (stable || chosen.includes(code)) && askedIn(item, span.first, span.last)
      ? [{ item, code, weight }]
      : [];
  });
}

/** One item over the areas, small bases drawn towards the mean of all by empirical Bayes. */
function itemCells(
  { cube }: ChannelCube,
  areas: PlanBaseline['areas'],
  item: number,
  span: Span,
): Omit<BaselineCell, 'item' | 'drift'>[] {
  const whole = cube.span(0, item, span.first, span.last);
  const wholeVariance = (standardErrorOf(whole) ?? 0) ** 2 * nEffOf(whole);
  const units = areas.flatMap(({ node }, area) => {
    const cell = cube.span(node, item, span.first, span.last);
    const mean = meanOf(cell);
    if (mean === undefined) return [];
    const nEff = nEffOf(cell);
    return [{ area, n: cell.n, mean, variance: nEff > 0 ? wholeVariance / nEff : Number.POSITIVE_INFINITY }];
  });
  const between = betweenUnits(units);
  return units.map(({ area, n, mean, variance }) => {
    const baseline = between ? shrinkToParent({ mean, variance }, between.mean, between.tau2).mean : mean;
    return { area, n, baseline, shrunk: Math.abs(baseline - mean) > SHRUNK_POINTS };
  });
}

type Drift = (scope: string, indicator: string) => number | null;

/** The mean of the plan year's quarterly forecasts without any effort; null where the data do not reach that far. */
function yearDrift(
  context: Context,
  source: ChannelCube,
  options: { year: number; areaLevel: 'region' | 'province'; scheme: number },
): Promise<Drift> {
  const { year, areaLevel, scheme } = options;
  const key = `drift ${scheme} ${source.channel} ${areaLevel} ${year}`;
  return context.workspace().derived(key, () => forecastYear(context, source, year, areaLevel));
}

async function forecastYear(
  context: Context,
  source: ChannelCube,
  year: number,
  areaLevel: 'region' | 'province',
): Promise<Drift> {
  const upTo = Math.min(source.cube.quarters.at(-1)!, quarterOf(year, 1) - 1);
  const targets = [1, 2, 3, 4].map((q) => quarterOf(year, q));
  const { panel } = channelPanel(context.workspace(), source, upTo, areaLevel);
  if (targets.at(-1)! - upTo > FURTHEST_QUARTERS || panel.quarters.length < LEAST_QUARTERS) return () => null;
  const runs: PanelForecast[] = [];
  await forecastAll(
    targets,
    (target, id) => ({
      id,
      panel: { ...panel, scores: panel.scores.slice(), bases: panel.bases.slice() },
      target,
      halo: source.cube.halo,
    }),
    (_, forecast) => {
      runs.push(forecast);
    },
    { signal: context.job.signal, onProgress: () => undefined },
  );
  const unitOf = new Map(panel.units.map((unit, i) => [unit.id, i]));
  const columnOf = new Map(panel.indicators.map((indicator, i) => [indicator.code, i]));
  return (scope, indicator) => {
    const unit = unitOf.get(scope);
    const column = columnOf.get(indicator);
    if (unit === undefined || column === undefined) return null;
    const points = runs.map((run) => seriesForecast(run, unit, column));
    if (points.some((one) => one.kind === 'refused')) return null;
    return points.reduce((sum, one) => sum + (one.kind === 'forecast' ? one.point : 0), 0) / points.length;
  };
}
