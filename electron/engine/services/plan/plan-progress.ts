// The running year of an approved plan: measured quarters and the forecast of the rest against the milestones.

import type { PlanProgress } from '../../../../shared/calls/plan.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { onTrack, type RunningQuarter } from '../../../../shared/domain/assess/on-track.ts';
import { meanOf, nEffOf, standardErrorOf } from '../../../../shared/domain/cell.ts';
import type { PlanView } from '../../../../shared/domain/plan/plan-facts.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { Z80, Z95 } from '../../../../shared/math/normal.ts';
import type { Context } from '../../context.ts';
import { openQuarters, type YearForecast } from '../forecast/year-forecast.ts';
import type { ChannelCube } from '../workspace/workspace.ts';
import { approvedRow, measuredQuarters } from './assess-plan.ts';
import { planInfo } from './saved-plans.ts';

interface Figure {
  score: number;
  standardError: number;
}

/** The plan's overall score in one quarter: its cells under its shares, over what was answered. */
function measured({ cube, tree }: ChannelCube, plan: PlanView, quarter: Quarter): Figure | null {
  const itemOf = new Map(cube.items.map(({ code }, item) => [code, item]));
  let share = 0;
  let sum = 0;
  const byArea = new Map<string, { sum: number; squares: number }>();
  for (const cell of plan.cells) {
    const node = tree.byId.get(cell.area);
    const item = itemOf.get(cell.indicator);
    if (node === undefined || item === undefined) continue;
    const answers = cube.cell(node, item, quarter);
    const mean = meanOf(answers);
    if (mean === undefined) continue;
    share += cell.share;
    sum += cell.share * mean;
    const whole = cube.cell(0, item, quarter);
    const error =
      cell.share * (standardErrorOf(whole) ?? 0) * Math.sqrt(nEffOf(whole) / Math.max(1, nEffOf(answers)));
    const area = byArea.get(cell.area) ?? { sum: 0, squares: 0 };
    byArea.set(cell.area, { sum: area.sum + error, squares: area.squares + error * error });
  }
  if (share === 0) return null;
  let variance = 0;
  for (const area of byArea.values())
    variance += (1 - cube.halo) * area.squares + cube.halo * area.sum * area.sum;
  return { score: sum / share, standardError: Math.sqrt(variance) / share };
}

/** The same from the forecasts of its areas; the error is that of the whole's index. */
function expected(
  { tree }: ChannelCube,
  plan: PlanView,
  forecast: YearForecast,
  quarter: Quarter,
): Figure | null {
  let share = 0;
  let sum = 0;
  for (const cell of plan.cells) {
    for (let at = tree.byId.get(cell.area) ?? -1; at >= 0; at = tree.nodes[at]!.parent) {
      const one = forecast.quarter(tree.nodes[at]!.id, cell.indicator, quarter);
      if (!one) continue;
      share += cell.share;
      sum += cell.share * one.point;
      break;
    }
  }
  const whole = forecast.quarter('overall', '', quarter);
  return share > 0 && whole ? { score: sum / share, standardError: whole.sd } : null;
}

function intervals(figure: Figure | null) {
  const edge = (z: number) => figure && Math.min(100, Math.max(0, figure.score + z * figure.standardError));
  return { low80: edge(-Z80), high80: edge(Z80), low95: edge(-Z95), high95: edge(Z95) };
}

/** The most respondents that any of the plan's items had in its areas. */
function base({ cube, tree }: ChannelCube, plan: PlanView, quarter: Quarter): number {
  const byItem = new Map<string, number>();
  const itemOf = new Map(cube.items.map(({ code }, item) => [code, item]));
  for (const { area, indicator } of plan.cells) {
    const node = tree.byId.get(area);
    const item = itemOf.get(indicator);
    if (node === undefined || item === undefined) continue;
    byItem.set(indicator, (byItem.get(indicator) ?? 0) + cube.cell(node, item, quarter).n);
  }
  return Math.max(0, ...byItem.values());
}

export async function planProgress(
  context: Context,
  input: CallArguments<'plan.progress'>,
): Promise<PlanProgress> {
  const { row, plan, source } = approvedRow(context, input.plan);
  const done = new Set(measuredQuarters(source, row.year));
  const open = plan.milestones.map(({ quarter }) => quarter).filter((quarter) => !done.has(quarter));
  const forecast = open.length > 0 ? await openQuarters(context, source, open, plan.input.areaLevel) : null;
  const quarters = plan.milestones.map(({ quarter, score: milestone }) => {
    const isMeasured = done.has(quarter);
    const figure = isMeasured
      ? measured(source, plan, quarter)
      : forecast && expected(source, plan, forecast, quarter);
    return { quarter, milestone, figure, measured: isMeasured };
  });
  const running = quarters.flatMap(({ milestone, figure, measured: isMeasured }): RunningQuarter[] =>
    figure
      ? [
          {
            score100: figure.score,
            standardError: figure.standardError,
            share: 1,
            measured: isMeasured,
            milestone100: milestone,
          },
        ]
      : [],
  );
  const track =
    running.length === quarters.length && running.length > 0 ? onTrack(running, plan.reached) : null;
  return {
    plan: planInfo(row),
    target: plan.reached,
    quarters: quarters.map(({ quarter, milestone, figure, measured: isMeasured }) => ({
      quarter,
      milestone,
      score: figure?.score ?? null,
      ...intervals(figure),
      n: isMeasured ? base(source, plan, quarter) : null,
      measured: isMeasured,
    })),
    expected: track?.expected100 ?? null,
    probability: track?.probability ?? null,
    state: track?.state ?? null,
    againstMilestones: track?.againstMilestones100 ?? null,
    needed: track?.needed100 ?? null,
  };
}
