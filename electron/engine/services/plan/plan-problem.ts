// Choices and baseline to the problem that is solved: rules read, defaults filled in, every assumption with its source.
import { compilePlan, unitsForGain } from '../../../../shared/domain/plan/compile.ts';
import type { AssumptionSource, PlanCellView, PlanInput } from '../../../../shared/domain/plan/plan-facts.ts';
import {
  type AreaGroup,
  defaultEffect,
  type PlanCell,
  type PlanProblem,
} from '../../../../shared/domain/plan/problem.ts';
import { type RuleField, type RuleReader, readRules } from '../../../../shared/domain/plan/rules.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { ChannelCube } from '../workspace/workspace.ts';
import type { PlanBaseline } from './plan-baseline.ts';

/** What was assumed of a cell, for showing. */
export type Assumptions = Pick<
  PlanCellView,
  'ceiling' | 'effect' | 'costFactor' | 'sources' | 'floor' | 'cap' | 'locked' | 'note'
>;

export interface BuiltProblem {
  problem: PlanProblem;
  assumptions: Assumptions[];
  /** Share of each cell in the overall score. */
  shares: Float64Array;
}

/** The score of the whole at the baseline. */
export function overallNow({ areas, items, cells }: PlanBaseline): number {
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

type PlanLimits = Omit<PlanProblem, 'areas' | 'items' | 'cells' | 'target100'>;

interface CellFrame {
  input: PlanInput;
  rules: RuleReader;
  area: string;
  indicator: string;
}

function assumptionsOf({ input, rules, area, indicator }: CellFrame, baseline: number): Assumptions {
  const read = <F extends RuleField>(field: F) => rules(area, indicator, field);
  const ceiling = read('ceiling');
  const effect = read('effect');
  const factor = read('effectFactor');
  const cost = read('costFactor');
  const top = ceiling?.value ?? input.ceiling;
  const from: AssumptionSource = input.ceiling === 100 ? 'default' : 'given';
  return {
    ceiling: top,
    effect: (effect?.value ?? defaultEffect(baseline, top)) * (factor?.value ?? 1),
    costFactor: cost?.value ?? 1,
    sources: {
      ceiling: ceiling?.source ?? from,
      effect: (factor ?? effect)?.source ?? 'default',
      cost: cost?.source ?? 'default',
    },
    floor: read('floor')?.value ?? null,
    cap: read('cap')?.value ?? null,
    locked: read('lockExtra') !== undefined || read('lockScore') !== undefined,
    note: read('note')?.value ?? '',
  };
}

/** An extra amount of resource in units; a cell whose resource costs nothing takes it as units. */
const inUnits = (extra: number, costFactor: number) => (costFactor > 0 ? extra / costFactor : extra);

/** Throws `plan-lock-out-of-reach` where a cell is to have a score above its ceiling. */
export function buildProblem(source: ChannelCube, baseline: PlanBaseline, input: PlanInput): BuiltProblem {
  const rules = readRules(input.rules);
  const idOf = (area: number) => source.tree.nodes[baseline.areas[area]!.node]!.id;
  const bare: PlanProblem = {
    areas: baseline.areas.map(({ node, share }) => ({ id: source.tree.nodes[node]!.id, volumeShare: share })),
    items: baseline.items.map(({ code, weight }) => ({ id: code, weight })),
    cells: baseline.cells.map((cell) => ({ area: cell.area, item: cell.item, baseline100: cell.baseline })),
    target100: overallNow(baseline) + input.uplift,
    ...limitsOf(source, baseline, input),
  };
  const { leverage } = compilePlan(bare, 'diminishing');
  const frames = baseline.cells.map(
    (cell): CellFrame => ({
      input,
      rules,
      area: idOf(cell.area),
      indicator: baseline.items[cell.item]!.code,
    }),
  );
  const assumptions = baseline.cells.map((cell, i) => assumptionsOf(frames[i]!, cell.baseline));
  const cells = baseline.cells.map((cell, i): PlanCell => {
    const { area, indicator } = frames[i]!;
    const assumed = assumptions[i]!;
    const units = (field: 'mostExtra' | 'packageExtra' | 'lockExtra') => {
      const found = rules(area, indicator, field);
      return found && inUnits(found.value, assumed.costFactor);
    };
    return {
      area: cell.area,
      item: cell.item,
      baseline100: cell.baseline,
      ceiling100: assumed.ceiling,
      effect: assumed.effect,
      presentResource: leverage[i]!,
      unitCost: leverage[i]! * assumed.costFactor,
      mostUnits: units('mostExtra'),
      packageUnits: units('packageExtra'),
      lockedUnits: units('lockExtra'),
      largestStep100: rules(area, indicator, 'largestStep')?.value ?? input.largestStep ?? undefined,
      floor100: assumed.floor ?? undefined,
      cap100: assumed.cap ?? undefined,
      drift100: cell.drift ?? undefined,
    };
  });
  lockScores({ ...bare, cells }, frames, input);
  return { problem: { ...bare, cells }, assumptions, shares: leverage };
}

/** Scores that were fixed, as the resource that gives them. */
function lockScores(problem: PlanProblem, frames: readonly CellFrame[], input: PlanInput): void {
  const plan = compilePlan(problem, input.method);
  problem.cells.forEach((cell, i) => {
    const { rules, area, indicator } = frames[i]!;
    const locked = rules(area, indicator, 'lockScore');
    const extra = rules(area, indicator, 'lockExtra');
    if (!locked || (extra && extra.reach <= locked.reach)) return;
    const gain = Math.max(0, locked.value - cell.baseline100);
    if (gain > 0 && gain >= plan.room[i]! * (1 - 1e-9))
      throw new AppError('plan-lock-out-of-reach', {
        area,
        indicator,
        score: locked.value.toFixed(1),
        ceiling: (cell.ceiling100 ?? 100).toFixed(1),
      });
    cell.lockedUnits = unitsForGain(plan, i, gain);
  });
}

/** Targets, budgets and spread by position; those of places or items that the plan does not have fall away. */
function limitsOf(source: ChannelCube, baseline: PlanBaseline, input: PlanInput): PlanLimits {
  const { nodes } = source.tree;
  const areaAt = new Map(baseline.areas.map(({ node }, area) => [nodes[node]!.id, area]));
  const itemAt = new Map(baseline.items.map(({ code }, item) => [code, item]));
  const groups = groupsOf(source, baseline, input);
  const groupAt = new Map(groups.map(({ id }, group) => [id, group]));
  const targets = (kind: 'area' | 'item', places: Map<string, number>) =>
    input.targets.flatMap(({ kind: of, id, target }) => {
      const index = places.get(id);
      return of === kind && index !== undefined ? [{ index, target100: target }] : [];
    });
  const budgets = (places: Map<string, number>) =>
    input.budgets.flatMap(({ area, most }) => {
      const index = places.get(area);
      return index === undefined ? [] : [{ index, most }];
    });
  return {
    areaTargets: targets('area', areaAt),
    itemTargets: targets('item', itemAt),
    areaBudgets: budgets(areaAt).map(({ index, most }) => ({ area: index, most })),
    groups,
    groupTargets: targets('area', groupAt),
    groupBudgets: budgets(groupAt).map(({ index, most }) => ({ group: index, most })),
    totalBudget: input.budgets.find(({ area }) => area === '')?.most,
    largestSpread100: input.largestSpread ?? undefined,
  };
}

/** Places above the plan's areas that a target or budget names, with the areas below them. */
function groupsOf({ tree }: ChannelCube, baseline: PlanBaseline, input: PlanInput): AreaGroup[] {
  const named = new Set([
    ...input.targets.flatMap(({ kind, id }) => (kind === 'area' ? [id] : [])),
    ...input.budgets.map(({ area }) => area),
  ]);
  const groups = new Map<string, number[]>();
  baseline.areas.forEach(({ node }, area) => {
    for (let at = tree.nodes[node]!.parent; at >= 0; at = tree.nodes[at]!.parent) {
      const { id } = tree.nodes[at]!;
      if (named.has(id)) groups.set(id, [...(groups.get(id) ?? []), area]);
    }
  });
  return [...groups].map(([id, areas]) => ({ id, areas }));
}
