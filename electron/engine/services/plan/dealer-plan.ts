// What the approved plan of a year asks of each dealer, as its report prints it.
import { inLanguage } from '../../../../shared/domain/language.ts';
import type { PlanView } from '../../../../shared/domain/plan/plan-facts.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import type { DealerReportFacts, PlanTarget } from '../../../../shared/report/dealer-facts.ts';
import { findDealerTargets, listPlans } from '../../store/plans.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type DealerTarget, shownBaseline, storedDealerTargets } from './dealer-targets.ts';

/** A rise below this is rounding, not a target. */
const LEAST_RISE = 0.005;

export interface ApprovedPlan {
  plan: PlanView;
  /** Targets that ask for a rise, by dealer. */
  targets: Map<string, DealerTarget[]>;
  /** Change that the forecast gives by itself, by area and indicator; null without one. */
  drift: Map<string, number | null>;
}

const keyOf = (area: string, indicator: string) => `${area}\n${indicator}`;

/** The newest approved plan of the quarter's year, else of the next. */
export function approvedPlan(workspace: Workspace, scheme: number, quarter: Quarter): ApprovedPlan | null {
  const year = Math.floor(quarter / 4);
  const rows = listPlans(workspace.reader).filter((row) => row.state !== 'draft' && row.schemeId === scheme);
  const row = rows.find((one) => one.year === year) ?? rows.find((one) => one.year === year + 1);
  if (!row) return null;
  const plan = JSON.parse(row.result) as PlanView;
  const targets = new Map<string, DealerTarget[]>();
  for (const one of storedDealerTargets(findDealerTargets(workspace.reader, row.id) ?? '[]')) {
    if (one.target <= one.baseline + LEAST_RISE) continue;
    const own = targets.get(one.dealer);
    if (own) own.push(one);
    else targets.set(one.dealer, [one]);
  }
  const drift = new Map(
    plan.cells.map((cell) => [
      keyOf(cell.area, cell.indicator),
      cell.drift === null ? null : cell.drift - cell.baseline,
    ]),
  );
  return { plan, targets, drift };
}

/** A dealer's own targets; its natural score moves as its area's does. */
export function planFacts(
  approved: ApprovedPlan | null,
  dealer: string,
  { language, tiers }: Pick<DealerReportFacts, 'language' | 'tiers'>,
): DealerReportFacts['plan'] {
  if (!approved) return null;
  const { plan, targets, drift } = approved;
  const channelName = inLanguage(CHANNEL_NAMES[plan.input.channel], language);
  const nameOf = new Map(plan.items.map((item) => [item.code, inLanguage(item.name, language)]));
  return {
    year: plan.input.year,
    targets: (targets.get(dealer) ?? []).map((one): PlanTarget => {
      const { area, indicator, target } = one;
      const change = drift.get(keyOf(area, indicator)) ?? null;
      const baseline = shownBaseline(one, tiers);
      return {
        channelName,
        indicatorName: nameOf.get(indicator) ?? indicator,
        baseline,
        target100: target,
        natural100:
          change === null || baseline === null
            ? null
            : Math.max(0, Math.min(100, baseline.score100 + change)),
      };
    }),
  };
}
