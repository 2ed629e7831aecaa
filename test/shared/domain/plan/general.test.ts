import { beforeAll, describe, expect, it } from 'vitest';
import { createPlanSolver } from '../../../../electron/engine/services/plan/plan-solver.ts';
import { compilePlan } from '../../../../shared/domain/plan/compile.ts';
import { solveGeneral } from '../../../../shared/domain/plan/general.ts';
import type { LinearProgramSolver } from '../../../../shared/domain/plan/linear-program.ts';
import type { PlanMethod, PlanProblem } from '../../../../shared/domain/plan/problem.ts';
import { solvePlan } from '../../../../shared/domain/plan/solve.ts';
import { expectInfeasible, expectPlanned, meanScore, randomProblem } from './plan-case.ts';

let solver: LinearProgramSolver;
beforeAll(async () => {
  solver = await createPlanSolver();
});

/** The same problem with a limit that never binds, so that the general way is taken. */
function generally(problem: PlanProblem): PlanProblem {
  return { ...problem, areaTargets: [{ index: 0, target100: 1 }] };
}

/** The plan by way of the linear program, without the direct attempt. */
function byProgram(problem: PlanProblem, method: PlanMethod = 'diminishing') {
  return expectPlanned(solveGeneral(compilePlan(problem, method), problem, solver, 'program'));
}

function total(problem: PlanProblem, method: PlanMethod = 'diminishing'): number {
  return expectPlanned(solvePlan(problem, method, solver)).totalResource;
}

