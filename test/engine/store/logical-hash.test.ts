import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../electron/engine/store/database.ts';
import { contentTables, logicalHash, rowCounts } from '../../../electron/engine/store/logical-hash.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const SCHEMA = `CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT, v) ;
  CREATE TABLE "a ""odd"" name" (x, y);
  CREATE TABLE c (p TEXT, q TEXT, v BLOB, PRIMARY KEY (q, p)) WITHOUT ROWID;
  CREATE TABLE audit (at TEXT);
  CREATE VIRTUAL TABLE words USING fts5(t);`;

/** The hash of a database with these statements run. */
function hashOf(sql: string, exclude: string[] = []): string {
  const migrations = [{ version: 1, name: 'all', sql: SCHEMA }];
  const path = join(tempFolder(), 'a.csi');
  const database = openDatabase(path, { migrations, clock: () => 0, appVersion: '1' });
  database.connection.exec(sql);
  const hash = logicalHash(database.connection, { exclude });
  database.close();
  return hash;
}

test('only ordinary tables count, internals and shadows do not', () => {
  const path = join(tempFolder(), 'a.csi');
  const migrations = [{ version: 1, name: 'all', sql: SCHEMA }];
  const database = openDatabase(path, { migrations, clock: () => 0, appVersion: '1' });
  database.connection.exec('INSERT INTO b (v) VALUES (1), (2)');
  expect(contentTables(database.connection)).toEqual(['a "odd" name', 'audit', 'b', 'c']);
  expect(rowCounts(database.connection)).toEqual({ 'a "odd" name': 0, audit: 0, b: 2, c: 0 });
  database.close();
});

test('adding and removing rows gives the former hash back, whatever the pages look like', () => {
  const filler = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
    INSERT INTO b (v) SELECT hex(zeroblob(50)) FROM n;`;
  const before = hashOf('INSERT INTO b VALUES (1, 5)');
  expect(hashOf(`INSERT INTO b VALUES (1, 5); ${filler} DELETE FROM b WHERE id > 1; VACUUM;`)).toBe(before);
});

test('the order of insertion does not count', () => {
  const table = '"a ""odd"" name"';
  expect(hashOf(`INSERT INTO ${table} VALUES (1, 'x'), (2, 'y'), (1, NULL)`)).toBe(
    hashOf(`INSERT INTO ${table} VALUES (1, NULL), (2, 'y'), (1, 'x')`),
  );
  expect(hashOf("INSERT INTO c VALUES ('1', 'b', x'01'), ('2', 'a', x'02')")).toBe(
    hashOf("INSERT INTO c VALUES ('2', 'a', x'02'), ('1', 'b', x'01')"),
  );
});

test('every difference in value, type or place counts', () => {
  const table = '"a ""odd"" name"';
  const one = (x: string, y: string) => `INSERT INTO ${table} VALUES (${x}, ${y})`;
  const big = 'x'.repeat(5000);
  const contents = [
    ...[
      '1',
      '1.0',
      "'1'",
      "x'31'",
      'NULL',
      "''",
      "x''",
      '9007199254740993',
      '9007199254740992',
      '0.1',
      '-0.5',
    ].map((value) => one(value, 'NULL')),
    one('NULL', '1'),
    one("'ab'", "'c'"),
    one("'a'", "'bc'"),
    one(`'${big}'`, "'a'"),
    one(`'${big}a'`, "''"),
    'INSERT INTO b VALUES (1, NULL)',
    'INSERT INTO audit VALUES (1)',
    '',
  ];
  expect(new Set(contents.map((sql) => hashOf(sql))).size).toBe(contents.length);
});

test('a strict table, read without big integers, hashes like an ordinary one of the same name', () => {
  const rows = [
    '1, 0.5',
    '-1, 1.0',
    '4294967296, -0.25',
    '-4294967297, NULL',
    '9007199254740991, 1e300',
    'NULL, 0',
  ];
  const hashOfRows = (strict: string, values: readonly string[]) => {
    const sql = `CREATE TABLE n (i INTEGER, r REAL) ${strict};`;
    const path = join(tempFolder(), 'a.csi');
    const database = openDatabase(path, {
      migrations: [{ version: 1, name: 'all', sql }],
      clock: () => 0,
      appVersion: '1',
    });
    for (const row of values) database.connection.exec(`INSERT INTO n VALUES (${row})`);
    const hash = logicalHash(database.connection);
    database.close();
    return hash;
  };
  expect(hashOfRows('STRICT', rows)).toBe(hashOfRows('', rows));
  // One number beyond what a plain one holds, and the whole table is read exactly.
  const large = [...rows, '9007199254740993, 1.0'];
  expect(hashOfRows('STRICT', large)).toBe(hashOfRows('', large));
  expect(hashOfRows('STRICT', large)).not.toBe(hashOfRows('STRICT', [...rows, '9007199254740992, 1.0']));
});

test('an excluded table does not count', () => {
  expect(hashOf("INSERT INTO audit VALUES ('now')", ['audit'])).toBe(hashOf('', ['audit']));
});
