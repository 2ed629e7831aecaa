import { expect, test } from 'vitest';
import { shapedTable } from '../../../electron/engine/importers/shape.ts';
import type { RawCell, RawRow, Table } from '../../../electron/engine/importers/table.ts';
import type { Issue } from '../../../shared/domain/import-issue.ts';
import { LEFT_COLUMNS, LEFT_ROWS } from '../../../shared/domain/leave-out.ts';

const leaveOut = { rows: [...LEFT_ROWS], columns: [...LEFT_COLUMNS] };
const HEADERS = ['大区', '经销商', '2016Q1', '2016Q2', '环比', '2016Q1 样本', '2016Q2 样本', '合计'];
const CELLS: RawCell[][] = [
  ['华东', '一店', '8.1', '8.3', '0.2', '30', '31', '61'],
  ['华东', '二店', null, '7.9', null, null, '28', '28'],
  ['华东小计', null, '8.1', '8.1', '0', '30', '59', '89'],
  ['合计', null, '8.1', '8.1', '0', '30', '59', '89'],
];

function wide(headers: readonly string[], rows: readonly RawCell[][], issues: readonly Issue[] = []): Table {
  return {
    format: 'csv',
    sha256: '0',
    bytes: 0,
    headers,
    warnings: [],
    rowCount: rows.length,
    async *rows(): AsyncGenerator<RawRow> {
      for (const [i, cells] of rows.entries()) {
        const own = issues.filter((issue) => issue.row === i + 2);
        yield own.length > 0 ? { row: i + 2, cells, issues: own } : { row: i + 2, cells };
      }
    },
    close: async () => {},
  };
}

async function read(table: Table): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const row of table.rows()) rows.push(row);
  return rows;
}

test('waves side by side become one row a wave without totals, changes and waves that were not asked', async () => {
  const table = shapedTable(wide(HEADERS, CELLS), { leaveOut, unpivot: { columns: {} } });
  expect(table.headers).toEqual(['大区', '经销商', '#wave', '#value', '样本']);
  expect((await read(table)).map(({ row, cells }) => [row, ...cells])).toEqual([
    [2, '华东', '一店', '2016Q1', '8.1', '30'],
    [2, '华东', '一店', '2016Q2', '8.3', '31'],
    [3, '华东', '二店', '2016Q2', '7.9', '28'],
  ]);
  expect(table.left).toEqual({
    columns: [
      { header: '环比', rule: '*环比*' },
      { header: '合计', rule: '*合计' },
    ],
    rows: 2,
    firstRows: [
      { row: 4, text: '华东小计', rule: '*小计' },
      { row: 5, text: '合计', rule: '*合计' },
    ],
  });
  expect(table.waves).toEqual([
    { wave: '2016Q1', columns: ['2016Q1', '2016Q1 样本'] },
    { wave: '2016Q2', columns: ['2016Q2', '2016Q2 样本'] },
  ]);
});

test('reading again counts what was left out anew', async () => {
  const table = shapedTable(wide(HEADERS, CELLS), { leaveOut, unpivot: { columns: {} } });
  await read(table);
  await read(table);
  expect(table.left.rows).toBe(2);
});

test('the user overrules what a header tells', async () => {
  const said = {
    columns: {
      环比: 'keep' as const,
      合计: 'leave' as const,
      '2016Q1 样本': 'leave' as const,
      '2016Q2 样本': 'leave' as const,
      T1: { wave: '2015Q4', measure: '' },
    },
  };
  const headers = ['经销商', 'T1', '2016Q1', '环比', '合计', '2016Q1 样本', '2016Q2 样本'];
  const table = shapedTable(wide(headers, [['一店', '7', '8', '0.1', '9', '1', '2']]), {
    leaveOut: { rows: [], columns: [] },
    unpivot: said,
  });
  expect(table.headers).toEqual(['经销商', '环比', '#wave', '#value']);
  expect((await read(table)).map(({ cells }) => cells)).toEqual([
    ['一店', '0.1', '2015Q4', '7'],
    ['一店', '0.1', '2016Q1', '8'],
  ]);
});

test('one dated column alone, and a table that is long already, stay as they are', async () => {
  const layout = { unpivot: { columns: {} } };
  expect(shapedTable(wide(['经销商', '2016Q1'], []), layout).headers).toEqual(['经销商', '2016Q1']);
  const apart = ['经销商', '2016Q1 满意度', '2016Q2 推荐度'];
  expect(shapedTable(wide(apart, []), layout).headers).toEqual(apart);
  const long = ['经销商', '#wave', '2016Q1 x', '2016Q2 x'];
  expect(shapedTable(wide(long, []), layout).headers).toEqual(long);
});

test('without rules nothing is left out, and a comment never makes a total of its row', async () => {
  const headers = ['经销商', '意见'];
  const rows = [['合计', '好']];
  expect(await read(shapedTable(wide(headers, rows), {}))).toHaveLength(1);
  const said = wide(headers, [['一店', '合计']]);
  expect(await read(shapedTable(said, { leaveOut }, new Set(['意见'])))).toHaveLength(1);
  expect(await read(shapedTable(said, { leaveOut }))).toHaveLength(0);
});

test('a fault goes with the wave whose column it names, under the name in the file', async () => {
  const fault: Issue = { code: 'bad-byte', severity: 'error', row: 2, column: '2016Q2' };
  const whole: Issue = { code: 'too-few-fields', severity: 'error', row: 3 };
  const table = shapedTable(wide(HEADERS, CELLS, [fault, whole]), { leaveOut, unpivot: { columns: {} } });
  const rows = await read(table);
  expect(rows.map(({ issues }) => issues?.map(({ code }) => code))).toEqual([
    undefined,
    ['bad-byte'],
    ['too-few-fields'],
  ]);
  expect(rows[1]!.names).toEqual(['大区', '经销商', '#wave', '2016Q2', '2016Q2 样本']);
});

test('measures that share a name with a kept column stay apart', () => {
  const headers = ['样本', '2016Q1 样本', '2016Q2 样本'];
  expect(shapedTable(wide(headers, []), { unpivot: { columns: {} } }).headers).toEqual([
    '样本',
    '#wave',
    '样本 (2)',
  ]);
});
