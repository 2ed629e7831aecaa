import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listBackups } from '../../../electron/engine/store/backup.ts';
import { type Database, openDatabase } from '../../../electron/engine/store/database.ts';
import { latestVersion, type Migration } from '../../../electron/engine/store/migrate.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const FIRST: Migration = {
  version: 1,
  name: 'parents',
  sql: `CREATE TABLE parents (id INTEGER PRIMARY KEY);
    CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents(id) ON DELETE CASCADE);`,
};

function open(path: string, migrations: Migration[], log: string[] = []): Database {
  return openDatabase(path, {
    migrations,
    clock: () => 0,
    appVersion: '0.1.0',
    onMigration: ({ version, name, done, total }) => log.push(`${version} ${name} ${done}/${total}`),
  });
}

function withData(): string {
  const path = join(tempFolder(), 'a.csi');
  const database = open(path, [FIRST]);
  database.connection.exec('INSERT INTO parents VALUES (1); INSERT INTO children VALUES (7, 1)');
  database.close();
  return path;
}

const step = (version: number, name: string, sql: string): Migration => ({ version, name, sql });

test('missing migrations run in order, tell their progress and run once', () => {
  const path = withData();
  const list = [FIRST, step(2, 'two', 'CREATE TABLE two (a)'), step(3, 'three', 'CREATE TABLE three (a)')];
  const log: string[] = [];
  open(path, list, log).close();
  open(path, list, log).close();
  expect(log).toEqual(['2 two 0/2', '3 three 1/2']);
  const database = open(path, list);
  expect(database.schemaVersion).toBe(3);
  database.close();
});

test('one verified backup precedes the first migration of a database that holds data', () => {
  const path = withData();
  open(path, [
    FIRST,
    step(2, 'two', 'CREATE TABLE two (a)'),
    step(3, 'three', 'CREATE TABLE three (a)'),
  ]).close();
  expect(listBackups(path)).toMatchObject([
    { reason: 'before-migration', schemaVersion: 1, counts: { parents: 1, children: 1 } },
  ]);
});

test('an empty database is migrated without a backup', () => {
  const path = join(tempFolder(), 'a.csi');
  open(path, [FIRST]).close();
  open(path, [FIRST, step(2, 'two', 'CREATE TABLE two (a)')]).close();
  expect(listBackups(path)).toEqual([]);
});

test('a parent table is rebuilt without losing its children', () => {
  const path = withData();
  const rebuild = `CREATE TABLE parents_new (id INTEGER PRIMARY KEY, name TEXT);
    INSERT INTO parents_new SELECT id, 'one' FROM parents; DROP TABLE parents;
    ALTER TABLE parents_new RENAME TO parents;`;
  const database = open(path, [FIRST, step(2, 'rebuild', rebuild)]);
  expect(
    database.connection.prepare('SELECT c.id, name FROM children c JOIN parents p ON p.id = parent').all(),
  ).toEqual([{ id: 7, name: 'one' }]);
  expect(database.connection.pragma('foreign_keys', { simple: true })).toBe(1);
  database.close();
});

test.each([
  ['a wrong statement', 'CREATE TABLE two (a); SELECT a FROM nowhere', 'nowhere'],
  ['a step that ends its own transaction', 'CREATE TABLE two (a); COMMIT', 'ends its own transaction'],
  ['a step that leaves orphans', 'CREATE TABLE two (a); DELETE FROM parents', 'orphans in children'],
])('%s fails by name, and the former steps stay', (_, sql, message) => {
  const path = withData();
  const list = [FIRST, step(2, 'good', 'CREATE TABLE good (a)'), step(3, 'bad', sql)];
  expect(() => open(path, list)).toThrow(message);
  expect(() => open(path, list)).toThrow('bad');
  const database = open(path, list.slice(0, 2));
  expect(database.schemaVersion).toBe(2);
  expect(database.connection.prepare('SELECT id FROM children').all()).toEqual([{ id: 7 }]);
  expect(database.check()).toEqual([]);
  database.close();
});

test('a failed first migration leaves no database', () => {
  const path = join(tempFolder(), 'a.csi');
  expect(() => open(path, [step(1, 'bad', 'CREATE TABLE')])).toThrow('bad');
  const database = open(path, [FIRST]);
  expect(database.schemaVersion).toBe(1);
  database.close();
});

test('a list that does not count 1, 2, 3 is refused', () => {
  expect(() => latestVersion([FIRST, step(3, 'three', '')])).toThrow('expected 2');
  expect(latestVersion([])).toBe(0);
});
