import type { Quarter } from '../../../shared/domain/quarter.ts';
import type { Catalog, ForecastRow } from '../../../shared/views.ts';
import type { Said } from '../../text/both.ts';
import type { forecastText } from '../../text/forecast.ts';

/** Quarters a forecast can stand for: those with data, and the one after the last. */
export function forecastQuarters(catalog: Catalog): Quarter[] {
  const last = catalog.quarters.at(-1);
  return last === undefined ? [] : [...catalog.quarters, last + 1];
}

/** What to know about a forecast, as sentences; unknown flags are left out. */
export function flagNotes(flags: readonly string[], text: Said<typeof forecastText>): string[] {
  const notes: Record<string, string> = {
    'short-history': text.shortHistory,
    'no-history': text.noHistory,
    'overlapping-windows': text.overlapping,
    break: text.breakNote,
    'base-unknown': text.baseUnknown,
  };
  return flags.flatMap((flag) => notes[flag] ?? []);
}

/** Whether the actual left the 95% interval, and on which side; null without an actual. */
export function outcomeOf(row: ForecastRow): 'above' | 'below' | 'inside' | null {
  if (!row.actual) return null;
  if (row.actual.score100 > row.high95) return 'above';
  return row.actual.score100 < row.low95 ? 'below' : 'inside';
}

export function rowKey(row: ForecastRow): string {
  return `${row.channel}|${row.scope}|${row.indicator}`;
}
