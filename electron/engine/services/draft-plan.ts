// The annual plan: least additional resource for the uplift asked for, kept as drafts, approved, listed.
import type { CallArguments } from '../../../shared/contract.ts';
import { planAnswer } from '../../../shared/domain/plan/answer.ts';
import { rankMoves } from '../../../shared/domain/plan/moves.ts';
import { paretoCurve } from '../../../shared/domain/plan/pareto.ts';
import type { PlanMethod, PlanProblem } from '../../../shared/domain/plan/problem.ts';
import type { PlannedSolution, PlanSolution } from '../../../shared/domain/plan/solution.ts';
import { solvePlan } from '../../../shared/domain/plan/solve.ts';
import { AppError } from '../../../shared/errors.ts';
import type { PlanCellView, PlanInfo, PlanInput, PlanView } from '../../../shared/views.ts';
import type { Context } from '../context.ts';
import { addPlan, approvePlan, deletePlan, findPlan, listPlans, type PlanRow } from '../store/results.ts';
import { indicatorName } from './catalog.ts';
import { type PlanBaseline, planBaseline } from './plan-baseline.ts';
import type { ChannelCube, Workspace } from './workspace.ts';

const PARETO_POINTS = 24;
const FIRST_MOVES = 10;

interface Draft {
  workspace: Workspace;
  source: ChannelCube;
  input: PlanInput;
  baseline: PlanBaseline;
  problem: PlanProblem;
}

export async function suggestPlan(context: Context, input: CallArguments<'plan.suggest'>): Promise<PlanView> {
  const workspace = context.workspace();
  const source = workspace.cube(input.scheme, input.channel);
  const baseline = await planBaseline(context, source, input);
  const now = overallNow(baseline);
  const chosen: PlanInput = { ...input, indicators: baseline.items.map(({ code }) => code) };
  const problem = problemOf(baseline, chosen, now + input.uplift);
  return answer({ workspace, source, input: chosen, baseline, problem }, now);
}

function overallNow({ areas, items, cells }: PlanBaseline): number {
  let sum = 0;
  let weight = 0;
  const perArea = areas.map(() => 0);
  for (const { area, item } of cells) perArea[area] = perArea[area]! + items[item]!.weight;
  for (const { area, item, baseline } of cells) {
    const w = (areas[area]!.share * items[item]!.weight) / perArea[area]!;
    sum += w * baseline;
    weight += w;
  }
  return sum / weight;
}

function problemOf(baseline: PlanBaseline, input: PlanInput, target100: number): PlanProblem {
  return {
    areas: baseline.areas.map(({ node, share }) => ({ id: String(node), volumeShare: share })),
    items: baseline.items.map(({ code, weight }) => ({ id: code, weight })),
    cells: baseline.cells.map((cell) => ({
      area: cell.area,
      item: cell.item,
      baseline100: cell.baseline,
      ceiling100: input.ceiling,
      largestStep100: input.largestStep ?? undefined,
      drift100: cell.drift ?? undefined,
    })),
    target100,
  };
}

function answer(draft: Draft, baseline: number): PlanView {
  const { input, problem } = draft;
  const solution = solvePlan(problem, input.method);
  const curve = paretoCurve(problem, PARETO_POINTS, input.method);
  const drift = driftOf(draft);
  const common = {
    id: null,
    name: '',
    state: 'draft' as const,
    createdAt: null,
    approvedAt: null,
    input,
    baseline,
    target: problem.target100,
    drift,
    largestReachable: curve.reachable100 ?? null,
    pareto: curve.points.map(({ target100, totalResource }) => ({ target: target100, cost: totalResource })),
  };
  if (solution.kind === 'infeasible') return { ...common, ...emptyPlan(draft, solution, baseline) };
  return {
    ...common,
    ...solvedPlan(draft, solution),
    outcome: input.uplift <= 0 ? 'already-reached' : 'solved',
    binding: [],
    otherMethod: otherMethod(draft),
  };
}

function driftOf({ problem }: Draft): number | null {
  const cells = problem.cells.map((cell) => ({ ...cell, baseline: cell.drift100 ?? Number.NaN }));
  if (cells.some((cell) => cell.drift100 === undefined)) return null;
  return overallNow({
    areas: problem.areas.map((area, node) => ({ node, share: area.volumeShare })),
    items: problem.items.map((item, i) => ({ item: i, code: item.id, weight: item.weight })),
    cells: cells.map(({ area, item, baseline }) => ({
      area,
      item,
      baseline,
      n: 0,
      shrunk: false,
      drift: null,
    })),
  });
}

function otherMethod({ problem, input }: Draft): PlanView['otherMethod'] {
  const method: PlanMethod = input.method === 'diminishing' ? 'proportional' : 'diminishing';
  const solution = solvePlan(problem, method);
  return { method, totalCost: solution.kind === 'planned' ? solution.totalResource : null };
}

type SolvedPart = Pick<
  PlanView,
  'reached' | 'totalCost' | 'shadowPrice' | 'areas' | 'items' | 'cells' | 'moves'
>;

