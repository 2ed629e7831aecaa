// Which way of keeping answers? Size on disk, import rate, time of a slice, memory, for four ways in SQLite and for
// DuckDB on the same respondents in the same run; every layout must give the same sums.
//   npx node test/bench/answer-layouts.ts [--responses 200000] [--order waves|shuffled] [--only packed,duckdb]
// Each layout loads and answers in processes of its own, so that memory and caches are its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { codings } from './answer-layouts/codings.ts';
import { duckdb } from './answer-layouts/duckdb.ts';
import type { BenchQueries, BenchSlice, BenchSums, Layout } from './answer-layouts/layout.ts';
import { packed } from './answer-layouts/packed.ts';
import { FIRST_QUARTER, forEachRow, QUARTERS, type SampleShape } from './answer-layouts/sample.ts';
import { blobs, long, wide } from './answer-layouts/sqlite-rows.ts';

/** The last one is the yardstick of the ratios. */
const LAYOUTS: Record<string, Layout> = { packed, wide, blobs, long, duckdb };
const ALL: [number, number] = [FIRST_QUARTER, FIRST_QUARTER + QUARTERS - 1];
const LAST_YEAR: [number, number] = [ALL[1] - 3, ALL[1]];

/** Longer than this a slice runs once, and two of six are enough. */
const PATIENCE_MS = 1000;

/** Six attributes with an item each, so that the first pass finds every one of them cold. */
const SLICES: Record<string, BenchSlice[]> = {
  'attribute, 12 of 12 quarters': eachAttribute(0, ALL),
  'attribute, 4 of 12 quarters': eachAttribute(6, LAST_YEAR),
  'dealer, 12 of 12 quarters': eachItem(12, ALL),
  'dealer, 4 of 12 quarters': eachItem(18, LAST_YEAR),
};

interface Timing {
  /**
   * Milliseconds, medians over the slices: first touch in a new process, and the best of up to 20 runs in a second,
   * which says most on a machine that others use too.
   */
  first: number;
  best: number;
  worst: number;
}

interface Report {
  seconds: number;
  peakMb: number;
  timings: Record<string, Timing>;
  /** By slice, then by group. */
  sums: Record<string, [key: number, sums: number[]][]>;
}

interface Outcome {
  load: Report;
  query: Report;
  mb: number;
}

function eachAttribute(firstItem: number, quarters: [number, number]): BenchSlice[] {
  return Array.from({ length: 6 }, (_, a) => ({ item: firstItem + a, by: a, quarters }));
}

