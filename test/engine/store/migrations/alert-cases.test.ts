import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAlert } from '../../../../electron/engine/store/alerts.ts';
import { openDatabase } from '../../../../electron/engine/store/database.ts';
import { MIGRATIONS } from '../../../../electron/engine/store/migrations/registry.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

function open(path: string, version: number) {
  return openDatabase(path, {
    migrations: MIGRATIONS.slice(0, version),
    clock: () => 0,
    appVersion: '0.1.0',
  });
}

test('states and notes of alerts become cases that any later run of the place finds', () => {
  const path = join(tempFolder(), 'a.csi');
  const old = open(path, 1);
  old.connection.exec(`
    INSERT INTO region_schemes (id, code, name_zh, name_en, valid_from) VALUES (1, 'a', 'a', 'a', '2020-01-01');
    INSERT INTO weight_sets (id, version, note, created_at) VALUES (1, 1, '', '');
    INSERT INTO forecast_runs VALUES (1, 'in-house', 1, 8106, 1, 1, 'm', '{}', '2026-10-01');
    INSERT INTO forecasts VALUES (1, 'overall', '', 80, 79, 81, 78, 82, 1, 'c', 8, '');
    INSERT INTO alerts (id, run_id, rank, kind, scope, indicator, shift, expected, low, high, actual, p, state, note) VALUES
      (1, 1, 1, 'area', 'region:S', '', -4, 80, 78, 82, 76, 0.001, 'explained', 'flood'),
      (2, 1, 2, 'area', 'region:N', '', -4, 80, 78, 82, 76, 0.001, 'new', '')`);
  old.close();
  // Read as today's program does, which knows the later steps.
  open(path, 2).close();
  const now = open(path, MIGRATIONS.length);
  expect(findAlert(now.connection, 1)).toMatchObject({
    state: 'explained',
    note: 'flood',
    cause: '',
    oneOff: 0,
  });
  expect(findAlert(now.connection, 2)).toMatchObject({ state: 'new', note: '', due: null });
  expect(now.connection.prepare('SELECT count(*) FROM alert_cases').pluck().get()).toBe(1);
  expect(now.connection.prepare('SELECT length(fitted) FROM forecasts').pluck().get()).toBe(0);
  expect(now.check()).toEqual([]);
  now.close();
});
