// Brings a study's file in: every row read and checked, then all of it in one transaction.
import { basename } from 'node:path';
import type { BatchView } from '../../../shared/calls/import.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import type { StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context, Job } from '../context.ts';
import type { Table } from '../importers/table.ts';
import { appendChunk } from '../store/answers.ts';
import {
  addBatch,
  addCells,
  addReportedScores,
  BASE_INDICATOR,
  findBatch,
  findBatchByContent,
} from '../store/batches.ts';
import type { WritableConnection } from '../store/database.ts';
import { saveMapping } from '../store/ledger.ts';
import { addPeople } from '../store/people.ts';
import {
  addIndicators,
  addStudy,
  addWeightSet,
  currentWeightSet,
  ensureQuestionnaire,
  ensureQuestions,
  findStudy,
  indicatorIds,
  listWeights,
  recordWave,
  redescribeStudy,
  studyHasData,
} from '../store/studies.ts';
import { backUp } from './back-up.ts';
import { FactCollector } from './collect-facts.ts';
import { guessMapping } from './guess-mapping.ts';
import { viewBatch } from './import-batches.ts';
import {
  bothTexts,
  issueMessage,
  mappingProblems,
  namedMapping,
  readerFor,
  withTable,
} from './import-source.ts';
import type { PlaceDirectory } from './place-directory.ts';
import { pseudonymKey, pseudonymOf } from './pseudonym.ts';
import { type Pass, readAll } from './read-rows.ts';
import { mappedColumns } from './read-study.ts';
import type { Workspace } from './workspace.ts';

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
      secret: pseudonymKey(context),
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
      const idOf = indicatorIds(db);
      extendWeights(db, batch, mapping, idOf, at);
      const questionIds = ensureQuestions(db, batch, questionnaire, mapping, idOf);
      const dealerIds = written.directory.write(db, batch);
      for (const quarter of quarters) recordWave(db, batch, study, questionnaire, quarter);
      writeFacts(db, batch, written, { dealerIds, questionIds, indicatorIds: idOf });
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
  addPeople(
    db,
    batch,
    facts.identities.map(({ row, identity }) => ({
      sourceRow: row,
      pseudonym: pseudonymOf(secret, identity, `${batch}:${row}`),
      fields: JSON.stringify(identity),
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
