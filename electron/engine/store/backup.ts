/**
 * Backups that have been verified, or none. A copy is made by SQLite under a temporary name, flushed, reopened,
 * checked and compared with its source; only then does it get its name, and its manifest last of all.
 */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { Clock, ReadableConnection } from './connection.ts';
import {
  makeFolderDurably,
  readJson,
  renameDurably,
  syncFile,
  syncFolder,
  writeJsonDurably,
} from './durable-file.ts';
import { logicalHash, rowCounts } from './logical-hash.ts';
import { complaints } from './soundness.ts';
import type { Watermark } from './watermark.ts';

/** Why a backup was made. */
export type BackupReason = 'manual' | 'daily' | 'before-migration' | 'before-import' | 'before-restore';

/** What lies beside each backup. `number` only grows: it orders backups even when the clock went back. */
export interface BackupManifest {
  number: number;
  file: string;
  reason: BackupReason;
  madeAt: string;
  appVersion: string;
  schemaVersion: number;
  bytes: number;
  sha256: string;
  logicalHash: string;
  counts: Record<string, number>;
  lastBatch?: Watermark;
}

/** What a backup goes through, in this order. */
export const BACKUP_STEPS = ['copy', 'check', 'compare', 'hash'] as const;

/** A step of making a backup. */
export type BackupStep = (typeof BACKUP_STEPS)[number];

/** What making a backup needs; `openCopy` opens a file for reading only. */
export interface BackupOptions {
  reason: BackupReason;
  clock: Clock;
  appVersion: string;
  /** Asked of the copy: what it holds, whatever was written since. */
  readLastBatch: ((copy: ReadableConnection) => Watermark | undefined) | undefined;
  openCopy: (path: string) => ReadableConnection;
  /** What the copy is compared with; `source` itself unless somebody may write to it meanwhile. */
  compareWith?: ReadableConnection;
  /** `file`: where the copy is being written. */
  onStep?: (step: BackupStep, file: string) => void;
}

/** The folder of a database's backups. */
export function backupFolder(databasePath: string): string {
  return `${databasePath}-backups`;
}

/** The file of a backup. */
export function backupPath(databasePath: string, manifest: BackupManifest): string {
  return join(backupFolder(databasePath), manifest.file);
}

/** Makes and verifies a backup, then lets old ones expire. Throws `backup-failed` and leaves nothing. */
export function makeBackup(
  source: ReadableConnection,
  databasePath: string,
  options: BackupOptions,
): BackupManifest {
  const folder = backupFolder(databasePath);
  const number = (listBackups(databasePath)[0]?.number ?? 0) + 1;
  const madeAt = new Date(options.clock());
  const stamp = madeAt.toISOString().replace(/[-:]|\.\d+/g, '');
  const file = `${String(number).padStart(6, '0')}-${stamp}-${options.reason}.csi`;
  const final = join(folder, file);
  const partial = `${final}.partial`;
  const begin = (step: BackupStep) => options.onStep?.(step, partial);
  try {
    makeFolderDurably(folder);
    begin('copy');
    source.prepare<[string]>('VACUUM INTO ?').run(partial);
    syncFile(partial);
    const content = verifyCopy(source, partial, { ...options, begin });
    begin('hash');
    const manifest: BackupManifest = {
      number,
      file,
      reason: options.reason,
      madeAt: madeAt.toISOString(),
      appVersion: options.appVersion,
      schemaVersion: source.pragma('user_version', { simple: true }) as number,
      bytes: statSync(partial).size,
      sha256: hashFile(partial),
      ...content,
    };
    renameDurably(partial, final);
    writeJsonDurably(`${final}.json`, manifest);
    expireBackups(databasePath, madeAt);
    return manifest;
  } catch (error) {
    for (const left of [partial, `${partial}-journal`, existsSync(`${final}.json`) ? '' : final])
      if (left) rmSync(left, { force: true });
    throw new AppError('backup-failed', { detail: (error as Error).message }, { cause: error });
  }
}

