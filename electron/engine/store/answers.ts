// Answers of respondents: chunks of rows, one vector per variable, read whole and scanned in memory.
// A query touches only the vectors it names; headers alone rule out chunks in which a filter can match nothing.
import type { LinearMap, SliceGroup } from './answer-slice.ts';
import { narrow, passingCodes, SliceTally } from './answer-slice.ts';
import type { CodedVector, NumberVector, Vector } from './answer-vector.ts';
import { encodeVector, isUniform } from './answer-vector.ts';
import { ChunkReader } from './chunk-reader.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';
import type { ResponseChunk } from './response-chunk.ts';
import { attributeVariable, itemVariable, writtenVariable } from './response-chunk.ts';
import type { RowGate } from './row-scan.ts';

export interface StoredChunk {
  id: number;
  batchId: number;
  seq: number;
  rows: number;
}

export type SliceDimension = 'dealer' | 'quarter' | { attribute: string };

/** Rows must meet every condition given; a missing value meets none. */
export interface SliceFilter {
  /** Both ends included. */
  quarters?: { from: number; to: number };
  dealers?: Iterable<number>;
  /** Attribute code to the choices that pass; a multiple choice passes with any of them. */
  attributes?: Readonly<Record<string, readonly string[]>>;
}

export interface SliceQuery {
  batches: readonly number[];
  /** Question code. Batches that did not ask it contribute nothing. */
  item: string;
  by?: readonly SliceDimension[];
  where?: SliceFilter;
  /** From the native answer to the scale of the sums; the native scale when left out. */
  score?: LinearMap;
}

export interface RespondentAddress {
  chunkId: number;
  index: number;
}

/** Everything that is stored of one respondent, keyed by question and attribute code. */
export interface StoredResponse {
  dealer: number | null;
  quarter: number | null;
  day: number | null;
  weight: number;
  sourceRow: number;
  answers: Record<string, number | null>;
  attributes: Record<string, string | readonly string[] | null>;
  /** Of attributes with bands: what the file wrote. */
  written: Record<string, string | null>;
}

const NATIVE: LinearMap = { intercept: 0, slope: 1 };

/** Stores a chunk as the next of its batch, inside the caller's transaction. Answers the chunk's id. */
export function appendChunk(connection: WritableConnection, batchId: number, chunk: ResponseChunk): number {
  const { lastInsertRowid } = connection
    .prepare(
      `INSERT INTO response_chunks (batch_id, seq, rows)
       SELECT $batchId, coalesce(max(seq) + 1, 0), $rows FROM response_chunks WHERE batch_id = $batchId`,
    )
    .run({ batchId, rows: chunk.rows });
  const insert = connection.prepare(
    'INSERT INTO answer_vectors (chunk_id, variable, encoding, data) VALUES (?, ?, ?, ?)',
  );
  for (const [variable, vector] of chunk.vectors) {
    const { encoding, data } = encodeVector(vector);
    insert.run(lastInsertRowid, variable, encoding, data);
  }
  return Number(lastInsertRowid);
}

export function listChunks(
  connection: ReadableConnection,
  { batchIds }: { batchIds: readonly number[] },
): StoredChunk[] {
  return connection
    .prepare<[string], StoredChunk>(
      `SELECT id, batch_id AS batchId, seq, rows FROM response_chunks
       WHERE batch_id IN (SELECT value FROM json_each(?)) ORDER BY batch_id, seq`,
    )
    .all(JSON.stringify(batchIds));
}

export function countResponses(connection: ReadableConnection, batchIds: readonly number[]): number {
  return listChunks(connection, { batchIds }).reduce((sum, chunk) => sum + chunk.rows, 0);
}

/** One variable of a chunk: `dealer`, `quarter`, `day`, `weight`, `source-row`, an item's or an attribute's. Not to be written to. */
export function readVector(
  connection: ReadableConnection,
  chunkId: number,
  variable: string,
): Vector | undefined {
  const row = connection
    .prepare<[number, string], { encoding: string; rows: number }>(
      `SELECT v.encoding, c.rows FROM answer_vectors v JOIN response_chunks c ON c.id = v.chunk_id
       WHERE v.chunk_id = ? AND v.variable = ?`,
    )
    .get(chunkId, variable);
  return (
    row &&
    new ChunkReader(connection, chunkId, row.rows, new Map([[variable, row.encoding]])).vector(variable)
  );
}

