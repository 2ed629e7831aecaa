// A forecast made on demand for one series: the scopes on its path with those beside them stand for the whole panel.

import type { BacktestView, FittedForecast, SeriesView } from '../../../../shared/calls/forecast.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { compositeForecast } from '../../../../shared/domain/forecast/composite.ts';
import {
  type PanelForecast,
  type SeriesForecast,
  seriesForecast,
} from '../../../../shared/domain/forecast/panel.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import type { Context } from '../../context.ts';
import { indicatorName } from '../figures/catalog.ts';
import { shownAt } from '../figures/figures.ts';
import { type ChannelPanel, channelPanel } from './forecast-panel.ts';
import { forecastAll } from './forecast-pool.ts';
import { type Factor, factorsOf } from './forecast-rows.ts';
import { type SeriesPlace, seriesPlace } from './series-place.ts';

/** Quarters that a past forecast must have had to go by. */
const LEAST_HISTORY = 3;

/** Series that a pool learns from; fewer than in a run, since somebody waits. */
const LEARN_FROM = 100;

interface Ask {
  target: Quarter;
  leaveOut: readonly Quarter[];
}

/** The forecast with and without some quarters of the series; null where one is refused. */
export async function forecastWithout(
  context: Context,
  place: SeriesPlace,
  quarter: Quarter,
  leaveOut: readonly Quarter[],
): Promise<SeriesView['whatIf']> {
  const [whole, partial] = await forecastPlace(context, place, [
    { target: quarter, leaveOut: [] },
    { target: quarter, leaveOut },
  ]);
  const moved = whole && partial ? partial.point - whole.point : 0;
  return {
    leaveOut: [...leaveOut],
    with: whole ?? null,
    without: partial ?? null,
    above: aboveOf(place, quarter).map(({ share, ...scope }) => ({ ...scope, points100: moved * share })),
  };
}

/** What trying out touches: no parent is adjusted to a series that somebody plays with. */
export const TRY_OUT_NOTE: Bilingual = {
  zh: '试算只针对这一条序列：上级、下级和同级范围的预测不随之改变。要让一次性事件真正不参与预测，请在其预警页确认为一次性，再重新预测。',
  en: 'This tries out one series alone: the forecasts of the scopes above, below and beside it stay as they are. To leave out for good what happened once, confirm it on the page of its alert and forecast again.',
};

/** The scopes above, nearest first, with the place's share of their answers in the latest quarter before. */
function aboveOf(
  { source, node, measure }: SeriesPlace,
  before: Quarter,
): { scope: string; scopeName: Bilingual; share: number }[] {
  const { nodes } = source.tree;
  const latest = source.cube.quarters.findLast(
    (quarter) => quarter < before && measure.at(node, quarter).sumW > 0,
  );
  const above = [];
  for (let at = nodes[node]!.parent; at >= 0 && latest !== undefined; at = nodes[at]!.parent)
    above.push({
      scope: nodes[at]!.id,
      scopeName: nodes[at]!.name,
      share: measure.at(node, latest).sumW / measure.at(at, latest).sumW,
    });
  return above;
}

/** The forecast of one series on the place's own basis; null where it is refused. */
export async function forecastOnBasis(
  context: Context,
  place: SeriesPlace,
  target: Quarter,
): Promise<FittedForecast | null> {
  const [made] = await forecastPlace(context, place, [{ target, leaveOut: [] }]);
  return made ?? null;
}

/** Forecasts of one series, in the order asked; a refused one is null. */
async function forecastPlace(
  context: Context,
  place: SeriesPlace,
  asks: readonly Ask[],
): Promise<(FittedForecast | null)[]> {
  const { workspace, source, node, scope, indicator } = place;
  const nodes = pathWithSiblings(place);
  const factor = factorsOf(workspace, source).find(({ code }) => code === indicator);
  const codes = factor ? factor.members.map(({ column }) => source.cube.items[column]!.code) : [indicator];
  const answers: (FittedForecast | null)[] = asks.map(() => null);
  const built: ChannelPanel[] = [];
  const step = { zh: '按过去各季的数据重新预测', en: 'Forecasting from what was known then' };
  await forecastAll(
    asks.map((_, i) => i),
    (i, id) => {
      const { target, leaveOut } = asks[i]!;
      built[i] = channelPanel(workspace, source, target - 1, 'dealer', {
        nodes,
        leaveOut: leaveOut.flatMap((quarter) =>
          codes.map((code) => ({ scope, indicator: code, quarter, shift: 0 })),
        ),
      });
      return { id, panel: built[i].panel, target, halo: source.cube.halo, learnFrom: LEARN_FROM };
    },
    (i, forecast) => {
      answers[i] = readOne(built[i]!, forecast, node, indicator, factor);
    },
    {
      signal: context.job.signal,
      onProgress: (share) => context.job.progress(step, Math.round(share * 100), asks.length * 100),
    },
  );
  return answers;
}

