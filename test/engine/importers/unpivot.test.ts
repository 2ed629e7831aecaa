import { expect, test } from 'vitest';
import type { RawCell, RawRow } from '../../../electron/engine/importers/table.ts';
import {
  isDeltaName,
  isTotalName,
  planUnpivot,
  unpivotedHeaders,
  unpivotRows,
  waveOf,
} from '../../../electron/engine/importers/unpivot.ts';

async function* wide(rows: RawCell[][]): AsyncGenerator<RawRow> {
  for (const [i, cells] of rows.entries()) yield { row: i + 2, cells };
}

test.each([
  ['2016Q2', '2016Q2', ''],
  ['满意度 2016年第二季度', '2016Q2', '满意度'],
  ['2016年3季度 / 推荐度', '2016Q3', '推荐度'],
  ['Q1 2017 CSI', '2017Q1', 'CSI'],
  ['2016-03', '2016-03', ''],
  ['2016年12月得分', '2016-12', '得分'],
  ['2016年', '2016', ''],
])('the header %s is the wave %s of "%s"', (header, wave, measure) => {
  expect(waveOf(header)).toEqual({ wave, measure });
});

test('headers without a year from 1990 to 2099 name no wave', () => {
  for (const header of ['经销商', '16Q2', '1234', 'Q3']) expect(waveOf(header)).toBeUndefined();
});

test('totals and changes are known by their names', () => {
  for (const name of ['合计', '华东小计', '总计', 'Total', 'Grand Total', 'Subtotal', '小\u3000计'])
    expect(isTotalName(name)).toBe(true);
  for (const name of ['总体', 'Total Motors', '小计量器店']) expect(isTotalName(name)).toBe(false);
  for (const name of ['环比', '同比(%)', 'Δ', '2016Q2 vs 2016Q1', 'YoY', '变化率'])
    expect(isDeltaName(name)).toBe(true);
  for (const name of ['满意度', '变化原因', '同城']) expect(isDeltaName(name)).toBe(false);
});

test('waves side by side become one row a wave without totals, changes and waves that were not asked', async () => {
  const headers = ['大区', '经销商', '2016Q1', '2016Q2', '环比', '2016Q1 样本', '2016Q2 样本', '合计'];
  const plan = planUnpivot(headers)!;
  expect(plan.left).toEqual([
    { column: 4, reason: 'delta' },
    { column: 7, reason: 'total' },
  ]);
  expect(unpivotedHeaders(headers, plan)).toEqual(['大区', '经销商', '#wave', '#value', '样本']);
  const rows = wide([
    ['华东', '一店', '8.1', '8.3', '0.2', '30', '31', '61'],
    ['华东', '二店', null, '7.9', null, null, '28', '28'],
    ['华东小计', null, '8.1', '8.1', '0', '30', '59', '89'],
    ['合计', null, '8.1', '8.1', '0', '30', '59', '89'],
  ]);
  const long: RawRow[] = [];
  for await (const row of unpivotRows(rows, plan)) long.push(row);
  expect(long).toEqual([
    { row: 2, cells: ['华东', '一店', '2016Q1', '8.1', '30'] },
    { row: 2, cells: ['华东', '一店', '2016Q2', '8.3', '31'] },
    { row: 3, cells: ['华东', '二店', '2016Q2', '7.9', '28'] },
  ]);
});

test('one dated column alone is no set of waves', () => {
  expect(planUnpivot(['经销商', '2016Q1'])).toBeUndefined();
  expect(planUnpivot(['经销商', '2016Q1 满意度', '2016Q2 推荐度'])).toBeUndefined();
});
