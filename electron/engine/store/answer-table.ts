// Sums of many items by many groups in one go: each chunk is brought once to a cell number a row (what does not pass
// is left out), then every item is a histogram of (cell, answer) over all chunks, without branches per value.
// A value may belong to several groups (a choice of many, a quarter in its year), so cells are the distinct
// combinations that occur, and are spread over their groups once at the end.
import { conditionVariables, keptRows, type RowConditions } from './answer-cells.ts';
import { pickRows } from './answer-slice.ts';
import type { CodedVector, Codes, NumberVector } from './answer-vector.ts';
import { isUniform } from './answer-vector.ts';
import { openChunks } from './answers.ts';
import type { ChunkReader } from './chunk-reader.ts';
import type { ReadableConnection } from './connection.ts';

/** A stored value: a number, a choice, several choices, or null where the respondent gave none. */
export type StoredValue = string | number | readonly string[] | null;

/**
 * The dealer together with the quarter, for places that depend on both; `dealerQuarter` reads its values.
 * Rows without either have no value.
 */
export const DEALER_QUARTER = 'dealer and quarter';

/** What a value of that variable stands for. */
export function dealerQuarter(value: number): { dealer: number; quarter: number } {
  return { dealer: Math.floor(value / 0x10000), quarter: value % 0x10000 };
}

/** What rows are grouped by: each value's groups, 0 to `size - 1`; none leaves the row out. */
export interface TableAxis {
  variable: string;
  size: number;
  groupsOf(value: StoredValue): readonly number[];
}

/** What a row must meet; a chunk that was never asked the variable has none that does. */
export interface TableGate {
  variable: string;
  passes(value: StoredValue): boolean;
}

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

/** n, sumW, sumW2, sumWX, sumWX2, sumW of the satisfied. */
export const SUMS = 6;

/** Sums of an item by group: axes in order, the last running fastest, `SUMS` numbers a group. */
export interface AnswerTable {
  items: Float64Array[];
  respondents: Float64Array | null;
}

const SLICE_MS = 12;
/** More bins than this and than the rows: row by row instead. */
const MOST_BINS = 1 << 18;

interface ReadyChunk {
  reader: ChunkReader;
  batch: number;
  count: number;
  /** Rows that take part; null for all. */
  rows: Uint16Array | null;
  cells: Codes | Uint32Array;
  weightCodes: Codes | null;
  factors: Float64Array;
  uniform: number;
}

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

/** The distinct lists of groups that values of an axis belong to; combination 0 is that of a missing value. */
class Combinations {
  readonly axis: TableAxis;
  readonly lists: (readonly number[])[];
  readonly #known = new Map<string, number>();

  constructor(axis: TableAxis) {
    this.axis = axis;
    const missing = axis.groupsOf(null);
    this.lists = [missing];
    // Found by nobody else, so that chunks with the same table of values need no translation.
    this.#known.set(`missing ${missing.join()}`, 0);
  }

  /** By code of a chunk: the combination, -1 where the row is left out. */
  learn(values: CodedVector['values']): Int32Array {
    const out = new Int32Array(values.length + 1);
    out[0] = this.lists[0]!.length > 0 ? 0 : -1;
    // Asked, and nothing chosen, is as good as no answer.
    for (const [i, value] of values.entries())
      out[i + 1] = Array.isArray(value) && value.length === 0 ? out[0] : this.#find(value);
    return out;
  }

  #find(value: StoredValue): number {
    const groups = this.axis.groupsOf(value);
    if (groups.length === 0) return -1;
    const key = groups.join();
    let found = this.#known.get(key);
    if (found === undefined) {
      found = this.lists.length;
      this.lists.push(groups);
      this.#known.set(key, found);
    }
    return found;
  }
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

/** The codes of a variable of a chunk, those of dealer and quarter together where that is asked. */
function vectorOf(reader: ChunkReader, variable: string): CodedVector {
  if (variable !== DEALER_QUARTER) return reader.vector(variable) as CodedVector;
  const dealers = reader.vector('dealer') as NumberVector;
  const quarters = reader.vector('quarter') as NumberVector;
  const width = quarters.values.length + 1;
  const codeOf = new Uint16Array((dealers.values.length + 1) * width);
  const codes = new Uint16Array(reader.rows);
  const values: number[] = [];
  let missing = 0;
  for (let i = 0; i < codes.length; i++) {
    const [d, q] = [dealers.codes[i]!, quarters.codes[i]!];
    if (d === 0 || q === 0) {
      missing++;
      continue;
    }
    const at = d * width + q;
    if (codeOf[at] === 0) {
      values.push(dealers.values[d - 1]! * 0x10000 + quarters.values[q - 1]!);
      codeOf[at] = values.length;
    }
    codes[i] = codeOf[at]!;
  }
  return { kind: 'numbers', codes, values, missing };
}

