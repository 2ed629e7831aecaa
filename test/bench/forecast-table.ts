// The benchmark's printed table: every method on the same seeded sample of tasks, block by block, and a summary.
import { seededRandom } from '../../shared/math/random.ts';
import {
  type Answers,
  meanScaledError,
  pairedDifference,
  SCORE_HEADER,
  scoreRow,
  type Task,
} from './forecast-score.ts';
import { askPeers } from './peers.ts';
import { curveAnswers, simpleAnswers } from './simple-forecasts.ts';

const SEED = 20;

/** `limit` of `count` indexes, drawn with a fixed seed, in order. */
export function sampleOf(count: number, limit: number): number[] {
  const random = seededRandom(SEED);
  const drawn = Array.from({ length: count }, (_, i) => ({ i, at: random.uniform() }));
  drawn.sort((a, b) => a.at - b.at);
  return drawn
    .slice(0, limit)
    .map(({ i }) => i)
    .sort((a, b) => a - b);
}

function pick({ method, answers, seconds }: Answers, chosen: readonly number[]): Answers {
  return {
    method,
    answers: chosen.map((i) => answers[i]!),
    seconds: (seconds * chosen.length) / answers.length,
  };
}

/** One table: blocks of rows by history length, then a summary of MASE by length. */
export interface ForecastTable {
  /** Prints one history length: ours and naive on all tasks, then every method on the sampled ones. */
  add: (history: string, tasks: readonly Task[], ours: Answers) => Promise<void>;
  finish: () => void;
}

/** Starts a table; `limit` is how many tasks of a block the methods are compared on. */
export function forecastTable(title: string, limit: number): ForecastTable {
  const errors = new Map<string, string[]>();
  const lengths: string[] = [];
  console.log(`\n${title}\n  ${'quarters'.padEnd(9)}${SCORE_HEADER}   MASE above ours`);
  const print = (
    history: string,
    on: readonly Task[],
    one: Answers,
    first?: Answers,
    name = one.method,
  ): void => {
    const kept = errors.get(name) ?? [];
    errors.set(name, kept);
    kept[lengths.length - 1] = meanScaledError(on, one).toFixed(3);
    const gap = first && pairedDifference(on, one.answers, first.answers);
    const beside = gap ? `   ${gap.difference.toFixed(3)} ± ${gap.error.toFixed(3)}` : '';
    console.log(
      `  ${history.padEnd(9)}${scoreRow(on, { ...one, method: history ? one.method : name })}${beside}`,
    );
  };
  return {
    async add(history, tasks, ours) {
      lengths.push(history);
      const chosen = sampleOf(tasks.length, limit);
      const asked = chosen.map((i) => tasks[i]!);
      const peers = await askPeers(asked);
      print(history, tasks, { ...ours, method: `ours, all ${tasks.length}` }, undefined, 'ours, all');
      print('', tasks, curveAnswers('naive', tasks), ours, 'naive, all');
      const first = pick(ours, chosen);
      print('', asked, first);
      for (const other of [...simpleAnswers(asked), ...peers]) print('', asked, other, first);
    },
    finish() {
      console.log(`\n  ${title}: MASE by quarters of history; but for 'all' on ${limit} tasks each at most`);
      console.log(`  ${''.padEnd(18)}${lengths.map((length) => length.padStart(9)).join('')}`);
      for (const [method, values] of errors)
        console.log(
          `  ${method.padEnd(18)}${lengths.map((_, i) => (values[i] ?? '-').padStart(9)).join('')}`,
        );
    },
  };
}
