import { copyFileSync, cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listBackups, verifyBackup } from '../../../electron/engine/store/backup.ts';
import { schemaVersion } from '../../../electron/engine/store/migrate.ts';
import { addBatch, NEXT_MIGRATIONS, openBatches, readLastBatch } from '../../support/batch-store.ts';
import { faultsAfter, lastAcknowledged, runChild } from '../../support/kill-harness.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** Seeded, so that a failure can be repeated: mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function madeWith(batches: number): string {
  const path = join(tempFolder(), 'main.csi');
  const database = openBatches(path);
  for (let i = 0; i < batches; i++) addBatch(database);
  database.close();
  return path;
}

/** A copy of a closed database with all that belongs to it. */
function copyOf(path: string): string {
  const copy = join(tempFolder(), 'main.csi');
  copyFileSync(path, copy);
  for (const end of ['-watermark', '-backups', '-replaced'])
    if (existsSync(path + end)) cpSync(path + end, copy + end, { recursive: true });
  return copy;
}

test('a process killed while it commits loses nothing acknowledged, twenty times in a row', async () => {
  const random = randomOf(1);
  const path = join(tempFolder(), 'main.csi');
  let acknowledged = 0;
  for (let round = 0; round < 20; round++) {
    const line = String(acknowledged + 2 + Math.floor(random() * 4));
    const end = await runChild('commit', path, { kind: 'after', line, milliseconds: random() * 15 });
    expect(end.killed).toBe(true);
    acknowledged = Math.max(acknowledged, lastAcknowledged(end));
    // Every third time the next process has to recover by itself, on top of the former fault.
    if (round % 3 === 2) continue;
    expect(faultsAfter(path, acknowledged), `round ${round}`).toEqual([]);
    acknowledged = openedTo(path);
  }
  expect(acknowledged).toBeGreaterThanOrEqual(20);
});

function openedTo(path: string): number {
  const database = openBatches(path);
  const last = readLastBatch(database.connection)?.seq ?? 0;
  database.close();
  return last;
}

test('a process killed while it creates a database leaves none or a whole one', async () => {
  for (let step = 1; step <= 14; step++) {
    const path = join(tempFolder(), 'main.csi');
    await runChild('commit', path, { kind: 'at-step', step });
    expect(faultsAfter(path, 0), `step ${step}`).toEqual([]);
  }
});

test('a migration killed at any moment leaves the old schema or the new one, and the data either way', async () => {
  const random = randomOf(2);
  const source = madeWith(60);
  const reached: number[] = [];
  for (let round = 0; round < 12; round++) {
    const path = copyOf(source);
    await runChild('migrate', path, { kind: 'after', line: 'start', milliseconds: random() * 90 });
    const former = openBatches(path);
    reached.push(former.schemaVersion);
    former.close();
    expect(faultsAfter(path, 60, { migrations: NEXT_MIGRATIONS }), `round ${round}`).toEqual([]);
    for (const backup of listBackups(path)) verifyBackup(path, backup);
  }
  expect(reached.every((version) => version === 1 || version === 2)).toBe(true);
  expect(reached).toContain(1);
});

test('a migration killed at each step of its backup leaves the data and no debris', async () => {
  const source = madeWith(2);
  const end = await stepsUntilDone(source, 'migrate', (path, step) => {
    expect(faultsAfter(path, 2, { migrations: NEXT_MIGRATIONS }), `step ${step}`).toEqual([]);
    const database = openBatches(path, { migrations: NEXT_MIGRATIONS });
    expect(schemaVersion(database.connection)).toBe(2);
    expect(listBackups(path).length).toBeGreaterThan(0);
    database.close();
  });
  expect(end).toBeGreaterThan(8);
});

test('a backup killed at each step is whole or absent', async () => {
  const source = madeWith(2);
  await stepsUntilDone(source, 'backup', (path, step, lines) => {
    expect(faultsAfter(path, 2), `step ${step}`).toEqual([]);
    const backups = listBackups(path);
    if (lines.includes('backup 1')) expect(backups).toHaveLength(1);
    for (const backup of backups) verifyBackup(path, backup);
  });
});

test('a restore killed at each step leaves the former database or the restored one', async () => {
  const source = madeWith(2);
  const database = openBatches(source);
  database.backup('manual');
  addBatch(database);
  database.close();
  const reached = new Set<number>();
  await stepsUntilDone(source, 'restore', (path, step, lines) => {
    const found = openedTo(path);
    reached.add(found);
    expect([2, 3]).toContain(found);
    if (lines.includes('restored 1')) expect(found).toBe(2);
    expect(existsSync(`${path}-replaced/1/main.csi`), `step ${step}`).toBe(found === 2);
    expect(faultsAfter(path, found), `step ${step}`).toEqual([]);
  });
  expect(reached).toEqual(new Set([2, 3]));
});

/** Runs a task on fresh copies, killed before its 1st, 2nd, … change of a file, until it gets through. */
async function stepsUntilDone(
  source: string,
  task: 'backup' | 'restore' | 'migrate',
  check: (path: string, step: number, lines: string[]) => void,
): Promise<number> {
  for (let step = 1; step < 60; step++) {
    const path = copyOf(source);
    const end = await runChild(task, path, { kind: 'at-step', step });
    check(path, step, end.lines);
    if (!end.killed) {
      expect(end.exitCode).toBe(0);
      return step;
    }
  }
  throw new Error(`${task} takes more than 60 steps`);
}

test('the oracle finds an acknowledgement that came before its commit', async () => {
  const path = join(tempFolder(), 'main.csi');
  const end = await runChild('acknowledge-early', path, { kind: 'after', line: '12', milliseconds: 0 });
  expect(faultsAfter(path, lastAcknowledged(end))).not.toEqual([]);
});

test('the oracle finds a torn batch, a lost log and a leftover', async () => {
  const path = madeWith(3);
  const database = openBatches(path);
  database.connection.prepare('DELETE FROM entries WHERE batch = 2 AND place = 5').run();
  database.close();
  expect(faultsAfter(path, 3)).toEqual(['1 batches are not whole']);

  const other = join(tempFolder(), 'main.csi');
  const end = await runChild('commit', other, { kind: 'after', line: '9', milliseconds: 0 });
  copyFileSync(other, `${other}-stray`);
  rmSync(`${other}-wal`);
  expect(faultsAfter(other, lastAcknowledged(end)).join()).toContain('database-lost-commits');
});
