/**
 * The last acknowledged batch, kept beside the database. SQLite cannot see that its write-ahead log was
 * deleted: the file stays sound and quietly older. The watermark can.
 */
import { existsSync } from 'node:fs';
import { AppError } from '../../../shared/errors.ts';
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
