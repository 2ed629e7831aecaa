// Plan against actual: the frozen plan, the year's scores, what was spent; and what that teaches.

import type { AssessmentRow, AssessmentView } from '../../../shared/calls/plan.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import {
  type Assessment,
  assessPlan,
  type FunnelShape,
  type RankedAssessment,
} from '../../../shared/domain/assess/assess-plan.ts';
import type { AssessedCell } from '../../../shared/domain/assess/assessed-cell.ts';
import { meanOf, nEffOf, standardErrorOf } from '../../../shared/domain/cell.ts';
import { funnelLimits } from '../../../shared/domain/funnel.ts';
import type { PlanCellView, PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { type Quarter, quarterNumber, quarterOf } from '../../../shared/domain/quarter.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { findSpent, keepAssessment, type PlanRow } from '../store/plans.ts';
import { indicatorName } from './catalog.ts';
import { planCube } from './dealer-targets.ts';
import { planInfo, storedPlan } from './saved-plans.ts';
import type { ChannelCube } from './workspace.ts';

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

interface Matched {
  cell: PlanCellView;
  assessed: AssessedCell;
  spentUnits: number | null;
}

function matchCells(
  plan: PlanView,
  source: ChannelCube,
  quarters: readonly Quarter[],
  spent: Spent,
): Matched[] {
  const { cube, tree } = source;
  const [first, last] = [quarters[0]!, quarters.at(-1)!];
  const itemOf = new Map(cube.items.map(({ code }, item) => [code, item]));
  const areaAt = new Map(plan.areas.map(({ id }, area) => [id, area]));
  const itemAt = new Map(plan.items.map(({ code }, item) => [code, item]));
  const spentOf = new Map(spent.map((one) => [`${one.area}\n${one.indicator}`, one.extra]));
  const season = seasonOf(plan, quarters);
  return plan.cells.flatMap((cell): Matched[] => {
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
    return [{ cell, assessed, spentUnits }];
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

const rowOf = (one: Assessment): AssessmentRow => ({
  baseline: one.baseline100,
  planned: one.planned100,
  actual: one.actual100,
  gap: one.gap100,
  low: one.low,
  high: one.high,
  verdict: one.verdict,
  split: one.split,
  effect: one.effect
    ? { planned: one.effect.planned100, value: one.effect.value, low: one.effect.low, high: one.effect.high }
    : null,
});

const FUNNEL_POINTS = 24;

/** The limits from the firmest score to a little beyond the weakest. */
function funnelView(
  all: readonly RankedAssessment[],
  shape: FunnelShape,
): AssessmentView['funnels']['areas'] {
  const widest = 1.1 * Math.max(...all.map(({ standardError }) => standardError));
  const limits = Array.from({ length: FUNNEL_POINTS + 1 }, (_, i) => {
    const standardError = (widest * i) / FUNNEL_POINTS;
    return { standardError, ...funnelLimits(shape.centre100, standardError, shape.overdispersion) };
  });
  return { centre: shape.centre100, limits };
}

/** Ranks by gap, the best first; equal gaps share a rank. */
function rankOf(gap: number, all: readonly { gap100: number }[]): number {
  return 1 + all.filter((other) => other.gap100 > gap).length;
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
  const known = 'kind' in found.learnt ? null : found.learnt;
  const view: AssessmentView = {
    plan: planInfo(row),
    quarters,
    overall: rowOf(found.overall),
    areas: found.areas.map((one) => ({
      ...rowOf(one),
      id: plan.areas[one.index]!.id,
      name: plan.areas[one.index]!.name,
      rank: rankOf(one.gap100, found.areas),
      funnel: one.funnel,
      standardError: one.standardError,
    })),
    items: found.items.map((one) => ({
      ...rowOf(one),
      code: plan.items[one.index]!.code,
      name: plan.items[one.index]!.name,
      rank: rankOf(one.gap100, found.items),
      funnel: one.funnel,
      standardError: one.standardError,
    })),
    cells: found.cells.map((one, i) => {
      const { cell, spentUnits } = matched[i]!;
      return {
        ...rowOf(one),
        area: cell.area,
        areaName: cell.areaName,
        indicator: cell.indicator,
        plannedUnits: cell.units,
        spentUnits,
        funded: cell.units > 1e-7 || (spentUnits ?? 0) > 1e-7,
      };
    }),
    control: found.control
      ? {
          cells: found.control.cells,
          extraDrift: found.control.extraDrift.value,
          low: found.control.extraDrift.low,
          high: found.control.extraDrift.high,
        }
      : null,
    funnels: {
      areas: funnelView(found.areas, found.funnels.areas),
      items: funnelView(found.items, found.funnels.items),
    },
    learnt: (known?.effects ?? []).map(({ item, fundedCells, value, low, high, offered }) => ({
      indicator: plan.items[item]!.code,
      name: indicatorName(workspace, plan.items[item]!.code),
      fundedCells,
      value,
      low,
      high,
      offered,
    })),
    missing: plan.cells.length - matched.length,
  };
  return input.keep ? keepIt(context, row, view, spent) : view;
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
