/**
 * The one door to SQLite. `openDatabase` takes the lock, tells what the file is, finishes an interrupted
 * restore, proves that no acknowledged batch is missing and brings the schema up to date; what it hands out
 * either writes safely or says why it only reads.
 */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { AppError } from '../../../shared/errors.ts';
import { type BackupManifest, type BackupReason, complaints, makeBackup, sweepBackups } from './backup.ts';
import type { Clock, ReadableConnection, WritableConnection } from './connection.ts';
import { renameDurably, syncFile } from './durable-file.ts';
import { APPLICATION_ID, identifyFile, refuseNetworkDrive } from './identify.ts';
import { acquireLock, type Lock, liveHolder } from './lock.ts';
import { rowCounts } from './logical-hash.ts';
import { latestVersion, type Migration, type MigrationProgress, migrate, schemaVersion } from './migrate.ts';
import { finishRestore, incomingPath, restoreFrom } from './restore.ts';
import { faultOf } from './sqlite-fault.ts';
import { readWatermark, refuseLostCommits, type Watermark, writeWatermark } from './watermark.ts';

export type { Clock, ReadableConnection, Statement, WritableConnection } from './connection.ts';

/** Measured on answers kept as blobs, see test/bench. */
const PAGE_SIZE = 8192;
const BUSY_MS = 2_000;

/** What opening needs. */
export interface OpenOptions {
  migrations: readonly Migration[];
  clock: Clock;
  appVersion: string;
  readonly?: boolean;
  /** The last batch in the database; asked before migrating, so it must understand every schema version. */
  readLastBatch?: (connection: ReadableConnection) => Watermark | undefined;
  /** The hash a batch had, to prove that a database ahead of its watermark passed through it. */
  readBatchHash?: (connection: ReadableConnection, seq: number) => string | undefined;
  /** Opens a database that lost acknowledged batches; the user has been told and accepts the loss. */
  acceptLostCommits?: boolean;
  onWarning?: (warning: string) => void;
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
  /** A verified backup; blocks for about a second per 100 MB. Throws `backup-failed`. */
  backup(reason: BackupReason): BackupManifest;
  close(): void;
}

/** Opens a database, or creates it where there is none. Throws `AppError` with a `database-…` code. */
export function openDatabase(path: string, options: OpenOptions): Database {
  const file = resolve(path);
  refuseNetworkDrive(file);
  if (options.readonly) return openForReading(file, options);
  if (!isWritable(file))
    return openForReading(file, options, new AppError('database-read-only', { path: file }));
  const lock = acquireLock(file, { ...options, takeGuard });
  try {
    return openForWriting(file, options, lock);
  } catch (error) {
    lock.release();
    throw faultOf(error, file);
  }
}

