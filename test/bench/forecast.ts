// The forecasting benchmark: `node test/bench/forecast.ts [--only m1|underground|hospital|sample|simulated]
// [--series file.csv] [--peers n|all|none] [--shipped]`.
// Rolling origins at every history length against simple curves and, where Rscript is installed, R's methods on the
// same tasks: on all of them up to 1,000 a block, otherwise on the evenly spread ones that --peers says, and then every
// method is scored on those. M1 is where the shipped prior was learnt, so each half of it is forecast with a prior
// learnt on the other; --series runs another long file with the shipped prior.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type FreeSeries, forecastSiblings } from '../../shared/domain/forecast/forecast-series.ts';
import { detectOverlap } from '../../shared/domain/forecast/overlap.ts';
import type { ForecastPanel } from '../../shared/domain/forecast/panel.ts';
import {
  type Answer,
  type Answers,
  pairedDifference,
  rollingTasks,
  SCORE_HEADER,
  STEPS,
  scoreRow,
  type Task,
} from './forecast-score.ts';
import { learnFreePrior } from './learn-prior.ts';
import { type PanelHistory, runPanelTasks } from './panel-tasks.ts';
import { askPeers } from './peers.ts';
import { samplePanels } from './sample-panels.ts';
import { DATA, readHospitals, readLongSeries, readUnderground } from './series-data.ts';
import { simpleAnswers, timed } from './simple-forecasts.ts';
import { simulatePanel } from './simulate-panel.ts';

const { values: flags } = parseArgs({
  options: {
    peers: { type: 'string', default: '1000' },
    series: { type: 'string' },
    only: { type: 'string' },
    shipped: { type: 'boolean', default: false },
  },
});
const LENGTHS = [4, 5, 6, 7, 8, 12, 16];

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

/** Evenly spread indexes that peers are asked for. */
function chosenFor(count: number): number[] {
  if (flags.peers === 'none') return [];
  const limit = flags.peers === 'all' ? count : Number(flags.peers);
  const step = Math.max(1, Math.ceil(count / limit));
  return Array.from({ length: count }, (_, i) => i).filter((i) => i % step === 0);
}

function pick({ method, answers, seconds }: Answers, chosen: readonly number[]): Answers {
  return {
    method,
    answers: chosen.map((i) => answers[i]!),
    seconds: (seconds * chosen.length) / answers.length,
  };
}

/** All rows of one block; the last column is each method's MASE against ours, paired, with its standard error. */
async function printBlock(title: string, tasks: readonly Task[], ours: Answers): Promise<void> {
  console.log(`\n${title}, ${tasks.length} tasks\n${SCORE_HEADER}   MASE above ours`);
  const printRows = (on: readonly Task[], first: Answers, others: readonly Answers[]): void => {
    console.log(scoreRow(on, first));
    for (const other of others) {
      const { difference, error } = pairedDifference(on, other.answers, first.answers);
      console.log(`${scoreRow(on, other)}   ${difference.toFixed(3)} ± ${error.toFixed(3)}`);
    }
  };
  const simple = simpleAnswers(tasks);
  const chosen = chosenFor(tasks.length);
  const asked = chosen.map((i) => tasks[i]!);
  const peers = chosen.length > 0 ? await askPeers(asked) : [];
  if (!peers) console.log('  (no Rscript with the forecast package: R methods left out)');
  if (!peers || chosen.length === 0 || chosen.length === tasks.length) {
    printRows(tasks, ours, [...simple, ...(peers ?? [])]);
    return;
  }
  printRows(tasks, ours, simple);
  console.log(`  the same ${chosen.length} tasks for every method, evenly spread over those above:`);
  printRows(asked, pick(ours, chosen), [...simple.map((one) => pick(one, chosen)), ...peers]);
}

