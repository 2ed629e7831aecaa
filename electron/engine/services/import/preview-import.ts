// How a file would be read: what its rows mean, what is wrong with them, how many would be loaded. Writes nothing.
import type { ImportPreview } from '../../../../shared/calls/import.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { answerLabels } from '../../../../shared/domain/band.ts';
import { describeIssue, type Issue } from '../../../../shared/domain/import-issue.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { LEFT_COLUMNS, leaveOutRules } from '../../../../shared/domain/leave-out.ts';
import { formatQuarter } from '../../../../shared/domain/quarter.ts';
import type { StudyMapping } from '../../../../shared/domain/study-mapping.ts';
import type { Context } from '../../context.ts';
import { type ShapedTable, shapedTable } from '../../importers/shape.ts';
import type { RawCell, Table } from '../../importers/table.ts';
import { planUnpivot, WAVE_HEADER } from '../../importers/unpivot.ts';
import { cellText } from '../../importers/values.ts';
import { findBatchByContent } from '../../store/batches.ts';
import { columnFacts } from './column-facts.ts';
import { isCorrectionColumn } from './correction-file.ts';
import { type Guess, guessMapping } from './guess-mapping.ts';
import {
  fileNameOf,
  issueMessage,
  namedMapping,
  type Reading,
  readingOf,
  type Source,
  withTable,
} from './import-source.ts';
import { joinableColumns } from './joinable-columns.ts';
import { mappingProblems } from './mapping-problems.ts';
import { newItemsOf } from './new-items.ts';
import { profileColumns } from './profile-columns.ts';
import { readAll } from './read-rows.ts';
import { unmatchedPlaces } from './unmatched-places.ts';

export async function previewImport(
  context: Context,
  input: CallArguments<'import.preview'>,
): Promise<ImportPreview> {
  const workspace = context.workspace();
  const given = namedMapping(workspace, input);
  return withTable(input, given.mapping, async (raw) => {
    const found: Guess = given.mapping
      ? given
      : await guessMapping(workspace, raw, fileNameOf(input), input.table);
    if (!found.mapping) {
      const table = shapedTable(raw, input.table ?? {});
      return emptyPreview(await fileFacts(table, input, null), found.problems ?? [], await firstCells(table));
    }
    const reading = await readingOf(workspace, raw, found.mapping, input);
    const { table, mapping, reader, directory } = reading;
    const problems = mappingProblems(workspace, reading);
    const known = { mapping, mappingName: found.name ?? null, basis: found.basis ?? null };
    const correctionOf = correctionFacts(reading);
    if (problems.length > 0)
      return {
        ...emptyPreview(await fileFacts(table, input, mapping), problems, await firstCells(table)),
        ...known,
        correctionOf,
      };
    const pass = await readAll(table, reader, context.job, () => undefined, reading.options);
    const labels = mapping.attributes.map(answerLabels);
    return {
      ...(await fileFacts(table, input, mapping)),
      ...known,
      correctionOf,
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
                attributes: outcome.fact.attributes.map((answer, i) => worded(answer, labels[i]!)),
              },
      })),
      counts: {
        read: pass.read,
        accepted: pass.accepted,
        rejected: pass.rejected,
        quarters: [...pass.quarters].sort(([a], [b]) => a - b).map(([quarter, rows]) => ({ quarter, rows })),
        newDealers: directory.newDealers,
        newCities: directory.newCities,
        loadedBefore: pass.loadedBefore,
        loadedBatches: [...pass.loadedBatches].sort((a, b) => a - b),
        skipLoaded: reading.options.skipLoaded,
        leftByChoice: pass.leftByChoice,
        blank: pass.blank,
      },
      issues: pass.issues.map(viewIssue),
      issueTotals: [...pass.totals].map(([code, { first, count }]) => ({
        code,
        severity: first.severity,
        count,
        row: first.row ?? null,
        message: told({ code, value: first.value }),
      })),
      duplicateOf: findBatchByContent(workspace.reader, table.sha256, mapping.study.code)?.id ?? null,
      unmatched: unmatchedPlaces(pass, directory),
      newItems: newItemsOf(workspace, mapping, pass.quarters.keys()),
    };
  });
}

type FileFacts = Pick<
  ImportPreview,
  'file' | 'sheets' | 'headerRows' | 'headers' | 'columns' | 'wideHeaders' | 'waves' | 'left' | 'joinable'
>;

async function fileFacts(
  table: ShapedTable,
  source: Source,
  mapping: StudyMapping | null,
): Promise<FileFacts> {
  const columns = await profileColumns(table);
  return {
    file: {
      path: source.path,
      name: fileNameOf(source),
      bytes: table.bytes,
      sha256: table.sha256,
      format: table.format,
      encoding: table.encoding ?? null,
      delimiter: table.delimiter ?? null,
    },
    sheets: (table.sheets ?? []).map(({ name, hidden }) => ({ name, hidden })),
    headerRows: table.headerRows ?? null,
    headers: table.headers.filter((header) => !isCorrectionColumn(header)),
    columns: columnFacts(columns, table),
    joinable: joinableColumns(columns, mapping),
    wideHeaders: [...table.wideHeaders],
    waves: table.waves ?? sideBySide(table.wideHeaders),
    left: table.left,
  };
}

/** Waves that stand side by side in a table that is read as it stands. */
function sideBySide(headers: readonly string[]): ImportPreview['waves'] {
  const plan = headers.includes(WAVE_HEADER) ? undefined : planUnpivot(headers, leaveOutRules(LEFT_COLUMNS));
  if (!plan) return null;
  return plan.waves.map((wave) => ({
    wave,
    columns: plan.columns.filter((one) => one.wave === wave).map(({ column }) => headers[column]!),
  }));
}

function correctionFacts({ correction }: Reading): ImportPreview['correctionOf'] {
  if (correction === undefined || correction === 'unknown') return null;
  return { batch: correction.batch.id, fileName: correction.batch.fileName, open: correction.open.size };
}

function emptyPreview(facts: FileFacts, problems: Bilingual[], rows: ImportPreview['rows']): ImportPreview {
  return {
    ...facts,
    rows,
    mapping: null,
    mappingName: null,
    basis: null,
    correctionOf: null,
    mappingProblems: problems,
    counts: {
      read: 0,
      accepted: 0,
      rejected: 0,
      quarters: [],
      newDealers: 0,
      newCities: 0,
      loadedBefore: 0,
      loadedBatches: [],
      skipLoaded: false,
      leftByChoice: 0,
      blank: 0,
    },
    issues: [],
    issueTotals: [],
    duplicateOf: null,
    unmatched: [],
    newItems: null,
  };
}

function worded(answer: string | string[] | null, labels: Record<string, Bilingual>): Bilingual | null {
  if (answer === null) return null;
  const all = [answer].flat().map((one) => labels[one] ?? { zh: one, en: one });
  return { zh: all.map(({ zh }) => zh).join('、'), en: all.map(({ en }) => en).join(', ') };
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

function viewIssue(issue: Issue): ImportPreview['issues'][number] {
  const { file: _, ...place } = issue;
  return { ...place, sentence: told(issue), message: issueMessage(issue) };
}

/** The sentence alone, without the place. */
function told({ code, value }: Pick<Issue, 'code' | 'value'>): Bilingual {
  return { zh: describeIssue({ code, value }, 'zh-CN'), en: describeIssue({ code, value }, 'en') };
}
