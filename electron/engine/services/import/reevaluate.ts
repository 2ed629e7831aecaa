// After data are undone: forecasts and alerts that rested on them are made anew from what is left.

import type { BatchView } from '../../../../shared/calls/import.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { listSchemes } from '../../store/places.ts';
import { deleteForecastRun, listStandingRuns } from '../../store/results.ts';
import { runForecast } from '../forecast/forecast-quarter.ts';
import { isCurrent } from '../forecast/run-snapshot.ts';
import { undoImport } from './import-batches.ts';

/** Most quarters after the last one with data that a forecast may lie ahead. */
const FURTHEST = 8;

/**
 * Undoes a batch, then makes the out-of-date runs of its channel again. Stopped on the way, the undo stands and what
 * was not made again stays marked as out of date.
 */
export async function undoAndReevaluate(
  context: Context,
  input: CallArguments<'import.undo'>,
): Promise<BatchView> {
  const batch = undoImport(context, input);
  try {
    await reevaluate(context, batch.channel);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'job-cancelled')) throw error;
  }
  return batch;
}

async function reevaluate(context: Context, channel: BatchView['channel']): Promise<void> {
  const workspace = context.workspace();
  const known = workspace.channels().includes(channel);
  for (const { id: scheme } of listSchemes(workspace.reader)) {
    const stale = listStandingRuns(workspace.reader, scheme).filter(
      (run) =>
        run.channel === channel &&
        !isCurrent(workspace, { ...run, schemeId: scheme, quarter: run.targetQuarter }),
    );
    if (stale.length === 0) continue;
    const cube = known ? workspace.cube(scheme, channel).cube : null;
    const measured = cube?.quarters.filter((quarter) => cube.hasData(0, quarter)) ?? [];
    const possible = stale.filter(
      (run) =>
        measured.some((q) => q < run.targetQuarter) && run.targetQuarter <= measured.at(-1)! + FURTHEST,
    );
    const gone = stale.filter((run) => !possible.includes(run));
    if (gone.length > 0)
      workspace.record(
        {
          action: 'forecast.drop',
          subject: channel,
          detail: { quarters: gone.map((run) => run.targetQuarter) },
        },
        (db) => {
          for (const run of gone) deleteForecastRun(db, run.id);
        },
      );
    if (possible.length > 0)
      await runForecast(context, {
        scheme,
        channels: [channel],
        quarters: possible.map((run) => run.targetQuarter),
      });
  }
}
