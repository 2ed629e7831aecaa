import { solveSquare } from '../../math/linear-system.ts';
import { studentTQuantile } from '../../math/student-t.ts';
import { type AssessedCell, countedUnits, gainAt, isControl } from './assessed-cell.ts';

/** A figure learnt from a year, with its 95 % interval. */
export interface Learnt {
  value: number;
  standardError: number;
  low: number;
  high: number;
}

/** What one item's funded cells say about the effect of a unit, as a factor on the assumed effect. */
export interface LearntEffect extends Learnt {
  item: number;
  fundedCells: number;
  /** The factor drawn towards 1 by as much as its uncertainty asks: what to plan with next year. */
  offered: number;
  offeredSe: number;
}

/** What a year taught. */
export interface LearntFromYear {
  /** Common change beyond the forecast that came without any resource, from unfunded and funded cells together. */
  extraDrift: Learnt;
  effects: LearntEffect[];
  /** Residual variance over what sampling explains, at least 1; the intervals are widened by it. */
  overdispersion: number;
  controlCells: number;
}

/** How far an assumed effect is thought to be off before anything is learnt (standard deviation of the factor). */
const PRIOR_SD = 0.25;

interface Fit {
  /** Extra drift, then one factor an item. */
  parameters: Float64Array;
  normal: Float64Array[];
  chi2: number;
}

/** Change beyond forecast drift, its weight, and the derivative of the fitted gain by its item's factor. */
function rowOf(cell: AssessedCell, factor: number) {
  const units = countedUnits(cell);
  const room = Math.max(0, cell.ceiling100 - cell.baseline100);
  const slope = room * cell.effect * units * Math.exp(-factor * cell.effect * units);
  const change = cell.actual100 - cell.baseline100 - (cell.drift100 ?? 0);
  const variance = cell.actualSe ** 2 + cell.baselineSe ** 2;
  return { change, weight: 1 / Math.max(variance, 1e-6), slope, gain: gainAt(cell, units, factor) };
}

/** Gauss-Newton steps on `change = drift + gain(units, factor of the item)`, weighted by sampling variance. */
function fitYear(cells: readonly AssessedCell[], slot: ReadonlyMap<number, number>): Fit {
  const size = slot.size + 1;
  const parameters = new Float64Array(size).fill(1);
  parameters[0] = 0;
  let normal: Float64Array[] = [];
  for (let iteration = 0; iteration < 60; iteration++) {
    normal = Array.from({ length: size }, () => new Float64Array(size));
    const right = new Float64Array(size);
    for (const cell of cells) {
      const k = slot.get(cell.item);
      const row = rowOf(cell, k === undefined ? 1 : parameters[k]!);
      const residual = row.change - parameters[0]! - row.gain;
      const slopes: [number, number][] = [[0, 1]];
      if (k !== undefined && row.slope > 0) slopes.push([k, row.slope]);
      for (const [a, da] of slopes) {
        right[a]! += row.weight * da * residual;
        for (const [b, db] of slopes) normal[a]![b]! += row.weight * da * db;
      }
    }
    const step = solveSquare(
      normal.map((row) => row.slice()),
      right,
    );
    let moved = 0;
    for (let a = 0; a < size; a++) {
      // A factor cannot be negative: more resource never lowers a score in this model. Halve the way there.
      const next = parameters[a]! + step[a]!;
      const held = a > 0 && next < 0.05 * parameters[a]! ? 0.5 * parameters[a]! : next;
      moved = Math.max(moved, Math.abs(held - parameters[a]!));
      parameters[a] = held;
    }
    if (moved < 1e-10) break;
  }
  let chi2 = 0;
  for (const cell of cells) {
    const k = slot.get(cell.item);
    const row = rowOf(cell, k === undefined ? 1 : parameters[k]!);
    chi2 += row.weight * (row.change - parameters[0]! - row.gain) ** 2;
  }
  return { parameters, normal, chi2 };
}

function varianceAt(normal: readonly Float64Array[], index: number): number {
  const unit = new Float64Array(normal.length);
  unit[index] = 1;
  return solveSquare(
    normal.map((row) => row.slice()),
    unit,
  )[index]!;
}

/**
 * What a year's cells say about drift and effect: weighted non-linear least squares of
 * `actual - baseline - forecast drift = extra drift + gain(units spent, factor of the item)`. The unfunded cells are
 * the control group that tells drift from effect. Intervals use Student's t and are widened where residuals scatter
 * more than sampling explains. An item's offered factor is the precision-weighted mean of what was learnt and of the
 * assumption (1, give or take a quarter). `too-few` with no funded cell or fewer than three cells beyond the unknowns.
 */
export function learnEffects(
  cells: readonly AssessedCell[],
): LearntFromYear | { kind: 'too-few'; funded: number; cells: number } {
  const funded = cells.filter((cell) => gainAt(cell, countedUnits(cell)) > 1e-6);
  const items = [...new Set(funded.map((cell) => cell.item))].sort((a, b) => a - b);
  const slot = new Map(items.map((item, k) => [item, k + 1]));
  const df = cells.length - items.length - 1;
  if (funded.length === 0 || df < 3) return { kind: 'too-few', funded: funded.length, cells: cells.length };
  const fit = fitYear(cells, slot);
  const overdispersion = Math.max(1, fit.chi2 / df);
  const t = studentTQuantile(0.975, df);
  const learnt = (index: number): Learnt => {
    const value = fit.parameters[index]!;
    const standardError = Math.sqrt(varianceAt(fit.normal, index) * overdispersion);
    return { value, standardError, low: value - t * standardError, high: value + t * standardError };
  };
  const effects = items.map((item, k): LearntEffect => {
    const effect = learnt(k + 1);
    const precision = 1 / effect.standardError ** 2;
    const prior = 1 / PRIOR_SD ** 2;
    return {
      ...effect,
      item,
      fundedCells: funded.filter((cell) => cell.item === item).length,
      offered: (precision * effect.value + prior) / (precision + prior),
      offeredSe: Math.sqrt(1 / (precision + prior)),
    };
  });
  return { extraDrift: learnt(0), effects, overdispersion, controlCells: cells.filter(isControl).length };
}
