// Verified copies of the open database: made by hand and before every import, listed, verified, restored.
import { basename, dirname, relative } from 'node:path';

import type { AppStatus } from '../../../../shared/calls/app.ts';
import type { BackupView, ReplacedView } from '../../../../shared/calls/backups.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { type BackupManifest, listBackups, removeBackup, verifyBackup } from '../../store/backup.ts';
import { restoreDatabase } from '../../store/database.ts';
import { listErased } from '../../store/people.ts';
import { listReplaced, removeReplaced } from '../../store/restore.ts';
import { eraseAgain } from '../people.ts';
import { APP_VERSION, openWorkspace } from '../workspace/workspace.ts';
import { backUp } from './back-up.ts';
import { appStatus } from './open-database.ts';

/** The newest first. */
export function listBackupViews(context: Context): BackupView[] {
  return listBackups(context.workspace().database.path).map(viewBackup);
}

function viewBackup(manifest: BackupManifest): BackupView {
  return {
    name: manifest.file,
    createdAt: manifest.madeAt,
    reason: manifest.reason,
    bytes: manifest.bytes,
    sha256: manifest.sha256,
  };
}

export async function createBackup(context: Context): Promise<BackupView> {
  const workspace = context.workspace();
  const manifest = await backUp(context, 'manual');
  workspace.record({ action: 'backup.create', subject: manifest.file }, () => undefined);
  return viewBackup(manifest);
}

function namedBackup(context: Context, name: string): BackupManifest {
  const found = listBackups(context.workspace().database.path).find((backup) => backup.file === name);
  if (!found) throw new AppError('backup-unknown', { backup: name });
  return found;
}

export function checkBackup(
  context: Context,
  input: CallArguments<'backups.verify'>,
): { ok: boolean; detail: string } {
  const manifest = namedBackup(context, input.name);
  try {
    verifyBackup(context.workspace().database.path, manifest);
    return { ok: true, detail: manifest.sha256 };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, detail: String(error.details.detail ?? error.code) };
    throw error;
  }
}

/** Takes one backup away, for example because it still names a person who was erased. */
export function deleteBackup(context: Context, input: CallArguments<'backups.delete'>): { deleted: boolean } {
  const manifest = namedBackup(context, input.name);
  const workspace = context.workspace();
  workspace.record({ action: 'backup.delete', subject: manifest.file }, () => undefined);
  removeBackup(workspace.database.path, manifest);
  return { deleted: true };
}

/** Who was erased since the backup stays erased, and what the restore replaces is kept aside. */
export function restoreBackup(context: Context, input: CallArguments<'backups.restore'>): AppStatus {
  const manifest = namedBackup(context, input.name);
  const { path } = context.workspace().database;
  verifyBackup(path, manifest);
  const erased = listErased(context.workspace().reader);
  const { clock } = context.options;
  context.useWorkspace(null);
  try {
    restoreDatabase(path, manifest.number, { clock, appVersion: APP_VERSION });
  } finally {
    context.useWorkspace(openWorkspace(path, context.options));
  }
  const workspace = context.workspace();
  if (!workspace.database.readonly) {
    workspace.record({ action: 'backup.restore', subject: manifest.file }, () => undefined);
    eraseAgain(workspace, erased);
  }
  return appStatus(context);
}

export function listReplacedViews(context: Context): ReplacedView[] {
  const { path } = context.workspace().database;
  const root = dirname(path);
  return listReplaced(path).map((one) => ({
    name: one.name,
    folder: relative(root, dirname(one.path)).replaceAll('\\', '/'),
    replacedAt: one.at,
    bytes: one.bytes,
  }));
}

/** Takes away what a restore put aside, for example because it still names a person who was erased. */
export function deleteReplaced(
  context: Context,
  input: CallArguments<'backups.deleteReplaced'>,
): { deleted: boolean } {
  const workspace = context.workspace();
  const { path } = workspace.database;
  const found = listReplaced(path).find(({ name }) => name === input.name);
  if (!found) throw new AppError('backup-unknown', { backup: input.name });
  const subject = `${basename(dirname(dirname(found.path)))}/${found.name}`;
  workspace.record({ action: 'backup.delete', subject }, () => undefined);
  removeReplaced(path, found);
  return { deleted: true };
}
