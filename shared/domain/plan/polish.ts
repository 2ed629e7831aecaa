import { solveSquare } from '../../math/linear-system.ts';
import { type CompiledPlan, unitsForGain } from './compile.ts';
import type { PlanRows } from './rows.ts';

/** Prices of all coupling limits, in the order of `rows.scores` and `rows.budgets`, and the lowest area score. */
export interface Multipliers {
  scores: Float64Array;
  budgets: Float64Array;
  lowest: number;
}

/** The exact optimum that belongs to a set of multipliers. */
export interface Polished {
  gains: Float64Array;
  multipliers: Multipliers;
}

interface State extends Multipliers {
  gains: Float64Array;
  /** Price of a point of each cell, and factor of its resource from budgets (1 + their prices). */
  pull: Float64Array;
  factor: Float64Array;
  /** Room less gain where the cell is strictly between its bounds, else 0. */
  open: Float64Array;
}

/** Every cell's best answer to the multipliers: `M - s = c (1 + budget prices) / (beta pull)`, within its bounds. */
function respond(plan: CompiledPlan, rows: PlanRows, state: State): void {
  state.pull.fill(0);
  state.factor.fill(1);
  rows.scores.forEach((row, r) => {
    const price = state.scores[r]!;
    if (price === 0) return;
    for (let j = 0; j < row.cells.length; j++) state.pull[row.cells[j]!]! += price * row.coefficients[j]!;
  });
  rows.budgets.forEach((row, b) => {
    const price = state.budgets[b]!;
    if (price !== 0) for (const cell of row.cells) state.factor[cell]! += price;
  });
  for (let i = 0; i < plan.size; i++) {
    const low = plan.lowGain[i]!;
    const high = plan.highGain[i]!;
    const pull = state.pull[i]! * plan.effect[i]!;
    const free = pull > 0 ? plan.room[i]! - (plan.unitCost[i]! * state.factor[i]!) / pull : -Infinity;
    state.gains[i] = free < low ? low : free > high ? high : free;
    state.open[i] = free > low && free < high ? plan.room[i]! - free : 0;
  }
}

function scoreExcess(rows: PlanRows, state: State, r: number): number {
  const row = rows.scores[r]!;
  let sum = row.lowest * state.lowest - row.least;
  for (let j = 0; j < row.cells.length; j++) sum += row.coefficients[j]! * state.gains[row.cells[j]!]!;
  return sum;
}

function budgetExcess(plan: CompiledPlan, rows: PlanRows, state: State, b: number): number {
  const row = rows.budgets[b]!;
  let left = row.most;
  for (const i of row.cells) left -= plan.unitCost[i]! * unitsForGain(plan, i, state.gains[i]!);
  return left;
}

/** The unknowns of one Newton step: active score rows, then active budgets, then the lowest score where it binds. */
interface ActiveSet {
  scores: number[];
  budgets: number[];
  withLowest: boolean;
}

function activeSet(rows: PlanRows, state: State): ActiveSet {
  const largest = Math.max(...state.scores);
  const scores = rows.scores.flatMap((_, r) => (state.scores[r]! > 1e-11 * largest ? [r] : []));
  const budgets = rows.budgets.flatMap((_, b) => (state.budgets[b]! > 1e-11 ? [b] : []));
  return { scores, budgets, withLowest: scores.some((r) => rows.scores[r]!.lowest !== 0) };
}

