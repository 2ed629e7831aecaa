/**
 * Minimise `cost x` subject to `rowLower <= A x <= rowUpper` and `lower <= x <= upper`; A by rows, compressed:
 * row r holds `columns[rowStart[r] .. rowStart[r + 1]]` with `values`. Infinite bounds are +-Infinity.
 */
export interface LinearProgram {
  cost: Float64Array;
  lower: Float64Array;
  upper: Float64Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
  rowStart: Int32Array;
  columns: Int32Array;
  values: Float64Array;
  /** Columns that take whole numbers only; absent where there are none. */
  integers?: readonly number[] | undefined;
}

/** `rowDual[r]` is d objective / d bound of row r (0 for programs with integer columns, which have no duals). */
export type LinearProgramAnswer =
  | { kind: 'optimal'; x: Float64Array; rowDual: Float64Array; objective: number; relativeGap: number }
  | { kind: 'infeasible' }
  | { kind: 'unbounded' }
  /** The time limit came before any acceptable answer. */
  | { kind: 'out-of-time' };

/** A solver for linear programs, given from outside: the plan itself stays free of any package. */
export interface LinearProgramSolver {
  solve(program: LinearProgram): LinearProgramAnswer;
}
