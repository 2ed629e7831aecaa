import { type CellStatistics, emptyCell, varianceOf } from './cell.ts';
import type { Quarter } from './quarter.ts';
import { WeightedWhole } from './weighted-whole.ts';

/** One item column of a cube. `weight` is the study's own R, 0 for items that are not part of the index. */
export interface CubeItem {
  code: string;
  weight: number;
}

/** The additive statistics of one dealer x item x quarter, addressed by positions in the cube. */
export interface CubeCell extends CellStatistics {
  /** Node that the answers were given for: a dealer's, or a city's where no dealer was named. */
  node: number;
  /** Position in `items`; -1 counts the respondents themselves. */
  item: number;
  quarter: Quarter;
}

const FIELDS = 5;

/**
 * Correlation between two answers of one respondent that is assumed where no study holds responses: the halo of
 * satisfaction answers, see the forecasting rules.
 */
export const ASSUMED_HALO = 0.5;

/**
 * Every scope x item x quarter of one channel, rolled up once and read in constant time. Nodes come parents before
 * children (`parents[0]` is -1); `quarters` runs without gaps from the first to the last quarter with data. Where the
 * scores of a quarter cover a rolling `window` of several quarters, a span is made of the quarters that share nobody.
 * Column `items.length` holds the respondents. Memory is nodes x (items + 1) x quarters x 40 bytes.
 */
export class ScoreCube {
  readonly parents: readonly number[];
  readonly items: readonly CubeItem[];
  readonly quarters: readonly Quarter[];
  /** Mean correlation between two answers of one respondent, 0-1. */
  readonly halo: number;
  /** Quarters that the scores of one quarter cover, 1 or more. */
  readonly window: number;
  readonly #data: Float64Array;

  constructor(shape: {
    parents: readonly number[];
    items: readonly CubeItem[];
    cells: Iterable<CubeCell>;
    firstQuarter: Quarter;
    lastQuarter: Quarter;
    halo?: number | null;
    window?: number;
  }) {
    const { parents, items, firstQuarter, lastQuarter } = shape;
    if (!(lastQuarter >= firstQuarter)) throw new RangeError(`ScoreCube: ${firstQuarter} to ${lastQuarter}`);
    this.parents = parents;
    this.items = items;
    this.halo = shape.halo ?? ASSUMED_HALO;
    this.window = shape.window ?? 1;
    this.quarters = Array.from({ length: lastQuarter - firstQuarter + 1 }, (_, i) => firstQuarter + i);
    this.#data = new Float64Array(parents.length * (items.length + 1) * this.quarters.length * FIELDS);
    for (const cell of shape.cells) this.#add(cell);
    this.#rollUp();
  }

