/**
 * One area x item of an approved plan, a year later. Scores on 0-100. The plan side is the frozen one: what was
 * assumed when it was approved, whatever was learnt since.
 */
export interface AssessedCell {
  area: number;
  item: number;
  /** Share of the cell in the overall score (volume share x weight; the shares of all cells sum to 1). */
  share: number;
  /** Frozen baseline (shrunken for small units) and its standard error. */
  baseline100: number;
  baselineSe: number;
  /** Attainable ceiling and effect per unit that the plan assumed. */
  ceiling100: number;
  effect: number;
  /** Natural-state forecast of the change without a plan; absent counts as 0. */
  drift100?: number | undefined;
  plannedUnits: number;
  /** Units really spent; absent where nobody entered them: the plan is then taken as carried out. */
  spentUnits?: number | undefined;
  actual100: number;
  actualSe: number;
}

/** Units below this are no funding. */
const FUNDED_FROM = 1e-7;

/** The units that count: spent where entered, else planned. One unit is the cell's present resource once more. */
export function countedUnits(cell: AssessedCell): number {
  return cell.spentUnits ?? cell.plannedUnits;
}

/** Whether a cell belongs to the control group: no units planned and none spent. */
export function isControl(cell: AssessedCell): boolean {
  return cell.plannedUnits <= FUNDED_FROM && countedUnits(cell) <= FUNDED_FROM;
}

/**
 * Points gained by `units` (multiples of the cell's present resource) when each works `factor` times as well as
 * assumed: `(ceiling - baseline) (1 - exp(-factor effect units))`; 0 at or above the ceiling.
 * Example: ceiling 100, baseline 80, effect 0.1 and 2 units gain 3.63.
 */
export function gainAt(cell: AssessedCell, units: number, factor = 1): number {
  const room = Math.max(0, cell.ceiling100 - cell.baseline100);
  return -room * Math.expm1(-factor * cell.effect * units);
}

/** The score that the plan promised, 0-100: baseline plus the gain of the planned units under the plan's own assumptions, drift not counted. */
export function plannedScore(cell: AssessedCell): number {
  return cell.baseline100 + gainAt(cell, cell.plannedUnits);
}

/** Points by which the year's change, actual less baseline, differs from the drift that was forecast before it; no forecast counts as none. */
export function changeBeyondForecast(cell: AssessedCell): number {
  return cell.actual100 - cell.baseline100 - (cell.drift100 ?? 0);
}

/** An estimate with its 95 % interval. */
export interface Interval {
  value: number;
  standardError: number;
  low: number;
  high: number;
}
