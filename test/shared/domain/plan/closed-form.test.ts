import { describe, expect, it } from 'vitest';
import type { PlanProblem } from '../../../../shared/domain/plan/problem.ts';
import type { InfeasibleSolution, PlannedSolution } from '../../../../shared/domain/plan/solution.ts';
import { solvePlan } from '../../../../shared/domain/plan/solve.ts';

const BASELINES = [70, 78, 82, 88];
const EFFECTS = [0.02, 0.03, 0.04, 0.02];
const COSTS = [1, 1.5, 1, 1];

function golden(target100: number): PlanProblem {
  return {
    areas: [{ id: 'all', volumeShare: 1 }],
    items: [0.35, 0.25, 0.25, 0.15].map((weight, k) => ({ id: `item ${k}`, weight })),
    cells: BASELINES.map((baseline100, item) => ({
      area: 0,
      item,
      baseline100,
      ceiling100: 95,
      effect: EFFECTS[item],
      unitCost: COSTS[item],
    })),
    target100,
  };
}

function planned(problem: PlanProblem, method?: 'diminishing' | 'proportional'): PlannedSolution {
  const solution = solvePlan(problem, method);
  if (solution.kind !== 'planned') throw new Error('expected a plan');
  return solution;
}

describe('diminishing, closed form', () => {
  it.each([
    [80, [15.12, 0, 0.129, 0], 15.248, 7.732],
    [83, [33.621, 0, 9.379, 0], 43.0, 11.194],
    [86, [50.609, 9.668, 17.873, 0], 82.984, 15.723],
  ])('reaches %d with the published units, cost and shadow price', (target, units, cost, lambda) => {
    const plan = planned(golden(target));
    for (const [i, x] of units.entries()) expect(Math.abs(plan.units[i]! - x)).toBeLessThan(6e-4);
    expect(Math.abs(plan.totalResource - cost)).toBeLessThan(6e-4);
    expect(Math.abs(plan.shadowPrice - lambda)).toBeLessThan(6e-4);
    expect(plan.overall100).toBeCloseTo(target, 10);
    expect(plan.prices).toEqual([{ limit: { kind: 'overall-target' }, price: plan.shadowPrice }]);
  });

  it('prices one more point at the derivative of the least resource', () => {
    const step = 1e-4;
    const slope =
      (planned(golden(83 + step)).totalResource - planned(golden(83 - step)).totalResource) / (2 * step);
    expect(planned(golden(83)).shadowPrice).toBeCloseTo(slope, 6);
  });

  it('asks for nothing when the target is already met', () => {
    const plan = planned(golden(77.7));
    expect(plan.totalResource).toBe(0);
    expect(plan.shadowPrice).toBe(0);
    expect(plan.overall100).toBeCloseTo(77.7, 12);
  });

  it('says how far one can get when the ceiling is below the target', () => {
    const answer = solvePlan(golden(96)) as InfeasibleSolution;
    expect(answer.kind).toBe('infeasible');
    expect(answer.reachable100).toBeCloseTo(95, 6);
    expect(answer.stops.ceiling).toBe(4);
    expect(answer.limits).toEqual([{ kind: 'overall-target' }]);
  });

  it('stops at limits on units, step and cap and names them', () => {
    const problem = golden(94);
    const limits = [{ mostUnits: 10 }, { largestStep100: 2 }, { cap100: 84 }, { lockedUnits: 3 }];
    const limited = { ...problem, cells: problem.cells.map((cell, i) => ({ ...cell, ...limits[i] })) };
    const answer = solvePlan(limited) as InfeasibleSolution;
    expect(answer.stops).toEqual({ ceiling: 0, 'most-units': 1, 'largest-step': 1, cap: 1, locked: 1 });
    const s = [95 - 25 * Math.exp(-0.2), 80, 84, 95 - 7 * Math.exp(-0.06)];
    expect(answer.reachable100).toBeCloseTo(0.35 * s[0]! + 0.25 * s[1]! + 0.25 * s[2]! + 0.15 * s[3]!, 9);
  });

  it('obeys locks and floors and plans the rest around them', () => {
    const problem = golden(83);
    const plan = planned({
      ...problem,
      cells: problem.cells.map((cell, i) => ({
        ...cell,
        ...(i === 0 ? { lockedUnits: 20 } : i === 3 ? { floor100: 90 } : {}),
      })),
    });
    expect(plan.units[0]).toBeCloseTo(20, 10);
    expect(plan.gains[3]).toBeCloseTo(2, 10);
    expect(plan.overall100).toBeCloseTo(83, 10);
    expect(plan.totalResource).toBeGreaterThan(43);
  });

  it('says which floor no resource can reach', () => {
    const problem = golden(80);
    const answer = solvePlan({
      ...problem,
      cells: problem.cells.map((cell, i) => (i === 2 ? { ...cell, floor100: 97 } : cell)),
    });
    expect(answer).toMatchObject({ kind: 'infeasible', floorsOutOfReach: [2], reachable100: undefined });
  });

  it('says how much a total budget buys', () => {
    const budget = planned(golden(83)).totalResource;
    expect(solvePlan({ ...golden(83), totalBudget: budget }).kind).toBe('planned');
    const answer = solvePlan({ ...golden(86), totalBudget: budget }) as InfeasibleSolution;
    expect(answer.reachable100).toBeCloseTo(83, 8);
    expect(answer.limits).toContainEqual({ kind: 'total-budget' });
  });
});

describe('proportional, closed form', () => {
  it('pours everything into the best cells first', () => {
    const problem = golden(80);
    const cells = problem.cells.map(({ area, item, baseline100, ceiling100 }) => ({
      area,
      item,
      baseline100,
      ceiling100,
    }));
    const plan = planned({ ...problem, cells }, 'proportional');
    for (const [i, gain] of [0, 0, 5, 7].entries()) expect(plan.gains[i]).toBeCloseTo(gain, 9);
    expect(plan.totalResource).toBeCloseTo((0.15 * 7) / 88 + (0.25 * 5) / 82, 12);
    expect(plan.shadowPrice).toBeCloseTo(1 / 82, 12);
  });

  it('has the same first marginal gain as the default of the diminishing method', () => {
    const cell = { area: 0, item: 0, baseline100: 80 };
    const problem = { areas: [{ id: 'a', volumeShare: 1 }], items: [{ id: 'k', weight: 1 }], cells: [cell] };
    const little = { ...problem, target100: 80 + 1e-6 };
    expect(planned(little).shadowPrice).toBeCloseTo(1 / 80, 8);
    expect(planned(little, 'proportional').shadowPrice).toBeCloseTo(1 / 80, 12);
  });

  it('says how much a total budget buys', () => {
    const problem = golden(80);
    const cost = planned(problem, 'proportional').totalResource;
    const answer = solvePlan({ ...golden(84), totalBudget: cost }, 'proportional') as InfeasibleSolution;
    expect(answer.reachable100).toBeCloseTo(80, 9);
  });
});
