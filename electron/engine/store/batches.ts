// Import batches, their reported scores, and the additive cells that every figure is rolled up from.
import { createHash } from 'node:crypto';
import type { CellStatistics } from '../../../shared/domain/cell.ts';
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';
import { forgetImport } from './import-memory.ts';

/** Indicator id under which the respondents themselves are counted. */
export const BASE_INDICATOR = 0;

export interface BatchRow {
  id: number;
  sequence: number;
  state: 'committed' | 'undone';
  study: string;
  nameZh: string;
  nameEn: string;
  channel: Channel;
  questionnaire: string;
  fileName: string;
  sha256: string;
  rowsRead: number;
  rowsLoaded: number;
  rowsRejected: number;
  firstQuarter: number | null;
  lastQuarter: number | null;
  createdAt: string;
  undoneAt: string | null;
  /** Version of the indicator tree that it made. */
  treeVersion: number | null;
}

const BATCH_SELECT = `SELECT b.id, b.sequence, b.state, s.code AS study, s.name_zh AS nameZh, s.name_en AS nameEn,
    s.channel, n.version AS questionnaire, b.file_name AS fileName, b.sha256, b.rows_read AS rowsRead,
    b.rows_loaded AS rowsLoaded, b.rows_rejected AS rowsRejected, b.first_quarter AS firstQuarter,
    b.last_quarter AS lastQuarter, b.created_at AS createdAt, b.undone_at AS undoneAt,
    (SELECT max(w.version) FROM weight_sets w WHERE w.batch_id = b.id AND w.version > 1) AS treeVersion
  FROM import_batches b JOIN studies s ON s.id = b.study_id JOIN questionnaires n ON n.id = b.questionnaire_id`;

export function listBatches(db: ReadableConnection): BatchRow[] {
  return db.prepare<[], BatchRow>(`${BATCH_SELECT} ORDER BY b.sequence DESC`).all();
}

export function findBatch(db: ReadableConnection, id: number): BatchRow | undefined {
  return db.prepare<[number], BatchRow>(`${BATCH_SELECT} WHERE b.id = ?`).get(id);
}

/** The committed batch that was made from a file with this content under this study, if any. */
export function findBatchByContent(
  db: ReadableConnection,
  sha256: string,
  study: string,
): BatchRow | undefined {
  return db
    .prepare<[string, string], BatchRow>(
      `${BATCH_SELECT} WHERE b.sha256 = ? AND s.code = ? AND b.state = 'committed'`,
    )
    .get(sha256, study);
}

export interface NewBatch {
  study: number;
  questionnaire: number;
  fileName: string;
  sha256: string;
  mapping: string;
  rowsRead: number;
  rowsLoaded: number;
  rowsRejected: number;
  firstQuarter: number;
  lastQuarter: number;
  halo: number | null;
  at: string;
}

/** A batch as part of the figures, with its place in the order of acknowledgement. */
export function addBatch(db: WritableConnection, batch: NewBatch): number {
  const made = db
    .prepare(
      `INSERT INTO import_batches (state, study_id, questionnaire_id, file_name, sha256, mapping, rows_read, rows_loaded,
         rows_rejected, first_quarter, last_quarter, halo, created_at)
       VALUES ('committed', @study, @questionnaire, @fileName, @sha256, @mapping, @rowsRead, @rowsLoaded,
         @rowsRejected, @firstQuarter, @lastQuarter, @halo, @at)`,
    )
    .run({ ...batch });
  const id = Number(made.lastInsertRowid);
  const sequence = acknowledge(db, id, 'commit', batch.at);
  db.prepare('UPDATE import_batches SET sequence = ? WHERE id = ?').run(sequence, id);
  return id;
}

/** Adds a link to the chain of confirmed steps; its hash covers every step before it. */
function acknowledge(db: WritableConnection, batch: number, action: 'commit' | 'undo', at: string): number {
  const { seq, hash } = lastBatch(db);
  const content = db
    .prepare<[number], { sha256: string }>('SELECT sha256 FROM import_batches WHERE id = ?')
    .get(batch)!;
  const next = createHash('sha256').update(`${hash} ${action} ${batch} ${content.sha256}`).digest('hex');
  db.prepare('INSERT INTO acknowledgements (seq, batch_id, action, hash, at) VALUES (?, ?, ?, ?, ?)').run(
    seq + 1,
    batch,
    action,
    next,
    at,
  );
  return seq + 1;
}

