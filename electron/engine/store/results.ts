// What the engine made from the data: forecast runs, alerts, plans, report batches; each with what it rests on.
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';

export interface ForecastRunRow {
  id: number;
  channel: Channel;
  schemeId: number;
  targetQuarter: number;
  weightSetId: number;
  dataVersion: number;
  methodVersion: string;
  parameters: string;
  createdAt: string;
}

const RUN_COLUMNS = `id, channel, scheme_id AS schemeId, target_quarter AS targetQuarter, weight_set_id AS weightSetId,
  data_version AS dataVersion, method_version AS methodVersion, parameters, created_at AS createdAt`;

export function addForecastRun(db: WritableConnection, run: Omit<ForecastRunRow, 'id'>): number {
  const made = db
    .prepare(
      `INSERT INTO forecast_runs (channel, scheme_id, target_quarter, weight_set_id, data_version, method_version,
         parameters, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      run.channel,
      run.schemeId,
      run.targetQuarter,
      run.weightSetId,
      run.dataVersion,
      run.methodVersion,
      run.parameters,
      run.createdAt,
    );
  return Number(made.lastInsertRowid);
}

/** The runs that stand: the newest of each channel and target quarter under a scheme. */
export function listStandingRuns(db: ReadableConnection, scheme: number): ForecastRunRow[] {
  return db
    .prepare<[number], ForecastRunRow>(
      `SELECT ${RUN_COLUMNS} FROM forecast_runs
       WHERE id IN (SELECT max(id) FROM forecast_runs WHERE scheme_id = ? GROUP BY channel, target_quarter)
       ORDER BY target_quarter, channel`,
    )
    .all(scheme);
}

/** Removes earlier runs of the same channel, scheme and quarter that no alert with a person's work hangs on. */
export function dropSupersededRuns(db: WritableConnection, keep: number): void {
  db.prepare(
    `DELETE FROM forecast_runs WHERE id < @keep
       AND (channel, scheme_id, target_quarter) = (SELECT channel, scheme_id, target_quarter FROM forecast_runs WHERE id = @keep)
       AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.run_id = forecast_runs.id AND (a.state <> 'new' OR a.note <> ''))`,
  ).run({ keep });
}

export interface ForecastRowStored {
  scope: string;
  indicator: string;
  point: number;
  low80: number;
  high80: number;
  low95: number;
  high95: number;
  sd: number;
  curve: string;
  history: number;
  flags: string;
}

const FORECAST_COLUMNS = 'scope, indicator, point, low80, high80, low95, high95, sd, curve, history, flags';

export function addForecasts(db: WritableConnection, run: number, rows: Iterable<ForecastRowStored>): void {
  const insert = db.prepare(
    `INSERT INTO forecasts (run_id, ${FORECAST_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const f of rows)
    insert.run(
      run,
      f.scope,
      f.indicator,
      f.point,
      f.low80,
      f.high80,
      f.low95,
      f.high95,
      f.sd,
      f.curve,
      f.history,
      f.flags,
    );
}

export function listForecasts(db: ReadableConnection, run: number): ForecastRowStored[] {
  return db
    .prepare<[number], ForecastRowStored>(`SELECT ${FORECAST_COLUMNS} FROM forecasts WHERE run_id = ?`)
    .all(run);
}

export function findForecast(
  db: ReadableConnection,
  run: number,
  scope: string,
  indicator: string,
): ForecastRowStored | undefined {
  return db
    .prepare<[number, string, string], ForecastRowStored>(
      `SELECT ${FORECAST_COLUMNS} FROM forecasts WHERE run_id = ? AND scope = ? AND indicator = ?`,
    )
    .get(run, scope, indicator);
}

export interface AlertRow {
  id: number;
  runId: number;
  channel: Channel;
  schemeId: number;
  quarter: number;
  rank: number;
  kind: string;
  scope: string;
  indicator: string;
  shift: number;
  expected: number;
  low: number;
  high: number;
  actual: number;
  p: number;
  detail: string;
  state: 'new' | 'acknowledged' | 'explained' | 'closed';
  note: string;
}

const ALERT_SELECT = `SELECT a.id, a.run_id AS runId, r.channel, r.scheme_id AS schemeId, r.target_quarter AS quarter,
    a.rank, a.kind, a.scope, a.indicator, a.shift, a.expected, a.low, a.high, a.actual, a.p, a.detail, a.state, a.note
  FROM alerts a JOIN forecast_runs r ON r.id = a.run_id`;

export type NewAlert = Omit<AlertRow, 'id' | 'runId' | 'channel' | 'schemeId' | 'quarter'>;

/** Adds the alerts of a run; a person's state and note on the same place and quarter are carried over. */
export function addAlerts(db: WritableConnection, run: ForecastRunRow, alerts: readonly NewAlert[]): void {
  const earlier = db.prepare<[string, number, number, string, string], { state: string; note: string }>(
    `SELECT a.state, a.note FROM alerts a JOIN forecast_runs r ON r.id = a.run_id
     WHERE r.channel = ? AND r.scheme_id = ? AND r.target_quarter = ? AND a.scope = ? AND a.indicator = ?
     ORDER BY a.id DESC LIMIT 1`,
  );
  const insert = db.prepare(
    `INSERT INTO alerts (run_id, rank, kind, scope, indicator, shift, expected, low, high, actual, p, detail, state, note)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const a of alerts) {
    const before = earlier.get(run.channel, run.schemeId, run.targetQuarter, a.scope, a.indicator);
    insert.run(
      run.id,
      a.rank,
      a.kind,
      a.scope,
      a.indicator,
      a.shift,
      a.expected,
      a.low,
      a.high,
      a.actual,
      a.p,
      a.detail,
      before?.state ?? a.state,
      before?.note ?? a.note,
    );
  }
}

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

export function updateAlert(db: WritableConnection, id: number, state: string, note: string): void {
  db.prepare('UPDATE alerts SET state = ?, note = ? WHERE id = ?').run(state, note, id);
}

export interface PlanRow {
  id: number;
  name: string;
  year: number;
  channel: Channel;
  schemeId: number;
  method: string;
  state: 'draft' | 'approved' | 'assessed';
  input: string;
  result: string;
  dataVersion: number;
  createdAt: string;
  approvedAt: string | null;
}

const PLAN_COLUMNS = `id, name, year, channel, scheme_id AS schemeId, method, state, input, result,
  data_version AS dataVersion, created_at AS createdAt, approved_at AS approvedAt`;

export function addPlan(
  db: WritableConnection,
  plan: Omit<PlanRow, 'id' | 'state' | 'approvedAt'> & { weightSetId: number },
): number {
  const made = db
    .prepare(
      `INSERT INTO plans (name, year, channel, scheme_id, weight_set_id, data_version, method, input, result, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      plan.name,
      plan.year,
      plan.channel,
      plan.schemeId,
      plan.weightSetId,
      plan.dataVersion,
      plan.method,
      plan.input,
      plan.result,
      plan.createdAt,
    );
  return Number(made.lastInsertRowid);
}

export function listPlans(db: ReadableConnection): PlanRow[] {
  return db.prepare<[], PlanRow>(`SELECT ${PLAN_COLUMNS} FROM plans ORDER BY id DESC`).all();
}

export function findPlan(db: ReadableConnection, id: number): PlanRow | undefined {
  return db.prepare<[number], PlanRow>(`SELECT ${PLAN_COLUMNS} FROM plans WHERE id = ?`).get(id);
}

export function approvePlan(db: WritableConnection, id: number, at: string): void {
  db.prepare("UPDATE plans SET state = 'approved', approved_at = ? WHERE id = ?").run(at, id);
}

export function deletePlan(db: WritableConnection, id: number): void {
  db.prepare('DELETE FROM plans WHERE id = ?').run(id);
}

export interface ReportBatchRow {
  id: number;
  quarter: number;
  schemeId: number;
  folder: string;
  parameters: string;
  dataVersion: number;
  state: 'running' | 'complete' | 'partial' | 'cancelled';
  made: number;
  failed: number;
  total: number;
  createdAt: string;
  finishedAt: string | null;
}

const REPORT_COLUMNS = `id, quarter, scheme_id AS schemeId, folder, parameters, data_version AS dataVersion, state, made,
  failed, total, created_at AS createdAt, finished_at AS finishedAt`;

export function addReportBatch(
  db: WritableConnection,
  batch: Pick<
    ReportBatchRow,
    'quarter' | 'schemeId' | 'folder' | 'parameters' | 'dataVersion' | 'total' | 'createdAt'
  >,
): number {
  const made = db
    .prepare(
      `INSERT INTO report_batches (quarter, scheme_id, folder, parameters, data_version, state, total, created_at)
       VALUES (?, ?, ?, ?, ?, 'running', ?, ?)`,
    )
    .run(
      batch.quarter,
      batch.schemeId,
      batch.folder,
      batch.parameters,
      batch.dataVersion,
      batch.total,
      batch.createdAt,
    );
  return Number(made.lastInsertRowid);
}

export function finishReportBatch(
  db: WritableConnection,
  id: number,
  outcome: Pick<ReportBatchRow, 'state' | 'made' | 'failed'> & { at: string },
): void {
  db.prepare('UPDATE report_batches SET state = ?, made = ?, failed = ?, finished_at = ? WHERE id = ?').run(
    outcome.state,
    outcome.made,
    outcome.failed,
    outcome.at,
    id,
  );
}

/** A batch that was running when the engine died is partial: it can be resumed. */
export function markInterruptedReports(db: WritableConnection): void {
  db.prepare("UPDATE report_batches SET state = 'partial' WHERE state = 'running'").run();
}

export function listReportBatches(db: ReadableConnection): ReportBatchRow[] {
  return db
    .prepare<[], ReportBatchRow>(`SELECT ${REPORT_COLUMNS} FROM report_batches ORDER BY id DESC`)
    .all();
}

export function findReportBatch(db: ReadableConnection, id: number): ReportBatchRow | undefined {
  return db
    .prepare<[number], ReportBatchRow>(`SELECT ${REPORT_COLUMNS} FROM report_batches WHERE id = ?`)
    .get(id);
}

/** Runs of a channel made since an instant, with their number of alerts. */
export function listForecastRunsSince(
  db: ReadableConnection,
  channel: Channel,
  since: string,
): { id: number; alerts: number }[] {
  return db
    .prepare<[string, string], { id: number; alerts: number }>(
      `SELECT r.id, (SELECT count(*) FROM alerts a WHERE a.run_id = r.id) AS alerts
       FROM forecast_runs r WHERE r.channel = ? AND r.created_at >= ?`,
    )
    .all(channel, since);
}
