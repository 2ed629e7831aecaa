// Brings a study's file in: every row read and checked, then all of it in one transaction.
import { basename } from 'node:path';
import type { BatchView } from '../../../shared/calls/import.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import type { StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context, Job } from '../context.ts';
import { findBatch, findBatchByContent } from '../store/batches.ts';
import { backUp } from './back-up.ts';
import { FactCollector } from './collect-facts.ts';
import { guessMapping } from './guess-mapping.ts';
import { viewBatch } from './import-batches.ts';
import {
  bothTexts,
  issueMessage,
  mappingProblems,
  namedMapping,
  readingOf,
  withTable,
} from './import-source.ts';
import { pseudonymKey } from './pseudonym.ts';
import { type Pass, readAll } from './read-rows.ts';
import type { Workspace } from './workspace.ts';
import { type Written, writeBatch } from './write-import.ts';

/** `backup`: false while a database is being built that nobody has entrusted anything to yet. */
export async function commitImport(
  context: Context,
  input: CallArguments<'import.commit'>,
  { backup = true }: { backup?: boolean } = {},
): Promise<BatchView> {
  const workspace = context.workspace();
  const given = namedMapping(workspace, input);
  const file = input.fileName ?? basename(input.path);
  return withTable(input, given.mapping, async (raw) => {
    const chosen = given.mapping ?? (await guessMapping(workspace, raw, file, input.table)).mapping;
    if (!chosen)
      throw new AppError(
        'import-mapping',
        bothTexts({ zh: '没有适合该文件的对应关系', en: 'no mapping fits this file' }),
      );
    refuseRepetition(workspace, raw.sha256, chosen, file);
    const reading = await readingOf(workspace, raw, chosen, input);
    const { table, mapping, reader, directory } = reading;
    const [problem] = mappingProblems(workspace, reading);
    if (problem) throw new AppError('import-mapping', bothTexts(problem));
    const facts = new FactCollector(mapping);
    const options = { ...reading.options, keepFaulty: input.acceptGoodRows };
    const pass = await readAll(table, reader, context.job, (fact) => facts.add(fact), options);
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
      correction: options.correction,
      places: input.places ?? [],
      saveMappingAs: input.saveMappingAs,
      secret: pseudonymKey(context),
    };
    const batch = writeImport(context.job, written);
    context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
    return viewBatch(findBatch(workspace.reader, batch)!, workspace);
  });
}

export function refuseRepetition(
  workspace: Workspace,
  sha256: string,
  mapping: StudyMapping,
  file: string,
): void {
  const before = findBatchByContent(workspace.reader, sha256, mapping.study.code);
  if (before)
    throw new AppError('import-duplicate', { file, when: before.createdAt.slice(0, 10), batch: before.id });
}

export function firstIssue(pass: Pass): Record<string, string | number> {
  const issue = pass.issues.find((one) => one.severity === 'error');
  if (!issue) return {};
  const { code, sheet = '', row = '', column = '', value = '' } = issue;
  return { issue: code, sheet, row, column, value, ...bothTexts(issueMessage(issue)) };
}

/** The one transaction of an import: all of it, or nothing. */
function writeImport(job: Job, written: Written): number {
  const { workspace, mapping, facts, table, file } = written;
  job.throwIfCancelled();
  return workspace.change(
    {
      action: 'import.commit',
      subject: file,
      detail: { sha256: table.sha256, study: mapping.study.code, rows: facts.loaded },
    },
    (db) => writeBatch(db, written),
  );
}
