// How a file would be read: what its rows mean, what is wrong with them, how many would be loaded. Writes nothing.
import { basename } from 'node:path';
import type { ImportPreview, IssueView } from '../../../shared/calls/import.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import type { Issue } from '../../../shared/domain/import-issue.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import type { Context } from '../context.ts';
import type { RawCell, Table } from '../importers/table.ts';
import { cellText } from '../importers/values.ts';
import { findBatchByContent } from '../store/batches.ts';
import { type Guess, guessMapping } from './guess-mapping.ts';
import {
  issueMessage,
  mappingProblems,
  namedMapping,
  readerFor,
  type Source,
  withTable,
} from './import-source.ts';
import { readAll } from './read-rows.ts';

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

function viewIssue(issue: Issue): IssueView {
  const { file: _, ...place } = issue;
  return { ...place, message: issueMessage(issue) };
}
