// One item's sums by cell: a histogram of (cell, answer) over all chunks, without branches per value, and a
// multiplication a bin at the end; row by row where the bins would outnumber the rows.
import { SUMS } from './answer-groups.ts';
import { pickRows } from './answer-slice.ts';
import type { Codes, NumberVector } from './answer-vector.ts';
import { isUniform } from './answer-vector.ts';
import type { ChunkReader } from './chunk-reader.ts';

/** More bins than this and than the rows: row by row instead. */
const MOST_BINS = 1 << 18;

export interface ReadyChunk {
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

export function pick(codes: Codes, rows: Uint16Array | null): Codes {
  return rows === null ? codes : pickRows(codes, rows);
}

/** One item's sums by cell, through a histogram that is kept from chunk to chunk while it has room for the answers. */
export class ItemSums {
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

export function countRespondents(chunks: readonly ReadyChunk[], cells: number): Float64Array {
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
