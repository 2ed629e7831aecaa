// Slices by what respondents answered, as a question to the free analysis and in SQL, and whether both say the same.
import type { ExploreDimension, ExploreQueryInput } from '../../../shared/calls/explore.ts';
import type { CallOutput } from '../../../shared/contract.ts';
import { ATTRIBUTE_LEVELS, FIRST_QUARTER, ITEMS, QUARTERS } from '../answer-layouts/sample.ts';
import { CHOICES } from './sample.ts';

type Query = Omit<ExploreQueryInput, 'scheme'>;
type Group = (number | bigint)[];

export interface Slice {
  title: string;
  query: Query;
  /** Ways to ask DuckDB, of which the fastest counts: keys of the groups, then the mean on 0-100 and the base. */
  sql: string[];
  /** What a group of DuckDB's says of cells, where that is more than its keys and one mean. */
  cells?(group: readonly number[]): { key: readonly number[]; values: number[] }[];
}

const LAST = FIRST_QUARTER + QUARTERS - 1;
const by = (a: number): ExploreDimension => ({ kind: 'attribute', code: `a${a}` });
const byReason: ExploreDimension = { kind: 'attribute', code: 'reasons' };
const byQuarter: ExploreDimension = { kind: 'time', grain: 'quarter' };
const score100 = (item: number) => `((q${item} - 1) / 9.0 * 100)`;
const everyQuarter = { from: FIRST_QUARTER, to: LAST };
const lastYear = { from: LAST - 3, to: LAST };
const inLastYear = `quarter BETWEEN ${lastYear.from} AND ${lastYear.to}`;

/** The same as a table of respondents with one column says it: the index, by the weights of what was answered. */
export const SAMPLED = (() => {
  const answered = Array.from({ length: ITEMS }, (_, i) => i);
  const sum = answered.map((i) => `coalesce(${1 + (i % 4)} * ${score100(i)}, 0)`).join(' + ');
  const weights = answered.map((i) => `if(q${i} IS NULL, 0, ${1 + (i % 4)})`).join(' + ');
  return `(${sum}) / (${weights}) >= 60 - 1e-9`;
})();

interface SqlOptions {
  where?: string;
  weight?: string;
  /** Another sum beside the mean, from the weight `w`, the answer `q` and the row's own condition. */
  extra?: string;
}

/** In two ways, of which the yardstick is the faster: in one step, or as a histogram that is summed up. */
function itemSql(
  item: number,
  keys: string[],
  { where = 'true', weight = 'w', extra = 'NULL' }: SqlOptions = {},
): string[] {
  const x = score100(item);
  const rows = `FROM r WHERE q${item} IS NOT NULL AND ${where}`;
  const named = keys.map((key, k) => `${key} AS k${k}`).join(', ');
  const names = keys.map((_, k) => `k${k}`).join(', ');
  const places = keys.map((_, k) => k + 1).join(', ');
  const sums = (w: string, ww: string, n: string) =>
    `sum(${w} * ${x}) / sum(${w}), ${n}, ${extra.replaceAll('$w', w).replaceAll('$q', `q${item}`)},
      sum(${w}), ${ww}, sum(${w} * ${x} * ${x})`;
  return [
    `SELECT ${named}, ${sums(weight, `sum(${weight} * ${weight})`, 'count(*)::DOUBLE')} ${rows} GROUP BY ${places}`,
    `SELECT ${names}, ${sums('s', 'sum(ss)', 'sum(n)')}
      FROM (SELECT ${named}, q${item}, count(*)::DOUBLE AS n, sum(${weight}) AS s, sum(${weight} * ${weight}) AS ss
        ${rows} GROUP BY ALL)
      GROUP BY ${places}`,
  ];
}

/** By each of several ticks: every row as often as it ticked, or a histogram of the combinations that is spread. */
function choiceSql(item: number, keys: string[]): string[] {
  const x = score100(item);
  const choices = `(SELECT unnest(range(${CHOICES})) AS choice)`;
  const names = ['choice', ...keys].join(', ');
  return [
    `SELECT ${names}, sum(w * ${x}) / sum(w), count(*)::DOUBLE, sum(w), sum(w * w), sum(w * ${x} * ${x})
      FROM r, ${choices} WHERE q${item} IS NOT NULL AND (reasons >> choice) & 1 = 1 GROUP BY ALL`,
    `SELECT ${names}, sum(s * ${x}) / sum(s), sum(n), sum(s), sum(ss), sum(s * ${x} * ${x})
      FROM (SELECT ${['reasons', ...keys].join(', ')}, q${item}, count(*)::DOUBLE AS n, sum(w) AS s, sum(w * w) AS ss
        FROM r WHERE q${item} IS NOT NULL GROUP BY ALL), ${choices}
      WHERE (reasons >> choice) & 1 = 1 GROUP BY ${['choice', ...keys].map((_, k) => k + 1).join(', ')}`,
  ];
}

