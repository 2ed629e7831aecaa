import { leastResource } from './closed-form.ts';
import { type CompiledPlan, overallOf, resourceOf } from './compile.ts';
import type { LinearProgramSolver } from './linear-program.ts';
import {
  gainsOf,
  type PieceObjective,
  type PieceProgram,
  packageGains,
  piecesOf,
  type WholeSteps,
} from './pieces.ts';
import { type Multipliers, polish } from './polish.ts';
import type { PlanProblem } from './problem.ts';
import { type PlanRows, planRows } from './rows.ts';
import {
  infeasibleSolution,
  type LimitPrice,
  type PlanLimit,
  type PlanSolution,
  plannedSolution,
} from './solution.ts';

/** Everything that the steps of one solution share. */
interface Case {
  plan: CompiledPlan;
  problem: PlanProblem;
  rows: PlanRows;
  solver: LinearProgramSolver;
}

interface ProgramAnswer {
  gains: Float64Array;
  multipliers: Multipliers;
  slacks: Float64Array | undefined;
  relativeGap: number;
}

type Breakpoints = number[][];

/** Parts of the way to the ceiling at which a curve is cut before anything is known about prices. */
const COARSE = [0.3, 0.6, 0.85, 0.97];
const COARSE_LARGE = [0.7];
/** From this many cells on the first cut is rough: the program's time grows with the pieces, Newton's hardly. */
const LARGE = 3000;
/** Beyond this many whole steps only those near the optimum in parts are left to the integer program. */
const MOST_STEPS = 1500;
/** Factors about a cell's price at which its curve is cut, from round to round. */
const AROUND = [
  [0.5, 1, 2],
  [0.8, 0.93, 1, 1.07, 1.25],
  [0.97, 0.99, 1, 1.01, 1.03],
];

/** Breakpoints where the next point of a cell costs `factor` times its price, plus the coarse ones. */
function breakpointsAround(plan: CompiledPlan, price: Float64Array, factors: readonly number[]): Breakpoints {
  if (plan.method === 'proportional') return [];
  const coarse = plan.size > LARGE ? COARSE_LARGE : COARSE;
  return Array.from({ length: plan.size }, (_, i) => {
    const room = plan.room[i]!;
    const gains = coarse.map((part) => part * room);
    if (!(price[i]! > 0)) return gains;
    const rest = plan.unitCost[i]! / (plan.effect[i]! * price[i]!);
    for (const factor of factors) gains.push(room - rest / factor);
    return gains;
  });
}

/** Price of a point of each cell under multipliers, net of what its resource costs in budgets. */
function cellPrices({ plan, rows }: Case, { scores, budgets }: Multipliers): Float64Array {
  const pull = new Float64Array(plan.size);
  const factor = new Float64Array(plan.size).fill(1);
  rows.scores.forEach((row, r) => {
    row.cells.forEach((cell, j) => {
      pull[cell]! += scores[r]! * row.coefficients[j]!;
    });
  });
  rows.budgets.forEach((row, b) => {
    for (const cell of row.cells) factor[cell]! += budgets[b]!;
  });
  return pull.map((value, i) => value / factor[i]!);
}

function read(
  task: Case,
  pieces: PieceProgram,
  { x, rowDual: dual, relativeGap }: { x: Float64Array; rowDual: Float64Array; relativeGap: number },
): ProgramAnswer {
  const { scores, budgets } = task.rows;
  const unscaled = (r: number) => (dual[r]! * pieces.rowScale[r]!) / pieces.costScale;
  return {
    gains: gainsOf(task.plan, pieces, x),
    multipliers: {
      scores: Float64Array.from(scores, (_, r) => Math.max(0, unscaled(r))),
      budgets: Float64Array.from(budgets, (_, b) => Math.max(0, -unscaled(scores.length + b))),
      lowest: pieces.lowestColumn >= 0 ? x[pieces.lowestColumn]! : 0,
    },
    slacks: pieces.slackStart >= 0 ? x.slice(pieces.slackStart) : undefined,
    relativeGap,
  };
}