function solvedPlan(draft: Draft, solution: PlannedSolution): SolvedPart {
  const { workspace, source, baseline, problem } = draft;
  const printed = planAnswer(problem, solution);
  const nodeOf = (area: number) => source.tree.nodes[baseline.areas[area]!.node]!;
  const weightTotal = baseline.items.reduce((sum, item) => sum + item.weight, 0);
  return {
    reached: solution.overall100,
    totalCost: solution.totalResource,
    shadowPrice: solution.shadowPrice,
    areas: printed.areas.map((total) => ({
      id: nodeOf(total.index).id,
      name: nodeOf(total.index).name,
      share: baseline.areas[total.index]!.share,
      baseline: total.now100,
      target: total.target100,
      cost: total.resource,
    })),
    items: printed.items.map((total) => ({
      code: baseline.items[total.index]!.code,
      name: indicatorName(workspace, baseline.items[total.index]!.code),
      weight: baseline.items[total.index]!.weight / weightTotal,
      baseline: total.now100,
      target: total.target100,
      cost: total.resource,
    })),
    cells: printed.cells.map((cell, i) => ({
      ...cellFacts(draft, i),
      target: cell.target100,
      extraOfCell: cell.shareOfCell,
      extraOfTotal: cell.shareOfPlan,
      cost: cell.resource,
    })),
    moves: rankMoves(problem, solution, FIRST_MOVES).map((move) => {
      const { area, item } = problem.cells[move.cell]!;
      return {
        area: nodeOf(area).id,
        areaName: nodeOf(area).name,
        indicator: baseline.items[item]!.code,
        gain: move.overallGain100,
        cost: move.resource,
        gainPerCost: move.meanReturn,
        reasons: move.reasons,
      };
    }),
  };
}

function cellFacts(
  { source, baseline }: Draft,
  i: number,
): Omit<PlanCellView, 'target' | 'extraOfCell' | 'extraOfTotal' | 'cost'> {
  const cell = baseline.cells[i]!;
  const node = source.tree.nodes[baseline.areas[cell.area]!.node]!;
  return {
    area: node.id,
    areaName: node.name,
    indicator: baseline.items[cell.item]!.code,
    baseline: cell.baseline,
    n: cell.n,
    shrunk: cell.shrunk,
    drift: cell.drift,
  };
}

/** No plan: only where things stand, how far one could get, and what stands in the way. */
function emptyPlan(
  draft: Draft,
  solution: Exclude<PlanSolution, PlannedSolution>,
  now: number,
): SolvedPart & Pick<PlanView, 'outcome' | 'binding' | 'otherMethod'> {
  const { source, baseline, problem } = draft;
  const limits = Object.entries(solution.stops)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([limit, count]) => ({ limit: limit as keyof typeof solution.stops, count }));
  return {
    outcome: 'infeasible',
    binding: limits,
    otherMethod: null,
    reached: solution.reachable100 ?? now,
    totalCost: solution.reachableResource ?? 0,
    shadowPrice: null,
    areas: baseline.areas.map(({ node, share }, area) => {
      const own = {
        areas: [{ node, share: 1 }],
        items: baseline.items,
        cells: baseline.cells.filter((cell) => cell.area === area).map((cell) => ({ ...cell, area: 0 })),
      };
      const score = overallNow(own);
      return {
        id: source.tree.nodes[node]!.id,
        name: source.tree.nodes[node]!.name,
        share,
        baseline: score,
        target: score,
        cost: 0,
      };
    }),
    items: [],
    cells: problem.cells.map((cell, i) => ({
      ...cellFacts(draft, i),
      target: cell.baseline100,
      extraOfCell: 0,
      extraOfTotal: 0,
      cost: 0,
    })),
    moves: [],
  };
}

export async function savePlan(
  context: Context,
  { name, ...input }: CallArguments<'plan.save'>,
): Promise<PlanView> {
  const workspace = context.workspace();
  const view = await suggestPlan(context, input);
  const id = workspace.record(
    { action: 'plan.save', subject: name, detail: { year: input.year, uplift: input.uplift } },
    (db) =>
      addPlan(db, {
        name,
        year: input.year,
        channel: input.channel,
        schemeId: input.scheme,
        weightSetId: workspace.indicators().weightSet.id,
        dataVersion: workspace.dataVersion,
        method: input.method,
        input: JSON.stringify(view.input),
        result: JSON.stringify(view),
        createdAt: workspace.now(),
      }),
  );
  return viewPlan(workspace, id);
}

function storedPlan(workspace: Workspace, id: number): PlanRow {
  const row = findPlan(workspace.reader, id);
  if (!row) throw new AppError('plan-unknown', { plan: id });
  return row;
}

function viewPlan(workspace: Workspace, id: number): PlanView {
  const row = storedPlan(workspace, id);
  const { name, state, createdAt, approvedAt } = row;
  return { ...(JSON.parse(row.result) as PlanView), id, name, state, createdAt, approvedAt };
}

export function getPlan(context: Context, input: CallArguments<'plan.get'>): PlanView {
  return viewPlan(context.workspace(), input.plan);
}

export function listPlanInfos(context: Context): PlanInfo[] {
  return listPlans(context.workspace().reader).map((row) => {
    const { baseline, target, totalCost } = JSON.parse(row.result) as PlanView;
    const { id, name, year, state, channel, createdAt } = row;
    return { id, name, year, state, channel, createdAt, baseline, target, totalCost };
  });
}

/** Approves a draft: from here on it is what the year will be measured against. */
export function approve(context: Context, input: CallArguments<'plan.approve'>): PlanView {
  const workspace = context.workspace();
  const row = storedPlan(workspace, input.plan);
  if (row.state !== 'draft') throw new AppError('plan-frozen', { plan: row.name });
  workspace.record({ action: 'plan.approve', subject: row.name, detail: { plan: row.id } }, (db) =>
    approvePlan(db, row.id, workspace.now()),
  );
  return viewPlan(workspace, row.id);
}

export function removePlan(context: Context, input: CallArguments<'plan.delete'>): { deleted: boolean } {
  const workspace = context.workspace();
  const row = storedPlan(workspace, input.plan);
  if (row.state !== 'draft') throw new AppError('plan-frozen', { plan: row.name });
  workspace.record({ action: 'plan.delete', subject: row.name, detail: { plan: row.id } }, (db) =>
    deletePlan(db, row.id),
  );
  return { deleted: true };
}
