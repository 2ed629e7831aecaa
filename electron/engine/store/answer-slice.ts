// Sums of one item by groups, over chunks: a joint histogram of (group, answer) per chunk in one pass without
// branches per value, then a multiplication a bin; where the bins would outnumber the rows by far, row by row.
// No SQL, and no knowledge of where vectors come from.
import { type CodedVector, type Codes, isUniform, type NumberVector } from './answer-vector.ts';

/** The value that a group shares in one dimension; null where respondents gave none. */
export type GroupKey = string | number | null;

/** Sums over the respondents of a group that answered the item; x is the mapped answer, W the weight. */
export interface AnswerSums {
  n: number;
  sumW: number;
  sumW2: number;
  sumWX: number;
  sumWX2: number;
}

export interface SliceGroup extends AnswerSums {
  /** One key per dimension, in the order of `by`. */
  keys: readonly GroupKey[];
}

/** score = intercept + slope * native answer. */
export interface LinearMap {
  intercept: number;
  slope: number;
}

/** The columns of one chunk that a slice reads. `keep` is 1 for rows that pass the filters, else 0. */
export interface SliceColumns {
  item: NumberVector;
  by: readonly CodedVector[];
  weight: NumberVector;
  keep: Uint8Array | null;
}

type Cells = Codes | Uint32Array | Float64Array;

/** A histogram of more bins than this for each row costs more than it saves. */
const MAX_BINS_PER_ROW = 16;

interface Bins {
  counts: Uint32Array;
  /** Sum of weights and of squared weights, in pairs; null where every weight is `uniform`. */
  weights: Float64Array | null;
  uniform: number;
}

export class SliceTally {
  readonly #map: LinearMap;
  readonly #groups = new Map<GroupKey, SliceGroup>();

  constructor(map: LinearMap) {
    this.#map = map;
  }

  add({ item, by, weight, keep }: SliceColumns): void {
    const groups = by.reduce((product, vector) => product * (vector.values.length + 1), 1);
    const shift = Math.ceil(Math.log2(item.values.length + 1));
    const cells = joinCodes(by, groups, item.codes.length);
    const codes = keep === null ? item.codes : passing(item.codes, keep);
    const score = item.values.map((value) => this.#map.intercept + this.#map.slope * value);
    const sums =
      groups * 2 ** shift > MAX_BINS_PER_ROW * codes.length
        ? sumRows(codes, cells, weight, score)
        : sumBins(tabulate(codes, cells, weight, groups << shift, shift), groups, shift, score);
    const options = by.map(groupKeys);
    // A combination of choices counts once in each of its choices.
    for (const [group, part] of sums)
      for (const keys of keysOf(group, options)) addSums(this.#group(keys), part);
  }

  groups(): SliceGroup[] {
    return [...this.#groups.values()].sort((a, b) => compareKeys(a.keys, b.keys));
  }

  #group(keys: readonly GroupKey[]): SliceGroup {
    const name = keys.length === 1 ? keys[0]! : JSON.stringify(keys);
    let group = this.#groups.get(name);
    if (!group) {
      group = { keys, ...nothing() };
      this.#groups.set(name, group);
    }
    return group;
  }
}

/** By code, 1 where the value passes (of a combination: any choice), else 0; missing never passes. */
export function passingCodes(
  values: CodedVector['values'],
  allows: (value: string | number) => boolean,
): Uint8Array {
  const passes = new Uint8Array(values.length + 1);
  for (const [i, value] of values.entries())
    if (typeof value === 'object' ? value.some(allows) : allows(value)) passes[i + 1] = 1;
  return passes;
}

/** Narrows `keep` (or all rows) to those whose code passes. */
export function narrow(keep: Uint8Array | null, codes: Codes, passes: Uint8Array): Uint8Array {
  const out = new Uint8Array(codes.length);
  if (keep === null) for (let i = 0; i < out.length; i++) out[i] = passes[codes[i]!]!;
  else for (let i = 0; i < out.length; i++) out[i] = keep[i]! & passes[codes[i]!]!;
  return out;
}

function passing(codes: Codes, keep: Uint8Array): Codes {
  return codes instanceof Uint8Array
    ? mask(codes, keep, new Uint8Array(codes.length))
    : mask(codes, keep, new Uint16Array(codes.length));
}

function mask<T extends Codes>(codes: T, keep: Uint8Array, out: T): T {
  for (let i = 0; i < keep.length; i++) out[i] = Math.imul(codes[i]!, keep[i]!);
  return out;
}

function joinCodes(by: readonly CodedVector[], groups: number, rows: number): Cells {
  if (by.length === 0) return new Uint8Array(rows);
  if (by.length === 1) return by[0]!.codes;
  const cells = groups > 0xffffffff ? new Float64Array(rows) : new Uint32Array(rows);
  for (const { codes, values } of by)
    for (let i = 0; i < rows; i++) cells[i] = cells[i]! * (values.length + 1) + codes[i]!;
  return cells;
}

function sumRows(
  codes: Codes,
  cells: Cells,
  weight: NumberVector,
  score: readonly number[],
): Map<number, AnswerSums> {
  const groups = new Map<number, AnswerSums>();
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] === 0) continue;
    const sums = groups.get(cells[i]!) ?? nothing();
    if (sums.n === 0) groups.set(cells[i]!, sums);
    const w = weight.values[weight.codes[i]! - 1]!;
    const x = score[codes[i]! - 1]!;
    addSums(sums, { n: 1, sumW: w, sumW2: w * w, sumWX: w * x, sumWX2: w * x * x });
  }
  return groups;
}

