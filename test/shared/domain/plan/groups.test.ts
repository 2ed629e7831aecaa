import { beforeAll, describe, expect, it } from 'vitest';
import { createPlanSolver } from '../../../../electron/engine/services/plan/plan-solver.ts';
import type { LinearProgramSolver } from '../../../../shared/domain/plan/linear-program.ts';
import type { PlanProblem } from '../../../../shared/domain/plan/problem.ts';
import { solvePlan } from '../../../../shared/domain/plan/solve.ts';
import { expectInfeasible, expectPlanned, randomProblem } from './plan-case.ts';

let solver: LinearProgramSolver;
beforeAll(async () => {
  solver = await createPlanSolver();
});

const solve = (problem: PlanProblem) => expectPlanned(solvePlan(problem, 'diminishing', solver));

describe('areas taken together', () => {
  it('alone, are as the area itself', () => {
    const problem = randomProblem(5, 4, 1, 80);
    const area = solve({ ...problem, areaTargets: [{ index: 2, target100: 86 }] });
    const group = solve({
      ...problem,
      groups: [{ id: 'one', areas: [2] }],
      groupTargets: [{ index: 0, target100: 86 }],
    });
    expect(group.totalResource).toBeCloseTo(area.totalResource, 8);
    expect(group.prices.map(({ limit }) => limit.kind)).toContain('group-target');
  });

  it('all of them, are as the whole', () => {
    const problem = randomProblem(5, 4, 2, 83);
    const all = { id: 'all', areas: [0, 1, 2, 3, 4] };
    const whole = solve(problem);
    const grouped = solve({
      ...problem,
      target100: -100,
      groups: [all],
      groupTargets: [{ index: 0, target100: 83 }],
    });
    expect(grouped.totalResource).toBeCloseTo(whole.totalResource, 8);
    const poor = {
      ...problem,
      groups: [all],
      groupBudgets: [{ group: 0, most: whole.totalResource * 0.9 }],
    };
    const answer = expectInfeasible(solvePlan(poor, 'diminishing', solver));
    expect(answer.limits).toContainEqual({ kind: 'group-budget', index: 0 });
    expect(answer.reachable100).toBeLessThan(83);
  });

  it('cost more, the higher their target', () => {
    const problem = randomProblem(6, 4, 3, 80);
    const at = (target100: number) =>
      solve({
        ...problem,
        groups: [{ id: 'half', areas: [0, 1, 2] }],
        groupTargets: [{ index: 0, target100 }],
      }).totalResource;
    const costs = [78, 82, 84, 86, 88].map(at);
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
    expect(costs.at(-1)!).toBeGreaterThan(costs[0]!);
  });
});
