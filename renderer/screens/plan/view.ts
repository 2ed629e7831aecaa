import type { Catalog } from '../../../shared/calls/catalog.ts';
import type { PlanRequest } from '../../../shared/calls/plan.ts';
import type { PlanCellView, PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { yearOf } from '../../../shared/domain/quarter.ts';
import { decimal, small } from '../../format.ts';
import type { Said } from '../../text/both.ts';
import type { planText } from '../../text/plan.ts';

type Text = Said<typeof planText>;

/** Years a plan can be made for: the one after each year with data. The latest first. */
export function planYears(catalog: Catalog): number[] {
  return [...new Set(catalog.quarters.map((quarter) => yearOf(quarter) + 1))].sort((a, b) => b - a);
}

/** `3.4%` of the present resource; small shares keep more places. */
export function resource(share: number): string {
  const percent = share * 100;
  return `${percent >= 0.1 ? decimal(percent, percent >= 1 ? 1 : 2) : small(percent)}%`;
}

export type HeatMeasure = 'baseline' | 'drift' | 'target' | 'extraOfCell' | 'extraOfTotal';

export function measureNames(text: Text): Record<HeatMeasure, string> {
  return {
    baseline: text.now,
    drift: text.drift,
    target: text.target,
    extraOfCell: text.extraOfCell,
    extraOfTotal: text.extraOfTotal,
  };
}

/** What the heat table reads of a cell. */
export type HeatCell = Pick<
  PlanCellView,
  'area' | 'indicator' | 'n' | 'standardError' | 'shrunk' | 'locked' | 'note' | HeatMeasure
>;

export function heatText(cell: HeatCell, measure: HeatMeasure): string {
  const value = cell[measure];
  if (value === null) return '–';
  if (measure === 'extraOfCell') return decimal(value * 100, 1);
  return measure === 'extraOfTotal' ? decimal(value * 100, 2) : decimal(value);
}

export interface Heat {
  areas: { id: string; name: { zh: string; en: string } }[];
  codes: string[];
  cellAt: (area: string, code: string) => HeatCell | undefined;
  /** How strongly a cell is coloured, 0-1 between the least and the most of the measure. */
  strength: (cell: HeatCell, measure: HeatMeasure) => number;
}

export function heatOf(plan: { areas: Heat['areas']; cells: readonly HeatCell[] }): Heat {
  const cells = new Map(plan.cells.map((cell) => [`${cell.area}|${cell.indicator}`, cell]));
  const ranges = new Map<HeatMeasure, [number, number]>();
  const rangeOf = (measure: HeatMeasure): [number, number] => {
    let range = ranges.get(measure);
    if (!range) {
      // One cell that was fixed far from the others must not pale them all.
      const free = plan.cells.filter((cell) => !cell.locked);
      const values = (free.length > 0 ? free : plan.cells)
        .map((cell) => cell[measure])
        .filter((value) => value !== null);
      range = [Math.min(...values), Math.max(...values)];
      ranges.set(measure, range);
    }
    return range;
  };
  return {
    areas: plan.areas.map(({ id, name }) => ({ id, name })),
    codes: [...new Set(plan.cells.map((cell) => cell.indicator))],
    cellAt: (area, code) => cells.get(`${area}|${code}`),
    strength: (cell, measure) => {
      const value = cell[measure];
      const [low, high] = rangeOf(measure);
      return value === null || high <= low ? 0 : Math.min(1, Math.max(0, (value - low) / (high - low)));
    },
  };
}

type PlanFindings = Pick<
  PlanView,
  | 'outcome'
  | 'baseline'
  | 'target'
  | 'largestReachable'
  | 'drift'
  | 'totalCost'
  | 'shadowPrice'
  | 'otherMethod'
  | 'gap'
> & { input: Pick<PlanView['input'], 'year'> };

/** What the plan says, sentence by sentence. */
export function planSentences(plan: PlanFindings, text: Text): string[] {
  const { outcome, baseline, target, largestReachable, drift, shadowPrice, otherMethod } = plan;
  const sentences: string[] = [];
  if (outcome === 'already-reached') sentences.push(text.reached(decimal(baseline), decimal(target)));
  else if (outcome === 'infeasible')
    sentences.push(text.infeasible(decimal(target), decimal(largestReachable)));
  else
    sentences.push(
      text.solved(String(plan.input.year), decimal(baseline), decimal(target), resource(plan.totalCost)),
    );
  if (drift !== null) sentences.push(text.driftSentence(decimal(drift)));
  if (outcome === 'solved' && drift !== null && drift >= target) sentences.push(text.driftEnough);
  if (outcome === 'solved' && plan.gap > 1e-6)
    sentences.push(text.gap(`${decimal(plan.gap * 100, plan.gap < 0.01 ? 2 : 1)}%`));
  if (outcome === 'solved' && shadowPrice !== null) sentences.push(text.shadow(resource(shadowPrice / 10)));
  if (outcome === 'solved' && otherMethod) {
    const method = otherMethod.method === 'diminishing' ? text.diminishing : text.proportional;
    sentences.push(
      otherMethod.totalCost === null
        ? text.otherNot(method)
        : text.other(method, resource(otherMethod.totalCost)),
    );
  }
  return sentences;
}

/** A first request: the year after the latest data, half a point up. */
export function firstRequest(catalog: Catalog, scheme: number, channel: PlanRequest['channel']): PlanRequest {
  return {
    year: planYears(catalog)[0]!,
    channel,
    scheme,
    areaLevel: 'province',
    method: 'diminishing',
    uplift: 1,
    ceiling: 100,
    largestStep: null,
  };
}
