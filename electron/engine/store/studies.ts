// Studies, questionnaires, indicators and their weights.
import { answerLabels } from '../../../shared/domain/band.ts';
import type { Channel, MappedIndicator, StudyMapping } from '../../../shared/domain/study-mapping.ts';
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

export interface IndicatorRow {
  id: number;
  code: string;
  parentId: number | null;
  role: 'index' | 'factor' | 'item' | 'question';
  nameZh: string;
  nameEn: string;
}

/**
 * The tree in a version (the current one unless told), parents before their children; before the first one as it was
 * brought. What the version does not hold is left out, unless a question measures it, `also` names it, or such a one
 * hangs below it.
 */
export function listIndicators(
  db: ReadableConnection,
  weightSet: number = currentWeightSet(db).id,
  also: ReadonlyMap<number, unknown> = new Map(),
): IndicatorRow[] {
  const rows = db
    .prepare<[number], IndicatorRow & { placed: number; asked: number }>(
      `SELECT i.id, i.code, iif(w.weight_set_id IS NULL, i.parent_id, w.parent_id) AS parentId,
         coalesce(w.role, i.role) AS role, i.name_zh AS nameZh, i.name_en AS nameEn,
         w.weight_set_id IS NOT NULL AS placed, EXISTS (SELECT 1 FROM questions q WHERE q.indicator_id = i.id) AS asked
       FROM indicators i LEFT JOIN indicator_weights w ON w.indicator_id = i.id AND w.weight_set_id = ?
       ORDER BY w.weight_set_id IS NULL, coalesce(w.position, i.position), i.id`,
    )
    .all(weightSet);
  const kept = new Set<number>();
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const row of rows)
    if (weightSet === 0 || row.placed === 1 || row.asked === 1 || also.has(row.id))
      for (let at: IndicatorRow | undefined = row; at && !kept.has(at.id); at = byId.get(at.parentId ?? -1))
        kept.add(at.id);
  const strays = rows.some((row) => row.placed === 0 && kept.has(row.id));
  const tree = rows.filter((row) => kept.has(row.id)).map(({ placed: _, asked: __, ...row }) => row);
  return strays ? parentsFirst(tree) : tree;
}

function parentsFirst(rows: readonly IndicatorRow[]): IndicatorRow[] {
  const below = Map.groupBy(rows, (row) => row.parentId);
  const add = (row: IndicatorRow): IndicatorRow[] => [row, ...(below.get(row.id) ?? []).flatMap(add)];
  return (below.get(null) ?? []).flatMap(add);
}

/** Adds what a mapping brings and the tree does not hold yet; parents must come before their children. */
export function addIndicators(
  db: WritableConnection,
  batch: number,
  brought: readonly MappedIndicator[],
): void {
  const known = indicatorIds(db);
  const insert = db.prepare(
    'INSERT INTO indicators (batch_id, code, parent_id, role, name_zh, name_en, position) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  for (const one of brought) {
    if (known.has(one.code)) continue;
    const parent = one.parent === undefined ? null : (known.get(one.parent) ?? null);
    const made = insert.run(batch, one.code, parent, one.role, one.name.zh, one.name.en, known.size);
    known.set(one.code, Number(made.lastInsertRowid));
  }
}

/** Every indicator that any version or file has used, by its code. */
export function indicatorIds(db: ReadableConnection): Map<string, number> {
  const rows = db.prepare<[], { code: string; id: number }>('SELECT code, id FROM indicators').all();
  return new Map(rows.map((row) => [row.code, row.id]));
}

export interface WeightSetRow {
  id: number;
  version: number;
  note: string;
}

/** The weight set that was chosen last, an import's new one included; version 0 with no weights before the first import. */
export function currentWeightSet(db: ReadableConnection): WeightSetRow {
  return (
    db
      .prepare<[], WeightSetRow>(
        'SELECT id, version, note FROM weight_sets ORDER BY activated DESC, version DESC LIMIT 1',
      )
      .get() ?? { id: 0, version: 0, note: '' }
  );
}

export function findWeightSet(db: ReadableConnection, id: number): WeightSetRow | undefined {
  return db.prepare<[number], WeightSetRow>('SELECT id, version, note FROM weight_sets WHERE id = ?').get(id);
}

export function listWeights(db: ReadableConnection, weightSet: number): Map<number, number> {
  const rows = db
    .prepare<[number], { indicator: number; weight: number }>(
      'SELECT indicator_id AS indicator, weight FROM indicator_weights WHERE weight_set_id = ?',
    )
    .all(weightSet);
  return new Map(rows.map((row) => [row.indicator, row.weight]));
}

/**
 * A new version of the tree with these weights; indicators without one weigh 0. Former versions stay for the figures
 * that were made with them.
 */
export function addWeightSet(
  db: WritableConnection,
  batch: number | null,
  weights: ReadonlyMap<number, number>,
  note: string,
  at: string,
): number {
  const rows = listIndicators(db, currentWeightSet(db).id, weights);
  const made = db
    .prepare(
      `INSERT INTO weight_sets (batch_id, version, note, created_at, activated)
       SELECT ?, coalesce(max(version), 0) + 1, ?, ?, coalesce(max(activated), 0) + 1 FROM weight_sets`,
    )
    .run(batch, note, at);
  const id = Number(made.lastInsertRowid);
  const insert = db.prepare(
    `INSERT INTO indicator_weights (weight_set_id, indicator_id, parent_id, position, weight, role)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  rows.forEach((row, position) => {
    insert.run(id, row.id, row.parentId, position, weights.get(row.id) ?? 0, row.role);
  });
  return id;
}

/** Writes the questions of a questionnaire; a question that is known is kept as it is. Returns code to id. */
export function ensureQuestions(
  db: WritableConnection,
  batch: number,
  questionnaire: number,
  mapping: StudyMapping,
  idOf: ReadonlyMap<string, number>,
): Map<string, number> {
  const insert = db.prepare(
    `INSERT INTO questions (batch_id, questionnaire_id, code, role, label_zh, label_en, indicator_id, scale_min, scale_max,
       reversed, missing_codes, value_labels, multiple, attribute_group)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (questionnaire_id, code) DO NOTHING`,
  );
  for (const item of mapping.items) {
    const zh = item.label?.zh ?? item.column;
    const en = item.label?.en ?? item.column;
    insert.run(
      batch,
      questionnaire,
      item.indicator,
      'item',
      zh,
      en,
      idOf.get(item.indicator)!,
      item.scale.min,
      item.scale.max,
      item.reversed ? 1 : 0,
      JSON.stringify(item.missing),
      '{}',
      0,
      null,
    );
  }
  for (const one of mapping.attributes)
    insert.run(
      batch,
      questionnaire,
      one.code,
      'attribute',
      one.label.zh,
      one.label.en,
      null,
      null,
      null,
      0,
      JSON.stringify(one.missing),
      JSON.stringify(answerLabels(one)),
      one.multiple ? 1 : 0,
      one.group ?? null,
    );
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
