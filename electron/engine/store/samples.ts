// Named samples: saved conditions on respondents.
import type { ReadableConnection, WritableConnection } from './connection.ts';

export interface SampleRow {
  id: number;
  name: string;
  note: string;
  /** JSON of the conditions. */
  filter: string;
  actor: string;
  savedAt: string;
}

const SELECT = 'SELECT id, name, note, filter, actor, saved_at AS savedAt FROM samples';

export function listSamples(db: ReadableConnection): SampleRow[] {
  return db.prepare<[], SampleRow>(`${SELECT} ORDER BY name`).all();
}

export function findSample(db: ReadableConnection, id: number): SampleRow | undefined {
  return db.prepare<[number], SampleRow>(`${SELECT} WHERE id = ?`).get(id);
}

export function findSampleByName(db: ReadableConnection, name: string): SampleRow | undefined {
  return db.prepare<[string], SampleRow>(`${SELECT} WHERE name = ?`).get(name);
}

/** Writes a sample: a new one, or over the one with that id. */
export function putSample(
  db: WritableConnection,
  row: Omit<SampleRow, 'id'> & { id: number | null },
): number {
  const made = db
    .prepare(
      `INSERT INTO samples (id, name, note, filter, actor, saved_at) VALUES (@id, @name, @note, @filter, @actor, @savedAt)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, note = excluded.note, filter = excluded.filter,
         actor = excluded.actor, saved_at = excluded.saved_at`,
    )
    .run({ ...row });
  return row.id ?? Number(made.lastInsertRowid);
}

export function renameSample(db: WritableConnection, id: number, name: string): void {
  db.prepare('UPDATE samples SET name = ? WHERE id = ?').run(name, id);
}

export function deleteSample(db: WritableConnection, id: number): boolean {
  return db.prepare('DELETE FROM samples WHERE id = ?').run(id).changes > 0;
}
