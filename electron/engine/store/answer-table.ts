// Sums of many items by many groups in one go: each chunk is brought once to a cell number a row (what does not pass
// is left out), then every item is summed up by cell over all chunks.
import { conditionVariables, type RowConditions } from './answer-cells.ts';
import { Combinations, Spread, type TableAxis } from './answer-groups.ts';
import type { CodedVector, Codes, NumberVector } from './answer-vector.ts';
import { isUniform } from './answer-vector.ts';
import { openChunks } from './answers.ts';
import type { ChunkReader } from './chunk-reader.ts';
import {
  addConditions,
  couldPass,
  DEALER_QUARTER,
  openGates,
  passingRows,
  type TableGate,
  vectorOf,
  weightOf,
} from './chunk-rows.ts';
import type { ReadableConnection } from './connection.ts';
import { countRespondents, ItemSums, pick, type ReadyChunk } from './item-sums.ts';

export interface TableItem {
  variable: string;
  /** From the native answer to 0-100 for a batch; undefined where the batch did not ask. */
  scoreIn(batch: number): { intercept: number; slope: number } | undefined;
}

export interface AnswerTableQuery {
  batches: readonly number[];
  axes: readonly TableAxis[];
  gates: readonly TableGate[];
  items: readonly TableItem[];
  /** Who of a batch counts and by which weight; null for everybody, undefined for nobody. */
  conditions(batch: number): RowConditions | null | undefined;
  /** Counts the respondents themselves too, whatever they answered. */
  respondents: boolean;
  /** A score from which an answer counts as satisfied. */
  satisfiedFrom: number;
  /** Called often; lets other work run, and throws where this one has become pointless. */
  breathe(): Promise<void>;
}

/** Sums of an item by group: axes in order, the last running fastest, `SUMS` numbers a group. */
export interface AnswerTable {
  items: Float64Array[];
  respondents: Float64Array | null;
}

const SLICE_MS = 12;

export async function tabulateAnswers(
  connection: ReadableConnection,
  query: AnswerTableQuery,
): Promise<AnswerTable> {
  const pause = paced(query.breathe);
  const combinations = query.axes.map((axis) => new Combinations(axis));
  const chunks = await readChunks(connection, query, combinations, pause);
  const cells = combinations.reduce((product, axis) => product * axis.lists.length, 1);
  const spread = new Spread(combinations);
  const items: Float64Array[] = [];
  for (const item of query.items) {
    const sums = new ItemSums(cells, query.satisfiedFrom, chunks);
    for (const chunk of chunks) {
      const map = item.scoreIn(chunk.batch);
      if (!map || !chunk.reader.has(item.variable)) continue;
      sums.add(chunk, chunk.reader.vector(item.variable) as NumberVector, map);
      await pause();
    }
    items.push(spread.over(sums.finish()));
  }
  return {
    items,
    respondents: query.respondents ? spread.over(countRespondents(chunks, cells)) : null,
  };
}

function paced(breathe: () => Promise<void>): () => Promise<void> | undefined {
  let until = performance.now() + SLICE_MS;
  return () => {
    if (performance.now() < until) return undefined;
    return breathe().then(() => {
      until = performance.now() + SLICE_MS;
    });
  };
}

interface OpenChunk {
  reader: ChunkReader;
  batch: number;
  conditions: RowConditions | null;
  /** One an axis. */
  vectors: CodedVector[];
  /** One a axis: combination by code. */
  tables: Int32Array[];
}

async function readChunks(
  connection: ReadableConnection,
  { batches, axes, gates, items, conditions: conditionsFor }: AnswerTableQuery,
  combinations: readonly Combinations[],
  pause: () => Promise<void> | undefined,
): Promise<ReadyChunk[]> {
  const conditions = new Map(batches.map((batch) => [batch, conditionsFor(batch)]));
  const named = [
    ...[...axes, ...gates, ...items].map(({ variable }) => variable),
    ...[...conditions.values()].flatMap((one) => (one ? conditionVariables(one) : [])),
  ];
  const open: OpenChunk[] = [];
  for (const { reader, batch } of openChunks(connection, batches, [
    'weight',
    'dealer',
    'quarter',
    ...named,
  ])) {
    const own = conditions.get(batch);
    if (own === undefined) continue;
    const has = (variable: string) => variable === DEALER_QUARTER || reader.has(variable);
    if (![...axes, ...gates].every(({ variable }) => has(variable))) continue;
    if (gates.some((gate) => !couldPass(reader, gate))) continue;
    const vectors = axes.map(({ variable }) => vectorOf(reader, variable));
    const tables = combinations.map((one, a) => one.learn(vectors[a]!.values));
    open.push({ reader, batch, conditions: own, tables, vectors });
    await pause();
  }
  const sizes = combinations.map((one) => one.lists.length);
  const ready: ReadyChunk[] = [];
  for (const chunk of open) {
    const made = readyChunk(chunk, sizes, gates);
    if (made) ready.push(made);
    await pause();
  }
  return ready;
}