describe('general plan', () => {
  it.each(['diminishing', 'proportional'] as const)('agrees with the closed form of %s to 1e-6', (method) => {
    for (const [areas, items, target] of [
      [1, 4, 80],
      [4, 3, 82],
      [31, 20, 83],
      [12, 9, 92],
    ] as const) {
      const problem = randomProblem(areas, items, areas, target);
      const closed = expectPlanned(solvePlan(problem, method));
      const general = byProgram(generally(problem), method);
      expect(general.solvedBy).toBe('linear-program');
      for (const [i, units] of closed.units.entries())
        expect(Math.abs(units - general.units[i]!)).toBeLessThan(1e-6);
      expect(Math.abs(general.shadowPrice / closed.shadowPrice - 1)).toBeLessThan(1e-6);
    }
  });

  it('gives the same plan directly and by the program where many limits bind', () => {
    let direct = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const bare = randomProblem(5, 4, seed, 82);
      const problem: PlanProblem = {
        ...bare,
        areaTargets: bare.areas.map((_, index) => ({ index, target100: 81 })),
        itemTargets: bare.items.map((_, index) => ({ index, target100: 81.5 })),
        ...(seed % 2 ? { largestSpread100: 1.5 } : {}),
        ...(seed % 3 ? {} : { areaBudgets: [{ area: 1, most: 0.05 }] }),
      };
      const first = solvePlan(problem, 'diminishing', solver);
      if (first.kind === 'infeasible') continue;
      const second = byProgram(problem);
      if (first.solvedBy === 'newton') direct += 1;
      for (const [i, units] of first.units.entries())
        expect(Math.abs(units - second.units[i]!)).toBeLessThan(1e-6);
    }
    expect(direct).toBeGreaterThan(3);
  });

  it('keeps every limit and prices each at its derivative', () => {
    const problem: PlanProblem = {
      ...randomProblem(6, 5, 11, 82),
      areaTargets: [
        { index: 1, target100: 84 },
        { index: 4, target100: 83.5 },
      ],
      itemTargets: [{ index: 2, target100: 85 }],
      areaBudgets: [{ area: 4, most: 0.026 }],
      largestSpread100: 5,
    };
    const plan = expectPlanned(solvePlan(problem, 'diminishing', solver));
    expect(plan.overall100).toBeGreaterThan(82 - 1e-9);
    const areas = problem.areas.map((_, r) => meanScore(problem, plan, 'area', r));
    expect(areas[1]).toBeGreaterThan(84 - 1e-9);
    expect(areas[4]).toBeGreaterThan(83.5 - 1e-9);
    expect(meanScore(problem, plan, 'item', 2)).toBeGreaterThan(85 - 1e-9);
    expect(Math.max(...areas) - Math.min(...areas)).toBeLessThan(5 + 1e-9);
    const spent = problem.cells.reduce((sum, cell, i) => sum + (cell.area === 4 ? plan.resource[i]! : 0), 0);
    expect(spent).toBeLessThanOrEqual(0.026 + 1e-12);
    const h = 1e-4;
    for (const { limit, price } of plan.prices) {
      if (limit.kind === 'area-target') {
        const moved = (by: number) => ({
          ...problem,
          areaTargets: problem.areaTargets!.map((t) =>
            t.index === limit.index ? { ...t, target100: t.target100 + by } : t,
          ),
        });
        expect((total(moved(h)) - total(moved(-h))) / (2 * h)).toBeCloseTo(price, 5);
      }
      if (limit.kind === 'item-target') {
        const moved = (by: number) => ({ ...problem, itemTargets: [{ index: 2, target100: 85 + by }] });
        expect((total(moved(h)) - total(moved(-h))) / (2 * h)).toBeCloseTo(price, 5);
      }
    }
    expect(plan.prices.some(({ limit }) => limit.kind === 'item-target')).toBe(true);
    expect(plan.prices.some(({ limit }) => limit.kind === 'area-target')).toBe(true);
  });

  it('moves resource out of an area whose budget binds and prices the budget', () => {
    const free = randomProblem(5, 4, 5, 84);
    const open = expectPlanned(solvePlan(free));
    const spent = (plan: typeof open) =>
      free.cells.reduce((sum, cell, i) => sum + (cell.area === 2 ? plan.resource[i]! : 0), 0);
    const most = spent(open) / 2;
    const limited = (budget: number) => ({ ...free, areaBudgets: [{ area: 2, most: budget }] });
    const plan = expectPlanned(solvePlan(limited(most), 'diminishing', solver));
    expect(spent(plan)).toBeCloseTo(most, 9);
    expect(plan.overall100).toBeCloseTo(84, 9);
    expect(plan.totalResource).toBeGreaterThan(open.totalResource);
    const h = most * 1e-3;
    const slope = (total(limited(most - h)) - total(limited(most + h))) / (2 * h);
    const price = plan.prices.find(({ limit }) => limit.kind === 'area-budget')!.price;
    expect(Math.abs(slope / price - 1)).toBeLessThan(1e-3);
  });

  it('narrows the spread between areas to the limit when that is dearer than leaving it', () => {
    const free = randomProblem(6, 4, 21, 83);
    const open = expectPlanned(solvePlan(free));
    const width = (plan: typeof open) => {
      const scores = free.areas.map((_, r) => meanScore(free, plan, 'area', r));
      return Math.max(...scores) - Math.min(...scores);
    };
    const spread = width(open) / 2;
    const plan = expectPlanned(solvePlan({ ...free, largestSpread100: spread }, 'diminishing', solver));
    expect(width(plan)).toBeLessThan(spread + 1e-8);
    expect(plan.overall100).toBeGreaterThan(83 - 1e-8);
    expect(plan.totalResource).toBeGreaterThan(open.totalResource);
  });

  it('finds no cheaper plan on a fine grid of a small case', () => {
    const problem: PlanProblem = {
      ...randomProblem(2, 2, 3, 80.5),
      areaTargets: [{ index: 1, target100: 81 }],
      itemTargets: [{ index: 0, target100: 80 }],
    };
    const plan = expectPlanned(solvePlan(problem, 'diminishing', solver));
    const score = (gains: readonly number[]) => ({ ...plan, gains: Float64Array.from(gains) });
    const cost = (i: number, gain: number) => {
      const room = 96 - problem.cells[i]!.baseline100;
      const unit = plan.units[i]! > 0 ? plan.resource[i]! / plan.units[i]! : Infinity;
      const v = problem.areas.map((a) => a.volumeShare);
      const w = problem.items.map((k) => k.weight);
      const cell = problem.cells[i]!;
      const present = (v[cell.area]! / (v[0]! + v[1]!)) * (w[cell.item]! / (w[0]! + w[1]!));
      if (unit < Infinity) expect(unit).toBeCloseTo(present, 12);
      return (-Math.log1p(-gain / room) / (cell.baseline100 / room)) * present;
    };
    const share = (cell: PlanProblem['cells'][number]) => {
      const v = problem.areas.reduce((sum, a) => sum + a.volumeShare, 0);
      const w = problem.items.reduce((sum, k) => sum + k.weight, 0);
      return (problem.areas[cell.area]!.volumeShare * problem.items[cell.item]!.weight) / (v * w);
    };
    const now = problem.cells.reduce((sum, cell) => sum + share(cell) * cell.baseline100, 0);
    let cheapest = Infinity;
    const steps = 60;
    const at = (i: number, j: number) => (0.98 * (96 - problem.cells[i]!.baseline100) * j) / steps;
    for (let a = 0; a <= steps; a++)
      for (let b = 0; b <= steps; b++)
        for (let c = 0; c <= steps; c++) {
          // The last gain is the least that meets all three targets.
          const first = [at(0, a), at(1, b), at(2, c)];
          const overall = now + first.reduce((sum, g, i) => sum + g * share(problem.cells[i]!), 0);
          const base = [...first, 0];
          if (meanScore(problem, score(base), 'item', 0) < 80) continue;
          const areaGap = 81 - meanScore(problem, score(base), 'area', 1);
          const w = problem.items.map((k) => k.weight);
          const need = Math.max(
            0,
            (80.5 - overall) / share(problem.cells[3]!),
            (areaGap * (w[0]! + w[1]!)) / w[1]!,
          );
          if (need >= 96 - problem.cells[3]!.baseline100) continue;
          cheapest = Math.min(
            cheapest,
            [...first, need].reduce((sum, g, i) => sum + cost(i, g), 0),
          );
        }
    expect(plan.totalResource).toBeLessThanOrEqual(cheapest + 1e-12);
    expect(plan.totalResource).toBeGreaterThan(cheapest * 0.995);
  });

  it('plans whole work packages as cheaply as trying every combination', () => {
    const problem = randomProblem(2, 3, 8, 80);
    const cells = problem.cells.map((cell) => ({ ...cell, packageUnits: 0.1, mostUnits: 0.3 }));
    const whole = { ...problem, cells };
    const plan = expectPlanned(solvePlan(whole, 'diminishing', solver));
    const v = problem.areas.reduce((sum, a) => sum + a.volumeShare, 0);
    const w = problem.items.reduce((sum, k) => sum + k.weight, 0);
    let cheapest = Infinity;
    for (let code = 0; code < 4 ** 6; code++) {
      let overall = 0;
      let cost = 0;
      cells.forEach((cell, i) => {
        const units = 0.1 * (Math.floor(code / 4 ** i) % 4);
        const room = 96 - cell.baseline100;
        const share = (problem.areas[cell.area]!.volumeShare * problem.items[cell.item]!.weight) / (v * w);
        overall += share * (96 - room * Math.exp((-cell.baseline100 / room) * units));
        cost += share * units;
      });
      if (overall >= 80) cheapest = Math.min(cheapest, cost);
    }
    expect(plan.totalResource).toBeCloseTo(cheapest, 8);
    expect(plan.relativeGap).toBeLessThan(1e-5);
    expect(plan.overall100).toBeGreaterThanOrEqual(80 - 1e-9);
    for (const units of plan.units) expect(Math.abs(units * 10 - Math.round(units * 10))).toBeLessThan(1e-6);
    expect(plan.totalResource).toBeGreaterThan(
      total({ ...problem, cells: cells.map((cell) => ({ ...cell, packageUnits: undefined })) }),
    );
  });

  it('fills the rest exactly around whole packages', () => {
    const problem = randomProblem(4, 4, 17, 82);
    const mixed = {
      ...problem,
      cells: problem.cells.map((cell, i) => (i % 3 === 0 ? { ...cell, packageUnits: 0.25 } : cell)),
    };
    const plan = expectPlanned(solvePlan(mixed, 'diminishing', solver));
    expect(plan.overall100).toBeCloseTo(82, 8);
    mixed.cells.forEach((_, i) => {
      if (i % 3 === 0)
        expect(Math.abs(plan.units[i]! * 4 - Math.round(plan.units[i]! * 4))).toBeLessThan(1e-6);
    });
    expect(plan.totalResource).toBeGreaterThanOrEqual(total(problem) - 1e-12);
    // Finer packages of the same cells are a plan too, and must lie within what was proven.
    const finer = mixed.cells.map((cell) => (cell.packageUnits ? { ...cell, packageUnits: 0.05 } : cell));
    const cheaper = total({ ...problem, cells: finer });
    expect(plan.relativeGap).toBeGreaterThan(0);
    expect(cheaper).toBeGreaterThanOrEqual(plan.totalResource * (1 - plan.relativeGap) - 1e-12);
  });

  it('says how far from the least a rough search may have stayed', async () => {
    const rough = await createPlanSolver({ relativeGap: 0.05 });
    const problem = randomProblem(6, 5, 3, 82);
    const whole = { ...problem, cells: problem.cells.map((cell) => ({ ...cell, packageUnits: 0.13 })) };
    const found = expectPlanned(solvePlan(whole, 'diminishing', rough));
    const least = total(whole);
    expect(found.relativeGap).toBeLessThanOrEqual(0.05);
    expect(least).toBeGreaterThanOrEqual(found.totalResource * (1 - found.relativeGap) - 1e-9);
    expect(expectPlanned(solvePlan(problem, 'diminishing', rough)).relativeGap).toBe(0);
  });
});

