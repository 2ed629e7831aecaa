/** Starts the store in a process of its own, kills it at a chosen moment and tells whether anything was lost. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Database } from '../../electron/engine/store/database.ts';
import { readWatermark } from '../../electron/engine/store/watermark.ts';
import { openBatches, ROWS_PER_BATCH, readLastBatch } from './batch-store.ts';

const CHILD = join(import.meta.dirname, 'database-child.ts');

/** What the child does; each prints a line whenever something is acknowledged. */
export type ChildTask = 'commit' | 'acknowledge-early' | 'migrate' | 'backup' | 'restore' | 'hold';

/** How the child ended and what it had acknowledged until then. */
export interface ChildEnd {
  lines: string[];
  killed: boolean;
  exitCode: number | null;
}

/** When to kill: some milliseconds after a line, or before the nth change of a file by our own code. */
export type KillPoint =
  | { kind: 'after'; line: string; milliseconds: number }
  | { kind: 'at-step'; step: number }
  | { kind: 'never' };

/** Runs a task on a database until it ends or is killed with SIGKILL. */
export function runChild(task: ChildTask, path: string, point: KillPoint): Promise<ChildEnd> {
  const child = startChild(task, path, point.kind === 'at-step' ? point.step : 0);
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    onLine(child, (line) => {
      lines.push(line);
      if (point.kind === 'after' && line === point.line)
        setTimeout(() => child.kill('SIGKILL'), point.milliseconds);
    });
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve({ lines, killed: signal === 'SIGKILL', exitCode }));
  });
}

/** Starts a task and resolves with its first line; the caller ends it. */
export function startedChild(task: ChildTask, path: string): Promise<{ child: ChildProcess; line: string }> {
  const child = startChild(task, path, 0);
  return new Promise((resolve, reject) => {
    onLine(child, (line) => resolve({ child, line }));
    child.on('error', reject);
  });
}

/** Kills a child and waits until the system has let it go. */
export function endChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.on('close', () => resolve());
    child.kill('SIGKILL');
  });
}

function startChild(task: ChildTask, path: string, step: number): ChildProcess {
  const args = ['--no-warnings', CHILD, task, path, String(step)];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

function onLine(child: ChildProcess, take: (line: string) => void): void {
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
  });
}

/** The number of the last batch that the child acknowledged; 0 when it did not come so far. */
export function lastAcknowledged(end: ChildEnd): number {
  return Math.max(0, ...end.lines.filter((line) => /^\d+$/.test(line)).map(Number));
}

/**
 * The oracle after a fault: everything that is wrong, empty when nothing is. Opens the database as the next
 * start would; `acknowledged` is the last batch that must be there.
 */
export function faultsAfter(path: string, acknowledged: number, options = {}): string[] {
  const faults: string[] = [];
  if (existsSync(path) && readFileSync(path).toString('latin1', 0, 15) !== 'SQLite format 3')
    faults.push('wrong magic');
  const mark = readWatermark(path);
  const marked = mark === undefined ? 0 : mark === 'unreadable' ? -1 : mark.seq;
  if (marked < acknowledged) faults.push(`watermark ${marked}, acknowledged ${acknowledged}`);
  let database: Database;
  try {
    database = openBatches(path, options);
  } catch (error) {
    return [...faults, (error as Error).message];
  }
  faults.push(...faultsWithin(database, acknowledged));
  database.close();
  return [...faults, ...leftovers(path)];
}

function faultsWithin(database: Database, acknowledged: number): string[] {
  const { connection } = database;
  const faults = database.check();
  const last = readLastBatch(connection);
  const found = last?.seq ?? 0;
  // One batch may be committed and its acknowledgement cut off; more may not.
  if (found < acknowledged || found > acknowledged + 1)
    faults.push(`batch ${found}, acknowledged ${acknowledged}`);
  if (database.watermark?.hash !== last?.hash) faults.push('the watermark is not the last batch');
  const torn = connection
    .prepare<[number]>('SELECT seq FROM batches WHERE (SELECT count(*) FROM entries WHERE batch = seq) <> ?')
    .all(ROWS_PER_BATCH);
  if (torn.length > 0) faults.push(`${torn.length} batches are not whole`);
  return faults;
}

/** Files that nobody should find once the database is closed. */
export function leftovers(path: string): string[] {
  const name = basename(path);
  const rightful = ['', '-guard', '-watermark', '-backups', '-replaced'].map((end) => name + end);
  const stray = readdirSync(dirname(path)).filter((file) => !rightful.includes(file));
  const folder = `${path}-backups`;
  const backups = existsSync(folder) ? readdirSync(folder) : [];
  const odd = backups.filter(
    (file) => !/\.csi(\.json)?$/.test(file) || !backups.includes(file.replace(/\.json$/, '')),
  );
  const bare = backups.filter((file) => file.endsWith('.csi') && !backups.includes(`${file}.json`));
  return [...stray, ...odd, ...bare].map((file) => `left over: ${file}`);
}
