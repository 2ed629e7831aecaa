// Sums of many items by many groups in one go: what a chunk's rows are grouped by is brought to cell numbers, and every
// item is summed up by cell over all chunks.
import { AppError } from '../../../shared/errors.ts';
import { Combinations, Spread, type TableAxis } from './answer-groups.ts';
import type { CodedVector, NumberVector } from './answer-vector.ts';
import { isUniform } from './answer-vector.ts';
import { openChunks } from './answers.ts';
import type { ChunkReader } from './chunk-reader.ts';
import { gatesOf, type TableGate } from './chunk-rows.ts';
import type { ReadableConnection } from './connection.ts';
import { conditionVariables, type RowConditions, weightOf } from './row-conditions.ts';
import {
  type AxisSteps,
  giveBack,
  PRESENT,
  type RowGate,
  type RowScan,
  type ScanColumns,
  scoresOf,
  takeRowScan,
} from './row-scan.ts';

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
}

/** Sums of an item by group: axes in order, the last running fastest, `SUMS` numbers a group. */
export interface AnswerTable {
  items: Float64Array[];
  respondents: Float64Array | null;
}

const SLICE_MS = 12;
/** Items are summed up together while their cells are no more than these, so that each chunk is prepared once. */
const CELLS_AT_ONCE = 1 << 17;
/** One item with more cells would not fit the memory. */
const MOST_CELLS = 1 << 24;

/** `breathe` is called often; it lets other work run, and throws where this one has become pointless. */
export async function tabulateAnswers(
  connection: ReadableConnection,
  query: AnswerTableQuery,
  breathe: () => Promise<void>,
): Promise<AnswerTable> {
  const steps = tabulate(connection, query);
  try {
    let until = performance.now() + SLICE_MS;
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      if (performance.now() < until) continue;
      await breathe();
      until = performance.now() + SLICE_MS;
    }
  } finally {
    steps.return(NOTHING);
  }
}

export function tabulateAtOnce(connection: ReadableConnection, query: AnswerTableQuery): AnswerTable {
  const steps = tabulate(connection, query);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

const NOTHING: AnswerTable = { items: [], respondents: null };

/** Stops wherever others may have their turn. */
function* tabulate(
  connection: ReadableConnection,
  query: AnswerTableQuery,
): Generator<undefined, AnswerTable> {
  const combinations = query.axes.map((axis) => new Combinations(axis));
  const chunks = yield* openTable(connection, query, combinations);
  const sizes = combinations.map((one) => one.lists.length);
  const cells = sizes.reduce((product, size) => product * size, 1);
  if (cells > MOST_CELLS) throw new AppError('explore-too-large');
  const spread = new Spread(combinations);
  const sums: Float64Array[] = [];
  // The respondents are summed up as one more item, the last.
  const wanted = [...query.items, ...(query.respondents ? [null] : [])];
  const together = Math.max(1, Math.floor(CELLS_AT_ONCE / cells));
  const scan = takeRowScan();
  try {
    for (let from = 0; from < wanted.length; from += together) {
      const items = wanted.slice(from, from + together);
      yield* addItems(scan, chunks, query, items, sizes);
      for (let i = 0; i < items.length; i++) sums.push(spread.over(scan.sums(i * cells, cells)));
    }
  } finally {
    giveBack(scan);
  }
  const respondents = query.respondents ? sums.pop()! : null;
  return { items: sums, respondents };
}

/** Sums up items, null for the respondents themselves, one after the other. */
function* addItems(
  scan: RowScan,
  chunks: readonly OpenChunk[],
  { satisfiedFrom }: AnswerTableQuery,
  items: readonly (TableItem | null)[],
  sizes: readonly number[],
): Generator<undefined, void> {
  const cells = sizes.reduce((product, size) => product * size, 1);
  scan.reset(items.length * cells);
  for (const chunk of chunks) {
    if (scan.choose(chunk.reader.rows, chunk.gates) === 0) continue;
    scan.load(columnsOf(chunk, sizes), items.length);
    yield;
    for (const [i, item] of items.entries()) {
      addItem(scan, chunk, item, i * cells, satisfiedFrom);
      yield;
    }
  }
}

function addItem(
  scan: RowScan,
  { reader, batch }: OpenChunk,
  item: TableItem | null,
  first: number,
  satisfiedFrom: number,
): void {
  if (!item) {
    scan.add(null, PRESENT, first);
    return;
  }
  const map = item.scoreIn(batch);
  if (!map || !reader.has(item.variable)) return;
  const { codes, values } = reader.vector(item.variable) as NumberVector;
  if (values.length > 0) scan.add(codes, scoresOf(values, map, satisfiedFrom), first);
}

interface OpenChunk {
  reader: ChunkReader;
  batch: number;
  /** What its rows must meet. */
  gates: RowGate[];
  weight: NumberVector;
  /** One an axis. */
  vectors: CodedVector[];
  /** One an axis: combination by code. */
  tables: Int32Array[];
}

/** The chunks in which somebody may count. */
function* openTable(
  connection: ReadableConnection,
  { batches, axes, gates, items, conditions: conditionsFor }: AnswerTableQuery,
  combinations: readonly Combinations[],
): Generator<undefined, OpenChunk[]> {
  const conditions = new Map(batches.map((batch) => [batch, conditionsFor(batch)]));
  const named = [
    ...[...axes, ...gates, ...items].map(({ variable }) => variable),
    ...[...conditions.values()].flatMap((one) => (one ? conditionVariables(one) : [])),
  ];
  const found: OpenChunk[] = [];
  for (const { reader, batch } of openChunks(connection, batches, [
    'weight',
    'dealer',
    'quarter',
    ...named,
  ])) {
    const own = conditions.get(batch);
    if (own === undefined || !axes.every(({ variable }) => reader.has(variable))) continue;
    const open = gatesOf(reader, gates, own);
    if (open === null) continue;
    const vectors = axes.map(({ variable }) => reader.vector(variable) as CodedVector);
    const tables = combinations.map((one, a) => one.learn(vectors[a]!.values));
    open.push(...axisGates(vectors, tables));
    found.push({ reader, batch, gates: open, weight: weightOf(reader, own), tables, vectors });
    yield;
  }
  return found;
}

/** Rows with a value that belongs to no group are left out. */
function axisGates(vectors: readonly CodedVector[], tables: readonly Int32Array[]): RowGate[] {
  const gates: RowGate[] = [];
  for (const [a, { codes, missing }] of vectors.entries()) {
    const table = tables[a]!;
    const passes = new Uint8Array(table.length);
    for (let code = 0; code < table.length; code++) passes[code] = Number(table[code]! >= 0);
    if (passes.includes(0, missing > 0 ? 0 : 1)) gates.push({ codes, passes });
  }
  return gates;
}

/** An axis that all rows share only moves the cells. */
function columnsOf({ vectors, tables, weight }: OpenChunk, sizes: readonly number[]): ScanColumns {
  const axes: AxisSteps[] = [];
  let offset = 0;
  let stride = sizes.reduce((product, size) => product * size, 1);
  for (const [a, vector] of vectors.entries()) {
    stride /= sizes[a]!;
    const steps = new Uint32Array(tables[a]!.length);
    for (let code = 0; code < steps.length; code++) steps[code] = Math.max(0, tables[a]![code]!) * stride;
    if (isUniform(vector)) offset += steps[vector.values.length]!;
    else axes.push({ codes: vector.codes, steps });
  }
  return { axes, offset, weight };
}
