import { expect, test } from 'vitest';
import { addExploreView, listExploreViews } from '../../../../electron/engine/store/explore-views.ts';
import { aroundMigration } from '../../../support/old-database.ts';

test('an older database can keep views', () => {
  const { open, step } = aroundMigration('explore-views');
  open(step).close();
  const now = open(step + 1);
  const id = addExploreView(now.connection, { name: '大区', content: '{}', at: '2026-11-21' });
  expect(listExploreViews(now.connection)).toMatchObject([{ id, name: '大区', updatedAt: '2026-11-21' }]);
  expect(now.check()).toEqual([]);
  now.close();
});
