import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quarterOf } from '../../../../shared/domain/quarter.ts';
import { testSession } from '../../../support/engine-session.ts';
import { hasRealData, REAL_DATA } from '../../../support/real-data.ts';

const PRICES = ['12.80万元', '¥180,000', '15-20万', '22.00万元', '260000', '面议', '18.5万', '31万元以上'];

function survey(): string {
  const rows = Array.from({ length: 160 }, (_, i) => {
    const price = i < 8 ? PRICES[i]! : `${(12 + (i % 40) * 0.5).toFixed(2)}万元`;
    const age = i % 20 === 0 ? `${20 + (i % 45)}岁` : String(20 + (i % 45));
    return `D${i % 4},上海,2026-05-10,${6 + (i % 5)},${5 + (i % 6)},${price},${age}`;
  });
  return [
    '经销商代码,城市,日期,总体满意度,服务满意度,裸车价,年龄',
    ...rows.map((row) => row.replace(/¥180,000/, '"¥180,000"')),
  ].join('\n');
}

test('prices and ages come in as bands that read well, can be edited, and keep what the file wrote', async () => {
  const session = await testSession();
  const path = join(session.folder, '车主.csv');
  writeFileSync(path, survey());
  const preview = await session.call('import.preview', { path });
  const of = (code: string) => preview.mapping!.attributes.find((one) => one.code === code)!;
  expect(of('裸车价').bands).toEqual({ limits: [16, 20, 24, 28], unit: '万元' });
  expect(of('年龄').bands).toMatchObject({ unit: '岁' });
  expect(preview.columns.裸车价!.bands).toEqual(of('裸车价').bands);
  const at = preview.mapping!.attributes.findIndex((one) => one.code === '裸车价');
  expect(preview.rows.slice(0, 8).map(({ meaning }) => meaning!.attributes[at]!.zh)).toEqual([
    '16 万元以下',
    '16–20 万元',
    '16–20 万元',
    '20–24 万元',
    '28 万元及以上',
    '面议',
    '16–20 万元',
    '28 万元及以上',
  ]);
  const mapping = structuredClone(preview.mapping!);
  mapping.attributes[at]!.bands = { limits: [15, 25], unit: '万元' };
  await session.call('import.commit', { path, mapping, saveMappingAs: '车主' });
  const { id: scheme } = (await session.call('catalog.get', {})).schemes[0]!;
  const quarter = quarterOf(2026, 2);
  const { channel } = mapping.study;
  const filters = {
    channel,
    indicator: '总体满意度',
    attributes: [{ code: '裸车价', values: ['15-25万元'] }],
  };
  const table = await session.call('explore.table', {
    scheme,
    rows: [{ kind: 'attribute', code: '裸车价' }],
    filters: { channel, indicator: '总体满意度' },
    measures: ['n'],
  });
  expect(table.rows.map(({ labels }) => labels.at(-1)!.zh)).toEqual([
    '合计',
    '15 万元以下',
    '15–25 万元',
    '25 万元及以上',
    '面议',
  ]);
  const { attributes, ...figure } = filters;
  const trace = await session.call('trace.rows', {
    ...{ ...figure, scope: 'overall', scheme, from: quarter, to: quarter, attributes },
    offset: 0,
    limit: 5,
  });
  expect(trace.rows[0]!.attributes[trace.attributes.findIndex(({ code }) => code === '裸车价')]!.zh).toBe(
    '15–25 万元（¥180,000）',
  );
  writeFileSync(join(session.folder, '车主 2.csv'), survey().replaceAll('2026-05-10', '2026-08-10'));
  const next = await session.call('import.preview', { path: join(session.folder, '车主 2.csv') });
  expect(next.mapping!.attributes[at]!.bands).toEqual({ limits: [15, 25], unit: '万元' });
});

test.skipIf(!hasRealData())('the prices of a real file of owner reviews are banded', async () => {
  const session = await testSession();
  const path = join(REAL_DATA, 'car-owner-reviews', 'maiteng_deid.csv');
  const preview = await session.call('import.preview', { path });
  const price = preview.mapping!.attributes.find(({ column }) => column === '裸车价')!;
  expect(price.bands!.unit).toBe('万元');
  expect(price.bands!.limits.length).toBeGreaterThanOrEqual(3);
  for (const limit of price.bands!.limits) expect(limit * 2).toBe(Math.round(limit * 2));
});
