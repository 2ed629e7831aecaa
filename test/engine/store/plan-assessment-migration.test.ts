import { expect, test } from 'vitest';
import { findDealerTargets, findPlan, findSpent } from '../../../electron/engine/store/plans.ts';
import { aroundMigration } from '../../support/old-database.ts';

test('plans made before assessments existed keep everything and have none', () => {
  const { open, step } = aroundMigration('plan-assessment');
  const before = open(step);
  before.connection.exec(`
    INSERT INTO region_schemes (id, code, name_zh, name_en, valid_from) VALUES (1, 'r', 'r', 'r', '2020-01-01');
    INSERT INTO weight_sets (id, version, note, created_at) VALUES (1, 1, '', '2020-01-01');
    INSERT INTO plans (id, name, year, channel, scheme_id, weight_set_id, data_version, method, state, input, result,
      created_at) VALUES (4, 'old', 2026, 'in-house', 1, 1, 9, 'diminishing', 'approved', '{}', '{}', '2026-01-01')`);
  before.close();
  const after = open(step + 1);
  expect(findPlan(after.connection, 4)).toMatchObject({ name: 'old', state: 'approved', assessment: null });
  expect(findDealerTargets(after.connection, 4)).toBe('[]');
  expect(findSpent(after.connection, 4)).toBe('[]');
  after.close();
});
