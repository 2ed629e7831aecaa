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
import { saveAlias } from '../../store/import-memory.ts';
import { listErased } from '../../store/people.ts';
import { addStudy, ensureQuestionnaire, findStudy } from '../../store/studies.ts';
import { addVisits, PSEUDONYM_BYTES } from '../../store/visits.ts';
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
import { VisitCollector } from './visit-collector.ts';
import { guessVisitMapping, VISIT_STUDY, visitRows } from './visit-columns.ts';
import { visitReader } from './visit-reader.ts';

const SHOWN_ISSUES = 100;

interface ReadVisits {
  mapping: VisitMapping | null;
  table: Pick<Table, 'headers' | 'sha256' | 'sheets' | 'sheet'>;
  problems: Bilingual[];
  pass: Pass | null;
  unmatched: UnmatchedPlace[];
}

async function readVisits(
  context: Context,
  input: CallArguments<'visits.preview'>,
  visits: VisitCollector,
): Promise<ReadVisits> {
  const workspace = context.workspace();
  const { mapping: given, ...source } = input;
  return withTable(source, undefined, async (raw) => {
    const mapping = given ?? guessVisitMapping(workspace, raw.headers);
    const found = { mapping, table: raw, pass: null, unmatched: [] };
    if (!mapping) return { ...found, problems: [NOT_TOLD] };
    const reading = await readingOf(workspace, raw, visitRows(mapping), source);
    const problems = rowProblems(reading);
    if (problems.length > 0) return { ...found, problems };
    const refused: Issue[] = [];
    const visitOf = visitReader(workspace, mapping, raw.sheet);
    const take = (fact: Fact) => {
      const visit = visitOf(fact);
      if ('severity' in visit) refused.push(visit);
      else visits.add(visit);
    };
    const pass = await readAll(reading.table, reading.reader, context.job, take, {
      known: undefined,
      skipLoaded: false,
    });
    refuse(pass, refused);
    return { ...found, problems: [], pass, unmatched: unmatchedPlaces(pass, reading.directory) };
  });
}

/** Rows that could be read and are no visit. */
function refuse(pass: Pass, refused: readonly Issue[]): void {
  pass.accepted -= refused.length;
  pass.rejected += refused.length;
  pass.issues = [...pass.issues, ...refused].sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
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
  const { mapping, table, problems, pass, unmatched } = await readVisits(context, input, visits);
  const day = (value: number | null) =>
    value === null ? null : new Date(value * 86_400_000).toISOString().slice(0, 10);
  return {
    file: fileNameOf(input),
    sheets: (table.sheets ?? []).map(({ name, hidden }) => ({ name, hidden })),
    sheet: table.sheet ?? null,
    headers: [...table.headers],
    mapping,
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
  const read = await readVisits(context, source, visits);
  const [problem] = read.problems;
  if (problem || !read.mapping || !read.pass)
    throw new AppError('import-mapping', bothTexts(problem ?? NOT_TOLD));
  const { pass, mapping, table } = read;
  const { sha256 } = table;
  const { code } = VISIT_STUDY.study;
  refuseRepetition(workspace, sha256, code, file);
  const { rejected } = pass;
  if (rejected > 0 && !acceptGoodRows)
    throw new AppError('import-rejected-rows', { ...firstIssue(pass), rejected, accepted: visits.count });
  if (visits.count === 0) throw new AppError('import-empty', { file, rows: pass.read });
  if (backup && workspace.dataVersion > 0) await backUp(context, 'before-import');
  context.job.throwIfCancelled();
  const packed = await visits.pack(pseudonyms(context, workspace), () => context.job.breathe());
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
    for (const choice of input.places ?? []) saveAlias(db, aliasOf(choice, workspace.now()));
    return made;
  });
  context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
  return viewBatch(findBatch(workspace.reader, batch)!, workspace);
}

/** Pseudonyms of customers; those who asked to be forgotten get one that leads to nobody. */
function pseudonyms(context: Context, workspace: Workspace): (customer: string) => Buffer {
  const pseudonymOf = pseudonymizer(pseudonymKey(context));
  const erased = listErased(workspace.reader);
  return (customer) => {
    const pseudonym = pseudonymOf(customer);
    const kept = erased.has(pseudonym) ? pseudonymOf(`erased ${pseudonym}`) : pseudonym;
    return Buffer.from(kept, 'hex').subarray(0, PSEUDONYM_BYTES);
  };
}
