import { cpSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listBackups, verifyBackup } from '../../../electron/engine/store/backup.ts';
import { restoreDatabase } from '../../../electron/engine/store/database.ts';
import { addBatch, NEXT_MIGRATIONS, openBatches, readLastBatch } from '../../support/batch-store.ts';
import { type ChildTask, faultsAfter, runChild } from '../../support/kill-harness.ts';
import { canCutPower, type Disk, makeDisk } from '../../support/power-cut.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const possible = canCutPower();
const reason = possible ? '' : ' (skipped: needs Linux, root and loop devices)';
const on = (disk: Disk) => join(disk.folder, 'main.csi');

describe.skipIf(!possible)(`a power cut${reason}`, () => {
  test('loses no acknowledged batch, nor the watermark', () => {
    const disk = makeDisk();
    const database = openBatches(on(disk));
    for (let batch = 1; batch <= 12; batch++) {
      addBatch(database);
      if (batch % 3 === 0) expect(faultsAfter(on(disk.cutPower()), batch), `batch ${batch}`).toEqual([]);
    }
    database.close();
    expect(faultsAfter(on(disk.cutPower()), 12)).toEqual([]);
  });

  test('loses batches where the log is not flushed, so the oracle can fail', () => {
    const disk = makeDisk();
    const database = openBatches(on(disk));
    database.connection.pragma('synchronous = NORMAL');
    for (let batch = 1; batch <= 5; batch++) addBatch(database);
    expect(faultsAfter(on(disk.cutPower()), 5).join()).toContain('database-lost-commits');
    database.close();
  });

  test('leaves a new database', () => {
    const disk = makeDisk();
    const database = openBatches(on(disk));
    const cut = disk.cutPower();
    expect(existsSync(on(cut))).toBe(true);
    expect(faultsAfter(on(cut), 0)).toEqual([]);
    database.close();
  });

  test('leaves a backup that was reported as made', () => {
    const disk = makeDisk();
    const database = openBatches(on(disk));
    addBatch(database);
    database.backup('manual');
    const cut = disk.cutPower();
    const backups = listBackups(on(cut));
    expect(backups).toHaveLength(1);
    verifyBackup(on(cut), backups[0]!);
    expect(faultsAfter(on(cut), 1)).toEqual([]);
    database.close();
  });

  test('leaves a migrated database and a restored one', () => {
    const disk = makeDisk();
    const path = on(disk);
    backedUp(path);
    const migrated = openBatches(path, { migrations: NEXT_MIGRATIONS });
    expect(faultsAfter(on(disk.cutPower()), 3, { migrations: NEXT_MIGRATIONS })).toEqual([]);
    migrated.close();
    restoreDatabase(path, 1, { clock: () => 0, appVersion: '0.1.0' });
    const cut = disk.cutPower();
    expect(lastIn(on(cut))).toBe(2);
    expect(existsSync(`${on(cut)}-replaced/1/main.csi`)).toBe(true);
  });

  test('in the middle of a restore leaves the former database or the restored one', async () => {
    const source = join(tempFolder(), 'main.csi');
    backedUp(source);
    const reached = new Set<number>();
    for (let step = 2; step < 30; step += 3) {
      const cut = await cutAtStep('restore', source, step);
      const found = lastIn(on(cut));
      reached.add(found);
      expect(faultsAfter(on(cut), found), `step ${step}`).toEqual([]);
      expect(existsSync(`${on(cut)}-replaced/1/main.csi`), `step ${step}`).toBe(found === 2);
    }
    expect(reached).toEqual(new Set([2, 3]));
  });

  test('in the middle of a backup leaves it whole or absent', async () => {
    const source = join(tempFolder(), 'main.csi');
    backedUp(source);
    for (let step = 3; step < 24; step += 4) {
      const cut = await cutAtStep('backup', source, step);
      expect(faultsAfter(on(cut), 3), `step ${step}`).toEqual([]);
      const backups = listBackups(on(cut));
      expect(backups.length).toBeGreaterThan(0);
      for (const backup of backups) verifyBackup(on(cut), backup);
    }
  });
});

/** A backup at two batches, and a third since. */
function backedUp(path: string): void {
  const database = openBatches(path);
  addBatch(database);
  addBatch(database);
  database.backup('manual');
  addBatch(database);
  database.close();
}

/** A process that dies before its nth change of a file, and the power with it. */
async function cutAtStep(task: ChildTask, source: string, step: number): Promise<Disk> {
  const disk = makeDisk();
  cpSync(dirname(source), disk.folder, { recursive: true });
  disk.flush();
  await runChild(task, on(disk), { kind: 'at-step', step });
  return disk.cutPower();
}

function lastIn(path: string): number {
  const database = openBatches(path);
  const last = readLastBatch(database.connection)?.seq ?? 0;
  database.close();
  return last;
}
