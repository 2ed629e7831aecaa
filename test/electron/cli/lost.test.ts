import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { LostSales, VisitLoss } from '../../../shared/calls/lost.ts';
import { testSession } from '../../support/engine-session.ts';
import { DEALERS, respondents, responsesMapping, writeResponses } from '../../support/survey-files.ts';

const CLI = join(import.meta.dirname, '../../../electron/cli.ts');

it('brings visits in, tells who stopped coming under other rules, and why sales were lost', async () => {
  const session = await testSession();
  await session.call('import.commit', {
    path: writeResponses(session.folder, 'a.csv', respondents('2026Q2', 300, 3)),
    mapping: responsesMapping({
      study: { code: 'lost', channel: 'lost-sale', name: { zh: '战败', en: 'Lost' } },
      attributes: [{ column: 'sex', code: 'why', label: { zh: '原因', en: 'Reason' } }],
    }),
  });
  await session.call('app.close', {});
  const csi = (...args: string[]) => {
    const where = ['--db', join(session.folder, 'work.csi'), '--data', session.folder, '--language', 'en'];
    return spawnSync(process.execPath, [CLI, ...where, ...args], { encoding: 'utf8' });
  };
  const visits = join(session.folder, 'visits.csv');
  const lines = Array.from(
    { length: 12 },
    (_, i) => `V${i},${DEALERS[0]!.dealer},2026-0${1 + (i % 2) * 5}-10`,
  );
  writeFileSync(visits, ['VIN,dealer code,date', ...lines].join('\n'));
  const out = join(session.folder, 'margin.csv');
  const ended = csi('--json', 'lost', '--import', visits, '--marginal', '4', '--out', out);
  expect(ended.stderr).not.toContain('[');
  const loss = JSON.parse(ended.stdout) as VisitLoss;
  expect(loss.total.states).toMatchObject({ active: 6, marginal: 6 });
  expect(readFileSync(out, 'utf8').trim().split('\n')).toHaveLength(7);
  expect(csi('lost', '--month', '2026-03').stdout).toContain('2026-03: 6 active');
  const sales = JSON.parse(csi('--json', 'lost', '--sales').stdout) as LostSales;
  expect(sales.parts[0]).toMatchObject({ role: 'reason', attribute: 'why' });
  const tables = join(session.folder, 'tables.csv');
  expect(csi('lost', '--sales', '--tables', tables).stdout).toContain('Written: tables.csv');
  expect(readFileSync(tables, 'utf8')).toContain('adjusted p');
  csi('lost', '--tables', tables);
  expect(readFileSync(tables, 'utf8')).toContain('Marginal customers');
  expect(csi('lost', '--month', 'May').status).not.toBe(0);
});
