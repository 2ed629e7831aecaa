/** How values of a table are coloured, in its cells and in its charts. */
import type { ExploreTable } from '../../../shared/calls/explore.ts';

/** The end a value lies to, and how strongly, up to `MOST_HEAT`. `much` is neither good nor bad. */
export interface HeatColour {
  end: 'low' | 'high' | 'much';
  strength: number;
}

export const MOST_HEAT = 46;

type Measure = ExploreTable['measures'][number];

function isDifference({ unit, code }: Measure): boolean {
  return unit === 'deviations' || (unit === 'points' && code !== 'margin');
}

/** How many or how wide: nothing to be praised or blamed. */
function isAmount({ unit, code }: Measure): boolean {
  return unit === 'count' || code === 'margin' || code === 'share';
}

/** Differences about zero, amounts from few to many, all else about the middle value, so that no outlier pales the rest. */
export function colouring(measure: Measure, values: readonly number[]): (value: number) => HeatColour | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const strength = (part: number, whole: number) => Math.round((MOST_HEAT * part) / whole);
  if (isDifference(measure)) {
    const widest = Math.max(Math.abs(low), Math.abs(high));
    return (value) =>
      widest > 0 ? { end: value < 0 ? 'low' : 'high', strength: strength(Math.abs(value), widest) } : null;
  }
  if (!(high > low)) return () => null;
  if (isAmount(measure)) return (value) => ({ end: 'much', strength: strength(value - low, high - low) });
  const middle = (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
  return (value) => {
    if (value === middle) return { end: 'high', strength: 0 };
    return value < middle
      ? { end: 'low', strength: strength(middle - value, middle - low) }
      : { end: 'high', strength: strength(value - middle, high - middle) };
  };
}

/** Colours of a measure's cells: differences over the whole table, everything else within its column. */
export function heatOf(
  table: ExploreTable,
  measure: number,
): (row: number, column: number) => HeatColour | null {
  const shown = table.measures[measure]!;
  const valueAt = (r: number, c: number) => table.cells[r]![c]?.values[measure] ?? null;
  const members = table.rows.flatMap((row, r) => (row.kind === 'total' ? [] : [r]));
  const columns = table.columns.map((_, c) => members.flatMap((r) => valueAt(r, c) ?? []));
  const whole = isDifference(shown) ? colouring(shown, columns.flat()) : null;
  const colours = columns.map((values) => whole ?? colouring(shown, values));
  return (r, c) => {
    const value = valueAt(r, c);
    return value === null || table.rows[r]!.kind === 'total' ? null : colours[c]!(value);
  };
}
