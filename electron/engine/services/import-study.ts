// Brings a study's file in: preview without writing, commit in one transaction, undo to the exact former figures.
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CallArguments } from '../../../shared/contract.ts';
import { describeIssue, type Issue, type IssueCode } from '../../../shared/domain/import-issue.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import type { StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../shared/errors.ts';
import type { BatchView, ImportPreview, IssueView, UndoPreview } from '../../../shared/views.ts';
import type { Context, Job } from '../context.ts';
import { ImportFault } from '../importers/import-fault.ts';
import { openTable } from '../importers/registry.ts';
import type { RawCell, Table } from '../importers/table.ts';
import { cellText } from '../importers/values.ts';
import { appendChunk } from '../store/answers.ts';
import {
  addBatch,
  addCells,
  addIdentities,
  addReportedScores,
  BASE_INDICATOR,
  type BatchRow,
  findBatch,
  findBatchByContent,
  listBatches,
  listReportedKeys,
  removeFacts,
} from '../store/batches.ts';
import type { WritableConnection } from '../store/database.ts';
import { findMapping, saveMapping } from '../store/ledger.ts';
import { listPlans } from '../store/plans.ts';
import { listForecastRunsSince, listReportBatches } from '../store/results.ts';
import {
  addIndicators,
  addStudy,
  addWeightSet,
  currentWeightSet,
  ensureQuestionnaire,
  ensureQuestions,
  findStudy,
  listAskedScales,
  listIndicators,
  listWeights,
  recordWave,
  redescribeStudy,
  studyHasData,
} from '../store/studies.ts';
import { backUp } from './backups.ts';
import { type Guess, guessMapping } from './guess-mapping.ts';
import { PlaceDirectory } from './place-directory.ts';
import { dateOrderOf, FactCollector, mappedColumns, type Pass, readAll, StudyReader } from './read-study.ts';
import type { Workspace } from './workspace.ts';

type Source = Pick<
  CallArguments<'import.preview'>,
  'path' | 'fileName' | 'mapping' | 'mappingName' | 'table'
>;

/** Opens the file and closes it whatever happens; a refused file becomes a fault the user can read. */
async function withTable<T>(
  source: Source,
  mapping: StudyMapping | undefined,
  work: (table: Table) => Promise<T>,
): Promise<T> {
  const file = source.fileName ?? basename(source.path);
  try {
    const table = await openTable(source.path, { ...mapping?.table, ...source.table });
    try {
      return await work(table);
    } finally {
      await table.close();
    }
  } catch (error) {
    if (!(error instanceof ImportFault)) throw error;
    const { file: _, ...place } = error.toIssue();
    throw new AppError('import-file', {
      file,
      issue: error.code,
      problemZh: describeIssue(place, 'zh-CN'),
      problemEn: describeIssue(place, 'en'),
      sheet: place.sheet ?? '',
      row: place.row ?? '',
      column: place.column ?? '',
      value: place.value ?? '',
    });
  }
}

function namedMapping(workspace: Workspace, source: Source): { mapping?: StudyMapping; name?: string } {
  if (source.mapping) return { mapping: source.mapping, name: source.mappingName };
  if (source.mappingName === undefined) return {};
  const saved = findMapping(workspace.reader, source.mappingName);
  if (!saved) throw new AppError('mapping-unknown', { mapping: source.mappingName });
  return { mapping: JSON.parse(saved.mapping) as StudyMapping, name: saved.name };
}

function bothTexts(text: Bilingual): { problemZh: string; problemEn: string } {
  return { problemZh: text.zh, problemEn: text.en };
}

async function readerFor(
  workspace: Workspace,
  table: Table,
  mapping: StudyMapping,
  source: Source,
): Promise<{ reader: StudyReader; directory: PlaceDirectory }> {
  const directory = new PlaceDirectory(workspace.reader, mapping);
  const reader = new StudyReader(mapping, table, directory, {
    today: workspace.now().slice(0, 10),
    fileName: source.fileName ?? basename(source.path),
    order: await dateOrderOf(table, mapping),
    reportedIn: (quarter) => listReportedKeys(workspace.reader, mapping.study.code, quarter),
  });
  return { reader, directory };
}

