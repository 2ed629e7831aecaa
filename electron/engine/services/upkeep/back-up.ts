// Makes backups: when asked for, before imports, and by itself once a day.
import type { Context } from '../../context.ts';
import { type BackupManifest, listBackups, makeBackup } from '../../store/backup.ts';
import { connectReader } from '../../store/database.ts';
import { readSetting, summariseAudit } from '../../store/ledger.ts';
import { APP_VERSION } from '../workspace/workspace.ts';

export function backUp(context: Context, reason: BackupManifest['reason']): BackupManifest {
  const workspace = context.workspace();
  return makeBackup(workspace.writer, workspace.database.path, {
    reason,
    clock: context.options.clock,
    appVersion: APP_VERSION,
    lastBatch: workspace.database.watermark,
    openCopy: connectReader,
  });
}

const DAY_MS = 86_400_000;

/**
 * The first opening of a day backs up what was done since the last backup. A database that is younger than a day has
 * nothing that its owner could miss yet, and a full disk must not keep anybody from opening theirs.
 */
export function backUpDaily(context: Context): void {
  const workspace = context.workspace();
  if (workspace.database.readonly || readSetting(workspace.reader, 'sample') === '1') return;
  const { first, last } = summariseAudit(workspace.reader);
  const made = listBackups(workspace.database.path)[0]?.madeAt ?? '';
  const dayAgo = new Date(context.options.clock().getTime() - DAY_MS).toISOString();
  if (first === null || last === null || first > dayAgo || made > dayAgo || last <= made) return;
  try {
    backUp(context, 'daily');
  } catch (error) {
    context.options.log(`daily backup: ${error instanceof Error ? error.message : String(error)}`);
  }
}
