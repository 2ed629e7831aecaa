// `csi report`: a batch of dealer reports.

import { resolve } from 'node:path';
import { Option } from 'commander';
import type { ReportFiles } from '../../shared/calls/reports.ts';
import { counted } from '../../shared/domain/counted.ts';
import { quarterArgument, wholeArgument } from './arguments.ts';
import type { Output } from './output.ts';
import { examples, type Program } from './program.ts';
import type { Session } from './session.ts';

interface ReportOptions {
  quarter?: number;
  scope: string;
  format: ('pdf' | 'xlsx')[];
  out?: string;
  limit?: number;
  resume?: number;
}

/** Adds `report`. */
export function addReportCommand(program: Program): void {
  const { csi, t, run } = program;
  const report = csi
    .command('report')
    .description(t('批量生成经销商报告', 'make a batch of dealer reports'))
    .option('--quarter <quarter>', t('季度；默认最近一季', 'the latest without it'), quarterArgument)
    .option('--scope <scope>', t('哪个范围内的经销商', 'dealers of this area'), 'overall')
    .addOption(
      new Option('--format <format...>', t('文件格式', 'file formats'))
        .choices(['pdf', 'xlsx'])
        .default(['pdf', 'xlsx']),
    )
    .option('--out <folder>', t('写入哪个文件夹', 'where to write'))
    .option('--limit <dealers>', t('最多多少家', 'at most so many'), wholeArgument)
    .option('--resume <batch>', t('继续一个中断的批次', 'continue a batch'), wholeArgument)
    .action((options: ReportOptions) => run((session) => makeReports(session, options)));
  examples(report, program, 'report --scope region:S --format pdf --out reports', 'report --resume 3');
}

async function makeReports(
  { call, output, scheme, display }: Session,
  options: ReportOptions,
): Promise<void> {
  const { out, format, ...chosen } = options;
  const files = await call('reports.run', {
    ...chosen,
    scheme: await scheme(),
    formats: format,
    folder: out ? resolve(out) : undefined,
    language: output.language,
    display,
  });
  output.value(files);
  printReports(output, files);
}

export function printReports(output: Output, { batch, files, failures }: ReportFiles): void {
  output.say({
    zh: `\n报告批次 ${batch.id}：${batch.made} 家经销商，${files.length} 个文件，失败 ${batch.failed}。\n${batch.folder}`,
    en: `\nReport batch ${batch.id}: ${counted(batch.made, 'dealer')}, ${counted(files.length, 'file')}, ${batch.failed} failed.\n${batch.folder}`,
  });
  for (const failure of failures)
    output.say({
      zh: `  ${failure.dealer} ${failure.message.zh}`,
      en: `  ${failure.dealer} ${failure.message.en}`,
    });
}
