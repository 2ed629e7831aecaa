import { defaultEffect, type PlanCell, type PlanMethod, type PlanProblem } from './problem.ts';

/** The largest part of the way to the ceiling that any finite resource is credited with. */
const ALMOST = 1 - 1e-9;

/** What stops a cell from rising further. */
export type CellStop = 'ceiling' | 'most-units' | 'largest-step' | 'cap' | 'locked';

/**
 * A problem in columns, one entry a cell, every default filled in. The variable of all solvers is the gain
 * `g = score - baseline`: scores are linear in it, and the resource it takes is convex.
 */
export interface CompiledPlan {
  method: PlanMethod;
  size: number;
  /** d overall / d gain: normalised volume share x weight within the area. */
  leverage: Float64Array;
  /** Normalised volume share of the cell's area, and weight of the item within the area. */
  volume: Float64Array;
  weight: Float64Array;
  baseline: Float64Array;
  /** Ceiling less baseline, at least 0. */
  room: Float64Array;
  effect: Float64Array;
  unitCost: Float64Array;
  presentResource: Float64Array;
  lowGain: Float64Array;
  highGain: Float64Array;
  stop: CellStop[];
  overall: number;
}

/** Units that a gain takes. Infinite at the ceiling of the diminishing curve. */
export function unitsForGain(plan: CompiledPlan, i: number, gain: number): number {
  if (gain <= 0) return 0;
  return plan.method === 'diminishing'
    ? -Math.log1p(-gain / plan.room[i]!) / plan.effect[i]!
    : gain / plan.baseline[i]!;
}

/** The gain of a number of units, up to the ceiling: `s = M - (M - s0) exp(-beta x)`, or `s = s0 (1 + x)`. */
export function gainOfUnits(plan: CompiledPlan, i: number, units: number): number {
  const room = plan.room[i]!;
  if (units === Infinity) return room;
  return plan.method === 'diminishing'
    ? -room * Math.expm1(-plan.effect[i]! * units)
    : Math.min(room, plan.baseline[i]! * units);
}

/** Resource per point of this cell's score at a given gain (the slope of its cost curve). */
export function slopeAtGain(plan: CompiledPlan, i: number, gain: number): number {
  return plan.method === 'diminishing'
    ? plan.unitCost[i]! / (plan.effect[i]! * (plan.room[i]! - gain))
    : plan.unitCost[i]! / plan.baseline[i]!;
}

function check(value: number, ok: boolean, name: string, cell: number): number {
  if (!ok || Number.isNaN(value)) throw new RangeError(`plan cell ${cell}: ${name} ${value}`);
  return value;
}

/** The volume and weight columns: shares over areas, weights over the items an area has. */
function shares(problem: PlanProblem): { volume: Float64Array; weight: Float64Array } {
  const { areas, items, cells } = problem;
  const weightInArea = areas.map(() => 0);
  const seen = new Set<number>();
  cells.forEach((cell, i) => {
    const key = cell.area * items.length + cell.item;
    if (!areas[cell.area]) throw new RangeError(`plan cell ${i}: area ${cell.area}`);
    if (!items[cell.item]) throw new RangeError(`plan cell ${i}: item ${cell.item}`);
    if (seen.has(key))
      throw new RangeError(`plan cell ${i}: second cell of area ${cell.area}, item ${cell.item}`);
    seen.add(key);
    const weight = items[cell.item]!.weight;
    if (!(weight >= 0)) throw new RangeError(`plan item ${cell.item}: weight ${weight}`);
    weightInArea[cell.area]! += weight;
  });
  let volumeSum = 0;
  areas.forEach((area, r) => {
    if (!(area.volumeShare >= 0)) throw new RangeError(`plan area ${r}: volumeShare ${area.volumeShare}`);
    if (weightInArea[r]! > 0) volumeSum += area.volumeShare;
  });
  if (!(volumeSum > 0)) throw new RangeError('plan: no area has both volume and a weighted item');
  const volume = Float64Array.from(cells, (cell) => areas[cell.area]!.volumeShare / volumeSum);
  const weight = Float64Array.from(cells, (cell) => {
    const sum = weightInArea[cell.area]!;
    return sum > 0 ? items[cell.item]!.weight / sum : 0;
  });
  return { volume, weight };
}

