/** The plan of 2026 as the sample studies were made with it: what was funded, as much as was planned. */
import planted from '../../resources/sample/events.json' with { type: 'json' };
import type { PlanView } from '../../shared/domain/plan/plan-facts.ts';
import type { PlanRule } from '../../shared/domain/plan/rules.ts';
import type { Session } from './engine-session.ts';

export const PLAN_EFFECTS = planted.planEffects;

/** Saves and approves the plan; everything that was not funded stays as it was and is the control group. */
export async function approvePlantedPlan(session: Session, name: string): Promise<PlanView> {
  const { schemes } = await session.call('catalog.get', {});
  const base = {
    year: 2026,
    channel: 'in-house' as const,
    scheme: schemes.find((one) => one.regions > 0)!.id,
    areaLevel: 'region' as const,
    uplift: 0.01,
  };
  const now = await session.call('plan.suggest', base);
  const baseline = (area: string, indicator: string) =>
    now.cells.find((cell) => cell.area === area && cell.indicator === indicator)!.baseline;
  const rules: PlanRule[] = [
    { area: '', indicator: '', source: 'given', lockExtra: 0 },
    ...PLAN_EFFECTS.map(({ scope, indicator, plannedPoints100 }) => ({
      area: scope,
      indicator,
      source: 'given' as const,
      lockScore: baseline(scope, indicator) + plannedPoints100,
    })),
  ];
  const plan = await session.call('plan.save', { ...base, rules, name });
  await session.call('plan.approve', { plan: plan.id! });
  return plan;
}
