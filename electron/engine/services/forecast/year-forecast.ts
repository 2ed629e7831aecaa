// What a year's quarters look like without any effort, by area and item, and the shape of its seasons.
import { type PanelForecast, seriesForecast } from '../../../../shared/domain/forecast/panel.ts';
import type { PlanLevel } from '../../../../shared/domain/plan/plan-facts.ts';
import { type Quarter, quarterOf } from '../../../../shared/domain/quarter.ts';
import type { Context } from '../../context.ts';
import { basisKey } from '../workspace/basis.ts';
import type { ChannelCube } from '../workspace/workspace.ts';
import { channelPanel } from './forecast-panel.ts';
import { forecastAll } from './forecast-pool.ts';

export interface YearForecast {
  /** Mean of the year's quarters; null where the data do not reach that far. `''` is the index. */
  point(scope: string, indicator: string): number | null;
  /** One quarter's forecast with the standard deviation of its wave. */
  quarter(scope: string, indicator: string, quarter: Quarter): { point: number; sd: number } | null;
  season: number[];
}

const FURTHEST_QUARTERS = 8;
const LEAST_QUARTERS = 4;
export const NO_FORECAST: YearForecast = { point: () => null, quarter: () => null, season: [0, 0, 0, 0] };

/** Forecasts are made down to provinces: below, a year of one item is mostly noise. */
function lowestOf(level: PlanLevel): 'region' | 'province' {
  return level === 'region' ? 'region' : 'province';
}

/** A forecast being made, and itself once it is. */
interface Making {
  done: Promise<YearForecast>;
  made: YearForecast | null;
}

/** The plan year as it looked before it began; `if-ready` gives null while it is being made. */
export async function yearForecast(
  context: Context,
  source: ChannelCube,
  year: number,
  level: PlanLevel,
  wait: 'wait' | 'if-ready',
): Promise<YearForecast | null> {
  const upTo = Math.min(source.cube.quarters.at(-1)!, quarterOf(year, 1) - 1);
  const targets = [1, 2, 3, 4].map((q) => quarterOf(year, q));
  const making = forecastOf(context, source, { upTo, targets, level: lowestOf(level) });
  return wait === 'wait' ? making.done : making.made;
}

/** The quarters of a running year that have no figures yet. */
export function openQuarters(
  context: Context,
  source: ChannelCube,
  targets: readonly Quarter[],
  level: PlanLevel,
): Promise<YearForecast> {
  return forecastOf(context, source, {
    upTo: source.cube.quarters.at(-1)!,
    targets,
    level: lowestOf(level),
  }).done;
}

interface Wanted {
  upTo: Quarter;
  targets: readonly Quarter[];
  level: 'region' | 'province';
}

function forecastOf(context: Context, source: ChannelCube, wanted: Wanted): Making {
  const { upTo, targets, level } = wanted;
  const schemeRoot = source.tree.nodes.length;
  const key = `year forecast ${basisKey(source.basis)} ${source.channel} ${schemeRoot} ${source.tree.nodes[1]?.id} ${level} ${upTo} ${targets.join()}`;
  return context.workspace().derived(key, () => {
    const making: Making = { done: make(context, source, wanted), made: null };
    // Whoever waits for it hears of a failure; nobody may be waiting yet.
    making.done.then(
      (made) => {
        making.made = made;
      },
      () => undefined,
    );
    return making;
  });
}

async function make(context: Context, source: ChannelCube, wanted: Wanted): Promise<YearForecast> {
  const { upTo, targets, level } = wanted;
  const { panel } = channelPanel(context.workspace(), source, upTo, level);
  if (targets.length === 0 || panel.quarters.length < LEAST_QUARTERS) return NO_FORECAST;
  if (targets.at(-1)! - upTo > FURTHEST_QUARTERS) return NO_FORECAST;
  const runs = new Map<Quarter, PanelForecast>();
  await forecastAll(
    targets,
    (target, id) => ({
      id,
      panel: { ...panel, scores: panel.scores.slice(), bases: panel.bases.slice() },
      target,
      halo: source.cube.halo,
    }),
    (target, forecast) => {
      runs.set(target, forecast);
    },
    // Kept for later calls, so no single one of them may cancel it.
    { signal: new AbortController().signal, onProgress: () => undefined },
  );
  const unitOf = new Map(panel.units.map((unit, i) => [unit.id, i]));
  const columnOf = new Map(panel.indicators.map((indicator, i) => [indicator.code, i]));
  columnOf.set('', panel.indicators.length);
  const quarter: YearForecast['quarter'] = (scope, indicator, at) => {
    const unit = unitOf.get(scope);
    const column = columnOf.get(indicator);
    const run = runs.get(at);
    if (unit === undefined || column === undefined || !run) return null;
    const one = seriesForecast(run, unit, column);
    return one.kind === 'forecast' ? { point: one.point, sd: one.waveSd } : null;
  };
  const point: YearForecast['point'] = (scope, indicator) => {
    const all = targets.map((at) => quarter(scope, indicator, at));
    if (all.some((one) => one === null)) return null;
    return all.reduce((sum, one) => sum + one!.point, 0) / all.length;
  };
  const level100 = point('overall', '');
  const season = targets.map((at) => (level100 === null ? 0 : quarter('overall', '', at)!.point - level100));
  return { point, quarter, season };
}