/** The bounds of one cell's gain and what sets the upper one. */
function boundsOf(
  plan: CompiledPlan,
  cell: PlanCell,
  i: number,
): [low: number, high: number, stop: CellStop] {
  const room = plan.room[i]!;
  if (cell.lockedUnits !== undefined) {
    check(cell.lockedUnits, cell.lockedUnits >= 0 && cell.lockedUnits < Infinity, 'lockedUnits', i);
    const gain = Math.min(gainOfUnits(plan, i, cell.lockedUnits), room * ALMOST);
    return [gain, gain, 'locked'];
  }
  const most = check(cell.mostUnits ?? Infinity, (cell.mostUnits ?? 0) >= 0, 'mostUnits', i);
  const step = check(cell.largestStep100 ?? Infinity, (cell.largestStep100 ?? 0) >= 0, 'largestStep100', i);
  let high = plan.method === 'diminishing' ? room * ALMOST : room;
  let stop: CellStop = 'ceiling';
  const lower = (limit: number, by: CellStop) => {
    if (limit < high) [high, stop] = [limit, by];
  };
  lower(gainOfUnits(plan, i, most), 'most-units');
  lower(step, 'largest-step');
  lower(Math.max(0, (cell.cap100 ?? Infinity) - cell.baseline100), 'cap');
  const low = Math.max(0, (cell.floor100 ?? -Infinity) - cell.baseline100);
  return [low, high, stop];
}

/**
 * Checks a problem and lays it out in columns. A floor may come out above what the cell can reach (`lowGain` above
 * `highGain`): the solvers answer `infeasible`. Throws on indexes out of range, two cells of one area and item,
 * negative shares, weights, costs or limits, and scores that are not finite, naming the cell.
 */
export function compilePlan(problem: PlanProblem, method: PlanMethod): CompiledPlan {
  const { cells } = problem;
  const size = cells.length;
  const { volume, weight } = shares(problem);
  const column = () => new Float64Array(size);
  const plan: CompiledPlan = {
    method,
    size,
    leverage: volume.map((v, i) => v * weight[i]!),
    volume,
    weight,
    baseline: column(),
    room: column(),
    effect: column(),
    unitCost: column(),
    presentResource: column(),
    lowGain: column(),
    highGain: column(),
    stop: [],
    overall: 0,
  };
  cells.forEach((cell, i) => {
    const baseline = check(cell.baseline100, Number.isFinite(cell.baseline100), 'baseline100', i);
    if (method === 'proportional') check(baseline, baseline > 0, 'baseline100 under proportional', i);
    const ceiling = check(cell.ceiling100 ?? 100, Number.isFinite(cell.ceiling100 ?? 100), 'ceiling100', i);
    const effect = cell.effect ?? defaultEffect(baseline, ceiling);
    plan.baseline[i] = baseline;
    plan.room[i] = Math.max(0, ceiling - baseline);
    plan.effect[i] = check(effect, effect > 0 && effect < Infinity, 'effect', i);
    const present = cell.presentResource ?? plan.leverage[i]!;
    plan.presentResource[i] = check(present, present >= 0 && present < Infinity, 'presentResource', i);
    const cost = cell.unitCost ?? present;
    plan.unitCost[i] = check(cost, cost >= 0 && cost < Infinity, 'unitCost', i);
    const [low, high, stop] = boundsOf(plan, cell, i);
    plan.lowGain[i] = low;
    plan.highGain[i] = high;
    plan.stop.push(stop);
    plan.overall += plan.leverage[i]! * baseline;
  });
  return plan;
}

/** The overall score, 0-100, when every cell gains what `gains` says (points of its own score, one a cell); linear in them. */
export function overallOf(plan: CompiledPlan, gains: Float64Array): number {
  let sum = plan.overall;
  for (let i = 0; i < plan.size; i++) sum += plan.leverage[i]! * gains[i]!;
  return sum;
}

/** The additional resource of `gains` (points, one a cell), as a share of all present resource; Infinity where a gain needs it. */
export function resourceOf(plan: CompiledPlan, gains: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < plan.size; i++) {
    const cost = plan.unitCost[i]!;
    if (cost > 0 && gains[i]! > 0) sum += cost * unitsForGain(plan, i, gains[i]!);
  }
  return sum;
}