/** What is wrong with a mapping for this table, whoever made it. */
function mappingProblems(workspace: Workspace, mapping: StudyMapping, reader: StudyReader): Bilingual[] {
  const problems: Bilingual[] = reader
    .missingColumns()
    .map((column) => ({ zh: `文件中没有“${column}”列`, en: `the file has no column "${column}"` }));
  if (!reader.hasPeriod())
    problems.push({
      zh: '文件名中没有季度（如 2026Q3）',
      en: 'the file name holds no quarter (such as 2026Q3)',
    });
  for (const code of repeated(mapping.items.map((item) => item.indicator)))
    problems.push({ zh: `指标“${code}”对应了两列`, en: `indicator "${code}" has two columns` });
  for (const code of repeated(mapping.attributes.map((one) => one.code)))
    problems.push({ zh: `属性“${code}”对应了两列`, en: `attribute "${code}" has two columns` });
  for (const item of mapping.items)
    if (!(item.scale.max > item.scale.min))
      problems.push({
        zh: `“${item.column}”的量表上限必须大于下限`,
        en: `the scale of "${item.column}" must rise`,
      });
  const known = new Set([
    ...workspace.indicators().byCode.keys(),
    ...mapping.indicators.map((one) => one.code),
  ]);
  for (const item of mapping.items)
    if (!known.has(item.indicator))
      problems.push({ zh: `指标“${item.indicator}”不存在`, en: `there is no indicator "${item.indicator}"` });
  if (mapping.kind === 'scores' && !mapping.base && mapping.items.some((item) => !item.baseColumn))
    problems.push({
      zh: '得分型研究需要样本量列',
      en: 'a study of scores needs a column with its base size',
    });
  if (!mapping.place.dealerCode && !mapping.place.dealerName && !mapping.place.city)
    problems.push({ zh: '没有指定经销商或城市列', en: 'neither a dealer nor a city column is chosen' });
  const study = findStudy(workspace.reader, mapping.study.code);
  const fixed = study !== undefined && studyHasData(workspace.reader, study.id);
  if (fixed && (study.channel !== mapping.study.channel || study.kind !== mapping.kind))
    problems.push({
      zh: `研究“${study.code}”已存在，渠道或类型不同`,
      en: `study "${study.code}" exists with another channel or kind`,
    });
  return [...problems, ...scaleProblems(workspace, mapping)];
}

/** One questionnaire asks a question in one way; another scale is another version of it. */
function scaleProblems(workspace: Workspace, { study, questionnaire, items }: StudyMapping): Bilingual[] {
  const asked = new Map(
    listAskedScales(workspace.reader, study.code, questionnaire).map((one) => [one.code, one]),
  );
  return items.flatMap(({ indicator, scale, reversed }) => {
    const before = asked.get(indicator);
    if (!before) return [];
    const same = before.min === scale.min && before.max === scale.max && before.reversed === Number(reversed);
    return same
      ? []
      : [
          {
            zh: `“${indicator}”在问卷 ${questionnaire} 中的量表不同，请使用新的问卷版本号`,
            en: `"${indicator}" has another scale in questionnaire ${questionnaire}; give this one a version of its own`,
          },
        ];
  });
}

function repeated(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, i) => texts.indexOf(text) !== i))];
}

export async function previewImport(
  context: Context,
  input: CallArguments<'import.preview'>,
): Promise<ImportPreview> {
  const workspace = context.workspace();
  const given = namedMapping(workspace, input);
  return withTable(input, given.mapping, async (table) => {
    const found: Guess = given.mapping
      ? given
      : await guessMapping(workspace, table, input.fileName ?? basename(input.path));
    const facts = fileFacts(table, input);
    if (!found.mapping) return emptyPreview(facts, found.problems ?? [], await firstCells(table));
    const { mapping } = found;
    const { reader, directory } = await readerFor(workspace, table, mapping, input);
    const problems = mappingProblems(workspace, mapping, reader);
    if (problems.length > 0)
      return {
        ...emptyPreview(facts, problems, await firstCells(table)),
        mapping,
        mappingName: found.name ?? null,
      };
    const pass = await readAll(table, reader, context.job, () => undefined);
    return {
      ...facts,
      mapping,
      mappingName: found.name ?? null,
      mappingProblems: [],
      rows: pass.firstRows.map(({ raw, outcome }) => ({
        row: raw.row,
        cells: raw.cells.map(shownCell),
        rejected: outcome.kind === 'rejected',
        meaning:
          outcome.kind !== 'fact'
            ? null
            : {
                quarter: formatQuarter(outcome.fact.quarter),
                place: outcome.fact.place,
                weight: outcome.fact.weight,
                answers: outcome.fact.answers,
                attributes: outcome.fact.attributes.map((one) =>
                  one === null ? '' : [one].flat().join('、'),
                ),
              },
      })),
      counts: {
        read: pass.read,
        accepted: pass.accepted,
        rejected: pass.rejected,
        quarters: [...pass.quarters].sort(([a], [b]) => a - b).map(([quarter, rows]) => ({ quarter, rows })),
        newDealers: directory.newDealers,
        newCities: directory.newCities,
      },
      issues: pass.issues.map(viewIssue),
      issueTotals: [...pass.totals].map(([code, { severity, count }]) => ({
        code,
        severity,
        count,
        message: issueMessage({ code }),
      })),
      duplicateOf: findBatchByContent(workspace.reader, table.sha256, mapping.study.code)?.id ?? null,
      unmatched: [...pass.unmatched].map(([name, one]) => ({ name, ...one })),
    };
  });
}

