// The indicators, and the versions of the tree that they hang in with their weights.
import type { MappedIndicator } from '../../../shared/domain/study-mapping.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';

export interface IndicatorRow {
  id: number;
  code: string;
  parentId: number | null;
  role: 'index' | 'factor' | 'item' | 'question';
  nameZh: string;
  nameEn: string;
}

/**
 * The tree in a version (the current one unless told), parents before their children; before the first one as it was
 * brought. What the version does not hold is left out, unless a question measures it, `also` names it, or such a one
 * hangs below it.
 */
export function listIndicators(
  db: ReadableConnection,
  weightSet: number = currentWeightSet(db).id,
  also: ReadonlyMap<number, unknown> = new Map(),
): IndicatorRow[] {
  const rows = db
    .prepare<[number], IndicatorRow & { placed: number; asked: number }>(
      `SELECT i.id, i.code, iif(w.weight_set_id IS NULL, i.parent_id, w.parent_id) AS parentId,
         coalesce(w.role, i.role) AS role, i.name_zh AS nameZh, i.name_en AS nameEn,
         w.weight_set_id IS NOT NULL AS placed, EXISTS (SELECT 1 FROM questions q WHERE q.indicator_id = i.id) AS asked
       FROM indicators i LEFT JOIN indicator_weights w ON w.indicator_id = i.id AND w.weight_set_id = ?
       ORDER BY w.weight_set_id IS NULL, coalesce(w.position, i.position), i.id`,
    )
    .all(weightSet);
  const kept = new Set<number>();
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const row of rows)
    if (weightSet === 0 || row.placed === 1 || row.asked === 1 || also.has(row.id))
      for (let at: IndicatorRow | undefined = row; at && !kept.has(at.id); at = byId.get(at.parentId ?? -1))
        kept.add(at.id);
  const strays = rows.some((row) => row.placed === 0 && kept.has(row.id));
  const tree = rows.filter((row) => kept.has(row.id)).map(({ placed: _, asked: __, ...row }) => row);
  return strays ? parentsFirst(tree) : tree;
}

function parentsFirst(rows: readonly IndicatorRow[]): IndicatorRow[] {
  const below = Map.groupBy(rows, (row) => row.parentId);
  const add = (row: IndicatorRow): IndicatorRow[] => [row, ...(below.get(row.id) ?? []).flatMap(add)];
  return (below.get(null) ?? []).flatMap(add);
}

/** Adds what a mapping brings and the tree does not hold yet; parents must come before their children. */
export function addIndicators(
  db: WritableConnection,
  batch: number,
  brought: readonly MappedIndicator[],
): void {
  const known = indicatorIds(db);
  const insert = db.prepare(
    'INSERT INTO indicators (batch_id, code, parent_id, role, name_zh, name_en, position) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  for (const one of brought) {
    if (known.has(one.code)) continue;
    const parent = one.parent === undefined ? null : (known.get(one.parent) ?? null);
    const made = insert.run(batch, one.code, parent, one.role, one.name.zh, one.name.en, known.size);
    known.set(one.code, Number(made.lastInsertRowid));
  }
}

/** Every indicator that any version or file has used, by its code. */
export function indicatorIds(db: ReadableConnection): Map<string, number> {
  const rows = db.prepare<[], { code: string; id: number }>('SELECT code, id FROM indicators').all();
  return new Map(rows.map((row) => [row.code, row.id]));
}

export interface WeightSetRow {
  id: number;
  version: number;
  note: string;
}

/** The weight set that was chosen last, an import's new one included; version 0 with no weights before the first import. */
export function currentWeightSet(db: ReadableConnection): WeightSetRow {
  return (
    db
      .prepare<[], WeightSetRow>(
        'SELECT id, version, note FROM weight_sets ORDER BY activated DESC, version DESC LIMIT 1',
      )
      .get() ?? { id: 0, version: 0, note: '' }
  );
}

export function findWeightSet(db: ReadableConnection, id: number): WeightSetRow | undefined {
  return db.prepare<[number], WeightSetRow>('SELECT id, version, note FROM weight_sets WHERE id = ?').get(id);
}

export function listWeights(db: ReadableConnection, weightSet: number): Map<number, number> {
  const rows = db
    .prepare<[number], { indicator: number; weight: number }>(
      'SELECT indicator_id AS indicator, weight FROM indicator_weights WHERE weight_set_id = ?',
    )
    .all(weightSet);
  return new Map(rows.map((row) => [row.indicator, row.weight]));
}

/**
 * A new version of the tree with these weights; indicators without one weigh 0. Former versions stay for the figures
 * that were made with them.
 */
export function addWeightSet(
  db: WritableConnection,
  batch: number | null,
  weights: ReadonlyMap<number, number>,
  note: string,
  at: string,
): number {
  const rows = listIndicators(db, currentWeightSet(db).id, weights);
  const made = db
    .prepare(
      `INSERT INTO weight_sets (batch_id, version, note, created_at, activated)
       SELECT ?, coalesce(max(version), 0) + 1, ?, ?, coalesce(max(activated), 0) + 1 FROM weight_sets`,
    )
    .run(batch, note, at);
  const id = Number(made.lastInsertRowid);
  const insert = db.prepare(
    `INSERT INTO indicator_weights (weight_set_id, indicator_id, parent_id, position, weight, role)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  rows.forEach((row, position) => {
    insert.run(id, row.id, row.parentId, position, weights.get(row.id) ?? 0, row.role);
  });
  return id;
}
