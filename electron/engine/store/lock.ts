/**
 * One writer. Two things are held while a database is open: a guard, which the operating system lets go the
 * moment the process dies, and a lock file that names the holder for whoever is turned away.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { AppError } from '../../../shared/errors.ts';
import type { Clock } from './connection.ts';
import { readJson, writeJsonDurably } from './durable-file.ts';

/** Who has a database open. `processStart` tells a process from a later one with the same number. */
export interface LockHolder {
  pid: number;
  host: string;
  since: string;
  processStart: string;
  appVersion: string;
}

/** A held lock. */
export interface Lock {
  readonly holder: LockHolder;
  /** Whether the last holder died with the database open. */
  readonly takenOver: boolean;
  release(): void;
  /** Lets go after a failure: the trace of a crash stays for whoever comes next. */
  abandon(): void;
}

/** Takes an exclusive lock of the operating system on a file, or answers `undefined` at once. */
export type TakeGuard = (path: string) => (() => void) | undefined;

/** Where the lock of a database lies. */
export function lockPath(databasePath: string): string {
  return `${databasePath}-lock`;
}

/** Where the guard of a database lies: an empty file that stays. */
export function guardPath(databasePath: string): string {
  return `${databasePath}-guard`;
}

/** Takes the lock, over from a dead holder if need be, or throws `database-locked` naming the holder. */
export function acquireLock(
  databasePath: string,
  options: { clock: Clock; appVersion: string; takeGuard: TakeGuard },
): Lock {
  const releaseGuard = options.takeGuard(guardPath(databasePath));
  if (!releaseGuard) throw lockedBy(awaitHolder(databasePath));
  const present = readHolder(databasePath);
  // The guard alone would do, were it not for deleted guard files and folders shared between computers.
  if (present && !isOurs(present) && mayBeAlive(present)) {
    releaseGuard();
    throw lockedBy(present);
  }
  const holder: LockHolder = {
    pid: process.pid,
    host: hostname(),
    since: new Date(options.clock()).toISOString(),
    processStart: processStart(process.pid),
    appVersion: options.appVersion,
  };
  try {
    writeJsonDurably(lockPath(databasePath), holder);
  } catch (error) {
    releaseGuard();
    throw error;
  }
  let held = true;
  const leave = (trace: LockHolder | undefined) => {
    if (!held) return;
    held = false;
    try {
      if (trace) writeJsonDurably(lockPath(databasePath), trace);
      else rmSync(lockPath(databasePath), { force: true });
    } finally {
      releaseGuard();
    }
  };
  return {
    holder,
    takenOver: present !== undefined,
    release: () => leave(undefined),
    abandon() {
      try {
        leave(present);
      } catch {
        // On a full disk our own name stays: it counts as a trace too, and the fault itself is worth telling.
      }
    },
  };
}

/** Who has the database open now, as far as the lock file tells; `undefined` when nobody does. */
export function liveHolder(databasePath: string): LockHolder | undefined {
  const present = readHolder(databasePath);
  return present && mayBeAlive(present) ? present : undefined;
}

function readHolder(databasePath: string): LockHolder | undefined {
  const path = lockPath(databasePath);
  const found = existsSync(path) ? (readJson(path) as Partial<LockHolder> | undefined) : undefined;
  if (typeof found?.pid !== 'number' || typeof found.host !== 'string') return undefined;
  return {
    pid: found.pid,
    host: found.host,
    since: String(found.since ?? ''),
    processStart: String(found.processStart ?? ''),
    appVersion: String(found.appVersion ?? ''),
  };
}

/** The holder takes the guard a moment before it names itself. */
function awaitHolder(databasePath: string): LockHolder | undefined {
  for (let tries = 0; tries < 20; tries++) {
    const holder = liveHolder(databasePath);
    if (holder) return holder;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
  return undefined;
}

function lockedBy(holder: LockHolder | undefined): AppError {
  if (!holder) return new AppError('database-locked', { holder: '—', since: '—' });
  return new AppError('database-locked', {
    holder: `${holder.host} · ${holder.pid}`,
    since: holder.since,
    host: holder.host,
    pid: holder.pid,
  });
}

/** Another computer's process cannot be asked, so it counts as alive. */
function mayBeAlive(holder: LockHolder): boolean {
  if (holder.host !== hostname()) return true;
  if (!isRunning(holder.pid)) return false;
  const start = processStart(holder.pid);
  return start === '' || holder.processStart === '' || start === holder.processStart;
}

/** We hold the guard, so a lock file with our own number is left over. */
function isOurs(holder: LockHolder): boolean {
  return holder.host === hostname() && holder.pid === process.pid;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return statOf(pid)?.[0] !== 'Z';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The fields of `/proc/<pid>/stat` from the state on; the name before them may hold spaces and brackets. */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** Boot id and start tick of a process (`/proc`), or `''` where the system does not tell. */
export function processStart(pid: number): string {
  const startTick = statOf(pid)?.[19];
  if (startTick === undefined) return '';
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${startTick}`;
}
