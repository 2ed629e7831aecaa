// Named alternative weights of respondents, and the vectors that hold them.
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import { encodeVector, type NumberVector } from './answer-vector.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';

export interface WeightingRow {
  id: number;
  name: string;
  channel: Channel;
  definition: string;
  diagnostics: string;
  actor: string;
  createdAt: string;
}

const COLUMNS = 'id, name, channel, definition, diagnostics, actor, created_at AS createdAt';

export function listWeightings(db: ReadableConnection): WeightingRow[] {
  return db.prepare<[], WeightingRow>(`SELECT ${COLUMNS} FROM weightings ORDER BY name`).all();
}

export function findWeighting(db: ReadableConnection, id: number): WeightingRow | undefined {
  return db.prepare<[number], WeightingRow>(`SELECT ${COLUMNS} FROM weightings WHERE id = ?`).get(id);
}

/** The variable under which a chunk keeps the weights. */
export function weightVariable(weighting: number): string {
  return `weight/${weighting}`;
}

export function addWeighting(db: WritableConnection, row: Omit<WeightingRow, 'id'>): number {
  const made = db
    .prepare(
      `INSERT INTO weightings (name, channel, definition, diagnostics, actor, created_at)
       VALUES (@name, @channel, @definition, @diagnostics, @actor, @createdAt)`,
    )
    .run({ ...row });
  return Number(made.lastInsertRowid);
}

export function putWeights(
  db: WritableConnection,
  weighting: number,
  chunk: number,
  weights: NumberVector,
): void {
  const { encoding, data } = encodeVector(weights);
  db.prepare('INSERT INTO answer_vectors (chunk_id, variable, encoding, data) VALUES (?, ?, ?, ?)').run(
    chunk,
    weightVariable(weighting),
    encoding,
    data,
  );
}

export function deleteWeighting(db: WritableConnection, id: number): boolean {
  db.prepare('DELETE FROM answer_vectors WHERE variable = ?').run(weightVariable(id));
  return db.prepare('DELETE FROM weightings WHERE id = ?').run(id).changes > 0;
}

/** Chunks of these batches that the weighting has no weights for. */
export function countUnweighted(
  db: ReadableConnection,
  weighting: number,
  batches: readonly number[],
): number {
  return db
    .prepare<[string, string], number>(
      `SELECT count(*) FROM response_chunks c WHERE c.batch_id IN (SELECT value FROM json_each(?))
         AND NOT EXISTS (SELECT 1 FROM answer_vectors v WHERE v.chunk_id = c.id AND v.variable = ?)`,
    )
    .pluck()
    .get(JSON.stringify(batches), weightVariable(weighting))!;
}
