// What is wrong with a mapping for a file, whoever made it.
import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { RowMapping, StudyMapping } from '../../../../shared/domain/study-mapping.ts';
import { listAskedScales } from '../../store/questions.ts';
import { findStudy, studyHasData } from '../../store/studies.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Reading } from './import-source.ts';

type Checked<M extends RowMapping> = Pick<Reading<M>, 'mapping' | 'reader' | 'correction'>;

/** Of any file that names times and places. */
export function rowProblems({ mapping, reader, correction }: Checked<RowMapping>): Bilingual[] {
  const problems: Bilingual[] = reader.missingColumns().map((column) => ({
    zh: `文件中没有“${column}”列，请另选一列或不使用它`,
    en: `the file has no column "${column}"; choose another one, or leave it out`,
  }));
  if (correction === 'unknown')
    problems.push({
      zh: '这是更正文件，但它所更正的批次不在本数据库中，或已被撤销',
      en: 'this file corrects a batch that is not in this database or was undone',
    });
  if (!reader.hasPeriod)
    problems.push({
      zh: '没有指定日期列或季度列，文件名中也没有季度（如 2026Q3）。请在“列与含义”中指定',
      en: 'no column of dates or quarters is chosen, and the file name holds no quarter (such as 2026Q3); choose one under Columns',
    });
  if (!mapping.place.dealerCode && !mapping.place.dealerName && !mapping.place.city)
    problems.push({ zh: '没有指定经销商或城市列', en: 'neither a dealer nor a city column is chosen' });
  return problems;
}

/** Of a study's file. */
export function mappingProblems(workspace: Workspace, checked: Checked<StudyMapping>): Bilingual[] {
  const { mapping } = checked;
  const problems = rowProblems(checked);
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
