/** A tiny schema with batches of rows and their chained hashes: the subject of the store's fault tests. */
import { createHash } from 'node:crypto';
import type { ReadableConnection } from '../../electron/engine/store/connection.ts';
import { type Database, type OpenOptions, openDatabase } from '../../electron/engine/store/database.ts';
import type { Migration } from '../../electron/engine/store/migrate.ts';
import type { Watermark } from '../../electron/engine/store/watermark.ts';

export const ROWS_PER_BATCH = 40;

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'batches',
    sql: `CREATE TABLE batches (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL) STRICT;
      CREATE TABLE entries (batch INTEGER NOT NULL REFERENCES batches(seq), place INTEGER NOT NULL,
        content BLOB NOT NULL, PRIMARY KEY (batch, place)) STRICT, WITHOUT ROWID;`,
  },
];

/** A second version that rewrites every row, so that a crash has something to cut through. */
export const NEXT_MIGRATIONS: readonly Migration[] = [
  ...MIGRATIONS,
  {
    version: 2,
    name: 'marks',
    sql: `CREATE TABLE marked (batch INTEGER NOT NULL REFERENCES batches(seq), place INTEGER NOT NULL,
        content BLOB NOT NULL, mark INTEGER NOT NULL, PRIMARY KEY (batch, place)) STRICT, WITHOUT ROWID;
      INSERT INTO marked SELECT batch, place, content, length(content) FROM entries;
      DROP TABLE entries;
      ALTER TABLE marked RENAME TO entries;`,
  },
];

export function readLastBatch(connection: ReadableConnection): Watermark | undefined {
  return connection.prepare<[], Watermark>('SELECT seq, hash FROM batches ORDER BY seq DESC LIMIT 1').get();
}

function readBatchHash(connection: ReadableConnection, seq: number): string | undefined {
  return connection.prepare<[number], string>('SELECT hash FROM batches WHERE seq = ?').pluck().get(seq);
}

export function openBatches(path: string, options: Partial<OpenOptions> = {}): Database {
  return openDatabase(path, {
    migrations: MIGRATIONS,
    clock: () => Date.UTC(2026, 7, 1, 4),
    appVersion: '0.1.0',
    readLastBatch,
    readBatchHash,
    ...options,
  });
}

/** Adds one batch and answers its number once it is acknowledged. */
export function addBatch(database: Database): number {
  const { connection } = database;
  return database.transaction(() => {
    const last = readLastBatch(connection);
    const seq = (last?.seq ?? 0) + 1;
    const hash = createHash('sha256').update(`${last?.hash} ${seq}`).digest('hex');
    connection.prepare('INSERT INTO batches VALUES (?, ?)').run(seq, hash);
    const insert = connection.prepare('INSERT INTO entries (batch, place, content) VALUES (?, ?, ?)');
    for (let place = 0; place < ROWS_PER_BATCH; place++)
      insert.run(seq, place, Buffer.alloc(300, seq + place));
    return seq;
  });
}
