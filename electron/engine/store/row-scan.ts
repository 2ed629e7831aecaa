// Sums of answers by cell over the rows of a chunk, in a loop that is put together for the codes at hand: how many bytes
// they take, how many axes number the cells, whether some rows are left out. Knows nothing of where vectors come from.
import type { Codes, NumberVector } from './answer-vector.ts';
import { isUniform, MAX_CHUNK_ROWS } from './answer-vector.ts';
import {
  byteAt,
  type Code,
  compiled,
  linked,
  local,
  loop,
  newMemory,
  PAGE,
  pairAt,
  plus,
  productOf,
  putPair,
  putShort,
  putWhole,
  setLocal,
  shifted,
  shortAt,
  sumOf,
  twiceAt,
  type WasmModule,
  whole,
  wholeAt,
  withOne,
} from './wasm-code.ts';

/** What each code of an axis adds to a row's cell number. */
export interface AxisSteps {
  codes: Codes;
  steps: Uint32Array;
}

/** A condition on rows. */
export interface RowGate {
  codes: Codes;
  /** By code 1 or 0. */
  passes: Uint8Array;
}

/** What rows of one chunk are summed up by. */
export interface ScanColumns {
  axes: readonly AxisSteps[];
  /** The cell number that all rows share. */
  offset: number;
  weight: NumberVector;
}

/** By answer: present (0 for code 0), score, its square, satisfied. */
export type AnswerScores = Float64Array;

/** Doubles of a cell: its sums, and as many unused ones as make it one line of the processor's cache. */
export const CELL_STRIDE = 8;
const CELL_BITS = 6;
const SCORE_BITS = 5;

// Where things lie in the memory, in bytes; a line holds a code of two bytes for every row of a chunk.
const LINE = 2 * (MAX_CHUNK_ROWS + 1);
const ROWS = 0;
const WEIGHT_CODES = LINE;
const ANSWERS = 2 * LINE;
const GATE_CODES = ANSWERS;
const CELLS = 3 * LINE;
const WEIGHTS = 5 * LINE;
const PASSES = WEIGHTS;
const SCORES = 9 * LINE;
const AXES = 25 * LINE;
const AXIS = 3 * LINE;
const MOST_AXES = 8;
const TOTALS = AXES + MOST_AXES * AXIS;

const codesOfAxis = (axis: number) => AXES + axis * AXIS;
const stepsOfAxis = (axis: number) => codesOfAxis(axis) + LINE;

const modules = new Map<string, WasmModule>();

/** Those that nobody uses: each keeps its memory, and its loops that the processor knows by now. */
const idle: RowScan[] = [];
const MOST_IDLE = 2;
const MOST_IDLE_BYTES = 24 * 1024 * 1024;

/** To be given back, whatever happens. */
export function takeRowScan(): RowScan {
  return idle.pop() ?? new RowScan();
}

export function giveBack(scan: RowScan): void {
  if (idle.length < MOST_IDLE && scan.size <= MOST_IDLE_BYTES) idle.push(scan);
}

/** Holds the sums of one reader at a time. */
export class RowScan {
  readonly #memory = newMemory(TOTALS / PAGE);
  readonly #runs = new Map<string, (...parameters: number[]) => number>();
  #bytes = new Uint8Array(this.#memory.buffer);
  #count = 0;
  #rows: 'all' | 'some' = 'all';
  #axes = '';
  #offset = 0;
  #weightWidth = 0;

  get size(): number {
    return this.#bytes.length;
  }

  /** Room for so many cells, all of them empty. */
  reset(cells: number): void {
    const end = TOTALS + cells * CELL_STRIDE * 8;
    if (end > this.size) {
      this.#memory.grow(Math.ceil((end - this.size) / PAGE));
      this.#bytes = new Uint8Array(this.#memory.buffer);
    }
    this.#bytes.fill(0, TOTALS, end);
  }

