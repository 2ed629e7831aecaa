import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../electron/engine/store/database.ts';
import { MIGRATIONS } from '../../../electron/engine/store/migrations/registry.ts';
import { findDealerTargets, findPlan, findSpent } from '../../../electron/engine/store/plans.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('plans made before assessments existed keep everything and have none', () => {
  const path = join(tempFolder(), 'a.csi');
  const open = (upTo: number) =>
    openDatabase(path, {
      migrations: MIGRATIONS.filter(({ version }) => version <= upTo),
      clock: () => 0,
      appVersion: '0.1.0',
    });
  const before = open(2);
  before.connection.exec(`
    INSERT INTO region_schemes (id, code, name_zh, name_en, valid_from) VALUES (1, 'r', 'r', 'r', '2020-01-01');
    INSERT INTO weight_sets (id, version, note, created_at) VALUES (1, 1, '', '2020-01-01');
    INSERT INTO plans (id, name, year, channel, scheme_id, weight_set_id, data_version, method, state, input, result,
      created_at) VALUES (4, 'old', 2026, 'in-house', 1, 1, 9, 'diminishing', 'approved', '{}', '{}', '2026-01-01')`);
  before.close();
  const after = open(3);
  expect(findPlan(after.connection, 4)).toMatchObject({ name: 'old', state: 'approved', assessment: null });
  expect(findDealerTargets(after.connection, 4)).toBe('[]');
  expect(findSpent(after.connection, 4)).toBe('[]');
  after.close();
});
