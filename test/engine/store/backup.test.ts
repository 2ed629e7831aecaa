import { readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type BackupManifest,
  backupFolder,
  backupPath,
  expiredBackups,
  hashFile,
  listBackups,
  makeBackup,
  sweepBackups,
  verifyBackup,
} from '../../../electron/engine/store/backup.ts';
import { connectReader } from '../../../electron/engine/store/database.ts';
import { logicalHash } from '../../../electron/engine/store/logical-hash.ts';
import { addBatch, openBatches, readLastBatch } from '../../support/batch-store.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A database with one backup at two batches, and a third batch since. */
function backedUp(): { path: string; manifest: BackupManifest } {
  const path = join(tempFolder(), 'a.csi');
  const database = openBatches(path);
  addBatch(database);
  addBatch(database);
  const manifest = database.backup('before-import');
  addBatch(database);
  database.close();
  return { path, manifest };
}

test('a backup is a database of its own with all that the manifest says', () => {
  const { path, manifest } = backedUp();
  expect(manifest).toMatchObject({
    number: 1,
    file: '000001-20260801T040000Z-before-import.csi',
    madeAt: '2026-08-01T04:00:00.000Z',
    reason: 'before-import',
    appVersion: '0.1.0',
    schemaVersion: 1,
    counts: { batches: 2, entries: 80 },
    lastBatch: { seq: 2 },
  });
  const copy = connectReader(backupPath(path, manifest));
  expect(logicalHash(copy)).toBe(manifest.logicalHash);
  expect(readLastBatch(copy)?.hash).toBe(manifest.lastBatch?.hash);
  copy.close();
  expect(hashFile(backupPath(path, manifest))).toBe(manifest.sha256);
  expect(listBackups(path)).toEqual([manifest]);
  expect(readdirSync(backupFolder(path))).toEqual([manifest.file, `${manifest.file}.json`]);
});

test('every single flipped bit and every missing byte is found', () => {
  const { path, manifest } = backedUp();
  const file = backupPath(path, manifest);
  const sound = readFileSync(file);
  for (let i = 0; i < 25; i++) {
    const bytes = Buffer.from(sound);
    bytes[(i * 7919) % bytes.length]! ^= 1 << (i % 8);
    writeFileSync(file, bytes);
    expect(() => verifyBackup(path, manifest)).toThrow(expect.objectContaining({ code: 'backup-damaged' }));
  }
  writeFileSync(file, sound);
  verifyBackup(path, manifest);
  truncateSync(file, sound.length - 1);
  expect(() => verifyBackup(path, manifest)).toThrow('bytes');
  rmSync(file);
  expect(() => verifyBackup(path, manifest)).toThrow('absent');
  expect(listBackups(path)).toEqual([]);
});

test('a copy that differs from its source never becomes a backup', () => {
  const path = join(tempFolder(), 'a.csi');
  const other = join(tempFolder(), 'b.csi');
  const database = openBatches(path);
  addBatch(database);
  const otherDatabase = openBatches(other);
  addBatch(otherDatabase);
  otherDatabase.connection.exec("UPDATE entries SET content = x'00' WHERE place = 3");
  otherDatabase.close();
  const make = (openCopy: typeof connectReader) => () =>
    makeBackup(database.connection, path, {
      reason: 'manual',
      clock: () => 0,
      appVersion: '1',
      readLastBatch: undefined,
      openCopy,
    });
  expect(make(() => connectReader(other))).toThrow('the copy differs');
  expect(readdirSync(backupFolder(path))).toEqual([]);
  expect(make(connectReader)().number).toBe(1);
  database.close();
});

test('a backup of a damaged database fails and leaves nothing', () => {
  const { path } = backedUp();
  const bytes = readFileSync(path);
  bytes.fill(0xa5, bytes.length - 8192);
  writeFileSync(path, bytes);
  const database = openBatches(path);
  expect(() => database.backup('manual')).toThrow(expect.objectContaining({ code: 'backup-failed' }));
  database.close();
  expect(listBackups(path)).toHaveLength(1);
  expect(readdirSync(backupFolder(path))).toHaveLength(2);
});

