import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../../electron/engine/store/database.ts';
import { MIGRATIONS } from '../../../../electron/engine/store/migrations/registry.ts';
import {
  addWeighting,
  deleteWeighting,
  listWeightings,
} from '../../../../electron/engine/store/weightings.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

test('a database made before weightings existed has none and takes one', () => {
  const path = join(tempFolder(), 'a.csi');
  const step = MIGRATIONS.findIndex(({ name }) => name === 'weightings');
  const open = (count: number) =>
    openDatabase(path, { migrations: MIGRATIONS.slice(0, count), clock: () => 0, appVersion: '0.1.0' });
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
