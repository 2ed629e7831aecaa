import { expect, test } from 'vitest';
import {
  currentWeightSet,
  listIndicators,
  listWeights,
} from '../../../../electron/engine/store/indicators.ts';
import { activateWeightSet, listWeightSets } from '../../../../electron/engine/store/weight-sets.ts';
import { aroundMigration } from '../../../support/old-database.ts';

test('weights made before versions could be chosen keep their order, roles and places', () => {
  const { open, step } = aroundMigration('studies-and-weights');
  const before = open(step);
  before.connection.exec(`
    INSERT INTO indicators (id, code, role, name_zh, name_en, position) VALUES (1, 'CSI', 'index', 'x', 'x', 0);
    INSERT INTO indicators (id, code, parent_id, role, name_zh, name_en, position) VALUES (2, 'A', 1, 'item', 'a', 'a', 1);
    INSERT INTO weight_sets (id, version, note, created_at) VALUES (1, 1, 'first', '2025'), (2, 2, 'second', '2026');
    INSERT INTO indicator_weights (weight_set_id, indicator_id, parent_id, position, weight)
      VALUES (1, 1, NULL, 0, 0), (1, 2, 1, 1, 3), (2, 1, NULL, 0, 0), (2, 2, 1, 1, 5)`);
  before.close();
  const now = open(step + 1);
  expect(currentWeightSet(now.connection)).toMatchObject({ id: 2, note: 'second' });
  expect(listIndicators(now.connection).map(({ code, parentId, role }) => [code, parentId, role])).toEqual([
    ['CSI', null, 'index'],
    ['A', 1, 'item'],
  ]);
  activateWeightSet(now.connection, 1);
  expect(currentWeightSet(now.connection).id).toBe(1);
  expect(listWeights(now.connection, 1).get(2)).toBe(3);
  expect(listWeightSets(now.connection).map(({ version, actor }) => [version, actor])).toEqual([
    [2, ''],
    [1, ''],
  ]);
  expect(now.check()).toEqual([]);
  now.close();
});
