import { backSubstitute, factorBordered } from '../../math/cholesky.ts';

/** One area x item over a year, and how well it is measured. Points on 0-100. */
export interface MovedCell {
  area: number;
  item: number;
  /** Sampling error of the actual score. */
  actualSe: number;
  /** Standard error of the baseline. */
  baselineSe: number;
  /** Further unknowns that act on the cell: number of the unknown, and its coefficient. */
  extra?: readonly (readonly [number, number])[];
}

/** A measured change of score in points. */
export interface MeasuredChange extends MovedCell {
  change: number;
}

/**
 * How scores move by themselves: variances, in points squared, of areas, of items, and of cells beyond both; and the
 * share of the baseline's error variance that shows in the changes (a forecast from more quarters than the baseline's
 * takes part of it away).
 */
export interface MovementVariances {
  area: number;
  item: number;
  cell: number;
  baseline: number;
}

/** How many items and further unknowns there are, and how sampling errors of two items of one area correlate. */
export interface MovementShape {
  items: number;
  extras: number;
  halo: number;
}

/** No score is known better than this; keeps a census from dividing by zero. */
const LEAST_VARIANCE = 1e-6;
/** The mean, the item, and further ones that act on one cell. */
const MOST_UNKNOWNS = 8;

/** Variance, in squared points, that sampling alone gives a cell's change: the year's, and the part of the baseline's that `variances` leave in. */
export function samplingVariance(cell: MovedCell, { baseline }: MovementVariances): number {
  return cell.actualSe ** 2 + baseline * cell.baselineSe ** 2;
}

/**
 * Variance, in squared points, of a cell's change that no other cell shares: `1 - halo` of its sampling variance (the
 * rest is common to the items of its area) and its own movement. Never 0.
 */
export function ownVariance(cell: MovedCell, halo: number, variances: MovementVariances): number {
  return Math.max(LEAST_VARIANCE, (1 - halo) * samplingVariance(cell, variances) + variances.cell);
}

/** What an area's cells share: its own movement (0) and the luck of its sample (1), both in standard deviations. */
class AreaPart {
  m00 = 1;
  m01 = 0;
  m11 = 1;
  /** Cross products with the unknowns of all, and with the changes. */
  readonly n0: Float64Array;
  readonly n1: Float64Array;
  g0 = 0;
  g1 = 0;

  constructor(unknowns: number) {
    this.n0 = new Float64Array(unknowns);
    this.n1 = new Float64Array(unknowns);
  }

  get determinant(): number {
    return this.m00 * this.m11 - this.m01 * this.m01;
  }

  /** The two solved for a right side. */
  solve(right0: number, right1: number): [number, number] {
    const { m00, m01, m11, determinant } = this;
    return [(m11 * right0 - m01 * right1) / determinant, (m00 * right1 - m01 * right0) / determinant];
  }
}

/**
 * The year's changes under given variances, a linear mixed model:
 * `change = mean + item + area + extra unknowns + luck of the area's sample + own`, where `item`, `area` and the own
 * part are normal about 0. Luck is shared by an area's items because the same people answered them. Solved by
 * Henderson's mixed-model equations with the areas eliminated (Henderson 1975), so that 600 areas cost little.
 */
export class Movement {
  readonly #shape: MovementShape;
  readonly #variances: MovementVariances;
  readonly #size: number;
  readonly #areaSd: number;
  readonly #itemSd: number;
  readonly #parts = new Map<number, AreaPart>();
  readonly #none: AreaPart;
  /** Lower triangle of the equations, factored, and below it the right side. */
  readonly #rows: Float64Array;
  readonly #value: Float64Array;
  #inverse: Float64Array | undefined;
  /** The unknowns of the cell at hand and their coefficients. */
  readonly #at = new Int32Array(MOST_UNKNOWNS);
  readonly #x = new Float64Array(MOST_UNKNOWNS);
  /** Restricted log likelihood up to a constant; NaN where mean and extra unknowns cannot be told apart. */
  readonly logLikelihood: number;