  /** Leaves out the rows of a chunk that fail a condition; answers how many are left. */
  choose(rows: number, gates: readonly RowGate[]): number {
    this.#rows = 'all';
    this.#count = rows;
    for (const { codes, passes } of gates) {
      if (this.#count === 0) break;
      this.#put(GATE_CODES, codes);
      this.#bytes.set(passes, PASSES);
      this.#count = this.#run(`rows ${this.#rows} ${codes.BYTES_PER_ELEMENT}`)(this.#count, 0);
      this.#rows = 'some';
    }
    return this.#count;
  }

  /** The rows that met a condition; holds until the next choice. */
  chosen(): Uint16Array {
    return new Uint16Array(this.#memory.buffer, ROWS, this.#count);
  }

  /** How the chosen rows are summed up; their cells are worked out once where several items follow. */
  load({ axes, offset, weight }: ScanColumns, items: number): void {
    if (axes.length > MOST_AXES) throw new RangeError(`RowScan: ${axes.length} axes`);
    for (const [a, { codes, steps }] of axes.entries()) {
      this.#put(codesOfAxis(a), codes);
      const to = new Uint32Array(this.#memory.buffer, stepsOfAxis(a), steps.length);
      for (let code = 0; code < steps.length; code++) to[code] = steps[code]! << CELL_BITS;
    }
    const uniform = isUniform(weight);
    if (!uniform) this.#put(WEIGHT_CODES, weight.codes);
    const weights = weightsByCode(weight);
    new Float64Array(this.#memory.buffer, WEIGHTS, weights.length).set(weights);
    this.#offset = offset;
    this.#weightWidth = uniform ? 0 : weight.codes.BYTES_PER_ELEMENT;
    this.#axes = axes.map(({ codes }) => codes.BYTES_PER_ELEMENT).join('');
    if (items < 2 || axes.length < 2) return;
    this.#run(`cells ${this.#rows} ${this.#axes}`)(this.#count, 0);
    this.#axes = 'known';
  }

  /** Adds the answers to the cells from `first` on; without an item, the respondents. */
  add(item: Codes | null, scores: AnswerScores, first: number): void {
    if (this.#count === 0) return;
    if (item) this.#put(ANSWERS, item);
    new Float64Array(this.#memory.buffer, SCORES, scores.length).set(scores);
    const itemWidth = item?.BYTES_PER_ELEMENT ?? 0;
    const run = this.#run(`sums ${this.#rows} ${this.#axes} ${this.#weightWidth} ${itemWidth}`);
    run(this.#count, (first + this.#offset) << CELL_BITS);
  }

  /** `CELL_STRIDE` numbers a cell, its sums first; holds until the next reset. */
  sums(first: number, cells: number): Float64Array {
    return new Float64Array(this.#memory.buffer, TOTALS + first * CELL_STRIDE * 8, cells * CELL_STRIDE);
  }

  #put(at: number, codes: Codes): void {
    this.#bytes.set(new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength), at);
  }

  #run(name: string): (...parameters: number[]) => number {
    let run = this.#runs.get(name);
    if (!run) {
      const module = modules.get(name) ?? moduleOf(name);
      modules.set(name, module);
      run = linked(module, this.#memory);
      this.#runs.set(name, run);
    }
    return run;
  }
}

/** Raked weights are mostly as many as respondents: their table is made once, and dropped with its vector. */
const tables = new WeakMap<NumberVector, Float64Array>();

function weightsByCode(weight: NumberVector): Float64Array {
  let table = tables.get(weight);
  if (!table) {
    table = new Float64Array(weight.values.length + 1);
    table.set(weight.values, 1);
    tables.set(weight, table);
  }
  return table;
}

/** By answer of an item, what is summed up. */
export function scoresOf(
  values: readonly number[],
  { intercept, slope }: { intercept: number; slope: number },
  satisfiedFrom: number,
): AnswerScores {
  const scores = new Float64Array((values.length + 1) * 4);
  for (const [k, value] of values.entries()) {
    const score = intercept + slope * value;
    scores[4 * k + 4] = 1;
    scores[4 * k + 5] = score;
    scores[4 * k + 6] = score * score;
    scores[4 * k + 7] = score >= satisfiedFrom ? 1 : 0;
  }
  return scores;
}

/** For respondents as such, whatever they answered. */
export const PRESENT: AnswerScores = Float64Array.of(0, 0, 0, 0, 1, 0, 0, 0);

// Locals: how many rows, where the cells begin, then what a row is about.
const [COUNT, START, I, ROW, CELL, ANSWER, WEIGHT, IS_PRESENT] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const LOCALS = { parameters: 2, wholes: 4, pairs: 2 };

/** What to do with rows, which ones, and how many bytes the codes of their axes (or gate), weights and answers take. */
function moduleOf(name: string): WasmModule {
  const [kind, rows, axes, weight, item] = name.split(' ') as ['rows' | 'cells' | 'sums', ...string[]];
  const row = setLocal(ROW, rows === 'some' ? shortAt(ROWS, shifted(local(I), 1)) : local(I));
  const cell =
    axes === 'known'
      ? wholeAt(CELLS, shifted(local(I), 2))
      : [...axes!].map((width, a) => stepAt(a, Number(width))).reduce(plus, whole(0));
  const bodies = {
    rows: () => keepRow(Number(axes)),
    cells: () => putWhole(CELLS, shifted(local(I), 2), cell),
    sums: () => sumRow(plus(local(START), cell), Number(weight), Number(item)),
  };
  return compiled(LOCALS, [...loop(I, local(COUNT), [...row, ...bodies[kind]()]), ...local(START)]);
}

/** Puts the row down, to be overwritten by the next one unless it passes; the start counts those that did. */
function keepRow(gateWidth: number): Code {
  const pass = byteAt(PASSES, codeAt(GATE_CODES, gateWidth));
  return [
    ...putShort(ROWS, shifted(local(START), 1), local(ROW)),
    ...setLocal(START, plus(local(START), pass)),
  ];
}

/** Code of a row, of none, one or two bytes; without any it is 1. */
function codeAt(base: number, width: number): Code {
  if (width === 0) return whole(1);
  return width === 1 ? byteAt(base, local(ROW)) : shortAt(base, shifted(local(ROW), 1));
}

function stepAt(axis: number, width: number): Code {
  return wholeAt(stepsOfAxis(axis), shifted(codeAt(codesOfAxis(axis), width), 2));
}

/** A row's n and W, W² and WX, WX² and W of the satisfied. */
function sumRow(cell: Code, weightWidth: number, itemWidth: number): Code {
  const [weight, present] = [local(WEIGHT), local(IS_PRESENT)];
  return [
    ...setLocal(CELL, cell),
    ...setLocal(ANSWER, shifted(codeAt(ANSWERS, itemWidth), SCORE_BITS)),
    ...setLocal(WEIGHT, twiceAt(WEIGHTS, shifted(codeAt(WEIGHT_CODES, weightWidth), 3))),
    ...setLocal(IS_PRESENT, twiceAt(SCORES, local(ANSWER))),
    ...addPair(0, productOf(withOne(weight, 0), present)),
    ...addPair(1, productOf(weight, productOf(withOne(weight, 1), pairAt(SCORES, local(ANSWER))))),
    ...addPair(2, productOf(weight, pairAt(SCORES + 16, local(ANSWER)))),
  ];
}

function addPair(pair: number, value: Code): Code {
  const at = TOTALS + 16 * pair;
  return putPair(at, local(CELL), sumOf(pairAt(at, local(CELL)), value));
}
