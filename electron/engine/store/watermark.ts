/**
 * The last acknowledged batch, kept beside the database. SQLite cannot see that its write-ahead log was
 * deleted: the file stays sound and quietly older. The watermark can.
 */
import { existsSync, rmSync } from 'node:fs';
import { AppError } from '../../../shared/errors.ts';
import type { ReadableConnection } from './connection.ts';
import { readJson, writeJsonDurably } from './durable-file.ts';

/** A batch by its number, which only grows, and the hash of its content. */
export interface Watermark {
  seq: number;
  hash: string;
}

/** Where the watermark of a database lies. */
export function watermarkPath(databasePath: string): string {
  return `${databasePath}-watermark`;
}

/** What was acknowledged last; `'unreadable'` when the file is there but says nothing usable. */
export function readWatermark(databasePath: string): Watermark | 'unreadable' | undefined {
  const path = watermarkPath(databasePath);
  if (!existsSync(path)) return undefined;
  const found = readJson(path) as Partial<Watermark> | undefined;
  if (typeof found?.seq !== 'number' || typeof found.hash !== 'string') return 'unreadable';
  return { seq: found.seq, hash: found.hash };
}

/** Remembers a batch as acknowledged; lasting when it returns. */
export function writeWatermark(databasePath: string, mark: Watermark): void {
  writeJsonDurably(watermarkPath(databasePath), { seq: mark.seq, hash: mark.hash });
}

/** Forgets what was acknowledged, when the database that takes its place never held a batch. */
export function removeWatermark(databasePath: string): void {
  rmSync(watermarkPath(databasePath), { force: true });
}

/**
 * Throws `database-lost-commits` when the database does not hold the acknowledged batch. A database that is
 * ahead is sound (the process died between commit and acknowledgement); `hashAt` proves, where the caller can
 * tell it, that it still passed through the acknowledged batch.
 */
export function refuseLostCommits(
  path: string,
  acknowledged: Watermark,
  last: Watermark | undefined,
  hashAt?: (seq: number) => string | undefined,
): void {
  const found = last?.seq ?? 0;
  const sameBatch = found === acknowledged.seq ? last?.hash : hashAt?.(acknowledged.seq);
  const known = found === acknowledged.seq || hashAt !== undefined;
  if (found >= acknowledged.seq && (!known || sameBatch === acknowledged.hash)) return;
  throw new AppError('database-lost-commits', { path, expected: acknowledged.seq, found });
}

/** How the caller tells which batches a database holds. */
export interface WatermarkSource {
  /** The last batch; asked before migrating too, so it must understand every schema version. */
  readLastBatch?: (connection: ReadableConnection) => Watermark | undefined;
  /** The hash a batch had, to prove that a database ahead of its watermark passed through it. */
  readBatchHash?: (connection: ReadableConnection, seq: number) => string | undefined;
  /** Opens a database that lost acknowledged batches; the user has been told and accepts the loss. */
  acceptLostCommits?: boolean;
  /** Told `watermark-missing`, `-unreadable` or `-not-written`, or the code of why a database only reads. */
  onWarning?: (warning: string) => void;
}

/** Keeps the watermark in step with the commits of a writer. */
export interface WatermarkFollower {
  readonly acknowledged: Watermark | undefined;
  /** After a commit: remembers the last batch, if there is a new one. Never throws. */
  acknowledge(): void;
}

/** Compares the watermark with the database, see `refuseLostCommits`, and follows it from there on. */
export function followWatermark(
  path: string,
  writer: ReadableConnection,
  source: WatermarkSource,
): WatermarkFollower {
  const hasSchema = writer.pragma('user_version', { simple: true }) !== 0;
  let acknowledged = hasSchema ? compareWatermark(path, writer, source) : undefined;
  return {
    get acknowledged() {
      return acknowledged;
    },
    acknowledge() {
      try {
        const last = source.readLastBatch?.(writer);
        if (!last || (last.seq === acknowledged?.seq && last.hash === acknowledged.hash)) return;
        writeWatermark(path, last);
        acknowledged = last;
      } catch {
        // The batch is committed, and a watermark that lags is safe; the next commit writes it again.
        source.onWarning?.('watermark-not-written');
      }
    },
  };
}

function compareWatermark(
  path: string,
  writer: ReadableConnection,
  { readLastBatch, readBatchHash, acceptLostCommits, onWarning }: WatermarkSource,
): Watermark | undefined {
  if (!readLastBatch) return undefined;
  const last = readLastBatch(writer);
  const acknowledged = readWatermark(path);
  if (acknowledged === 'unreadable') onWarning?.('watermark-unreadable');
  else if (acknowledged && !acceptLostCommits)
    refuseLostCommits(path, acknowledged, last, readBatchHash && ((seq) => readBatchHash(writer, seq)));
  else if (!acknowledged && last && last.seq > 0) onWarning?.('watermark-missing');
  if (last) writeWatermark(path, last);
  else removeWatermark(path);
  return last;
}
