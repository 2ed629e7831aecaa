// Tasks and scores of the forecasting benchmark, the same for every method.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One origin of one series: what a method may see, what came, and the scale of its errors. */
export interface Task {
  origin: number;
  history: number[];
  actual: number;
  scale: number;
}

/** One method's answer. */
export interface Answer {
  point: number;
  low80: number;
  high80: number;
  low95: number;
  high95: number;
}

export interface Answers {
  method: string;
  answers: Answer[];
  seconds: number;
}

/** Mean absolute seasonal difference of a training history; 0 where it is constant. */
export function seasonalScale(values: readonly number[]): number {
  let sum = 0;
  for (let i = 4; i < values.length; i += 1) sum += Math.abs(values[i]! - values[i - 4]!);
  return values.length > 4 ? sum / (values.length - 4) : 0;
}

/** The last four quarters of every series as one-step origins, history cut to the last `length` values. */
export function rollingTasks(series: Iterable<readonly number[]>, length: number): Task[] {
  const tasks: Task[] = [];
  for (const values of series)
    for (let origin = 0; origin < 4; origin += 1) {
      const until = values.length - 4 + origin;
      const scale = seasonalScale(values.slice(0, Math.max(0, until)));
      if (until < Math.max(length, 5) || !(scale > 0)) continue;
      tasks.push({ origin, history: values.slice(until - length, until), actual: values[until]!, scale });
    }
  return tasks;
}

const f3 = (value: number): string => value.toFixed(3).padStart(8);

/** One printed row: MASE, sMAPE, coverage, IS80 and MSIS95 scaled, seconds per 1,000 series. */
export function scoreRow(tasks: readonly Task[], { method, answers, seconds }: Answers): string {
  let mase = 0;
  let smape = 0;
  let in80 = 0;
  let in95 = 0;
  let score80 = 0;
  let score95 = 0;
  tasks.forEach(({ actual, scale }, i) => {
    const a = answers[i]!;
    mase += Math.abs(actual - a.point) / scale;
    smape += (200 * Math.abs(actual - a.point)) / (Math.abs(actual) + Math.abs(a.point) || 1);
    if (actual >= a.low80 && actual <= a.high80) in80 += 1;
    if (actual >= a.low95 && actual <= a.high95) in95 += 1;
    const miss = (low: number, high: number): number =>
      Math.max(0, low - actual) + Math.max(0, actual - high);
    score80 += (a.high80 - a.low80 + 10 * miss(a.low80, a.high80)) / scale;
    score95 += (a.high95 - a.low95 + 40 * miss(a.low95, a.high95)) / scale;
  });
  const n = tasks.length;
  const cells = [mase / n, smape / n, in80 / n, in95 / n, score80 / n, score95 / n, (1000 * seconds) / n];
  return `  ${method.padEnd(16)}${cells.map(f3).join('')}`;
}

export const SCORE_HEADER = `  ${'method'.padEnd(16)}${['MASE', 'sMAPE', 'cov80', 'cov95', 'IS80', 'MSIS95', 's/1000'].map((h) => h.padStart(8)).join('')}`;

/** A point with the bands that its own past one-step errors suggest. */
export function answerFromErrors(point: number, errors: readonly number[]): Answer {
  const sd = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / Math.max(1, errors.length));
  return {
    point,
    low80: point - 1.2816 * sd,
    high80: point + 1.2816 * sd,
    low95: point - 1.96 * sd,
    high95: point + 1.96 * sd,
  };
}

/** R's answers to the tasks; undefined where Rscript or the forecast package is missing. */
export function askR(tasks: readonly Task[]): Answers[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'peer-forecasts-'));
  try {
    const file = join(folder, 'tasks.csv');
    writeFileSync(file, `${tasks.map((task) => task.history.join(',')).join('\n')}\n`);
    const script = new URL('./peer-forecasts.R', import.meta.url).pathname;
    const text = execFileSync('Rscript', [script, file], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return readAnswers(text, tasks.length);
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readAnswers(text: string, count: number): Answers[] {
  const byMethod = new Map<string, Answers>();
  for (const line of text.trim().split('\n')) {
    const [method, at, ...numbers] = line.split(',') as [string, string, ...string[]];
    const entry = byMethod.get(method) ?? {
      method: `R ${method}`,
      answers: new Array<Answer>(count),
      seconds: 0,
    };
    byMethod.set(method, entry);
    const [point, low80, high80, low95, high95] = numbers.map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    if (at === 'seconds') entry.seconds = point;
    else entry.answers[Number(at)] = { point, low80, high80, low95, high95 };
  }
  return [...byMethod.values()];
}
