import type { CompiledPlan } from './compile.ts';
import type { PlanProblem } from './problem.ts';
import type { PlanLimit } from './solution.ts';

/** A linear limit on gains: `sum coefficient gain + lowest z >= least`, z the lowest area score (spread rows only). */
interface ScoreRow {
  limit: PlanLimit;
  cells: number[];
  coefficients: number[];
  least: number;
  /** Coefficient of z: 0 for targets, -1 in "no area below z", 1 in "no area above z + spread". */
  lowest: -1 | 0 | 1;
}

/** A limit on resource: the cells together use at most `most`. */
interface BudgetRow {
  limit: PlanLimit;
  cells: number[];
  most: number;
}

/** All limits that couple cells. */
export interface PlanRows {
  scores: ScoreRow[];
  budgets: BudgetRow[];
  hasSpread: boolean;
}

function grouped(cells: PlanProblem['cells'], by: 'area' | 'item'): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  cells.forEach((cell, i) => {
    const group = groups.get(cell[by]);
    if (group) group.push(i);
    else groups.set(cell[by], [i]);
  });
  return groups;
}

/** The mean over a group of cells as a row: shares normalised over the group. `undefined` without any share. */
function meanRow(plan: CompiledPlan, cells: number[], shares: Float64Array) {
  const sum = cells.reduce((total, i) => total + shares[i]!, 0);
  if (!(sum > 0)) return undefined;
  const coefficients = cells.map((i) => shares[i]! / sum);
  const baseline = cells.reduce((total, i, j) => total + coefficients[j]! * plan.baseline[i]!, 0);
  return { cells, coefficients, baseline };
}

function spreadRows(plan: CompiledPlan, areas: Map<number, number[]>, spread: number): ScoreRow[] {
  const rows: ScoreRow[] = [];
  for (const [index, cells] of areas) {
    const mean = meanRow(plan, cells, plan.weight);
    if (!mean || !(plan.volume[cells[0]!]! > 0)) continue;
    const limit: PlanLimit = { kind: 'spread', index };
    rows.push({ limit, cells, coefficients: mean.coefficients, least: -mean.baseline, lowest: -1 });
    const negative = mean.coefficients.map((value) => -value);
    rows.push({ limit, cells, coefficients: negative, least: mean.baseline - spread, lowest: 1 });
  }
  return rows;
}

/** The coupling limits of a problem. Throws when a target or budget names an area or item without cells. */
export function planRows(plan: CompiledPlan, problem: PlanProblem): PlanRows {
  const areas = grouped(problem.cells, 'area');
  const items = grouped(problem.cells, 'item');
  const all = problem.cells.map((_, i) => i);
  const scores: ScoreRow[] = [];
  const target = (limit: PlanLimit, cells: number[] | undefined, shares: Float64Array, target100: number) => {
    const mean = cells && meanRow(plan, cells, shares);
    if (!mean) throw new RangeError(`plan: ${limit.kind} without weighted cells`);
    const { coefficients, baseline } = mean;
    scores.push({ limit, cells: mean.cells, coefficients, least: target100 - baseline, lowest: 0 });
  };
  target({ kind: 'overall-target' }, all, plan.leverage, problem.target100);
  for (const { index, target100 } of problem.areaTargets ?? [])
    target({ kind: 'area-target', index }, areas.get(index), plan.weight, target100);
  for (const { index, target100 } of problem.itemTargets ?? [])
    target({ kind: 'item-target', index }, items.get(index), plan.volume, target100);
  const groupCells = (group: number) => {
    const members = new Set(problem.groups?.[group]?.areas);
    return all.filter((i) => members.has(problem.cells[i]!.area));
  };
  for (const { index, target100 } of problem.groupTargets ?? [])
    target({ kind: 'group-target', index }, groupCells(index), plan.leverage, target100);
  const spread = problem.largestSpread100;
  if (spread !== undefined) scores.push(...spreadRows(plan, areas, spread));
  const budgets: BudgetRow[] = (problem.areaBudgets ?? []).map(({ area, most }) => {
    const cells = areas.get(area);
    if (!cells) throw new RangeError(`plan: budget of area ${area} without cells`);
    return { limit: { kind: 'area-budget', index: area }, cells, most };
  });
  for (const { group, most } of problem.groupBudgets ?? [])
    budgets.push({ limit: { kind: 'group-budget', index: group }, cells: groupCells(group), most });
  if (problem.totalBudget !== undefined)
    budgets.push({ limit: { kind: 'total-budget' }, cells: all, most: problem.totalBudget });
  return { scores, budgets, hasSpread: spread !== undefined };
}
