import { expect, test } from 'vitest';
import {
  addWeighting,
  deleteWeighting,
  listWeightings,
} from '../../../../electron/engine/store/weightings.ts';
import { aroundMigration } from '../../../support/old-database.ts';

test('a database made before weightings existed has none and takes one', () => {
  const { open, step } = aroundMigration('weightings');
  open(step).close();
  const now = open(step + 1);
  expect(listWeightings(now.connection)).toEqual([]);
  const row = {
    name: 'a',
    channel: 'in-house',
    definition: '{}',
    diagnostics: '{}',
    actor: '',
    createdAt: '',
  } as const;
  const id = addWeighting(now.connection, row);
  expect(listWeightings(now.connection)).toEqual([{ id, ...row }]);
  expect(deleteWeighting(now.connection, id)).toBe(true);
  expect(now.check()).toEqual([]);
  now.close();
});
