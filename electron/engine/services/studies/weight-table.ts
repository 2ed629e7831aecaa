// Tables that people bring, CSV or Excel: weights of indicators, and target shares to rake to.
import { basename } from 'node:path';
import type { TargetTable } from '../../../../shared/calls/weightings.ts';
import type { WeightTable } from '../../../../shared/calls/weights.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { describeIssue } from '../../../../shared/domain/import-issue.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { ImportFault } from '../../importers/import-fault.ts';
import { openTable } from '../../importers/registry.ts';
import type { Table } from '../../importers/table.ts';
import { cellText, parseNumber, plainText } from '../../importers/values.ts';
import { bothTexts } from '../import/import-source.ts';
import type { Workspace } from '../workspace/workspace.ts';

const WHAT = /^(code|indicator|item|name|指标|指标代码|代码|编号|名称|评分项|指标名称)$/i;
const HOW_MUCH = /^(r|w|weight|weights|share|importance|权重|重要性|比重|系数|r值|r_?j)(\s*[(（%％].*)?$/i;
const CATEGORY = /^(category|value|code|option|类别|选项|取值|代码|省份|大区|名称)$/i;
const MARGIN = /^(attribute|margin|variable|dimension|属性|变量|边际|维度)$/i;
const SHARE =
  /^(share|target|percent|population|count|n|目标|目标占比|占比|比例|人数|总体|数量)(\s*[(（%％].*)?$/i;
const MOST_ROWS = 2000;
const MOST_PROBLEMS = 50;

const NEEDED: Bilingual = {
  zh: '需要“指标”（代码或名称）和“权重”两列。',
  en: 'it needs the columns "indicator" (code or name) and "weight".',
};
const TARGETS_NEEDED: Bilingual = {
  zh: '需要“类别”和“目标占比”两列；多个属性时再加一列“属性”。',
  en: 'it needs the columns "category" and "share", and "attribute" where there are several.',
};
const UNKNOWN: Bilingual = { zh: '找不到这个指标', en: 'there is no such indicator' };
const NO_WEIGHT: Bilingual = { zh: '权重不是不小于 0 的数字', en: 'the weight is no number of at least 0' };
const TWICE: Bilingual = {
  zh: '指标重复出现，以后一行为准',
  en: 'the indicator appears twice; the later row counts',
};

export async function readWeightTable(
  context: Context,
  input: CallArguments<'weights.readTable'>,
): Promise<WeightTable> {
  const find = indicatorFinder(context.workspace());
  const fault = (file: string, problem: Bilingual) =>
    new AppError('weights-table', { file, ...bothTexts(problem) });
  return withRows(input, fault, (table, file) => readRows(table, find, (problem) => fault(file, problem)));
}

/** Target shares: a column of categories, one of shares, and one that names the margin where there are several. */
export async function readTargetTable(
  context: Context,
  input: CallArguments<'weightings.readTable'>,
): Promise<TargetTable> {
  context.workspace();
  const fault = (file: string, problem: Bilingual) =>
    new AppError('weighting-table', { file, ...bothTexts(problem) });
  return withRows(input, fault, async (table, file) => {
    const headers = table.headers.map(plainText);
    const share = headers.findIndex((header) => SHARE.test(header));
    const category = headers.findIndex((header, i) => i !== share && CATEGORY.test(header));
    const margin = headers.findIndex((header, i) => i !== share && i !== category && MARGIN.test(header));
    if (share < 0 || category < 0) throw fault(file, TARGETS_NEEDED);
    const rows: TargetTable['rows'] = [];
    for await (const { cells } of table.rows()) {
      const parsed = parseNumber(cells[share] ?? null, { units: ['%', '％'] });
      const name = plainText(cellText(cells[category] ?? null));
      if (name === '' || parsed.kind !== 'value' || parsed.value < 0) continue;
      const dimension = margin < 0 ? '' : plainText(cellText(cells[margin] ?? null));
      if (rows.push({ dimension, category: name, share: parsed.value }) >= MOST_ROWS) break;
    }
    return { rows };
  });
}

async function withRows<T>(
  input: { path: string; fileName?: string | undefined },
  fault: (file: string, problem: Bilingual) => AppError,
  read: (table: Table, file: string) => Promise<T>,
): Promise<T> {
  const file = input.fileName ?? basename(input.path);
  try {
    const table = await openTable(input.path, {});
    try {
      return await read(table, file);
    } finally {
      await table.close();
    }
  } catch (error) {
    if (!(error instanceof ImportFault)) throw error;
    const { file: _, ...issue } = error.toIssue();
    throw fault(file, { zh: describeIssue(issue, 'zh-CN'), en: describeIssue(issue, 'en') });
  }
}

async function readRows(
  table: Table,
  find: (text: string) => string | undefined,
  fault: (problem: Bilingual) => AppError,
): Promise<WeightTable> {
  const headers = table.headers.map(plainText);
  const names = headers.flatMap((header, i) => (WHAT.test(header) ? [i] : []));
  const value = headers.findIndex((header) => HOW_MUCH.test(header));
  if (names.length === 0 || value < 0) throw fault(NEEDED);
  const weights = new Map<string, number>();
  const problems: WeightTable['problems'] = [];
  let read = 0;
  for await (const { row, cells } of table.rows()) {
    if (read++ >= MOST_ROWS) break;
    const report = (text: string, message: Bilingual) => {
      if (problems.length < MOST_PROBLEMS) problems.push({ row, value: text.slice(0, 40), message });
    };
    const texts = names.map((i) => plainText(cellText(cells[i] ?? null))).filter((text) => text !== '');
    if (texts.length === 0) continue;
    const code = texts.map(find).find((found) => found !== undefined);
    const parsed = parseNumber(cells[value] ?? null, { units: ['%', '％'] });
    if (code === undefined) report(texts[0]!, UNKNOWN);
    else if (parsed.kind !== 'value' || parsed.value < 0) report(cellText(cells[value] ?? null), NO_WEIGHT);
    else {
      if (weights.has(code)) report(texts[0]!, TWICE);
      weights.set(code, parsed.value);
    }
  }
  return { weights: [...weights].map(([code, weight]) => ({ code, weight })), problems };
}

/** By code or by name in either language. */
function indicatorFinder(workspace: Workspace): (text: string) => string | undefined {
  const codes = new Map<string, string>();
  for (const { code, nameZh, nameEn } of workspace.indicators().rows)
    for (const text of [nameEn, nameZh, code]) codes.set(plainText(text).toLowerCase(), code);
  return (text) => codes.get(text.toLowerCase());
}
