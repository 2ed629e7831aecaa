import { expect, it } from 'vitest';
import { createPlanSolver } from '../../../../electron/engine/services/plan/plan-solver.ts';
import { compilePlan } from '../../../../shared/domain/plan/compile.ts';
import type { PlanCell, PlanProblem } from '../../../../shared/domain/plan/problem.ts';
import { planRows } from '../../../../shared/domain/plan/rows.ts';
import type { PlannedSolution } from '../../../../shared/domain/plan/solution.ts';
import { solvePlan } from '../../../../shared/domain/plan/solve.ts';
import { seededRandom } from '../../../../shared/math/random.ts';

/** A small problem with every kind of limit switched on by chance, also contradictory ones. */
function anyProblem(seed: number): PlanProblem {
  const random = seededRandom(seed);
  const chance = (p: number) => random.uniform() < p;
  const upTo = (most: number) => most * random.uniform();
  const areas = Array.from({ length: 1 + random.whole(6) }, (_, r) => ({
    id: `${r}`,
    volumeShare: 0.1 + upTo(1),
  }));
  const items = Array.from({ length: 1 + random.whole(5) }, (_, k) => ({
    id: `${k}`,
    weight: 0.1 + upTo(1),
  }));
  const cells: PlanCell[] = [];
  for (let area = 0; area < areas.length; area++)
    for (let item = 0; item < items.length; item++) {
      if (item > 0 && area > 0 && chance(0.1)) continue;
      const baseline100 = 55 + upTo(44);
      cells.push({
        area,
        item,
        baseline100,
        ceiling100: chance(0.5) ? 85 + upTo(15) : undefined,
        effect: chance(0.2) ? 0.5 + upTo(8) : undefined,
        unitCost: chance(0.2) ? (chance(0.1) ? 0 : upTo(0.2)) : undefined,
        mostUnits: chance(0.3) ? upTo(2) : undefined,
        largestStep100: chance(0.2) ? upTo(5) : undefined,
        cap100: chance(0.1) ? baseline100 - 2 + upTo(8) : undefined,
        floor100: chance(0.04) ? baseline100 + upTo(2) : undefined,
        lockedUnits: chance(0.08) ? upTo(0.3) : undefined,
        packageUnits: seed % 3 === 0 && chance(0.1) ? 0.05 + upTo(0.3) : undefined,
      });
    }
  const targets = (list: readonly unknown[]) =>
    list.flatMap((_, index) => (chance(0.5) ? [{ index, target100: 65 + upTo(20) }] : []));
  return {
    areas,
    items,
    cells,
    target100: 70 + upTo(18),
    areaTargets: chance(0.5) ? targets(areas) : undefined,
    itemTargets: chance(0.4) ? targets(items) : undefined,
    areaBudgets: chance(0.3) ? areas.map((_, area) => ({ area, most: upTo(0.3) / areas.length })) : undefined,
    totalBudget: chance(0.2) ? upTo(0.3) : undefined,
    largestSpread100: chance(0.25) ? 1 + upTo(15) : undefined,
  };
}

/** By how much a plan breaks its limits at most, in points or resource. */
function worstBreach(problem: PlanProblem, solution: PlannedSolution): number {
  const plan = compilePlan(problem, solution.method);
  const rows = planRows(plan, problem);
  const lowest: number[] = [];
  let worst = 0;
  for (const row of rows.scores) {
    const excess = row.cells.reduce(
      (sum, i, j) => sum + row.coefficients[j]! * solution.gains[i]!,
      -row.least,
    );
    if (row.lowest === 0) worst = Math.max(worst, -excess);
    if (row.lowest < 0) lowest.push(excess);
  }
  if (lowest.length > 0)
    worst = Math.max(worst, Math.max(...lowest) - Math.min(...lowest) - problem.largestSpread100!);
  for (const row of rows.budgets)
    worst = Math.max(worst, row.cells.reduce((sum, i) => sum + solution.resource[i]!, 0) - row.most);
  for (let i = 0; i < plan.size; i++)
    worst = Math.max(worst, plan.lowGain[i]! - solution.gains[i]!, solution.gains[i]! - plan.highGain[i]!);
  return worst;
}

it('keeps every limit of 240 random problems or says which ones cannot be kept', async () => {
  const solver = await createPlanSolver();
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= 240; seed++) {
    const problem = anyProblem(seed);
    const solution = solvePlan(problem, seed % 5 === 0 ? 'proportional' : 'diminishing', solver);
    const kind = solution.kind === 'planned' ? solution.solvedBy : solution.kind;
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    if (solution.kind === 'planned') {
      expect(worstBreach(problem, solution), `seed ${seed}`).toBeLessThan(1e-6);
      expect([...solution.units, ...solution.resource].every(Number.isFinite), `seed ${seed}`).toBe(true);
    } else {
      expect(solution.limits.length + solution.floorsOutOfReach.length, `seed ${seed}`).toBeGreaterThan(0);
      expect(solution.reachable100 ?? 0, `seed ${seed}`).toBeLessThan(problem.target100 + 1e-4);
    }
  }
  for (const kind of ['closed-form', 'newton', 'linear-program', 'infeasible'])
    expect(seen.get(kind), kind).toBeGreaterThan(10);
});
