// Studies as people keep them: waves with their fieldwork, questionnaire versions with their questions.
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';

export interface WaveRecord {
  id: number;
  studyId: number;
  questionnaireId: number;
  version: string;
  quarter: number;
  fieldworkFrom: string | null;
  fieldworkTo: string | null;
  /** Null: as the study. */
  provider: string | null;
  respondents: number;
  dealers: number;
  asked: number;
}

/** The waves that hold committed data, oldest first, with what came in. */
export function listWaveRecords(db: ReadableConnection): WaveRecord[] {
  return db
    .prepare<[], WaveRecord>(
      `WITH held AS (
         SELECT b.study_id, b.questionnaire_id, c.quarter,
           sum(iif(c.indicator_id = 0, c.n, 0)) AS respondents,
           count(DISTINCT iif(c.indicator_id = 0, c.dealer_id, NULL)) AS dealers,
           count(DISTINCT nullif(c.indicator_id, 0)) AS asked
         FROM cells c JOIN import_batches b ON b.id = c.batch_id AND b.state = 'committed'
         GROUP BY 1, 2, 3)
       SELECT w.id, w.study_id AS studyId, w.questionnaire_id AS questionnaireId, n.version, w.quarter,
         w.fieldwork_from AS fieldworkFrom, w.fieldwork_to AS fieldworkTo, w.provider,
         h.respondents, h.dealers, h.asked
       FROM waves w JOIN questionnaires n ON n.id = w.questionnaire_id
         JOIN held h ON h.study_id = w.study_id AND h.questionnaire_id = w.questionnaire_id AND h.quarter = w.quarter
       ORDER BY w.quarter, w.id`,
    )
    .all();
}

export interface WaveDescription {
  fieldworkFrom: string | null;
  fieldworkTo: string | null;
  provider: string | null;
}

export interface WaveSubject extends WaveDescription {
  study: string;
  quarter: number;
}

export function findWave(db: ReadableConnection, id: number): WaveSubject | undefined {
  return db
    .prepare<[number], WaveSubject>(
      `SELECT s.code AS study, w.quarter, w.fieldwork_from AS fieldworkFrom, w.fieldwork_to AS fieldworkTo, w.provider
       FROM waves w JOIN studies s ON s.id = w.study_id WHERE w.id = ?`,
    )
    .get(id);
}

export function describeWave(db: WritableConnection, id: number, to: WaveDescription): void {
  db.prepare('UPDATE waves SET fieldwork_from = ?, fieldwork_to = ?, provider = ? WHERE id = ?').run(
    to.fieldworkFrom,
    to.fieldworkTo,
    to.provider,
    id,
  );
}

export function nameStudy(
  db: WritableConnection,
  id: number,
  to: { nameZh: string; nameEn: string; provider: string },
): void {
  db.prepare('UPDATE studies SET name_zh = ?, name_en = ?, provider = ? WHERE id = ?').run(
    to.nameZh,
    to.nameEn,
    to.provider,
    id,
  );
}

/** Who made each wave of a channel, oldest first. */
export function listProviders(
  db: ReadableConnection,
  channel: Channel,
): { studyId: number; quarter: number; provider: string }[] {
  return db
    .prepare<[string], { studyId: number; quarter: number; provider: string }>(
      `SELECT s.id AS studyId, w.quarter, coalesce(w.provider, s.provider) AS provider
       FROM waves w JOIN studies s ON s.id = w.study_id WHERE s.channel = ? ORDER BY w.quarter, w.id`,
    )
    .all(channel);
}

export interface QuestionnaireRow {
  id: number;
  studyId: number;
  study: string;
  version: string;
  items: number;
  attributes: number;
  firstQuarter: number | null;
  lastQuarter: number | null;
}

const QUESTIONNAIRES = `SELECT n.id, n.study_id AS studyId, s.code AS study, n.version,
    (SELECT count(*) FROM questions q WHERE q.questionnaire_id = n.id AND q.role = 'item') AS items,
    (SELECT count(*) FROM questions q WHERE q.questionnaire_id = n.id AND q.role = 'attribute') AS attributes,
    (SELECT min(b.first_quarter) FROM import_batches b WHERE b.questionnaire_id = n.id AND b.state = 'committed')
      AS firstQuarter,
    (SELECT max(b.last_quarter) FROM import_batches b WHERE b.questionnaire_id = n.id AND b.state = 'committed')
      AS lastQuarter
  FROM questionnaires n JOIN studies s ON s.id = n.study_id`;

/** Questionnaire versions in the order in which they came into the field; those without data last. */
export function listQuestionnaires(db: ReadableConnection): QuestionnaireRow[] {
  return db
    .prepare<[], QuestionnaireRow>(
      `${QUESTIONNAIRES} ORDER BY n.study_id, firstQuarter IS NULL, firstQuarter, n.id`,
    )
    .all();
}

export function findQuestionnaire(db: ReadableConnection, id: number): QuestionnaireRow | undefined {
  return db.prepare<[number], QuestionnaireRow>(`${QUESTIONNAIRES} WHERE n.id = ?`).get(id);
}

/** The mapping of the last committed file of a questionnaire. */
export function latestMapping(db: ReadableConnection, questionnaire: number): string | undefined {
  return db
    .prepare<[number], string>(
      `SELECT mapping FROM import_batches WHERE questionnaire_id = ? AND state = 'committed'
       ORDER BY last_quarter DESC, id DESC LIMIT 1`,
    )
    .pluck()
    .get(questionnaire);
}

export interface QuestionRow {
  id: number;
  questionnaireId: number;
  code: string;
  role: 'item' | 'attribute';
  labelZh: string;
  labelEn: string;
  min: number | null;
  max: number | null;
  reversed: number;
  /** JSON list. */
  missingCodes: string;
  /** JSON: answer code to its label in both languages. */
  valueLabels: string;
  multiple: number;
  attributeGroup: string | null;
}

const QUESTIONS = `SELECT id, questionnaire_id AS questionnaireId, code, role, label_zh AS labelZh, label_en AS labelEn,
    scale_min AS min, scale_max AS max, reversed, missing_codes AS missingCodes, value_labels AS valueLabels, multiple,
    attribute_group AS attributeGroup FROM questions`;

export function listQuestions(db: ReadableConnection, questionnaire: number): QuestionRow[] {
  return db
    .prepare<[number], QuestionRow>(`${QUESTIONS} WHERE questionnaire_id = ? ORDER BY id`)
    .all(questionnaire);
}

export function findQuestion(db: ReadableConnection, id: number): QuestionRow | undefined {
  return db.prepare<[number], QuestionRow>(`${QUESTIONS} WHERE id = ?`).get(id);
}

/** What a question and its answers are called; nothing that a figure rests on. */
export function describeQuestion(
  db: WritableConnection,
  id: number,
  to: { labelZh: string; labelEn: string; valueLabels: string; attributeGroup: string | null },
): void {
  db.prepare(
    'UPDATE questions SET label_zh = ?, label_en = ?, value_labels = ?, attribute_group = ? WHERE id = ?',
  ).run(to.labelZh, to.labelEn, to.valueLabels, to.attributeGroup, id);
}
