// The forecasting benchmark: `npx node test/bench/forecast.ts [--cap tasks] [--only m1|underground|hospital]
// [--series file.csv] [--shipped]`.
// Rolling one-step origins at every history length against simple curves and, where Rscript is installed, R's methods
// on the same (capped) tasks. M1 is where the shipped prior was learnt, so each half of it is forecast with a prior
// learnt on the other; --series runs another long file with the shipped prior.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { forecastPanel } from '../../shared/domain/forecast/forecast-panel.ts';
import { type FreeSeries, forecastSiblings } from '../../shared/domain/forecast/forecast-series.ts';
import { detectOverlap } from '../../shared/domain/forecast/overlap.ts';
import type { ForecastPanel } from '../../shared/domain/forecast/panel.ts';
import { curveById } from '../../shared/domain/forecast/registry.ts';
import {
  type Answer,
  type Answers,
  answerFromErrors,
  askR,
  rollingTasks,
  SCORE_HEADER,
  scoreRow,
  seasonalScale,
  type Task,
} from './forecast-score.ts';
import { learnFreePrior } from './learn-prior.ts';
import { cutPanel, DATA, readHospitals, readLongSeries, readUnderground } from './series-data.ts';

const { values: flags } = parseArgs({
  options: {
    cap: { type: 'string', default: '60' },
    series: { type: 'string' },
    only: { type: 'string' },
    shipped: { type: 'boolean', default: false },
  },
});
const cap = Number(flags.cap);
const LENGTHS = [4, 5, 6, 7, 8, 12, 16];

function timed(method: string, answer: () => Answer[]): Answers {
  const start = performance.now();
  const answers = answer();
  return { method, answers, seconds: (performance.now() - start) / 1000 };
}

function asSeries(history: readonly number[]): FreeSeries {
  return { quarters: history.map((_, i) => i), values: history };
}

/** Siblings of one origin learn together, so that no forecast sees a later quarter of its own series. */
function pooledAnswers(tasks: readonly Task[], historyLength: number, prior?: Float64Array): Answer[] {
  const answers = new Array<Answer>(tasks.length);
  for (const origin of new Set(tasks.map((task) => task.origin))) {
    const at = tasks.flatMap((task, i) => (task.origin === origin ? [i] : []));
    const forecasts = forecastSiblings(
      at.map((i) => asSeries(tasks[i]!.history)),
      { historyLength, prior },
    );
    forecasts.forEach((forecast, i) => {
      if (forecast.kind === 'forecast') answers[at[i]!] = forecast.steps[0]!;
    });
  }
  return answers;
}

function curveAnswer(id: string, history: readonly number[]): Answer {
  const quarters = history.map((_, i) => i);
  const fit = curveById(id).fit(quarters, history);
  if (fit.kind !== 'fitted') return answerFromErrors(history.at(-1)!, []);
  const from = id === 'seasonal-naive' && history.length > 4 ? 4 : 1;
  return answerFromErrors(
    fit.predict(history.length),
    history.slice(from).map((value, i) => value - fit.fitted[i + from]!),
  );
}

const SIMPLE = ['naive', 'seasonal-naive', 'drift', 'average', 'least-error'];

function simpleAnswers(tasks: readonly Task[]): Answers[] {
  return SIMPLE.map((id) => timed(id, () => tasks.map((task) => curveAnswer(id, task.history))));
}

function printPeers(tasks: readonly Task[], ours: Answers): void {
  const step = Math.max(1, Math.ceil(tasks.length / cap));
  const chosen = tasks.filter((_, i) => i % step === 0);
  const peers = askR(chosen);
  if (!peers) {
    console.log('  (no Rscript with the forecast package: R methods left out)');
    return;
  }
  console.log(`  the same ${chosen.length} tasks:`);
  const seconds = (ours.seconds * chosen.length) / tasks.length;
  console.log(
    scoreRow(chosen, {
      method: ours.method,
      answers: ours.answers.filter((_, i) => i % step === 0),
      seconds,
    }),
  );
  for (const peer of peers) console.log(scoreRow(chosen, peer));
}