function eachItem(firstItem: number, quarters: [number, number]): BenchSlice[] {
  return Array.from({ length: 6 }, (_, i) => ({
    item: firstItem + i,
    by: 'dealer',
    quarters,
  }));
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

async function timeSlices(queries: BenchQueries): Promise<Pick<Report, 'timings' | 'sums'>> {
  const timings: Record<string, Timing> = {};
  const sums: Report['sums'] = {};
  for (const [name, slices] of Object.entries(SLICES)) {
    const first: number[] = [];
    const best: number[] = [];
    for (const slice of slices) {
      if (first.length > 1 && median(first) > PATIENCE_MS) break;
      const { runs, result } = await timeSlice(queries, slice);
      first.push(runs[0]!);
      best.push(Math.min(...runs));
      sums[`${name}, item ${slice.item}`] = [...result].sort((a, b) => a[0] - b[0]);
    }
    timings[name] = { first: median(first), best: median(best), worst: Math.max(...best) };
  }
  return { timings, sums };
}

async function timeSlice(
  queries: BenchQueries,
  slice: BenchSlice,
): Promise<{ runs: number[]; result: BenchSums }> {
  const runs: number[] = [];
  const until = performance.now() + PATIENCE_MS;
  let result: BenchSums = new Map();
  while (runs.length < 1 || (runs.length < 20 && performance.now() < until)) {
    const start = performance.now();
    result = await queries.slice(slice);
    runs.push(performance.now() - start);
  }
  return { runs, result };
}

async function child(phase: string, layout: Layout, folder: string, shape: SampleShape): Promise<Report> {
  const start = performance.now();
  let answers: Pick<Report, 'timings' | 'sums'> = { timings: {}, sums: {} };
  if (phase === 'load') await layout.load(folder, shape);
  else if (phase === 'compact') await layout.compact?.(folder);
  else {
    const queries = await layout.open(folder);
    answers = await timeSlices(queries);
    queries.close();
  }
  const seconds = (performance.now() - start) / 1000;
  return { seconds, peakMb: process.resourceUsage().maxRSS / 1024, ...answers };
}

function spawnPhase(phase: string, name: string, folder: string, shape: SampleShape): Report {
  const args = [import.meta.filename, '--phase', phase, '--only', name, '--folder', folder];
  args.push('--responses', String(shape.responses), '--order', shape.order);
  const { stdout, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${phase} of ${name} ended with ${status}`);
  return JSON.parse(stdout) as Report;
}

function megabytesIn(folder: string): number {
  const bytes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  return bytes.reduce((sum, size) => sum + size, 0) / 1e6;
}

function requireSameSums(name: string, sums: Report['sums'], expected: Report['sums']): void {
  const close = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.abs(a);
  for (const [slice, groups] of Object.entries(sums)) {
    const others = expected[slice] ?? groups;
    const same =
      groups.length === others.length &&
      groups.every(([key, values], g) => {
        const [otherKey, otherValues] = others[g]!;
        return key === otherKey && values.every((value, k) => close(value, otherValues[k]!));
      });
    if (!same) throw new Error(`${name} differs in: ${slice}`);
  }
}

function secondsToGenerate(shape: SampleShape): number {
  const start = performance.now();
  for (let wave = 0; wave < QUARTERS; wave++) forEachRow(shape, wave, () => {});
  return (performance.now() - start) / 1000;
}

function compare(names: readonly string[], shape: SampleShape): void {
  const generating = secondsToGenerate(shape);
  const reports = new Map<string, Outcome>();
  for (const name of names) {
    const folder = mkdtempSync(join(tmpdir(), `answer-layouts-${name}-`));
    try {
      const load = spawnPhase('load', name, folder, shape);
      spawnPhase('compact', name, folder, shape);
      const mb = megabytesIn(folder);
      const query = spawnPhase('query', name, folder, shape);
      reports.set(name, { load, query, mb });
      requireSameSums(name, query.sums, reports.get(names[0]!)!.query.sums);
      console.log(`${LAYOUTS[name]!.title}: loaded in ${load.seconds.toFixed(1)} s`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  console.log(
    `\n${shape.responses} responses, order: ${shape.order}; in brackets: against ${[...reports.keys()].at(-1)}`,
  );
  printTable(reports, shape.responses, generating);
}

/** A slice reads "best, slowest of six, first touch"; its ratio is of the first of these. */
function printTable(reports: ReadonlyMap<string, Outcome>, responses: number, generating: number): void {
  const base = [...reports.values()].at(-1)!;
  const row = (of: (outcome: Outcome) => number, more: (outcome: Outcome) => number[] = () => []) =>
    Object.fromEntries(
      [...reports].map(([name, outcome]) => {
        const texts = [of(outcome), ...more(outcome)].map((value) => String(Number(value.toPrecision(3))));
        return [name, `${texts.join(', ')} (${(of(outcome) / of(base)).toFixed(2)}x)`];
      }),
    );
  const rows: Record<string, Record<string, string>> = {
    'disk, MB': row((r) => r.mb),
    'import, 1000 responses/s': row((r) => responses / 1000 / (r.load.seconds - generating)),
    'peak memory of import, MB': row((r) => r.load.peakMb),
    'peak memory of slices, MB': row((r) => r.query.peakMb),
  };
  for (const name of Object.keys(SLICES))
    rows[`${name}, ms`] = row(
      (r) => r.query.timings[name]!.best,
      (r) => [r.query.timings[name]!.worst, r.query.timings[name]!.first],
    );
  console.table(rows);
}

const { values: options } = parseArgs({
  options: {
    responses: { type: 'string', default: '200000' },
    order: { type: 'string', default: 'waves' },
    only: { type: 'string', default: Object.keys(LAYOUTS).join(',') },
    phase: { type: 'string' },
    folder: { type: 'string' },
  },
});
const shape: SampleShape = {
  responses: Number(options.responses),
  order: options.order === 'shuffled' ? 'shuffled' : 'waves',
};
if (options.phase && options.folder) {
  const report = await child(options.phase, LAYOUTS[options.only]!, options.folder, shape);
  process.stdout.write(JSON.stringify(report));
} else {
  compare(options.only.split(','), shape);
  codings(shape);
}