function openForWriting(file: string, options: OpenOptions, lock: Lock): Database {
  finishRestore(file);
  sweepBackups(file);
  if (!existsSync(file)) create(file, options);
  const supported = latestVersion(options.migrations);
  const found = identifyFile(file).schemaVersion;
  if (found > supported) {
    lock.release();
    return openForReading(file, options, new AppError('database-newer', { path: file, found, supported }));
  }
  const writer = connectWriter(file);
  try {
    refuseShortFile(file, writer);
    const watermark = compareWatermark(file, writer, options);
    migrate(writer, options.migrations, {
      onProgress: options.onMigration,
      beforeFirst: () => holdsData(writer) && backUp(file, writer, options, 'before-migration', watermark),
    });
    return writable(file, options, lock, writer, watermark);
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
  lastBatch: Watermark | undefined,
): BackupManifest {
  const { clock, appVersion } = options;
  return makeBackup(writer, file, { reason, clock, appVersion, lastBatch, openCopy: connectReader });
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

function compareWatermark(
  file: string,
  writer: WritableConnection,
  options: OpenOptions,
): Watermark | undefined {
  const { readLastBatch, readBatchHash } = options;
  if (!readLastBatch || schemaVersion(writer) === 0) return undefined;
  const last = readLastBatch(writer);
  const acknowledged = readWatermark(file);
  if (acknowledged === 'unreadable') options.onWarning?.('watermark-unreadable');
  else if (acknowledged && !options.acceptLostCommits)
    refuseLostCommits(file, acknowledged, last, readBatchHash && ((seq) => readBatchHash(writer, seq)));
  else if (!acknowledged && last) options.onWarning?.('watermark-missing');
  if (last) writeWatermark(file, last);
  return last;
}

function writable(
  file: string,
  options: OpenOptions,
  lock: Lock,
  writer: Writer,
  opened: Watermark | undefined,
): Database {
  let watermark = opened;
  const acknowledge = () => {
    const last = options.readLastBatch?.(writer);
    if (!last || (last.seq === watermark?.seq && last.hash === watermark.hash)) return;
    try {
      writeWatermark(file, last);
      watermark = last;
    } catch {
      // The batch is committed, and a watermark that lags is safe; the next commit writes it again.
      options.onWarning?.('watermark-not-written');
    }
  };
  return {
    path: file,
    schemaVersion: schemaVersion(writer),
    readonly: false,
    connection: writer,
    get watermark() {
      return watermark;
    },
    openReader: () => connectReader(file),
    transaction<T>(work: () => T): T {
      const outermost = !writer.inTransaction;
      try {
        const result = writer.transaction(work).immediate() as T;
        if (outermost) acknowledge();
        return result;
      } catch (error) {
        throw faultOf(error, file);
      }
    },
    check: () => complaints(writer),
    backup: (reason) => backUp(file, writer, options, reason, options.readLastBatch?.(writer)),
    close() {
      if (!writer.open) return;
      acknowledge();
      writer.close();
      lock.release();
    },
  };
}

function openForReading(file: string, options: OpenOptions, because?: AppError): Database {
  // While someone has it open, a plain read of the header is left to SQLite (see identify.ts).
  if (!liveHolder(file)) identifyFile(file);
  const reader = connectReader(file);
  const reason = because ?? new AppError('database-read-only', { path: file });
  const refuse = () => {
    throw reason;
  };
  if (because) options.onWarning?.(because.code);
  return {
    path: file,
    schemaVersion: reader.pragma('user_version', { simple: true }) as number,
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
  const file = resolve(path);
  const lock = acquireLock(file, { ...options, takeGuard });
  try {
    finishRestore(file);
    return restoreFrom(file, backupNumber);
  } finally {
    lock.release();
  }
}

/** A reader of a database that some process, perhaps this one, has open: for workers. */
export function connectReader(file: string): ReadableConnection {
  try {
    const reader = connect(file, { readonly: true, fileMustExist: true });
    setCommonPragmas(reader);
    reader.pragma('query_only = ON');
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

function setCommonPragmas(connection: ReadableConnection): void {
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  connection.pragma('mmap_size = 0');
  connection.pragma('temp_store = MEMORY');
}

function setWriterPragmas(writer: WritableConnection): void {
  setCommonPragmas(writer);
  const mode = writer.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal') throw new Error(`journal mode is ${mode}`);
  writer.pragma('synchronous = FULL');
  writer.pragma('fullfsync = ON');
  writer.pragma('checkpoint_fullfsync = ON');
  writer.pragma('secure_delete = ON');
  writer.pragma('foreign_keys = ON');
}

/** A file cut off behind the log's back: after a checkpoint every page must be there. */
function refuseShortFile(file: string, writer: WritableConnection): void {
  writer.pragma('wal_checkpoint(PASSIVE)');
  const pages = writer.pragma('page_count', { simple: true }) as number;
  const expected = pages * (writer.pragma('page_size', { simple: true }) as number);
  const bytes = statSync(file).size;
  if (bytes < expected)
    throw new AppError('database-damaged', { path: file, detail: `${bytes} of ${expected} bytes` });
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