function tabulate(codes: Codes, cells: Cells, weight: NumberVector, bins: number, shift: number): Bins {
  const counts = new Uint32Array(bins);
  if (isUniform(weight)) {
    count(codes, cells, shift, counts);
    return { counts, weights: null, uniform: weight.values[0] ?? 1 };
  }
  const sums = new Float64Array(2 * bins);
  const factors = new Float64Array(weight.values.length + 1);
  factors.set(weight.values, 1);
  countAndWeigh(codes, cells, shift, counts, weight.codes, factors, sums);
  return { counts, weights: sums, uniform: Number.NaN };
}

function count(codes: Codes, cells: Cells, shift: number, counts: Uint32Array): void {
  for (let i = 0; i < codes.length; i++) counts[(cells[i]! << shift) | codes[i]!]!++;
}

function countAndWeigh(
  codes: Codes,
  cells: Cells,
  shift: number,
  counts: Uint32Array,
  weightCodes: Codes,
  factors: Float64Array,
  sums: Float64Array,
): void {
  for (let i = 0; i < codes.length; i++) {
    const bin = (cells[i]! << shift) | codes[i]!;
    const weight = factors[weightCodes[i]!]!;
    counts[bin]!++;
    sums[2 * bin]! += weight;
    sums[2 * bin + 1]! += weight * weight;
  }
}

function* sumBins(
  bins: Bins,
  groups: number,
  shift: number,
  score: readonly number[],
): Generator<[group: number, sums: AnswerSums]> {
  for (let group = 0; group < groups; group++) {
    const sums = sumGroup(bins, group << shift, score);
    if (sums.n > 0) yield [group, sums];
  }
}

function sumGroup({ counts, weights, uniform }: Bins, start: number, score: readonly number[]): AnswerSums {
  const sums = nothing();
  for (let k = 0; k < score.length; k++) {
    const bin = start + k + 1;
    const n = counts[bin]!;
    const x = score[k]!;
    const w = weights === null ? n * uniform : weights[2 * bin]!;
    sums.n += n;
    sums.sumW += w;
    sums.sumW2 += weights === null ? w * uniform : weights[2 * bin + 1]!;
    sums.sumWX += w * x;
    sums.sumWX2 += w * x * x;
  }
  return sums;
}

function nothing(): AnswerSums {
  return { n: 0, sumW: 0, sumW2: 0, sumWX: 0, sumWX2: 0 };
}

function addSums(to: AnswerSums, sums: AnswerSums): void {
  to.n += sums.n;
  to.sumW += sums.sumW;
  to.sumW2 += sums.sumW2;
  to.sumWX += sums.sumWX;
  to.sumWX2 += sums.sumWX2;
}

// Keys by code; asked-but-nothing-chosen falls to null as a missing answer does.
function groupKeys(vector: CodedVector): GroupKey[][] {
  const keys: GroupKey[][] = [[null]];
  for (const value of vector.values) {
    if (typeof value !== 'object') keys.push([value]);
    else keys.push(value.length > 0 ? [...value] : [null]);
  }
  return keys;
}

function keysOf(group: number, options: readonly GroupKey[][][]): readonly GroupKey[][] {
  if (options.length === 1) return options[0]![group]!.map((key) => [key]);
  let tuples: GroupKey[][] = [[]];
  let rest = group;
  for (let d = options.length - 1; d >= 0; d--) {
    const size = options[d]!.length;
    const keys = options[d]![rest % size]!;
    rest = Math.floor(rest / size);
    tuples = tuples.flatMap((tail) => keys.map((key) => [key, ...tail]));
  }
  return tuples;
}

function compareKeys(a: readonly GroupKey[], b: readonly GroupKey[]): number {
  for (let d = 0; d < a.length; d++) {
    const [x, y] = [a[d]!, b[d]!];
    if (x === y) continue;
    if (x === null || y === null) return x === null ? 1 : -1;
    return x < y ? -1 : 1;
  }
  return 0;
}
