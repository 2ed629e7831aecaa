// Studies, the versions of their questionnaires and their waves.
import type { Channel, StudyMapping } from '../../../shared/domain/study-mapping.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';

export interface StudyRow {
  id: number;
  code: string;
  channel: Channel;
  kind: 'responses' | 'scores';
  nameZh: string;
  nameEn: string;
  provider: string;
  respondentSd100: number | null;
  windowQuarters: number;
}

const STUDY_COLUMNS = `id, code, channel, kind, name_zh AS nameZh, name_en AS nameEn, provider,
  respondent_sd100 AS respondentSd100, window_quarters AS windowQuarters`;

export function listStudies(db: ReadableConnection): StudyRow[] {
  return db.prepare<[], StudyRow>(`SELECT ${STUDY_COLUMNS} FROM studies ORDER BY id`).all();
}

/** Quarters that one score of a channel covers: 1, or more where a study's windows roll. */
export function windowOf(db: ReadableConnection, channel: Channel): number {
  return Math.max(
    1,
    ...listStudies(db).flatMap((study) => (study.channel === channel ? [study.windowQuarters] : [])),
  );
}

export function findStudy(db: ReadableConnection, code: string): StudyRow | undefined {
  return db.prepare<[string], StudyRow>(`SELECT ${STUDY_COLUMNS} FROM studies WHERE code = ?`).get(code);
}

export function addStudy(
  db: WritableConnection,
  { study, kind }: Pick<StudyMapping, 'study' | 'kind'>,
): number {
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO studies (code, channel, kind, name_zh, name_en, provider, respondent_sd100, window_quarters)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      study.code,
      study.channel,
      kind,
      study.name.zh,
      study.name.en,
      study.provider,
      study.respondentSd100 ?? null,
      study.windowQuarters,
    );
  return Number(lastInsertRowid);
}

/** Describes a study anew; only while it holds no data, because its figures rest on what is said here. */
export function redescribeStudy(db: WritableConnection, id: number, { study, kind }: StudyMapping): void {
  db.prepare(
    `UPDATE studies SET channel = ?, kind = ?, name_zh = ?, name_en = ?, provider = ?, respondent_sd100 = ?,
       window_quarters = ? WHERE id = ?`,
  ).run(
    study.channel,
    kind,
    study.name.zh,
    study.name.en,
    study.provider,
    study.respondentSd100 ?? null,
    study.windowQuarters,
    id,
  );
}

/** True when a committed batch rests on the study. */
export function studyHasData(db: ReadableConnection, id: number): boolean {
  return (
    db
      .prepare<[number], number>("SELECT 1 FROM import_batches WHERE study_id = ? AND state = 'committed'")
      .pluck()
      .get(id) !== undefined
  );
}

/** The questionnaire of a study by its version, made when new. */
export function ensureQuestionnaire(db: WritableConnection, study: number, version: string): number {
  const known = db
    .prepare<[number, string], { id: number }>(
      'SELECT id FROM questionnaires WHERE study_id = ? AND version = ?',
    )
    .get(study, version);
  if (known) return known.id;
  const made = db.prepare('INSERT INTO questionnaires (study_id, version) VALUES (?, ?)').run(study, version);
  return Number(made.lastInsertRowid);
}

export function recordWave(
  db: WritableConnection,
  batch: number,
  study: number,
  questionnaire: number,
  quarter: number,
): void {
  db.prepare(
    'INSERT OR IGNORE INTO waves (batch_id, study_id, questionnaire_id, quarter) VALUES (?, ?, ?, ?)',
  ).run(batch, study, questionnaire, quarter);
}

export interface WaveRow {
  channel: Channel;
  studyId: number;
  questionnaireId: number;
  version: string;
  quarter: number;
}

/** The waves that hold committed data, oldest first. */
export function listWaves(db: ReadableConnection): WaveRow[] {
  return db
    .prepare<[], WaveRow>(
      `SELECT DISTINCT s.channel AS channel, s.id AS studyId, n.id AS questionnaireId, n.version AS version,
         c.quarter AS quarter
       FROM cells c
       JOIN import_batches b ON b.id = c.batch_id AND b.state = 'committed'
       JOIN studies s ON s.id = b.study_id
       JOIN questionnaires n ON n.id = b.questionnaire_id
       WHERE c.indicator_id = 0
       ORDER BY c.quarter, n.id`,
    )
    .all();
}
