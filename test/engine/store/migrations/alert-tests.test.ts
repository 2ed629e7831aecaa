import { expect, test } from 'vitest';
import { listCases, writeCase } from '../../../../electron/engine/store/alerts.ts';
import { countOutcomes, findForecast } from '../../../../electron/engine/store/results.ts';
import { aroundMigration } from '../../../support/old-database.ts';

test('forecasts from before tests were kept say nothing of them, and cases nothing of the shift they were made of', () => {
  const { open, step } = aroundMigration('alert-tests');
  const before = open(step);
  before.connection.exec(`
    INSERT INTO region_schemes (id, code, name_zh, name_en, valid_from) VALUES (1, 's', 's', 's', '2025-01-01');
    INSERT INTO weight_sets (id, version, note, created_at) VALUES (1, 1, '', '2025');
    INSERT INTO forecast_runs (id, channel, scheme_id, target_quarter, weight_set_id, data_version, method_version,
      parameters, created_at) VALUES (7, 'in-house', 1, 8100, 1, 1, 'm', '{}', '2025');
    INSERT INTO forecasts (run_id, scope, indicator, point, low80, high80, low95, high95, sd, curve, history)
      VALUES (7, 'overall', '', 80, 79, 81, 78, 82, 1, 'c', 8);
    INSERT INTO alert_cases (channel, scheme_id, quarter, scope, indicator, state, note, updated_at)
      VALUES ('in-house', 1, 8100, 'overall', '', 'acknowledged', 'flood', '2025')`);
  before.close();
  const now = open(step + 1);
  expect(findForecast(now.connection, 7, 'overall', '')).toMatchObject({ outcome: null, chance: null });
  expect(countOutcomes(now.connection, 7)).toEqual([]);
  const [kept] = listCases(now.connection, 1);
  expect(kept).toMatchObject({ state: 'acknowledged', note: 'flood', shift: null });
  writeCase(now.connection, { ...kept!, shift: -2.5 }, kept!, '2026');
  expect(listCases(now.connection, 1)).toEqual([{ ...kept, shift: -2.5, updatedAt: '2026' }]);
  now.connection.exec("UPDATE forecasts SET outcome = 'small-base'");
  expect(countOutcomes(now.connection, 7)).toEqual([{ outcome: 'small-base', series: 1 }]);
  expect(now.check()).toEqual([]);
  now.close();
});
