// Brings a study's file in: every row read and checked, then all of it in one transaction.
import type { BatchView } from '../../../../shared/calls/import.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context, Job } from '../../context.ts';
import { findBatch, findBatchByContent } from '../../store/batches.ts';
import { backUp } from '../upkeep/back-up.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { FactCollector } from './collect-facts.ts';
import { viewBatch } from './import-batches.ts';
import { bothTexts, fileNameOf, issueMessage } from './import-source.ts';
import { newItemsOf } from './new-items.ts';
import { pseudonymKey } from './pseudonym.ts';
import { type Pass, readAll } from './read-rows.ts';
import { soundReading, withMappedTable } from './sound-reading.ts';
import { type Written, writeBatch } from './write-import.ts';

/** `backup`: false while a database is being built that nobody has entrusted anything to yet. */
export async function commitImport(
  context: Context,
  input: CallArguments<'import.commit'>,
  { backup = true }: { backup?: boolean } = {},
): Promise<BatchView> {
  const workspace = context.workspace();
  const file = fileNameOf(input);
  return withMappedTable(workspace, input, async (raw, chosen) => {
    refuseRepetition(workspace, raw.sha256, chosen.study.code, file);
    const reading = await soundReading(workspace, raw, chosen, input);
    const { table, mapping, reader, directory } = reading;
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
    if (backup && workspace.dataVersion > 0) await backUp(context, 'before-import');
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
      newItems: input.newItems,
    };
    const batch = writeImport(context.job, written);
    context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
    return viewBatch(findBatch(workspace.reader, batch)!, workspace);
  });
}

export function refuseRepetition(workspace: Workspace, sha256: string, study: string, file: string): void {
  const before = findBatchByContent(workspace.reader, sha256, study);
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
  const found = newItemsOf(workspace, mapping, facts.quarters.keys());
  const tree = found && {
    before: { version: found.version },
    after: { version: found.version + 1, items: found.items.map(({ code }) => code).join(', ') },
    counted: written.newItems === 'weighted',
  };
  return workspace.change(
    {
      action: 'import.commit',
      subject: file,
      detail: { sha256: table.sha256, study: mapping.study.code, rows: facts.loaded, ...tree },
    },
    (db) => writeBatch(db, written),
  );
}
