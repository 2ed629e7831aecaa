import { describe, expect, it } from 'vitest';
import { paretoCurve } from '../../../../shared/domain/plan/pareto.ts';
import { planSensitivity } from '../../../../shared/domain/plan/sensitivity.ts';
import { solvePlan } from '../../../../shared/domain/plan/solve.ts';
import { seededRandom } from '../../../../shared/math/random.ts';
import { expectPlanned, randomProblem } from './plan-case.ts';

describe('planSensitivity', () => {
  const bare = randomProblem(4, 4, 7, 0);
  // One cell stands out, and a modest target leaves some of the others out of the plan.
  const drawn = { ...bare, cells: bare.cells.map((cell, i) => (i === 5 ? { ...cell, effect: 30 } : cell)) };
  const problem = { ...drawn, target100: expectPlanned(solvePlan(drawn)).overall100 + 1.5 };
  const result = planSensitivity(problem, seededRandom(1), { draws: 60 });

  it('costs more when effects or ceilings are lower than assumed, and less when higher', () => {
    const planned = expectPlanned(solvePlan(problem)).totalResource;
    for (const { factor, totalResource } of result.cases) expect(totalResource! > planned).toBe(factor < 1);
    expect(result.totalResource!.low).toBeLessThan(result.totalResource!.middle);
    expect(result.totalResource!.middle).toBeLessThan(result.totalResource!.high);
  });

  it('calls a cell robust when at least four fifths of the draws fund it', () => {
    const plan = expectPlanned(solvePlan(problem));
    expect(result.robust.length).toBeGreaterThan(0);
    for (const i of result.robust) expect(result.fundedShare[i]).toBeGreaterThanOrEqual(0.8);
    const most = [...plan.units.keys()].reduce((a, b) => (plan.units[a]! > plan.units[b]! ? a : b));
    expect(result.robust).toContain(most);
    expect(result.fundedShare.some((share) => share < 0.8)).toBe(true);
  });

  it('repeats itself under the same seed', () => {
    expect(planSensitivity(problem, seededRandom(1), { draws: 60 })).toEqual(result);
  });

  it('counts the draws that cannot reach the target', () => {
    const hard = { ...problem, target100: 95 };
    const hopeless = planSensitivity(hard, seededRandom(1), { draws: 30 });
    expect(hopeless.infeasible).toBeGreaterThan(0);
    expect(
      hopeless.cases.find((c) => c.assumption === 'ceiling' && c.factor < 1)!.totalResource,
    ).toBeUndefined();
  });

  it('varies nothing when nothing is uncertain', () => {
    const sure = planSensitivity(problem, seededRandom(1), { draws: 5, spread: 0 });
    const plan = expectPlanned(solvePlan(problem));
    expect(sure.totalResource!.low).toBeCloseTo(plan.totalResource, 12);
    expect([...sure.fundedShare]).toEqual([...plan.units].map((units) => (units > 1e-7 ? 1 : 0)));
  });
});

describe('paretoCurve', () => {
  it('rises and bends upwards, and its slope is the shadow price', () => {
    const { points, reachable100 } = paretoCurve(randomProblem(4, 4, 7, 82), 12);
    expect(points).toHaveLength(13);
    expect(points[0]!.totalResource).toBe(0);
    expect(points.some(({ target100 }) => target100 === 82)).toBe(true);
    for (let j = 1; j < points.length; j++) {
      const [a, b] = [points[j - 1]!, points[j]!];
      const slope = (b.totalResource - a.totalResource) / (b.target100 - a.target100);
      expect(slope).toBeGreaterThanOrEqual(a.shadowPrice - 1e-9);
      expect(slope).toBeLessThanOrEqual(b.shadowPrice + 1e-9);
    }
    expect(points.at(-1)!.target100).toBeLessThan(reachable100!);
  });

  it('has no points when a floor is out of reach', () => {
    const problem = randomProblem(2, 2, 7, 82);
    const cells = problem.cells.map((cell, i) => (i === 0 ? { ...cell, floor100: 99 } : cell));
    expect(paretoCurve({ ...problem, cells })).toEqual({ points: [], reachable100: undefined });
  });
});
