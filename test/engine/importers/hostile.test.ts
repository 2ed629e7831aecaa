import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ImportFault } from '../../../electron/engine/importers/import-fault.ts';
import { openTable } from '../../../electron/engine/importers/registry.ts';
import type { Table } from '../../../electron/engine/importers/table.ts';
import { describeIssue, ISSUE_VALUE_LENGTH, type Issue } from '../../../shared/domain/import-issue.ts';
import { HOSTILE_FILES, placeHostile } from '../../support/hostile-files.ts';
import type { HostileFile } from './hostile-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Found {
  fault?: Issue;
  rows: Issue[];
  warnings: readonly Issue[];
}

async function readAll(hostile: HostileFile): Promise<Found> {
  const found: Found = { rows: [], warnings: [] };
  let table: Table | undefined;
  try {
    const path = placeHostile(hostile, folder);
    table = await openTable(path, hostile.options);
    found.warnings = table.warnings;
    hostile.meanwhile?.(path);
    for await (const { issues } of table.rows()) found.rows.push(...(issues ?? []));
  } catch (error) {
    if (!(error instanceof ImportFault)) throw error;
    found.fault = error.toIssue();
  } finally {
    await table?.close();
  }
  return found;
}

test.each(HOSTILE_FILES.map((hostile) => [hostile.title, hostile] as const))(
  '%s is named',
  async (_, hostile) => {
    const { as, ...expected } = hostile.expect;
    const found = await readAll(hostile);
    const severity = as === 'warning' ? 'warning' : 'error';
    const wanted = { ...expected, severity, file: hostile.file };
    if (as === 'fault') {
      expect(found.fault).toMatchObject(wanted);
      expect(found.fault!.row).toBe(expected.row);
      expect(found.fault!.column).toBe(expected.column);
    } else {
      expect(found.fault).toBeUndefined();
      expect(as === 'row' ? found.rows : found.warnings.filter(({ code }) => code === expected.code)).toEqual(
        [wanted],
      );
    }
    if (as === 'warning') expect(found.rows).toEqual([]);
    for (const issue of [...found.rows, ...found.warnings, ...(found.fault ? [found.fault] : [])]) {
      expect(issue.value?.length ?? 0).toBeLessThanOrEqual(ISSUE_VALUE_LENGTH);
      expect(describeIssue(issue, 'zh-CN')).not.toMatch(/\{|undefined/);
      expect(describeIssue(issue, 'en')).not.toMatch(/\{|undefined/);
    }
  },
);
