import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../electron/engine/store/database.ts';
import {
  addBatch,
  MIGRATIONS,
  NEXT_MIGRATIONS,
  openBatches,
  readLastBatch,
} from '../../support/batch-store.ts';
import { leftovers } from '../../support/kill-harness.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const place = () => join(tempFolder(), 'study 满意度.csi');

/** A closed database with some acknowledged batches. */
function madeWith(batches: number): string {
  const path = place();
  const database = openBatches(path);
  for (let i = 0; i < batches; i++) addBatch(database);
  database.close();
  return path;
}

function code(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return 'no fault';
}

test('a new database has every safe setting and our mark', () => {
  const database = openBatches(place());
  const read = (name: string) => database.connection.pragma(name, { simple: true });
  const names = [
    'journal_mode',
    'synchronous',
    'foreign_keys',
    'trusted_schema',
    'cell_size_check',
    'mmap_size',
  ];
  expect(names.map(read)).toEqual(['wal', 2, 1, 0, 1, 0]);
  expect(['secure_delete', 'busy_timeout', 'application_id', 'user_version'].map(read)).toEqual([
    1, 2000, 0x43534977, 1,
  ]);
  database.close();
});

test('the settings are back after reopening', () => {
  const database = openBatches(madeWith(1));
  expect(database.connection.pragma('synchronous', { simple: true })).toBe(2);
  expect(database.connection.pragma('secure_delete', { simple: true })).toBe(1);
  database.close();
});

test('a transaction that throws changes nothing and hands the error on', () => {
  const database = openBatches(place());
  const fail = () =>
    database.transaction(() => {
      addBatch(database);
      throw new Error('stop');
    });
  expect(fail).toThrow('stop');
  expect(readLastBatch(database.connection)).toBeUndefined();
  expect(addBatch(database)).toBe(1);
  database.close();
});

test('a transaction refuses a promise and changes nothing', () => {
  const database = openBatches(place());
  expect(() => database.transaction(async () => addBatch(database))).toThrow('promise');
  expect(readLastBatch(database.connection)).toBeUndefined();
  database.close();
});

test('an inner transaction that fails undoes only itself', () => {
  const database = openBatches(place());
  database.transaction(() => {
    addBatch(database);
    expect(() =>
      database.transaction(() => {
        addBatch(database);
        throw new Error('inner');
      }),
    ).toThrow('inner');
  });
  expect(readLastBatch(database.connection)?.seq).toBe(1);
  expect(database.watermark?.seq).toBe(1);
  database.close();
});

test('a reader sees commits and cannot write', () => {
  const database = openBatches(place());
  const reader = database.openReader();
  addBatch(database);
  expect(readLastBatch(reader)?.seq).toBe(1);
  expect(code(() => reader.prepare('DELETE FROM entries').run())).toBe('SQLITE_READONLY');
  reader.close();
  database.close();
});

test('a reader that outlives the writer leaves a database that opens', () => {
  const path = place();
  const database = openBatches(path);
  const reader = database.openReader();
  addBatch(database);
  database.close();
  expect(readLastBatch(reader)?.seq).toBe(1);
  reader.close();
  const again = openBatches(path);
  expect(again.watermark?.seq).toBe(1);
  again.close();
  expect(leftovers(path)).toEqual([]);
});

test.each(["ATTACH 'x.db' AS x", 'attach database ? as y', 'SELECT 1; ATTACH/**/"x" AS x'])(
  '%s is refused',
  (sql) => {
    const database = openBatches(place());
    expect(() => database.connection.exec(sql)).toThrow('ATTACH');
    expect(() => database.openReader().prepare(sql)).toThrow('ATTACH');
    database.close();
  },
);

test('an orphan row is refused', () => {
  const database = openBatches(place());
  const orphan = () => database.connection.prepare("INSERT INTO entries VALUES (9, 1, x'00')").run();
  expect(code(orphan)).toBe('SQLITE_CONSTRAINT_FOREIGNKEY');
  database.close();
});

test('a closed database is one file with no log beside it', () => {
  const path = madeWith(3);
  expect(leftovers(path)).toEqual([]);
  expect(readFileSync(path).readUInt8(18)).toBe(1);
});

test('an erased row leaves no bytes behind', () => {
  const path = place();
  const database = openBatches(path);
  addBatch(database);
  const write = database.connection.prepare('UPDATE entries SET content = ? WHERE place = 7');
  write.run(Buffer.from('13800138000-Zhang-San'));
  database.connection.pragma('wal_checkpoint(TRUNCATE)');
  write.run(Buffer.alloc(5));
  database.close();
  expect(readFileSync(path).includes('Zhang-San')).toBe(false);
});

test('a missing database is not created for a reader', () => {
  const path = place();
  expect(code(() => openBatches(path, { readonly: true }))).toBe('database-not-found');
  expect(existsSync(path)).toBe(false);
});

test('a database that vanished is not silently replaced by an empty one', () => {
  const path = madeWith(2);
  rmSync(path);
  expect(code(() => openBatches(path))).toBe('database-not-found');
  expect(existsSync(path)).toBe(false);
});

test('a folder that does not exist is told', () => {
  expect(code(() => openBatches(join(tempFolder(), 'absent', 'a.csi')))).toBe('database-not-found');
});

