// R's methods on the benchmark's tasks: as many processes as cores, answers kept by what was asked.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Answer, Answers, Task } from './forecast-score.ts';

const run = promisify(execFile);
const SCRIPT = new URL('./peer-forecasts.R', import.meta.url).pathname;
const KEPT = new URL('../../.cache/peer-forecasts/', import.meta.url).pathname;
const TASKS_A_PROCESS = 100;

let version: Promise<string | undefined> | undefined;

/** R and the package's version; undefined where either is missing. */
function peerVersion(): Promise<string | undefined> {
  version ??= run('Rscript', ['-e', 'cat(R.version.string, format(packageVersion("forecast")))']).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
  return version;
}

async function answersOf(tasks: string, known: string): Promise<string> {
  const script = readFileSync(SCRIPT, 'utf8');
  const key = createHash('sha256').update(script).update(known).update(tasks).digest('hex');
  const kept = join(KEPT, `${key}.csv`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'peer-forecasts-'));
  try {
    const file = join(folder, 'tasks.csv');
    writeFileSync(file, tasks);
    const { stdout } = await run('Rscript', [SCRIPT, file], { maxBuffer: 2 ** 28 });
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(`${kept}.part`, stdout);
    renameSync(`${kept}.part`, kept);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** R's answers to all tasks, with the processor seconds they took; undefined where R or its package is missing. */
export async function askPeers(tasks: readonly Task[]): Promise<Answers[] | undefined> {
  const known = await peerVersion();
  if (known === undefined) return undefined;
  const lines = tasks.map((task) => `${task.history.join(',')}\n`);
  const starts = lines.flatMap((_, i) => (i % TASKS_A_PROCESS === 0 ? [i] : []));
  const texts = new Map<number, string>();
  const waiting = starts.values();
  const drive = async () => {
    for (const start of waiting)
      texts.set(start, await answersOf(lines.slice(start, start + TASKS_A_PROCESS).join(''), known));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, drive));
  const methods = new Map<string, Answers>();
  for (const [start, text] of texts) readAnswers(text, start, tasks.length, methods);
  return [...methods.values()];
}

function readAnswers(text: string, start: number, count: number, methods: Map<string, Answers>): void {
  for (const line of text.trim().split('\n')) {
    const [name, at, ...numbers] = line.split(',') as [string, string, ...string[]];
    const method = methods.get(name) ?? {
      method: `R ${name}`,
      answers: new Array<Answer>(count),
      seconds: 0,
    };
    methods.set(name, method);
    const [a, b, c, d, low80, high80, low95, high95] = numbers.map(Number) as [
      ...[number, number, number, number],
      ...[number, number, number, number],
    ];
    if (at === 'seconds') method.seconds += a;
    else method.answers[start + Number(at)] = { points: [a, b, c, d], low80, high80, low95, high95 };
  }
}
