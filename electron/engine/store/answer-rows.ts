// The respondents behind a figure, one by one: who passes the conditions and answered at least one of some items.

import type { CodedVector } from './answer-vector.ts';
import { openChunks } from './answers.ts';
import type { ChunkReader } from './chunk-reader.ts';
import { rowsThatPass, type TableGate } from './chunk-rows.ts';
import type { ReadableConnection } from './connection.ts';
import { conditionVariables, type RowConditions, weightOf } from './row-conditions.ts';

export interface FoundRow {
  chunkId: number;
  batch: number;
  index: number;
  /** The weight that the row counts with. */
  weight: number;
}

export interface FoundRows {
  total: number;
  /** Rows by batch. */
  byBatch: Map<number, number>;
  /** The wanted span of them, in import order. */
  rows: FoundRow[];
}

export async function findRows(
  connection: ReadableConnection,
  query: {
    batches: readonly number[];
    gates: readonly TableGate[];
    items: readonly string[];
    conditions(batch: number): RowConditions | null | undefined;
    offset: number;
    limit: number;
    breathe(): Promise<void>;
  },
): Promise<FoundRows> {
  const { batches, gates, items, offset, limit } = query;
  const conditions = new Map(batches.map((batch) => [batch, query.conditions(batch)]));
  const variables = [
    'dealer',
    'quarter',
    'weight',
    ...gates.map((gate) => gate.variable),
    ...items,
    ...[...conditions.values()].flatMap((one) => (one ? conditionVariables(one) : [])),
  ];
  const found: FoundRows = { total: 0, byBatch: new Map(), rows: [] };
  for (const { reader, batch } of openChunks(connection, batches, variables)) {
    const own = conditions.get(batch);
    const passing = own === undefined ? 'none' : rowsThatPass(reader, gates, own);
    if (passing === 'none') continue;
    const answers = items.flatMap((item) =>
      reader.has(item) ? [(reader.vector(item) as CodedVector).codes] : [],
    );
    const count = passing === 'all' ? reader.rows : passing.length;
    for (let k = 0; k < count; k++) {
      const index = passing === 'all' ? k : passing[k]!;
      if (!answers.some((codes) => codes[index]! > 0)) continue;
      if (found.total >= offset && found.rows.length < limit)
        found.rows.push({ chunkId: reader.id, batch, index, weight: weightAt(reader, own ?? null, index) });
      found.total++;
      found.byBatch.set(batch, (found.byBatch.get(batch) ?? 0) + 1);
    }
    await query.breathe();
  }
  return found;
}

function weightAt(reader: ChunkReader, conditions: RowConditions | null, index: number): number {
  const { codes, values } = weightOf(reader, conditions);
  return values[codes[index]! - 1] ?? 0;
}
