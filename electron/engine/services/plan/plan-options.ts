// What a plan can be made of: items with how stable they are, levels, what assessed plans taught.

import type { AssessmentView, PlanOptions } from '../../../../shared/calls/plan.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import type { PlanLevel } from '../../../../shared/domain/plan/plan-facts.ts';
import type { Context } from '../../context.ts';
import { listPlans } from '../../store/plans.ts';
import { indicatorName } from '../figures/catalog.ts';
import { areaNodes, baselineSpan, lastAsked, stableItems } from './plan-baseline.ts';

const LEVELS: readonly PlanLevel[] = ['region', 'province', 'city', 'dealer'];

export function getPlanOptions(context: Context, input: CallArguments<'plan.options'>): PlanOptions {
  const workspace = context.workspace();
  const source = workspace.cube(input.scheme, input.channel, { sample: input.sample });
  const { cube } = source;
  const span = baselineSpan(input.year);
  const stable = new Set(stableItems(source, span, []).map(({ item }) => item));
  const items = cube.items.flatMap(({ code, weight }, item) => {
    const asked = lastAsked(source, item, span);
    if (weight <= 0 || asked === null) return [];
    const name = indicatorName(workspace, code);
    return [{ code, name, weight, stable: stable.has(item), lastAsked: asked }];
  });
  const total = items.reduce((sum, item) => sum + item.weight, 0);
  return {
    items: items.map((item) => ({ ...item, weight: item.weight / total })),
    levels: LEVELS.map((level) => ({
      level,
      areas: areaNodes(source, { areaLevel: level, within: input.within }).filter(
        (node) => cube.span(node, -1, span.first, span.last).sumW > 0,
      ).length,
    })),
    learnt: listPlans(workspace.reader).flatMap(({ id, name, year, channel, assessment }) => {
      if (assessment === null || channel !== input.channel) return [];
      const { learnt } = JSON.parse(assessment) as AssessmentView;
      return learnt.length > 0 ? [{ plan: id, name, year, effects: learnt }] : [];
    }),
  };
}
