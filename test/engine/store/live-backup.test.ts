// Somebody writes while a backup is made: the copy is compared with what was copied, or both are taken again.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listBackups, verifyBackup } from '../../../electron/engine/store/backup.ts';
import { connectReader } from '../../../electron/engine/store/database.ts';
import { backUpLive } from '../../../electron/engine/store/live-backup.ts';
import { rowCounts } from '../../../electron/engine/store/logical-hash.ts';
import { addBatch, openBatches, readLastBatch } from '../../support/batch-store.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const OPTIONS = { reason: 'manual', clock: () => 0, appVersion: '1', readLastBatch } as const;

test('rows that come while the copy is compared are not missed in it', () => {
  const path = join(tempFolder(), 'a.csi');
  const database = openBatches(path);
  addBatch(database);
  const manifest = backUpLive(path, {
    ...OPTIONS,
    onStep: (step) => {
      if (step === 'compare') addBatch(database);
    },
  });
  expect(manifest).toMatchObject({ counts: { batches: 1 }, lastBatch: { seq: 1 } });
  verifyBackup(path, manifest);
  database.close();
});

test('rows that come between the two looks make it look again', () => {
  const path = join(tempFolder(), 'a.csi');
  const database = openBatches(path);
  addBatch(database);
  let copies = 0;
  const manifest = backUpLive(path, {
    ...OPTIONS,
    onStep: (step) => {
      if (step === 'copy' && ++copies === 1) addBatch(database);
    },
  });
  expect(copies).toBe(2);
  expect(manifest).toMatchObject({ counts: { batches: 2 }, lastBatch: { seq: 2 } });
  expect(listBackups(path)).toEqual([manifest]);
  const copy = connectReader(`${path}-backups/${manifest.file}`);
  expect(rowCounts(copy)).toMatchObject({ batches: 2 });
  copy.close();
  database.close();
});

test('a writer that never rests is told that the backup failed', () => {
  const path = join(tempFolder(), 'a.csi');
  const database = openBatches(path);
  addBatch(database);
  const onStep = (step: string) => {
    if (step === 'copy') addBatch(database);
  };
  expect(() => backUpLive(path, { ...OPTIONS, onStep })).toThrow('lacks rows');
  expect(listBackups(path)).toEqual([]);
  database.close();
});
