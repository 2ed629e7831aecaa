// Import batches: listed, undone, and the rows that they kept out.

import { resolve } from 'node:path';
import type { BatchView, RestingResults } from '../../shared/calls/import.ts';
import { counted } from '../../shared/domain/counted.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { tableFile, wholeArgument } from './arguments.ts';
import type { Output } from './output.ts';
import { examples, type Program } from './program.ts';
import type { Session } from './session.ts';

const STATES: Record<BatchView['state'], Bilingual> = {
  committed: { zh: '已导入', en: 'committed' },
  undone: { zh: '已撤销', en: 'undone' },
};

/** Adds `batches`, `undo` and `quarantine`. */
export function addBatchCommands(program: Program): void {
  const { csi, t, run } = program;
  const number = t('批次号（csi batches）', 'number of the batch, as csi batches lists it');
  const list = csi
    .command('batches')
    .description(t('列出导入批次', 'list the import batches'))
    .action(() => run(listBatches));
  examples(list, program, 'batches');
  const undo = csi
    .command('undo')
    .description(t('撤销一个导入批次', 'undo an import batch'))
    .argument('<batch>', number, wholeArgument)
    .option('--preview', t('只说明哪些结果依据它，不撤销', 'say what rests on it, undo nothing'), false)
    .action((batch: number, { preview }: { preview: boolean }) =>
      run((session) => undoBatch(session, batch, preview)),
    );
  examples(undo, program, 'undo 3 --preview', 'undo 3');
  const kept = csi
    .command('quarantine')
    .description(
      t(
        '一个批次没有导入的行；--out 写成文件以便更正后再导入',
        'the rows that a batch kept out; with --out as a file to correct and import',
      ),
    )
    .argument('<batch>', number, wholeArgument)
    .option('--out <file>', t('.csv 或 .xlsx', '.csv or .xlsx'), tableFile)
    .action((batch: number, { out }: { out?: string }) =>
      run((session) => showQuarantine(session, batch, out)),
    );
  examples(kept, program, 'quarantine 3', 'quarantine 3 --out to-correct.xlsx');
}

async function listBatches({ call, output }: Session): Promise<void> {
  const batches = await call('import.batches', {});
  output.value(batches);
  const quarters = ({ firstQuarter: first, lastQuarter: last }: BatchView) =>
    first === null || last === null
      ? '—'
      : [...new Set([first, last])].map((one) => formatQuarter(one)).join(' … ');
  output.table(
    [
      { zh: '批次', en: 'Batch' },
      { zh: '研究', en: 'Study' },
      { zh: '文件', en: 'File' },
      { zh: '季度', en: 'Quarters' },
      { zh: '行数', en: 'Rows' },
      { zh: '待更正', en: 'To correct' },
      { zh: '状态', en: 'State' },
    ],
    batches.map((one) => [
      one.id,
      output.pick(one.studyName),
      one.fileName,
      quarters(one),
      one.rowsLoaded,
      one.rowsOpen,
      output.pick(STATES[one.state]),
    ]),
  );
}

async function undoBatch({ call, output }: Session, batch: number, preview: boolean): Promise<void> {
  if (preview) {
    const resting = await call('import.undoPreview', { batch });
    output.value(resting);
    printResting(output, resting);
    return;
  }
  const undone = await call('import.undo', { batch });
  output.value(undone);
  output.say({ zh: `已撤销第 ${undone.id} 批`, en: `Batch ${undone.id} is undone` });
}

async function showQuarantine({ call, output }: Session, batch: number, out?: string): Promise<void> {
  if (out !== undefined) {
    const { language } = output;
    const made = await call('import.exportQuarantine', { batch, target: resolve(out), language });
    output.value(made);
    output.say({ zh: `已写入 ${made.rows} 行`, en: `${counted(made.rows, 'row')} written` });
    return;
  }
  const kept = await call('import.quarantine', { batch });
  output.value(kept);
  output.table(
    [
      { zh: '行', en: 'Row' },
      { zh: '原因', en: 'Reason' },
    ],
    kept.rows
      .filter((row) => row.correctedBy === null)
      .map((row) => [row.row, row.reasons.map((reason) => output.pick(reason)).join(' ')]),
  );
}

/** What becomes outdated when a batch comes or goes; one line where nothing does. */
export function printResting(
  output: Output,
  { forecasts, alertCount, plans, reportBatches }: RestingResults,
): void {
  if (forecasts.length + alertCount + plans.length + reportBatches.length === 0) {
    output.say({
      zh: '没有预测、预警、计划或报告因此过时。',
      en: 'No forecast, alert, plan or report becomes outdated.',
    });
    return;
  }
  output.say({ zh: '因此过时：', en: 'Becomes outdated:' });
  for (const one of forecasts)
    output.say({
      zh: `  预测 ${formatQuarter(one.quarter)}`,
      en: `  forecast of ${formatQuarter(one.quarter)}`,
    });
  if (alertCount > 0) output.say({ zh: `  ${alertCount} 条预警`, en: `  ${counted(alertCount, 'alert')}` });
  for (const one of plans) output.say({ zh: `  计划“${one.name}”`, en: `  plan "${one.name}"` });
  for (const one of reportBatches)
    output.say({
      zh: `  ${formatQuarter(one.quarter)} 的 ${one.made} 家报告`,
      en: `  reports of ${counted(one.made, 'dealer')} for ${formatQuarter(one.quarter)}`,
    });
}
