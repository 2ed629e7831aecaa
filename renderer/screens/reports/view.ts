import type { ReportBatchView, ReportFiles } from '../../../shared/calls/reports.ts';
import type { Said } from '../../text/both.ts';
import type { reportText } from '../../text/reports.ts';

export function stateName(state: ReportBatchView['state'], text: Said<typeof reportText>): string {
  return { running: text.running, complete: text.complete, partial: text.partial, cancelled: text.cancelled }[
    state
  ];
}

/** A batch that stopped before its end can go on. */
export function canResume(batch: ReportBatchView): boolean {
  return batch.state !== 'complete';
}

/** Files whose dealer code, name or file name holds the text, ignoring case. */
export function findFiles(files: ReportFiles['files'], query: string): ReportFiles['files'] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return files;
  return files.filter((one) => `${one.dealer} ${one.name} ${one.file}`.toLowerCase().includes(wanted));
}