/**
 * All five sums of every item, as a figure with its margin needs them, with what the answer is made of them. Written in
 * two ways, of which the yardstick is the faster: a filter on each aggregate, or zeros for what is missing.
 */
function itemsSql(keys: string[], answer: string, where: string): string[] {
  const filtered = (i: number) => {
    const given = `FILTER (q${i} IS NOT NULL)`;
    return `sum(w * q${i}) AS x${i}, sum(w) ${given} AS w${i}, sum(w * w) ${given} AS v${i}, sum(w * q${i} * q${i}) AS y${i}, count(q${i}) AS n${i}`;
  };
  const zeroed = (i: number) => {
    const own = `if(q${i} IS NULL, 0.0, w)`;
    return `sum(w * q${i}) AS x${i}, sum(${own}) AS w${i}, sum(${own} * ${own}) AS v${i}, sum(w * q${i} * q${i}) AS y${i}, count(q${i}) AS n${i}`;
  };
  const names = keys.map((_, k) => `k${k}`);
  return [filtered, zeroed].map(
    (sums) => `SELECT ${names.join(', ')}, ${answer}, sums.* EXCLUDE (${names.join(', ')})
    FROM (SELECT ${keys.map((key, k) => `${key} AS k${k}`).join(', ')}, ${Array.from({ length: ITEMS }, (_, i) => sums(i)).join(', ')}
      FROM r WHERE ${where} GROUP BY ${keys.map((_, k) => k + 1).join(', ')}) AS sums`,
  );
}

/** The index itself is a sum over columns. */
function indexSql(keys: string[], where = 'true'): string[] {
  const weights = Array.from({ length: ITEMS }, (_, i) => 1 + (i % 4));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const whole = weights.map((weight, i) => `${weight / total} * (x${i} / w${i} - 1) / 9 * 100`).join(' + ');
  return itemsSql(keys, `${whole}, greatest(${weights.map((_, i) => `n${i}`).join(', ')})::DOUBLE`, where);
}

/** Every item for itself. */
function everyItemSql(keys: string[], where = 'true'): string[] {
  const means = Array.from({ length: ITEMS }, (_, i) => `(x${i} / w${i} - 1) / 9 * 100`);
  return itemsSql(keys, means.join(', '), where);
}

function plainSlices(): Slice[] {
  return [
    ...[0, 2, 5].map((a) => ({
      title: `item by attribute of ${ATTRIBUTE_LEVELS[a]}, all quarters`,
      query: { rows: [by(a)], filters: { ...everyQuarter, indicator: `Q${a}` } },
      sql: itemSql(a, [`a${a}`]),
    })),
    {
      title: 'item by attribute of 7, last 4 quarters',
      query: { rows: [by(2)], filters: { ...lastYear, indicator: 'Q7' } },
      sql: itemSql(7, ['a2'], { where: inLastYear }),
    },
    {
      title: 'item by attributes of 7 x 12, all quarters',
      query: { rows: [by(2)], columns: [by(3)], filters: { ...everyQuarter, indicator: 'Q8' } },
      sql: itemSql(8, ['a2', 'a3']),
    },
    {
      title: 'item by attributes of 7 x 12 x quarter',
      query: { rows: [by(2), by(3)], columns: [byQuarter], filters: { ...everyQuarter, indicator: 'Q8' } },
      sql: itemSql(8, ['a2', 'a3', 'quarter']),
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
      sql: itemSql(9, ['a3'], { where: `${inLastYear} AND a1 IN (0, 1) AND a0 = 1` }),
    },
    {
      title: 'item by attribute of 5 x quarter',
      query: { rows: [by(1)], columns: [byQuarter], filters: { ...everyQuarter, indicator: 'Q10' } },
      sql: itemSql(10, ['a1', 'quarter']),
    },
    {
      title: 'item by attribute of 40 in 5 bands',
      query: {
        rows: [{ kind: 'attribute', code: 'a5', bands: [8, 16, 24, 32] }],
        filters: { ...everyQuarter, indicator: 'Q5' },
      },
      sql: itemSql(5, ['a5 // 8']),
    },
    {
      title: 'item by attribute of 5 x city of 120',
      query: {
        rows: [{ kind: 'scope', level: 'city' }],
        columns: [by(1)],
        filters: { ...everyQuarter, indicator: 'Q11' },
        limit: 10_000,
      },
      sql: itemSql(11, ['city', 'a1']),
    },
    {
      title: 'item by attribute of 5 x dealer of 600',
      query: {
        rows: [{ kind: 'scope', level: 'dealer' }],
        columns: [by(1)],
        filters: { ...everyQuarter, indicator: 'Q11' },
        limit: 10_000,
      },
      sql: itemSql(11, ['dealer', 'a1']),
    },
    {
      title: 'item by several reasons of 6',
      query: { rows: [byReason], filters: { ...everyQuarter, indicator: 'Q12' } },
      sql: choiceSql(12, []),
    },
    {
      title: 'item by several reasons of 6 x attribute of 12',
      query: { rows: [byReason], columns: [by(3)], filters: { ...everyQuarter, indicator: 'Q12' } },
      sql: choiceSql(12, ['a3']),
    },
  ];
}

