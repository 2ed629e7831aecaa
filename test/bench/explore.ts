/**
 * The free analysis on many respondents, through the engine's own call on a database that was imported from files:
 * views of areas, quarters and indicators, and slices by answers against DuckDB on the same respondents in the same
 * run. Figures must be equal. `node test/bench/explore.ts [--responses 200000] [--order waves|shuffled] [--keep folder]
 * [--only views|slices]`
 */

import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import type { ExploreDimension, ExploreQueryInput } from '../../shared/calls/explore.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/contract.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import type { StudyMappingInput } from '../../shared/domain/study-mapping.ts';
import { seededRandom } from '../../shared/math/random.ts';
import { duckdb } from './answer-layouts/duckdb.ts';
import {
  ATTRIBUTE_LEVELS,
  FIRST_QUARTER,
  forEachRow,
  ITEMS,
  QUARTERS,
  type SampleShape,
} from './answer-layouts/sample.ts';

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
const REGIONS = 7;
const PROVINCES = 31;
const CITIES = 120;

const mapping: StudyMappingInput = {
  version: 1,
  study: { code: 'bench', channel: 'in-house', name: { zh: '测试', en: 'Bench' } },
  kind: 'responses',
  questionnaire: '1',
  period: { kind: 'quarter', column: 'quarter' },
  place: {
    dealerCode: { column: 'dealer' },
    city: { column: 'city' },
    province: { column: 'province' },
    region: { column: 'region' },
    geography: 'free',
    scheme: { code: 'sales', name: { zh: '大区', en: 'Regions' } },
  },
  weight: { column: 'weight' },
  items: Array.from({ length: ITEMS }, (_, i) => ({
    column: `q${i}`,
    indicator: `Q${i}`,
    scale: { min: 1, max: 10 },
  })),
  attributes: ATTRIBUTE_LEVELS.map((_, a) => ({
    column: `a${a}`,
    code: `a${a}`,
    label: { zh: `属性${a}`, en: `Attribute ${a}` },
  })),
  indicators: [
    { code: 'INDEX', role: 'index', name: { zh: '总体', en: 'Index' } },
    ...Array.from({ length: 5 }, (_, f) => ({
      code: `F${f}`,
      role: 'factor' as const,
      parent: 'INDEX',
      name: { zh: `因子${f}`, en: `Factor ${f}` },
    })),
    ...Array.from({ length: ITEMS }, (_, i) => ({
      code: `Q${i}`,
      role: 'item' as const,
      parent: `F${i % 5}`,
      name: { zh: `题${i}`, en: `Item ${i}` },
      weight: 1 + (i % 4),
    })),
  ],
};

async function writeWave(path: string, wave: number): Promise<void> {
  const out = createWriteStream(path);
  const heads = ['dealer', 'city', 'province', 'region', 'quarter', 'weight'];
  const columns = [
    ...heads,
    ...ATTRIBUTE_LEVELS.map((_, a) => `a${a}`),
    ...Array.from({ length: ITEMS }, (_, i) => `q${i}`),
  ];
  let text = `${columns.join(',')}\n`;
  const parts: string[] = [];
  forEachRow(shape, wave, ({ dealer, quarter, weight, codes, answers }) => {
    const city = dealer % CITIES;
    const province = city % PROVINCES;
    text += `D${dealer},C${city},P${province},R${province % REGIONS},${formatQuarter(quarter)},${weight},${codes.join(',')},${answers.map((answer) => answer ?? '').join(',')}\n`;
    if (text.length < 1 << 20) return;
    parts.push(text);
    text = '';
  });
  for (const part of [...parts, text]) if (!out.write(part)) await once(out, 'drain');
  out.end();
  await once(out, 'close');
}

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
    await writeWave(file, wave);
    await ask(engine, 'import.commit', { path: file, mapping });
    rmSync(file);
  }
  console.log(
    `imported ${shape.responses} responses in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`,
  );
  await duckdb.load(folder, shape);
}

