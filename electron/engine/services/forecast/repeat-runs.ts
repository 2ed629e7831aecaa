// Forecasts standing runs again from what they were made of and compares every number with what was kept.

import type { RepeatView } from '../../../../shared/calls/forecast.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { FORECAST_METHOD } from '../../../../shared/domain/forecast/method.ts';
import type { PanelForecast } from '../../../../shared/domain/forecast/panel.ts';
import type { Context } from '../../context.ts';
import {
  type ForecastRowStored,
  type ForecastRunRow,
  listForecasts,
  listStandingRuns,
} from '../../store/results.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { type ChannelPanel, channelPanel } from './forecast-panel.ts';
import { forecastAll } from './forecast-pool.ts';
import { factorsOf, forecastRows } from './forecast-rows.ts';
import { snapshotOf } from './run-snapshot.ts';

interface Task {
  run: ForecastRunRow;
  source: ChannelCube;
  built?: ChannelPanel;
}

const NUMBERS = ['point', 'low80', 'high80', 'low95', 'high95', 'sd', 'curveWeight'] as const;

export async function repeatRuns(
  context: Context,
  input: CallArguments<'forecast.repeat'>,
): Promise<RepeatView[]> {
  const workspace = context.workspace();
  const runs = listStandingRuns(workspace.reader, input.scheme).filter(
    (run) =>
      (!input.channel || run.channel === input.channel) &&
      (input.quarter === undefined || run.targetQuarter === input.quarter),
  );
  const views = new Map<number, RepeatView>(runs.map((run) => [run.id, viewOf(workspace, run)]));
  const tasks: Task[] = runs
    .filter((run) => views.get(run.id)!.outcome === 'same')
    .map((run) => ({ run, source: workspace.cube(run.schemeId, run.channel) }));
  const step = { zh: '按留存的数据重新预测', en: 'Forecasting again from the data kept' };
  await forecastAll(
    tasks,
    (task, id) => {
      const { run, source } = task;
      task.built = channelPanel(workspace, source, run.targetQuarter - 1);
      const { halo } = JSON.parse(run.parameters) as { halo: number };
      const { panel } = task.built;
      const own = { ...panel, scores: panel.scores.slice(), bases: panel.bases.slice() };
      return { id, panel: own, target: run.targetQuarter, halo };
    },
    (task, forecast) => {
      context.job.throwIfCancelled();
      Object.assign(views.get(task.run.id)!, compare(workspace, task, forecast));
    },
    {
      signal: context.job.signal,
      onProgress: (share) => context.job.progress(step, Math.round(share * 100), tasks.length * 100),
    },
  );
  return runs.map((run) => views.get(run.id)!);
}

/** What stands in the way of repeating a run, or `same` where nothing does. */
function viewOf(workspace: Workspace, run: ForecastRunRow): RepeatView {
  const { channel, targetQuarter: quarter, methodVersion: method, createdAt: madeAt } = run;
  const now = snapshotOf(workspace, run.schemeId, channel, quarter);
  const outcome =
    method !== FORECAST_METHOD
      ? 'method-changed'
      : now.historyHash !== run.historyHash
        ? 'data-changed'
        : 'same';
  return { channel, quarter, method, madeAt, outcome, series: 0, different: 0, largest: null };
}

function compare(
  workspace: Workspace,
  { run, source, built }: Task,
  forecast: PanelForecast,
): Pick<RepeatView, 'outcome' | 'series' | 'different' | 'largest'> {
  const { rows } = forecastRows(built!, forecast, factorsOf(workspace, source));
  const kept = new Map(listForecasts(workspace.reader, run.id).map((row) => [keyOf(row), row]));
  let different = Math.abs(kept.size - rows.length);
  let largest = 0;
  for (const row of rows) {
    const before = kept.get(keyOf(row));
    if (!before) continue;
    const gap = Math.max(...NUMBERS.map((name) => Math.abs(before[name] - row[name])));
    if (gap > 0 || before.curve !== row.curve || before.flags !== row.flags) different += 1;
    largest = Math.max(largest, gap);
  }
  return { outcome: different > 0 ? 'different' : 'same', series: rows.length, different, largest };
}

function keyOf({ scope, indicator }: Pick<ForecastRowStored, 'scope' | 'indicator'>): string {
  return `${scope}\n${indicator}`;
}
