// Saved views of the free analysis.
import type { ReadableConnection, WritableConnection } from './connection.ts';

export interface ExploreViewRow {
  id: number;
  name: string;
  content: string;
  createdAt: string;
  updatedAt: string;
}

const SELECT =
  'SELECT id, name, content, created_at AS createdAt, updated_at AS updatedAt FROM explore_views';

export function listExploreViews(db: ReadableConnection): ExploreViewRow[] {
  return db.prepare<[], ExploreViewRow>(`${SELECT} ORDER BY name`).all();
}

export function findExploreView(db: ReadableConnection, id: number): ExploreViewRow | undefined {
  return db.prepare<[number], ExploreViewRow>(`${SELECT} WHERE id = ?`).get(id);
}

export function addExploreView(
  db: WritableConnection,
  view: { name: string; content: string; at: string },
): number {
  const made = db
    .prepare(
      'INSERT INTO explore_views (name, content, created_at, updated_at) VALUES (@name, @content, @at, @at)',
    )
    .run({ ...view });
  return Number(made.lastInsertRowid);
}

export function changeExploreView(
  db: WritableConnection,
  view: { id: number; name: string; content: string; at: string },
): void {
  db.prepare(
    'UPDATE explore_views SET name = @name, content = @content, updated_at = @at WHERE id = @id',
  ).run({
    ...view,
  });
}

export function removeExploreView(db: WritableConnection, id: number): void {
  db.prepare('DELETE FROM explore_views WHERE id = ?').run(id);
}
