// Forecasts every scope x indicator of the chosen channels, stores the run, and raises the alerts of quarters
// whose actual figures are in.

import type { ForecastRunView } from '../../../../shared/calls/forecast.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { FORECAST_METHOD } from '../../../../shared/domain/forecast/method.ts';
import type { PanelForecast } from '../../../../shared/domain/forecast/panel.ts';
import { formatQuarter, type Quarter } from '../../../../shared/domain/quarter.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { addAlerts, listOneOffs } from '../../store/alerts.ts';
import {
  addForecastRun,
  addForecasts,
  addRefusals,
  dropSupersededRuns,
  type ForecastRunRow,
} from '../../store/results.ts';
import { defaultScheme } from '../figures/catalog.ts';
import { refuseAsWas } from '../places/region-schemes.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { raiseDrift } from './drift-alerts.ts';
import { type ChannelPanel, channelPanel } from './forecast-panel.ts';
import { forecastAll } from './forecast-pool.ts';
import { factorsOf, forecastRows } from './forecast-rows.ts';
import { judgeQuarter } from './raise-alerts.ts';
import { snapshotOf } from './run-snapshot.ts';

interface Task {
  channel: Channel;
  source: ChannelCube;
  quarter: Quarter;
  built?: ChannelPanel;
}

/** Quarters of history below which a run would be all guesswork. */
const LEAST_HISTORY = 3;

export async function runForecast(
  context: Context,
  input: CallArguments<'forecast.run'>,
): Promise<ForecastRunView[]> {
  const workspace = context.workspace();
  refuseAsWas(workspace, input.scheme);
  const startedAt = performance.now();
  const channels = input.channels.length > 0 ? input.channels : workspace.channels();
  const tasks: Task[] = channels.flatMap((channel) => {
    const source = workspace.cube(input.scheme, channel);
    return targetsOf(source, input.quarters).map((quarter) => ({ channel, source, quarter }));
  });
  if (tasks.length === 0) throw new AppError('channel-without-data', { channel: channels.join(', ') || '—' });
  const step = { zh: '预测各范围各指标', en: 'Forecasting every scope and indicator' };
  const outcomes = new Map<Quarter, ForecastRunView['channels']>();
  await forecastAll(
    tasks,
    (task, id) => {
      task.built = channelPanel(workspace, task.source, task.quarter - 1);
      // The thread takes the arrays away; the panel that alerts are raised from is read again.
      const { panel } = task.built;
      const own = { ...panel, scores: panel.scores.slice(), bases: panel.bases.slice() };
      return { id, panel: own, target: task.quarter, halo: task.source.cube.halo };
    },
    (task, forecast) => {
      context.job.throwIfCancelled();
      const line = storeRun(workspace, input.scheme, task, forecast);
      outcomes.set(task.quarter, [...(outcomes.get(task.quarter) ?? []), line]);
    },
    {
      signal: context.job.signal,
      onProgress: (share) => context.job.progress(step, Math.round(share * 100), tasks.length * 100),
    },
  );
  // In the order of time and after all runs, so that each quarter sees the ones before it.
  for (const { source, quarter, channel } of tasks.sort((a, b) => a.quarter - b.quarter)) {
    const line = outcomes.get(quarter)!.find((one) => one.channel === channel)!;
    line.alerts += raiseDrift(workspace, source, quarter);
  }
  context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
  const seconds = (performance.now() - startedAt) / 1000;
  return [...outcomes]
    .sort(([a], [b]) => a - b)
    .map(([quarter, lines]) => ({ quarter, channels: lines, seconds }));
}

/** Last quarter with data (for its alerts) and the one after it, every quarter with history, or those asked for. */
function targetsOf({ cube }: ChannelCube, asked: readonly Quarter[] | 'all'): Quarter[] {
  const withData = cube.quarters.filter((quarter) => cube.hasData(0, quarter));
  const last = withData.at(-1)!;
  if (asked === 'all') return [...withData.slice(LEAST_HISTORY), last + 1];
  if (asked.length === 0) return withData.length > LEAST_HISTORY ? [last, last + 1] : [last + 1];
  return asked.filter((quarter) => quarter > withData[0]! && quarter <= last + 8);
}

function storeRun(
  workspace: Workspace,
  scheme: number,
  task: Task,
  forecast: PanelForecast,
): ForecastRunView['channels'][number] {
  const { channel, source, quarter } = task;
  const built = task.built!;
  const run: Omit<ForecastRunRow, 'id'> = {
    channel,
    schemeId: scheme,
    targetQuarter: quarter,
    weightSetId: workspace.indicators().weightSet.id,
    dataVersion: workspace.dataVersion,
    methodVersion: FORECAST_METHOD,
    parameters: JSON.stringify({
      halo: source.cube.halo,
      quarters: built.panel.quarters,
      oneOffs: listOneOffs(workspace.reader, scheme, channel).filter((one) => one.quarter < quarter),
    }),
    createdAt: workspace.now(),
    ...snapshotOf(workspace, scheme, channel, quarter),
  };
  const judged = source.cube.hasData(0, quarter)
    ? judgeQuarter(workspace, source, built, forecast, quarter)
    : undefined;
  const alerts = judged?.alerts ?? [];
  const { rows, refusals } = forecastRows(built, forecast, factorsOf(workspace, source), judged);
  workspace.record(
    {
      action: 'forecast.run',
      subject: `${channel} ${formatQuarter(quarter)}`,
      detail: { series: rows.length, alerts: alerts.length },
    },
    (db) => {
      const id = addForecastRun(db, run);
      addForecasts(db, id, rows);
      addRefusals(db, id, refusals);
      addAlerts(db, id, alerts);
      dropSupersededRuns(db, id);
    },
  );
  return {
    channel,
    series: rows.length,
    refused: refusals.length,
    alerts: alerts.length,
    method: FORECAST_METHOD,
    overlapping: forecast.components.overlapping,
  };
}

/** Every channel under the first scheme with regions: the quarter after the last, and the last `past` ones. */
export function forecastRecent(context: Context, past: number): Promise<ForecastRunView[]> {
  const workspace = context.workspace();
  const scheme = defaultScheme(workspace);
  const last = Math.max(
    ...workspace.channels().map((channel) => workspace.cube(scheme, channel).cube.quarters.at(-1)!),
  );
  const quarters = Array.from({ length: past + 1 }, (_, i) => last + 1 - past + i);
  return runForecast(context, { scheme, channels: [], quarters });
}
