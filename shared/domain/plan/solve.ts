import { leastResource, mostScore } from './closed-form.ts';
import { type CompiledPlan, compilePlan, resourceOf } from './compile.ts';
import { solveGeneral } from './general.ts';
import type { LinearProgramSolver } from './linear-program.ts';
import type { PlanMethod, PlanProblem } from './problem.ts';
import { infeasibleSolution, type PlanLimit, type PlanSolution, plannedSolution } from './solution.ts';

/** Whether only single-cell bounds, the overall target and a total budget limit the plan. */
function hasClosedForm(problem: PlanProblem): boolean {
  return (
    !problem.areaTargets?.length &&
    !problem.itemTargets?.length &&
    !problem.areaBudgets?.length &&
    !problem.groupTargets?.length &&
    !problem.groupBudgets?.length &&
    problem.largestSpread100 === undefined &&
    problem.cells.every((cell) => cell.packageUnits === undefined)
  );
}

/** The cells whose floor lies above their upper bound. */
function unreachableFloors(plan: CompiledPlan): number[] {
  const cells: number[] = [];
  for (let i = 0; i < plan.size; i++)
    if (plan.lowGain[i]! > plan.highGain[i]! + 1e-9) cells.push(i);
    else if (plan.lowGain[i]! > plan.highGain[i]!) plan.lowGain[i] = plan.highGain[i]!;
  return cells;
}

function solveClosedForm(plan: CompiledPlan, problem: PlanProblem): PlanSolution {
  const target: PlanLimit = { kind: 'overall-target' };
  const answer = leastResource(plan, problem.target100);
  const budget = problem.totalBudget ?? Infinity;
  const affordable = resourceOf(plan, answer.gains) <= budget * (1 + 1e-12) + 1e-15;
  if (answer.kind === 'reached' && affordable)
    return plannedSolution(plan, answer.gains, [{ limit: target, price: answer.shadowPrice }], 'closed-form');
  if (affordable) return infeasibleSolution(plan, answer.gains, [target]);
  const gains = mostScore(plan, budget);
  return infeasibleSolution(plan, gains, [target, { kind: 'total-budget' }]);
}

/**
 * The plan that reaches the target with the least additional resource, by the closed form where only single-cell
 * bounds and a total budget limit it, otherwise by a linear-program solver (pass one; throws without).
 * An impossible target is an answer, never a plan. Throws on a problem that `compilePlan` refuses.
 */
export function solvePlan(
  problem: PlanProblem,
  method: PlanMethod = 'diminishing',
  solver?: LinearProgramSolver,
): PlanSolution {
  const plan = compilePlan(problem, method);
  const floors = unreachableFloors(plan);
  if (floors.length > 0) return infeasibleSolution(plan, undefined, [], floors);
  if (hasClosedForm(problem)) return solveClosedForm(plan, problem);
  if (!solver) throw new Error('solvePlan: this problem needs a linear-program solver');
  return solveGeneral(plan, problem, solver);
}
