import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExploreTable } from '../../../shared/calls/explore.ts';
import type { TraceRows, TraceView } from '../../../shared/calls/trace.ts';
import { IN_HOUSE_FILE, inHouseRows, itemOver, wholeOver } from '../../support/in-house.ts';

const ROOT = join(import.meta.dirname, '../../..');

describe('csi explore and csi trace', { timeout: 240_000 }, () => {
  let folder: string;

  function csi(...args: string[]): string {
    const globals = ['--data', folder, '--db', join(folder, 'cli.csi')];
    const { stdout, stderr, status } = spawnSync(process.execPath, ['electron/cli.ts', ...globals, ...args], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${args.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'csi-cli-explore-'));
    const mapping = join(ROOT, 'resources/sample/mappings/in-house-2025.mapping.json');
    csi('import', IN_HOUSE_FILE, '--mapping', mapping);
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('prints a table, and writes it to a file', () => {
    const asked = ['explore', '--rows', 'region', '--columns', '@age', '--filter', 'gender=女'];
    const table = JSON.parse(csi('--json', ...asked)) as ExploreTable;
    const rows = inHouseRows().filter(({ row }) => row.性别 === '女');
    expect(table.cells[0]![0]!.values[0]).toBeCloseTo(wholeOver(rows), 9);
    const path = join(folder, 'table.csv');
    csi('--language', 'zh-CN', ...asked, '--out', path);
    expect(readFileSync(path, 'utf8').split('\r\n')[0]).toContain('大区,合计 得分');
    expect(csi('--csv', '--language', 'zh-CN', ...asked)).toContain('华南');
  });

  it('says how a figure was computed', () => {
    const traced = JSON.parse(csi('--json', 'trace', '--indicator', 'OSAT', '--rows', '3')) as TraceView & {
      rows: TraceRows;
    };
    const { n, mean } = itemOver(inHouseRows(), 'OSAT');
    expect(traced.score).toMatchObject({ n });
    expect(traced.score!.score100).toBeCloseTo(mean, 9);
    expect(traced.rows).toMatchObject({ total: n, rows: [{ fileName: 'in-house-2026Q3.csv' }, {}, {}] });
  });
});