describe('impossible plans', () => {
  it('gives the largest reachable score under budgets and names them', () => {
    const problem = {
      ...randomProblem(4, 3, 2, 94),
      areaBudgets: [0, 1, 2, 3].map((area) => ({ area, most: 0.02 })),
    };
    const answer = expectInfeasible(solvePlan(problem, 'diminishing', solver));
    expect(answer.limits.filter(({ kind }) => kind === 'area-budget')).toHaveLength(4);
    const reachable = answer.reachable100!;
    expect(answer.reachableResource).toBeLessThanOrEqual(0.08 + 1e-9);
    expect(solvePlan({ ...problem, target100: reachable - 1e-6 }, 'diminishing', solver).kind).toBe(
      'planned',
    );
    expect(solvePlan({ ...problem, target100: reachable + 0.01 }, 'diminishing', solver).kind).toBe(
      'infeasible',
    );
  });

  it('names limits that contradict each other', () => {
    const answer = expectInfeasible(
      solvePlan(
        {
          ...randomProblem(4, 3, 2, 70),
          areaTargets: [{ index: 1, target100: 92 }],
          areaBudgets: [{ area: 1, most: 0.0001 }],
        },
        'diminishing',
        solver,
      ),
    );
    expect(answer.reachable100).toBeUndefined();
    expect(answer.limits.length).toBeGreaterThan(0);
    expect(answer.limits.every((limit) => 'index' in limit && limit.index === 1)).toBe(true);
  });

  it('refuses a floor that no whole package reaches', () => {
    const problem = randomProblem(1, 2, 2, 80);
    const cells = problem.cells.map((cell, i) =>
      i === 0 ? { ...cell, packageUnits: 5, mostUnits: 2, floor100: cell.baseline100 + 1 } : cell,
    );
    expect(solvePlan({ ...problem, cells }, 'diminishing', solver)).toMatchObject({
      kind: 'infeasible',
      floorsOutOfReach: [0],
    });
  });
});

