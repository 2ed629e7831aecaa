import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupPath, listBackups } from '../../../electron/engine/store/backup.ts';
import { restoreDatabase } from '../../../electron/engine/store/database.ts';
import { logicalHash } from '../../../electron/engine/store/logical-hash.ts';
import { addBatch, NEXT_MIGRATIONS, openBatches, readLastBatch } from '../../support/batch-store.ts';
import { faultsAfter, leftovers } from '../../support/kill-harness.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const options = { clock: () => 0, appVersion: '0.1.0' };

/** A database with a backup at two batches, and two batches since. */
function backedUp(): string {
  const path = join(tempFolder(), 'a.csi');
  const database = openBatches(path);
  addBatch(database);
  addBatch(database);
  database.backup('manual');
  addBatch(database);
  addBatch(database);
  database.close();
  return path;
}

test('a restore brings back exactly what was backed up and keeps what it replaces', () => {
  const path = backedUp();
  const replaced = readFileSync(path);
  const { manifest, keptIn } = restoreDatabase(path, 1, options);
  expect(readFileSync(join(keptIn, 'a.csi')).equals(replaced)).toBe(true);
  const database = openBatches(path);
  expect(logicalHash(database.connection)).toBe(manifest.logicalHash);
  expect(database.watermark).toEqual(manifest.lastBatch);
  expect(addBatch(database)).toBe(3);
  database.close();
  expect(leftovers(path)).toEqual([]);
});

test('what was replaced opens as a database with nothing lost', () => {
  const path = backedUp();
  const { keptIn } = restoreDatabase(path, 1, options);
  expect(faultsAfter(join(keptIn, 'a.csi'), 4)).toEqual([]);
});

test('a second restore keeps both', () => {
  const path = backedUp();
  restoreDatabase(path, 1, options);
  const { keptIn } = restoreDatabase(path, 1, options);
  expect(keptIn.endsWith('2')).toBe(true);
  expect(existsSync(`${path}-replaced/1/a.csi`)).toBe(true);
});

test('a damaged or vanished database is restored', () => {
  const path = backedUp();
  writeFileSync(path, 'x');
  restoreDatabase(path, 1, options);
  expect(faultsAfter(path, 2)).toEqual([]);
  expect(readFileSync(`${path}-replaced/1/a.csi`, 'utf8')).toBe('x');
});

test('a damaged backup is refused and nothing changes', () => {
  const path = backedUp();
  const backup = backupPath(path, listBackups(path)[0]!);
  const bytes = readFileSync(backup);
  bytes[bytes.length - 9]! ^= 4;
  writeFileSync(backup, bytes);
  expect(() => restoreDatabase(path, 1, options)).toThrow(
    expect.objectContaining({ code: 'backup-damaged' }),
  );
  expect(existsSync(`${path}-replaced`)).toBe(false);
  expect(faultsAfter(path, 4)).toEqual([]);
});

test('a backup that is not there is refused', () => {
  const path = backedUp();
  expect(() => restoreDatabase(path, 2, options)).toThrow(
    expect.objectContaining({ code: 'restore-failed' }),
  );
  expect(faultsAfter(path, 4)).toEqual([]);
});

test('an open database is not restored under its user', () => {
  const path = backedUp();
  const database = openBatches(path);
  expect(() => restoreDatabase(path, 1, options)).toThrow(
    expect.objectContaining({ code: 'database-locked' }),
  );
  expect(readLastBatch(database.connection)?.seq).toBe(4);
  database.close();
});

test('a backup of an older schema is restored and migrated again', () => {
  const path = backedUp();
  openBatches(path, { migrations: NEXT_MIGRATIONS }).close();
  restoreDatabase(path, 1, options);
  const database = openBatches(path, { migrations: NEXT_MIGRATIONS });
  expect(database.schemaVersion).toBe(2);
  expect(readLastBatch(database.connection)?.seq).toBe(2);
  database.close();
});

test('a restored empty database forgets the acknowledged batches', () => {
  const path = join(tempFolder(), 'a.csi');
  const database = openBatches(path);
  database.backup('manual');
  addBatch(database);
  database.close();
  restoreDatabase(path, 1, options);
  expect(faultsAfter(path, 0)).toEqual([]);
});