function fileFacts(table: Table, source: Source): Pick<ImportPreview, 'file' | 'sheets' | 'headers'> {
  return {
    file: {
      path: source.path,
      name: source.fileName ?? basename(source.path),
      bytes: table.bytes,
      sha256: table.sha256,
      format: table.format,
      encoding: table.encoding ?? null,
      delimiter: table.delimiter ?? null,
    },
    sheets: (table.sheets ?? []).map(({ name, hidden }) => ({ name, hidden })),
    headers: [...table.headers],
  };
}

function emptyPreview(
  facts: Pick<ImportPreview, 'file' | 'sheets' | 'headers'>,
  problems: Bilingual[],
  rows: ImportPreview['rows'],
): ImportPreview {
  return {
    ...facts,
    rows,
    mapping: null,
    mappingName: null,
    mappingProblems: problems,
    counts: { read: 0, accepted: 0, rejected: 0, quarters: [], newDealers: 0, newCities: 0 },
    issues: [],
    issueTotals: [],
    duplicateOf: null,
    unmatched: [],
  };
}

async function firstCells(table: Table): Promise<ImportPreview['rows']> {
  const rows: ImportPreview['rows'] = [];
  for await (const raw of table.rows()) {
    rows.push({ row: raw.row, cells: raw.cells.map(shownCell), meaning: null, rejected: false });
    if (rows.length >= 20) break;
  }
  return rows;
}

function shownCell(cell: RawCell): string {
  return cellText(cell).slice(0, 200);
}

function issueMessage(issue: Issue | { code: IssueCode }): Bilingual {
  const { file: _, ...place } = issue as Issue;
  return { zh: describeIssue(place, 'zh-CN'), en: describeIssue(place, 'en') };
}

function viewIssue(issue: Issue): IssueView {
  const { file: _, ...place } = issue;
  return { ...place, message: issueMessage(issue) };
}

/** `backup`: false while a database is being built that nobody has entrusted anything to yet. */
export async function commitImport(
  context: Context,
  input: CallArguments<'import.commit'>,
  { backup = true }: { backup?: boolean } = {},
): Promise<BatchView> {
  const workspace = context.workspace();
  const given = namedMapping(workspace, input);
  const file = input.fileName ?? basename(input.path);
  return withTable(input, given.mapping, async (table) => {
    const mapping = given.mapping ?? (await guessMapping(workspace, table, file)).mapping;
    if (!mapping)
      throw new AppError(
        'import-mapping',
        bothTexts({ zh: '没有适合该文件的对应关系', en: 'no mapping fits this file' }),
      );
    refuseRepetition(workspace, table.sha256, mapping, file);
    const { reader, directory } = await readerFor(workspace, table, mapping, input);
    const [problem] = mappingProblems(workspace, mapping, reader);
    if (problem) throw new AppError('import-mapping', bothTexts(problem));
    const facts = new FactCollector(mapping);
    const pass = await readAll(table, reader, context.job, (fact) => facts.add(fact));
    if (pass.rejected > 0 && !input.acceptGoodRows)
      throw new AppError('import-rejected-rows', {
        ...firstIssue(pass),
        rejected: pass.rejected,
        accepted: pass.accepted,
      });
    if (facts.loaded === 0) throw new AppError('import-empty', { file, rows: pass.read });
    context.job.throwIfCancelled();
    if (backup && workspace.dataVersion > 0) backUp(context, 'before-import');
    const written: Written = {
      workspace,
      mapping,
      directory,
      facts,
      pass,
      table,
      file,
      saveMappingAs: input.saveMappingAs,
      secret: identityKey(context),
    };
    const batch = writeImport(context.job, written);
    context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
    return viewBatch(findBatch(workspace.reader, batch)!);
  });
}

