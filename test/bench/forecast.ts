// The forecasting benchmark: `node test/bench/forecast.ts [--only m1|underground|hospital|sample] [--series file.csv]
// [--sample n] [--shipped]`.
// Rolling one-step origins at every history length from 4 to 16 quarters that a panel has. Ours on all tasks, and on a
// seeded sample of them beside simple curves and, where Rscript is installed, R's methods: the same tasks for all, in
// the same run. M1 is where the shipped prior was learnt, so each half of it is forecast with a prior learnt on the
// other; --series runs another long file with the shipped prior.
import { readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { forecastSiblings } from '../../shared/domain/forecast/forecast-series.ts';
import { detectOverlap } from '../../shared/domain/forecast/overlap.ts';
import type { ForecastPanel } from '../../shared/domain/forecast/panel.ts';
import type { FreeSeries } from '../../shared/domain/forecast/series-pool.ts';
import { type Answer, type Answers, rollingTasks, STEPS, scaledError, type Task } from './forecast-score.ts';
import { forecastTable } from './forecast-table.ts';
import { learnFreePrior } from './learn-prior.ts';
import { type PanelHistory, runPanelTasks } from './panel-tasks.ts';
import { peerVersion } from './peers.ts';
import { samplePanels } from './sample-panels.ts';
import { DATA, readHospitals, readLongSeries, readUnderground } from './series-data.ts';
import { timed } from './simple-forecasts.ts';

const { values: flags } = parseArgs({
  options: {
    sample: { type: 'string', default: '200' },
    series: { type: 'string' },
    only: { type: 'string' },
    shipped: { type: 'boolean', default: false },
  },
});
const limit = Number(flags.sample);
const LENGTHS = Array.from({ length: 13 }, (_, i) => i + 4);

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
      { historyLength, prior, horizon: tasks[at[0]!]!.actuals.length === STEPS ? STEPS : 1 },
    );
    forecasts.forEach((forecast, i) => {
      if (forecast.kind === 'refused') return;
      answers[at[i]!] = { ...forecast.steps[0]!, points: forecast.steps.map(({ point }) => point) };
    });
  }
  return answers;
}

/** Tasks of a set of series at every length; `halves` holds a prior for even and one for odd series. */
async function runSeries(
  title: string,
  series: readonly number[][],
  halves?: [Float64Array, Float64Array],
): Promise<void> {
  const table = forecastTable(`${title}, ${series.length} series, last 4 quarters`, limit);
  for (const length of LENGTHS) {
    const tasks = rollingTasks(series, length);
    if (tasks.length === 0) continue;
    const ours = timed('this workstation', () => {
      if (!halves) return pooledAnswers(tasks, length);
      const answers = new Array<Answer>(tasks.length);
      halves.forEach((prior, half) => {
        const at = tasks.flatMap((task, i) => (task.series % 2 === half ? [i] : []));
        const own = pooledAnswers(
          at.map((i) => tasks[i]!),
          length,
          prior,
        );
        at.forEach((index, i) => {
          answers[index] = own[i]!;
        });
      });
      return answers;
    });
    await table.add(String(length), tasks, ours);
  }
  table.finish();
}

/** MASE beside naive and how often the bands held, by level or by channel. */
function printGroups(
  tasks: readonly Task[],
  answers: readonly Answer[],
  groupOf: (i: number) => string,
): void {
  const groups = new Map<string, number[]>();
  tasks.forEach((_, i) => {
    const group = groups.get(groupOf(i)) ?? [];
    groups.set(groupOf(i), [...group, i]);
  });
  const mean = (at: readonly number[], value: (i: number) => number): string =>
    (at.reduce((sum, i) => sum + value(i), 0) / at.length).toFixed(3);
  const holds = (i: number, low: 'low80' | 'low95', high: 'high80' | 'high95'): number => {
    const actual = tasks[i]!.actuals[0]!;
    return actual >= answers[i]![low] && actual <= answers[i]![high] ? 1 : 0;
  };
  for (const [name, at] of groups) {
    const naive = mean(at, (i) => {
      const { actuals, history, scale } = tasks[i]!;
      return Math.abs(actuals[0]! - history.at(-1)!) / scale;
    });
    console.log(
      `           ${name.padEnd(22)} ${String(at.length).padStart(6)} tasks: MASE ${mean(at, (i) => scaledError(tasks[i]!, answers[i]!))}, naive ${naive}; in the 80 % band ${mean(at, (i) => holds(i, 'low80', 'high80'))}, in the 95 % band ${mean(at, (i) => holds(i, 'low95', 'high95'))}`,
    );
  }
}

