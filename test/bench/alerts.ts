// How alerts behave on simulated panels: `npm run bench:alerts -- [--seeds 50] [--dealers 600] [--cities 340]
// [--threads 2] [--bounds 8] [--futures 8] [--drift 60] [--drifting 20] [--from 1]`. Quiet quarters with an alarm, a change
// of mix alone, planted shifts found and named first beside the best possible, one item of one city by the city's size,
// coverage by level, slow drift.
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { NOMINAL_RATE, QUARTER_BUDGET } from '../../shared/domain/alert/alert.ts';
import { DRIFTING, type DriftOutcome, type DriftTask, TESTED_QUARTERS } from './alerts-drift.ts';
import type { Found, PanelOutcome, PanelTask } from './alerts-panel.ts';
import { CITY_SIZES } from './alerts-plants.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    from: { type: 'string', default: '1' },
    dealers: { type: 'string', default: '600' },
    cities: { type: 'string', default: '340' },
    threads: { type: 'string', default: '2' },
    bounds: { type: 'string', default: '8' },
    futures: { type: 'string', default: '8' },
    drift: { type: 'string', default: '60' },
    drifting: { type: 'string', default: '20' },
    budget: { type: 'string', default: String(QUARTER_BUDGET.sudden) },
  },
});
const seeds = Number(values.seeds);
const from = Number(values.from);
const dealers = Number(values.dealers);
const budget = Number(values.budget);
const futures = Number(values.futures);

/** Gives every task to the next free thread of a module, and says after each what is known so far; outcomes in order. */
function onThreads<Task, Outcome>(
  module: string,
  tasks: readonly Task[],
  soFar: (known: readonly Outcome[]) => string,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  const run = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL(module, import.meta.url));
      let at = -1;
      const give = () => {
        at = next;
        next += 1;
        if (at < tasks.length) worker.postMessage(tasks[at]);
        else void worker.terminate().then(() => resolve());
      };
      worker.on('error', reject);
      worker.on('message', (outcome: Outcome) => {
        outcomes[at] = outcome;
        const known = outcomes.filter((one) => one !== undefined);
        console.error(`${known.length} of ${tasks.length}: ${soFar(known)}`);
        give();
      });
      give();
    });
  return Promise.all(Array.from({ length: Math.min(Number(values.threads), tasks.length) }, run)).then(
    () => outcomes,
  );
}

const share = (part: number, whole: number): string => (part / whole).toFixed(2);

/**
 * The share of quarters with an alarm, `size` of each panel, with its 95 % interval. Quarters of one panel share a
 * history, so the base is cut by the design effect between panels (never taken below 1), then Wilson's interval holds.
 */