function refuseRepetition(workspace: Workspace, sha256: string, mapping: StudyMapping, file: string): void {
  const before = findBatchByContent(workspace.reader, sha256, mapping.study.code);
  if (before)
    throw new AppError('import-duplicate', { file, when: before.createdAt.slice(0, 10), batch: before.id });
}

function firstIssue(pass: Pass): Record<string, string | number> {
  const issue = pass.issues.find((one) => one.severity === 'error');
  if (!issue) return {};
  const { code, sheet = '', row = '', column = '', value = '' } = issue;
  return { issue: code, sheet, row, column, value, ...bothTexts(issueMessage(issue)) };
}

interface Written {
  workspace: Workspace;
  mapping: StudyMapping;
  directory: PlaceDirectory;
  facts: FactCollector;
  pass: Pass;
  table: Table;
  file: string;
  saveMappingAs?: string | undefined;
  secret: string;
}

/** The one transaction of an import: all of it, or nothing. */
function writeImport(job: Job, written: Written): number {
  const { workspace, mapping, facts, pass, table, file } = written;
  job.throwIfCancelled();
  const { halo } = facts.finish();
  const quarters = [...facts.quarters.keys()];
  const at = workspace.now();
  return workspace.change(
    {
      action: 'import.commit',
      subject: file,
      detail: { sha256: table.sha256, study: mapping.study.code, rows: facts.loaded },
    },
    (db) => {
      const study = studyOf(db, mapping);
      const questionnaire = ensureQuestionnaire(db, study, mapping.questionnaire);
      const batch = addBatch(db, {
        study,
        questionnaire,
        fileName: file,
        sha256: table.sha256,
        mapping: JSON.stringify(mapping),
        rowsRead: pass.read,
        rowsLoaded: facts.loaded,
        rowsRejected: pass.rejected,
        firstQuarter: Math.min(...quarters),
        lastQuarter: Math.max(...quarters),
        halo,
        at,
      });
      addIndicators(db, batch, mapping.indicators);
      const indicatorIds = new Map(listIndicators(db).map((row) => [row.code, row.id]));
      extendWeights(db, batch, mapping, indicatorIds, at);
      const questionIds = ensureQuestions(db, batch, questionnaire, mapping, indicatorIds);
      const dealerIds = written.directory.write(db, batch);
      for (const quarter of quarters) recordWave(db, batch, study, questionnaire, quarter);
      writeFacts(db, batch, written, { dealerIds, questionIds, indicatorIds });
      if (written.saveMappingAs)
        saveMapping(db, {
          name: written.saveMappingAs,
          mapping: JSON.stringify(mapping),
          headers: JSON.stringify(mappedColumns(mapping)),
          savedAt: at,
        });
      return batch;
    },
  );
}

/** The study of a mapping; one without data is described anew, so that a mistaken first import can be corrected. */
function studyOf(db: WritableConnection, mapping: StudyMapping): number {
  const known = findStudy(db, mapping.study.code);
  if (!known) return addStudy(db, mapping);
  if (!studyHasData(db, known.id)) redescribeStudy(db, known.id, mapping);
  return known.id;
}

type Ids = Record<'questionIds' | 'indicatorIds', ReadonlyMap<string, number>> & {
  dealerIds: ReadonlyMap<number, number>;
};