function run(
  task: Case,
  breakpoints: Breakpoints,
  objective: PieceObjective,
  whole: WholeSteps = 'in-parts',
): ProgramAnswer | undefined {
  const { plan, problem, rows, solver } = task;
  const pieces = piecesOf(plan, problem, rows, breakpoints, objective, whole);
  const answer = solver.solve(pieces.program);
  if (answer.kind === 'optimal') return read(task, pieces, answer);
  if (answer.kind === 'infeasible') return undefined;
  throw new Error(`plan: the solver ended ${answer.kind}`);
}

function pricesOf(rows: PlanRows, { scores, budgets }: Multipliers): LimitPrice[] {
  return [
    ...rows.scores.map(({ limit }, r) => ({ limit, price: scores[r]! })),
    ...rows.budgets.map(({ limit }, b) => ({ limit, price: budgets[b]! })),
  ];
}

/** An optimum with its prices. */
interface Relaxed {
  gains: Float64Array;
  multipliers: Multipliers;
}

/** Cuts the curves ever finer about the answer until Newton's method takes it to the exact optimum. */
function refine(task: Case, start: Breakpoints): Relaxed | undefined {
  let breakpoints = start;
  let best: ProgramAnswer | undefined;
  for (const factors of AROUND) {
    const answer = run(task, breakpoints, 'least-resource');
    if (!answer) return best;
    best = answer;
    if (task.plan.method === 'proportional') return best;
    const exact = polish(task.plan, task.rows, answer.multipliers);
    if (exact) return exact;
    breakpoints = breakpointsAround(task.plan, cellPrices(task, answer.multipliers), factors);
    for (const [i, gain] of answer.gains.entries()) breakpoints[i]!.push(gain);
  }
  return best;
}

/** The gains with the largest overall score under all limits but the overall target itself. */
function reach(task: Case, whole: WholeSteps): { gains: Float64Array; limits: PlanLimit[] } | undefined {
  const rows = {
    ...task.rows,
    scores: task.rows.scores.filter(({ limit }) => limit.kind !== 'overall-target'),
  };
  const open = { ...task, rows };
  let breakpoints = breakpointsAround(task.plan, new Float64Array(task.plan.size), []);
  let best: ProgramAnswer | undefined;
  for (const width of [0.05, 0.01, 0.002]) {
    const answer = run(open, breakpoints, 'most-score', whole);
    if (!answer) break;
    best = answer;
    if (task.plan.method === 'proportional' || rows.budgets.length === 0) break;
    breakpoints = breakpointsAround(task.plan, new Float64Array(task.plan.size), []);
    answer.gains.forEach((gain, i) => {
      const rest = task.plan.room[i]! - gain;
      breakpoints[i]!.push(gain - width * rest, gain, gain + width * rest);
    });
  }
  if (!best) return undefined;
  const limits = pricesOf(rows, best.multipliers).flatMap(({ limit, price }) =>
    price > 1e-9 ? [limit] : [],
  );
  return { gains: best.gains, limits };
}

/** Why nothing works: how far one can get, or which limits contradict each other. */
function explain(task: Case, whole: WholeSteps): PlanSolution {
  const reached = reach(task, whole);
  if (reached)
    return infeasibleSolution(task.plan, reached.gains, [{ kind: 'overall-target' }, ...reached.limits]);
  const breakpoints = breakpointsAround(task.plan, new Float64Array(task.plan.size), []);
  const slacks = run(task, breakpoints, 'least-violation', whole)?.slacks ?? new Float64Array();
  const limits = [...task.rows.scores, ...task.rows.budgets].flatMap(({ limit }, r) =>
    slacks[r]! > 1e-6 ? [limit] : [],
  );
  return infeasibleSolution(task.plan, undefined, limits);
}

/** The plan with every work package locked at the given gains, so that the rest can be optimised exactly. */
function lockPackages(plan: CompiledPlan, problem: PlanProblem, gains: Float64Array): CompiledPlan {
  const isWhole = (i: number) => problem.cells[i]!.packageUnits !== undefined;
  return {
    ...plan,
    lowGain: plan.lowGain.map((low, i) => (isWhole(i) ? gains[i]! : low)),
    highGain: plan.highGain.map((high, i) => (isWhole(i) ? gains[i]! : high)),
  };
}

/** Cells whose floor asks for a package step beyond their limit. */
function brokenPackages(plan: CompiledPlan, problem: PlanProblem): number[] {
  return problem.cells.flatMap((cell, i) =>
    cell.packageUnits !== undefined &&
    cell.lockedUnits === undefined &&
    packageGains(plan, i, cell.packageUnits).length === 0
      ? [i]
      : [],
  );
}