/** What an import may bring beside its facts, in the order of removal, and the keys that something else rests on. */
const BROUGHT = [
  {
    table: 'region_members',
    key: 'city_id',
    resting: 'SELECT city_id FROM dealers WHERE id IN (SELECT dealer_id FROM cells)',
  },
  {
    table: 'dealers',
    key: 'id',
    resting: `SELECT dealer_id FROM cells UNION SELECT dealer_id FROM dealer_stays
      UNION SELECT successor_id FROM dealers WHERE successor_id IS NOT NULL`,
  },
  { table: 'regions', key: 'id', resting: 'SELECT region_id FROM region_members' },
  {
    table: 'region_schemes',
    key: 'id',
    resting: `SELECT scheme_id FROM regions UNION SELECT scheme_id FROM forecast_runs
      UNION SELECT scheme_id FROM plans UNION SELECT scheme_id FROM report_batches`,
  },
  {
    table: 'cities',
    key: 'id',
    resting: `SELECT city_id FROM dealers UNION SELECT city_id FROM region_members
      UNION SELECT city_id FROM dealer_stays
      UNION SELECT recorded_city_id FROM dealers WHERE recorded_city_id IS NOT NULL`,
  },
  { table: 'provinces', key: 'id', resting: 'SELECT province_id FROM cities' },
  {
    table: 'waves',
    key: 'id',
    resting: `SELECT w.id FROM waves w JOIN import_batches b ON b.questionnaire_id = w.questionnaire_id
      JOIN cells c ON c.batch_id = b.id AND c.quarter = w.quarter`,
  },
  {
    table: 'questions',
    key: 'id',
    resting: `SELECT q.id FROM questions q
      JOIN import_batches b ON b.questionnaire_id = q.questionnaire_id AND b.state = 'committed'
      JOIN json_each(b.mapping, iif(q.role = 'item', '$.items', '$.attributes')) m
        ON q.code = iif(q.role = 'item', m.value ->> '$.indicator', m.value ->> '$.code')`,
  },
  {
    table: 'weight_sets',
    key: 'id',
    // A later import that found all its weights there brought none of its own.
    resting: `SELECT weight_set_id FROM forecast_runs UNION SELECT weight_set_id FROM plans
      UNION SELECT w.id FROM weight_sets w JOIN import_batches b ON b.id > w.batch_id AND b.state = 'committed'`,
  },
  {
    table: 'indicators',
    key: 'id',
    resting: `SELECT indicator_id FROM questions WHERE indicator_id IS NOT NULL
      UNION SELECT indicator_id FROM indicator_weights
      UNION SELECT parent_id FROM indicator_weights WHERE parent_id IS NOT NULL
      UNION SELECT parent_id FROM indicators WHERE parent_id IS NOT NULL`,
  },
] as const;

/** Takes a batch's facts and cells out; its row stays as the record that it was there. */
export function removeFacts(db: WritableConnection, batch: number, at: string): void {
  for (const table of ['response_chunks', 'reported_scores', 'people', 'service_visits', 'cells'])
    db.prepare(`DELETE FROM ${table} WHERE batch_id = ?`).run(batch);
  db.prepare("UPDATE import_batches SET state = 'undone', undone_at = ? WHERE id = ?").run(at, batch);
  forgetImport(db, batch);
  removeBrought(db);
  acknowledge(db, batch, 'undo', at);
}

export interface ReportedScoreRow {
  quarter: number;
  dealer: number;
  question: number;
  scoreNative: number;
  n: number;
  sdNative: number | null;
  sourceRow: number;
}

export function addReportedScores(
  db: WritableConnection,
  batch: number,
  rows: readonly ReportedScoreRow[],
): void {
  const insert = db.prepare(
    `INSERT INTO reported_scores (batch_id, quarter, dealer_id, question_id, score_native, n, sd_native, source_row)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const row of rows)
    insert.run(
      batch,
      row.quarter,
      row.dealer,
      row.question,
      row.scoreNative,
      row.n,
      row.sdNative,
      row.sourceRow,
    );
}

/** `dealer question` of every committed score of a study in a quarter; the question by its code. */
export function listReportedKeys(db: ReadableConnection, study: string, quarter: number): Set<string> {
  const keys = db
    .prepare<[string, number], string>(
      `SELECT r.dealer_id || ' ' || q.code
       FROM reported_scores r JOIN import_batches b ON b.id = r.batch_id JOIN studies s ON s.id = b.study_id
         JOIN questions q ON q.id = r.question_id
       WHERE b.state = 'committed' AND s.code = ? AND r.quarter = ?`,
    )
    .pluck()
    .all(study, quarter);
  return new Set(keys);
}

export interface CellRow extends CellStatistics {
  dealer: number;
  indicator: number;
  quarter: number;
}

export function addCells(db: WritableConnection, batch: number, cells: Iterable<CellRow>): void {
  const insert = db.prepare(
    `INSERT INTO cells (batch_id, dealer_id, indicator_id, quarter, n, sum_w, sum_w2, sum_wx, sum_wx2)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const cell of cells)
    insert.run(
      batch,
      cell.dealer,
      cell.indicator,
      cell.quarter,
      cell.n,
      cell.sumW,
      cell.sumW2,
      cell.sumWX,
      cell.sumWX2,
    );
}

