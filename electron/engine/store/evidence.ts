// Where figures come from: the files of a channel's quarter, what they asked, and the lines of reported scores.
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import type { ReadableConnection } from './connection.ts';

export interface SourceFile {
  batchId: number;
  fileName: string;
  studyZh: string;
  studyEn: string;
  kind: 'responses' | 'scores';
  questionnaireId: number;
}

/** The committed files of a channel that may hold rows of a quarter, in the order of import. */
export function listSourceFiles(db: ReadableConnection, channel: Channel, quarter: number): SourceFile[] {
  return db
    .prepare<[string, number, number], SourceFile>(
      `SELECT b.id AS batchId, b.file_name AS fileName, s.name_zh AS studyZh, s.name_en AS studyEn, s.kind,
         b.questionnaire_id AS questionnaireId
       FROM import_batches b JOIN studies s ON s.id = b.study_id
       WHERE b.state = 'committed' AND s.channel = ? AND b.first_quarter <= ? AND b.last_quarter >= ?
       ORDER BY b.id`,
    )
    .all(channel, quarter, quarter);
}

export interface ChannelFile {
  batchId: number;
  kind: 'responses' | 'scores';
  questionnaireId: number;
}

/** Every committed file of a channel that holds answers or scores, in the order of import. */
export function listChannelFiles(db: ReadableConnection, channel: Channel): ChannelFile[] {
  return db
    .prepare<[string], ChannelFile>(
      `SELECT b.id AS batchId, s.kind, b.questionnaire_id AS questionnaireId
       FROM import_batches b JOIN studies s ON s.id = b.study_id
       WHERE b.state = 'committed' AND s.channel = ? AND b.id NOT IN (SELECT batch_id FROM service_visits)
       ORDER BY b.id`,
    )
    .all(channel);
}

export interface AskedQuestion {
  questionnaireId: number;
  code: string;
  role: 'item' | 'attribute';
  labelZh: string;
  labelEn: string;
  min: number;
  max: number;
  reversed: number;
  /** JSON: value to its label in both languages. */
  valueLabels: string;
}

export function listAskedQuestions(
  db: ReadableConnection,
  questionnaires: readonly number[],
): AskedQuestion[] {
  return db
    .prepare<[string], AskedQuestion>(
      `SELECT questionnaire_id AS questionnaireId, code, role, label_zh AS labelZh, label_en AS labelEn,
         scale_min AS min, scale_max AS max, reversed, value_labels AS valueLabels
       FROM questions WHERE questionnaire_id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    )
    .all(JSON.stringify(questionnaires));
}

export interface ReportedLine {
  batchId: number;
  dealerId: number;
  native: number;
  n: number;
  sourceRow: number;
}

/** The reported scores of an item in a quarter, in the order of the files. */
export function listReportedLines(
  db: ReadableConnection,
  batches: readonly number[],
  item: string,
  quarter: number,
): ReportedLine[] {
  return db
    .prepare<[string, string, number], ReportedLine>(
      `SELECT r.batch_id AS batchId, r.dealer_id AS dealerId, r.score_native AS native, r.n, r.source_row AS sourceRow
       FROM reported_scores r JOIN questions q ON q.id = r.question_id
       WHERE r.batch_id IN (SELECT value FROM json_each(?)) AND q.code = ? AND r.quarter = ?
       ORDER BY r.batch_id, r.source_row`,
    )
    .all(JSON.stringify(batches), item, quarter);
}
