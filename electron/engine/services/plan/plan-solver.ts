/**
 * HiGHS behind the solver interface of the plan. The WebAssembly module is loaded once a process; every call owns its
 * model and frees it, since nothing else returns the module's memory.
 */
import loadHighs, { type Highs, type Model, type ModelData } from 'highs';
import type {
  LinearProgram,
  LinearProgramAnswer,
  LinearProgramSolver,
} from '../../../../shared/domain/plan/linear-program.ts';

/** How long and how exactly whole-number programs are searched; plain programs are always solved to the end. */
export interface PlanSolverOptions {
  timeLimitSeconds?: number;
  relativeGap?: number;
}

let loading: Promise<Highs> | undefined;

function modelData(highs: Highs, program: LinearProgram): ModelData {
  const columns = program.cost.length;
  const rows = program.rowLower.length;
  const { integers } = program;
  const kinds = integers?.length ? new Int32Array(columns) : undefined;
  for (const column of integers ?? []) kinds![column] = highs.constants.variableType.integer;
  return {
    numCols: columns,
    numRows: rows,
    colCost: program.cost,
    colLower: program.lower,
    colUpper: program.upper,
    rowLower: program.rowLower,
    rowUpper: program.rowUpper,
    matrix: {
      format: 'csr',
      numRows: rows,
      numCols: columns,
      starts: program.rowStart,
      indices: program.columns,
      values: program.values,
    },
    ...(kinds ? { integrality: kinds } : {}),
  };
}

function read(highs: Highs, model: Model, program: LinearProgram): LinearProgramAnswer {
  const status = model.getModelStatus();
  const names = highs.constants.modelStatus;
  if (status === names.infeasible) return { kind: 'infeasible' };
  // Costs of a plan are never negative without a bound, so the undecided answer can only mean infeasible.
  if (status === names.unboundedOrInfeasible) return { kind: 'infeasible' };
  if (status === names.unbounded) return { kind: 'unbounded' };
  const whole = (program.integers?.length ?? 0) > 0;
  const found = highs.constants.solutionStatus.feasible;
  if (status === names.timeLimit && !(whole && model.info.get('primal_solution_status') === found))
    return { kind: 'out-of-time' };
  if (status !== names.optimal && status !== names.timeLimit)
    throw new Error(`plan solver: HiGHS ended with model status ${status}`);
  const solution = model.getSolution();
  return {
    kind: 'optimal',
    x: solution.colValue,
    rowDual: whole ? new Float64Array(program.rowLower.length) : solution.rowDual,
    objective: model.getObjectiveValue(),
    relativeGap: whole ? Number(model.info.get('mip_gap')) : 0,
  };
}

/** HiGHS declines a program without columns; its rows are then either met by nothing or not at all. */
function solveEmpty({ rowLower, rowUpper }: LinearProgram): LinearProgramAnswer {
  const met = rowLower.every((low, r) => low <= 1e-7 && rowUpper[r]! >= -1e-7);
  if (!met) return { kind: 'infeasible' };
  const rowDual = new Float64Array(rowLower.length);
  return { kind: 'optimal', x: new Float64Array(), rowDual, objective: 0, relativeGap: 0 };
}

/** Loads HiGHS (about 50 ms the first time) and returns a solver whose calls are synchronous. */
export async function createPlanSolver(options: PlanSolverOptions = {}): Promise<LinearProgramSolver> {
  loading ??= loadHighs();
  const highs = await loading;
  return {
    solve(program) {
      if (program.cost.length === 0) return solveEmpty(program);
      const model = highs.createModel(modelData(highs, program));
      try {
        model.options.set({ output_flag: false, random_seed: 1 });
        if (program.integers?.length)
          model.options.set({
            time_limit: options.timeLimitSeconds ?? 10,
            mip_rel_gap: options.relativeGap ?? 1e-6,
          });
        model.run();
        return read(highs, model, program);
      } finally {
        model.dispose();
      }
    },
  };
}
