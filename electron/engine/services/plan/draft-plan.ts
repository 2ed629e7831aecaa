// Suggests a plan: the least additional resource for the uplift asked for, with everything a planner wants beside it.

import type { PlanSensitivityView } from '../../../../shared/calls/plan.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import type { LinearProgramSolver } from '../../../../shared/domain/plan/linear-program.ts';
import { quarterMilestones } from '../../../../shared/domain/plan/milestones.ts';
import { paretoCurve } from '../../../../shared/domain/plan/pareto.ts';
import type { PlanInput, PlanView } from '../../../../shared/domain/plan/plan-facts.ts';
import type { PlanMethod } from '../../../../shared/domain/plan/problem.ts';
import { startSensitivity } from '../../../../shared/domain/plan/sensitivity.ts';
import { solvePlan } from '../../../../shared/domain/plan/solve.ts';
import { quarterOf } from '../../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import { seededRandom } from '../../../../shared/math/random.ts';
import type { Context } from '../../context.ts';
import { refuseAsWas } from '../places/region-schemes.ts';
import type { ChannelCube } from '../workspace/workspace.ts';
import { planBaseline } from './plan-baseline.ts';
import { buildProblem, overallNow } from './plan-problem.ts';
import { createPlanSolver } from './plan-solver.ts';
import { type Draft, solvedPart, unsolvedPart } from './plan-view.ts';

/** Points of the curve: many where each is a formula, few where each is a search. */
const CURVE_POINTS = { 'closed-form': 24, search: 10, large: 5 };
const LARGE = 3000;
const SEED = 20;

function refuseEmptySample({ cube, channel }: ChannelCube, { sample }: PlanInput): void {
  if (sample === undefined || cube.quarters.some((quarter) => cube.hasData(0, quarter))) return;
  const { zh, en } = CHANNEL_NAMES[channel];
  throw new AppError('sample-without-data', { channelZh: zh, channelEn: en });
}

export async function draftOf(
  context: Context,
  input: PlanInput,
  wait: 'wait' | 'if-ready' = 'wait',
): Promise<Draft> {
  const workspace = context.workspace();
  refuseAsWas(workspace, input.scheme);
  const source = workspace.cube(input.scheme, input.channel, { sample: input.sample });
  refuseEmptySample(source, input);
  const baseline = await planBaseline(context, source, input, wait);
  const chosen: PlanInput = { ...input, indicators: baseline.items.map(({ code }) => code) };
  const built = buildProblem(source, baseline, chosen);
  return { workspace, source, input: chosen, baseline, ...built };
}

export async function suggestPlan(
  context: Context,
  { drift, ...input }: CallArguments<'plan.suggest'>,
): Promise<PlanView> {
  const draft = await draftOf(context, input, drift);
  return planViewOf(draft, {
    exact: await createPlanSolver({ timeLimitSeconds: 5, relativeGap: 1e-4 }),
    rough: await createPlanSolver({ timeLimitSeconds: 2, relativeGap: 1e-3 }),
  });
}

/** Whole packages are searched to one part in ten thousand for the plan, one in a thousand for its curve. */
interface Solvers {
  exact: LinearProgramSolver;
  rough: LinearProgramSolver;
}

function planViewOf(draft: Draft, { exact, rough }: Solvers): PlanView {
  const { input, problem, baseline, workspace } = draft;
  const solution = solvePlan(problem, input.method, exact);
  const points = curvePoints(draft, solution.kind === 'planned' ? solution.solvedBy : 'newton');
  const curve = paretoCurve(problem, points, input.method, rough);
  const now = overallNow(baseline);
  const part = solution.kind === 'planned' ? solvedPart(draft, solution) : unsolvedPart(draft, solution);
  return {
    id: null,
    name: '',
    state: 'draft',
    createdAt: null,
    approvedAt: null,
    dataVersion: workspace.dataVersion,
    outdated: false,
    input,
    baseline: now,
    target: problem.target100,
    drift: driftOf(draft),
    driftPending: baseline.driftPending,
    largestReachable: curve.reachable100 ?? null,
    pareto: curve.points.map(({ target100, totalResource }) => ({ target: target100, cost: totalResource })),
    ...part,
    milestones: milestonesOf(draft, now, solution.kind === 'planned' ? solution.overall100 : null),
    otherMethod: solution.kind === 'planned' ? otherMethod(draft, exact) : null,
  };
}

function curvePoints({ problem }: Draft, solvedBy: 'closed-form' | 'newton' | 'linear-program'): number {
  if (solvedBy === 'closed-form') return CURVE_POINTS['closed-form'];
  const isWhole = problem.cells.some((cell) => cell.packageUnits !== undefined);
  return isWhole || problem.cells.length > LARGE ? CURVE_POINTS.large : CURVE_POINTS.search;
}

function driftOf({ baseline }: Draft): number | null {
  if (baseline.cells.some((cell) => cell.drift === null)) return null;
  return overallNow({
    ...baseline,
    cells: baseline.cells.map((cell) => ({ ...cell, baseline: cell.drift! })),
  });
}

function milestonesOf(
  { baseline, input }: Draft,
  now: number,
  reached: number | null,
): PlanView['milestones'] {
  if (reached === null || baseline.driftPending) return [];
  const { season } = baseline;
  const scores = quarterMilestones({ now100: now, target100: reached, season });
  return scores.map((score, q) => ({ quarter: quarterOf(input.year, q + 1), season: season[q]!, score }));
}

function otherMethod({ problem, input }: Draft, solver: LinearProgramSolver): PlanView['otherMethod'] {
  const method: PlanMethod = input.method === 'diminishing' ? 'proportional' : 'diminishing';
  if (problem.cells.some((cell) => cell.packageUnits !== undefined)) return null;
  if (problem.cells.some((cell) => cell.baseline100 <= 0)) return null;
  const solution = solvePlan(problem, method, solver);
  return { method, totalCost: solution.kind === 'planned' ? solution.totalResource : null };
}

/** Solves the plan again and again with its assumptions off, giving way to other calls in between. */
export async function planSensitivityCall(
  context: Context,
  { plan, draws, spread }: CallArguments<'plan.sensitivity'>,
): Promise<PlanSensitivityView> {
  const draft = await draftOf(context, plan);
  const { problem, input } = draft;
  const solver = await createPlanSolver({ timeLimitSeconds: 2, relativeGap: 1e-3 });
  const run = startSensitivity(problem, seededRandom(SEED), { method: input.method, solver, spread });
  const step = { zh: '检验方案对假设的敏感性', en: 'Testing the plan against its assumptions' };
  for (let draw = 0; draw < draws; draw++) {
    run.draw();
    context.job.progress(step, draw + 1, draws);
    await context.job.breathe();
  }
  const found = run.result();
  const robust = new Set(found.robust);
  return {
    spread,
    draws,
    infeasible: found.infeasible,
    cases: found.cases.map(({ assumption, factor, totalResource }) => ({
      assumption,
      factor,
      totalCost: totalResource ?? null,
    })),
    totalCost: found.totalResource ?? null,
    cells: [...found.fundedShare].flatMap((share, i) => {
      if (share === 0) return [];
      const { area, item } = problem.cells[i]!;
      const indicator = problem.items[item]!.id;
      return [{ area: problem.areas[area]!.id, indicator, share, robust: robust.has(i) }];
    }),
  };
}