function solveWhole(task: Case, relaxed: Relaxed): PlanSolution {
  const { plan, problem } = task;
  const breakpoints = breakpointsAround(plan, cellPrices(task, relaxed.multipliers), AROUND[0]!);
  const steps = problem.cells.reduce(
    (sum, { packageUnits }, i) => sum + (packageUnits ? packageGains(plan, i, packageUnits).length : 0),
    0,
  );
  const near = steps > MOST_STEPS ? run(task, breakpoints, 'least-resource', relaxed.gains) : undefined;
  const chosen = near ?? run(task, breakpoints, 'least-resource', 'all-steps');
  if (!chosen) return explain(task, 'all-steps');
  const locked = lockPackages(plan, problem, chosen.gains);
  const exact = refine({ ...task, plan: locked }, breakpoints) ?? chosen;
  const prices = pricesOf(task.rows, exact.multipliers);
  const solution = plannedSolution(locked, exact.gains, prices, 'linear-program');
  // The optimum in parts bounds every plan; the program's own bound holds where it tried every step of every cell.
  const inParts = 1 - resourceOf(plan, relaxed.gains) / Math.max(solution.totalResource, 1e-12);
  const isAll = !near && problem.cells.every((cell) => cell.packageUnits !== undefined);
  const relativeGap = Math.max(0, isAll ? Math.min(inParts, chosen.relativeGap) : inParts);
  return { ...solution, relativeGap };
}

/** The optimum with packages in parts, by the linear program. */
function relaxByProgram(task: Case, price: number): Relaxed | undefined {
  const { plan, problem } = task;
  const guess = plan.leverage.map((leverage) => leverage * price);
  const breakpoints = breakpointsAround(plan, guess, AROUND[0]!);
  const relaxed = refine(task, breakpoints);
  if (relaxed) return relaxed;
  // Pieces overestimate costs: a budget that is met exactly can look broken until it is cut where it matters.
  const reached = reach(task, 'in-parts');
  if (!reached || overallOf(plan, reached.gains) < problem.target100 - 1e-9) return undefined;
  return refine(
    task,
    breakpoints.map((gains, i) => [...gains, reached.gains[i]!]),
  );
}

/** Newton's method straight from the price of the overall target: usually enough where few other limits bind. */
function relaxDirectly({ plan, rows }: Case, price: number): Relaxed | undefined {
  if (plan.method === 'proportional' || !(price > 0)) return undefined;
  const scores = Float64Array.from(rows.scores, ({ limit }) => (limit.kind === 'overall-target' ? price : 0));
  return polish(plan, rows, { scores, budgets: new Float64Array(rows.budgets.length), lowest: 0 }, 25);
}

/**
 * The general case: targets and floors by area and item, budgets, largest spread, whole work packages. Newton's method
 * is tried from the price of the overall target; where that does not settle, costs are cut into straight pieces for a
 * linear program, finer about its own answer, and Newton's method starts from there. With whole packages the choice
 * of packages is the integer program's (of very many steps only those within two of the optimum in parts), and the
 * rest is exact. `route` 'program' leaves the first attempt out; both routes give the same plan.
 */
export function solveGeneral(
  plan: CompiledPlan,
  problem: PlanProblem,
  solver: LinearProgramSolver,
  route: 'direct-first' | 'program' = 'direct-first',
): PlanSolution {
  const broken = brokenPackages(plan, problem);
  if (broken.length > 0) return infeasibleSolution(plan, undefined, [], broken);
  const task: Case = { plan, problem, rows: planRows(plan, problem), solver };
  const alone = leastResource(plan, problem.target100);
  const price = alone.kind === 'reached' ? alone.shadowPrice : 0;
  const direct = route === 'direct-first' ? relaxDirectly(task, price) : undefined;
  const relaxed = direct ?? relaxByProgram(task, price);
  if (!relaxed) return explain(task, 'in-parts');
  if (problem.cells.some((cell) => cell.packageUnits !== undefined)) return solveWhole(task, relaxed);
  const prices = pricesOf(task.rows, relaxed.multipliers);
  return plannedSolution(plan, relaxed.gains, prices, direct ? 'newton' : 'linear-program');
}
