// The questions of questionnaires: how they were asked, and on which scales.
import { answerLabels } from '../../../shared/domain/band.ts';
import type { Channel, StudyMapping } from '../../../shared/domain/study-mapping.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';

interface NewQuestion {
  code: string;
  role: 'item' | 'attribute';
  labelZh: string;
  labelEn: string;
  indicator: number | null;
  scaleMin: number | null;
  scaleMax: number | null;
  reversed: 0 | 1;
  missing: string;
  valueLabels: string;
  multiple: 0 | 1;
  group: string | null;
}

function ratedQuestion(item: StudyMapping['items'][number], indicator: number): NewQuestion {
  return {
    code: item.indicator,
    role: 'item',
    labelZh: item.label?.zh ?? item.column,
    labelEn: item.label?.en ?? item.column,
    indicator,
    scaleMin: item.scale.min,
    scaleMax: item.scale.max,
    reversed: item.reversed ? 1 : 0,
    missing: JSON.stringify(item.missing),
    valueLabels: '{}',
    multiple: 0,
    group: null,
  };
}

function attributeQuestion(attribute: StudyMapping['attributes'][number]): NewQuestion {
  return {
    code: attribute.code,
    role: 'attribute',
    labelZh: attribute.label.zh,
    labelEn: attribute.label.en,
    indicator: null,
    scaleMin: null,
    scaleMax: null,
    reversed: 0,
    missing: JSON.stringify(attribute.missing),
    valueLabels: JSON.stringify(answerLabels(attribute)),
    multiple: attribute.multiple ? 1 : 0,
    group: attribute.group ?? null,
  };
}

/** Writes the questions of a questionnaire; a question that is known is kept as it is. Returns code to id. */
export function ensureQuestions(
  db: WritableConnection,
  batch: number,
  questionnaire: number,
  mapping: StudyMapping,
  idOf: ReadonlyMap<string, number>,
): Map<string, number> {
  const insert = db.prepare<[NewQuestion & { batch: number; questionnaire: number }]>(
    `INSERT INTO questions (batch_id, questionnaire_id, code, role, label_zh, label_en, indicator_id, scale_min, scale_max,
       reversed, missing_codes, value_labels, multiple, attribute_group)
     VALUES (@batch, @questionnaire, @code, @role, @labelZh, @labelEn, @indicator, @scaleMin, @scaleMax,
       @reversed, @missing, @valueLabels, @multiple, @group) ON CONFLICT (questionnaire_id, code) DO NOTHING`,
  );
  for (const item of mapping.items)
    insert.run({ batch, questionnaire, ...ratedQuestion(item, idOf.get(item.indicator)!) });
  for (const attribute of mapping.attributes)
    insert.run({ batch, questionnaire, ...attributeQuestion(attribute) });
  const rows = db
    .prepare<[number], { code: string; id: number }>(
      'SELECT code, id FROM questions WHERE questionnaire_id = ?',
    )
    .all(questionnaire);
  return new Map(rows.map((row) => [row.code, row.id]));
}

export interface AskedScale {
  code: string;
  min: number;
  max: number;
  reversed: number;
}

/** How the rated questions of a questionnaire are asked; empty for one that is new. */
export function listAskedScales(db: ReadableConnection, study: string, version: string): AskedScale[] {
  return db
    .prepare<[string, string], AskedScale>(
      `SELECT q.code, q.scale_min AS min, q.scale_max AS max, q.reversed
       FROM questions q JOIN questionnaires n ON n.id = q.questionnaire_id JOIN studies s ON s.id = n.study_id
       WHERE s.code = ? AND n.version = ? AND q.role = 'item'`,
    )
    .all(study, version);
}

export interface QuestionScale {
  channel: Channel;
  indicatorId: number;
  min: number;
  max: number;
  lastQuarter: number;
}

/** The scales on which items were asked, for native display; the last one used wins. */
export function listItemScales(db: ReadableConnection): QuestionScale[] {
  return db
    .prepare<[], QuestionScale>(
      `SELECT s.channel AS channel, q.indicator_id AS indicatorId, q.scale_min AS min, q.scale_max AS max,
         max(b.last_quarter) AS lastQuarter
       FROM questions q
       JOIN questionnaires n ON n.id = q.questionnaire_id
       JOIN studies s ON s.id = n.study_id
       JOIN import_batches b ON b.questionnaire_id = n.id AND b.state = 'committed'
       WHERE q.role = 'item'
       GROUP BY s.channel, q.indicator_id, q.scale_min, q.scale_max
       ORDER BY lastQuarter`,
    )
    .all();
}

export interface ItemQuestionRow {
  studyId: number;
  indicatorId: number;
  min: number;
  max: number;
  firstQuarter: number;
}

/** The rated questions of a channel in the order in which their questionnaires came into the field. */
export function listItemQuestions(db: ReadableConnection, channel: Channel): ItemQuestionRow[] {
  return db
    .prepare<[string], ItemQuestionRow>(
      `SELECT s.id AS studyId, q.indicator_id AS indicatorId, q.scale_min AS min, q.scale_max AS max,
         min(b.first_quarter) AS firstQuarter
       FROM questions q
       JOIN questionnaires n ON n.id = q.questionnaire_id
       JOIN studies s ON s.id = n.study_id
       JOIN import_batches b ON b.questionnaire_id = n.id AND b.state = 'committed'
       WHERE q.role = 'item' AND s.channel = ?
       GROUP BY q.id
       ORDER BY firstQuarter, q.id`,
    )
    .all(channel);
}
