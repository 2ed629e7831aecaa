/** The process that the kill harness kills: `database-child.ts <task> <path> <step to die before, 0 for none>`. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type { ChildTask } from './kill-harness.ts';

const [task, path, step] = [process.argv[2] as ChildTask, process.argv[3]!, Number(process.argv[4])];

/** Dies just before the nth change of a file that our own code (not SQLite) makes. */
function dieBefore(nth: number): void {
  let done = 0;
  const changes = ['renameSync', 'rmSync', 'fsyncSync', 'writeSync', 'copyFileSync', 'mkdirSync'] as const;
  for (const name of changes) {
    const original = fs[name] as (...values: unknown[]) => unknown;
    const wrapped = (...values: unknown[]) => {
      const isOutput = name === 'writeSync' && values[0] === 1;
      if (!isOutput && ++done === nth) process.kill(process.pid, 'SIGKILL');
      return original(...values);
    };
    Object.assign(fs, { [name]: wrapped });
  }
  syncBuiltinESMExports();
}

if (step > 0) dieBefore(step);
const { addBatch, NEXT_MIGRATIONS, openBatches, readLastBatch } = await import('./batch-store.ts');
const { restoreDatabase } = await import('../../electron/engine/store/database.ts');

function say(line: string | number): void {
  fs.writeSync(1, `${line}\n`);
}

const tasks: Record<ChildTask, () => void> = {
  commit() {
    const database = openBatches(path);
    say('open');
    for (;;) say(addBatch(database));
  },
  'acknowledge-early'() {
    const database = openBatches(path);
    say('open');
    for (;;) {
      say((readLastBatch(database.connection)?.seq ?? 0) + 3);
      addBatch(database);
    }
  },
  migrate() {
    say('start');
    openBatches(path, { migrations: NEXT_MIGRATIONS }).close();
    say('done');
  },
  backup() {
    const database = openBatches(path);
    say('start');
    say(`backup ${database.backup('manual').number}`);
    database.close();
  },
  restore() {
    say('start');
    const { manifest } = restoreDatabase(path, 1, { clock: () => 0, appVersion: '0.1.0' });
    say(`restored ${manifest.number}`);
  },
  hold() {
    try {
      openBatches(path);
      say('open');
      setInterval(() => undefined, 1000);
    } catch (error) {
      say((error as Error).message);
    }
  },
};
tasks[task]();