test('a backup inside a transaction is refused and undoes nothing', () => {
  const path = join(tempFolder(), 'a.csi');
  const database = openBatches(path);
  database.transaction(() => {
    addBatch(database);
    expect(() => database.backup('manual')).toThrow(expect.objectContaining({ code: 'backup-failed' }));
  });
  expect(database.watermark?.seq).toBe(1);
  database.close();
});

test('what a crash left half made is swept, what is finished stays', () => {
  const { path, manifest } = backedUp();
  const folder = backupFolder(path);
  for (const name of [
    '000002-20260801T050000Z-manual.csi.partial',
    '000002-20260801T050000Z-manual.csi.partial-journal',
    '000003-20260801T050000Z-daily.csi',
    '000003-20260801T050000Z-daily.csi.json.tmp',
    'notes by the user.txt',
    'my copy.csi',
  ])
    writeFileSync(join(folder, name), 'x');
  sweepBackups(path);
  expect(readdirSync(folder).sort()).toEqual(
    [manifest.file, `${manifest.file}.json`, 'my copy.csi', 'notes by the user.txt'].sort(),
  );
});

test('a manifest that points out of the folder is ignored', () => {
  const { path, manifest } = backedUp();
  const json = `${backupPath(path, manifest)}.json`;
  writeFileSync(json, JSON.stringify({ ...manifest, file: '../a.csi' }));
  expect(listBackups(path)).toEqual([]);
  writeFileSync(json, '{');
  expect(listBackups(path)).toEqual([]);
});

test('a backup is found again under the renamed database', () => {
  const { path, manifest } = backedUp();
  const renamed = join(path, '..', 'b.csi');
  renameSync(backupFolder(path), backupFolder(renamed));
  verifyBackup(renamed, manifest);
});

const HOUR = 3_600_000;
/** Noon of a day in August 2026 in the tests' time zone (Shanghai). */
const noon = (day: number) => Date.UTC(2026, 7, day, 4);

/** Backups made at these times, newest number first. */
function madeAt(times: number[], reason: BackupManifest['reason'] = 'manual'): BackupManifest[] {
  return times
    .map((time, i) => ({ number: i + 1, madeAt: new Date(time).toISOString(), reason }) as BackupManifest)
    .reverse();
}

const kept = (backups: BackupManifest[], now: number) => {
  const expired = expiredBackups(backups, new Date(now));
  return backups.filter((backup) => !expired.includes(backup)).map((backup) => backup.number);
};

test('of today three stay, of other days one', () => {
  const times = [
    noon(1),
    noon(1) + HOUR,
    noon(2),
    noon(2) + HOUR,
    ...[0, 1, 2, 3, 4].map((h) => noon(3) + h * HOUR),
  ];
  expect(kept(madeAt(times), noon(3) + 5 * HOUR)).toEqual([9, 8, 7, 4, 2]);
});

test('ten stay in all', () => {
  const times = Array.from({ length: 20 }, (_, i) => noon(i + 1));
  expect(kept(madeAt(times), noon(20))).toEqual([20, 19, 18, 17, 16, 15, 14, 13, 12, 11]);
});

test('the newest made before a migration stays beyond the ten', () => {
  const backups = [...madeAt(Array.from({ length: 20 }, (_, i) => noon(i + 1)))];
  for (const number of [2, 3]) backups.find((b) => b.number === number)!.reason = 'before-migration';
  expect(kept(backups, noon(20))).toEqual([20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 3]);
});

test('the newest stays though the clock went back', () => {
  expect(kept(madeAt([noon(20), noon(20) + HOUR, noon(2)]), noon(2))).toEqual([3, 2]);
});

test('old backups expire when a new one is made', () => {
  const path = join(tempFolder(), 'a.csi');
  let now = noon(1);
  const database = openBatches(path, { clock: () => now });
  for (let i = 0; i < 6; i++) {
    addBatch(database);
    database.backup('manual');
    now += HOUR;
  }
  expect(listBackups(path).map((backup) => backup.number)).toEqual([6, 5, 4]);
  expect(readdirSync(backupFolder(path))).toHaveLength(6);
  database.close();
});
