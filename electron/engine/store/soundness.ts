/** Whether a database is whole. SQLite keeps no checksums: this finds broken structure, not a changed digit. */
import { statSync } from 'node:fs';
import { AppError } from '../../../shared/errors.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';

/** Refuses a file cut off behind the log's back: after a checkpoint every page must be there. */
export function refuseShortFile(path: string, writer: WritableConnection): void {
  writer.pragma('wal_checkpoint(PASSIVE)');
  const pages = writer.pragma('page_count', { simple: true }) as number;
  const expected = pages * (writer.pragma('page_size', { simple: true }) as number);
  const bytes = statSync(path).size;
  if (bytes < expected)
    throw new AppError('database-damaged', { path, detail: `${bytes} of ${expected} bytes` });
}

/** Refuses a database whose structure is broken; reads all of it. */
export function refuseUnsound(path: string, connection: ReadableConnection): void {
  const [detail] = integrityFaults(connection);
  if (detail) throw new AppError('database-damaged', { path, detail });
}

/** Everything `integrity_check` and `foreign_key_check` complain about; empty when sound. */
export function complaints(connection: ReadableConnection): string[] {
  const orphans = connection.prepare<[], { table: string }>('PRAGMA foreign_key_check').all();
  return [...integrityFaults(connection), ...orphans.map((o) => `orphan in ${o.table}`)];
}

function integrityFaults(connection: ReadableConnection): string[] {
  const lines = connection.prepare<[], string>('PRAGMA integrity_check').pluck().all();
  return lines.filter((line) => line !== 'ok');
}
