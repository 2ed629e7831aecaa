import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DateRule, parseDate, parseTime } from '../../../electron/engine/importers/dates.ts';
import { openTable } from '../../../electron/engine/importers/registry.ts';
import type { RawCell } from '../../../electron/engine/importers/table.ts';
import {
  type Parsed,
  parseNumber,
  parseScore,
  parseWeight,
} from '../../../electron/engine/importers/values.ts';
import { REAL_DATA } from '../../support/real-data.ts';

const DATA = REAL_DATA;
const missing = !existsSync(DATA);
if (missing) console.warn('The folder of real input is absent: its files were not read.');
const today = '2026-11-21';

interface Columns {
  headers: readonly string[];
  rows: (readonly RawCell[])[];
}

async function read(file: string): Promise<Columns> {
  const table = await openTable(join(DATA, file));
  const rows: (readonly RawCell[])[] = [];
  for await (const { cells, issues } of table.rows()) {
    expect(issues).toBeUndefined();
    rows.push(cells);
  }
  await table.close();
  expect(rows).toHaveLength(table.rowCount!);
  // None of these files breaks a line inside a cell, so its lines count its rows.
  const lines = readFileSync(join(DATA, file), 'utf8').split(/\r?\n/);
  expect(rows).toHaveLength(lines.filter((line) => line !== '').length - 1);
  return { headers: table.headers, rows };
}

function outcomes<T>({ headers, rows }: Columns, header: string, parse: (cell: RawCell) => Parsed<T>) {
  const column = headers.indexOf(header);
  expect(column).toBeGreaterThanOrEqual(0);
  const parsed = rows.map((cells) => parse(cells[column]!));
  return {
    values: parsed.flatMap((each) => (each.kind === 'value' ? [each.value] : [])),
    bad: [...new Set(parsed.flatMap((each) => (each.kind === 'bad' ? [`${each.code} ${each.value}`] : [])))],
  };
}

const AIRPORT: [number, DateRule, string, string][] = [
  [2013, { today, dayOf: '2013-05' }, '2013-05-01', '2013-05-20'],
  [2014, { today, dayOf: '2014-09' }, '2014-09-01', '2014-09-30'],
  [2015, { today, dayOf: '2015-05' }, '2015-05-01', '2015-05-30'],
  [2016, { today, order: 'month-first' }, '2016-05-01', '2016-05-31'],
];

test.skipIf(missing).each(AIRPORT)(
  'airport survey %i: every date, time and weight is read',
  async (year, rule, from, to) => {
    const columns = await read(`airport-survey/${year}_SFO_Customer_Survey_20250817.csv`);
    const dates = outcomes(columns, 'INTDATE', (cell) => parseDate(cell, rule));
    const days = dates.values.map(({ iso }) => iso).sort();
    expect(dates.bad).toEqual([]);
    expect(days[0]! >= from && days.at(-1)! <= to).toBe(true);
    expect(outcomes(columns, 'DEPTIME', parseTime).bad).toEqual([]);
    expect(outcomes(columns, 'ARRTIME', parseTime).bad).toEqual(['date-unreadable N']);
    const weights = outcomes(columns, 'WEIGHT', (cell) => parseWeight(cell));
    expect(weights.bad).toEqual([]);
    expect(weights.values).toHaveLength(columns.rows.length);
  },
);

test.skipIf(missing)('car owner reviews: months, prices and scores are read', async () => {
  const columns = await read('car-owner-reviews/maiteng_deid.csv');
  const months = outcomes(columns, '购买时间', (cell) => parseDate(cell, { today }));
  expect(months.bad).toEqual([]);
  expect(new Set(months.values.map(({ precision }) => precision))).toEqual(new Set(['month']));
  expect(outcomes(columns, '发表日期', (cell) => parseDate(cell, { today })).bad).toEqual([]);
  const prices = outcomes(columns, '裸车价', (cell) => parseNumber(cell, { units: ['万元'] }));
  expect(prices.bad).toEqual([]);
  expect(prices.values.every((price) => price > 10 && price < 40)).toBe(true);
  expect(outcomes(columns, '内饰', (cell) => parseScore(cell, { min: 1, max: 5 })).bad).toEqual([]);
});

test.skipIf(missing)('hospital panel: identifiers keep their zeros in every quarter', async () => {
  const files = readdirSync(join(DATA, 'hospital-panel')).filter((name) => name.endsWith('.csv'));
  expect(files).toHaveLength(12);
  for (const file of files) {
    const { headers, rows } = await read(`hospital-panel/${file}`);
    const id = headers.indexOf('PROVIDER_ID');
    expect(rows.every((cells) => /^[0-9A-Z]{6}$/.test(String(cells[id])))).toBe(true);
    expect(rows.some((cells) => String(cells[id]).startsWith('0'))).toBe(true);
  }
});