/** Sums of an item's answers by groups, sorted by key with "none given" last. Groups nobody answered are absent. */
export function sliceAnswers(connection: ReadableConnection, query: SliceQuery): SliceGroup[] {
  const item = itemVariable(query.item);
  const by = (query.by ?? []).map(dimensionVariable);
  const conditions = conditionsOf(query.where);
  const tally = new SliceTally(query.score ?? NATIVE);
  const variables = [item, ...by, 'weight', ...conditions.map((condition) => condition.variable)];
  inOneSnapshot(connection, () => {
    for (const chunk of readersOf(connection, query.batches, variables)) {
      if (!chunk.has(item)) continue;
      const keep = rowsPassing(chunk, conditions);
      if (keep === 'none') continue;
      tally.add({
        item: chunk.vector(item) as NumberVector,
        by: by.map((variable) => chunk.codedOrMissing(variable)),
        weight: chunk.vector('weight') as NumberVector,
        keep: keep === 'all' ? null : keep,
      });
    }
  });
  return tally.groups();
}

/** By attribute, every choice that some respondent of a committed batch gave, in the order of the codes. */
export function listChoices(
  connection: ReadableConnection,
  attributes: readonly string[],
): Map<string, string[]> {
  const batches = connection
    .prepare<[], number>("SELECT id FROM import_batches WHERE state = 'committed'")
    .pluck()
    .all();
  const found = new Map(attributes.map((code) => [attributeVariable(code), new Set<string>()]));
  inOneSnapshot(connection, () => {
    for (const chunk of readersOf(connection, batches, [...found.keys()]))
      for (const [variable, choices] of found)
        if (chunk.has(variable))
          for (const value of chunk.values(variable).values)
            for (const one of Array.isArray(value) ? value : [value]) choices.add(String(one));
  });
  return new Map(attributes.map((code) => [code, [...found.get(attributeVariable(code))!].sort(byCode)]));
}

/** Numbers by size, texts as the machine sorts them everywhere. */
function byCode(a: string, b: string): number {
  return Number(a) - Number(b) || (a < b ? -1 : Number(a > b));
}

/** The respondents behind a figure: those who pass the filter and answered the item, in import order. */
export function findRespondents(
  connection: ReadableConnection,
  query: Pick<SliceQuery, 'batches' | 'item' | 'where'> & { offset: number; limit: number },
): RespondentAddress[] {
  const item = itemVariable(query.item);
  const conditions = conditionsOf(query.where);
  const variables = [item, ...conditions.map((condition) => condition.variable)];
  const found: RespondentAddress[] = [];
  let skip = query.offset;
  return inOneSnapshot(connection, () => {
    for (const chunk of readersOf(connection, query.batches, variables)) {
      const keep = chunk.has(item) ? rowsPassing(chunk, conditions) : 'none';
      if (keep === 'none') continue;
      const { codes } = chunk.vector(item) as NumberVector;
      for (let index = 0; index < codes.length; index++) {
        if (codes[index] === 0 || (keep !== 'all' && keep[index] === 0)) continue;
        if (skip > 0) skip--;
        else if (found.length < query.limit) found.push({ chunkId: chunk.id, index });
        else return found;
      }
    }
    return found;
  });
}

/** Everything stored of one respondent; undefined when there is no such chunk or row. */
export function readResponse(
  connection: ReadableConnection,
  chunkId: number,
  index: number,
): StoredResponse | undefined {
  const rows = connection
    .prepare<[number], { rows: number; variable: string; encoding: string }>(
      `SELECT c.rows, v.variable, v.encoding FROM response_chunks c JOIN answer_vectors v ON v.chunk_id = c.id
       WHERE c.id = ? ORDER BY v.variable`,
    )
    .all(chunkId);
  const count = rows[0]?.rows ?? 0;
  if (!(index >= 0 && index < count)) return undefined;
  const headers = new Map(rows.map((row) => [row.variable, row.encoding]));
  const chunk = new ChunkReader(connection, chunkId, count, headers);
  const values = [...headers.keys()].map((variable): [string, StoredValue] => [
    variable,
    valueAt(chunk.vector(variable), index),
  ]);
  const { dealer, quarter, day, weight, 'source-row': sourceRow } = Object.fromEntries(values);
  return {
    ...({ dealer, quarter, day, weight, sourceRow } as Omit<
      StoredResponse,
      'answers' | 'attributes' | 'written'
    >),
    answers: withPrefix(values, itemVariable('')) as StoredResponse['answers'],
    attributes: withPrefix(values, attributeVariable('')) as StoredResponse['attributes'],
    written: withPrefix(values, writtenVariable('')) as StoredResponse['written'],
  };
}

