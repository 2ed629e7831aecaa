import type { LinearProgramSolver } from './linear-program.ts';
import type { PlanMethod, PlanProblem } from './problem.ts';
import { solvePlan } from './solve.ts';

/** One point of the curve of target against resource. */
export interface ParetoPoint {
  target100: number;
  totalResource: number;
  shadowPrice: number;
}

/** The curve and where it ends. */
export interface ParetoCurve {
  points: ParetoPoint[];
  /** Largest reachable overall score; `undefined` when the other limits contradict each other (no points then). */
  reachable100: number | undefined;
}

/**
 * The least resource for `count` targets, evenly spaced from the score that the other limits give by themselves up to
 * 98 % of the way to the largest reachable one (the last stretch before a ceiling costs without bound). The problem's
 * own target is one more point where it lies inside. Rising and convex in the target. Throws as `solvePlan` does.
 */
export function paretoCurve(
  problem: PlanProblem,
  count = 20,
  method: PlanMethod = 'diminishing',
  solver?: LinearProgramSolver,
): ParetoCurve {
  if (!(Number.isInteger(count) && count >= 2)) throw new RangeError(`paretoCurve: count ${count}`);
  const least = solvePlan({ ...problem, target100: -Infinity }, method, solver);
  if (least.kind === 'infeasible') return { points: [], reachable100: undefined };
  const ceiling = problem.cells.reduce((most, c) => Math.max(most, c.ceiling100 ?? 100, c.baseline100), 0);
  const beyond = solvePlan({ ...problem, target100: ceiling + 1 }, method, solver);
  const reachable100 = beyond.kind === 'infeasible' ? beyond.reachable100 : undefined;
  if (reachable100 === undefined) return { points: [], reachable100 };
  const from = least.overall100;
  const to = from + 0.98 * (reachable100 - from);
  const targets = Array.from({ length: count }, (_, j) => from + ((to - from) * j) / (count - 1));
  if (problem.target100 > from && problem.target100 < reachable100) targets.push(problem.target100);
  targets.sort((a, b) => a - b);
  const points = targets.flatMap((target100): ParetoPoint[] => {
    const answer = solvePlan({ ...problem, target100 }, method, solver);
    if (answer.kind !== 'planned') return [];
    return [{ target100, totalResource: answer.totalResource, shadowPrice: answer.shadowPrice }];
  });
  return { points, reachable100 };
}