function measuredSlices(): Slice[] {
  const isNow = `quarter >= ${lastYear.from}`;
  return [
    {
      title: 'item with its share of satisfied by attribute of 12',
      query: {
        rows: [by(3)],
        filters: { ...everyQuarter, indicator: 'Q13' },
        measures: ['score', 'satisfied'],
      },
      sql: itemSql(13, ['a3'], { extra: '100 * sum(if($q >= 8, $w, 0)) / sum($w)' }),
      cells: ([key, mean, , satisfied]) => [{ key: [key!], values: [mean!, satisfied!] }],
    },
    {
      title: 'item with its change from the year before by attribute of 7',
      query: {
        rows: [by(2)],
        filters: { ...lastYear, indicator: 'Q14' },
        measures: ['score', 'change-year'],
      },
      sql: itemSql(14, ['a2', isNow], { where: `quarter >= ${lastYear.from - 4}` }),
      cells: ([key, now, mean]) => (now ? [{ key: [key!], values: [mean!] }] : []),
    },
  ];
}

function indexSlices(): Slice[] {
  return [
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
    {
      title: 'index of 30 items by dealer of 600, filtered by an attribute',
      query: {
        rows: [{ kind: 'scope', level: 'dealer' }],
        filters: { ...everyQuarter, attributes: [{ code: 'a0', values: ['1'] }] },
        limit: 10_000,
      },
      sql: indexSql(['dealer'], 'a0 = 1'),
    },
    {
      title: '30 items by attribute of 7, last 4 quarters',
      query: { rows: [by(2)], columns: [{ kind: 'indicator', show: 'items' }], filters: lastYear },
      sql: everyItemSql(['a2'], inLastYear),
      cells: ([key, ...means]) =>
        means.slice(0, ITEMS).map((mean, item) => ({ key: [key!, item], values: [mean] })),
    },
  ];
}

/** On a sample of those satisfied overall, and with other weights. */
function basisSlices(sample: number, weighting: number): Slice[] {
  return [
    {
      title: 'item by attribute of 7 in a sample of the satisfied',
      query: { rows: [by(2)], filters: { ...everyQuarter, indicator: 'Q15' }, basis: { sample } },
      sql: [...itemSql(15, ['a2'], { where: 'sampled' }), ...itemSql(15, ['a2'], { where: SAMPLED })],
    },
    {
      title: 'item by attribute of 7 with raked weights',
      query: { rows: [by(2)], filters: { ...everyQuarter, indicator: 'Q16' }, basis: { weighting } },
      sql: itemSql(16, ['a2'], { weight: 'rw' }),
    },
  ];
}

export function slicesOf(sample: number, weighting: number): Slice[] {
  return [...plainSlices(), ...measuredSlices(), ...indexSlices(), ...basisSlices(sample, weighting)];
}

/** Every shown cell of the table against DuckDB's group. */
export function compare(
  { title, query, cells }: Slice,
  table: CallOutput<'explore.table'>,
  groups: readonly Group[],
): void {
  const keys = (query.rows?.length ?? 0) + (query.columns?.length ?? 0);
  const own = (group: readonly number[]) => [{ key: group.slice(0, keys), values: [group[keys]!] }];
  const known = new Map(
    groups
      .flatMap((group) => (cells ?? own)(group.map(Number)))
      .map(({ key, values }) => [key.join(), values]),
  );
  let checked = 0;
  table.rows.forEach((row, r) => {
    table.columns.forEach((column, c) => {
      if (row.kind !== 'member' || (column.kind !== 'member' && table.columnHeads.length > 0)) return;
      const cell = table.cells[r]![c];
      if (!cell?.score) return;
      const labels = [...row.labels, ...(table.columnHeads.length > 0 ? column.labels : [])];
      const places = labels.map(({ en }) => keyOf(en));
      // Those who gave no answer are a row for whoever reads the table; SQL was asked for the choices alone.
      if (places.includes('')) return;
      const key = places.join();
      for (const [m, expected] of (known.get(key) ?? [Number.NaN]).entries())
        if (!(Math.abs(expected - cell.values[m]!) <= 1e-6))
          throw new Error(`${title}: ${key} is ${cell.values[m]} instead of ${expected}`);
      checked++;
    });
  });
  if (checked === 0) throw new Error(`${title}: nothing to compare`);
}

/** A label as DuckDB has it: a quarter, a band by its place, else the number in a name. */
function keyOf(label: string): string {
  if (/^\d{4}Q\d$/.test(label)) return String(Number(label.slice(0, 4)) * 4 + Number(label.slice(5)) - 1);
  if (label.startsWith('Below')) return '0';
  const band = /^(\d+) (to below|and above)/.exec(label);
  return band ? String(Number(band[1]) / 8) : label.replace(/^\D+/, '');
}
