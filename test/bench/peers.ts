// R's methods on the benchmark's tasks: one process a core, nothing kept from run to run.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Answer, Answers, Task } from './forecast-score.ts';

const run = promisify(execFile);
const SCRIPT = new URL('./peer-forecasts.R', import.meta.url).pathname;

let version: Promise<string> | undefined;

/** R and the version of its package; an empty text where either is missing. */
export function peerVersion(): Promise<string> {
  const asked = 'cat(R.version.string, "forecast", format(packageVersion("forecast")))';
  version ??= run('Rscript', ['-e', asked]).then(
    ({ stdout }) => stdout,
    () => '',
  );
  return version;
}

async function answersOf(tasks: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'peer-forecasts-'));
  try {
    const file = join(folder, 'tasks.csv');
    writeFileSync(file, tasks);
    return (await run('Rscript', [SCRIPT, file], { maxBuffer: 2 ** 28 })).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** R's answers to all tasks, with the processor seconds they took; none where R or its package is missing. */
export async function askPeers(tasks: readonly Task[]): Promise<Answers[]> {
  if ((await peerVersion()) === '' || tasks.length === 0) return [];
  const lines = tasks.map((task) => `${task.history.join(',')}\n`);
  const size = Math.ceil(tasks.length / availableParallelism());
  const starts = lines.flatMap((_, i) => (i % size === 0 ? [i] : []));
  const texts = await Promise.all(
    starts.map((start) => answersOf(lines.slice(start, start + size).join(''))),
  );
  const methods = new Map<string, Answers>();
  texts.forEach((text, i) => {
    readAnswers(text, starts[i]!, tasks.length, methods);
  });
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
