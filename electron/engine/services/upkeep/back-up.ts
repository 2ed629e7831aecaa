// Makes backups: when asked for, before imports, and by itself once a day.
import { existsSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context, Job } from '../../context.ts';
import {
  type BackupManifest,
  type BackupReason,
  type BackupStep,
  listBackups,
  sweepBackups,
} from '../../store/backup.ts';
import { readSetting, summariseAudit } from '../../store/ledger.ts';
import { APP_VERSION } from '../workspace/workspace.ts';
import type { BackupAnswer, BackupTask } from './backup-worker.ts';

const STEPS: Record<BackupStep, Bilingual> = {
  copy: { zh: '备份：复制数据库（MB）', en: 'Backup: copying the database (MB)' },
  check: { zh: '备份：检查副本的结构', en: "Backup: checking the copy's structure" },
  compare: { zh: '备份：逐行与数据库核对', en: 'Backup: comparing it with the database row by row' },
  hash: { zh: '备份：计算校验值', en: 'Backup: computing its checksum' },
};
const MB = 1e6;
const LOOK_MS = 200;

/**
 * A verified backup of what has been written up to now. Throws `backup-failed`, `database-moved` where the file is no
 * longer at its path, or `job-cancelled`; leaves nothing then.
 */
export async function backUp(context: Context, reason: BackupReason): Promise<BackupManifest> {
  const { options, job } = context;
  const { path } = context.workspace().database;
  if (!existsSync(path)) throw new AppError('database-moved', { path });
  const now = options.clock().getTime();
  const worker = new Worker(new URL('./backup-worker.ts', import.meta.url));
  const stop = () => void worker.terminate();
  job.signal.addEventListener('abort', stop, { once: true });
  try {
    job.throwIfCancelled();
    return await ask(worker, { path, reason, appVersion: APP_VERSION, now }, job);
  } catch (error) {
    await worker.terminate();
    // A thread that was ended had no time to clear up.
    sweepBackups(path);
    job.throwIfCancelled();
    throw error;
  } finally {
    job.signal.removeEventListener('abort', stop);
    stop();
  }
}

function ask(worker: Worker, task: BackupTask, job: Job): Promise<BackupManifest> {
  const total = Math.max(1, Math.round((fileSize(task.path) ?? 0) / MB));
  return new Promise((resolve, reject) => {
    let look: ReturnType<typeof setInterval> | undefined;
    const end = (settle: () => void) => {
      clearInterval(look);
      settle();
    };
    const lost = (detail: string) => end(() => reject(new AppError('backup-failed', { detail })));
    worker.on('message', (answer: BackupAnswer) => {
      if (answer.kind === 'done') return end(() => resolve(answer.manifest));
      if (answer.kind === 'failed')
        return end(() => reject(new AppError(answer.error.code, answer.error.details)));
      clearInterval(look);
      if (answer.step !== 'copy') return job.progress(STEPS[answer.step], 0, null);
      const copied = () => Math.min(total, Math.round((fileSize(answer.file) ?? 0) / MB));
      job.progress(STEPS.copy, 0, total);
      look = setInterval(() => job.progress(STEPS.copy, copied(), total), LOOK_MS);
    });
    worker.on('error', (error) => lost(error.message));
    worker.on('exit', (code) => lost(`the backup thread ended (${code})`));
    worker.postMessage(task);
  });
}

function fileSize(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

const DAY_MS = 86_400_000;

/**
 * The first opening of a day backs up what was done since the last backup, while the work begins. A database that is
 * younger than a day has nothing that its owner could miss yet, and a full disk must not keep anybody from opening theirs.
 */
export function backUpDaily(context: Context): void {
  const workspace = context.workspace();
  if (workspace.database.readonly || readSetting(workspace.reader, 'sample') === '1') return;
  const { first, last } = summariseAudit(workspace.reader);
  const made = listBackups(workspace.database.path)[0]?.madeAt ?? '';
  const dayAgo = new Date(context.options.clock().getTime() - DAY_MS).toISOString();
  if (first === null || last === null || first > dayAgo || made > dayAgo || last <= made) return;
  context.afterwards('daily backup', async () => {
    if (context.isOpen() && context.workspace() === workspace) await backUp(context, 'daily');
  });
}
