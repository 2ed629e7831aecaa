// Alerts as a run raised them, and the cases that people make of them: these outlive the run.

import type { AlertView } from '../../../shared/calls/alerts.ts';
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';

export interface AlertRow {
  id: number;
  runId: number;
  channel: Channel;
  schemeId: number;
  quarter: number;
  rank: number;
  kind: AlertView['kind'];
  scope: string;
  indicator: string;
  shift: number;
  expected: number;
  low: number;
  high: number;
  actual: number;
  p: number;
  detail: string;
  historyHash: string;
  waveHash: string;
  state: AlertView['state'];
  cause: string;
  note: string;
  action: string;
  owner: string;
  due: string | null;
  oneOff: number;
  /** The shift that people had before them when they last worked on it; null where nobody did. */
  workedShift: number | null;
}

type Raised =
  | 'rank'
  | 'kind'
  | 'scope'
  | 'indicator'
  | 'shift'
  | 'expected'
  | 'low'
  | 'high'
  | 'actual'
  | 'p'
  | 'detail';
export type NewAlert = Pick<AlertRow, Raised>;
type Answered = 'state' | 'cause' | 'note' | 'action' | 'owner' | 'due' | 'oneOff';
export type AlertCase = Pick<AlertRow, Answered>;

/** A place and quarter that a person confirmed as out of the ordinary. */
export interface OneOff {
  quarter: number;
  scope: string;
  indicator: string;
  /** Estimated size of what happened, points; 0 where no sudden alert stands there. */
  shift: number;
}

const ALERT_SELECT = `SELECT a.id, a.run_id AS runId, r.channel, r.scheme_id AS schemeId, r.target_quarter AS quarter,
    a.rank, a.kind, a.scope, a.indicator, a.shift, a.expected, a.low, a.high, a.actual, a.p, a.detail,
    r.history_hash AS historyHash, r.wave_hash AS waveHash, coalesce(c.state, 'new') AS state,
    coalesce(c.cause, '') AS cause, coalesce(c.note, '') AS note, coalesce(c.action, '') AS action,
    coalesce(c.owner, '') AS owner, c.due, coalesce(c.one_off, 0) AS oneOff, c.shift AS workedShift
  FROM alerts a JOIN forecast_runs r ON r.id = a.run_id
  LEFT JOIN alert_cases c ON c.channel = r.channel AND c.scheme_id = r.scheme_id AND c.quarter = r.target_quarter
    AND c.scope = a.scope AND c.indicator = a.indicator`;

export function addAlerts(db: WritableConnection, run: number, alerts: readonly NewAlert[]): void {
  const insert = db.prepare(
    `INSERT INTO alerts (run_id, rank, kind, scope, indicator, shift, expected, low, high, actual, p, detail)
     VALUES (@run, @rank, @kind, @scope, @indicator, @shift, @expected, @low, @high, @actual, @p, @detail)`,
  );
  for (const alert of alerts) insert.run({ run, ...alert });
}

/** The alerts of the runs that stand under a scheme, newest quarter first. */
export function listAlerts(db: ReadableConnection, scheme: number): AlertRow[] {
  return db
    .prepare<[number, number], AlertRow>(
      `${ALERT_SELECT} WHERE r.scheme_id = ? AND a.run_id IN
         (SELECT max(id) FROM forecast_runs WHERE scheme_id = ? GROUP BY channel, target_quarter)
       ORDER BY r.target_quarter DESC, r.channel, a.rank`,
    )
    .all(scheme, scheme);
}

export function findAlert(db: ReadableConnection, id: number): AlertRow | undefined {
  return db.prepare<[number], AlertRow>(`${ALERT_SELECT} WHERE a.id = ?`).get(id);
}

/** Where a case belongs, and the shift that it was made of. */
export type CaseKey = Pick<AlertRow, 'channel' | 'schemeId' | 'quarter' | 'scope' | 'indicator'>;

/** A case with the day on which it was last worked on. */
export type CaseRow = CaseKey & AlertCase & { shift: number | null; updatedAt: string };

/** Every case of a scheme, the newest quarter first. */
export function listCases(db: ReadableConnection, scheme: number): CaseRow[] {
  return db
    .prepare<[number], CaseRow>(
      `SELECT channel, scheme_id AS schemeId, quarter, scope, indicator, state, cause, note, action, owner, due,
         one_off AS oneOff, shift, updated_at AS updatedAt
       FROM alert_cases WHERE scheme_id = ? ORDER BY quarter DESC, channel, scope, indicator`,
    )
    .all(scheme);
}

/** Writes what a person makes of the place and quarter of an alert. */
export function writeCase(
  db: WritableConnection,
  alert: CaseKey & { shift: number | null },
  answered: AlertCase,
  at: string,
): void {
  db.prepare(
    `INSERT INTO alert_cases (channel, scheme_id, quarter, scope, indicator, state, cause, note, action, owner, due,
       one_off, shift, updated_at)
     VALUES (@channel, @schemeId, @quarter, @scope, @indicator, @state, @cause, @note, @action, @owner, @due, @oneOff,
       @shift, @at)
     ON CONFLICT DO UPDATE SET state = @state, cause = @cause, note = @note, action = @action, owner = @owner,
       due = @due, one_off = @oneOff, shift = @shift, updated_at = @at`,
  ).run({
    channel: alert.channel,
    schemeId: alert.schemeId,
    quarter: alert.quarter,
    scope: alert.scope,
    indicator: alert.indicator,
    ...answered,
    shift: alert.shift,
    at,
  });
}

/**
 * What fits of a channel leave out, in a fixed order. The shift is the one that people confirmed, which stays when the
 * quarter is judged again; of cases from before it was kept, the one that stands.
 */
export function listOneOffs(db: ReadableConnection, scheme: number, channel: Channel): OneOff[] {
  return db
    .prepare<[number, string], OneOff>(
      `SELECT c.quarter, c.scope, c.indicator, coalesce(round(c.shift, 2), (
         SELECT round(a.shift, 2) FROM alerts a JOIN forecast_runs r ON r.id = a.run_id
         WHERE r.scheme_id = c.scheme_id AND r.channel = c.channel AND r.target_quarter = c.quarter
           AND a.scope = c.scope AND a.indicator = c.indicator AND a.kind <> 'drift'
         ORDER BY r.id DESC LIMIT 1), 0) AS shift
       FROM alert_cases c WHERE c.scheme_id = ? AND c.channel = ? AND c.one_off = 1
       ORDER BY c.quarter, c.scope, c.indicator`,
    )
    .all(scheme, channel);
}