test('a newer database opens for reading, says why, and refuses to be changed', () => {
  const path = madeWith(2);
  openBatches(path, { migrations: NEXT_MIGRATIONS }).close();
  const warnings: string[] = [];
  const database = openBatches(path, { onWarning: (warning) => warnings.push(warning) });
  expect(database.readonlyBecause).toMatchObject({
    code: 'database-newer',
    details: { found: 2, supported: 1 },
  });
  expect(warnings).toEqual(['database-newer']);
  expect(readLastBatch(database.openReader())?.seq).toBe(2);
  expect(code(() => database.transaction(() => 1))).toBe('database-newer');
  expect(code(() => database.connection)).toBe('database-newer');
  expect(code(() => database.backup('manual'))).toBe('database-newer');
  database.close();
});

test('a newer schema that is still in the log only is seen too', () => {
  const path = madeWith(1);
  const newer = openBatches(path, { migrations: NEXT_MIGRATIONS });
  const reader = newer.openReader();
  reader.prepare('SELECT 1 FROM batches').get();
  newer.close();
  const log = readFileSync(`${path}-wal`);
  const base = readFileSync(path);
  reader.close();
  expect(base.readUInt32BE(60)).toBe(1);
  writeFileSync(path, base);
  writeFileSync(`${path}-wal`, log);
  const database = openBatches(path);
  expect(database.readonlyBecause?.code).toBe('database-newer');
  database.close();
});

test('an older schema is not read with queries it does not know', () => {
  const path = madeWith(1);
  expect(code(() => openBatches(path, { readonly: true, migrations: NEXT_MIGRATIONS }))).toBe(
    'database-read-only',
  );
});

test('a reader beside a writer needs no lock', () => {
  const path = place();
  const writer = openBatches(path);
  addBatch(writer);
  const reader = openBatches(path, { readonly: true });
  expect(reader.watermark?.seq).toBe(1);
  expect(code(() => reader.transaction(() => 1))).toBe('database-read-only');
  reader.close();
  expect(addBatch(writer)).toBe(2);
  writer.close();
});

test('an old reader sees an unchanged view while batches are added', () => {
  const database = openBatches(place());
  addBatch(database);
  const reader = database.openReader();
  const rows = reader.prepare('SELECT seq FROM batches').iterate();
  rows.next();
  expect(addBatch(database)).toBe(2);
  expect(rows.next().done).toBe(true);
  reader.close();
  database.close();
});

test('the clock going back hinders nothing', () => {
  const path = place();
  const times = [Date.UTC(2030, 0, 1), Date.UTC(2020, 0, 1), Date.UTC(1999, 0, 1)];
  for (const time of times) {
    const database = openBatches(path, { clock: () => time });
    addBatch(database);
    database.backup('manual');
    database.close();
  }
  const database = openBatches(path, { clock: () => new Date(0) });
  expect(database.watermark?.seq).toBe(3);
  database.close();
});

test('changes made outside a transaction are acknowledged at closing', () => {
  const path = place();
  const database = openBatches(path);
  database.connection.prepare('INSERT INTO batches VALUES (1, ?)').run('by hand');
  database.close();
  const again = openBatches(path);
  expect(again.watermark).toEqual({ seq: 1, hash: 'by hand' });
  again.close();
});

test('without a list of batches a database opens too', () => {
  const path = place();
  const options = { migrations: MIGRATIONS, clock: () => 0, appVersion: '0.1.0' };
  const opened: Database[] = [];
  opened.push(openDatabase(path, options));
  opened[0]!.close();
  openDatabase(path, options).close();
  expect(readdirSync(join(path, '..')).filter((name) => name.endsWith('-watermark'))).toEqual([]);
});

test('a database that was moved without its watermark opens with a warning', () => {
  const path = madeWith(2);
  const moved = place();
  copyFileSync(path, moved);
  const warnings: string[] = [];
  openBatches(moved, { onWarning: (warning) => warnings.push(warning) }).close();
  openBatches(moved, { onWarning: (warning) => warnings.push(warning) }).close();
  expect(warnings).toEqual(['watermark-missing']);
});

test('a watermark that cannot be written does not undo a commit', () => {
  const path = place();
  const warnings: string[] = [];
  const database = openBatches(path, { onWarning: (warning) => warnings.push(warning) });
  mkdirSync(`${path}-watermark.tmp`);
  expect(addBatch(database)).toBe(1);
  expect(warnings).toEqual(['watermark-not-written']);
  rmSync(`${path}-watermark.tmp`, { recursive: true });
  addBatch(database);
  expect(database.watermark?.seq).toBe(2);
  database.close();
});

test('a database under another name carries on', () => {
  const path = madeWith(1);
  const renamed = join(path, '..', 'renamed.csi');
  renameSync(path, renamed);
  const database = openBatches(renamed);
  expect(addBatch(database)).toBe(2);
  database.close();
});

test('a folder in the place of the database is told', () => {
  const path = place();
  mkdirSync(path);
  expect(code(() => openBatches(path))).toBe('database-not-ours');
});

test('a foreign file is left as it is', () => {
  const path = place();
  writeFileSync(path, '经销商,得分\n一店,8.5\n'.repeat(50));
  const before = readFileSync(path);
  chmodSync(path, 0o644);
  expect(code(() => openBatches(path))).toBe('database-not-ours');
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(readdirSync(join(path, '..'))).toHaveLength(1);
});
