import { type CompiledPlan, gainOfUnits, unitsForGain } from './compile.ts';
import type { LinearProgram } from './linear-program.ts';
import type { PlanProblem } from './problem.ts';
import type { PlanRows } from './rows.ts';

/** What the linear program is to do: spend least, score most, or break the limits least. */
export type PieceObjective = 'least-resource' | 'most-score' | 'least-violation';

/**
 * How work packages enter: cut like any other cell, step by step, or only the steps within two of the given gains.
 */
export type WholeSteps = 'in-parts' | 'all-steps' | Float64Array;

/**
 * A plan as a linear program. Every cell's cost curve is cut into straight pieces between breakpoints on the curve,
 * so the program never underestimates a cost and its answer always keeps the budgets. The curve is convex: pieces
 * fill in order by themselves. Columns `start[i] .. start[i + 1]` belong to cell i.
 */
export interface PieceProgram {
  program: LinearProgram;
  start: Int32Array;
  /** Gain of each cell before any of its pieces. */
  base: Float64Array;
  /** Gain of one unit of each piece column. */
  gainPerUnit: number[];
  /** Factors that the costs and rows were multiplied by to bring their numbers near 1. */
  costScale: number;
  rowScale: number[];
  /** Column of the lowest area score, -1 without a spread limit. */
  lowestColumn: number;
  /** First slack column of `least-violation`, one a row in the order scores, budgets. */
  slackStart: number;
}

interface Columns {
  cost: number[];
  upper: number[];
  gainPerUnit: number[];
  start: Int32Array;
  integers: number[];
}

/** The gains at which a work package's whole steps end, from the lower bound's step on. At most 200 steps. */
export function packageGains(plan: CompiledPlan, i: number, packageUnits: number): number[] {
  if (!(packageUnits > 0)) throw new RangeError(`plan cell ${i}: packageUnits ${packageUnits}`);
  const first = Math.ceil(unitsForGain(plan, i, plan.lowGain[i]!) / packageUnits - 1e-9);
  const gains: number[] = [];
  for (let step = first; gains.length <= 200; step++) {
    const gain = gainOfUnits(plan, i, step * packageUnits);
    if (gain > plan.highGain[i]! + 1e-9) break;
    if (gains.length > 0 && gain - gains.at(-1)! < 1e-9 * plan.room[i]!) break;
    gains.push(gain);
  }
  return gains;
}

/** The ends of the pieces of every cell, from its lower to its upper bound. */
function pieceEnds(
  plan: CompiledPlan,
  problem: PlanProblem,
  breakpoints: readonly (readonly number[])[],
  whole: WholeSteps,
): number[][] {
  return problem.cells.map((cell, i) => {
    if (whole !== 'in-parts' && cell.packageUnits !== undefined && cell.lockedUnits === undefined) {
      const steps = packageGains(plan, i, cell.packageUnits);
      if (whole === 'all-steps') return steps;
      const below = steps.filter((gain) => gain <= whole[i]!).length;
      return steps.slice(Math.max(0, Math.min(below - 2, steps.length - 1)), below + 2);
    }
    const low = plan.lowGain[i]!;
    const high = plan.highGain[i]!;
    const least = 1e-9 * Math.max(plan.room[i]!, 1);
    const ends = [low];
    const inside = (breakpoints[i] ?? []).filter((g) => g > low && g < high).sort((a, b) => a - b);
    for (const gain of inside) if (gain - ends.at(-1)! > least && high - gain > least) ends.push(gain);
    if (high > low) ends.push(high);
    return ends;
  });
}

function columnsOf(plan: CompiledPlan, problem: PlanProblem, ends: number[][], whole: WholeSteps): Columns {
  const columns: Columns = {
    cost: [],
    upper: [],
    gainPerUnit: [],
    start: new Int32Array(plan.size + 1),
    integers: [],
  };
  ends.forEach((gains, i) => {
    const binary = whole !== 'in-parts' && problem.cells[i]!.packageUnits !== undefined;
    const costAt = (gain: number) => plan.unitCost[i]! * unitsForGain(plan, i, gain);
    for (let j = 1; j < gains.length; j++) {
      const width = gains[j]! - gains[j - 1]!;
      const cost = costAt(gains[j]!) - costAt(gains[j - 1]!);
      if (binary) columns.integers.push(columns.cost.length);
      columns.cost.push(binary ? cost : cost / width);
      columns.upper.push(binary ? 1 : width);
      columns.gainPerUnit.push(binary ? width : 1);
    }
    columns.start[i + 1] = columns.cost.length;
  });
  return columns;
}

/** Rows in compressed form, each scaled so that its largest coefficient is 1. */
class RowBuilder {
  readonly lower: number[] = [];
  readonly upper: number[] = [];
  readonly start: number[] = [0];
  readonly columns: number[] = [];
  readonly values: number[] = [];
  readonly scale: number[] = [];

  add(columns: readonly number[], values: readonly number[], lower: number, upper: number): void {
    let largest = 0;
    for (const value of values) largest = Math.max(largest, Math.abs(value));
    const scale = largest > 0 ? 1 / largest : 1;
    columns.forEach((column, j) => {
      if (values[j] === 0) return;
      this.columns.push(column);
      this.values.push(values[j]! * scale);
    });
    this.start.push(this.columns.length);
    this.lower.push(lower * scale);
    this.upper.push(upper * scale);
    this.scale.push(scale);
  }
}

