import type { PlaceChannels } from '../../../shared/calls/channels.ts';
import { formatQuarter, type Quarter } from '../../../shared/domain/quarter.ts';

/** `2025Q1`, `2025Q1 – 2026Q3`, '' for none. */
export function quarterRange(quarters: readonly Quarter[]): string {
  const [first, last] = [quarters[0], quarters.at(-1)];
  if (first === undefined || last === undefined) return '';
  return first === last ? formatQuarter(first) : `${formatQuarter(first)} – ${formatQuarter(last)}`;
}

/** The rows in which two channels differ beyond chance. */
export function apartRows(view: PlaceChannels): PlaceChannels['rows'] {
  return view.rows.filter((row) => row.pairs.some(({ difference }) => difference.significance !== 'none'));
}

/** Pairs of a correlation below which it is only a hint. */
export const HINT_PAIRS = 10;