describe('properties', () => {
  const limits = (problem: PlanProblem): PlanProblem => ({
    ...problem,
    areaTargets: [{ index: 0, target100: 81 }],
    itemTargets: [{ index: 1, target100: 82 }],
    largestSpread100: 8,
  });

  it.each(['diminishing', 'proportional'] as const)('never costs less to ask for more (%s)', (method) => {
    for (let seed = 1; seed <= 6; seed++) {
      let before = 0;
      for (let target = 78; target <= 88; target += 0.5) {
        const cost = total(limits(randomProblem(3, 4, seed, target)), method);
        expect(cost).toBeGreaterThanOrEqual(before - 1e-10);
        before = cost;
      }
    }
  });

  it.each(['diminishing', 'proportional'] as const)(
    'does not depend on the units of cost and score (%s)',
    (method) => {
      const problem = limits(randomProblem(4, 3, 9, 83));
      const plan = expectPlanned(solvePlan(problem, method, solver));
      const v = problem.areas.reduce((sum, a) => sum + a.volumeShare, 0);
      const w = problem.items.reduce((sum, k) => sum + k.weight, 0);
      const dearer = problem.cells.map((cell) => ({
        ...cell,
        unitCost: (1000 * problem.areas[cell.area]!.volumeShare * problem.items[cell.item]!.weight) / (v * w),
      }));
      const costly = expectPlanned(solvePlan({ ...problem, cells: dearer }, method, solver));
      expect(costly.totalResource / plan.totalResource).toBeCloseTo(1000, 5);
      for (const [i, units] of plan.units.entries()) expect(costly.units[i]).toBeCloseTo(units, 7);
      const tenfold: PlanProblem = {
        ...problem,
        cells: problem.cells.map((cell) => ({
          ...cell,
          baseline100: 10 * cell.baseline100,
          ceiling100: 960,
        })),
        target100: 830,
        areaTargets: [{ index: 0, target100: 810 }],
        itemTargets: [{ index: 1, target100: 820 }],
        largestSpread100: 80,
      };
      const scaled = expectPlanned(solvePlan(tenfold, method, solver));
      expect(scaled.totalResource).toBeCloseTo(plan.totalResource, 8);
      for (const [i, units] of plan.units.entries()) expect(scaled.units[i]).toBeCloseTo(units, 7);
    },
  );

  it.each(['diminishing', 'proportional'] as const)(
    'changes nothing when an area is split into two halves (%s)',
    (method) => {
      for (const prepare of [(problem: PlanProblem) => problem, limits]) {
        const problem = prepare(randomProblem(3, 4, 13, 82));
        const plan = expectPlanned(solvePlan(problem, method, solver));
        const half = problem.areas[2]!.volumeShare / 2;
        const split: PlanProblem = {
          ...problem,
          areas: [
            ...problem.areas.slice(0, 2),
            { id: 'a', volumeShare: half },
            { id: 'b', volumeShare: half },
          ],
          cells: [
            ...problem.cells,
            ...problem.cells.filter((cell) => cell.area === 2).map((cell) => ({ ...cell, area: 3 })),
          ],
        };
        const twins = expectPlanned(solvePlan(split, method, solver));
        expect(twins.totalResource).toBeCloseTo(plan.totalResource, 9);
        if (method === 'diminishing')
          for (const [i, units] of plan.units.entries()) expect(twins.units[i]).toBeCloseTo(units, 7);
      }
    },
  );
});
