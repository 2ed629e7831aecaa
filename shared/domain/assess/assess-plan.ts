import { normalQuantile } from '../../math/normal.ts';
import { type FunnelPosition, funnelLimits, funnelOverdispersion, funnelPosition } from '../funnel.ts';
import { type AssessedCell, countedUnits, gainAt, type Interval, plannedScore } from './assessed-cell.ts';
import { type ControlGroup, controlGroup, effectOf, type MeasuredEffect } from './control-group.ts';
import { type LearntFromYear, learnEffects } from './learn-effect.ts';

/** Whether a score reached its planned value, as far as the sample can tell. */
export type Verdict = 'met' | 'not-met' | 'indistinguishable';

/** Actual less planned, taken apart; the four parts sum to it exactly. All in points on 0-100. */
export interface GapSplit {
  /** What came by itself: forecast drift, and how the year, the area and the item deviated from it. */
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
  /** Actual less planned; its interval carries the sampling errors of the actual score and of the baseline. */
  gap100: number;
  standardError: number;
  low: number;
  high: number;
  verdict: Verdict;
  split: GapSplit;
  /** What the funded cells' measures added to this score; absent where nothing was funded or nothing was not. */
  effect?: MeasuredEffect | undefined;
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
  /** The unfunded cells: how many, and their mean change beyond the forecast; absent with too few of them. */
  control?: { cells: number; extraDrift: Interval } | undefined;
  learnt: ReturnType<typeof learnEffects>;
  /** Funnel about the precision-weighted mean gap: centre and scatter beyond sampling (variance ratio). */
  funnels: { areas: FunnelShape; items: FunnelShape };
}

