// Plans that are kept: drafts that change, approved ones that never do, several side by side.

import type { PlanComparison, PlanInfo } from '../../../../shared/calls/plan.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import type { PlanInput, PlanView } from '../../../../shared/domain/plan/plan-facts.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import {
  addPlan,
  approvePlan,
  deletePlan,
  findPlan,
  listPlans,
  type PlanContent,
  type PlanRow,
  replacePlan,
} from '../../store/plans.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { deriveDealerTargets, planCube, storeDealerTargets } from './dealer-targets.ts';
import { suggestPlan } from './draft-plan.ts';

const MOST_CELLS = 40;

async function contentOf(context: Context, name: string, input: PlanInput): Promise<PlanContent> {
  const workspace = context.workspace();
  const view = await suggestPlan(context, { ...input, drift: 'wait' });
  return {
    name,
    year: input.year,
    channel: input.channel,
    schemeId: input.scheme,
    weightSetId: workspace.indicators().weightSet.id,
    dataVersion: view.dataVersion,
    method: input.method,
    input: JSON.stringify(view.input),
    result: JSON.stringify(view),
  };
}

export async function savePlan(
  context: Context,
  { name, ...input }: CallArguments<'plan.save'>,
): Promise<PlanView> {
  const workspace = context.workspace();
  const content = await contentOf(context, name, input);
  const detail = { year: input.year, uplift: input.uplift };
  const id = workspace.record({ action: 'plan.save', subject: name, detail }, (db) =>
    addPlan(db, { ...content, createdAt: workspace.now() }),
  );
  return viewPlan(workspace, id);
}

export async function updatePlan(
  context: Context,
  { plan, name, ...input }: CallArguments<'plan.update'>,
): Promise<PlanView> {
  const workspace = context.workspace();
  const row = draftRow(workspace, plan);
  const content = await contentOf(context, name ?? row.name, input);
  const detail = auditChange(
    { name: row.name, ...(JSON.parse(row.input) as object) },
    { name: content.name, ...(JSON.parse(content.input) as object) },
  );
  workspace.record({ action: 'plan.update', subject: content.name, detail }, (db) => {
    // It may have been approved while its new figures were worked out.
    if (!replacePlan(db, plan, content)) throw new AppError('plan-frozen', { plan: row.name });
  });
  return viewPlan(workspace, plan);
}

export function storedPlan(workspace: Workspace, id: number): PlanRow {
  const row = findPlan(workspace.reader, id);
  if (!row) throw new AppError('plan-unknown', { plan: id });
  return row;
}

function draftRow(workspace: Workspace, id: number): PlanRow {
  const row = storedPlan(workspace, id);
  if (row.state !== 'draft') throw new AppError('plan-frozen', { plan: row.name });
  return row;
}

export function viewPlan(workspace: Workspace, id: number): PlanView {
  const row = storedPlan(workspace, id);
  const { name, state, createdAt, approvedAt, dataVersion } = row;
  const outdated = state === 'draft' && dataVersion !== workspace.dataVersion;
  return { ...(JSON.parse(row.result) as PlanView), id, name, state, createdAt, approvedAt, outdated };
}

export function getPlan(context: Context, input: CallArguments<'plan.get'>): PlanView {
  return viewPlan(context.workspace(), input.plan);
}

export function planInfo(row: PlanRow): PlanInfo {
  const { baseline, n = null, margin100 = null, target, totalCost } = JSON.parse(row.result) as PlanView;
  const { id, name, year, state, channel, createdAt } = row;
  return { id, name, year, state, channel, createdAt, baseline, n, margin100, target, totalCost };
}

export function listPlanInfos(context: Context): PlanInfo[] {
  return listPlans(context.workspace().reader).map(planInfo);
}

/** Approves a draft: its figures and its dealers' targets are from here on what the year is measured against. */
export function approve(context: Context, input: CallArguments<'plan.approve'>): PlanView {
  const workspace = context.workspace();
  const row = draftRow(workspace, input.plan);
  if (row.dataVersion !== workspace.dataVersion) throw new AppError('plan-outdated', { plan: row.name });
  const plan = JSON.parse(row.result) as PlanView;
  const { targets } = deriveDealerTargets(planCube(workspace, plan), plan);
  const detail = { plan: row.id, dataVersion: row.dataVersion };
  workspace.record({ action: 'plan.approve', subject: row.name, detail }, (db) =>
    approvePlan(db, row.id, storeDealerTargets(targets), workspace.now()),
  );
  return viewPlan(workspace, row.id);
}

export function removePlan(context: Context, input: CallArguments<'plan.delete'>): { deleted: boolean } {
  const workspace = context.workspace();
  const row = draftRow(workspace, input.plan);
  workspace.record({ action: 'plan.delete', subject: row.name, detail: { plan: row.id } }, (db) =>
    deletePlan(db, row.id),
  );
  return { deleted: true };
}

type Value = { target: number; cost: number } | null;

const spread = (values: readonly Value[]) => {
  const costs = values.map((value) => value?.cost ?? 0);
  return Math.max(...costs) - Math.min(...costs);
};

/** The lines of all plans under one key, in the order of first appearance. */
function lines<T extends { target: number; cost: number }>(
  plans: readonly PlanView[],
  of: (plan: PlanView) => readonly T[],
  keyOf: (one: T) => string,
): { first: T; values: Value[] }[] {
  const found = new Map<string, { first: T; values: Value[] }>();
  plans.forEach((plan, p) => {
    for (const one of of(plan)) {
      const key = keyOf(one);
      const line = found.get(key) ?? { first: one, values: plans.map((): Value => null) };
      line.values[p] = { target: one.target, cost: one.cost };
      found.set(key, line);
    }
  });
  return [...found.values()];
}

export function comparePlans(context: Context, input: CallArguments<'plan.compare'>): PlanComparison {
  const workspace = context.workspace();
  const plans = input.plans.map((id) => viewPlan(workspace, id));
  return {
    plans: plans.map((plan) => ({
      id: plan.id!,
      name: plan.name,
      state: plan.state,
      method: plan.input.method,
      baseline: plan.baseline,
      n: plan.n ?? null,
      margin100: plan.margin100 ?? null,
      target: plan.target,
      totalCost: plan.totalCost,
      funded: plan.cells.filter((cell) => cell.cost > 1e-9).length,
    })),
    areas: lines(
      plans,
      (plan) => plan.areas,
      (area) => area.id,
    ).map(({ first, values }) => ({ id: first.id, name: first.name, values })),
    items: lines(
      plans,
      (plan) => plan.items,
      (item) => item.code,
    ).map(({ first, values }) => ({ code: first.code, name: first.name, values })),
    cells: lines(
      plans,
      (plan) => plan.cells,
      (cell) => `${cell.area}\n${cell.indicator}`,
    )
      .sort((a, b) => spread(b.values) - spread(a.values))
      .slice(0, MOST_CELLS)
      .map(({ first, values }) => ({
        area: first.area,
        areaName: first.areaName,
        indicator: first.indicator,
        values,
      })),
  };
}