/** Panel origins `from` onwards; the window is `length` quarters, or last year's and this year's with 'calendar'. */
async function runPanel(
  title: string,
  panel: ForecastPanel,
  from: number,
  lengths: readonly PanelHistory[],
): Promise<void> {
  const table = forecastTable(title, limit);
  for (const length of lengths) {
    const { tasks, ours } = runPanelTasks(panel, from, length);
    if (tasks.length === 0) continue;
    await table.add(String(length), tasks, ours);
    printGroups(tasks, ours.answers, (i) => tasks[i]!.level!);
  }
  table.finish();
}

async function runHospitals(): Promise<void> {
  const folder = `${DATA}/hospital-panel`;
  const files = readdirSync(folder).filter((file) => file.endsWith('.csv'));
  const panel = readHospitals(folder, files.sort(), ['AL', 'MA', 'OR']);
  const { overlapping, lags, varianceRatio } = detectOverlap(panel);
  const evidence = `lags ${lags.map((lag) => lag.toFixed(2)).join(' ')}, variance ratio ${varianceRatio.toFixed(2)}`;
  const noticed = overlapping ? 'noticed, so each score stays where it is' : 'missed';
  console.log(`\nhospitals, ${panel.units.length} units: overlapping windows ${noticed} (${evidence})`);
  await runPanel('hospitals, last 4 quarters', panel, panel.quarters.length - 4, LENGTHS);
}

async function runM1(): Promise<void> {
  const m1 = [...readLongSeries(`${DATA}/m1-quarterly/M1_quarterly_long.csv`).values()];
  const half = (which: number): Float64Array => learnFreePrior(m1.filter((_, i) => i % 2 === which));
  await runSeries('M1 quarterly', m1, flags.shipped ? undefined : [half(1), half(0)]);
}

/** The prior was learnt from the first 20 quarters. */
async function runUnderground(): Promise<void> {
  const panel = readUnderground(`${DATA}/underground-satisfaction/first-30-quarters.csv`);
  await runPanel('underground, last 10 quarters', panel, 20, ['calendar', ...LENGTHS]);
}

/** Every channel of the sample studies as the product hands it to the forecast, the last two quarters. */
async function runSample(): Promise<void> {
  const table = forecastTable('sample studies, last 2 quarters', limit);
  const channels = await samplePanels();
  for (const length of LENGTHS) {
    const tasks: Task[] = [];
    const names: string[] = [];
    const ours: Answers = { method: 'this workstation', answers: [], seconds: 0 };
    channels.forEach(({ channel, panel }, c) => {
      const run = runPanelTasks(panel, panel.quarters.length - 2, length);
      for (const task of run.tasks) tasks.push({ ...task, series: task.series * channels.length + c });
      for (const answer of run.ours.answers) ours.answers.push(answer);
      names.push(...run.tasks.map(() => channel));
      ours.seconds += run.ours.seconds;
    });
    if (tasks.length === 0) continue;
    await table.add(String(length), tasks, ours);
    printGroups(tasks, ours.answers, (i) => names[i]!);
  }
  table.finish();
}

const SETS: Record<string, () => Promise<void>> = {
  m1: runM1,
  underground: runUnderground,
  hospital: runHospitals,
  sample: runSample,
};

const start = performance.now();
console.log(
  `${(await peerVersion()) || 'no Rscript with the forecast package: its methods are left out'}; every method on the same ` +
    `tasks: at most ${limit} of each history length, drawn with a fixed seed`,
);
if (flags.series) await runSeries(flags.series, [...readLongSeries(flags.series).values()]);
else for (const [name, run] of Object.entries(SETS)) if (!flags.only || flags.only === name) await run();
console.log(
  `\n${((performance.now() - start) / 60_000).toFixed(1)} minutes, load ${loadavg()[0]!.toFixed(1)}`,
);