function verifyCopy(
  source: ReadableConnection,
  path: string,
  options: Pick<BackupOptions, 'openCopy' | 'readLastBatch' | 'compareWith'> & {
    begin: (step: BackupStep) => void;
  },
): Pick<BackupManifest, 'counts' | 'logicalHash' | 'lastBatch'> {
  const copy = options.openCopy(path);
  const original = options.compareWith ?? source;
  try {
    options.begin('check');
    const faults = complaints(copy);
    if (faults.length > 0) throw new Error(`the copy is not sound: ${faults[0]}`);
    options.begin('compare');
    const counts = rowCounts(copy);
    if (JSON.stringify(counts) !== JSON.stringify(rowCounts(original)))
      throw new Error('the copy lacks rows');
    const hash = logicalHash(copy);
    if (hash !== logicalHash(original)) throw new Error('the copy differs from the database');
    return { counts, logicalHash: hash, lastBatch: options.readLastBatch?.(copy) };
  } finally {
    copy.close();
  }
}

/** The finished backups, newest first. */
export function listBackups(databasePath: string): BackupManifest[] {
  const folder = backupFolder(databasePath);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csi.json'))
    .map((name) => readJson(join(folder, name)) as BackupManifest | undefined)
    .filter((found): found is BackupManifest => found !== undefined && isManifest(folder, found))
    .sort((a, b) => b.number - a.number);
}

function isManifest(folder: string, found: BackupManifest): boolean {
  const named = typeof found.file === 'string' && basename(found.file) === found.file;
  return named && typeof found.number === 'number' && existsSync(join(folder, found.file));
}

/** Proves that a backup is still, byte for byte, what was verified when it was made; else `backup-damaged`. */
export function verifyBackup(databasePath: string, manifest: BackupManifest): void {
  const path = backupPath(databasePath, manifest);
  if (!existsSync(path)) throw new AppError('backup-damaged', { path, detail: 'absent' });
  const bytes = statSync(path).size;
  if (bytes !== manifest.bytes)
    throw new AppError('backup-damaged', { path, detail: `${bytes} of ${manifest.bytes} bytes` });
  if (hashFile(path) !== manifest.sha256) throw new AppError('backup-damaged', { path, detail: 'SHA-256' });
}

/** SHA-256 of a file, hexadecimal, in constant memory. */
export function hashFile(path: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(1 << 20);
  const handle = openSync(path, 'r');
  try {
    for (let read = readSync(handle, chunk); read > 0; read = readSync(handle, chunk))
      hash.update(chunk.subarray(0, read));
  } finally {
    closeSync(handle);
  }
  return hash.digest('hex');
}

/**
 * Which backups may go: of today the newest 3 stay, of any other day the newest, 10 in all, and beyond those
 * the newest one made before a migration. `backups` newest first.
 */
export function expiredBackups(backups: readonly BackupManifest[], now: Date): BackupManifest[] {
  const keptOfDay = new Map<string, number>();
  const kept = new Set<BackupManifest>();
  for (const backup of backups) {
    const day = localDay(new Date(backup.madeAt));
    const already = keptOfDay.get(day) ?? 0;
    if (kept.size >= 10 || already >= (day === localDay(now) ? 3 : 1)) continue;
    keptOfDay.set(day, already + 1);
    kept.add(backup);
  }
  const beforeMigration = backups.find((backup) => backup.reason === 'before-migration');
  return backups.filter((backup) => !kept.has(backup) && backup !== beforeMigration);
}

function localDay(date: Date): string {
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

function expireBackups(databasePath: string, now: Date): void {
  for (const backup of expiredBackups(listBackups(databasePath), now)) removeFiles(databasePath, backup);
  syncFolder(backupFolder(databasePath));
}

/** Takes a backup away for good. */
export function removeBackup(databasePath: string, backup: BackupManifest): void {
  removeFiles(databasePath, backup);
  syncFolder(backupFolder(databasePath));
}

function removeFiles(databasePath: string, backup: BackupManifest): void {
  const path = backupPath(databasePath, backup);
  // The manifest first: what has none was never finished and is swept at the next start.
  rmSync(`${path}.json`, { force: true });
  rmSync(path, { force: true });
}

/** Removes what a crash left half made; called under the lock. */
export function sweepBackups(databasePath: string): void {
  const folder = backupFolder(databasePath);
  if (!existsSync(folder)) return;
  const names = new Set(readdirSync(folder));
  for (const name of names) {
    const unfinished = /\.csi(\.partial(-journal)?|\.json\.tmp)$/.test(name);
    const orphan = /^\d{6}-\w+-[\w-]+\.csi$/.test(name) && !names.has(`${name}.json`);
    if (unfinished || orphan) rmSync(join(folder, name), { force: true });
  }
}