function addCouplingRows(
  build: RowBuilder,
  plan: CompiledPlan,
  rows: PlanRows,
  columns: Columns,
  extra: Extra,
) {
  const firstGains = extra.base;
  const collect = (cells: readonly number[], value: (cell: number, j: number, column: number) => number) => {
    const at: number[] = [];
    const values: number[] = [];
    cells.forEach((cell, j) => {
      for (let c = columns.start[cell]!; c < columns.start[cell + 1]!; c++) {
        at.push(c);
        values.push(value(cell, j, c));
      }
    });
    return { at, values };
  };
  for (const row of rows.scores) {
    const { at, values } = collect(row.cells, (_, j, c) => row.coefficients[j]! * columns.gainPerUnit[c]!);
    const fixed = row.cells.reduce((sum, cell, j) => sum + row.coefficients[j]! * firstGains[cell]!, 0);
    if (row.lowest !== 0) {
      at.push(extra.lowestColumn);
      values.push(row.lowest);
    }
    if (extra.slackStart >= 0) {
      at.push(extra.slackStart + build.scale.length);
      values.push(1);
    }
    build.add(at, values, row.least - fixed, Infinity);
  }
  for (const row of rows.budgets) {
    const { at, values } = collect(row.cells, (_, __, c) => columns.cost[c]!);
    const fixed = row.cells.reduce(
      (sum, i) => sum + plan.unitCost[i]! * unitsForGain(plan, i, firstGains[i]!),
      0,
    );
    if (extra.slackStart >= 0) {
      at.push(extra.slackStart + build.scale.length);
      values.push(-1);
    }
    build.add(at, values, -Infinity, row.most - fixed);
  }
}

/**
 * A package's later step needs its earlier one. Only an upper limit on scores asks for this: elsewhere the earlier step
 * brings more for the same cost.
 */
function addStepOrder(build: RowBuilder, columns: Columns): void {
  const firsts = new Set(columns.start);
  for (let j = 1; j < columns.integers.length; j++) {
    const [before, after] = [columns.integers[j - 1]!, columns.integers[j]!];
    if (!firsts.has(after)) build.add([before, after], [1, -1], 0, Infinity);
  }
}

interface Extra {
  base: Float64Array;
  lowestColumn: number;
  slackStart: number;
}

/**
 * The linear program of a plan on straight pieces between `breakpoints` (gains of each cell, in
 * any order; those outside its bounds are left out), a column a piece; work packages come in the whole steps of `whole`.
 */
export function piecesOf(
  plan: CompiledPlan,
  problem: PlanProblem,
  rows: PlanRows,
  breakpoints: readonly (readonly number[])[],
  objective: PieceObjective,
  whole: WholeSteps,
): PieceProgram {
  const ends = pieceEnds(plan, problem, breakpoints, whole);
  const columns = columnsOf(plan, problem, ends, whole);
  const pieces = columns.cost.length;
  const coupling = rows.scores.length + rows.budgets.length;
  const lowestColumn = rows.hasSpread ? pieces : -1;
  const slackStart = objective === 'least-violation' ? pieces + (rows.hasSpread ? 1 : 0) : -1;
  const size = pieces + (rows.hasSpread ? 1 : 0) + (slackStart >= 0 ? coupling : 0);
  const build = new RowBuilder();
  const base = Float64Array.from(ends, (gains) => gains[0]!);
  addCouplingRows(build, plan, rows, columns, { base, lowestColumn, slackStart });
  if (rows.hasSpread) addStepOrder(build, columns);
  const cost = new Float64Array(size);
  const positive = columns.cost.filter((value) => value > 0).sort((a, b) => a - b);
  const costScale = objective === 'least-resource' ? 1 / (positive[positive.length >> 1] ?? 1) : 1;
  for (let i = 0; i < plan.size; i++)
    for (let c = columns.start[i]!; c < columns.start[i + 1]!; c++) {
      if (objective === 'least-resource') cost[c] = columns.cost[c]! * costScale;
      if (objective === 'most-score') cost[c] = -plan.leverage[i]! * columns.gainPerUnit[c]! * plan.size;
    }
  // A point missed counts as much as a hundredth of a budget exceeded.
  if (slackStart >= 0)
    for (let r = 0; r < coupling; r++) {
      const budget = rows.budgets[r - rows.scores.length];
      cost[slackStart + r] = budget ? 100 / Math.max(budget.most, 1e-9) : 1;
    }
  const upper = new Float64Array(size).fill(Infinity);
  upper.set(columns.upper);
  return {
    program: {
      cost,
      lower: new Float64Array(size),
      upper,
      rowLower: Float64Array.from(build.lower),
      rowUpper: Float64Array.from(build.upper),
      rowStart: Int32Array.from(build.start),
      columns: Int32Array.from(build.columns),
      values: Float64Array.from(build.values),
      integers: columns.integers.length > 0 ? columns.integers : undefined,
    },
    start: columns.start,
    base,
    gainPerUnit: columns.gainPerUnit,
    costScale,
    rowScale: build.scale,
    lowestColumn,
    slackStart,
  };
}

/**
 * The gains of a solution vector. Whole steps are counted and taken in order: within the solver's tolerance it may have
 * chosen a later step of the same cost and less gain.
 */
export function gainsOf(plan: CompiledPlan, pieces: PieceProgram, x: Float64Array): Float64Array {
  const whole = new Set(pieces.program.integers ?? []);
  return pieces.base.map((base, i) => {
    const [from, to] = [pieces.start[i]!, pieces.start[i + 1]!];
    let gain = base;
    if (whole.has(from) && from < to) {
      let steps = 0;
      for (let c = from; c < to; c++) steps += Math.round(x[c]!);
      for (let c = from; c < from + steps; c++) gain += pieces.gainPerUnit[c]!;
      return gain;
    }
    for (let c = from; c < to; c++) gain += pieces.gainPerUnit[c]! * x[c]!;
    return Math.max(base, Math.min(gain, Math.max(base, plan.highGain[i]!)));
  });
}
