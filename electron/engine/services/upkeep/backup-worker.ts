// A thread that makes one backup, so that the engine goes on answering and writing meanwhile.
import { parentPort } from 'node:worker_threads';
import { type ErrorReport, reportError } from '../../../../shared/errors.ts';
import type { BackupManifest, BackupReason, BackupStep } from '../../store/backup.ts';
import { acknowledgedBatch } from '../../store/batches.ts';
import { backUpLive } from '../../store/live-backup.ts';

/** What to back up. */
export interface BackupTask {
  path: string;
  reason: BackupReason;
  appVersion: string;
  /** Now, in milliseconds since 1970. */
  now: number;
}

export type BackupAnswer =
  | { kind: 'step'; step: BackupStep; file: string }
  | { kind: 'done'; manifest: BackupManifest }
  | { kind: 'failed'; error: ErrorReport };

const port = parentPort!;
const say = (answer: BackupAnswer) => port.postMessage(answer);

port.on('message', ({ path, reason, appVersion, now }: BackupTask) => {
  try {
    const manifest = backUpLive(path, {
      reason,
      appVersion,
      clock: () => now,
      readLastBatch: acknowledgedBatch,
      onStep: (step, file) => say({ kind: 'step', step, file }),
    });
    say({ kind: 'done', manifest });
  } catch (error) {
    say({ kind: 'failed', error: reportError(error) });
  }
});
