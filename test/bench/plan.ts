/**
 * Times the planner: `node test/bench/plan.ts`. Median of five runs after one to warm up, and mean processor time beside
 * its limit: the planner runs on one thread, so that is what it takes on a machine that does nothing else.
 */
import { createPlanSolver } from '../../electron/engine/services/plan/plan-solver.ts';
import { paretoCurve } from '../../shared/domain/plan/pareto.ts';
import type { PlanMethod, PlanProblem } from '../../shared/domain/plan/problem.ts';
import { planSensitivity } from '../../shared/domain/plan/sensitivity.ts';
import { solvePlan } from '../../shared/domain/plan/solve.ts';
import { seededRandom } from '../../shared/math/random.ts';

/** As exact as plans are made. */
const solver = await createPlanSolver({ relativeGap: 1e-4 });

function problemOf(areas: number, items: number): PlanProblem {
  const random = seededRandom(3);
  return {
    areas: Array.from({ length: areas }, (_, r) => ({ id: `${r}`, volumeShare: 0.3 + random.uniform() })),
    items: Array.from({ length: items }, (_, k) => ({ id: `${k}`, weight: 0.5 + random.uniform() })),
    cells: Array.from({ length: areas * items }, (_, i) => ({
      area: Math.floor(i / items),
      item: i % items,
      baseline100: 65 + 25 * random.uniform(),
      ceiling100: 96,
      mostUnits: 2,
    })),
    target100: 82,
  };
}

function withTargets(problem: PlanProblem): PlanProblem {
  return {
    ...problem,
    areaTargets: problem.areas.map((_, index) => ({ index, target100: 80 })),
    itemTargets: problem.items.map((_, index) => ({ index, target100: 81 })),
  };
}

function withEverything(problem: PlanProblem): PlanProblem {
  const most = 1.5 / problem.areas.length;
  return {
    ...withTargets(problem),
    areaBudgets: problem.areas.map((_, area) => ({ area, most })),
    largestSpread100: 3,
  };
}

function time(name: string, limitMs: number, run: () => string): void {
  run();
  const times: number[] = [];
  const cpu = process.cpuUsage();
  let result = '';
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    result = run();
    times.push(performance.now() - start);
  }
  const median = times.sort((a, b) => a - b)[2]!;
  const { user, system } = process.cpuUsage(cpu);
  const own = (user + system) / 5000;
  const ratio = (own / limitMs).toFixed(2);
  console.log(
    `${name.padEnd(52)} ${median.toFixed(1).padStart(8)} ms (cpu ${own.toFixed(1).padStart(7)})  ${ratio} of ${limitMs} ms  ${result}`,
  );
}

function outcome(problem: PlanProblem, method: PlanMethod): string {
  const answer = solvePlan(problem, method, solver);
  return answer.kind === 'planned' ? `cost ${answer.totalResource.toFixed(6)}` : 'infeasible';
}

for (const [areas, items, limit] of [
  [31, 20, 200],
  [600, 20, 3000],
] as const) {
  const problem = problemOf(areas, items);
  for (const method of ['diminishing', 'proportional'] as const) {
    const name = `${areas} x ${items} ${method}`;
    time(`${name}, overall target`, limit, () => outcome(problem, method));
    time(`${name}, targets by area and item`, limit, () => outcome(withTargets(problem), method));
    time(`${name}, targets, budgets and spread`, limit, () => outcome(withEverything(problem), method));
  }
}

const packages = problemOf(31, 20);
const whole = { ...packages, cells: packages.cells.map((cell) => ({ ...cell, packageUnits: 0.1 })) };
time('31 x 20 all in whole packages', 10_000, () => outcome(whole, 'diminishing'));
const provinces = problemOf(31, 20);
time('31 x 20 sensitivity, 200 draws', 5000, () =>
  String(planSensitivity(provinces, seededRandom(1)).robust.length),
);
time('31 x 20 curve of 20 targets', 1000, () => String(paretoCurve(provinces).points.length));
time('31 x 20 curve of 20 targets, targets by area and item', 10_000, () =>
  String(paretoCurve(withTargets(provinces), 20, 'diminishing', solver).points.length),
);