function pathWithSiblings({ source, node }: SeriesPlace): Set<number> {
  const { tree } = source;
  const nodes = new Set<number>([0, ...tree.children[0]!]);
  for (let at = node; at > 0; at = tree.nodes[at]!.parent)
    for (const sibling of tree.children[tree.nodes[at]!.parent]!) nodes.add(sibling);
  return nodes;
}

function readOne(
  { nodes, panel }: ChannelPanel,
  forecast: PanelForecast,
  node: number,
  indicator: string,
  factor: Factor | undefined,
): FittedForecast | null {
  const unit = nodes.indexOf(node);
  const column =
    indicator === '' ? panel.indicators.length : panel.indicators.findIndex((one) => one.code === indicator);
  if (unit < 0 || (column < 0 && !factor)) return null;
  const one = factor
    ? compositeForecast(forecast, unit, factor.members)
    : seriesForecast(forecast, unit, column);
  return one.kind === 'refused' ? null : viewOf(one, panel.quarters[0]!);
}

function viewOf(one: SeriesForecast, begins: Quarter): FittedForecast {
  return {
    quarter: one.target,
    point: one.point,
    low80: one.low80,
    high80: one.high80,
    low95: one.low95,
    high95: one.high95,
    curve: one.kernel.id,
    curveName: one.kernel.name,
    history: one.historyLength,
    flags: one.flags,
    fitted: one.fitted.filter(({ quarter }) => quarter >= begins),
  };
}

export async function backtestSeries(
  context: Context,
  input: CallArguments<'forecast.backtest'>,
): Promise<BacktestView> {
  const workspace = context.workspace();
  const startedAt = performance.now();
  const place = seriesPlace(workspace, input);
  const { source, measure, node } = place;
  const { cube } = source;
  const scoreAt = (quarter: Quarter) => shownAt(measure, node, quarter)?.score100 ?? null;
  const targets = cube.quarters
    .filter((quarter) => cube.hasData(0, quarter))
    .slice(LEAST_HISTORY)
    .filter((quarter) => scoreAt(quarter) !== null)
    .slice(-input.origins);
  const forecasts = await forecastPlace(
    context,
    place,
    targets.map((target) => ({ target, leaveOut: [] })),
  );
  const rows = targets.flatMap((quarter, i): BacktestView['rows'] => {
    const forecast = forecasts[i];
    const score = shownAt(measure, node, quarter);
    if (!forecast || !score) return [];
    const actual = score.score100;
    return [
      {
        quarter,
        forecast,
        actual,
        score,
        naive: scoreAt(quarter - 1),
        hit80: actual >= forecast.low80 && actual <= forecast.high80,
        hit95: actual >= forecast.low95 && actual <= forecast.high95,
      },
    ];
  });
  return {
    scopeName: source.tree.nodes[node]!.name,
    indicatorName: indicatorName(workspace, place.indicator),
    rows,
    summary: summaryOf(rows),
    seconds: (performance.now() - startedAt) / 1000,
  };
}

function summaryOf(rows: BacktestView['rows']): BacktestView['summary'] {
  if (rows.length === 0) return null;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const naive = rows.flatMap((row) => (row.naive === null ? [] : [Math.abs(row.naive - row.actual)]));
  return {
    quarters: rows.length,
    error: mean(rows.map((row) => Math.abs(row.forecast.point - row.actual))),
    naiveError: naive.length > 0 ? mean(naive) : null,
    hit80: mean(rows.map((row) => Number(row.hit80))),
    hit95: mean(rows.map((row) => Number(row.hit95))),
  };
}
