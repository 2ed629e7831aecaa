import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../../electron/engine/store/database.ts';
import { addExploreView, listExploreViews } from '../../../../electron/engine/store/explore-views.ts';
import { MIGRATIONS } from '../../../../electron/engine/store/migrations/registry.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

test('an older database can keep views', () => {
  const path = join(tempFolder(), 'a.csi');
  const open = (version: number) =>
    openDatabase(path, { migrations: MIGRATIONS.slice(0, version), clock: () => 0, appVersion: '0.1.0' });
  const at = MIGRATIONS.findIndex((step) => step.name === 'explore-views');
  open(at).close();
  const now = open(at + 1);
  const id = addExploreView(now.connection, { name: '大区', content: '{}', at: '2026-11-21' });
  expect(listExploreViews(now.connection)).toMatchObject([{ id, name: '大区', updatedAt: '2026-11-21' }]);
  expect(now.check()).toEqual([]);
  now.close();
});