function readyChunk(
  { reader, batch, conditions, tables, vectors }: OpenChunk,
  sizes: readonly number[],
  gates: readonly TableGate[],
): ReadyChunk | null {
  const open = openGates(reader, gates);
  const weight = weightOf(reader, conditions);
  if (conditions && !addConditions(reader, conditions, weight, open)) return null;
  for (const [a, table] of tables.entries())
    if (table.some((cell, code) => cell < 0 && (code > 0 || vectors[a]!.missing > 0)))
      open.push({ codes: vectors[a]!.codes, passes: Uint8Array.from(table, (cell) => (cell < 0 ? 0 : 1)) });
  const rows = open.length === 0 ? null : passingRows(reader.rows, open);
  const count = rows?.length ?? reader.rows;
  if (count === 0) return null;
  const uniform = isUniform(weight) ? (weight.values[0] ?? 1) : Number.NaN;
  const factors = new Float64Array(weight.values.length + 1);
  factors.set(weight.values, 1);
  return {
    reader,
    batch,
    count,
    rows,
    cells: cellsOf(count, rows, vectors, tables, sizes),
    weightCodes: Number.isNaN(uniform) ? pick(weight.codes, rows) : null,
    factors,
    uniform,
  };
}

function cellsOf(
  count: number,
  rows: Uint16Array | null,
  vectors: readonly CodedVector[],
  tables: readonly Int32Array[],
  sizes: readonly number[],
): Codes | Uint32Array {
  const [only] = vectors;
  // The usual slice: one attribute with the same values everywhere, whose codes are the cells.
  if (only && vectors.length === 1 && tables[0]!.every((cell, code) => cell === code || code === 0))
    return pick(only.codes, rows);
  const total = sizes.reduce((product, size) => product * size, 1);
  const cells = total <= 0x10000 ? new Uint16Array(count) : new Uint32Array(count);
  const varying: Steps[] = [];
  let offset = 0;
  for (const [a, vector] of vectors.entries()) {
    const stride = sizes.slice(a + 1).reduce((product, size) => product * size, 1);
    const steps = Uint32Array.from(tables[a]!, (cell) => Math.max(0, cell) * stride);
    if (isUniform(vector)) offset += steps[vector.values.length]!;
    else varying.push({ codes: vector.codes, steps });
  }
  const [first, second, ...others] = varying;
  if (!first) return cells.fill(offset);
  // What all rows share rides on the first axis, so that the rows are gone over once less.
  const from = { codes: first.codes, steps: first.steps.map((step) => step + offset) };
  if (!second) setSteps(cells, rows, from);
  else setBothSteps(cells, rows, from, second);
  for (const other of others) addSteps(cells, rows, other);
  return cells;
}

/** What each code of an axis adds to a row's cell number. */
interface Steps {
  codes: Codes;
  steps: Uint32Array;
}

function setSteps(cells: Codes | Uint32Array, rows: Uint16Array | null, { codes, steps }: Steps): void {
  if (rows === null) for (let i = 0; i < cells.length; i++) cells[i] = steps[codes[i]!]!;
  else for (let k = 0; k < cells.length; k++) cells[k] = steps[codes[rows[k]!]!]!;
}

function setBothSteps(cells: Codes | Uint32Array, rows: Uint16Array | null, a: Steps, b: Steps): void {
  const [codesA, stepsA, codesB, stepsB] = [a.codes, a.steps, b.codes, b.steps];
  if (rows === null) {
    for (let i = 0; i < cells.length; i++) cells[i] = stepsA[codesA[i]!]! + stepsB[codesB[i]!]!;
    return;
  }
  for (let k = 0; k < cells.length; k++) {
    const row = rows[k]!;
    cells[k] = stepsA[codesA[row]!]! + stepsB[codesB[row]!]!;
  }
}

function addSteps(cells: Codes | Uint32Array, rows: Uint16Array | null, { codes, steps }: Steps): void {
  if (rows === null) for (let i = 0; i < cells.length; i++) cells[i] = cells[i]! + steps[codes[i]!]!;
  else for (let k = 0; k < cells.length; k++) cells[k] = cells[k]! + steps[codes[rows[k]!]!]!;
}