  #offset(node: number, item: number, column: number): number {
    const row = node * (this.items.length + 1) + (item < 0 ? this.items.length : item);
    return (row * this.quarters.length + column) * FIELDS;
  }

  #add(cell: CubeCell): void {
    const column = cell.quarter - this.quarters[0]!;
    if (column < 0 || column >= this.quarters.length)
      throw new RangeError(`ScoreCube: quarter ${cell.quarter}`);
    const at = this.#offset(cell.node, cell.item, column);
    const data = this.#data;
    data[at] = data[at]! + cell.n;
    data[at + 1] = data[at + 1]! + cell.sumW;
    data[at + 2] = data[at + 2]! + cell.sumW2;
    data[at + 3] = data[at + 3]! + cell.sumWX;
    data[at + 4] = data[at + 4]! + cell.sumWX2;
  }

  #rollUp(): void {
    const width = (this.items.length + 1) * this.quarters.length * FIELDS;
    const data = this.#data;
    for (let node = this.parents.length - 1; node > 0; node--) {
      const from = node * width;
      const to = this.parents[node]! * width;
      for (let i = 0; i < width; i++) data[to + i] = data[to + i]! + data[from + i]!;
    }
  }

  /** Position of a quarter, -1 outside the cube. */
  columnOf(quarter: Quarter): number {
    const column = quarter - this.quarters[0]!;
    return column >= 0 && column < this.quarters.length ? column : -1;
  }

  /** The statistics of one item, or of the respondents (`item` -1); an empty cell outside the quarters. */
  cell(node: number, item: number, quarter: Quarter): CellStatistics {
    const column = this.columnOf(quarter);
    if (column < 0) return emptyCell();
    const at = this.#offset(node, item, column);
    const data = this.#data;
    return {
      n: data[at]!,
      sumW: data[at + 1]!,
      sumW2: data[at + 2]!,
      sumWX: data[at + 3]!,
      sumWX2: data[at + 4]!,
    };
  }

  /** The respondents of a scope in a quarter; mean and spread mean nothing. */
  base(node: number, quarter: Quarter): CellStatistics {
    return this.cell(node, -1, quarter);
  }

  /**
   * The effective base of every node in a quarter, 0 where nobody answered: of one item, or of a weighted whole (the
   * item that most answered), as `index` gives it.
   */
  bases(items: readonly number[], quarter: Quarter): Float64Array {
    const sizes = new Float64Array(this.parents.length);
    const column = this.columnOf(quarter);
    if (column < 0) return sizes;
    const data = this.#data;
    for (let node = 0; node < sizes.length; node++)
      for (const item of items) {
        const at = this.#offset(node, item, column);
        const sumW2 = data[at + 2]!;
        if (data[at]! > 0 && sumW2 > 0) sizes[node] = Math.max(sizes[node]!, data[at + 1]! ** 2 / sumW2);
      }
    return sizes;
  }

  /** True when anybody answered anything in that quarter. */
  hasData(node: number, quarter: Quarter): boolean {
    return this.base(node, quarter).sumW > 0;
  }

  /** True when the item was asked (answered by anybody in the whole) in that quarter. */
  wasAsked(item: number, quarter: Quarter): boolean {
    return this.cell(0, item, quarter).sumW > 0;
  }

  /** The columns of a span that share no respondent: `from` and every `window`-th one up to `to`. */
  #apart(first: Quarter, last: Quarter): { from: number; to: number } {
    const from = Math.max(0, first - this.quarters[0]!);
    let to = Math.min(this.quarters.length - 1, last - this.quarters[0]!);
    if (this.window === 1) return { from, to };
    while (to >= from && !this.hasData(0, this.quarters[to]!)) to--;
    return { from: to - Math.floor(Math.max(0, to - from) / this.window) * this.window, to };
  }

  /**
   * The quarters that a span is made of: all of them, or, where windows roll, the last with answers and those whole
   * windows before it. Example: 2024Q1 to 2025Q4 in windows of four quarters is 2024Q4 and 2025Q4.
   */
  apart(first: Quarter, last: Quarter): Quarter[] {
    const { from, to } = this.#apart(first, last);
    return this.quarters.filter(
      (_, column) => column >= from && column <= to && (column - from) % this.window === 0,
    );
  }

  /** Statistics of an item over a span of quarters, first and last included; see `apart`. */
  span(node: number, item: number, first: Quarter, last: Quarter): CellStatistics {
    const sum = emptyCell();
    const { from, to } = this.#apart(first, last);
    for (let column = from; column <= to; column += this.window) {
      const c = this.cell(node, item, this.quarters[column]!);
      sum.n += c.n;
      sum.sumW += c.sumW;
      sum.sumW2 += c.sumW2;
      sum.sumWX += c.sumWX;
      sum.sumWX2 += c.sumWX2;
    }
    return sum;
  }

  /**
   * The weighted whole of a node over a span of quarters, see `apart` and `WeightedWhole`. `only` narrows to some items (a
   * factor's). An empty cell when nothing was answered.
   */
  index(node: number, first: Quarter, last: Quarter = first, only?: ReadonlySet<number>): CellStatistics {
    const whole = new WeightedWhole();
    const data = this.#data;
    const { from, to } = this.#apart(first, last);
    for (let item = 0; item < this.items.length; item++) {
      const { weight } = this.items[item]!;
      if (weight <= 0 || (only && !only.has(item))) continue;
      let [n, sumW, sumW2, sumWX, sumWX2] = [0, 0, 0, 0, 0];
      for (let column = from; column <= to; column += this.window) {
        const at = this.#offset(node, item, column);
        n += data[at]!;
        sumW += data[at + 1]!;
        sumW2 += data[at + 2]!;
        sumWX += data[at + 3]!;
        sumWX2 += data[at + 4]!;
      }
      whole.add(weight, n, sumW, sumW2, sumWX, sumWX2, () => varianceOf(this.span(0, item, first, last)));
    }
    return whole.cell(this.halo);
  }
}