function rateOf(alarms: readonly number[], size: number): string {
  const part = sum(alarms);
  const whole = alarms.length * size;
  const rate = part / whole;
  const spread = sum(alarms.map((one) => (one / size - rate) ** 2)) / Math.max(1, alarms.length - 1);
  const effect = part > 0 && part < whole ? Math.max(1, (spread * size) / (rate * (1 - rate))) : 1;
  const n = whole / effect;
  const z = 1.96;
  const centre = (rate * n + (z * z) / 2) / (n + z * z);
  const half = (z / (n + z * z)) * Math.sqrt(n * rate * (1 - rate) + (z * z) / 4);
  const low = Math.max(0, centre - half).toFixed(3);
  return `${rate.toFixed(3)} (${part} of ${whole}; 95 % ${low}-${(centre + half).toFixed(3)})`;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const mean = (numbers: readonly number[]): string => {
  const known = numbers.filter((one) => Number.isFinite(one));
  return known.length > 0 ? (sum(known) / known.length).toFixed(2) : '-';
};

function row(name: string, found: readonly Found[]): void {
  const n = found.length;
  console.log(
    `${name.padEnd(26)} ${share(sum(found.map((one) => one.found)), n)}   ${share(sum(found.map((one) => one.first)), n)}    ${share(sum(found.map((one) => one.topThree)), n)}    ${mean(found.map((one) => one.best)).padEnd(4)}   ${mean(found.map((one) => one.size))}`,
  );
}

const started = performance.now();
const tasks = Array.from({ length: seeds }, (_, i): PanelTask => {
  const seed = from + i;
  const bound = i < Number(values.bounds);
  return { seed, dealers, cities: Number(values.cities), budget, bound, futures };
});
const quietRate = (known: readonly PanelOutcome[]) =>
  rateOf(
    known.map((one) => one.quiet),
    futures,
  );
const panels = await onThreads<PanelTask, PanelOutcome>(
  './alerts-panel.ts',
  tasks,
  (known) => `quiet quarters with an alarm ${quietRate(known)}`,
);
console.log(
  `${seeds} panels of ${dealers} dealers in ${values.cities} cities x 8 indicators, ${mean(panels.map((one) => one.seconds))} s a forecast`,
);
console.log(
  `nominal rate of a quarter: ${NOMINAL_RATE}, of which ${budget} for what comes all at once and ${QUARTER_BUDGET.drift} for slow drift`,
);
console.log(`quiet quarters with an alarm        ${quietRate(panels)}`);
const mixRate = (read: (one: PanelOutcome) => number) => rateOf(panels.map(read), futures);
console.log(`mix alone changed, with an alarm    ${mixRate((one) => one.mix)}`);
console.log(`... naming what is quiet without it ${mixRate((one) => one.mixOnly)}`);
const places = panels.flatMap((one) => one.mixNamed);
console.log(`    ${places.join(', ') || 'nothing'}`);
console.log('\nplanted, points            found  first   top 3   best   size');
panels[0]!.planted.forEach(({ name }, i) => {
  row(
    name,
    panels.map((one) => one.planted[i]!),
  );
});
console.log('best: the best possible power at the same threshold, for an observer who knows the whole model');
if (panels[0]!.cities.length > 0) {
  console.log('\none item of one city, 4 points, by respondents of the city in the wave');
  CITY_SIZES.slice(0, -1).forEach((low, size) => {
    const found = panels.flatMap((one) => one.cities.filter((city) => city.sizeClass === size));
    if (found.length > 0)
      row(`${low}-${CITY_SIZES[size + 1]} (mean ${mean(found.map((one) => one.base))})`, found);
  });
}
console.log('\ncoverage of the bands      80 %   95 %');
for (const level of Object.keys(panels[0]!.coverage)) {
  const [cells, in80, in95] = [0, 1, 2].map((i) => sum(panels.map((one) => one.coverage[level]![i]!))) as [
    number,
    number,
    number,
  ];
  console.log(`${level.padEnd(26)} ${(in80 / cells).toFixed(3)}  ${(in95 / cells).toFixed(3)}`);
}

const driftSeeds = Number(values.drift);
if (driftSeeds > 0) {
  const driftRate = (known: readonly DriftOutcome[]) =>
    rateOf(
      known.map((one) => one.alarms),
      TESTED_QUARTERS,
    );
  const drifts = await onThreads<DriftTask, DriftOutcome>(
    './alerts-drift.ts',
    Array.from({ length: driftSeeds }, (_, i) => ({
      ...{ drift: true, seed: 500 + from + i, dealers },
      plants: i < Number(values.drifting),
    })),
    (known) => `steady quarters with an alarm ${driftRate(known)}`,
  );
  console.log(`\nslow drift, nominal rate of a quarter ${QUARTER_BUDGET.drift}`);
  console.log(`steady quarters with an alarm       ${driftRate(drifts)}`);
  drifts[0]!.found.forEach(({ name }, i) => {
    const planted = drifts.filter(({ found }) => found.length > 0);
    const after = planted.map((one) => one.found[i]!.after).filter((one) => one > 0);
    console.log(
      `${name.padEnd(30)} named within ${DRIFTING} quarters ${share(after.length, planted.length)}, after ${mean(after)}`,
    );
  });
}
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`);
