/**
 * Puts a backup in the place of the database and keeps what it replaces. Several files change hands, so an
 * intent file is written once the copy is ready: before it nothing has changed, after it `finishRestore`
 * completes the exchange, at the next start if need be.
 */
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { type BackupManifest, backupPath, hashFile, listBackups, verifyBackup } from './backup.ts';
import {
  makeFolderDurably,
  readJson,
  renameDurably,
  syncFile,
  syncFolder,
  writeJsonDurably,
} from './durable-file.ts';
import { removeWatermark, type Watermark, writeWatermark } from './watermark.ts';

interface RestoreIntent {
  keptIn: string;
  lastBatch?: Watermark;
}

/** Where a database is built before it takes its place. */
export function incomingPath(databasePath: string): string {
  return `${databasePath}-new`;
}

function intentPath(databasePath: string): string {
  return `${databasePath}-restore`;
}

/** Exchanges the database for a backup; the caller holds the lock and has no connection open. */
export function restoreFrom(
  databasePath: string,
  number: number,
): { manifest: BackupManifest; keptIn: string } {
  const manifest = listBackups(databasePath).find((backup) => backup.number === number);
  if (!manifest) throw new AppError('restore-failed', { detail: `no backup ${number}` });
  verifyBackup(databasePath, manifest);
  const incoming = incomingPath(databasePath);
  const keptIn = nextKeepFolder(databasePath);
  try {
    copyFileSync(backupPath(databasePath, manifest), incoming);
    syncFile(incoming);
    if (hashFile(incoming) !== manifest.sha256) throw new Error('the copy differs from the backup');
    const intent: RestoreIntent = { keptIn: basename(keptIn), lastBatch: manifest.lastBatch };
    writeJsonDurably(intentPath(databasePath), intent);
  } catch (error) {
    rmSync(incoming, { force: true });
    throw new AppError('restore-failed', { detail: (error as Error).message }, { cause: error });
  }
  finishRestore(databasePath);
  return { manifest, keptIn };
}

/** Completes an exchange that was decided, or clears away one that was not; called under the lock. */
export function finishRestore(databasePath: string): void {
  const incoming = incomingPath(databasePath);
  const intent = readJson(intentPath(databasePath)) as RestoreIntent | undefined;
  rmSync(`${intentPath(databasePath)}.tmp`, { force: true });
  if (!intent) {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(incoming + end, { force: true });
    return;
  }
  if (existsSync(incoming)) {
    keepReplaced(databasePath, join(keepRoot(databasePath), basename(intent.keptIn)));
    renameDurably(incoming, databasePath);
  }
  if (intent.lastBatch) writeWatermark(databasePath, intent.lastBatch);
  else removeWatermark(databasePath);
  rmSync(intentPath(databasePath));
  syncFolder(dirname(databasePath));
}

/** Moves what is still in its place; a second run after a crash finds the rest. */
function keepReplaced(databasePath: string, folder: string): void {
  makeFolderDurably(folder);
  for (const end of ['-shm', '-wal', '-watermark', '']) {
    const from = databasePath + end;
    if (existsSync(from)) renameSync(from, join(folder, basename(from)));
  }
  syncFolder(folder);
  syncFolder(dirname(databasePath));
}

/** A database that a restore put aside. */
export interface ReplacedDatabase {
  /** Its folder under the one of all of them. */
  name: string;
  path: string;
  bytes: number;
  /** When it was put aside. */
  at: string;
}

/** What restores put aside and nobody took away since, the latest first. */
export function listReplaced(databasePath: string): ReplacedDatabase[] {
  const root = keepRoot(databasePath);
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => /^\d+$/.test(name))
    .sort((a, b) => Number(b) - Number(a))
    .flatMap((name): ReplacedDatabase[] => {
      const path = join(root, name, basename(databasePath));
      const found = statSync(path, { throwIfNoEntry: false });
      const at = statSync(join(root, name)).mtime.toISOString();
      return found ? [{ name, path, bytes: found.size, at }] : [];
    });
}

/** Takes one away for good. */
export function removeReplaced(databasePath: string, { name }: ReplacedDatabase): void {
  const root = keepRoot(databasePath);
  rmSync(join(root, basename(name)), { recursive: true, force: true });
  syncFolder(root);
}

function keepRoot(databasePath: string): string {
  return `${databasePath}-replaced`;
}

function nextKeepFolder(databasePath: string): string {
  const root = keepRoot(databasePath);
  const numbers = existsSync(root) ? readdirSync(root).map(Number).filter(Number.isFinite) : [];
  return join(root, String(Math.max(0, ...numbers) + 1));
}
