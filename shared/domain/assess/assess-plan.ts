import { normalQuantile } from '../../math/normal.ts';
import { type FunnelPosition, funnelLimits, funnelOverdispersion, funnelPosition } from '../funnel.ts';
import { type AssessedCell, countedUnits, gainAt, plannedScore } from './assessed-cell.ts';
import { type LearntFromYear, learnEffects } from './learn-effect.ts';

/** Whether a score reached its planned value, as far as the sample can tell. */
export type Verdict = 'met' | 'not-met' | 'indistinguishable';

/** Actual less planned, taken apart; the four parts sum to it exactly. All in points on 0-100. */
export interface GapSplit {
  /** What came by itself: forecast drift and the year's common deviation from it. */
  drift: number;
  /** More or less resource spent than planned, at the assumed effect. 0 where spending was not entered. */
  execution: number;
  /** The spent resource working better or worse than assumed, by what the item's cells teach. */
  effectiveness: number;
  /** The rest: sampling and whatever is particular to the cell. */
  noise: number;
}

/** One area x item, one area, one item, or the whole. */
export interface Assessment {
  baseline100: number;
  planned100: number;
  actual100: number;
  /** Actual less planned with its interval. */
  gap100: number;
  standardError: number;
  low: number;
  high: number;
  verdict: Verdict;
  split: GapSplit;
  plannedUnits: number;
  countedUnits: number;
}

/** An area or item with its place among its peers. */
export interface RankedAssessment extends Assessment {
  index: number;
  funnel: FunnelPosition;
}

/** The assessed plan. `cells` in the order given. */
export interface PlanAssessment {
  cells: Assessment[];
  areas: RankedAssessment[];
  items: RankedAssessment[];
  overall: Assessment;
  learnt: ReturnType<typeof learnEffects>;
}

/** How the assessment is made. */
export interface AssessOptions {
  /** Two-sided confidence of the intervals, default 0.95. */
  confidence?: number;
  /** Correlation of the sampling errors of two items of one area (the same people answered both), default 0.5. */
  itemCorrelation?: number;
}

function verdictOf(low: number, high: number): Verdict {
  if (low > 0) return 'met';
  return high < 0 ? 'not-met' : 'indistinguishable';
}

function splitOf(
  cell: AssessedCell,
  learnt: LearntFromYear | undefined,
  factors: ReadonlyMap<number, number>,
) {
  const units = countedUnits(cell);
  const drift = (cell.drift100 ?? 0) + (learnt?.extraDrift.value ?? 0);
  const execution = gainAt(cell, units) - gainAt(cell, cell.plannedUnits);
  const effectiveness = gainAt(cell, units, factors.get(cell.item) ?? 1) - gainAt(cell, units);
  const gap = cell.actual100 - plannedScore(cell);
  return { drift, execution, effectiveness, noise: gap - drift - execution - effectiveness };
}

/** Weighted mean of cells; sampling errors are independent between areas and correlated within one. */
function pooled(
  cells: readonly AssessedCell[],
  parts: readonly Assessment[],
  members: readonly number[],
  z: number,
  correlation: number,
): Assessment {
  const share = members.reduce((sum, i) => sum + cells[i]!.share, 0);
  const weight = (i: number) => (share > 0 ? cells[i]!.share / share : 1 / members.length);
  const mean = (value: (i: number) => number) => members.reduce((sum, i) => sum + weight(i) * value(i), 0);
  const byArea = new Map<number, { sum: number; squares: number }>();
  for (const i of members) {
    const error = weight(i) * cells[i]!.actualSe;
    const area = byArea.get(cells[i]!.area) ?? { sum: 0, squares: 0 };
    byArea.set(cells[i]!.area, { sum: area.sum + error, squares: area.squares + error * error });
  }
  let variance = 0;
  for (const { sum, squares } of byArea.values())
    variance += (1 - correlation) * squares + correlation * sum * sum;
  const standardError = Math.sqrt(variance);
  const gap100 = mean((i) => parts[i]!.gap100);
  const [low, high] = [gap100 - z * standardError, gap100 + z * standardError];
  return {
    baseline100: mean((i) => parts[i]!.baseline100),
    planned100: mean((i) => parts[i]!.planned100),
    actual100: mean((i) => parts[i]!.actual100),
    gap100,
    standardError,
    low,
    high,
    verdict: verdictOf(low, high),
    split: {
      drift: mean((i) => parts[i]!.split.drift),
      execution: mean((i) => parts[i]!.split.execution),
      effectiveness: mean((i) => parts[i]!.split.effectiveness),
      noise: mean((i) => parts[i]!.split.noise),
    },
    plannedUnits: mean((i) => parts[i]!.plannedUnits),
    countedUnits: mean((i) => parts[i]!.countedUnits),
  };
}