function writeFacts(
  db: WritableConnection,
  batch: number,
  { facts, mapping, secret }: Written,
  ids: Ids,
): void {
  for (const chunk of facts.chunks) appendChunk(db, batch, withRealDealers(chunk, ids.dealerIds));
  addReportedScores(
    db,
    batch,
    facts.reported.flatMap((fact) =>
      mapping.items.flatMap((item, i) => {
        const scoreNative = fact.answers[i];
        if (scoreNative === null || scoreNative === undefined) return [];
        return [
          {
            quarter: fact.quarter,
            dealer: ids.dealerIds.get(fact.dealer)!,
            question: ids.questionIds.get(item.indicator)!,
            scoreNative,
            n: fact.bases[i] ?? 0,
            sdNative: fact.spreads[i] ?? null,
            sourceRow: fact.row,
          },
        ];
      }),
    ),
  );
  addCells(
    db,
    batch,
    [...facts.cells.values()].map(({ dealer, quarter, item, cell }) => ({
      ...cell,
      quarter,
      dealer: ids.dealerIds.get(dealer)!,
      indicator: item < 0 ? BASE_INDICATOR : ids.indicatorIds.get(mapping.items[item]!.indicator)!,
    })),
  );
  addIdentities(
    db,
    batch,
    facts.identities.map(({ row, fields }) => ({
      pseudonym: createHmac('sha256', secret).update(fields.join('\n')).digest('hex'),
      fields: JSON.stringify({ row, fields }),
    })),
  );
}

/** Chunks were filled with the directory's ids; new dealers may have got others. */
function withRealDealers(
  chunk: FactCollector['chunks'][number],
  dealerIds: ReadonlyMap<number, number>,
): FactCollector['chunks'][number] {
  const vector = chunk.vectors.get('dealer');
  if (vector?.kind !== 'numbers') return chunk;
  const values = vector.values.map((id) => dealerIds.get(id) ?? id);
  return { ...chunk, vectors: new Map(chunk.vectors).set('dealer', { ...vector, values }) };
}

/** Items that bring a weight the current set lacks make a new version of it; weights that are there stay. */
function extendWeights(
  db: WritableConnection,
  batch: number,
  mapping: StudyMapping,
  indicatorIds: ReadonlyMap<string, number>,
  at: string,
): void {
  const weights = listWeights(db, currentWeightSet(db).id);
  const before = weights.size;
  for (const one of mapping.indicators) {
    const id = indicatorIds.get(one.code)!;
    if (!weights.has(id)) weights.set(id, one.role === 'item' ? one.weight : 0);
  }
  if (weights.size > before) addWeightSet(db, batch, weights, mapping.study.name.zh, at);
}

/** The key of the pseudonyms; it stays outside the database, so that a copy of the database names nobody. */
function identityKey(context: Context): string {
  const path = join(context.options.dataFolder, 'identity-key');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}

export function listBatchViews(context: Context): BatchView[] {
  return listBatches(context.workspace().reader).map(viewBatch);
}

function viewBatch({ nameZh, nameEn, ...row }: BatchRow): BatchView {
  return { ...row, studyName: { zh: nameZh, en: nameEn } };
}

function standingBatch(workspace: Workspace, id: number): BatchRow {
  const batch = findBatch(workspace.reader, id);
  if (!batch) throw new AppError('batch-unknown', { batch: id });
  if (batch.state === 'undone')
    throw new AppError('batch-undone', { batch: id, when: batch.undoneAt?.slice(0, 10) ?? '—' });
  return batch;
}

export function previewUndo(context: Context, input: CallArguments<'import.undoPreview'>): UndoPreview {
  const workspace = context.workspace();
  const batch = standingBatch(workspace, input.batch);
  const runs = listForecastRunsSince(workspace.reader, batch.channel, batch.createdAt);
  return {
    batch: viewBatch(batch),
    forecastRuns: runs.length,
    alerts: runs.reduce((sum, run) => sum + run.alerts, 0),
    plans: listPlans(workspace.reader)
      .filter((plan) => plan.channel === batch.channel && plan.createdAt >= batch.createdAt)
      .map(({ id, name, state }) => ({ id, name, state })),
    reportBatches: listReportBatches(workspace.reader)
      .filter((one) => one.createdAt >= batch.createdAt && one.quarter >= (batch.firstQuarter ?? 0))
      .map(({ id, quarter, made }) => ({ id, quarter, made })),
  };
}

export function undoImport(context: Context, input: CallArguments<'import.undo'>): BatchView {
  const workspace = context.workspace();
  const batch = standingBatch(workspace, input.batch);
  workspace.change(
    { action: 'import.undo', subject: batch.fileName, detail: { batch: batch.id, sha256: batch.sha256 } },
    (db) => removeFacts(db, batch.id, workspace.now()),
  );
  context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
  return viewBatch(findBatch(workspace.reader, batch.id)!);
}
