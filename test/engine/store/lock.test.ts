import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock, liveHolder, lockPath, processStart } from '../../../electron/engine/store/lock.ts';
import { openBatches } from '../../support/batch-store.ts';
import { endChild, startedChild } from '../../support/kill-harness.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const NOW = Date.UTC(2026, 7, 1);

/** A guard that is always free: what is left when somebody deleted the guard file. */
function acquire(path: string, takeGuard: () => (() => void) | undefined = () => () => undefined) {
  return acquireLock(path, { clock: () => NOW, appVersion: '0.1.0', takeGuard });
}

function heldBy(path: string, holder: Record<string, unknown>): void {
  writeFileSync(lockPath(path), JSON.stringify({ since: '2026-07-01', appVersion: '0.1.0', ...holder }));
}

const place = () => join(tempFolder(), 'a.csi');

test('the lock names its holder and is gone after release', () => {
  const path = place();
  const lock = acquire(path);
  expect(JSON.parse(readFileSync(lockPath(path), 'utf8'))).toEqual({
    pid: process.pid,
    host: hostname(),
    since: '2026-08-01T00:00:00.000Z',
    processStart: processStart(process.pid),
    appVersion: '0.1.0',
  });
  expect(liveHolder(path)?.pid).toBe(process.pid);
  lock.release();
  expect(existsSync(lockPath(path))).toBe(false);
  expect(liveHolder(path)).toBeUndefined();
});

test('the lock of a dead process is taken over', async () => {
  const path = place();
  const { child } = await startedChild('hold', path);
  await endChild(child);
  expect(existsSync(lockPath(path))).toBe(true);
  openBatches(path).close();
});

test('the lock of a process whose number another one has now is taken over', () => {
  const path = place();
  heldBy(path, { pid: process.ppid, host: hostname(), processStart: 'another boot:1' });
  expect(acquire(path).holder.pid).toBe(process.pid);
});

test.skipIf(processStart(process.pid) === '')('a live process keeps its lock even without the guard', () => {
  const path = place();
  heldBy(path, { pid: process.ppid, host: hostname(), processStart: processStart(process.ppid) });
  expect(() => acquire(path)).toThrow(expect.objectContaining({ code: 'database-locked' }));
});

test('the lock of another computer is never taken over', () => {
  const path = place();
  heldBy(path, { pid: 1, host: 'ELSEWHERE', processStart: 'x' });
  const details = { holder: 'ELSEWHERE · 1', since: '2026-07-01' };
  expect(() => acquire(path)).toThrow(
    expect.objectContaining({ code: 'database-locked', details: expect.objectContaining(details) }),
  );
});

test.each(['', '{', 'null', '{"pid":"x"}'])('a lock file that says %j hinders nobody', (content) => {
  const path = place();
  writeFileSync(lockPath(path), content);
  expect(acquire(path).holder.pid).toBe(process.pid);
});

test('without the guard nobody gets in, whatever the lock file says', () => {
  const path = place();
  expect(() => acquire(path, () => undefined)).toThrow(expect.objectContaining({ code: 'database-locked' }));
  expect(existsSync(lockPath(path))).toBe(false);
});

test('the guard is let go when the lock file cannot be written', () => {
  let held = true;
  const takeGuard = () => () => {
    held = false;
  };
  expect(() => acquire(join(tempFolder(), 'absent', 'a.csi'), takeGuard)).toThrow();
  expect(held).toBe(false);
});