/** dealer, indicator, quarter, n, sumW, sumW2, sumWX, sumWX2 of every committed cell of a channel. */
export type CellTuple = [number, number, number, number, number, number, number, number];

export function iterateCells(db: ReadableConnection, channel: Channel): IterableIterator<CellTuple> {
  return db
    .prepare<[string], CellTuple>(
      `SELECT c.dealer_id, c.indicator_id, c.quarter, c.n, c.sum_w, c.sum_w2, c.sum_wx, c.sum_wx2
       FROM cells c JOIN import_batches b ON b.id = c.batch_id JOIN studies s ON s.id = b.study_id
       WHERE b.state = 'committed' AND s.channel = ?`,
    )
    .raw()
    .iterate(channel);
}

/** The same of some batches, in the order of the table. */
export function iterateBatchCells(
  db: ReadableConnection,
  batches: readonly number[],
): IterableIterator<CellTuple> {
  return db
    .prepare<[string], CellTuple>(
      `SELECT dealer_id, indicator_id, quarter, n, sum_w, sum_w2, sum_wx, sum_wx2 FROM cells
       WHERE batch_id IN (SELECT value FROM json_each(?))`,
    )
    .raw()
    .iterate(JSON.stringify(batches));
}

/** Base-weighted mean inter-item correlation of a channel; null where no study holds responses. */
export function meanHalo(db: ReadableConnection, channel: Channel): number | null {
  const row = db
    .prepare<[string], { halo: number | null }>(
      `SELECT sum(b.halo * b.rows_loaded) / sum(b.rows_loaded) AS halo
       FROM import_batches b JOIN studies s ON s.id = b.study_id
       WHERE b.state = 'committed' AND b.halo IS NOT NULL AND s.channel = ?`,
    )
    .get(channel);
  return row?.halo ?? null;
}

export interface Counts {
  studies: number;
  batches: number;
  responses: number;
  reportedScores: number;
  dealers: number;
}

export function countFacts(db: ReadableConnection): Counts {
  return db
    .prepare<[], Counts>(
      `SELECT (SELECT count(DISTINCT study_id) FROM import_batches WHERE state = 'committed') AS studies,
         (SELECT count(*) FROM import_batches WHERE state = 'committed') AS batches,
         (SELECT coalesce(sum(r.rows), 0) FROM response_chunks r JOIN import_batches b ON b.id = r.batch_id
            WHERE b.state = 'committed') AS responses,
         (SELECT count(*) FROM reported_scores r JOIN import_batches b ON b.id = r.batch_id
            WHERE b.state = 'committed') AS reportedScores,
         (SELECT count(*) FROM dealers WHERE pooled = 0) AS dealers`,
    )
    .get()!;
}

/**
 * What undone batches brought and nothing rests on any more, whichever of them brought it: a dealer of the first
 * batch that the second one used goes with the second. Indicators may hang under each other, so their line runs
 * until it removes nothing more.
 */
function removeBrought(db: WritableConnection): void {
  for (const { table, key, resting } of BROUGHT) {
    const remove = db.prepare(
      `DELETE FROM ${table} WHERE ${key} NOT IN (${resting})
         AND batch_id IN (SELECT id FROM import_batches WHERE state = 'undone')`,
    );
    while (remove.run().changes > 0 && table === 'indicators');
  }
}

/** The last confirmed step; sequence 0 before the first. */
export function lastBatch(db: ReadableConnection): { seq: number; hash: string } {
  return (
    db
      .prepare<[], { seq: number; hash: string }>(
        'SELECT seq, hash FROM acknowledgements ORDER BY seq DESC LIMIT 1',
      )
      .get() ?? { seq: 0, hash: '' }
  );
}

/** The last acknowledged step, as a watermark or a backup keeps it; undefined while there is none. */
export function acknowledgedBatch(db: ReadableConnection): { seq: number; hash: string } | undefined {
  const last = lastBatch(db);
  return last.seq > 0 ? last : undefined;
}

/** The hash that a confirmed step had. */
export function batchHash(db: ReadableConnection, seq: number): string | undefined {
  return db.prepare<[number], string>('SELECT hash FROM acknowledgements WHERE seq = ?').pluck().get(seq);
}
