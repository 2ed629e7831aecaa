import { expect, test } from 'vitest';
import { findSample, listSamples, putSample } from '../../../../electron/engine/store/samples.ts';
import { aroundMigration } from '../../../support/old-database.ts';

test('a database made before samples existed has none and takes one', () => {
  const { open, step } = aroundMigration('samples');
  open(step).close();
  const now = open(step + 1);
  expect(listSamples(now.connection)).toEqual([]);
  const row = { name: 'a', note: '', filter: '{}', actor: '', savedAt: '2026' };
  const id = putSample(now.connection, { id: null, ...row });
  expect(findSample(now.connection, id)).toEqual({ id, ...row });
  expect(now.check()).toEqual([]);
  now.close();
});