  constructor(measured: readonly MeasuredChange[], shape: MovementShape, variances: MovementVariances) {
    this.#shape = shape;
    this.#variances = variances;
    this.#areaSd = Math.sqrt(variances.area);
    this.#itemSd = Math.sqrt(variances.item);
    const size = 1 + shape.items + shape.extras;
    this.#size = size;
    this.#none = new AreaPart(size);
    this.#rows = new Float64Array((size + 1) * size);
    for (let k = 1; k <= shape.items; k++) this.#rows[k * size + k] = 1;
    let fit = 0;
    for (const cell of measured) fit += this.#add(cell);
    for (const part of this.#parts.values()) fit += this.#eliminate(part);
    const logDeterminant = factorBordered(this.#rows, size, 1, size);
    this.#value = this.#rows.slice(size * size);
    for (const one of this.#value) fit -= one * one;
    backSubstitute(this.#rows, size, size, this.#value);
    this.logLikelihood = -0.5 * (fit + logDeterminant);
  }

  /** Mean change of everything. */
  get common(): number {
    return this.#value[0]!;
  }

  /** The further unknowns. */
  get extras(): Float64Array {
    return this.#value.slice(1 + this.#shape.items);
  }

  /** What an area x item does by itself, luck of its sample left out. */
  drift(area: number, item: number): number {
    return this.common + this.#itemSd * this.#value[1 + item]! + this.#areaSd * this.#shared(area)[0];
  }

  /** What a cell would have shown, the luck that it shares with measured cells of its area included. */
  expected(cell: MovedCell): number {
    const [own, luck] = this.#shared(cell.area);
    let sum = this.#areaSd * own + this.#luckSd(cell) * luck;
    const count = this.#unknowns(cell);
    for (let i = 0; i < count; i++) sum += this.#x[i]! * this.#value[this.#at[i]!]!;
    return sum;
  }

  /** Variance of what a weighted sum of unmeasured cells shows about what is expected of it. */
  variance(cells: readonly (MovedCell & { weight: number })[]): number {
    const areaSd = this.#areaSd;
    const outer = new Float64Array(this.#size);
    const inner = new Map<number, [number, number]>();
    let variance = 0;
    for (const cell of cells) {
      const { weight, area } = cell;
      variance += weight * weight * ownVariance(cell, this.#shape.halo, this.#variances);
      const count = this.#unknowns(cell);
      for (let i = 0; i < count; i++) outer[this.#at[i]!]! += weight * this.#x[i]!;
      const [own, luck] = inner.get(area) ?? [0, 0];
      inner.set(area, [own + weight * areaSd, luck + weight * this.#luckSd(cell)]);
    }
    for (const [area, [own, luck]] of inner) {
      const part = this.#parts.get(area) ?? this.#none;
      const [a0, a1] = part.solve(own, luck);
      variance += own * a0 + luck * a1;
      for (let a = 0; a < this.#size; a++) outer[a]! -= part.n0[a]! * a0 + part.n1[a]! * a1;
    }
    return variance + this.#spread(outer);
  }

  /** Variance of the mean change (0) or of a further unknown (from 1). */
  varianceOfUnknown(unknown: number): number {
    const outer = new Float64Array(this.#size);
    outer[unknown === 0 ? 0 : this.#shape.items + unknown] = 1;
    return this.#spread(outer);
  }

  #luckSd(cell: MovedCell): number {
    return Math.sqrt(this.#shape.halo * samplingVariance(cell, this.#variances));
  }

  /** Lays out a cell's unknowns (the mean, its item in standard deviations, the further ones); how many there are. */
  #unknowns({ item, extra = [] }: MovedCell): number {
    const at = this.#at;
    const x = this.#x;
    at[0] = 0;
    x[0] = 1;
    at[1] = 1 + item;
    x[1] = this.#itemSd;
    for (let i = 0; i < extra.length; i++) {
      at[2 + i] = 1 + this.#shape.items + extra[i]![0];
      x[2 + i] = extra[i]![1];
    }
    return 2 + extra.length;
  }

  /** Adds a cell to the equations; its share of -2 log likelihood. */
  #add(cell: MeasuredChange): number {
    const size = this.#size;
    const variance = ownVariance(cell, this.#shape.halo, this.#variances);
    const areaSd = this.#areaSd;
    const luck = this.#luckSd(cell);
    let part = this.#parts.get(cell.area);
    if (!part) {
      part = new AreaPart(size);
      this.#parts.set(cell.area, part);
    }
    const change = cell.change / variance;
    const count = this.#unknowns(cell);
    for (let i = 0; i < count; i++) {
      const a = this.#at[i]!;
      const x = this.#x[i]!;
      const weighted = x / variance;
      this.#rows[size * size + a]! += x * change;
      for (let j = 0; j <= i; j++) this.#rows[a * size + this.#at[j]!]! += weighted * this.#x[j]!;
      part.n0[a]! += areaSd * weighted;
      part.n1[a]! += luck * weighted;
    }
    part.m00 += (areaSd * areaSd) / variance;
    part.m01 += (areaSd * luck) / variance;
    part.m11 += (luck * luck) / variance;
    part.g0 += areaSd * change;
    part.g1 += luck * change;
    return cell.change * change + Math.log(variance);
  }

  /** Takes an area's two unknowns out of the equations; their share of -2 log likelihood. */
  #eliminate(part: AreaPart): number {
    const { n0, n1, g0, g1 } = part;
    const size = this.#size;
    const rows = this.#rows;
    const [h0, h1] = part.solve(g0, g1);
    for (let a = 0; a < size; a++) {
      if (n0[a] === 0 && n1[a] === 0) continue;
      const [a0, a1] = part.solve(n0[a]!, n1[a]!);
      rows[size * size + a]! -= n0[a]! * h0 + n1[a]! * h1;
      for (let b = 0; b <= a; b++) rows[a * size + b]! -= a0 * n0[b]! + a1 * n1[b]!;
    }
    return Math.log(part.determinant) - g0 * h0 - g1 * h1;
  }

  #shared(area: number): [number, number] {
    const part = this.#parts.get(area) ?? this.#none;
    let [r0, r1] = [part.g0, part.g1];
    for (let a = 0; a < this.#size; a++) {
      r0 -= part.n0[a]! * this.#value[a]!;
      r1 -= part.n1[a]! * this.#value[a]!;
    }
    return part.solve(r0, r1);
  }

  /** Variance of a linear combination of the unknowns. */
  #spread(of: Float64Array): number {
    const size = this.#size;
    this.#inverse ??= this.#invert();
    let sum = 0;
    for (let a = 0; a < size; a++) {
      if (of[a] === 0) continue;
      for (let b = 0; b < size; b++) sum += of[a]! * this.#inverse[a * size + b]! * of[b]!;
    }
    return sum;
  }

  #invert(): Float64Array {
    const size = this.#size;
    const inverse = new Float64Array(size * size);
    for (let a = 0; a < size; a++) {
      const column = new Float64Array(size);
      column[a] = 1;
      for (let i = a; i < size; i++) {
        let sum = column[i]!;
        for (let k = a; k < i; k++) sum -= this.#rows[i * size + k]! * column[k]!;
        column[i] = sum / this.#rows[i * size + i]!;
      }
      backSubstitute(this.#rows, size, size, column);
      inverse.set(column, a * size);
    }
    return inverse;
  }
}
