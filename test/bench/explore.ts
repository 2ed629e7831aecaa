/**
 * The free analysis on many respondents, through the engine's own call on a database that was imported from files:
 * views of areas, quarters and indicators, and slices by answers against DuckDB on the same respondents in the same
 * run. Figures must be equal. `node test/bench/explore.ts [--responses 200000] [--order waves|shuffled] [--keep folder]
 * [--only import|views|slices]`
 */

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import type { ExploreDimension, ExploreQueryInput } from '../../shared/calls/explore.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/contract.ts';
import { seededRandom } from '../../shared/math/random.ts';
import { duckdb } from './answer-layouts/duckdb.ts';
import { FIRST_QUARTER, ITEMS, QUARTERS, type SampleShape } from './answer-layouts/sample.ts';
import { completeTable, MAPPING, writeWave } from './explore-slices/sample.ts';
import { compare, SAMPLED, slicesOf } from './explore-slices/slices.ts';

const { values: options } = parseArgs({
  options: {
    responses: { type: 'string', default: '200000' },
    order: { type: 'string', default: 'waves' },
    keep: { type: 'string' },
    runs: { type: 'string', default: '7' },
    only: { type: 'string' },
  },
});
const shape: SampleShape = {
  responses: Number(options.responses),
  order: options.order === 'shuffled' ? 'shuffled' : 'waves',
};
const folder = options.keep ?? mkdtempSync(join(tmpdir(), 'csi-explore-'));
mkdirSync(folder, { recursive: true });
const LAST = FIRST_QUARTER + QUARTERS - 1;

const engine = createEngine({
  dataFolder: folder,
  resourcesFolder: join(import.meta.dirname, '../../resources'),
  clock: () => new Date(),
  log: console.error,
});

async function ask<N extends CallName>(on: Engine, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = await on.call(name, input);
  if (!answer.ok) throw new Error(answer.error.message.en);
  return answer.value;
}

async function build(path: string): Promise<void> {
  await ask(engine, 'app.create', { path });
  const startedAt = performance.now();
  for (let wave = 0; wave < QUARTERS; wave++) {
    const file = join(folder, `wave-${wave}.csv`);
    await writeWave(file, shape, wave);
    await ask(engine, 'import.commit', { path: file, mapping: MAPPING });
    rmSync(file);
  }
  console.log(
    `imported ${shape.responses} responses in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`,
  );
  const { schemes } = await ask(engine, 'catalog.get', {});
  const { sample, weighting } = await makeBases(schemes.find((one) => one.regions > 0)!.id);
  await duckdb.load(folder, shape);
  await completeTable(folder, path, weighting, SAMPLED);
  console.log(`a sample (${sample}) and other weights (${weighting}) made`);
}

/** A sample of those whose index is 60 or more, and weights raked to margins that are far from the file's. */
async function makeBases(scheme: number): Promise<{ sample: number; weighting: number }> {
  const { id: sample } = await ask(engine, 'samples.save', {
    name: 'satisfied',
    filter: { scheme, scores: [{ indicator: '', from: 60 }] },
  });
  const quarters = { from: FIRST_QUARTER, to: LAST };
  const targets = (levels: number) =>
    Array.from({ length: levels }, (_, value) => ({ value: String(value), share: 1 + value }));
  const { id: weighting } = await ask(engine, 'weightings.save', {
    name: 'raked',
    scheme,
    channel: 'in-house',
    quarters,
    margins: [
      { dimension: 'attribute:a1', targets: targets(5) },
      { dimension: 'attribute:a3', targets: targets(12) },
    ],
    job: 'raking',
  });
  return { sample, weighting };
}

const RUNS = Number(options.runs);

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** Wall time, and processor time of all threads: DuckDB works on as many as there are cores. */
async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; cpu: number; value: T }> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - startedAt, cpu: (user + system) / 1000, value };
}

/** The longest that the engine's process let nothing else run meanwhile. */
async function withStalls<T>(work: () => Promise<T>): Promise<{ value: T; stall: number }> {
  let stall = 0;
  let last = performance.now();
  let on = true;
  const tick = () => {
    const now = performance.now();
    stall = Math.max(stall, now - last);
    last = now;
    if (on) setImmediate(tick);
  };
  setImmediate(tick);
  const value = await work();
  on = false;
  stall = Math.max(stall, performance.now() - last);
  return { value, stall };
}

