// What the engine made from the data: forecast runs, alerts, plans, report batches; each with what it rests on.
import type { SeriesOutcome } from '../../../shared/domain/alert/test-words.ts';
import type { RefusalReason } from '../../../shared/domain/forecast/panel.ts';
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
  /** Fingerprints of the data before the forecast quarter and of the quarter's own. */
  historyHash: string;
  waveHash: string;
}

const RUN_COLUMNS = `id, channel, scheme_id AS schemeId, target_quarter AS targetQuarter, weight_set_id AS weightSetId,
  data_version AS dataVersion, method_version AS methodVersion, parameters, created_at AS createdAt,
  history_hash AS historyHash, wave_hash AS waveHash`;

export function addForecastRun(db: WritableConnection, run: Omit<ForecastRunRow, 'id'>): number {
  const made = db
    .prepare(
      `INSERT INTO forecast_runs (channel, scheme_id, target_quarter, weight_set_id, data_version, method_version,
         parameters, created_at, history_hash, wave_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
      run.historyHash,
      run.waveHash,
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

/** Removes earlier runs of the same channel, scheme and quarter. */
export function dropSupersededRuns(db: WritableConnection, keep: number): void {
  db.prepare(
    `DELETE FROM forecast_runs WHERE id < @keep
       AND (channel, scheme_id, target_quarter) = (SELECT channel, scheme_id, target_quarter FROM forecast_runs WHERE id = @keep)`,
  ).run({ keep });
}

export function deleteForecastRun(db: WritableConnection, id: number): void {
  db.prepare('DELETE FROM forecast_runs WHERE id = ?').run(id);
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
  /** Share of the explanation that the named curve carries, 0-1. */
  curveWeight: number;
  history: number;
  flags: string;
  /** The drawn curve in the quarters before the forecast, hundredths of a point; read with `fittedValues`. */
  fitted: Buffer;
  /** What became of it when its quarter came; null while it has not. */
  outcome: SeriesOutcome | null;
  /** Chance of as large a surprise, corrected for all tests; null where it was not tested. */
  chance: number | null;
}

const FORECAST_COLUMNS = `scope, indicator, point, low80, high80, low95, high95, sd, curve,
  curve_weight AS curveWeight, history, flags, fitted, outcome, chance`;

/** Packs a drawn curve, oldest first. */
export function packFitted(values: readonly number[]): Buffer {
  const packed = Buffer.alloc(values.length * 2);
  values.forEach((value, i) => {
    packed.writeInt16LE(Math.round(Math.max(-300, Math.min(300, value || 0)) * 100), i * 2);
  });
  return packed;
}

/** The drawn curve, oldest first; empty for a forecast that kept none. */
export function fittedValues(fitted: Buffer): number[] {
  return Array.from({ length: fitted.length / 2 }, (_, i) => fitted.readInt16LE(i * 2) / 100);
}

export function addForecasts(db: WritableConnection, run: number, rows: Iterable<ForecastRowStored>): void {
  const insert = db.prepare(
    `INSERT INTO forecasts (run_id, scope, indicator, point, low80, high80, low95, high95, sd, curve, curve_weight,
       history, flags, fitted, outcome, chance) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
      f.curveWeight,
      f.history,
      f.flags,
      f.fitted,
      f.outcome,
      f.chance,
    );
}

/** All series of a run, or those of one indicator. */
export function listForecasts(db: ReadableConnection, run: number, indicator?: string): ForecastRowStored[] {
  const select = `SELECT ${FORECAST_COLUMNS} FROM forecasts WHERE run_id = ?`;
  return indicator === undefined
    ? db.prepare<[number], ForecastRowStored>(select).all(run)
    : db.prepare<[number, string], ForecastRowStored>(`${select} AND indicator = ?`).all(run, indicator);
}

/** How many series of a run came to which outcome; those of a quarter without data are none. */
export function countOutcomes(
  db: ReadableConnection,
  run: number,
): { outcome: SeriesOutcome; series: number }[] {
  return db
    .prepare<[number], { outcome: SeriesOutcome; series: number }>(
      `SELECT outcome, count(*) AS series FROM forecasts WHERE run_id = ? AND outcome IS NOT NULL
       GROUP BY outcome ORDER BY series DESC, outcome`,
    )
    .all(run);
}

/** Every scope that a run forecast or refused. */
export function listRunScopes(db: ReadableConnection, run: number): string[] {
  return db
    .prepare<[number, number], { scope: string }>(
      'SELECT scope FROM forecasts WHERE run_id = ? UNION SELECT scope FROM forecast_refusals WHERE run_id = ?',
    )
    .all(run, run)
    .map(({ scope }) => scope);
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

/** A series without a forecast, and why. */
export interface RefusalStored {
  scope: string;
  indicator: string;
  reason: RefusalReason;
}

export function addRefusals(db: WritableConnection, run: number, rows: Iterable<RefusalStored>): void {
  const insert = db.prepare(
    'INSERT INTO forecast_refusals (run_id, scope, indicator, reason) VALUES (?, ?, ?, ?)',
  );
  for (const { scope, indicator, reason } of rows) insert.run(run, scope, indicator, reason);
}

export function listRefusals(db: ReadableConnection, run: number, indicator?: string): RefusalStored[] {
  const select = 'SELECT scope, indicator, reason FROM forecast_refusals WHERE run_id = ?';
  return indicator === undefined
    ? db.prepare<[number], RefusalStored>(select).all(run)
    : db.prepare<[number, string], RefusalStored>(`${select} AND indicator = ?`).all(run, indicator);
}

export function findRefusal(
  db: ReadableConnection,
  run: number,
  scope: string,
  indicator: string,
): RefusalReason | undefined {
  return db
    .prepare<[number, string, string], { reason: RefusalReason }>(
      'SELECT reason FROM forecast_refusals WHERE run_id = ? AND scope = ? AND indicator = ?',
    )
    .get(run, scope, indicator)?.reason;
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