/** Rows of a chunk that meet every condition. */
export function rowsThatPass(
  reader: ChunkReader,
  gates: readonly TableGate[],
  conditions: RowConditions | null,
): 'all' | 'none' | Uint16Array {
  const has = (variable: string) => variable === DEALER_QUARTER || reader.has(variable);
  if (!gates.every((gate) => has(gate.variable) && couldPass(reader, gate))) return 'none';
  const open = openGates(reader, gates);
  if (conditions && !addConditions(reader, conditions, weightOf(reader, conditions), open)) return 'none';
  const rows = open.length === 0 ? 'all' : passingRows(reader.rows, open);
  return rows !== 'all' && rows.length === 0 ? 'none' : rows;
}

/** The weights that count; a chunk without the wanted ones keeps its own. */
export function weightOf(reader: ChunkReader, conditions: RowConditions | null): NumberVector {
  const wanted = conditions?.weight ?? 'weight';
  return reader.vector(reader.has(wanted) ? wanted : 'weight') as NumberVector;
}

/** Adds what the conditions leave out; false where that is everybody. */
function addConditions(
  reader: ChunkReader,
  conditions: RowConditions,
  weight: NumberVector,
  open: OpenGate[],
): boolean {
  const keep = keptRows(reader, conditions);
  if (keep === 'none') return false;
  if (keep.includes(0)) open.push({ codes: keep, passes: Uint8Array.of(0, 1) });
  if (weight.missing > 0)
    open.push({ codes: weight.codes, passes: new Uint8Array(weight.values.length + 1).fill(1, 1) });
  return true;
}

/** The conditions that some row of the chunk fails. */
function openGates(reader: ChunkReader, gates: readonly TableGate[]): OpenGate[] {
  return gates.flatMap((gate) => {
    const vector = vectorOf(reader, gate.variable);
    const passes = Uint8Array.from([null, ...vector.values], (value) => (gate.passes(value) ? 1 : 0));
    return passes.every((pass, code) => pass === 1 || (code === 0 && vector.missing === 0))
      ? []
      : [{ codes: vector.codes, passes }];
  });
}

interface OpenGate {
  codes: Codes;
  passes: Uint8Array;
}

