/** A disk that fails on order: processes run with `fault-shim.c` preloaded, compiled when it is first wanted. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from './temp-folder.ts';

const CHILD = join(import.meta.dirname, 'fault-child.ts');
const COMPILER = process.env.CC ?? 'gcc';
const SOURCE = join(import.meta.dirname, 'fault-shim.c');

/** Whether this computer lets us do so: Linux with a C compiler. */
export function canFailDisk(): boolean {
  return process.platform === 'linux' && spawnSync(COMPILER, ['--version']).status === 0;
}

/** What a child does on a folder. */
export type FaultTask = 'batches' | 'migrate' | 'study' | 'failing-writes';

/** A folder as it would be found after a power cut, and what had been acknowledged until then. */
export interface CrashImage {
  folder: string;
  acknowledged: number;
}

/** Runs a task; `every`: an image of the folder is made at each so-many-th write, truncation or flush. */
export function runOnFailingDisk(
  task: FaultTask,
  folder: string,
  every: number,
): { lines: string[]; images: CrashImage[] } {
  const aside = tempFolder();
  const [library, plan, images] = ['shim.so', 'plan', 'images'].map((name) => join(aside, name)) as [
    string,
    string,
    string,
  ];
  execFileSync(COMPILER, ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl', '-lpthread']);
  mkdirSync(images);
  // Mode, at, count, acknowledged, error, seed, images; see the source. Mode 3 makes images.
  writeFileSync(plan, Buffer.from(new Int32Array([every > 0 ? 3 : 0, every, 0, 0, 5, 20261122, 0]).buffer));
  const run = spawnSync(process.execPath, ['--no-warnings', CHILD, task, folder, plan], {
    encoding: 'utf8',
    env: {
      ...process.env,
      LD_PRELOAD: library,
      CSI_FAULT_PLAN: plan,
      CSI_FAULT_FOLDER: folder,
      CSI_FAULT_IMAGES: images,
    },
  });
  if (run.status !== 0) throw new Error(`${task}: ${run.signal ?? run.status} ${run.stderr}`);
  const numbers = readdirSync(images).filter((name) => /^\d+$/.test(name));
  return {
    lines: run.stdout.split('\n').filter(Boolean),
    images: numbers.map((number) => ({
      folder: join(images, number),
      acknowledged: Number(readFileSync(join(images, `${number}.acknowledged`), 'utf8')),
    })),
  };
}
