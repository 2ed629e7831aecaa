import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../../electron/engine/store/database.ts';
import { MIGRATIONS } from '../../../../electron/engine/store/migrations/registry.ts';
import { findSample, listSamples, putSample } from '../../../../electron/engine/store/samples.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

test('a database made before samples existed has none and takes one', () => {
  const path = join(tempFolder(), 'a.csi');
  const step = MIGRATIONS.findIndex(({ name }) => name === 'samples');
  const open = (count: number) =>
    openDatabase(path, { migrations: MIGRATIONS.slice(0, count), clock: () => 0, appVersion: '0.1.0' });
  open(step).close();
  const now = open(step + 1);
  expect(listSamples(now.connection)).toEqual([]);
  const row = { name: 'a', note: '', filter: '{}', actor: '', savedAt: '2026' };
  const id = putSample(now.connection, { id: null, ...row });
  expect(findSample(now.connection, id)).toEqual({ id, ...row });
  expect(now.check()).toEqual([]);
  now.close();
});
