// A study's file, opened for reading under a mapping, and what is wrong with that mapping for it.
import { basename } from 'node:path';
import type { CallArguments } from '../../../../shared/contract.ts';
import { describeIssue, type Issue } from '../../../../shared/domain/import-issue.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { RowMapping, StudyMapping } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import { ImportFault } from '../../importers/import-fault.ts';
import { openTable } from '../../importers/registry.ts';
import { type ShapedTable, shapedTable } from '../../importers/shape.ts';
import type { Table } from '../../importers/table.ts';
import { listReportedKeys } from '../../store/batches.ts';
import { listRowMarks } from '../../store/import-memory.ts';
import { findMapping } from '../../store/ledger.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Correction, correctionOf } from './correction-file.ts';
import { PlaceDirectory } from './place-directory.ts';
import { dateOrderOf } from './read-period.ts';
import type { PassOptions } from './read-rows.ts';
import { StudyReader } from './read-study.ts';
import { KnownRows } from './row-marks.ts';

export type Source = Pick<
  CallArguments<'import.preview'>,
  'path' | 'fileName' | 'mapping' | 'mappingName' | 'table' | 'places' | 'skipLoaded'
>;

/** The name that the user knows a file by. */
export function fileNameOf({ fileName, path }: Pick<Source, 'fileName' | 'path'>): string {
  return fileName ?? basename(path);
}

/** Opens the file and closes it whatever happens; a refused file becomes a fault the user can read. */
export async function withTable<T>(
  source: Source,
  mapping: Pick<StudyMapping, 'table'> | undefined,
  work: (table: Table) => Promise<T>,
): Promise<T> {
  const file = fileNameOf(source);
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

/** The mapping with the user's choices about the table in it, so that they are kept with it. */
function withTableChoices<M extends RowMapping>(mapping: M, source: Source): M {
  return source.table ? { ...mapping, table: { ...mapping.table, ...source.table } } : mapping;
}

/** The table as a mapping wants it read: totals and changes left out, waves side by side made rows. */
function shapedFor(table: Table, mapping: RowMapping): ShapedTable {
  const texts = [...mapping.attributes, ...mapping.items, ...mapping.identity].map(({ column }) => column);
  return shapedTable(table, mapping.table, new Set(texts));
}

export function namedMapping(
  workspace: Workspace,
  source: Source,
): { mapping?: StudyMapping; name?: string } {
  if (source.mapping) return { mapping: source.mapping, name: source.mappingName };
  if (source.mappingName === undefined) return {};
  const saved = findMapping(workspace.reader, source.mappingName);
  if (!saved) throw new AppError('mapping-unknown', { mapping: source.mappingName });
  return { mapping: JSON.parse(saved.mapping) as StudyMapping, name: saved.name };
}

export function bothTexts(text: Bilingual): { problemZh: string; problemEn: string } {
  return { problemZh: text.zh, problemEn: text.en };
}

/** A file under a mapping, ready to be read row by row. */
export interface Reading<M extends RowMapping = StudyMapping> {
  table: ShapedTable;
  mapping: M;
  reader: StudyReader;
  directory: PlaceDirectory;
  options: PassOptions;
  correction: Correction | 'unknown' | undefined;
}

export async function readingOf<M extends RowMapping>(
  workspace: Workspace,
  raw: Table,
  given: M,
  source: Source,
): Promise<Reading<M>> {
  const mapping = withTableChoices(given, source);
  const table = shapedFor(raw, mapping);
  const directory = new PlaceDirectory(workspace.reader, mapping, source.places);
  const reader = new StudyReader(mapping, table, directory, {
    today: workspace.now().slice(0, 10),
    fileName: fileNameOf(source),
    order: await dateOrderOf(table, mapping),
    reportedIn: (quarter) => listReportedKeys(workspace.reader, mapping.study.code, quarter),
  });
  const correction = await correctionOf(workspace.reader, raw);
  const options: PassOptions = {
    known: new KnownRows(listRowMarks(workspace.reader, mapping.study.code)),
    skipLoaded: source.skipLoaded ?? (mapping.respondent !== undefined || mapping.kind === 'scores'),
    correction: correction === 'unknown' ? undefined : correction,
  };
  return { table, mapping, reader, directory, options, correction };
}

export function issueMessage(issue: Issue): Bilingual {
  const { file: _, ...place } = issue;
  return { zh: describeIssue(place, 'zh-CN'), en: describeIssue(place, 'en') };
}