/** What the limits of a funnel are drawn from. */
export interface FunnelShape {
  centre100: number;
  overdispersion: number;
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

/** The cells with their intervals, and what is needed to add them up. */
interface Assessing {
  cells: readonly AssessedCell[];
  z: number;
  correlation: number;
  control: ControlGroup | undefined;
  learnt: LearntFromYear | undefined;
}

function splitOf({ control, learnt }: Assessing, cell: AssessedCell): GapSplit {
  const units = countedUnits(cell);
  const movement = control?.fitted.movement ?? learnt?.movement;
  const factor = learnt?.effects.find(({ item }) => item === cell.item)?.offered ?? 1;
  const drift = (cell.drift100 ?? 0) + (movement?.drift(cell.area, cell.item) ?? 0);
  const execution = gainAt(cell, units) - gainAt(cell, cell.plannedUnits);
  const effectiveness = gainAt(cell, units, factor) - gainAt(cell, units);
  const gap = cell.actual100 - plannedScore(cell);
  return { drift, execution, effectiveness, noise: gap - drift - execution - effectiveness };
}

const errorOf = (cell: AssessedCell) => Math.hypot(cell.actualSe, cell.baselineSe);

function judged(gap100: number, standardError: number, z: number) {
  const [low, high] = [gap100 - z * standardError, gap100 + z * standardError];
  return { gap100, standardError, low, high, verdict: verdictOf(low, high) };
}

function assessCell(year: Assessing, cell: AssessedCell): Assessment {
  const { control, z } = year;
  const planned100 = plannedScore(cell);
  return {
    baseline100: cell.baseline100,
    planned100,
    actual100: cell.actual100,
    ...judged(cell.actual100 - planned100, errorOf(cell), z),
    split: splitOf(year, cell),
    effect: control && effectOf(control, [{ cell, weight: 1 }]),
    plannedUnits: cell.plannedUnits,
    countedUnits: countedUnits(cell),
  };
}

/** Weighted mean of cells; sampling errors are independent between areas and correlated within one. */
function pooled(year: Assessing, parts: readonly Assessment[], members: readonly number[]): Assessment {
  const { cells, correlation, control, z } = year;
  const share = members.reduce((sum, i) => sum + cells[i]!.share, 0);
  const weight = (i: number) => (share > 0 ? cells[i]!.share / share : 1 / members.length);
  const mean = (value: (part: Assessment) => number) =>
    members.reduce((sum, i) => sum + weight(i) * value(parts[i]!), 0);
  const byArea = new Map<number, { sum: number; squares: number }>();
  for (const i of members) {
    const error = weight(i) * errorOf(cells[i]!);
    const area = byArea.get(cells[i]!.area) ?? { sum: 0, squares: 0 };
    byArea.set(cells[i]!.area, { sum: area.sum + error, squares: area.squares + error * error });
  }
  let variance = 0;
  for (const { sum, squares } of byArea.values())
    variance += (1 - correlation) * squares + correlation * sum * sum;
  return {
    baseline100: mean((part) => part.baseline100),
    planned100: mean((part) => part.planned100),
    actual100: mean((part) => part.actual100),
    ...judged(
      mean((part) => part.gap100),
      Math.sqrt(variance),
      z,
    ),
    split: {
      drift: mean(({ split }) => split.drift),
      execution: mean(({ split }) => split.execution),
      effectiveness: mean(({ split }) => split.effectiveness),
      noise: mean(({ split }) => split.noise),
    },
    effect:
      control &&
      effectOf(
        control,
        members.map((i) => ({ cell: cells[i]!, weight: weight(i) })),
      ),
    plannedUnits: mean((part) => part.plannedUnits),
    countedUnits: mean((part) => part.countedUnits),
  };
}

/** Adds funnel positions: is a gap unusual among its peers, given its precision and how much all of them scatter? */
function ranked(entries: readonly { index: number; total: Assessment }[]) {
  const precision = entries.map(({ total }) => 1 / Math.max(total.standardError ** 2, 1e-12));
  const sum = precision.reduce((a, b) => a + b, 0);
  const centre100 = entries.reduce((m, { total }, j) => m + (total.gap100 * precision[j]!) / sum, 0);
  const overdispersion = funnelOverdispersion(
    entries.map(({ total }) => (total.gap100 - centre100) / Math.max(total.standardError, 1e-6)),
  );
  const list = entries.map(
    ({ index, total }): RankedAssessment => ({
      ...total,
      index,
      funnel: funnelPosition(total.gap100, funnelLimits(centre100, total.standardError, overdispersion)),
    }),
  );
  return { list, shape: { centre100, overdispersion } };
}

/**
 * Assesses a frozen plan against the year's actual scores. A verdict says whether a score came out as planned; the
 * effect says what the measures did, against the unfunded cells. What the item's funded cells teach about the effect
 * enters the split drawn towards the assumption, so that chance is not praised or blamed. Units in totals are
 * share-weighted means. Throws without cells or on a standard error that is negative or no number.
 */
export function assessPlan(cells: readonly AssessedCell[], options: AssessOptions = {}): PlanAssessment {
  const { confidence = 0.95, itemCorrelation = 0.5 } = options;
  if (cells.length === 0) throw new RangeError('assessPlan: no cells');
  cells.forEach((cell, i) => {
    if (!(cell.actualSe >= 0 && cell.baselineSe >= 0))
      throw new RangeError(`assessPlan: cell ${i}, standard errors ${cell.actualSe}, ${cell.baselineSe}`);
  });
  const learnt = learnEffects(cells, itemCorrelation);
  const control = controlGroup(cells, itemCorrelation, confidence);
  const year: Assessing = {
    cells,
    z: normalQuantile(0.5 + confidence / 2),
    correlation: itemCorrelation,
    control,
    learnt: 'kind' in learnt ? undefined : learnt,
  };
  const parts = cells.map((cell) => assessCell(year, cell));
  const totals = (by: 'area' | 'item') => {
    const groups = new Map<number, number[]>();
    cells.forEach((cell, i) => {
      groups.set(cell[by], [...(groups.get(cell[by]) ?? []), i]);
    });
    const entries = [...groups].sort(([a], [b]) => a - b);
    return ranked(entries.map(([index, members]) => ({ index, total: pooled(year, parts, members) })));
  };
  const [areas, items] = [totals('area'), totals('item')];
  return {
    cells: parts,
    areas: areas.list,
    items: items.list,
    overall: pooled(year, parts, [...cells.keys()]),
    control: control && { cells: control.cells, extraDrift: control.extraDrift },
    learnt,
    funnels: { areas: areas.shape, items: items.shape },
  };
}
