// A study's file, opened for reading under a mapping, and what is wrong with that mapping for it.
import { basename } from 'node:path';
import type { CallArguments } from '../../../shared/contract.ts';
import { describeIssue, type Issue, type IssueCode } from '../../../shared/domain/import-issue.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import type { StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../shared/errors.ts';
import { ImportFault } from '../importers/import-fault.ts';
import { openTable } from '../importers/registry.ts';
import { type ShapedTable, shapedTable } from '../importers/shape.ts';
import type { Table } from '../importers/table.ts';
import { listReportedKeys } from '../store/batches.ts';
import { listRowMarks } from '../store/import-memory.ts';
import { findMapping } from '../store/ledger.ts';
import { findStudy, listAskedScales, studyHasData } from '../store/studies.ts';
import { type Correction, correctionOf } from './correction-file.ts';
import { PlaceDirectory } from './place-directory.ts';
import type { PassOptions } from './read-rows.ts';
import { dateOrderOf, StudyReader } from './read-study.ts';
import { KnownRows } from './row-marks.ts';
import type { Workspace } from './workspace.ts';

export type Source = Pick<
  CallArguments<'import.preview'>,
  'path' | 'fileName' | 'mapping' | 'mappingName' | 'table' | 'places' | 'skipLoaded'
>;

/** Opens the file and closes it whatever happens; a refused file becomes a fault the user can read. */
export async function withTable<T>(
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

/** The mapping with the user's choices about the table in it, so that they are kept with it. */
export function withTableChoices(mapping: StudyMapping, source: Source): StudyMapping {
  return source.table ? { ...mapping, table: { ...mapping.table, ...source.table } } : mapping;
}

/** The table as a mapping wants it read: totals and changes left out, waves side by side made rows. */
export function shapedFor(table: Table, mapping: StudyMapping): ShapedTable {
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
export interface Reading {
  table: ShapedTable;
  mapping: StudyMapping;
  reader: StudyReader;
  directory: PlaceDirectory;
  options: PassOptions;
  correction: Correction | 'unknown' | undefined;
}

export async function readingOf(
  workspace: Workspace,
  raw: Table,
  given: StudyMapping,
  source: Source,
): Promise<Reading> {
  const mapping = withTableChoices(given, source);
  const table = shapedFor(raw, mapping);
  const directory = new PlaceDirectory(workspace.reader, mapping, source.places);
  const reader = new StudyReader(mapping, table, directory, {
    today: workspace.now().slice(0, 10),
    fileName: source.fileName ?? basename(source.path),
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

/** What is wrong with a mapping for this table, whoever made it. */
export function mappingProblems(
  workspace: Workspace,
  { mapping, reader, correction }: Pick<Reading, 'mapping' | 'reader' | 'correction'>,
): Bilingual[] {
  const problems: Bilingual[] = reader
    .missingColumns()
    .map((column) => ({ zh: `文件中没有“${column}”列`, en: `the file has no column "${column}"` }));
  if (correction === 'unknown')
    problems.push({
      zh: '这是更正文件，但它所更正的批次不在本数据库中，或已被撤销',
      en: 'this file corrects a batch that is not in this database or was undone',
    });
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

export function issueMessage(issue: Issue | { code: IssueCode }): Bilingual {
  const { file: _, ...place } = issue as Issue;
  return { zh: describeIssue(place, 'zh-CN'), en: describeIssue(place, 'en') };
}
