import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { OpenOptions } from '../../../electron/engine/store/database.ts';
import { restoreDatabase } from '../../../electron/engine/store/database.ts';
import { addBatch, openBatches, readLastBatch } from '../../support/batch-store.ts';
import {
  endChild,
  faultsAfter,
  lastAcknowledged,
  runChild,
  startedChild,
} from '../../support/kill-harness.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const place = () => join(tempFolder(), 'main.csi');

function madeWith(batches: number, path = place()): string {
  const database = openBatches(path);
  for (let i = 0; i < batches; i++) addBatch(database);
  database.close();
  return path;
}

function faultOf(path: string, options: Partial<OpenOptions> = {}): unknown {
  try {
    const database = openBatches(path, options);
    const complaints = database.check();
    database.close();
    return complaints.length > 0 ? 'database-damaged' : 'no fault';
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

/** A process that dies in the middle of its work, with everything still in the write-ahead log. */
async function killedWriter(path: string, batches: number): Promise<number> {
  const end = await runChild('commit', path, { kind: 'after', line: String(batches), milliseconds: 0 });
  return lastAcknowledged(end);
}

test.each([0, 1, 15, 99])('a database cut to %i bytes is damaged, not empty', (bytes) => {
  const path = madeWith(3);
  truncateSync(path, bytes);
  expect(faultOf(path)).toBe('database-damaged');
  expect(statSync(path).size).toBe(bytes);
});

test.each([0.2, 0.5, 0.9])('a database cut to %d of its length is damaged', (share) => {
  const path = madeWith(3);
  truncateSync(path, Math.floor(statSync(path).size * share));
  expect(faultOf(path)).toBe('database-damaged');
  expect(faultOf(path, { readonly: true })).toBe('database-damaged');
});

test('a database that lacks its last page is damaged', () => {
  const path = madeWith(3);
  truncateSync(path, statSync(path).size - 8192);
  expect(faultOf(path)).toBe('database-damaged');
});

test('a database of another program is not ours and stays as it is', () => {
  const path = madeWith(1);
  const bytes = readFileSync(path);
  bytes.writeUInt32BE(0x0f055111, 68);
  writeFileSync(path, bytes);
  expect(faultOf(path)).toBe('database-not-ours');
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

test('a flipped bit in the magic, the page size or our mark is told', () => {
  const source = readFileSync(madeWith(2));
  const path = place();
  for (const at of [...Array(18).keys(), 68, 69, 70, 71]) {
    const bytes = Buffer.from(source);
    bytes[at]! ^= 1 << (at % 8);
    writeFileSync(path, bytes);
    expect(faultOf(path), `byte ${at}`).toMatch(/^database-(not-ours|damaged)$/);
  }
});

test('a flipped bit anywhere is told or harmless to the process', () => {
  const source = readFileSync(madeWith(6));
  const path = place();
  const told = Array.from({ length: 60 }, (_, i) => {
    const bytes = Buffer.from(source);
    bytes[72 + ((i * 7919) % (bytes.length - 72))]! ^= 1 << (i % 8);
    writeFileSync(path, bytes);
    rmSync(`${path}-watermark`, { force: true });
    return faultOf(path);
  }).filter((fault) => fault !== 'no fault');
  // SQLite keeps no checksums. What it misses here is the reason why backups carry SHA-256.
  expect(told.length).toBeGreaterThan(0);
  expect(told.length).toBeLessThan(60);
  expect(told.every((fault) => String(fault).startsWith('database-'))).toBe(true);
});

test('a deleted write-ahead log is told, though SQLite finds the file sound', async () => {
  const path = place();
  const acknowledged = await killedWriter(path, 12);
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
  rmSync(`${path}-wal`);
  rmSync(`${path}-shm`, { force: true });
  expect(faultOf(path)).toBe('database-lost-commits');
  expect(faultsAfter(path, acknowledged)).not.toEqual([]);
  const looking = openBatches(path, { readonly: true });
  expect(looking.check()).toEqual([]);
  looking.close();
  expect(faultOf(path, { acceptLostCommits: true })).toBe('no fault');
  expect(faultOf(path)).toBe('no fault');
});

test('the write-ahead log of another database in its place is told', async () => {
  const [path, other] = [place(), place()];
  await killedWriter(path, 12);
  await killedWriter(other, 4);
  copyFileSync(`${other}-wal`, `${path}-wal`);
  rmSync(`${path}-shm`, { force: true });
  expect(faultOf(path)).not.toBe('no fault');
});

test('an older copy put in its place is told', () => {
  const path = madeWith(2);
  const old = readFileSync(path);
  madeWith(3, path);
  writeFileSync(path, old);
  expect(faultOf(path)).toBe('database-lost-commits');
});

test('a database that went another way since is told', () => {
  const path = madeWith(2);
  const database = openBatches(path);
  database.connection.prepare("UPDATE batches SET hash = 'forged' WHERE seq = 2").run();
  database.connection.prepare("INSERT INTO batches VALUES (3, 'later')").run();
  writeFileSync(`${path}-watermark`, readFileSync(`${path}-watermark`));
  const mark = readFileSync(`${path}-watermark`);
  database.close();
  writeFileSync(`${path}-watermark`, mark);
  expect(faultOf(path)).toBe('database-lost-commits');
});

test('a second instance is told who holds the database, and a third may have it afterwards', async () => {
  const path = place();
  const { child: holder } = await startedChild('hold', path);
  const told = (() => {
    try {
      openBatches(path);
    } catch (error) {
      return error;
    }
  })();
  expect(told).toMatchObject({ code: 'database-locked', details: { pid: holder.pid } });
  const reader = openBatches(path, { readonly: true });
  reader.close();
  await endChild(holder);
  expect(faultOf(path)).toBe('no fault');
});

test('a link to the database does not get round its lock', () => {
  const path = madeWith(1);
  symlinkSync(path, `${path}.link`);
  const database = openBatches(path);
  expect(faultOf(`${path}.link`)).toBe('database-locked');
  database.close();
});

test('after a crash the database is checked before anything is written to it', async () => {
  const path = madeWith(6);
  const { child } = await startedChild('hold', path);
  await endChild(child);
  const bytes = readFileSync(path);
  bytes.fill(0xa5, bytes.length - 8192);
  writeFileSync(path, bytes);
  expect(() => openBatches(path)).toThrow(expect.objectContaining({ code: 'database-damaged' }));
  expect(() => openBatches(path)).toThrow(expect.objectContaining({ code: 'database-damaged' }));
});

test('the same process is refused a second writer', () => {
  const path = madeWith(1);
  const database = openBatches(path);
  expect(faultOf(path)).toBe('database-locked');
  expect(addBatch(database)).toBe(2);
  database.close();
});

test('of several instances that start at once exactly one opens', async () => {
  const path = madeWith(1);
  const started = await Promise.all([1, 2, 3, 4].map(() => startedChild('hold', path)));
  const open = started.filter(({ line }) => line === 'open');
  const turnedAway = started.filter(({ line }) => line !== 'open');
  expect(open).toHaveLength(1);
  for (const { line } of turnedAway) expect(line).toContain(`"pid":${open[0]!.child.pid}`);
  await Promise.all(started.map(({ child }) => endChild(child)));
});

/** Mounts something over an empty folder until the test ends; `undefined` where that is not allowed. */
function mounted(how: (folder: string) => string[][]): string | undefined {
  const folder = join(tempFolder(), 'mounted');
  mkdirSync(folder);
  onTestFinished(() => {
    execFileSync('umount', [folder], { stdio: 'ignore' });
  });
  try {
    for (const args of how(folder)) execFileSync('mount', args, { stdio: 'ignore' });
    return folder;
  } catch {
    return undefined;
  }
}

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
const MOUNT_REASON = canMount ? '' : ' (skipped: mounting needs root on Linux)';

test.skipIf(!canMount)(`a read-only folder opens for reading and says so${MOUNT_REASON}`, () => {
  const path = madeWith(2);
  const folder = mounted((target) => [
    ['--bind', dirname(path), target],
    ['-o', 'remount,ro,bind', target],
  ])!;
  const inside = join(folder, basename(path));
  const database = openBatches(inside);
  expect(database.readonlyBecause?.code).toBe('database-read-only');
  const reader = database.openReader();
  expect(readLastBatch(reader)?.seq).toBe(2);
  reader.close();
  database.close();
  expect(faultOf(join(folder, 'new.csi'))).toBe('database-not-found');
});

test.skipIf(!canMount)(
  `a full disk refuses the batch whole, and space makes it work again${MOUNT_REASON}`,
  () => {
    const folder = mounted((target) => [['-t', 'tmpfs', '-o', 'size=1m', 'none', target]])!;
    const path = join(folder, 'full.csi');
    const database = openBatches(path);
    let acknowledged = 0;
    const fill = () => {
      for (;;) acknowledged = addBatch(database);
    };
    expect(fill).toThrow(expect.objectContaining({ code: 'database-full' }));
    expect(readLastBatch(database.connection)?.seq).toBe(acknowledged);
    expect(() => database.backup('manual')).toThrow(expect.objectContaining({ code: 'backup-failed' }));
    expect(database.check()).toEqual([]);
    execFileSync('mount', ['-o', 'remount,size=8m', folder]);
    expect(addBatch(database)).toBe(acknowledged + 1);
    expect(database.backup('manual').number).toBe(1);
    database.close();
    expect(faultsAfter(path, acknowledged + 1)).toEqual([]);
  },
);

test.skipIf(!canMount)(`a restore on a full disk leaves the database as it was${MOUNT_REASON}`, () => {
  const folder = mounted((target) => [['-t', 'tmpfs', '-o', 'size=32m', 'none', target]])!;
  const path = join(folder, 'full.csi');
  const database = openBatches(path);
  for (let i = 0; i < 60; i++) addBatch(database);
  database.backup('manual');
  addBatch(database);
  database.close();
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize - (300 << 10), 1));
  const restore = () => restoreDatabase(path, 1, { clock: () => 0, appVersion: '0.1.0' });
  expect(restore).toThrow(expect.objectContaining({ code: 'restore-failed' }));
  rmSync(join(folder, 'ballast'));
  expect(faultsAfter(path, 61)).toEqual([]);
});

test.skipIf(!canMount)(
  `a disk without a free byte is told at opening, and harms nothing${MOUNT_REASON}`,
  () => {
    const folder = mounted((target) => [['-t', 'tmpfs', '-o', 'size=8m', 'none', target]])!;
    const path = madeWith(5, join(folder, 'full.csi'));
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize, 1));
    expect(faultOf(path)).toBe('database-full');
    const looking = openBatches(path, { readonly: true });
    expect(looking.watermark?.seq).toBe(5);
    looking.close();
    rmSync(join(folder, 'ballast'));
    expect(faultsAfter(path, 5)).toEqual([]);
  },
);
