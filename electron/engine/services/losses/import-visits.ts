// A file of service visits: read by the same readers with the same faults as a study, kept under pseudonyms.
import type { BatchView, UnmatchedPlace } from '../../../../shared/calls/import.ts';
import type { VisitPreview } from '../../../../shared/calls/lost.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import type { Issue } from '../../../../shared/domain/import-issue.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { VisitMapping } from '../../../../shared/domain/visits/visit-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import type { Table } from '../../importers/table.ts';
import { addBatch, findBatch, findBatchByContent } from '../../store/batches.ts';
import { addQuarantined, markCorrected, rememberFile, saveAlias } from '../../store/import-memory.ts';
import { listErased } from '../../store/people.ts';
import { addStudy, ensureQuestionnaire, findStudy } from '../../store/studies.ts';
import { addVisits, PSEUDONYM_BYTES } from '../../store/visits.ts';
import { type Correction, correctionOf, isCorrectionColumn } from '../import/correction-file.ts';
import { viewBatch } from '../import/import-batches.ts';
import { bothTexts, fileNameOf, issueMessage, readingOf, withTable } from '../import/import-source.ts';
import { firstIssue, refuseRepetition } from '../import/import-study.ts';
import { rowProblems } from '../import/mapping-problems.ts';
import { aliasOf } from '../import/place-aliases.ts';
import { pseudonymizer, pseudonymKey } from '../import/pseudonym.ts';
import { type Pass, readAll } from '../import/read-rows.ts';
import type { Fact } from '../import/read-study.ts';
import { unmatchedPlaces } from '../import/unmatched-places.ts';
import { backUp } from '../upkeep/back-up.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type ReadVisit, VisitCollector } from './visit-collector.ts';
import { guessVisitMapping, keptPseudonym, VISIT_STUDY, visitRows } from './visit-columns.ts';
import { correctedVisits, keptVisits, NOT_VISITS } from './visit-quarantine.ts';
import { visitReader } from './visit-reader.ts';

const SHOWN_ISSUES = 100;

interface ReadVisits {
  mapping: VisitMapping | null;
  correction: Correction | undefined;
  table: Pick<Table, 'headers' | 'sha256' | 'sheets' | 'sheet'>;
  problems: Bilingual[];
  pass: Pass | null;
  unmatched: UnmatchedPlace[];
}

async function readVisits(
  context: Context,
  input: CallArguments<'visits.preview'>,
  visits: VisitCollector,
  { keepFaulty }: { keepFaulty: boolean },
): Promise<ReadVisits> {
  const workspace = context.workspace();
  const { mapping: given, ...source } = input;
  return withTable(source, undefined, async (raw) => {
    const marked = await correctionOf(workspace.reader, raw);
    const correction = marked === 'unknown' ? undefined : marked;
    const former = correction && correctedVisits(workspace.reader, correction);
    const mapping =
      given ?? (former === 'other' ? null : (former ?? guessVisitMapping(workspace, raw.headers)));
    const found = { mapping, correction, table: raw, pass: null, unmatched: [] };
    if (former === 'other') return { ...found, problems: [NOT_VISITS] };
    if (!mapping) return { ...found, problems: [NOT_TOLD] };
    const reading = await readingOf(workspace, raw, visitRows(mapping), source);
    const problems = rowProblems(reading);
    if (problems.length > 0) return { ...found, problems };
    const visitOf = visitReader(workspace, mapping, raw.sheet);
    let visit: ReadVisit | undefined;
    const check = (fact: Fact): Issue | undefined => {
      const read = visitOf(fact);
      visit = 'severity' in read ? undefined : read;
      return 'severity' in read ? read : undefined;
    };
    const take = () => visits.add(visit!);
    const pass = await readAll(reading.table, reading.reader, context.job, take, {
      known: undefined,
      skipLoaded: false,
      correction,
      keepFaulty,
      check,
    });
    return { ...found, problems: [], pass, unmatched: unmatchedPlaces(pass, reading.directory) };
  });
}

const NOT_TOLD: Bilingual = {
  zh: '无法从表头判断客户、经销商和日期所在的列，请逐列指定',
  en: 'the headers do not tell which columns hold customer, dealer and date; choose them',
};