type StoredValue = number | string | readonly string[] | null;

function valueAt(vector: Vector, index: number): StoredValue {
  return vector.kind === 'rows' ? vector.rows[index]! : (vector.values[vector.codes[index]! - 1] ?? null);
}

function withPrefix(values: readonly [string, StoredValue][], prefix: string): Record<string, StoredValue> {
  const chosen = values.filter(([variable]) => variable.startsWith(prefix));
  return Object.fromEntries(chosen.map(([variable, value]) => [variable.slice(prefix.length), value]));
}

function dimensionVariable(dimension: SliceDimension): string {
  return typeof dimension === 'string' ? dimension : attributeVariable(dimension.attribute);
}

export interface Condition {
  variable: string;
  allows: (value: string | number) => boolean;
}

export function conditionsOf(where: SliceFilter = {}): Condition[] {
  const conditions: Condition[] = [];
  const { quarters, dealers, attributes } = where;
  if (quarters)
    conditions.push({
      variable: 'quarter',
      allows: (quarter) => (quarter as number) >= quarters.from && (quarter as number) <= quarters.to,
    });
  if (dealers) {
    const ids = new Set<string | number>(dealers);
    conditions.push({ variable: 'dealer', allows: (dealer) => ids.has(dealer) });
  }
  for (const [attribute, choices] of Object.entries(attributes ?? {})) {
    const allowed = new Set<string | number>(choices);
    conditions.push({ variable: attributeVariable(attribute), allows: (choice) => allowed.has(choice) });
  }
  return conditions;
}

/** The conditions that some row of the chunk fails; null where all of them do. */
export function openConditions(chunk: ChunkReader, conditions: readonly Condition[]): RowGate[] | null {
  const open: { variable: string; passes: Uint8Array }[] = [];
  for (const { variable, allows } of conditions) {
    if (!chunk.has(variable)) return null;
    const known = chunk.values(variable);
    const passes = passingCodes(known.values, allows);
    if (!passes.includes(1)) return null;
    const all = known.missing === 0 && passes.every((pass, code) => code === 0 || pass > 0);
    if (!all && !isUniform(known)) open.push({ variable, passes });
  }
  return open.map(({ variable, passes }) => ({
    codes: (chunk.vector(variable) as CodedVector).codes,
    passes,
  }));
}

function rowsPassing(chunk: ChunkReader, conditions: readonly Condition[]): 'all' | 'none' | Uint8Array {
  const open = openConditions(chunk, conditions);
  if (open === null) return 'none';
  let keep: Uint8Array | null = null;
  for (const { codes, passes } of open) keep = narrow(keep, codes, passes);
  return keep ?? 'all';
}

export function* readersOf(
  connection: ReadableConnection,
  batches: readonly number[],
  variables: readonly string[],
): Generator<ChunkReader> {
  for (const { reader } of openChunks(connection, batches, variables)) yield reader;
}

/** The headers of the named variables, chunk by chunk; vectors are read when asked for. */
export function* openChunks(
  connection: ReadableConnection,
  batches: readonly number[],
  variables: readonly string[],
): Generator<{ reader: ChunkReader; batch: number }> {
  const rows = connection
    .prepare<
      [string, string],
      { id: number; batch: number; rows: number; variable: string; encoding: string }
    >(
      `SELECT c.id, c.batch_id AS batch, c.rows, v.variable, v.encoding
       FROM response_chunks c JOIN answer_vectors v ON v.chunk_id = c.id
       WHERE c.batch_id IN (SELECT value FROM json_each(?)) AND v.variable IN (SELECT value FROM json_each(?))
       ORDER BY c.batch_id, c.seq`,
    )
    .all(JSON.stringify(batches), JSON.stringify(variables));
  for (let start = 0, end = 0; start < rows.length; start = end) {
    const { id, batch, rows: count } = rows[start]!;
    while (end < rows.length && rows[end]!.id === id) end++;
    const headers = new Map(rows.slice(start, end).map((row) => [row.variable, row.encoding]));
    yield { reader: new ChunkReader(connection, id, count, headers), batch };
  }
}

export function inOneSnapshot<T>(connection: ReadableConnection, read: () => T): T {
  if (connection.inTransaction) return read();
  connection.prepare('BEGIN').run();
  try {
    return read();
  } finally {
    // SQLite itself ends the transaction after some errors; a COMMIT then would hide the cause.
    if (connection.inTransaction) connection.prepare('COMMIT').run();
  }
}
