import { studentTQuantile } from '../../math/student-t.ts';
import {
  type AssessedCell,
  changeBeyondForecast,
  countedUnits,
  gainAt,
  type Interval,
} from './assessed-cell.ts';
import { type MeasuredChange, Movement, type MovementShape } from './movement.ts';
import { type FittedMovement, fitMovement } from './movement-fit.ts';

/** What one item's funded cells say about the effect of a unit, as a factor on the assumed effect. */
export interface LearntEffect extends Interval {
  item: number;
  fundedCells: number;
  /** The factor drawn towards 1 by as much as its uncertainty asks: what to plan with next year. */
  offered: number;
  offeredSe: number;
}

/** What a year taught. */
export interface LearntFromYear {
  /** Mean change beyond the forecast that came without any resource, from unfunded and funded cells together. */
  extraDrift: Interval;
  effects: LearntEffect[];
  /** Scores as they moved by themselves. */
  movement: Movement;
}

/** How far an assumed effect is thought to be off before anything is learnt (standard deviation of the factor). */
const PRIOR_SD = 0.25;
const LEAST_FREE = 3;

/** Cells of which something can be learnt: changes at the factors so far, each with its slope by its item's factor. */
function changesAt(
  cells: readonly AssessedCell[],
  slot: ReadonlyMap<number, number>,
  factors: Float64Array,
): MeasuredChange[] {
  return cells.map((cell) => {
    const { area, item, actualSe, baselineSe } = cell;
    const beyond = changeBeyondForecast(cell);
    const one = { area, item, actualSe, baselineSe, change: beyond };
    const units = countedUnits(cell);
    const extra = slot.get(item);
    if (extra === undefined || gainAt(cell, units) <= 0) return one;
    const factor = factors[extra]!;
    const room = Math.max(0, cell.ceiling100 - cell.baseline100);
    const slope = room * cell.effect * units * Math.exp(-factor * cell.effect * units);
    return { ...one, change: beyond - gainAt(cell, units, factor) + slope * factor, extra: [[extra, slope]] };
  });
}

const LARGEST_STEPS = 60;

/** Gauss-Newton steps on the factors; `false` when a step could not be taken. */
function settle(
  factors: Float64Array,
  changes: (factors: Float64Array) => MeasuredChange[],
  shape: MovementShape,
  fit: FittedMovement,
): boolean {
  for (let step = 0; step < LARGEST_STEPS; step++) {
    const solved = new Movement(changes(factors), shape, fit.variances);
    if (Number.isNaN(solved.logLikelihood)) return false;
    let moved = 0;
    solved.extras.forEach((found, k) => {
      // A factor cannot be negative: more resource never lowers a score in this model. Halve the way there.
      const next = found < 0.05 * factors[k]! ? 0.5 * factors[k]! : found;
      moved = Math.max(moved, Math.abs(next - factors[k]!));
      factors[k] = next;
    });
    if (moved < 1e-10) return true;
  }
  return true;
}

function intervalOf({ value, standardError, df }: ReturnType<FittedMovement['unknown']>): Interval {
  const t = studentTQuantile(0.975, df);
  return { value, standardError, low: value - t * standardError, high: value + t * standardError };
}

/**
 * What a year's cells say about drift and effect:
 * `actual - baseline - forecast drift = movement + gain(units spent, factor of the item)`, where areas, items and cells
 * move by themselves as `Movement` says, by as much as the year itself shows. Non-linear in the factors, so solved in
 * Gauss-Newton steps with the variances estimated again on the way. The unfunded cells tell drift from effect. An
 * item's offered factor is the precision-weighted mean of what was learnt and of the assumption (1, give or take a
 * quarter). `halo` is the correlation of two items' sampling errors in one area. `too-few` with no funded cell, with
 * fewer than three cells beyond the unknowns, or where all cells were funded so alike that nothing tells effect from
 * drift.
 */
export function learnEffects(
  cells: readonly AssessedCell[],
  halo = 0.5,
): LearntFromYear | { kind: 'too-few'; funded: number; cells: number } {
  const funded = cells.filter((cell) => gainAt(cell, countedUnits(cell)) > 1e-6);
  const fundedItems = [...new Set(funded.map((cell) => cell.item))].sort((a, b) => a - b);
  const tooFew = { kind: 'too-few', funded: funded.length, cells: cells.length } as const;
  if (funded.length === 0 || cells.length - fundedItems.length - 1 < LEAST_FREE) return tooFew;
  const slot = new Map(fundedItems.map((item, k) => [item, k]));
  const shape = {
    items: 1 + Math.max(...cells.map(({ item }) => item)),
    extras: fundedItems.length,
    halo,
  };
  const factors = new Float64Array(fundedItems.length).fill(1);
  const changes = (at: Float64Array) => changesAt(cells, slot, at);
  let fit = fitMovement(changes(factors), shape);
  for (let round = 0; round < 2 && fit; round++) {
    if (!settle(factors, changes, shape, fit)) return tooFew;
    fit = fitMovement(changes(factors), shape, fit.variances);
  }
  if (!fit || !settle(factors, changes, shape, fit)) return tooFew;
  const { movement } = fit;
  const effects = fundedItems.map((item, k): LearntEffect => {
    const effect = { ...fit.unknown(k + 1), value: factors[k]! };
    const precision = 1 / effect.standardError ** 2;
    const prior = 1 / PRIOR_SD ** 2;
    return {
      ...intervalOf(effect),
      item,
      fundedCells: funded.filter((cell) => cell.item === item).length,
      offered: (precision * effect.value + prior) / (precision + prior),
      offeredSe: Math.sqrt(1 / (precision + prior)),
    };
  });
  return { extraDrift: intervalOf(fit.unknown(0)), effects, movement };
}