export async function previewVisits(
  context: Context,
  input: CallArguments<'visits.preview'>,
): Promise<VisitPreview> {
  const workspace = context.workspace();
  const visits = new VisitCollector({ rows: false });
  const read = await readVisits(context, input, visits, { keepFaulty: false });
  const { mapping, table, problems, pass, unmatched, correction } = read;
  const day = (value: number | null) =>
    value === null ? null : new Date(value * 86_400_000).toISOString().slice(0, 10);
  return {
    file: fileNameOf(input),
    sheets: (table.sheets ?? []).map(({ name, hidden }) => ({ name, hidden })),
    sheet: table.sheet ?? null,
    headers: table.headers.filter((header) => !isCorrectionColumn(header)),
    mapping,
    correctionOf: correction
      ? { batch: correction.batch.id, fileName: correction.batch.fileName, open: correction.open.size }
      : null,
    problems,
    counts: {
      read: pass?.read ?? 0,
      accepted: visits.count,
      rejected: pass?.rejected ?? 0,
      customers: visits.customerCount,
      dealers: visits.dealerCount,
      advisers: visits.adviserCount,
      from: day(visits.firstDay),
      to: day(visits.lastDay),
    },
    issues: (pass?.issues ?? [])
      .slice(0, SHOWN_ISSUES)
      .map((issue) => ({ ...issue, message: issueMessage(issue) })),
    duplicateOf: findBatchByContent(workspace.reader, table.sha256, VISIT_STUDY.study.code)?.id ?? null,
    unmatched,
  };
}

export async function importVisits(
  context: Context,
  input: CallArguments<'visits.import'>,
  { backup = true }: { backup?: boolean } = {},
): Promise<BatchView> {
  const workspace = context.workspace();
  const file = fileNameOf(input);
  const { acceptGoodRows, ...source } = input;
  const visits = new VisitCollector();
  const read = await readVisits(context, source, visits, { keepFaulty: acceptGoodRows });
  const [problem] = read.problems;
  if (problem || !read.mapping || !read.pass)
    throw new AppError('import-mapping', bothTexts(problem ?? NOT_TOLD));
  const { pass, mapping, table, correction } = read;
  const { sha256 } = table;
  const { code } = VISIT_STUDY.study;
  refuseRepetition(workspace, sha256, code, file);
  const { rejected } = pass;
  if (rejected > 0 && !acceptGoodRows)
    throw new AppError('import-rejected-rows', { ...firstIssue(pass), rejected, accepted: visits.count });
  if (visits.count === 0) throw new AppError('import-empty', { file, rows: pass.read });
  if (backup && workspace.dataVersion > 0) await backUp(context, 'before-import');
  context.job.throwIfCancelled();
  const secret = pseudonymizer(pseudonymKey(context));
  const packed = await visits.pack(pseudonyms(secret, workspace), () => context.job.breathe());
  const kept = keptVisits(mapping, table.headers, pass, (key) => keptPseudonym(key) ?? secret(key));
  const quarters = [...pass.quarters.keys()];
  const detail = { sha256, study: code, rows: visits.count };
  const batch = workspace.change({ action: 'import.commit', subject: file, detail }, (db) => {
    const id = findStudy(db, code)?.id ?? addStudy(db, VISIT_STUDY);
    const made = addBatch(db, {
      study: id,
      questionnaire: ensureQuestionnaire(db, id, 'visits'),
      fileName: file,
      sha256,
      mapping: JSON.stringify({ kind: 'visits', ...mapping }),
      rowsRead: pass.read,
      rowsLoaded: visits.count,
      rowsRejected: rejected,
      firstQuarter: Math.min(...quarters),
      lastQuarter: Math.max(...quarters),
      halo: null,
      at: workspace.now(),
    });
    addVisits(db, made, packed);
    rememberFile(db, made, { headers: kept.headers, marks: new Float64Array(0) });
    addQuarantined(db, made, kept.rows);
    if (correction) markCorrected(db, correction.batch.id, pass.corrected, made);
    for (const choice of input.places ?? []) saveAlias(db, aliasOf(choice, workspace.now()));
    return made;
  });
  context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
  return viewBatch(findBatch(workspace.reader, batch)!, workspace);
}

/** Pseudonyms of customers; those who asked to be forgotten get one that leads to nobody. */
function pseudonyms(
  pseudonymOf: (customer: string) => string,
  workspace: Workspace,
): (customer: string) => Buffer {
  const erased = listErased(workspace.reader);
  return (customer) => {
    const pseudonym = keptPseudonym(customer) ?? pseudonymOf(customer);
    const kept = erased.has(pseudonym) ? pseudonymOf(`erased ${pseudonym}`) : pseudonym;
    return Buffer.from(kept, 'hex').subarray(0, PSEUDONYM_BYTES);
  };
}
