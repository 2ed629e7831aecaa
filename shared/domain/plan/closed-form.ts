import { bisectRising } from '../../math/bisection.ts';
import { type CompiledPlan, overallOf, resourceOf } from './compile.ts';

/** The cheapest gains for a target, and the resource that one more point of the overall score would take. */
export type ClosedForm =
  | { kind: 'reached'; gains: Float64Array; shadowPrice: number }
  /** Even every cell at its upper bound stays below; `gains` are those bounds. */
  | { kind: 'out-of-reach'; gains: Float64Array };

/** Gains at a shadow price `lambda`: each cell rises until its next point costs `lambda` times its leverage. */
function gainsAt(plan: CompiledPlan, lambda: number, gains: Float64Array): Float64Array {
  for (let i = 0; i < plan.size; i++) {
    const low = plan.lowGain[i]!;
    const high = plan.highGain[i]!;
    const pull = lambda * plan.leverage[i]! * plan.effect[i]!;
    const free = pull > 0 ? plan.room[i]! - plan.unitCost[i]! / pull : low;
    gains[i] = free < low ? low : free > high ? high : free;
  }
  return gains;
}

/** The shadow prices at which the first cell starts to rise and the last one stops. */
function priceRange(plan: CompiledPlan): [first: number, last: number] | undefined {
  let first = Infinity;
  let last = 0;
  for (let i = 0; i < plan.size; i++) {
    const strength = plan.leverage[i]! * plan.effect[i]!;
    if (!(strength > 0 && plan.unitCost[i]! > 0 && plan.highGain[i]! > plan.lowGain[i]!)) continue;
    const price = plan.unitCost[i]! / strength;
    first = Math.min(first, price / (plan.room[i]! - plan.lowGain[i]!));
    last = Math.max(last, price / (plan.room[i]! - plan.highGain[i]!));
  }
  return last > 0 ? [first, last] : undefined;
}

/** Cells in order of resource per overall point; equal prices form one step so that twins are treated alike. */
function priceSteps(plan: CompiledPlan): { price: number; cells: number[] }[] {
  const open: { price: number; i: number }[] = [];
  for (let i = 0; i < plan.size; i++)
    if (plan.leverage[i]! > 0 && plan.highGain[i]! > plan.lowGain[i]!)
      open.push({ price: plan.unitCost[i]! / (plan.baseline[i]! * plan.leverage[i]!), i });
  open.sort((a, b) => a.price - b.price || a.i - b.i);
  const steps: { price: number; cells: number[] }[] = [];
  for (const { price, i } of open) {
    const step = steps.at(-1);
    if (step && price - step.price <= 1e-12 * price) step.cells.push(i);
    else steps.push({ price, cells: [i] });
  }
  return steps;
}

/** What has been bought so far on the way through the price steps. */
interface Progress {
  overall: number;
  resource: number;
}

/** The straight-line method: cheapest step first. `part` says how much of a step of that rise and cost to take. */
function fillInOrder(plan: CompiledPlan, part: (now: Progress, rise: number, cost: number) => number) {
  const gains = plan.lowGain.slice();
  const now = { overall: overallOf(plan, gains), resource: resourceOf(plan, gains) };
  let shadowPrice = 0;
  for (const { price, cells } of priceSteps(plan)) {
    const rise = cells.reduce(
      (sum, i) => sum + plan.leverage[i]! * (plan.highGain[i]! - plan.lowGain[i]!),
      0,
    );
    const share = Math.min(1, part(now, rise, rise * price));
    if (share <= 0) break;
    for (const i of cells) gains[i]! += share * (plan.highGain[i]! - plan.lowGain[i]!);
    now.overall += share * rise;
    now.resource += share * rise * price;
    shadowPrice = price;
    if (share < 1) break;
  }
  return { gains, shadowPrice };
}

/**
 * The least resource that lifts the overall score to the target, when nothing but bounds of single cells limits it.
 * Under `diminishing` the Karush-Kuhn-Tucker conditions give every cell's gain from the shadow price lambda,
 * `x = clip(ln(lambda v w (M - s0) beta / c) / beta, 0, u)`, and lambda follows by bisection; under `proportional` the
 * cells are filled in order of price. The caller has checked that no lower bound exceeds its upper one.
 */
export function leastResource(plan: CompiledPlan, target100: number): ClosedForm {
  // A target met to the last digits is met: cell sums carry rounding.
  const slack = 1e-12 * Math.max(1, Math.abs(target100));
  if (overallOf(plan, plan.lowGain) >= target100 - slack)
    return { kind: 'reached', gains: plan.lowGain.slice(), shadowPrice: 0 };
  if (overallOf(plan, plan.highGain) < target100 - slack)
    return { kind: 'out-of-reach', gains: plan.highGain.slice() };
  if (plan.method === 'proportional') {
    return { kind: 'reached', ...fillInOrder(plan, ({ overall }, rise) => (target100 - overall) / rise) };
  }
  const range = priceRange(plan);
  const gains = new Float64Array(plan.size);
  const excess = (lnPrice: number) => overallOf(plan, gainsAt(plan, Math.exp(lnPrice), gains)) - target100;
  const lnPrice = range && bisectRising(excess, Math.log(range[0]) - 1, Math.log(range[1]) + 1);
  // Without a price the missing points are free or lie within rounding of the upper bounds.
  if (lnPrice === undefined)
    return { kind: 'reached', gains: plan.highGain.slice(), shadowPrice: range?.[1] ?? 0 };
  const shadowPrice = Math.exp(lnPrice);
  return { kind: 'reached', gains: gainsAt(plan, shadowPrice, gains), shadowPrice };
}

/**
 * The largest overall score that a total budget buys: the same curve read the other way. `undefined` when the lower
 * bounds alone cost more than the budget.
 */
export function mostScore(plan: CompiledPlan, budget: number): Float64Array | undefined {
  if (resourceOf(plan, plan.lowGain) > budget * (1 + 1e-12)) return undefined;
  if (resourceOf(plan, plan.highGain) <= budget) return plan.highGain.slice();
  if (plan.method === 'proportional') {
    return fillInOrder(plan, ({ resource }, _, cost) => (cost > 0 ? (budget - resource) / cost : 1)).gains;
  }
  const range = priceRange(plan)!;
  const gains = new Float64Array(plan.size);
  const excess = (lnPrice: number) => resourceOf(plan, gainsAt(plan, Math.exp(lnPrice), gains)) - budget;
  const lnPrice = bisectRising(excess, Math.log(range[0]) - 1, Math.log(range[1]) + 1)!;
  return gainsAt(plan, Math.exp(lnPrice), gains);
}
