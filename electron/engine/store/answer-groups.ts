// What answers are grouped by. A value may belong to several groups (a choice of many, a quarter in its year), so rows are
// told apart by the combinations of groups that occur, and these are spread over their groups once at the end.
import type { CodedVector } from './answer-vector.ts';
import type { StoredValue } from './chunk-rows.ts';
import { CELL_STRIDE } from './row-scan.ts';

/** What rows are grouped by: each value's groups, 0 to `size - 1`; none leaves the row out. */
export interface TableAxis {
  variable: string;
  size: number;
  groupsOf(value: StoredValue): readonly number[];
}

/** n, sumW, sumW2, sumWX, sumWX2, sumW of the satisfied. */
export const SUMS = 6;

/** The distinct lists of groups that values of an axis belong to; combination 0 is that of a missing value. */
export class Combinations {
  readonly axis: TableAxis;
  readonly lists: (readonly number[])[];
  readonly #known = new Map<string, number>();
  /** By single value, since most chunks have the same ones. */
  readonly #found = new Map<string | number, number>();

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

  #find(value: CodedVector['values'][number]): number {
    const key = typeof value === 'object' ? value.join('\0') : value;
    let found = this.#found.get(key);
    if (found === undefined) {
      found = this.#make(value);
      this.#found.set(key, found);
    }
    return found;
  }

  #make(value: StoredValue): number {
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

/** Adds every combination to each of its groups. */
export class Spread {
  readonly #combinations: readonly Combinations[];
  readonly #size: number;

  constructor(combinations: readonly Combinations[]) {
    this.#combinations = combinations;
    this.#size = combinations.reduce((product, { axis }) => product * axis.size, 1);
  }

  /** Of `CELL_STRIDE` numbers a cell. */
  over(sums: Float64Array): Float64Array {
    const out = new Float64Array(this.#size * SUMS);
    const cells = sums.length / CELL_STRIDE;
    const places = new Array<number>(this.#combinations.length).fill(0);
    for (let cell = 0; cell < cells; cell++) {
      if (sums[cell * CELL_STRIDE]! === 0) continue;
      let rest = cell;
      for (let a = places.length - 1; a >= 0; a--) {
        const { length } = this.#combinations[a]!.lists;
        places[a] = rest % length;
        rest = Math.floor(rest / length);
      }
      this.#addTo(out, 0, 0, places, sums, cell * CELL_STRIDE);
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
