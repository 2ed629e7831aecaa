// Weights that people bring as a table: a column of codes or names and a column of R, CSV or Excel.
import { basename } from 'node:path';
import type { WeightTable } from '../../../shared/calls/weights.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import { describeIssue } from '../../../shared/domain/import-issue.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { ImportFault } from '../importers/import-fault.ts';
import { openTable } from '../importers/registry.ts';
import type { Table } from '../importers/table.ts';
import { cellText, parseNumber, plainText } from '../importers/values.ts';
import { bothTexts } from './import-source.ts';
import type { Workspace } from './workspace.ts';

const WHAT = /^(code|indicator|item|name|指标|指标代码|代码|编号|名称|评分项|指标名称)$/i;
const HOW_MUCH = /^(r|w|weight|weights|share|importance|权重|重要性|比重|系数|r值|r_?j)(\s*[(（%％].*)?$/i;
const MOST_ROWS = 2000;
const MOST_PROBLEMS = 50;

const NEEDED: Bilingual = {
  zh: '需要“指标”（代码或名称）和“权重”两列。',
  en: 'it needs the columns "indicator" (code or name) and "weight".',
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
  const file = input.fileName ?? basename(input.path);
  const find = indicatorFinder(context.workspace());
  try {
    const table = await openTable(input.path, {});
    try {
      return await readRows(table, find, file);
    } finally {
      await table.close();
    }
  } catch (error) {
    if (!(error instanceof ImportFault)) throw error;
    const { file: _, ...issue } = error.toIssue();
    throw tableFault(file, { zh: describeIssue(issue, 'zh-CN'), en: describeIssue(issue, 'en') });
  }
}

async function readRows(
  table: Table,
  find: (text: string) => string | undefined,
  file: string,
): Promise<WeightTable> {
  const headers = table.headers.map(plainText);
  const names = headers.flatMap((header, i) => (WHAT.test(header) ? [i] : []));
  const value = headers.findIndex((header) => HOW_MUCH.test(header));
  if (names.length === 0 || value < 0) throw tableFault(file, NEEDED);
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

function tableFault(file: string, problem: Bilingual): AppError {
  return new AppError('weights-table', { file, ...bothTexts(problem) });
}
