import { studentTQuantile } from '../../math/student-t.ts';
import {
  type AssessedCell,
  changeBeyondForecast,
  gainAt,
  type Interval,
  isControl,
} from './assessed-cell.ts';
import type { MovedCell } from './movement.ts';
import { type Estimated, type FittedMovement, fitMovement } from './movement-fit.ts';

/** Points that measures added, beside what they were planned to add. */
export interface MeasuredEffect extends Interval {
  planned100: number;
}

/** The unfunded cells of a year and what they say the others would have done. */
export interface ControlGroup {
  cells: number;
  extraDrift: Interval;
  fitted: FittedMovement;
  /** Two-sided confidence of the intervals. */
  confidence: number;
}

/** With fewer unfunded cells than this, drift and effect cannot be told apart. */
const LEAST_CONTROLS = 4;

function intervalOf(estimated: Estimated, confidence: number): Interval {
  const { value, standardError, df } = estimated;
  const t = studentTQuantile(0.5 + confidence / 2, df);
  return { value, standardError, low: value - t * standardError, high: value + t * standardError };
}

const movedCell = ({ area, item, actualSe, baselineSe }: AssessedCell): MovedCell => ({
  area,
  item,
  actualSe,
  baselineSe,
});

/** How the unfunded cells moved; `undefined` with fewer than four of them. `halo` as in `Movement`. */
export function controlGroup(
  cells: readonly AssessedCell[],
  halo: number,
  confidence: number,
): ControlGroup | undefined {
  const controls = cells.filter(isControl);
  if (controls.length < LEAST_CONTROLS) return undefined;
  const items = 1 + Math.max(...cells.map(({ item }) => item));
  const fitted = fitMovement(
    controls.map((cell) => ({ ...movedCell(cell), change: changeBeyondForecast(cell) })),
    { items, extras: 0, halo },
  );
  if (!fitted) return undefined;
  return {
    cells: controls.length,
    extraDrift: intervalOf(fitted.unknown(0), confidence),
    fitted,
    confidence,
  };
}

/**
 * Difference in differences: what the funded ones of `cells` (weighted, for a total) changed beyond what the unfunded
 * cells of the same year, area and item say they would have done. The interval carries the sampling errors of both
 * years, the movement of areas, items and single cells, and that all of these are estimated. `undefined` without a
 * funded cell.
 */
export function effectOf(
  control: ControlGroup,
  cells: readonly { cell: AssessedCell; weight: number }[],
): MeasuredEffect | undefined {
  const funded = cells.filter(({ cell }) => !isControl(cell));
  if (funded.length === 0) return undefined;
  const sum = (value: (cell: AssessedCell) => number) =>
    funded.reduce((total, { cell, weight }) => total + weight * value(cell), 0);
  const expected = control.fitted.expected(
    funded.map(({ cell, weight }) => ({ ...movedCell(cell), weight })),
  );
  const value = sum(changeBeyondForecast) - expected.value;
  return {
    ...intervalOf({ ...expected, value }, control.confidence),
    planned100: sum((cell) => gainAt(cell, cell.plannedUnits)),
  };
}