/** Residuals of the active limits and their derivative by the multipliers (symmetric; see `polish`). */
function newtonSystem(plan: CompiledPlan, rows: PlanRows, state: State, active: ActiveSet) {
  const { scores, budgets, withLowest } = active;
  const size = scores.length + budgets.length + (withLowest ? 1 : 0);
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  const residual = new Float64Array(size);
  const involved: [unknown: number, d: number][][] = Array.from({ length: plan.size }, () => []);
  scores.forEach((r, k) => {
    residual[k] = scoreExcess(rows, state, r);
    const row = rows.scores[r]!;
    row.cells.forEach((cell, j) => {
      if (state.open[cell]! > 0) involved[cell]!.push([k, row.coefficients[j]! / state.pull[cell]!]);
    });
    if (withLowest && row.lowest !== 0) {
      matrix[k]![size - 1] = row.lowest;
      matrix[size - 1]![k] = row.lowest;
      residual[size - 1]! += row.lowest * state.scores[r]!;
    }
  });
  budgets.forEach((b, j) => {
    const k = scores.length + j;
    residual[k] = budgetExcess(plan, rows, state, b);
    for (const cell of rows.budgets[b]!.cells)
      if (state.open[cell]! > 0) involved[cell]!.push([k, -1 / state.factor[cell]!]);
  });
  // d gain = open * (d pull / pull - d factor / factor), and d cost = pull / factor * d gain.
  involved.forEach((unknowns, cell) => {
    const weight = state.open[cell]! * state.pull[cell]!;
    for (const [k, dk] of unknowns) for (const [l, dl] of unknowns) matrix[k]![l]! += weight * dk * dl;
  });
  return { matrix, residual };
}

function takeStep(state: State, active: ActiveSet, step: Float64Array): void {
  const shrink = (old: number, next: number) => (next > 0 ? next : old * 0.2);
  active.scores.forEach((r, k) => {
    state.scores[r] = shrink(state.scores[r]!, state.scores[r]! - step[k]!);
  });
  active.budgets.forEach((b, j) => {
    state.budgets[b] = shrink(state.budgets[b]!, state.budgets[b]! - step[active.scores.length + j]!);
  });
  if (active.withLowest) state.lowest -= step.at(-1)!;
}

/** Gives a first small price to limits that the current answer breaks; says whether there were any. */
function wakeBroken(plan: CompiledPlan, rows: PlanRows, state: State, active: ActiveSet): boolean {
  let woke = false;
  const largest = Math.max(...state.scores, 1e-300);
  if (rows.hasSpread && !active.withLowest) {
    state.lowest = 0;
    const lows = rows.scores.flatMap((row, r) => (row.lowest < 0 ? [scoreExcess(rows, state, r)] : []));
    state.lowest = Math.min(...lows);
  }
  rows.scores.forEach((_, r) => {
    if (active.scores.includes(r) || scoreExcess(rows, state, r) > -1e-9) return;
    state.scores[r] = 1e-6 * largest;
    woke = true;
  });
  rows.budgets.forEach((row, b) => {
    if (active.budgets.includes(b) || budgetExcess(plan, rows, state, b) > -1e-10 * row.most) return;
    state.budgets[b] = 1e-6;
    woke = true;
  });
  return woke;
}

/**
 * Brings the answer of the piecewise-linear program to the exact optimum of the curves. Given the multipliers every
 * cell's gain is known in closed form, so the only unknowns are the multipliers of the limits that bind; they are
 * found by Newton's method on "every binding limit is met exactly" (the stationarity of the Lagrangian dual; Boyd &
 * Vandenberghe 2004, 5.5.3). `undefined` when it does not settle within `steps`; the program's own answer then
 * stands. The problem is convex, so any start that settles is the optimum.
 * Not for the straight-line method, where the program is exact already.
 */
export function polish(
  plan: CompiledPlan,
  rows: PlanRows,
  start: Multipliers,
  steps = 80,
): Polished | undefined {
  const column = () => new Float64Array(plan.size);
  const state: State = {
    scores: start.scores.map((price) => Math.max(0, price)),
    budgets: start.budgets.map((price) => Math.max(0, price)),
    lowest: start.lowest,
    gains: column(),
    pull: column(),
    factor: column(),
    open: column(),
  };
  for (let iteration = 0; iteration < steps; iteration++) {
    const active = activeSet(rows, state);
    for (let r = 0; r < state.scores.length; r++) if (!active.scores.includes(r)) state.scores[r] = 0;
    for (let b = 0; b < state.budgets.length; b++) if (!active.budgets.includes(b)) state.budgets[b] = 0;
    respond(plan, rows, state);
    const { matrix, residual } = newtonSystem(plan, rows, state, active);
    if (residual.every((value) => Math.abs(value) < 1e-10)) {
      if (wakeBroken(plan, rows, state, active)) continue;
      const { gains, scores, budgets, lowest } = state;
      return { gains, multipliers: { scores, budgets, lowest } };
    }
    takeStep(state, active, solveSquare(matrix, residual));
  }
  return undefined;
}
