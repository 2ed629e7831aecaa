// An assessment as it may be shown: small bases hidden or grey, ranks among firm ones only, funnels to draw.
import type { AssessmentRow, AssessmentView } from '../../../../shared/calls/plan.ts';
import type {
  Assessment,
  FunnelShape,
  PlanAssessment,
  RankedAssessment,
} from '../../../../shared/domain/assess/assess-plan.ts';
import type { AssessedCell } from '../../../../shared/domain/assess/assessed-cell.ts';
import { funnelLimits } from '../../../../shared/domain/funnel.ts';
import { hiddenFigures } from '../../../../shared/domain/hidden-figures.ts';
import type { PlanCellView, PlanView } from '../../../../shared/domain/plan/plan-facts.ts';
import { type TierRules, tierOf } from '../../../../shared/domain/precision.ts';

/** A cell of the plan with its year; `assessed` counts areas and items as the plan does. */
export interface MatchedCell {
  cell: PlanCellView;
  assessed: AssessedCell;
  spentUnits: number | null;
  /** Effective base of the year's score. */
  nEff: number;
}

/** Effective bases and what must not be shown, the whole at place 0 and the areas from 1. */
interface Bases {
  area(area: number): number;
  item(item: number): number;
  isHidden(area: number | null, item: number | null): boolean;
}

function basesOf(plan: PlanView, matched: readonly MatchedCell[], { greyFrom }: TierRules): Bases {
  const items = plan.items.length;
  // One figure an item, and the areas' own totals as the last; who answered an area's most answered item answered it.
  const bases = Array.from({ length: items + 1 }, () => new Float64Array(plan.areas.length + 1));
  for (const { assessed, nEff } of matched) {
    const { area, item } = assessed;
    bases[item]![area + 1] = nEff;
    bases[item]![0] = bases[item]![0]! + nEff;
    bases[items]![area + 1] = Math.max(bases[items]![area + 1]!, nEff);
  }
  bases[items]![0] = bases[items]!.reduce((sum, base) => sum + base, 0);
  const hidden = hiddenFigures(
    [-1, ...plan.areas.map(() => 0)],
    bases,
    [{ whole: items, parts: plan.items.map((_, k) => k) }],
    greyFrom,
  );
  return {
    area: (area) => bases[items]![area + 1]!,
    item: (item) => bases[item]![0]!,
    isHidden: (area, item) => hidden[item ?? items]![area === null ? 0 : area + 1] === 1,
  };
}

const rowOf = (one: Assessment, nEff: number, tiers: TierRules): AssessmentRow => ({
  tier: tierOf(nEff, tiers) === 'full' ? 'full' : 'grey',
  baseline: one.baseline100,
  planned: one.planned100,
  actual: one.actual100,
  gap: one.gap100,
  low: one.low,
  high: one.high,
  verdict: one.verdict,
  nEff,
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
  const widest = 1.1 * Math.max(...all.map(({ standardError }) => standardError), 1e-6);
  const limits = Array.from({ length: FUNNEL_POINTS + 1 }, (_, i) => {
    const standardError = (widest * i) / FUNNEL_POINTS;
    return { standardError, ...funnelLimits(shape.centre100, standardError, shape.overdispersion) };
  });
  return { centre: shape.centre100, limits };
}

/** Those that may be shown, ranked by gap among those whose base is firm; equal gaps share a rank. */
function ranked(all: readonly RankedAssessment[], baseOf: (index: number) => number, tiers: TierRules) {
  const firm = all.filter(({ index }) => tierOf(baseOf(index), tiers) === 'full');
  return all.map((one) => {
    const isFirm = firm.includes(one);
    return {
      ...rowOf(one, baseOf(one.index), tiers),
      index: one.index,
      rank: isFirm ? 1 + firm.filter((other) => other.gap100 > one.gap100).length : null,
      funnel: isFirm ? one.funnel : null,
      standardError: one.standardError,
    };
  });
}

type Part = 'overall' | 'areas' | 'items' | 'cells' | 'control' | 'funnels' | 'hidden';

/** The parts of an assessment that are figures. */
export function assessmentView(
  plan: PlanView,
  found: PlanAssessment,
  matched: readonly MatchedCell[],
  tiers: TierRules,
): Pick<AssessmentView, Part> {
  const bases = basesOf(plan, matched, tiers);
  const areas = found.areas.filter(({ index }) => !bases.isHidden(index, null));
  const items = found.items.filter(({ index }) => !bases.isHidden(null, index));
  const cells = found.cells.flatMap((one, i) => {
    const { cell, spentUnits, assessed, nEff } = matched[i]!;
    if (bases.isHidden(assessed.area, assessed.item)) return [];
    return [
      {
        ...rowOf(one, nEff, tiers),
        area: cell.area,
        areaName: cell.areaName,
        indicator: cell.indicator,
        plannedUnits: cell.units,
        spentUnits,
        funded: cell.units > 1e-7 || (spentUnits ?? 0) > 1e-7,
      },
    ];
  });
  const { control } = found;
  return {
    overall: rowOf(found.overall, bases.area(-1), tiers),
    areas: ranked(areas, bases.area, tiers).map(({ index, ...one }) => ({
      ...one,
      id: plan.areas[index]!.id,
      name: plan.areas[index]!.name,
    })),
    items: ranked(items, bases.item, tiers).map(({ index, ...one }) => ({
      ...one,
      code: plan.items[index]!.code,
      name: plan.items[index]!.name,
    })),
    cells,
    hidden:
      found.areas.length +
      found.items.length +
      found.cells.length -
      areas.length -
      items.length -
      cells.length,
    control: control
      ? {
          cells: control.cells,
          extraDrift: control.extraDrift.value,
          low: control.extraDrift.low,
          high: control.extraDrift.high,
        }
      : null,
    funnels: {
      areas: funnelView(areas, found.funnels.areas),
      items: funnelView(items, found.funnels.items),
    },
  };
}
