// Plan against actual: the frozen plan, the year's scores, what was spent; and what that teaches.

import type { AssessmentView } from '../../../../shared/calls/plan.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { assessPlan, type PlanAssessment } from '../../../../shared/domain/assess/assess-plan.ts';
import type { AssessedCell } from '../../../../shared/domain/assess/assessed-cell.ts';
import { meanOf, nEffOf, standardErrorOf } from '../../../../shared/domain/cell.ts';
import type { PlanView } from '../../../../shared/domain/plan/plan-facts.ts';
import { type Quarter, quarterNumber, quarterOf } from '../../../../shared/domain/quarter.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { findSpent, keepAssessment, type PlanRow } from '../../store/plans.ts';
import { indicatorName } from '../figures/catalog.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { assessmentView, type MatchedCell } from './assessment-view.ts';
import { planCube } from './dealer-targets.ts';
import { planInfo, storedPlan } from './saved-plans.ts';

type Spent = CallArguments<'plan.assess'>['spent'];

/** A plan that is followed: approved, and frozen as it was then. */
export function approvedRow(
  context: Context,
  id: number,
): { row: PlanRow; plan: PlanView; source: ChannelCube } {
  const workspace = context.workspace();
  const row = storedPlan(workspace, id);
  if (row.state === 'draft') throw new AppError('plan-not-approved', { plan: row.name });
  const plan = JSON.parse(row.result) as PlanView;
  return { row, plan, source: planCube(workspace, plan) };
}

/** Quarters of the plan's year that have figures. */
export function measuredQuarters({ cube }: ChannelCube, year: number): Quarter[] {
  return [1, 2, 3, 4].map((q) => quarterOf(year, q)).filter((quarter) => cube.hasData(0, quarter));
}

/** How far the measured quarters lie above a whole year by their season alone. */
function seasonOf(plan: PlanView, quarters: readonly Quarter[]): number {
  const offsets = quarters.map((quarter) => plan.milestones[quarterNumber(quarter) - 1]?.season ?? 0);
  return offsets.reduce((sum, offset) => sum + offset, 0) / offsets.length;
}

function matchCells(
  plan: PlanView,
  source: ChannelCube,
  quarters: readonly Quarter[],
  spent: Spent,
): MatchedCell[] {
  const { cube, tree } = source;
  const [first, last] = [quarters[0]!, quarters.at(-1)!];
  const itemOf = new Map(cube.items.map(({ code }, item) => [code, item]));
  const areaAt = new Map(plan.areas.map(({ id }, area) => [id, area]));
  const itemAt = new Map(plan.items.map(({ code }, item) => [code, item]));
  const spentOf = new Map(spent.map((one) => [`${one.area}\n${one.indicator}`, one.extra]));
  const season = seasonOf(plan, quarters);
  return plan.cells.flatMap((cell): MatchedCell[] => {
    const node = tree.byId.get(cell.area);
    const item = itemOf.get(cell.indicator);
    if (node === undefined || item === undefined) return [];
    const actual = cube.span(node, item, first, last);
    const mean = meanOf(actual);
    const error = precisionOf(source, node, item, first, last);
    if (mean === undefined || error === undefined) return [];
    const extra = spentOf.get(`${cell.area}\n${cell.indicator}`);
    const spentUnits = extra === undefined ? null : cell.costFactor > 0 ? extra / cell.costFactor : extra;
    const assessed: AssessedCell = {
      area: areaAt.get(cell.area)!,
      item: itemAt.get(cell.indicator)!,
      share: cell.share,
      baseline100: cell.baseline,
      baselineSe: cell.standardError,
      ceiling100: cell.ceiling,
      effect: cell.effect,
      drift100: cell.drift === null ? undefined : cell.drift - cell.baseline,
      plannedUnits: cell.units,
      spentUnits: spentUnits ?? undefined,
      actual100: mean - season,
      actualSe: error,
    };
    return [{ cell, assessed, spentUnits, nEff: nEffOf(actual) }];
  });
}

/** The standard error of one item's year, from the spread of the whole where a small base shows none of its own. */
function precisionOf(
  { cube }: ChannelCube,
  node: number,
  item: number,
  first: Quarter,
  last: Quarter,
): number | undefined {
  const whole = cube.span(0, item, first, last);
  const wholeError = standardErrorOf(whole);
  const base = nEffOf(cube.span(node, item, first, last));
  if (wholeError === undefined || base <= 0) return undefined;
  return wholeError * Math.sqrt(nEffOf(whole) / base);
}

export function assessPlanCall(context: Context, input: CallArguments<'plan.assess'>): AssessmentView {
  const workspace = context.workspace();
  const { row, plan, source } = approvedRow(context, input.plan);
  const quarters = measuredQuarters(source, row.year);
  const kept = JSON.parse(findSpent(workspace.reader, row.id)!) as Spent;
  const spent = input.spent.length > 0 ? input.spent : kept;
  const matched = quarters.length > 0 ? matchCells(plan, source, quarters, spent) : [];
  if (matched.length === 0) throw new AppError('plan-without-actuals', { year: row.year });
  const found = assessPlan(
    matched.map(({ assessed }) => assessed),
    { itemCorrelation: source.cube.halo },
  );
  const view: AssessmentView = {
    plan: planInfo(row),
    quarters,
    ...assessmentView(plan, found, matched, workspace.rules()),
    learnt: learntView(workspace, plan, found),
    missing: plan.cells.length - matched.length,
  };
  return input.keep ? keepIt(context, row, view, spent) : view;
}

function learntView(
  workspace: Workspace,
  plan: PlanView,
  { learnt }: PlanAssessment,
): AssessmentView['learnt'] {
  if ('kind' in learnt) return [];
  return learnt.effects.map(({ item, fundedCells, value, low, high, offered }) => ({
    indicator: plan.items[item]!.code,
    name: indicatorName(workspace, plan.items[item]!.code),
    fundedCells,
    value,
    low,
    high,
    offered,
  }));
}

function keepIt(context: Context, row: PlanRow, view: AssessmentView, spent: Spent): AssessmentView {
  const workspace = context.workspace();
  const detail = { plan: row.id, quarters: view.quarters, verdict: view.overall.verdict };
  const kept = { ...view, plan: { ...view.plan, state: 'assessed' as const } };
  workspace.record({ action: 'plan.assess', subject: row.name, detail }, (db) =>
    keepAssessment(db, row.id, {
      spent: JSON.stringify(spent),
      assessment: JSON.stringify(kept),
      at: workspace.now(),
    }),
  );
  return kept;
}
