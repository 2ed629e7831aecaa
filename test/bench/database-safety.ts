/**
 * What safety costs: opening, an acknowledged batch with and without its watermark, the logical hash, a verified
 * backup, a restore. Run with `npx node test/bench/database-safety.ts [megabytes]`; prints times and ratios.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenOptions, openDatabase, restoreDatabase } from '../../electron/engine/store/database.ts';
import { logicalHash } from '../../electron/engine/store/logical-hash.ts';

const MEGABYTES = Number(process.argv[2] ?? 100);
const folder = mkdtempSync(join(tmpdir(), 'csi-bench-'));
const path = join(folder, 'bench.csi');

const options: OpenOptions = {
  migrations: [
    {
      version: 1,
      name: 'bench',
      sql: `CREATE TABLE batches (seq INTEGER PRIMARY KEY, hash TEXT) STRICT;
        CREATE TABLE vectors (chunk INTEGER, variable TEXT, data BLOB, PRIMARY KEY (chunk, variable)) STRICT;
        CREATE TABLE cells (dealer INTEGER, item INTEGER, n REAL, sum REAL, PRIMARY KEY (dealer, item)) STRICT;`,
    },
  ],
  clock: () => Date.now(),
  appVersion: 'bench',
  readLastBatch: (connection) =>
    connection
      .prepare<[], { seq: number; hash: string }>('SELECT * FROM batches ORDER BY seq DESC LIMIT 1')
      .get(),
};

function timed<T>(label: string, work: () => T): { value: T; milliseconds: number } {
  const start = performance.now();
  const value = work();
  const milliseconds = performance.now() - start;
  console.log(`${label.padEnd(44)} ${milliseconds.toFixed(1).padStart(9)} ms`);
  return { value, milliseconds };
}

try {
  const database = timed('create', () => openDatabase(path, options)).value;
  const { connection } = database;
  const vectors = connection.prepare('INSERT INTO vectors VALUES (?, ?, ?)');
  const cells = connection.prepare('INSERT INTO cells VALUES (?, ?, ?, ?)');
  timed(`load ${MEGABYTES} MB of vectors and 300,000 cells`, () =>
    database.transaction(() => {
      const data = Buffer.alloc(4000, 7);
      for (let i = 0; i < MEGABYTES * 250; i++) vectors.run(Math.floor(i / 40), `q:${i % 40}`, data);
      for (let i = 0; i < 300_000; i++) cells.run(i % 3000, Math.floor(i / 3000), i, i / 7);
    }),
  );
  const mark = connection.prepare('INSERT INTO batches (hash) VALUES (?)');
  const bare = timed('100 commits', () => {
    for (let i = 0; i < 100; i++) connection.prepare('UPDATE cells SET n = ? WHERE dealer = 1').run(i);
  });
  const marked = timed('100 acknowledged batches', () => {
    for (let i = 0; i < 100; i++) database.transaction(() => mark.run(String(i)));
  });
  console.log(`  ratio ${(marked.milliseconds / bare.milliseconds).toFixed(1)}`);
  const megabytes = statSync(path).size / 1e6;
  const rate = (milliseconds: number) =>
    console.log(`  ${((megabytes / milliseconds) * 1000).toFixed(0)} MB/s`);
  rate(timed('integrity and foreign keys', () => database.check()).milliseconds);
  rate(timed('logical hash', () => logicalHash(connection)).milliseconds);
  rate(timed('verified backup', () => database.backup('manual')).milliseconds);
  timed('close', () => database.close());
  timed('open and close', () => openDatabase(path, options).close());
  rate(timed('restore', () => restoreDatabase(path, 1, options)).milliseconds);
  console.log(
    `${megabytes.toFixed(0)} MB, peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
