import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testSession } from '../../../support/engine-session.ts';

test('a column of dates stays one where half of its days do not exist', async () => {
  const session = await testSession();
  const rows = Array.from(
    { length: 60 },
    (_, i) => `D${i % 6},上海,${i % 2 ? '2026-13-40' : '2026-05-12'},${6 + (i % 5)}`,
  );
  const path = join(session.folder, '2026Q2.csv');
  writeFileSync(path, ['经销商代码,城市,日期,满意度', ...rows].join('\n'));
  const preview = await session.call('import.preview', { path });
  expect(preview.mapping!.period).toMatchObject({ kind: 'date', column: '日期' });
  expect(preview.counts).toMatchObject({ accepted: 30, rejected: 30 });
  expect((await session.fault('import.commit', { path })).code).toBe('import-rejected-rows');
});

test('the order of dates is told from a column with a slip in it', async () => {
  const session = await testSession();
  const days = ['n/a', ...Array.from({ length: 30 }, (_, i) => `${i % 2 ? 25 : '03'}/04/2026`)];
  const rows = days.map((day, i) => `D${i % 6},上海,${day},${6 + (i % 5)}`);
  const path = join(session.folder, 'a.csv');
  writeFileSync(path, ['经销商代码,城市,日期,满意度', ...rows].join('\n'));
  const preview = await session.call('import.preview', { path });
  expect(preview.counts).toMatchObject({ accepted: 30, rejected: 1, quarters: [{ rows: 30 }] });
});

test('an earlier mapping takes dates and dealers from the column that this file has for them, and says so', async () => {
  const session = await testSession();
  const scores = (i: number) => [6 + (i % 5), 5 + (i % 6), 7 + (i % 4)].join(',');
  const write = (name: string, header: string, month: string, dealer = '经销商代码') => {
    const rows = Array.from({ length: 30 }, (_, i) => `D${i % 6},上海,2026-${month}-12,${scores(i)}`);
    const path = join(session.folder, name);
    writeFileSync(path, [`${dealer},城市,${header},总体满意度,接待满意度,交车满意度`, ...rows].join('\n'));
    return path;
  };
  await session.call('import.commit', { path: write('a.csv', '日期', '05') });
  const preview = await session.call('import.preview', { path: write('b.csv', '客户进店登记的时间', '08') });
  expect(preview.basis!.kind).toBe('batch');
  expect(preview.mapping!.period).toEqual({ kind: 'date', column: '客户进店登记的时间' });
  expect(preview.basis!.notes.map(({ zh }) => zh)).toContain(
    '没有“日期”列，改取自“客户进店登记的时间”，请核对',
  );
  expect(preview.counts).toMatchObject({ accepted: 30, rejected: 0 });
  const path = write('c.csv', '日期', '09', '4S店编号');
  const moved = await session.call('import.preview', { path });
  expect(moved.mapping!.place).toMatchObject({
    dealerCode: { column: '4S店编号' },
    city: { column: '城市' },
  });
  expect(moved.basis!.notes[0]!.en).toContain('no column "经销商代码"; "4S店编号" is taken instead');
});
