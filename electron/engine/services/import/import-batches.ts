// The batches that were imported, what rests on them, and undoing one to the exact former figures.

import type { BatchView, UndoPreview } from '../../../../shared/calls/import.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { type BatchRow, findBatch, listBatches, removeFacts } from '../../store/batches.ts';
import { countOpenQuarantined } from '../../store/import-memory.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { currentRuns, restingResults } from './resting-results.ts';

export function listBatchViews(context: Context): BatchView[] {
  const workspace = context.workspace();
  return listBatches(workspace.reader).map((batch) => viewBatch(batch, workspace));
}

export function viewBatch({ nameZh, nameEn, ...row }: BatchRow, workspace: Workspace): BatchView {
  const open = workspace.derived('open quarantine', () => countOpenQuarantined(workspace.reader));
  return { ...row, rowsOpen: open.get(row.id) ?? 0, studyName: { zh: nameZh, en: nameEn } };
}

function standingBatch(workspace: Workspace, id: number): BatchRow {
  const batch = findBatch(workspace.reader, id);
  if (!batch) throw new AppError('batch-unknown', { batch: id });
  if (batch.state === 'undone')
    throw new AppError('batch-undone', { batch: id, when: batch.undoneAt?.slice(0, 10) ?? '—' });
  return batch;
}

/** Undoes the batch, looks which results no longer fit, and takes that back. */
export function previewUndo(context: Context, input: CallArguments<'import.undoPreview'>): UndoPreview {
  const workspace = context.workspace();
  const batch = standingBatch(workspace, input.batch);
  const before = currentRuns(workspace, batch.channel);
  const after = workspace.rehearse(
    (db) => removeFacts(db, batch.id, workspace.now()),
    () => currentRuns(workspace, batch.channel),
  );
  return {
    batch: viewBatch(batch, workspace),
    ...restingResults(workspace, {
      channel: batch.channel,
      first: batch.firstQuarter ?? 0,
      runs: new Set([...before].filter((id) => !after.has(id))),
      since: batch.createdAt,
    }),
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
  return viewBatch(findBatch(workspace.reader, batch.id)!, workspace);
}
