// Where figures come from: the files of a channel's studies, what their questionnaires asked, and reported scores.
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import type { ReadableConnection } from './connection.ts';

/** Of a batch `b`: its questionnaire asked something. Files of visits are batches too, and hold no answers. */
export const HOLDS_ANSWERS = 'b.questionnaire_id IN (SELECT questionnaire_id FROM questions)';

export interface StudyFile {
  batchId: number;
  fileName: string;
  sha256: string;
  channel: Channel;
  kind: 'responses' | 'scores';
  studyZh: string;
  studyEn: string;
  questionnaireId: number;
  version: string;
  firstQuarter: number;
  lastQuarter: number;
}

/** The committed files of a channel that hold answers or scores, in the order of import. */
export function listStudyFiles(db: ReadableConnection, channel: Channel): StudyFile[] {
  return db
    .prepare<[string], StudyFile>(
      `SELECT b.id AS batchId, b.file_name AS fileName, b.sha256, s.channel, s.kind, s.name_zh AS studyZh,
         s.name_en AS studyEn, b.questionnaire_id AS questionnaireId, n.version,
         b.first_quarter AS firstQuarter, b.last_quarter AS lastQuarter
       FROM import_batches b JOIN studies s ON s.id = b.study_id
         JOIN questionnaires n ON n.id = b.questionnaire_id
       WHERE b.state = 'committed' AND s.channel = ? AND ${HOLDS_ANSWERS} ORDER BY b.id`,
    )
    .all(channel);
}

/** Those of the files that may hold rows of a span of quarters. */
export function filesIn<File extends Pick<StudyFile, 'firstQuarter' | 'lastQuarter'>>(
  files: readonly File[],
  { first, last }: { first: number; last: number },
): File[] {
  return files.filter((file) => file.firstQuarter <= last && file.lastQuarter >= first);
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
  multiple: number;
}

const ASKED = `q.questionnaire_id AS questionnaireId, q.code, q.role, q.label_zh AS labelZh, q.label_en AS labelEn,
  q.scale_min AS min, q.scale_max AS max, q.reversed, q.value_labels AS valueLabels, q.multiple`;

export function listAskedQuestions(
  db: ReadableConnection,
  questionnaires: readonly number[],
): AskedQuestion[] {
  return db
    .prepare<[string], AskedQuestion>(
      `SELECT ${ASKED} FROM questions q
       WHERE q.questionnaire_id IN (SELECT value FROM json_each(?)) ORDER BY q.id`,
    )
    .all(JSON.stringify(questionnaires));
}

/** The questions of a channel's questionnaires that hold data, oldest questionnaire first. */
export function listChannelQuestions(db: ReadableConnection, channel: Channel): AskedQuestion[] {
  return db
    .prepare<[string], AskedQuestion>(
      `SELECT ${ASKED} FROM questions q
       JOIN (SELECT b.questionnaire_id AS id, min(b.first_quarter) AS first
             FROM import_batches b JOIN studies s ON s.id = b.study_id
             WHERE b.state = 'committed' AND s.channel = ? GROUP BY b.questionnaire_id) n ON n.id = q.questionnaire_id
       ORDER BY n.first, q.questionnaire_id, q.id`,
    )
    .all(channel);
}

export interface ScoreLine {
  batchId: number;
  dealerId: number;
  quarter: number;
  item: string;
  native: number;
  n: number;
  sdNative: number | null;
  sourceRow: number;
}

/** The reported scores of items over a span of quarters, in the order of the files. */
export function listScoreLines(
  db: ReadableConnection,
  batches: readonly number[],
  items: readonly string[],
  span: { first: number; last: number },
): ScoreLine[] {
  return db
    .prepare<[string, string, number, number], ScoreLine>(
      `SELECT r.batch_id AS batchId, r.dealer_id AS dealerId, r.quarter, q.code AS item, r.score_native AS native, r.n,
         r.sd_native AS sdNative, r.source_row AS sourceRow
       FROM reported_scores r JOIN questions q ON q.id = r.question_id
       WHERE r.batch_id IN (SELECT value FROM json_each(?)) AND q.code IN (SELECT value FROM json_each(?))
         AND r.quarter BETWEEN ? AND ?
       ORDER BY r.batch_id, r.source_row, r.dealer_id, r.quarter, q.id`,
    )
    .all(JSON.stringify(batches), JSON.stringify(items), span.first, span.last);
}

/** Studies of a channel with scores that came without the spread of their answers, and the spread taken for them. */
export function listAssumedSpreads(
  db: ReadableConnection,
  channel: Channel,
): { zh: string; en: string; sd100: number | null }[] {
  return db
    .prepare<[string], { zh: string; en: string; sd100: number | null }>(
      `SELECT s.name_zh AS zh, s.name_en AS en, s.respondent_sd100 AS sd100 FROM studies s
       WHERE s.channel = ? AND EXISTS (
         SELECT 1 FROM import_batches b JOIN reported_scores r ON r.batch_id = b.id
         WHERE b.study_id = s.id AND b.state = 'committed' AND r.sd_native IS NULL)
       ORDER BY s.id`,
    )
    .all(channel);
}
