import type { Overview, StandingRow } from '../../../shared/calls/overview.ts';
import type { ScopeLevel } from '../../../shared/domain/scope.ts';
import { codeOf } from '../../../shared/domain/scope.ts';

/** The trend of the leading channel and those of the others. */
export function splitTrends(overview: Overview, channel: string) {
  const lead = overview.trends.find((trend) => trend.channel === channel) ?? overview.trends[0] ?? null;
  return { lead, others: overview.trends.filter((trend) => trend !== lead) };
}

/** Province rows by province code; the map shows them wherever the screen knows them. */
export function provinceRows(rows: readonly StandingRow[]): Map<string, StandingRow> {
  return new Map(rows.filter((row) => row.level === 'province').map((row) => [codeOf(row.scope), row]));
}

/**
 * Which of five steps between the lowest and the highest score a score falls into, 0-4; `null` without a score.
 * Equal scores all fall into the middle.
 */
export function stepOf(rows: Iterable<StandingRow>): (row: StandingRow | undefined) => number | null {
  const scores = [...rows].flatMap((row) =>
    row.score && row.score.tier !== 'hidden' ? [row.score.score100] : [],
  );
  const low = Math.min(...scores);
  const high = Math.max(...scores);
  return (row) => {
    if (!row?.score) return null;
    if (high <= low) return 2;
    return Math.min(4, Math.floor((5 * (row.score.score100 - low)) / (high - low)));
  };
}

/** The level that the rows of an area table stand on. */
export function levelOfRows(rows: readonly StandingRow[]): ScopeLevel | null {
  return rows[0]?.level ?? null;
}

/** Ascending by score with the missing last, for a column's sorter. */
export function byScore(a: StandingRow, b: StandingRow): number {
  return (a.score?.score100 ?? Number.NEGATIVE_INFINITY) - (b.score?.score100 ?? Number.NEGATIVE_INFINITY);
}

/** Whether any channel had been forecast before the quarter: without that, no alert means nothing. */
export function wasForecast(overview: Pick<Overview, 'channels'>): boolean {
  return overview.channels.some((standing) => standing.expected !== null);
}

/** The text of each comparison. */
export const AGAINST = {
  rest: 'againstRest',
  previous: 'sincePrevious',
  'last-year': 'sinceLastYear',
} as const;