function couldPass(reader: ChunkReader, { variable, passes }: TableGate): boolean {
  if (variable === DEALER_QUARTER) return true;
  const { values, missing } = reader.values(variable);
  return (missing > 0 && passes(null)) || values.some((value) => passes(value));
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

function passingRows(rows: number, gates: readonly OpenGate[]): Uint16Array {
  const [first, ...others] = gates;
  const out = new Uint16Array(rows);
  let found = keepPassing(first!, out);
  for (const { codes, passes } of others) {
    let kept = 0;
    for (let k = 0; k < found; k++) {
      const row = out[k]!;
      out[kept] = row;
      kept += passes[codes[row]!]!;
    }
    found = kept;
  }
  return out.subarray(0, found);
}

function keepPassing({ codes, passes }: OpenGate, out: Uint16Array): number {
  let kept = 0;
  for (let i = 0; i < codes.length; i++) {
    out[kept] = i;
    kept += passes[codes[i]!]!;
  }
  return kept;
}

function pick(codes: Codes, rows: Uint16Array | null): Codes {
  return rows === null ? codes : pickRows(codes, rows);
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
  let offset = 0;
  for (const [a, vector] of vectors.entries()) {
    const stride = sizes.slice(a + 1).reduce((product, size) => product * size, 1);
    const steps = Uint32Array.from(tables[a]!, (cell) => Math.max(0, cell) * stride);
    if (isUniform(vector)) offset += steps[vector.values.length]!;
    else if (rows === null) addSteps(cells, vector.codes, steps);
    else addPickedSteps(cells, vector.codes, rows, steps);
  }
  if (offset > 0) for (let k = 0; k < count; k++) cells[k] = cells[k]! + offset;
  return cells;
}

function addSteps(cells: Codes | Uint32Array, codes: Codes, steps: Uint32Array): void {
  for (let i = 0; i < cells.length; i++) cells[i] = cells[i]! + steps[codes[i]!]!;
}

function addPickedSteps(
  cells: Codes | Uint32Array,
  codes: Codes,
  rows: Uint16Array,
  steps: Uint32Array,
): void {
  for (let k = 0; k < cells.length; k++) cells[k] = cells[k]! + steps[codes[rows[k]!]!]!;
}

/** One item's sums by cell, through a histogram that is kept from chunk to chunk while it has room for the answers. */
class ItemSums {
  readonly #cells: number;
  readonly #satisfiedFrom: number;
  readonly #sums: Float64Array;
  readonly #byRow: boolean;
  #scores: number[] = [];
  #codeOf = new Map<number, number>();
  #shift = 0;
  #counts = new Uint32Array(0);
  #weights = new Float64Array(0);

  constructor(cells: number, satisfiedFrom: number, chunks: readonly ReadyChunk[]) {
    this.#cells = cells;
    this.#satisfiedFrom = satisfiedFrom;
    this.#sums = new Float64Array(cells * SUMS);
    const rows = chunks.reduce((sum, chunk) => sum + chunk.count, 0);
    this.#byRow = cells * 16 > Math.max(MOST_BINS, rows);
  }

  add(chunk: ReadyChunk, item: NumberVector, map: { intercept: number; slope: number }): void {
    if (isUniform(item) && item.values.length === 0) return;
    const scores = item.values.map((value) => map.intercept + map.slope * value);
    if (this.#byRow) {
      addRows(this.#sums, chunk, pick(item.codes, chunk.rows), scores, this.#satisfiedFrom);
      return;
    }
    const translation = this.#learn(scores);
    const codes = translation ? translate(item.codes, chunk.rows, translation) : pick(item.codes, chunk.rows);
    const { cells, weightCodes, factors, uniform } = chunk;
    if (weightCodes === null) countBins(codes, cells, this.#shift, this.#counts, this.#weights, uniform);
    else weighBins(codes, cells, this.#shift, this.#counts, this.#weights, weightCodes, factors);
  }

  /** Null where the chunk's codes are the histogram's already. */
  #learn(scores: readonly number[]): Uint8Array | Uint16Array | null {
    const fresh = scores.filter((score) => !this.#codeOf.has(score));
    if (this.#scores.length + fresh.length >= 2 ** this.#shift || this.#counts.length === 0)
      this.#makeRoom(this.#scores.length + fresh.length);
    for (const score of fresh) {
      this.#scores.push(score);
      this.#codeOf.set(score, this.#scores.length);
    }
    const codes = scores.map((score) => this.#codeOf.get(score)!);
    return codes.every((code, i) => code === i + 1) ? null : Uint16Array.from([0, ...codes]);
  }

  #makeRoom(scores: number): void {
    this.#flush();
    this.#shift = Math.max(4, Math.ceil(Math.log2(scores + 1)));
    this.#counts = new Uint32Array(this.#cells << this.#shift);
    this.#weights = new Float64Array(2 * this.#counts.length);
  }

  #flush(): void {
    for (let cell = 0; this.#counts.length > 0 && cell < this.#cells; cell++)
      for (let code = 1; code <= this.#scores.length; code++) {
        const bin = (cell << this.#shift) + code;
        if (this.#counts[bin]! === 0) continue;
        const weights = {
          n: this.#counts[bin]!,
          w: this.#weights[2 * bin]!,
          w2: this.#weights[2 * bin + 1]!,
        };
        credit(this.#sums, cell * SUMS, weights, this.#scores[code - 1]!, this.#satisfiedFrom);
      }
  }

  finish(): Float64Array {
    if (!this.#byRow) this.#flush();
    return this.#sums;
  }
}

function credit(
  sums: Float64Array,
  at: number,
  { n, w, w2 }: { n: number; w: number; w2: number },
  score: number,
  satisfiedFrom: number,
): void {
  sums[at]! += n;
  sums[at + 1]! += w;
  sums[at + 2]! += w2;
  sums[at + 3]! += w * score;
  sums[at + 4]! += w * score * score;
  if (score >= satisfiedFrom) sums[at + 5]! += w;
}

function translate(codes: Codes, rows: Uint16Array | null, to: Uint8Array | Uint16Array): Uint16Array {
  const out = new Uint16Array(rows?.length ?? codes.length);
  if (rows === null) for (let i = 0; i < out.length; i++) out[i] = to[codes[i]!]!;
  else for (let k = 0; k < out.length; k++) out[k] = to[codes[rows[k]!]!]!;
  return out;
}

function countBins(
  codes: Codes,
  cells: Codes | Uint32Array,
  shift: number,
  counts: Uint32Array,
  weights: Float64Array,
  uniform: number,
): void {
  // Counted apart first: other chunks of the same histogram may carry other weights.
  const own = new Uint32Array(counts.length);
  for (let i = 0; i < codes.length; i++) own[(cells[i]! << shift) | codes[i]!]!++;
  for (let bin = 0; bin < own.length; bin++) {
    const n = own[bin]!;
    if (n === 0) continue;
    counts[bin]! += n;
    weights[2 * bin]! += n * uniform;
    weights[2 * bin + 1]! += n * uniform * uniform;
  }
}

function weighBins(
  codes: Codes,
  cells: Codes | Uint32Array,
  shift: number,
  counts: Uint32Array,
  weights: Float64Array,
  weightCodes: Codes,
  factors: Float64Array,
): void {
  for (let i = 0; i < codes.length; i++) {
    const bin = (cells[i]! << shift) | codes[i]!;
    const weight = factors[weightCodes[i]!]!;
    counts[bin]!++;
    weights[2 * bin]! += weight;
    weights[2 * bin + 1]! += weight * weight;
  }
}

function addRows(
  sums: Float64Array,
  { cells, weightCodes, factors, uniform }: ReadyChunk,
  codes: Codes,
  scores: readonly number[],
  satisfiedFrom: number,
): void {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code === 0) continue;
    const w = weightCodes === null ? uniform : factors[weightCodes[i]!]!;
    const x = scores[code - 1]!;
    const at = cells[i]! * SUMS;
    sums[at]! += 1;
    sums[at + 1]! += w;
    sums[at + 2]! += w * w;
    sums[at + 3]! += w * x;
    sums[at + 4]! += w * x * x;
    if (x >= satisfiedFrom) sums[at + 5]! += w;
  }
}

function countRespondents(chunks: readonly ReadyChunk[], cells: number): Float64Array {
  const sums = new Float64Array(cells * SUMS);
  for (const chunk of chunks)
    for (let i = 0; i < chunk.count; i++) {
      const w = chunk.weightCodes === null ? chunk.uniform : chunk.factors[chunk.weightCodes[i]!]!;
      const at = chunk.cells[i]! * SUMS;
      sums[at]! += 1;
      sums[at + 1]! += w;
      sums[at + 2]! += w * w;
    }
  return sums;
}

/** Adds every combination to each of its groups. */
class Spread {
  readonly #combinations: readonly Combinations[];
  readonly #size: number;

  constructor(combinations: readonly Combinations[]) {
    this.#combinations = combinations;
    this.#size = combinations.reduce((product, { axis }) => product * axis.size, 1);
  }

  over(sums: Float64Array): Float64Array {
    const out = new Float64Array(this.#size * SUMS);
    const cells = sums.length / SUMS;
    const places = new Array<number>(this.#combinations.length).fill(0);
    for (let cell = 0; cell < cells; cell++) {
      if (sums[cell * SUMS]! === 0) continue;
      let rest = cell;
      for (let a = places.length - 1; a >= 0; a--) {
        const { length } = this.#combinations[a]!.lists;
        places[a] = rest % length;
        rest = Math.floor(rest / length);
      }
      this.#addTo(out, 0, 0, places, sums, cell * SUMS);
    }
    return out;
  }

  #addTo(
    out: Float64Array,
    axis: number,
    at: number,
    places: readonly number[],
    sums: Float64Array,
    from: number,
  ): void {
    if (axis === places.length) {
      for (let k = 0; k < SUMS; k++) out[at * SUMS + k]! += sums[from + k]!;
      return;
    }
    const { lists, axis: by } = this.#combinations[axis]!;
    for (const group of lists[places[axis]!]!)
      this.#addTo(out, axis + 1, at * by.size + group, places, sums, from);
  }
}
