import type { Catalog } from '../../../shared/calls/catalog.ts';
import type { ForecastRow, SeriesView } from '../../../shared/calls/forecast.ts';
import type { Quarter } from '../../../shared/domain/quarter.ts';
import { decimal } from '../../format.ts';
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

export function rowKey(row: Pick<ForecastRow, 'channel' | 'scope' | 'indicator'>): string {
  return `${row.channel}|${row.scope}|${row.indicator}`;
}

/** The method and why it was chosen, in plain words: `strength` of the curve and what each part of its name means. */
export function whyWords(
  forecast: Pick<ForecastRow, 'curve' | 'history'> & { curveWeight: number },
  curveName: string,
  text: Said<typeof forecastText>,
): string {
  const share = forecast.curveWeight;
  const strength = share >= 0.6 ? text.whyClear : share >= 0.3 ? text.whyLeading : text.whyMixed;
  const reasons: string[] = [];
  const [smooth = '', trend = '', season = ''] = forecast.curve.split('-');
  if (smooth === 's0') reasons.push(text.reasonSteady);
  else if (smooth === 's1') reasons.push(text.reasonLatest);
  else if (smooth.startsWith('s')) reasons.push(text.reasonSmoothed);
  if (trend.startsWith('line')) reasons.push(text.reasonLine);
  if (trend.startsWith('bend')) reasons.push(text.reasonBend);
  if (season !== '' && season !== 'q0') reasons.push(text.reasonSeason);
  return text.why(decimal(forecast.history, 0), curveName, strength, reasons.join(text.comma));
}

/** The series as it would be forecast by one curve, where that curve has a band; otherwise as it stands. */
export function forcedOn(series: SeriesView, id: string | null): SeriesView {
  const curve = series.curves.find((one) => one.id === id);
  if (!curve?.band || curve.next === null) return series;
  const { low80, high80, low95, high95 } = curve.band;
  return {
    ...series,
    forecast: {
      quarter: series.quarter,
      point: curve.next,
      low80,
      high80,
      low95,
      high95,
      curve: curve.id,
      curveName: curve.name,
      history: curve.fitted.length,
      flags: [],
      fitted: curve.fitted,
      curveWeight: 1,
      madeAt: '',
      method: '',
      stale: false,
    },
  };
}