/** Tasks of a set of series at every length; `halves` holds a prior for even and one for odd series. */
function runSeries(title: string, series: readonly number[][], halves?: [Float64Array, Float64Array]): void {
  for (const length of LENGTHS) {
    const parts = [0, 1].map((half) =>
      rollingTasks(
        series.filter((_, i) => i % 2 === half),
        length,
      ),
    );
    const tasks = halves ? parts.flat() : rollingTasks(series, length);
    if (tasks.length === 0) continue;
    const ours = timed('pooled', () =>
      halves
        ? parts.flatMap((part, half) => pooledAnswers(part, length, halves[half]))
        : pooledAnswers(tasks, length),
    );
    console.log(`\n${title}, ${length} quarters of history, ${tasks.length} tasks\n${SCORE_HEADER}`);
    for (const row of [ours, ...simpleAnswers(tasks)]) console.log(scoreRow(tasks, row));
    if (cap > 0) printPeers(tasks, ours);
  }
}

/** Panel origins `from` onwards; the window is `length` quarters, or last year's and this year's with 'calendar'. */
function runPanel(title: string, panel: ForecastPanel, from: number, length: number | 'calendar'): void {
  const T = panel.quarters.length;
  const K = panel.indicators.length;
  const tasks: Task[] = [];
  const answers: Answer[] = [];
  let seconds = 0;
  for (let t = from; t < T; t += 1) {
    const used = length === 'calendar' ? 4 + (((panel.quarters[t]! % 4) + 4) % 4) : length;
    const start = performance.now();
    const f = forecastPanel(cutPanel(panel, 0, t), { historyLength: used });
    seconds += (performance.now() - start) / 1000;
    for (let row = 0; row < panel.units.length * K; row += 1) {
      const past = panel.scores.subarray(row * T, row * T + t);
      const actual = panel.scores[row * T + t]!;
      const cell = Math.floor(row / K) * f.columns + (row % K);
      const known = Array.from(past).filter((score) => !Number.isNaN(score));
      const scale = seasonalScale(known);
      if (Number.isNaN(actual) || f.refused[cell]! > 0 || !(scale > 0) || known.length < used) continue;
      tasks.push({ origin: t, history: known.slice(-used), actual, scale });
      answers.push({
        point: f.point[cell]!,
        low80: f.low80[cell]!,
        high80: f.high80[cell]!,
        low95: f.low95[cell]!,
        high95: f.high95[cell]!,
      });
    }
  }
  const ours = { method: 'panel', answers, seconds };
  console.log(`\n${title}, ${length} quarters of history, ${tasks.length} tasks\n${SCORE_HEADER}`);
  for (const row of [ours, ...simpleAnswers(tasks)]) console.log(scoreRow(tasks, row));
  if (cap > 0) printPeers(tasks, ours);
}

function runHospitals(): void {
  const folder = `${DATA}/hospital-panel`;
  const panel = readHospitals(
    folder,
    readdirSync(folder)
      .filter((file) => file.endsWith('.csv'))
      .sort(),
    ['AL', 'MA', 'OR'],
  );
  const evidence = detectOverlap(panel);
  console.log(
    `\nhospital panel, ${panel.units.length} units: overlapping windows ${evidence.overlapping ? 'noticed' : 'missed'}` +
      ` (lags ${evidence.lags.map((lag) => lag.toFixed(2)).join(' ')}, variance ratio ${evidence.varianceRatio.toFixed(2)})`,
  );
  runPanel('hospital panel', panel, panel.quarters.length - 2, 8);
}

function runM1(): void {
  const m1 = [...readLongSeries(`${DATA}/m1-quarterly/M1_quarterly_long.csv`).values()];
  const half = (which: number): Float64Array => learnFreePrior(m1.filter((_, i) => i % 2 === which));
  runSeries('M1 quarterly', m1, flags.shipped ? undefined : [half(1), half(0)]);
}

function runUnderground(): void {
  const panel = readUnderground(`${DATA}/underground-satisfaction/first-30-quarters.csv`);
  for (const length of ['calendar', 8, 12, 16] as const)
    runPanel('underground, last 10 quarters', panel, 20, length);
}

const SETS: Record<string, () => void> = { m1: runM1, underground: runUnderground, hospital: runHospitals };

if (flags.series) runSeries(flags.series, [...readLongSeries(flags.series).values()]);
else for (const [name, run] of Object.entries(SETS)) if (!flags.only || flags.only === name) run();
