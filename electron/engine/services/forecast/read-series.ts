// One series read in full: history, what was expected each time, the forecast with its curve, other curves, drift.

import type { SeriesView } from '../../../../shared/calls/forecast.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { FORECAST_METHOD } from '../../../../shared/domain/forecast/method.ts';
import { REFUSAL_WORDS } from '../../../../shared/domain/forecast/refusal.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import type { Context } from '../../context.ts';
import { listOneOffs } from '../../store/alerts.ts';
import { findRefusal, fittedValues } from '../../store/results.ts';
import { basisNotes, isEverybody } from '../figures/basis-notes.ts';
import { breaksOf } from '../figures/breaks.ts';
import { indicatorName } from '../figures/catalog.ts';
import { shownAt } from '../figures/figures.ts';
import { seriesDrift } from './drift-alerts.ts';
import { seriesTest } from './quarter-tests.ts';
import { isCurrent } from './run-snapshot.ts';
import { seriesCurves } from './series-curves.ts';
import { forecastOnBasis, forecastWithout, TRY_OUT_NOTE } from './series-panel.ts';
import { type SeriesPlace, seriesPlace } from './series-place.ts';
import { StandingForecasts, viewForecast } from './standing-forecasts.ts';

const HISTORY = 16;

export async function readSeries(
  context: Context,
  input: CallArguments<'forecast.series'>,
): Promise<SeriesView> {
  const workspace = context.workspace();
  const place = seriesPlace(workspace, input);
  const { source, measure, node, scope, indicator } = place;
  const { channel, cube } = source;
  const measured = cube.quarters.filter((quarter) => cube.hasData(0, quarter));
  const quarter = input.quarter ?? measured.at(-1)! + 1;
  const forecasts = new StandingForecasts(workspace, input.scheme, input.basis);
  const everybody = isEverybody(input.basis);
  const outside = leftOut(place, input.leaveOut);
  const history = measured
    .filter((q) => q < quarter)
    .slice(-HISTORY)
    .map((q) => ({
      quarter: q,
      score: shownAt(measure, node, q),
      leftOut: outside.has(q),
      expected: forecasts.find(channel, q, scope, indicator),
    }));
  return {
    channel,
    channelName: CHANNEL_NAMES[channel],
    scope,
    scopeName: source.tree.nodes[node]!.name,
    indicator,
    indicatorName: indicatorName(workspace, indicator),
    scale: measure.scale,
    quarter,
    history,
    actual: shownAt(measure, node, quarter),
    forecast: everybody
      ? storedForecast(place, forecasts, quarter)
      : await freshForecast(context, place, quarter, history),
    notes: everybody ? [] : [...basisNotes([source]), FORECAST_MADE_NOW],
    refusal: refusalOf(place, forecasts, quarter),
    test: everybody ? seriesTest(place, forecasts, quarter) : null,
    curves: seriesCurves(place, history, quarter),
    whatIf:
      input.leaveOut.length === 0 ? null : await forecastWithout(context, place, quarter, input.leaveOut),
    tryOutNote: TRY_OUT_NOTE,
    drift: seriesDrift(place, forecasts, quarter),
    breaks: breaksOf(workspace, source, measure).filter((one) => one.quarter <= quarter),
  };
}

/** Quarters of a place that fits leave out: those confirmed as one-offs, and those tried out now. */
function leftOut(
  { workspace, source, scope, indicator }: SeriesPlace,
  tried: readonly Quarter[],
): Set<Quarter> {
  const confirmed = listOneOffs(workspace.reader, source.scheme, source.channel).filter(
    (one) => one.scope === scope && (one.indicator === '' || one.indicator === indicator),
  );
  return new Set([...tried, ...confirmed.map((one) => one.quarter)]);
}

function storedForecast(
  { workspace, source, scope, indicator, measure, node }: SeriesPlace,
  forecasts: StandingForecasts,
  quarter: Quarter,
): SeriesView['forecast'] {
  const { channel, scheme } = source;
  const run = forecasts.run(channel, quarter);
  const row = forecasts.row(channel, quarter, scope, indicator);
  if (!run || !row) return null;
  const values = fittedValues(row.fitted);
  const first = quarter - values.length;
  const begins = source.cube.quarters.find((q) => shownAt(measure, node, q) !== null) ?? quarter;
  return {
    ...viewForecast(quarter, row),
    curveWeight: row.curveWeight,
    madeAt: run.createdAt,
    method: run.methodVersion,
    stale: !isCurrent(workspace, { ...run, schemeId: scheme, quarter }),
    fitted: values.map((value, i) => ({ quarter: first + i, value })).filter((one) => one.quarter >= begins),
  };
}

/** On a sample nothing is stored: the series is forecast now, from quarters that may be shown. */
async function freshForecast(
  context: Context,
  place: SeriesPlace,
  quarter: Quarter,
  history: SeriesView['history'],
): Promise<SeriesView['forecast']> {
  if (history.filter(({ score }) => score !== null).length < LEAST_HISTORY) return null;
  const made = await forecastOnBasis(context, place, quarter);
  return (
    made && {
      ...made,
      curveWeight: 1,
      madeAt: place.workspace.now(),
      method: FORECAST_METHOD,
      stale: false,
    }
  );
}

const LEAST_HISTORY = 3;

const FORECAST_MADE_NOW: Bilingual = {
  zh: '样本的预测是此刻现算的，不保存，也不产生预警。',
  en: 'The forecast of a sample is made on the spot; it is not stored and raises no alerts.',
};

function refusalOf(
  { workspace, source, scope, indicator }: SeriesPlace,
  forecasts: StandingForecasts,
  quarter: Quarter,
): SeriesView['refusal'] {
  const run = forecasts.run(source.channel, quarter);
  if (!run || forecasts.row(source.channel, quarter, scope, indicator)) return null;
  return REFUSAL_WORDS[findRefusal(workspace.reader, run.id, scope, indicator) ?? 'no-scores'];
}