async function measureSlices(scheme: number): Promise<void> {
  const instance = await DuckDBInstance.create(join(folder, 'answers.duckdb'));
  const connection = await instance.connect();
  const rows: Record<string, Record<string, string>> = {};
  const [sample] = await ask(engine, 'samples.list', {});
  const [weighting] = await ask(engine, 'weightings.list', {});
  for (const slice of slicesOf(sample!.id, weighting!.id)) {
    const { title, query, sql } = slice;
    const own: number[] = [];
    const theirs: number[] = [];
    const cpu: { own: number[]; theirs: number[] } = { own: [], theirs: [] };
    let stall = 0;
    for (let run = 0; run < RUNS; run++) {
      const answer = await withStalls(() => timed(() => ask(engine, 'explore.table', { scheme, ...query })));
      own.push(answer.value.ms);
      cpu.own.push(answer.value.cpu);
      stall = Math.max(stall, answer.stall);
      const others = [];
      for (const one of sql)
        others.push(await timed(async () => (await connection.runAndReadAll(one)).getRows()));
      const other = others.reduce((best, one) => (one.ms < best.ms ? one : best));
      theirs.push(other.ms);
      cpu.theirs.push(other.cpu);
      if (run === 0) compare(slice, answer.value.value, other.value as (number | bigint)[][]);
    }
    const [best, yardstick] = [Math.min(...own.slice(1)), Math.min(...theirs.slice(1))];
    rows[title] = {
      'first, ms': own[0]!.toFixed(0),
      'best, ms': best.toFixed(1),
      'median, ms': quantile(own, 0.5).toFixed(1),
      'DuckDB first': theirs[0]!.toFixed(0),
      'DuckDB best': yardstick.toFixed(1),
      'DuckDB median': quantile(theirs, 0.5).toFixed(1),
      'ratio of best': (best / yardstick).toFixed(2),
      'ratio of median': (quantile(own, 0.5) / quantile(theirs, 0.5)).toFixed(2),
      'CPU best': Math.min(...cpu.own.slice(1)).toFixed(0),
      'DuckDB CPU': Math.min(...cpu.theirs.slice(1)).toFixed(0),
      'longest stall': stall.toFixed(0),
    };
  }
  console.table(rows);
  connection.closeSync();
  instance.closeSync();
}

async function measureViews(scheme: number): Promise<void> {
  const random = seededRandom(1);
  const scopes = await ask(engine, 'scopes.tree', { scheme });
  const times: { ms: number; cpu: number }[] = [];
  const kinds: Record<string, { ms: number; cpu: number }[]> = {};
  for (let i = 0; i < 300; i++) {
    const level = (['region', 'province', 'city', 'dealer'] as const)[random.whole(4)]!;
    const above = scopes.filter((node) => node.level === 'region' || node.level === 'overall');
    const columns: ExploreDimension[][] = [
      [],
      [{ kind: 'time', grain: 'quarter' }],
      [{ kind: 'indicator', show: 'factors' }],
      [{ kind: 'time', grain: 'year' }],
    ];
    const query: ExploreQueryInput = {
      scheme,
      rows: [{ kind: 'scope', level }],
      columns: columns[random.whole(columns.length)]!,
      filters: {
        scope: above[random.whole(above.length)]!.id,
        indicator: random.whole(3) === 0 ? `Q${random.whole(ITEMS)}` : '',
        ...(random.whole(2) === 0 ? { from: LAST - 3, to: LAST } : {}),
      },
      measures: [['score', 'against-rest'] as const, ['score'] as const, ['score', 'change-year'] as const][
        random.whole(3)
      ]!.slice() as never,
      limit: 200,
      sparks: random.whole(4) === 0,
    };
    const taken = await timed(() => ask(engine, 'explore.table', query));
    times.push(taken);
    const kind = `${level} x ${query.columns!.map((one) => one.kind).join() || '-'}`;
    kinds[kind] = [...(kinds[kind] ?? []), taken];
  }
  console.log('views of areas, quarters, indicators');
  console.table(
    Object.fromEntries(
      [...Object.entries(kinds).sort(), ['all', times] as const].map(([kind, taken]) => [
        kind,
        spreadOf(taken),
      ]),
    ),
  );
}

function spreadOf(taken: readonly { ms: number; cpu: number }[]): Record<string, string> {
  const [ms, cpu] = [taken.map((one) => one.ms), taken.map((one) => one.cpu)];
  return {
    'p50, ms': quantile(ms, 0.5).toFixed(1),
    'p95, ms': quantile(ms, 0.95).toFixed(1),
    'longest, ms': Math.max(...ms).toFixed(0),
    'CPU p50': quantile(cpu, 0.5).toFixed(1),
    'CPU p95': quantile(cpu, 0.95).toFixed(1),
    'CPU longest': Math.max(...cpu).toFixed(0),
  };
}

try {
  const path = join(folder, 'explore.csi');
  if (existsSync(path)) await ask(engine, 'app.open', { path });
  else await build(path);
  const { schemes } = await ask(engine, 'catalog.get', {});
  const scheme = schemes.find((one) => one.regions > 0)!.id;
  console.log(`${shape.responses} responses, order: ${shape.order}`);
  const first = await timed(() =>
    ask(engine, 'explore.table', { scheme, rows: [{ kind: 'scope', level: 'region' }] }),
  );
  console.log(`first table after opening: ${first.ms.toFixed(0)} ms`);
  if (options.only === undefined || options.only === 'views') await measureViews(scheme);
  if (options.only === undefined || options.only === 'slices') await measureSlices(scheme);
} finally {
  await engine.close();
  if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
