// `csi forecast`, `csi alerts` and `csi backtest` on a small database: a table, CSV and JSON of the same figures.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateSampleStudies } from '../../../resources/sample/generate.ts';
import { RESOURCES, startSession } from '../../support/engine-session.ts';

const CLI = join(import.meta.dirname, '../../../electron/cli.ts');
const folder = mkdtempSync(join(tmpdir(), 'csi-cli-'));

beforeAll(async () => {
  const resourcesFolder = join(folder, 'resources');
  mkdirSync(join(resourcesFolder, 'sample'), { recursive: true });
  await generateSampleStudies(join(resourcesFolder, 'sample', 'data'), { dealers: 20, quarters: 8 });
  cpSync(join(RESOURCES, 'sample', 'mappings'), join(resourcesFolder, 'sample', 'mappings'), {
    recursive: true,
  });
  const session = await startSession({ folder, open: false, resourcesFolder });
  await session.call('app.sample', {});
  await session.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function csi(...words: string[]): string {
  const run = spawnSync(
    process.execPath,
    [
      '--no-warnings',
      CLI,
      '--db',
      join(folder, 'sample.csi'),
      '--data',
      folder,
      '--language',
      'en',
      ...words,
    ],
    { encoding: 'utf8' },
  );
  expect(run.status, run.stderr).toBe(0);
  return run.stdout;
}

const linesOf = (text: string) => text.trim().split('\n');

describe('csi', () => {
  test('forecast runs and prints the same forecasts in each form', () => {
    const one = ['forecast', '--channel', 'in-house', '--quarter', '2026Q4'];
    const { runs, rows } = JSON.parse(csi('--json', ...one));
    expect(runs[0].channels[0]).toMatchObject({ channel: 'in-house', method: expect.any(String) });
    const csv = linesOf(csi('--csv', ...one));
    expect(csv[0]).toBe(
      'Quarter,Channel,Where,Indicator,Forecast (0–100),80% interval low,80% interval high,95% interval low,95% interval high,Actual,± margin,Base,Effective base,Small base,Curve',
    );
    expect(csv).toHaveLength(rows.length + 1);
    const [, , , , point, low80] = csv[1]!.split(',');
    expect([point, low80]).toEqual([rows[0].point.toFixed(1), rows[0].low80.toFixed(1)]);
    expect(csi(...one)).toContain(rows[0].point.toFixed(1));
  });

  test('factors are forecast as the weighted mean of their items', () => {
    const { rows } = JSON.parse(csi('--json', 'forecast', '--channel', 'in-house', '--indicator', 'SI'));
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) expect(row.low95 < row.point && row.point < row.high95).toBe(true);
  });

  test('stored runs come again to the same numbers, and are left alone', () => {
    const repeats = JSON.parse(csi('--json', 'forecast', '--repeat'));
    expect(repeats.length).toBeGreaterThan(2);
    for (const one of repeats) expect(one).toMatchObject({ outcome: 'same', different: 0, largest: 0 });
    expect(repeats[0].series).toBeGreaterThan(100);
    expect(csi('forecast', '--repeat')).toContain('the same to the last digit');
    expect(JSON.parse(csi('--json', 'forecast', '--repeat'))).toEqual(repeats);
  });

  test('alerts gives what stands as JSON and as CSV', () => {
    const alerts = JSON.parse(csi('alerts', '--json')) as { adjusted100: number; state: string }[];
    const csv = linesOf(csi('--csv', 'alerts'));
    expect(csv.length - 1).toBe(alerts.length);
    for (const [i, alert] of alerts.entries()) expect(csv[i + 1]).toContain(alert.adjusted100.toFixed(1));
  });

  test('backtest judges the stored forecasts, or one series made anew', () => {
    const rows = JSON.parse(csi('--json', 'backtest'));
    const csv = linesOf(csi('backtest', '--csv'));
    expect(csv).toHaveLength(rows.length + 1);
    expect(csv[1]).toContain(`${(rows[0].hit95 * 100).toFixed(1)}%`);
    const series = ['backtest', '--scope', 'overall', '--channel', 'in-house', '--quarters', '3'];
    const backtest = JSON.parse(csi('--json', ...series));
    expect(backtest.rows).toHaveLength(3);
    expect(linesOf(csi('--csv', ...series))).toHaveLength(4);
    expect(csi(...series)).toContain(backtest.rows[0].forecast.point.toFixed(1));
    expect(csi('--display', 'thousand', ...series)).toContain(
      (backtest.rows[0].forecast.point * 10).toFixed(0),
    );
  });
});
