/** The process whose disk fails: `fault-child.ts <task> <folder> <plan>`; see `fault-disk.ts`. */
import { openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StudyMappingInput } from '../../shared/domain/study-mapping.ts';
import { addBatch, NEXT_MIGRATIONS, openBatches, readLastBatch } from './batch-store.ts';
import { startSession } from './engine-session.ts';
import type { FaultTask } from './fault-disk.ts';

const [task, folder, plan] = process.argv.slice(2) as [FaultTask, string, string];
const path = join(folder, 'main.csi');
const planFile = openSync(plan, 'r+');

function order(index: number, ...values: number[]): void {
  writeSync(planFile, Buffer.from(new Int32Array(values).buffer), 0, 4 * values.length, 4 * index);
}
const acknowledge = (number: number) => order(3, number);

/** Fails the nth write, once or from there on, while a batch is added; then the disk is whole again. */
function addWithFault(mode: 1 | 2, at: number, error: number): void {
  const database = openBatches(path);
  const before = readLastBatch(database.connection)?.seq ?? 0;
  let outcome = 'added';
  order(4, error);
  order(0, mode, at, 0);
  try {
    addBatch(database);
  } catch (fault) {
    outcome = String((fault as { code?: unknown }).code);
  }
  order(0, 0);
  const now = readLastBatch(database.connection)?.seq ?? 0;
  const again = addBatch(database);
  const complaints = database.check();
  database.close();
  process.stdout.write(`${JSON.stringify({ mode, at, error, before, outcome, now, again, complaints })}\n`);
}

const tasks: Record<FaultTask, () => void | Promise<void>> = {
  batches() {
    const database = openBatches(path);
    for (let i = 0; i < 5; i++) acknowledge(addBatch(database));
    database.backup('manual');
    database.close();
  },
  migrate() {
    openBatches(path, { migrations: NEXT_MIGRATIONS }).close();
  },
  'failing-writes'() {
    for (const error of [5, 28])
      for (const mode of [1, 2] as const) for (let at = 1; at <= 7; at += 2) addWithFault(mode, at, error);
  },
  async study() {
    const aside = dirname(plan);
    const mapping = JSON.parse(readFileSync(join(folder, '..', 'mapping.json'), 'utf8')) as StudyMappingInput;
    const session = await startSession({ folder: aside, open: false });
    await session.call('app.open', { path });
    const states: string[] = [];
    const step = async (work: () => Promise<unknown>) => {
      await work();
      acknowledge(states.push('done'));
    };
    await step(() => session.call('import.commit', { path: join(folder, '..', 'second.csv'), mapping }));
    const { people } = await session.call('people.find', { text: '13800002' });
    await step(() => session.call('people.erase', { pseudonym: people[0]!.pseudonym }));
    await step(() => session.call('import.undo', { batch: 2 }));
    await session.close();
    writeFileSync(1, `${states.length}\n`);
  },
};
await tasks[task]();