/** Tasks of a set of series at every length; `halves` holds a prior for even and one for odd series. */
async function runSeries(
  title: string,
  series: readonly number[][],
  halves?: [Float64Array, Float64Array],
): Promise<void> {
  for (const length of LENGTHS) {
    const tasks = rollingTasks(series, length);
    if (tasks.length === 0) continue;
    const ours = timed('pooled', () => {
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
    await printBlock(`${title}, ${length} quarters of history`, tasks, ours);
  }
}

/** How often the bands held, level by level. */
function printLevels(tasks: readonly Task[], answers: readonly Answer[]): void {
  for (const level of new Set(tasks.map((task) => task.level!))) {
    const at = tasks.flatMap((task, i) => (task.level === level ? [i] : []));
    const held = (low: 'low80' | 'low95', high: 'high80' | 'high95'): string => {
      const inside = at.filter((i) => {
        const actual = tasks[i]!.actuals[0]!;
        return actual >= answers[i]![low] && actual <= answers[i]![high];
      });
      return (inside.length / at.length).toFixed(3);
    };
    console.log(
      `  ${level.padEnd(10)} ${String(at.length).padStart(6)} tasks, in the 80 % band ${held('low80', 'high80')}, in the 95 % band ${held('low95', 'high95')}`,
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
  for (const length of lengths) {
    const { tasks, ours } = runPanelTasks(panel, from, length);
    if (tasks.length === 0) continue;
    await printBlock(`${title}, ${length} quarters of history`, tasks, ours);
    printLevels(tasks, ours.answers);
  }
}

async function runHospitals(): Promise<void> {
  const folder = `${DATA}/hospital-panel`;
  const files = readdirSync(folder).filter((file) => file.endsWith('.csv'));
  const panel = readHospitals(folder, files.sort(), ['AL', 'MA', 'OR']);
  const { overlapping, lags, varianceRatio } = detectOverlap(panel);
  console.log(
    `\nhospital panel, ${panel.units.length} units: overlapping windows ${overlapping ? 'noticed' : 'missed'}` +
      ` (lags ${lags.map((lag) => lag.toFixed(2)).join(' ')}, variance ratio ${varianceRatio.toFixed(2)})`,
  );
  await runPanel('hospital panel', panel, panel.quarters.length - 4, [4, 5, 6, 7, 8]);
}

async function runM1(): Promise<void> {
  const m1 = [...readLongSeries(`${DATA}/m1-quarterly/M1_quarterly_long.csv`).values()];
  const half = (which: number): Float64Array => learnFreePrior(m1.filter((_, i) => i % 2 === which));
  await runSeries('M1 quarterly', m1, flags.shipped ? undefined : [half(1), half(0)]);
}

/** The prior was learnt from the first 20 quarters. */
async function runUnderground(): Promise<void> {
  const panel = readUnderground(`${DATA}/underground-satisfaction/first-30-quarters.csv`);
  await runPanel('underground, last 10 quarters', panel, 20, ['calendar', 4, 5, 6, 7, 8, 12, 16]);
}

/** Each channel of the sample studies as the product hands it to the forecast. */
async function runSample(): Promise<void> {
  for (const { channel, panel } of await samplePanels())
    await runPanel(`sample studies, ${channel}`, panel, panel.quarters.length - 4, [4, 5, 6, 7, 8]);
}

/** 600 dealers x 8 indicators with known truth. */
async function runSimulated(): Promise<void> {
  const { panel } = simulatePanel({ seed: 1, quarters: 20 });
  await runPanel('simulated panel', panel, panel.quarters.length - 4, [4, 8, 12, 16]);
}

const SETS: Record<string, () => Promise<void>> = {
  m1: runM1,
  underground: runUnderground,
  hospital: runHospitals,
  sample: runSample,
  simulated: runSimulated,
};

if (flags.series) await runSeries(flags.series, [...readLongSeries(flags.series).values()]);
else for (const [name, run] of Object.entries(SETS)) if (!flags.only || flags.only === name) await run();
