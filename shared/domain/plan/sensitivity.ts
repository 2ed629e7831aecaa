import type { Random } from '../../math/random.ts';
import { compilePlan } from './compile.ts';
import type { LinearProgramSolver } from './linear-program.ts';
import type { PlanMethod, PlanProblem } from './problem.ts';
import { solvePlan } from './solve.ts';

/** What happens to the plan when one assumption is off for all cells at once. */
interface SensitivityCase {
  assumption: 'effect' | 'ceiling';
  factor: number;
  /** `undefined` where the target is then out of reach. */
  totalResource: number | undefined;
}

/** How firmly the plan stands on its assumptions. */
export interface Sensitivity {
  cases: SensitivityCase[];
  draws: number;
  /** Draws in which the target was out of reach. */
  infeasible: number;
  /** Share of the feasible draws in which each cell got resource. */
  fundedShare: Float64Array;
  /** Cells funded in at least `robustFrom` of the feasible draws. */
  robust: number[];
  /** 5, 50 and 95 % points of the total resource over the feasible draws; `undefined` without any. */
  totalResource: { low: number; middle: number; high: number } | undefined;
}

/** How the assumptions are varied. */
export interface SensitivityOptions {
  method?: PlanMethod;
  solver?: LinearProgramSolver | undefined;
  /** Default 200. */
  draws?: number;
  /** Largest relative error of an assumption, default 0.25. */
  spread?: number;
  /** Default 0.8. */
  robustFrom?: number;
}

/**
 * The problem with every cell's effect and way to the ceiling multiplied. The ceiling's own error is read as an error
 * of the distance still open (a ceiling of 95 +- 25 % of itself would lie beyond the scale); it ends at 100.
 */
function varied(
  problem: PlanProblem,
  effect: readonly number[],
  factorOf: (i: number) => { effect: number; ceiling: number },
): PlanProblem {
  const cells = problem.cells.map((cell, i) => {
    const factor = factorOf(i);
    const ceiling = cell.ceiling100 ?? 100;
    const room = Math.max(0, ceiling - cell.baseline100);
    const moved =
      room > 0 ? Math.min(Math.max(100, ceiling), cell.baseline100 + factor.ceiling * room) : ceiling;
    return { ...cell, effect: effect[i]! * factor.effect, ceiling100: moved };
  });
  return { ...problem, cells };
}

/** A sensitivity analysis under way: draw as often as wanted, then take the result. */
export interface SensitivityRun {
  draw(): void;
  result(): Sensitivity;
}

/**
 * Starts a sensitivity analysis, so that a caller can do other things between draws. The four cases are solved at
 * once; `options.draws` is not used. Throws as `solvePlan` does.
 */
export function startSensitivity(
  problem: PlanProblem,
  random: Random,
  options: SensitivityOptions = {},
): SensitivityRun {
  const { method = 'diminishing', solver, spread = 0.25, robustFrom = 0.8 } = options;
  const effects = [...compilePlan(problem, method).effect];
  const solve = (factorOf: (i: number) => { effect: number; ceiling: number }) =>
    solvePlan(varied(problem, effects, factorOf), method, solver);
  const cases: SensitivityCase[] = [];
  for (const assumption of ['effect', 'ceiling'] as const)
    for (const factor of [1 - spread, 1 + spread]) {
      const answer = solve(() => ({ effect: 1, ceiling: 1, [assumption]: factor }));
      const totalResource = answer.kind === 'planned' ? answer.totalResource : undefined;
      cases.push({ assumption, factor, totalResource });
    }
  const funded = new Float64Array(problem.cells.length);
  const totals: number[] = [];
  let draws = 0;
  const error = () => 1 + spread * (2 * random.uniform() - 1);
  return {
    draw() {
      draws += 1;
      const answer = solve(() => ({ effect: error(), ceiling: error() }));
      if (answer.kind !== 'planned') return;
      totals.push(answer.totalResource);
      for (let i = 0; i < funded.length; i++) if (answer.units[i]! > 1e-7) funded[i]! += 1;
    },
    result() {
      const feasible = totals.length;
      const fundedShare = funded.map((count) => count / Math.max(1, feasible));
      const sorted = totals.toSorted((a, b) => a - b);
      const at = (p: number) => sorted[Math.min(feasible - 1, Math.floor(p * feasible))]!;
      return {
        cases,
        draws,
        infeasible: draws - feasible,
        fundedShare,
        robust: [...fundedShare.keys()].filter((i) => feasible > 0 && fundedShare[i]! >= robustFrom - 1e-12),
        totalResource: feasible > 0 ? { low: at(0.05), middle: at(0.5), high: at(0.95) } : undefined,
      };
    },
  };
}

/**
 * Solves the problem again with its assumptions off: all effects and all ceilings low or high, then `draws` times with
 * every cell's effect and ceiling off independently and uniformly within `spread`. Costs and present resource stay.
 * The same random stream gives the same result. Throws as `solvePlan` does.
 */
export function planSensitivity(
  problem: PlanProblem,
  random: Random,
  options: SensitivityOptions = {},
): Sensitivity {
  const run = startSensitivity(problem, random, options);
  for (let draw = 0; draw < (options.draws ?? 200); draw++) run.draw();
  return run.result();
}
