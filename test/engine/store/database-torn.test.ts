import { appendFileSync, cpSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addBatch, NEXT_MIGRATIONS, openBatches } from '../../support/batch-store.ts';
import { canFailDisk, runOnFailingDisk } from '../../support/fault-disk.ts';
import { faultsAfter } from '../../support/kill-harness.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const possible = canFailDisk();
const reason = possible ? '' : ' (skipped: needs Linux and gcc)';
const SHORT = 120_000;

interface Attempt {
  mode: number;
  at: number;
  error: number;
  before: number;
  outcome: string;
  now: number;
  again: number;
  complaints: string[];
}

describe.skipIf(!possible)(`a disk that fails${reason}`, { timeout: SHORT }, () => {
  test('the power goes at any write: of those not flushed some are lost, one is torn, no batch is', () => {
    const { images } = runOnFailingDisk('batches', tempFolder(), 8);
    expect(images.length).toBeGreaterThan(8);
    for (const { folder, acknowledged } of images)
      expect(faultsAfter(join(folder, 'main.csi'), acknowledged), folder).toEqual([]);
    expect(new Set(images.map(({ acknowledged }) => acknowledged)).size).toBeGreaterThan(3);
  });

  test('the power goes at any write of a migration: the old schema or the new one, and every batch', () => {
    const folder = tempFolder();
    const database = openBatches(join(folder, 'main.csi'));
    for (let i = 0; i < 20; i++) addBatch(database);
    database.close();
    const { images } = runOnFailingDisk('migrate', folder, 7);
    expect(images.length).toBeGreaterThan(5);
    for (const image of images)
      expect(faultsAfter(join(image.folder, 'main.csi'), 20, { migrations: NEXT_MIGRATIONS })).toEqual([]);
  });

  test('a write that fails, once or for good, refuses the batch whole and says why', () => {
    const { lines } = runOnFailingDisk('failing-writes', tempFolder(), 0);
    const attempts = lines.map((line) => JSON.parse(line) as Attempt);
    expect(attempts).toHaveLength(16);
    for (const { before, outcome, now, again, complaints, error } of attempts) {
      expect(now, outcome).toBe(outcome === 'added' ? before + 1 : before);
      expect([again, complaints]).toEqual([now + 1, []]);
      expect(['added', 'database-disk-fault', error === 28 ? 'database-full' : '']).toContain(outcome);
    }
    expect(attempts.filter(({ outcome }) => outcome !== 'added').length).toBeGreaterThan(4);
  });
});

/** The files of a database whose process died with its last batches in the write-ahead log alone. */
function abandoned(batches: number): string {
  const source = join(tempFolder(), 'main.csi');
  const copy = join(tempFolder(), 'main.csi');
  const database = openBatches(source);
  for (let i = 0; i < batches; i++) addBatch(database);
  for (const end of ['', '-wal', '-shm', '-watermark']) cpSync(source + end, copy + end);
  database.close();
  return copy;
}

function codeOf(path: string): string {
  try {
    openBatches(path).close();
    return 'opened';
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
}

test.each([0.3, 0.7, 0.95])(
  'a write-ahead log cut at %d of its length is told, not opened as older data',
  (share) => {
    const path = abandoned(9);
    truncateSync(`${path}-wal`, Math.floor(statSync(`${path}-wal`).size * share));
    expect(codeOf(path)).toBe('database-lost-commits');
  },
);

test('a write-ahead log with a torn page is told, and with a torn end after the last batch is not', () => {
  const torn = abandoned(9);
  const log = readFileSync(`${torn}-wal`);
  log.fill(0, log.length >> 1, (log.length >> 1) + 512);
  writeFileSync(`${torn}-wal`, log);
  expect(codeOf(torn)).toBe('database-lost-commits');
  const beyond = abandoned(9);
  appendFileSync(`${beyond}-wal`, Buffer.alloc(5000, 0xa5));
  expect(faultsAfter(beyond, 9)).toEqual([]);
});

test('a deleted or foreign shared-memory file costs nothing', () => {
  const without = abandoned(9);
  rmSync(`${without}-shm`);
  expect(faultsAfter(without, 9)).toEqual([]);
  const foreign = abandoned(9);
  writeFileSync(`${foreign}-shm`, Buffer.alloc(32_768, 0xa5));
  expect(faultsAfter(foreign, 9)).toEqual([]);
});