interface Slice {
  title: string;
  query: Omit<ExploreQueryInput, 'scheme'>;
  /** Ways to ask DuckDB, of which the fastest counts: keys of the groups, then the mean on 0-100 and the base. */
  sql: string[];
}

const by = (a: number): ExploreDimension => ({ kind: 'attribute', code: `a${a}` });

/** In two ways, of which the yardstick is the faster: in one step, or as a histogram that is summed up. */
function itemSql(item: number, keys: string[], where = 'true'): string[] {
  const x = `((q${item} - 1) / 9.0 * 100)`;
  const rows = `FROM r WHERE q${item} IS NOT NULL AND ${where}`;
  const names = keys.join(', ');
  return [
    `SELECT ${names}, sum(w * ${x}) / sum(w), count(*)::DOUBLE, sum(w), sum(w * w), sum(w * ${x} * ${x}) ${rows} GROUP BY ALL`,
    `SELECT ${names}, sum(s * ${x}) / sum(s), sum(n), sum(s), sum(ss), sum(s * ${x} * ${x})
      FROM (SELECT ${names}, q${item}, count(*)::DOUBLE AS n, sum(w) AS s, sum(w * w) AS ss ${rows} GROUP BY ALL)
      GROUP BY ${keys.map((_, k) => k + 1).join(', ')}`,
  ];
}

/**
 * All five sums of every item, as the index with its margin needs them; the index itself is a sum over columns. Written
 * in two ways, of which the yardstick is the faster: a filter on each aggregate, or zeros for what is missing.
 */
function indexSql(keys: string[], where = 'true'): string[] {
  const filtered = (i: number) => {
    const given = `FILTER (q${i} IS NOT NULL)`;
    return `sum(w * q${i}) AS x${i}, sum(w) ${given} AS w${i}, sum(w * w) ${given} AS v${i}, sum(w * q${i} * q${i}) AS y${i}, count(q${i}) AS n${i}`;
  };
  const zeroed = (i: number) => {
    const own = `if(q${i} IS NULL, 0.0, w)`;
    return `sum(w * q${i}) AS x${i}, sum(${own}) AS w${i}, sum(${own} * ${own}) AS v${i}, sum(w * q${i} * q${i}) AS y${i}, count(q${i}) AS n${i}`;
  };
  const weights = Array.from({ length: ITEMS }, (_, i) => 1 + (i % 4));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const whole = weights.map((weight, i) => `${weight / total} * (x${i} / w${i} - 1) / 9 * 100`).join(' + ');
  const names = keys.map((_, k) => `k${k}`);
  return [filtered, zeroed].map(
    (
      sums,
    ) => `SELECT ${names.join(', ')}, ${whole}, greatest(${weights.map((_, i) => `n${i}`).join(', ')})::DOUBLE, sums.* EXCLUDE (${names.join(', ')})
    FROM (SELECT ${keys.map((key, k) => `${key} AS k${k}`).join(', ')}, ${weights.map((_, i) => sums(i)).join(', ')}
      FROM r WHERE ${where} GROUP BY ${keys.map((_, k) => k + 1).join(', ')}) AS sums`,
  );
}

const lastYear = { from: LAST - 3, to: LAST };
const everyQuarter = { from: FIRST_QUARTER, to: LAST };
const inLastYear = `quarter BETWEEN ${lastYear.from} AND ${lastYear.to}`;