/** Adds funnel positions: is a gap unusual among its peers, given its precision and how much all of them scatter? */
function ranked(entries: readonly { index: number; total: Assessment }[]): RankedAssessment[] {
  const precision = entries.map(({ total }) => 1 / Math.max(total.standardError ** 2, 1e-12));
  const sum = precision.reduce((a, b) => a + b, 0);
  const centre = entries.reduce((m, { total }, j) => m + (total.gap100 * precision[j]!) / sum, 0);
  const overdispersion = funnelOverdispersion(
    entries.map(({ total }) => (total.gap100 - centre) / Math.max(total.standardError, 1e-6)),
  );
  return entries.map(({ index, total }) => ({
    ...total,
    index,
    funnel: funnelPosition(total.gap100, funnelLimits(centre, total.standardError, overdispersion)),
  }));
}

/**
 * Assesses a frozen plan against the year's actual scores. The interval of actual less planned carries the sampling
 * error of the actual score alone: the plan is a promise, not an estimate. What the item's funded cells teach about
 * the effect enters the split drawn towards the assumption, so that chance is not praised or blamed. Units in totals
 * are share-weighted means. Throws without cells or on a standard error that is negative or no number.
 */
export function assessPlan(cells: readonly AssessedCell[], options: AssessOptions = {}): PlanAssessment {
  const { confidence = 0.95, itemCorrelation = 0.5 } = options;
  if (cells.length === 0) throw new RangeError('assessPlan: no cells');
  cells.forEach((cell, i) => {
    if (!(cell.actualSe >= 0 && cell.baselineSe >= 0))
      throw new RangeError(`assessPlan: cell ${i}, standard errors ${cell.actualSe}, ${cell.baselineSe}`);
  });
  const z = normalQuantile(0.5 + confidence / 2);
  const learnt = learnEffects(cells);
  const known = 'kind' in learnt ? undefined : learnt;
  const factors = new Map(known?.effects.map(({ item, offered }) => [item, offered]));
  const parts = cells.map((cell): Assessment => {
    const planned100 = plannedScore(cell);
    const gap100 = cell.actual100 - planned100;
    const [low, high] = [gap100 - z * cell.actualSe, gap100 + z * cell.actualSe];
    return {
      baseline100: cell.baseline100,
      planned100,
      actual100: cell.actual100,
      gap100,
      standardError: cell.actualSe,
      low,
      high,
      verdict: verdictOf(low, high),
      split: splitOf(cell, known, factors),
      plannedUnits: cell.plannedUnits,
      countedUnits: countedUnits(cell),
    };
  });
  const total = (members: readonly number[]) => pooled(cells, parts, members, z, itemCorrelation);
  const totals = (by: 'area' | 'item') => {
    const groups = new Map<number, number[]>();
    cells.forEach((cell, i) => {
      groups.set(cell[by], [...(groups.get(cell[by]) ?? []), i]);
    });
    const entries = [...groups].sort(([a], [b]) => a - b);
    return ranked(entries.map(([index, members]) => ({ index, total: total(members) })));
  };
  return {
    cells: parts,
    areas: totals('area'),
    items: totals('item'),
    overall: total([...cells.keys()]),
    learnt,
  };
}
