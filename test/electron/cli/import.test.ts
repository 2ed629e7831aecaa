// `csi import`, `csi quarantine`, `csi aliases` and `csi undo` on a small database.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const CLI = join(import.meta.dirname, '../../../electron/cli.ts');
const folder = mkdtempSync(join(tmpdir(), 'csi-cli-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

function csi(...words: string[]) {
  const place = ['--db', join(folder, 'work.csi'), '--data', folder, '--language', 'en'];
  const run = spawnSync(process.execPath, ['--no-warnings', CLI, ...place, ...words], { encoding: 'utf8' });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

test('a wide table is previewed, its faults written, its names matched, the rest loaded and undone', () => {
  const file = join(folder, 'wide.csv');
  writeFileSync(
    file,
    [
      '经销商代码||城市||2026Q1 得分||2026Q2 得分||环比||2026Q1 样本量||2026Q2 样本量',
      'D1||上海||8.1||8.3||0.2||30||31',
      'D2||杭洲||7.9||8.0||0.1||30||31',
      'D3||北京||7.0||7.1||0.1||30||31',
      '合计||||7.7||7.8||0.1||90||93',
    ].join('\n'),
  );
  const preview = csi('import', file, '--preview', '--waves', '--leave-out', '--delimiter', '||');
  expect(preview.out).toMatch(/6 rows read, 4 can be loaded, 2 rejected/);
  expect(preview.out).toMatch(/left out by rule: 1 row, 1 column\n/);
  expect(preview.out).toMatch(/unknown: 杭洲 → 杭州市（浙江） \[3301\]/);
  expect(preview.out).toMatch(/2026Q2 +Overall/);
  const faults = join(folder, 'faults.csv');
  const refused = csi('import', file, '--faults', faults);
  expect(refused).toMatchObject({ status: 1, err: expect.stringContaining('import-rejected-rows') });
  expect(readFileSync(faults, 'utf8')).toContain('杭洲');
  const loaded = csi('import', file, '--accept-good-rows');
  expect(loaded.out).toMatch(/Batch 1: wide\.csv, 4 rows[\s\S]*2 rows to correct/);
  const fix = join(folder, 'fix.csv');
  expect(csi('quarantine', '1', '--out', fix).out).toContain('2 rows written');
  expect(csi('aliases', '--city', '杭洲=3301').out).toMatch(/杭洲 +match +3301 +杭州市/);
  const corrected = csi('import', fix);
  expect(corrected.out).toMatch(/Batch 2: fix\.csv, 2 rows/);
  expect(csi('batches').out).toMatch(/wide\.csv +2026Q1 … 2026Q2 +4 +0 +committed/);
  expect(csi('aliases', '--delete', '杭洲').out).not.toContain('杭洲');
}, 600_000);
