// The batches that were imported, what rests on them, and undoing one to the exact former figures.

import type { BatchView, UndoPreview } from '../../../shared/calls/import.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { type BatchRow, findBatch, listBatches, removeFacts } from '../store/batches.ts';
import { listPlans } from '../store/plans.ts';
import { listForecastRunsSince, listReportBatches } from '../store/results.ts';
import type { Workspace } from './workspace.ts';

export function listBatchViews(context: Context): BatchView[] {
  return listBatches(context.workspace().reader).map(viewBatch);
}

export function viewBatch({ nameZh, nameEn, ...row }: BatchRow): BatchView {
  return { ...row, studyName: { zh: nameZh, en: nameEn } };
}

function standingBatch(workspace: Workspace, id: number): BatchRow {
  const batch = findBatch(workspace.reader, id);
  if (!batch) throw new AppError('batch-unknown', { batch: id });
  if (batch.state === 'undone')
    throw new AppError('batch-undone', { batch: id, when: batch.undoneAt?.slice(0, 10) ?? '—' });
  return batch;
}

export function previewUndo(context: Context, input: CallArguments<'import.undoPreview'>): UndoPreview {
  const workspace = context.workspace();
  const batch = standingBatch(workspace, input.batch);
  const runs = listForecastRunsSince(workspace.reader, batch.channel, batch.createdAt);
  return {
    batch: viewBatch(batch),
    forecastRuns: runs.length,
    alerts: runs.reduce((sum, run) => sum + run.alerts, 0),
    plans: listPlans(workspace.reader)
      .filter((plan) => plan.channel === batch.channel && plan.createdAt >= batch.createdAt)
      .map(({ id, name, state }) => ({ id, name, state })),
    reportBatches: listReportBatches(workspace.reader)
      .filter((one) => one.createdAt >= batch.createdAt && one.quarter >= (batch.firstQuarter ?? 0))
      .map(({ id, quarter, made }) => ({ id, quarter, made })),
  };
}

export function undoImport(context: Context, input: CallArguments<'import.undo'>): BatchView {
  const workspace = context.workspace();
  const batch = standingBatch(workspace, input.batch);
  workspace.change(
    { action: 'import.undo', subject: batch.fileName, detail: { batch: batch.id, sha256: batch.sha256 } },
    (db) => removeFacts(db, batch.id, workspace.now()),
  );
  context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
  return viewBatch(findBatch(workspace.reader, batch.id)!);
}
