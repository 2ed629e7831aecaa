import { expect, test } from 'vitest';
import {
  addRefusals,
  deleteForecastRun,
  findRefusal,
  listRefusals,
} from '../../../../electron/engine/store/results.ts';
import { aroundMigration } from '../../../support/old-database.ts';

test('runs made before reasons were kept stay, and reasons go with their run', () => {
  const { open, step } = aroundMigration('forecast-refusals');
  const before = open(step);
  before.connection.exec(`
    INSERT INTO region_schemes (id, code, name_zh, name_en, valid_from) VALUES (1, 's', 's', 's', '2025-01-01');
    INSERT INTO weight_sets (id, version, note, created_at) VALUES (1, 1, '', '2025');
    INSERT INTO forecast_runs (id, channel, scheme_id, target_quarter, weight_set_id, data_version, method_version,
      parameters, created_at) VALUES (7, 'in-house', 1, 8100, 1, 1, 'm', '{}', '2025')`);
  before.close();
  const now = open(step + 1);
  expect(listRefusals(now.connection, 7)).toEqual([]);
  addRefusals(now.connection, 7, [{ scope: 'city:1', indicator: 'A', reason: 'no-recent-scores' }]);
  expect(findRefusal(now.connection, 7, 'city:1', 'A')).toBe('no-recent-scores');
  expect(findRefusal(now.connection, 7, 'city:1', '')).toBeUndefined();
  expect(listRefusals(now.connection, 7, 'A')).toHaveLength(1);
  deleteForecastRun(now.connection, 7);
  expect(listRefusals(now.connection, 7)).toEqual([]);
  expect(now.check()).toEqual([]);
  now.close();
});
