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
