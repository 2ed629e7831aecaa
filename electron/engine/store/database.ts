/**
 * The one door to SQLite. `openDatabase` takes the lock, tells what the file is, finishes an interrupted
 * restore, proves that no acknowledged batch is missing and brings the schema up to date; what it hands out
 * either writes safely or says why it only reads.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { AppError } from '../../../shared/errors.ts';
import { type BackupManifest, type BackupReason, makeBackup, sweepBackups } from './backup.ts';
import type { Clock, ReadableConnection, WritableConnection } from './connection.ts';
import { renameDurably, syncFile } from './durable-file.ts';
import { APPLICATION_ID, canonicalPath, identifyFile, refuseNetworkDrive } from './identify.ts';
import { acquireLock, guardPath, type Lock, liveHolder } from './lock.ts';
import { rowCounts } from './logical-hash.ts';
import { latestVersion, type Migration, type MigrationProgress, migrate, schemaVersion } from './migrate.ts';
import { foldLog, setReaderPragmas, setWriterPragmas } from './pragmas.ts';
import { finishRestore, incomingPath, restoreFrom } from './restore.ts';
import { complaints, refuseShortFile, refuseUnsound } from './soundness.ts';
import { faultOf } from './sqlite-fault.ts';
import {
  followWatermark,
  readWatermark,
  type Watermark,
  type WatermarkFollower,
  type WatermarkSource,
} from './watermark.ts';

export type { ReadableConnection, WritableConnection } from './connection.ts';

/** Import and scan of 0.5-16 kB blobs are alike from 4 to 16 kB; 8 wastes the least space with small commits. */
const PAGE_SIZE = 8192;
const BUSY_MS = 2_000;

/** What opening needs. */
export interface OpenOptions extends WatermarkSource {
  migrations: readonly Migration[];
  clock: Clock;
  appVersion: string;
  readonly?: boolean;
  onMigration?: (progress: MigrationProgress) => void;
}

/** An open database. */
export interface Database {
  readonly path: string;
  readonly schemaVersion: number;
  /** Why nothing can be changed; absent when everything can. */
  readonly readonlyBecause?: AppError;
  readonly readonly: boolean;
  /** The writer; on a read-only database asking for it throws the reason. */
  readonly connection: WritableConnection;
  /** The acknowledged batch. */
  readonly watermark: Watermark | undefined;
  /** Another connection that only reads; the caller closes it. */
  openReader(): ReadableConnection;
  /** Runs at once and commits, or throws and changes nothing. Nested calls become savepoints. */
  transaction<T>(work: () => T): T;
  /** Everything `integrity_check` and `foreign_key_check` complain about; empty when sound. */
  check(): string[];
  /** A verified backup, before a migration; blocks for about a second per 100 MB. Throws `backup-failed`. */
  backup(reason: BackupReason): BackupManifest;
  close(): void;
}

/** Opens a database, or creates it where there is none. Throws `AppError` with a `database-…` code. */
export function openDatabase(path: string, options: OpenOptions): Database {
  const file = canonicalPath(path);
  refuseNetworkDrive(file);
  if (options.readonly || !isWritable(file)) return openForReading(file, options);
  // A place where we have never been: nothing is left beside a file that is not ours.
  if (existsSync(file) && !existsSync(guardPath(file))) identifyFile(file);
  return withLock(file, options, (lock) => openForWriting(file, options, lock));
}

/** Keeps the lock only if the work succeeds. */
function withLock<T>(
  file: string,
  options: { clock: Clock; appVersion: string },
  work: (lock: Lock) => T,
): T {
  let lock: Lock | undefined;
  try {
    lock = acquireLock(file, { ...options, takeGuard });
    return work(lock);
  } catch (error) {
    lock?.abandon();
    throw faultOf(error, file);
  }
}

function openForWriting(file: string, options: OpenOptions, lock: Lock): Database {
  finishRestore(file);
  sweepBackups(file);
  if (!existsSync(file)) create(file, options);
  identifyFile(file);
  const writer = connectWriter(file);
  try {
    // Asked of SQLite: the header in the file may lag behind the log.
    if (schemaVersion(writer) > latestVersion(options.migrations)) {
      foldLog(writer);
      writer.close();
      lock.release();
      return openForReading(file, options);
    }
    refuseShortFile(file, writer);
    // A crash harms nothing by itself, but what caused it may have.
    if (lock.takenOver) refuseUnsound(file, writer);
    const follower = followWatermark(file, writer, options);
    migrate(writer, options.migrations, {
      onProgress: options.onMigration,
      beforeFirst: () => holdsData(writer) && backUp(file, writer, options, 'before-migration'),
    });
    return writable(file, options, lock, writer, follower);
  } catch (error) {
    writer.close();
    throw error;
  }
}

function holdsData(writer: WritableConnection): boolean {
  return Object.values(rowCounts(writer)).some((rows) => rows > 0);
}

function backUp(
  file: string,
  writer: WritableConnection,
  options: OpenOptions,
  reason: BackupReason,
): BackupManifest {
  const { clock, appVersion } = options;
  const readLastBatch = schemaVersion(writer) > 0 ? options.readLastBatch : undefined;
  return makeBackup(writer, file, { reason, clock, appVersion, readLastBatch, openCopy: connectReader });
}

