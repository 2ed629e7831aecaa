// Versions of the indicator tree with its weights: listed, made by people, made current.
import type { TreeIndicator } from '../../../shared/domain/indicator-tree.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';
import { currentWeightSet, indicatorIds } from './indicators.ts';

export interface WeightSetRecord {
  id: number;
  version: number;
  note: string;
  actor: string;
  createdAt: string;
  activated: number;
  /** The file that brought it; null where a person made it. */
  fileName: string | null;
  items: number;
  forecasts: number;
  plans: number;
}

/** Every version, the newest first. */
export function listWeightSets(db: ReadableConnection): WeightSetRecord[] {
  return db
    .prepare<[], WeightSetRecord>(
      `SELECT w.id, w.version, w.note, w.actor, w.created_at AS createdAt, w.activated, b.file_name AS fileName,
         (SELECT count(*) FROM indicator_weights i WHERE i.weight_set_id = w.id AND i.weight > 0) AS items,
         (SELECT count(*) FROM forecast_runs r WHERE r.weight_set_id = w.id) AS forecasts,
         (SELECT count(*) FROM plans p WHERE p.weight_set_id = w.id) AS plans
       FROM weight_sets w LEFT JOIN import_batches b ON b.id = w.batch_id
       ORDER BY w.version DESC`,
    )
    .all();
}

/** Indicators that a question of any questionnaire measures. */
export function listAskedIndicators(db: ReadableConnection): Set<string> {
  return new Set(
    db
      .prepare<[], string>(
        'SELECT DISTINCT i.code FROM indicators i JOIN questions q ON q.indicator_id = i.id ORDER BY i.code',
      )
      .pluck()
      .all(),
  );
}

/** Makes the set the current one. */
export function activateWeightSet(db: WritableConnection, id: number): void {
  db.prepare(
    'UPDATE weight_sets SET activated = (SELECT max(activated) + 1 FROM weight_sets) WHERE id = ?',
  ).run(id);
}

/** A version that a person made; `rows` with parents before their children. The current one stays current. */
export function addTreeVersion(
  db: WritableConnection,
  rows: readonly TreeIndicator[],
  { note, actor, at }: { note: string; actor: string; at: string },
): number {
  const version = db
    .prepare<[], number>('SELECT coalesce(max(version), 0) + 1 FROM weight_sets')
    .pluck()
    .get()!;
  const made = db
    .prepare(
      `INSERT INTO weight_sets (batch_id, version, note, created_at, actor, activated) VALUES (NULL, ?, ?, ?, ?, 0)`,
    )
    .run(version, note, at, actor);
  const id = Number(made.lastInsertRowid);
  const known = indicatorIds(db);
  const insert = db.prepare(
    'INSERT INTO indicators (batch_id, code, parent_id, role, name_zh, name_en, position) VALUES (NULL, ?, ?, ?, ?, ?, ?)',
  );
  const rename = db.prepare('UPDATE indicators SET name_zh = ?, name_en = ? WHERE id = ?');
  const place = db.prepare(
    `INSERT INTO indicator_weights (weight_set_id, indicator_id, parent_id, position, weight, role)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  rows.forEach((row, position) => {
    const parent = row.parent === null ? null : known.get(row.parent)!;
    let own = known.get(row.code);
    if (own !== undefined) rename.run(row.name.zh, row.name.en, own);
    else {
      own = Number(
        insert.run(row.code, parent, row.role, row.name.zh, row.name.en, position).lastInsertRowid,
      );
      known.set(row.code, own);
    }
    place.run(id, own, parent, position, row.weight, row.role);
  });
  if (currentWeightSet(db).id === 0) activateWeightSet(db, id);
  return id;
}
