// What channels have in common: which question asked which indicator when, and how alike they were declared to be.
import type { Likeness } from '../../../shared/domain/channel/comparability.ts';
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';

export interface CrosswalkRow {
  channel: Channel;
  studyZh: string;
  studyEn: string;
  provider: string;
  questionnaireId: number;
  version: string;
  indicatorId: number;
  code: string;
  labelZh: string;
  labelEn: string;
  min: number;
  max: number;
  reversed: number;
  firstQuarter: number;
  lastQuarter: number;
}

/** Every rated question of a questionnaire with committed data, the oldest questionnaire first. */
export function listCrosswalk(db: ReadableConnection): CrosswalkRow[] {
  return db
    .prepare<[], CrosswalkRow>(
      `SELECT s.channel, s.name_zh AS studyZh, s.name_en AS studyEn, s.provider, n.id AS questionnaireId, n.version,
         q.indicator_id AS indicatorId, q.code, q.label_zh AS labelZh, q.label_en AS labelEn, q.scale_min AS min,
         q.scale_max AS max, q.reversed, min(b.first_quarter) AS firstQuarter, max(b.last_quarter) AS lastQuarter
       FROM questions q
       JOIN questionnaires n ON n.id = q.questionnaire_id
       JOIN studies s ON s.id = n.study_id
       JOIN import_batches b ON b.questionnaire_id = n.id AND b.state = 'committed'
       WHERE q.role = 'item' AND q.indicator_id IS NOT NULL
       GROUP BY q.id ORDER BY firstQuarter, n.id, q.id`,
    )
    .all();
}

/** Whether the respondents of each wave were weighted, oldest first. */
export function listWeighting(
  db: ReadableConnection,
  channel: Channel,
): { studyId: number; quarter: number; weighted: number }[] {
  return db
    .prepare<[string], { studyId: number; quarter: number; weighted: number }>(
      `SELECT b.study_id AS studyId, b.first_quarter AS quarter, max(b.mapping ->> '$.weight' IS NOT NULL) AS weighted
       FROM import_batches b JOIN studies s ON s.id = b.study_id
       WHERE b.state = 'committed' AND s.channel = ? AND s.kind = 'responses'
       GROUP BY b.study_id, b.first_quarter ORDER BY b.first_quarter`,
    )
    .all(channel);
}

/** The batches of a questionnaire that are part of the figures. */
export function listQuestionnaireBatches(db: ReadableConnection, questionnaire: number): number[] {
  return db
    .prepare<[number], number>(
      "SELECT id FROM import_batches WHERE questionnaire_id = ? AND state = 'committed' ORDER BY id",
    )
    .pluck()
    .all(questionnaire);
}

export interface ComparabilityRow {
  scale: Likeness;
  population: Likeness;
  question: Likeness;
  note: string;
  at: string;
}

export function findComparability(
  db: ReadableConnection,
  first: Channel,
  second: Channel,
): ComparabilityRow | undefined {
  return db
    .prepare<[string, string], ComparabilityRow>(
      `SELECT scale, population, question, note, at FROM comparability WHERE channel_a = ? AND channel_b = ?`,
    )
    .get(first, second);
}

export function writeComparability(
  db: WritableConnection,
  first: Channel,
  second: Channel,
  row: ComparabilityRow,
): void {
  db.prepare(
    `INSERT INTO comparability (channel_a, channel_b, scale, population, question, note, at)
     VALUES (@first, @second, @scale, @population, @question, @note, @at)
     ON CONFLICT (channel_a, channel_b) DO UPDATE SET scale = excluded.scale, population = excluded.population,
       question = excluded.question, note = excluded.note, at = excluded.at`,
  ).run({ first, second, ...row });
}

export function removeComparability(db: WritableConnection, first: Channel, second: Channel): boolean {
  return (
    db.prepare('DELETE FROM comparability WHERE channel_a = ? AND channel_b = ?').run(first, second).changes >
    0
  );
}