/** Built under another name, so that a crash never leaves half a database under the real one. */
function create(file: string, options: OpenOptions): void {
  if (readWatermark(file) !== undefined) throw new AppError('database-not-found', { path: file });
  const temporary = incomingPath(file);
  const writer = connect(temporary, { fileMustExist: false });
  try {
    writer.pragma(`page_size = ${PAGE_SIZE}`);
    writer.pragma(`application_id = ${APPLICATION_ID}`);
    setWriterPragmas(writer);
    migrate(writer, options.migrations);
  } finally {
    writer.close();
  }
  syncFile(temporary);
  renameDurably(temporary, file);
}

function writable(
  file: string,
  options: OpenOptions,
  lock: Lock,
  writer: Writer,
  follower: WatermarkFollower,
): Database {
  return {
    path: file,
    schemaVersion: schemaVersion(writer),
    readonly: false,
    connection: writer,
    get watermark() {
      return follower.acknowledged;
    },
    openReader: () => connectReader(file),
    transaction<T>(work: () => T): T {
      const outermost = !writer.inTransaction;
      try {
        const result = writer.transaction(work).immediate() as T;
        if (outermost) follower.acknowledge();
        return result;
      } catch (error) {
        throw faultOf(error, file);
      }
    },
    check: () => complaints(writer),
    backup: (reason) => backUp(file, writer, options, reason),
    close() {
      if (!writer.open) return;
      follower.acknowledge();
      foldLog(writer);
      writer.close();
      lock.release();
    },
  };
}

function openForReading(file: string, options: OpenOptions): Database {
  // While someone has it open, a plain read of the header is left to SQLite (see identify.ts).
  if (!liveHolder(file)) identifyFile(file);
  const reader = connectReader(file);
  try {
    return readable(file, options, reader);
  } catch (error) {
    reader.close();
    throw faultOf(error, file);
  }
}

function readable(file: string, options: OpenOptions, reader: ReadableConnection): Database {
  const [found, supported] = [schemaVersion(reader), latestVersion(options.migrations)];
  const details = { path: file, found, supported };
  const reason = new AppError(found > supported ? 'database-newer' : 'database-read-only', details);
  // Our queries need the schema that only a writer could bring up to date.
  if (found < supported) throw reason;
  if (!options.readonly) options.onWarning?.(reason.code);
  const refuse = () => {
    throw reason;
  };
  return {
    path: file,
    schemaVersion: found,
    readonly: true,
    readonlyBecause: reason,
    get connection(): WritableConnection {
      return refuse();
    },
    watermark: options.readLastBatch?.(reader),
    openReader: () => connectReader(file),
    transaction: refuse,
    check: () => complaints(reader),
    backup: refuse,
    close: () => reader.close(),
  };
}

/** Puts a backup in the place of a database that nobody has open; `keptIn` holds what it replaced. */
export function restoreDatabase(
  path: string,
  backupNumber: number,
  options: { clock: Clock; appVersion: string },
): { manifest: BackupManifest; keptIn: string } {
  const file = canonicalPath(path);
  return withLock(file, options, (lock) => {
    finishRestore(file);
    const restored = restoreFrom(file, backupNumber);
    lock.release();
    return restored;
  });
}

/** A reader of a database that some process, perhaps this one, has open: for workers. */
export function connectReader(file: string): ReadableConnection {
  try {
    const reader = connect(file, { readonly: true, fileMustExist: true });
    setReaderPragmas(reader);
    return reader;
  } catch (error) {
    throw faultOf(error, file);
  }
}

type Writer = WritableConnection & { transaction(work: () => unknown): { immediate(): unknown } };

function connectWriter(file: string): Writer {
  const writer = connect(file, { fileMustExist: true });
  setWriterPragmas(writer);
  return writer;
}

/** Two files in one connection would escape the lock, the watermark and the backups. */
const ATTACHES = /\battach\b(?=\s*(\/\*|--|database\b|['"`[:@?$(]))/i;

function connect(file: string, options: Sqlite.Options): Writer {
  const raw = new Sqlite(file, { timeout: BUSY_MS, ...options });
  const prepare = raw.prepare.bind(raw);
  const exec = raw.exec.bind(raw);
  const refuseAttach = (sql: string) => {
    if (ATTACHES.test(sql)) throw new Error('ATTACH is refused');
    return sql;
  };
  raw.prepare = ((sql: string) => prepare(refuseAttach(sql))) as typeof raw.prepare;
  raw.exec = (sql) => exec(refuseAttach(sql));
  return raw as unknown as Writer;
}

function isWritable(file: string): boolean {
  try {
    accessSync(dirname(file), constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
    return true;
  } catch (error) {
    if (!existsSync(dirname(file)))
      throw new AppError('database-not-found', { path: file }, { cause: error });
    return false;
  }
}

/** SQLite's own lock on an empty file: let go by the system when the process dies. */
function takeGuard(path: string): (() => void) | undefined {
  const guard = new Sqlite(path, { timeout: 0 });
  try {
    guard.pragma('journal_mode = MEMORY');
    guard.exec('BEGIN EXCLUSIVE');
    return () => guard.close();
  } catch (error) {
    guard.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
}