const SLICES: Slice[] = [
  ...[0, 2, 5].map((a) => ({
    title: `item by attribute of ${ATTRIBUTE_LEVELS[a]}, all quarters`,
    query: { rows: [by(a)], filters: { ...everyQuarter, indicator: `Q${a}` } },
    sql: itemSql(a, [`a${a}`]),
  })),
  {
    title: 'item by attribute of 7, last 4 quarters',
    query: { rows: [by(2)], filters: { ...lastYear, indicator: 'Q7' } },
    sql: itemSql(7, ['a2'], inLastYear),
  },
  {
    title: 'item by attributes of 7 x 12, all quarters',
    query: { rows: [by(2)], columns: [by(3)], filters: { ...everyQuarter, indicator: 'Q8' } },
    sql: itemSql(8, ['a2', 'a3']),
  },
  {
    title: 'item by attribute of 12, filtered by two others and 4 quarters',
    query: {
      rows: [by(3)],
      filters: {
        ...lastYear,
        indicator: 'Q9',
        attributes: [
          { code: 'a1', values: ['0', '1'] },
          { code: 'a0', values: ['1'] },
        ],
      },
    },
    sql: itemSql(9, ['a3'], `${inLastYear} AND a1 IN (0, 1) AND a0 = 1`),
  },
  {
    title: 'item by attribute of 5 x quarter',
    query: {
      rows: [by(1)],
      columns: [{ kind: 'time', grain: 'quarter' }],
      filters: { ...everyQuarter, indicator: 'Q10' },
    },
    sql: itemSql(10, ['a1', 'quarter']),
  },
  {
    title: 'item by attribute of 5 x dealer of 600, all quarters',
    query: {
      rows: [{ kind: 'scope', level: 'dealer' }],
      columns: [by(1)],
      filters: { ...everyQuarter, indicator: 'Q11' },
      limit: 10_000,
    },
    sql: itemSql(11, ['dealer', 'a1']),
  },
  {
    title: 'index of 30 items by attribute of 7, all quarters',
    query: { rows: [by(2)], filters: everyQuarter },
    sql: indexSql(['a2']),
  },
  {
    title: 'index of 30 items by attribute of 7, last 4 quarters',
    query: { rows: [by(2)], filters: lastYear },
    sql: indexSql(['a2'], inLastYear),
  },
  {
    title: 'index of 30 items by attributes of 5 x 12, filtered by another',
    query: {
      rows: [by(1)],
      columns: [by(3)],
      filters: { ...everyQuarter, attributes: [{ code: 'a0', values: ['1'] }] },
    },
    sql: indexSql(['a1', 'a3'], 'a0 = 1'),
  },
];

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
  for (const { title, query, sql } of SLICES) {
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
      if (run === 0) compare(title, answer.value.value, other.value as (number | bigint)[][], query);
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

/** Every shown cell of the table against DuckDB's group. */
function compare(
  title: string,
  table: CallOutput<'explore.table'>,
  groups: (number | bigint)[][],
  query: Slice['query'],
): void {
  const keys = (query.rows?.length ?? 0) + (query.columns?.length ?? 0);
  const known = new Map(
    groups.map((group) => [group.slice(0, keys).map(String).join(), Number(group[keys])]),
  );
  let checked = 0;
  table.rows.forEach((row, r) => {
    table.columns.forEach((column, c) => {
      if (row.kind !== 'member' || (column.kind !== 'member' && table.columnHeads.length > 0)) return;
      const cell = table.cells[r]![c];
      if (!cell?.score) return;
      const names = [...row.labels, ...(table.columnHeads.length > 0 ? column.labels : [])].map(
        (label) => label.en,
      );
      const key = names
        .map((name) => (/^\d{4}Q\d$/.test(name) ? quarterKey(name) : name.replace(/^D/, '')))
        .join();
      const expected = known.get(key);
      if (expected === undefined || Math.abs(expected - cell.values[0]!) > 1e-6)
        throw new Error(`${title}: ${key} is ${cell.values[0]} instead of ${expected}`);
      checked++;
    });
  });
  if (checked === 0) throw new Error(`${title}: nothing to compare`);
}

function quarterKey(text: string): string {
  return String(Number(text.slice(0, 4)) * 4 + Number(text.slice(5)) - 1);
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
        ...(random.whole(2) === 0 ? lastYear : {}),
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
  if (options.only !== 'slices') await measureViews(scheme);
  if (options.only !== 'views') await measureSlices(scheme);
} finally {
  await engine.close();
  if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
