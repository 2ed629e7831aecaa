import type { PlanProblem } from '../../../../shared/domain/plan/problem.ts';
import type {
  InfeasibleSolution,
  PlannedSolution,
  PlanSolution,
} from '../../../../shared/domain/plan/solution.ts';
import { seededRandom } from '../../../../shared/math/random.ts';

/** A random problem of areas x items, scores 65 to 90 under a ceiling of 96. */
export function randomProblem(areas: number, items: number, seed: number, target100: number): PlanProblem {
  const random = seededRandom(seed);
  return {
    areas: Array.from({ length: areas }, (_, r) => ({
      id: `area ${r}`,
      volumeShare: 0.3 + random.uniform(),
    })),
    items: Array.from({ length: items }, (_, k) => ({ id: `item ${k}`, weight: 0.5 + random.uniform() })),
    cells: Array.from({ length: areas * items }, (_, i) => ({
      area: Math.floor(i / items),
      item: i % items,
      baseline100: 65 + 25 * random.uniform(),
      ceiling100: 96,
      mostUnits: 2,
    })),
    target100,
  };
}

/** The plan, or a failure that says what came instead. */
export function expectPlanned(solution: PlanSolution): PlannedSolution {
  if (solution.kind !== 'planned') throw new Error(`infeasible: ${JSON.stringify(solution)}`);
  return solution;
}

/** The refusal, or a failure. */
export function expectInfeasible(solution: PlanSolution): InfeasibleSolution {
  if (solution.kind !== 'infeasible') throw new Error(`planned ${solution.overall100}`);
  return solution;
}

/** Score of an area (mean over items by weight) or an item (mean over areas by volume) after a plan. */
export function meanScore(
  problem: PlanProblem,
  plan: PlannedSolution,
  by: 'area' | 'item',
  index: number,
): number {
  let sum = 0;
  let shares = 0;
  problem.cells.forEach((cell, i) => {
    if (cell[by] !== index) return;
    const share = by === 'area' ? problem.items[cell.item]!.weight : problem.areas[cell.area]!.volumeShare;
    sum += share * (cell.baseline100 + plan.gains[i]!);
    shares += share;
  });
  return sum / shares;
}
