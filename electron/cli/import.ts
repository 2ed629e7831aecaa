/** Bringing files in from the command line: preview, effect, rows to correct, names of places, batches, undo. */
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ImportEffect, ImportPreview, RestingResults } from '../../shared/calls/import.ts';
import type { CallInput } from '../../shared/contract.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import type { StudyMappingInput } from '../../shared/domain/study-mapping.ts';
import type { Output } from './output.ts';
import type { ScoreTexts } from './score.ts';
import { numberArgument, type Session } from './session.ts';

type WithSession = (open: 'create' | 'open', work: (session: Session) => Promise<void>) => Promise<void>;

interface ImportOptions {
  mapping?: string;
  mappingName?: string;
  saveMapping?: string;
  acceptGoodRows: boolean;
  skipLoaded?: boolean;
  newItems: 'weighted' | 'unweighted';
  preview: boolean;
  faults?: string;
  sheet?: string;
  headerRows?: number;
  skipRows?: number;
  delimiter?: string;
  encoding?: string;
  waves: boolean;
  leaveOut: boolean;
}

export function addImportCommands(csi: Command, withSession: WithSession): void {
  csi
    .command('import')
    .description('import files through a mapping')
    .argument('<files...>')
    .option('--mapping <file>', 'mapping as JSON; without it a saved, carried over or guessed one')
    .option('--mapping-name <name>', 'a saved mapping')
    .option('--save-mapping <name>', 'keep the mapping under a name')
    .option('--accept-good-rows', 'load the good rows of a file with faults', false)
    .option('--skip-loaded', 'leave out rows that a batch of the study holds already')
    .option('--no-skip-loaded', 'load them again')
    .addOption(
      new Option('--new-items <how>', 'whether items that the indicator tree lacks count in the index')
        .choices(['weighted', 'unweighted'])
        .default('weighted'),
    )
    .option('--preview', 'show what would be loaded and what would change, write nothing', false)
    .option('--faults <file>', 'write the rows with faults to a .csv or .xlsx to correct')
    .option('--sheet <name>', 'sheet of a workbook')
    .option('--header-rows <count>', 'rows of the header', numberArgument)
    .option('--skip-rows <count>', 'rows above the header', numberArgument)
    .option('--delimiter <text>', 'what separates the fields; \\t for a tab')
    .option('--encoding <name>', 'utf-8, gb18030, utf-16le, utf-16be')
    .option('--waves', 'turn waves side by side into a row each', false)
    .option('--leave-out', 'leave out totals, subtotals and changes by the usual rules', false)
    .action((files: string[], options: ImportOptions) =>
      withSession('create', async (session) => {
        const results: unknown[] = [];
        for (const file of files) results.push(await importFile(session, file, options));
        session.output.value(results);
      }),
    );
  addBatchCommands(csi, withSession);
  addAliasCommands(csi, withSession);
}

function sourceOf(file: string, options: ImportOptions): CallInput<'import.preview'> {
  const { sheet, headerRows, skipRows, encoding } = options;
  const table = {
    sheet,
    headerRows,
    skipRows,
    encoding,
    delimiter: options.delimiter?.replaceAll('\\t', '\t'),
    unpivot: options.waves ? {} : undefined,
    leaveOut: options.leaveOut ? {} : undefined,
  };
  const chosen = Object.fromEntries(Object.entries(table).filter(([, value]) => value !== undefined));
  return {
    path: resolve(file),
    mapping: options.mapping ? readMapping(options.mapping) : undefined,
    mappingName: options.mappingName,
    skipLoaded: options.skipLoaded,
    newItems: options.newItems,
    table: Object.keys(chosen).length > 0 ? chosen : undefined,
  };
}

function readMapping(path: string): StudyMappingInput {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as StudyMappingInput;
  } catch (error) {
    throw new InvalidArgumentError(`${path}: ${(error as Error).message}`);
  }
}

async function importFile(
  { call, output, scores }: Session,
  file: string,
  options: ImportOptions,
): Promise<unknown> {
  const source = sourceOf(file, options);
  if (options.faults) {
    const { language } = output;
    const { rows } = await call('import.exportFaults', {
      ...source,
      target: resolve(options.faults),
      language,
    });
    output.say({
      zh: `${rows} 行有错误，已写入 ${options.faults}`,
      en: `${rows} rows with faults in ${options.faults}`,
    });
  }
  if (options.preview) {
    const preview = await call('import.preview', source);
    printPreview(output, file, preview);
    if (preview.counts.accepted === 0) return { ...preview, effect: null };
    const effect = await call('import.effect', source);
    printEffect(output, await scores(), effect);
    return { ...preview, effect };
  }
  const batch = await call('import.commit', {
    ...source,
    acceptGoodRows: options.acceptGoodRows,
    saveMappingAs: options.saveMapping,
  });
  output.say({
    zh: `第 ${batch.id} 批：${basename(file)}，${batch.rowsLoaded} 行`,
    en: `Batch ${batch.id}: ${basename(file)}, ${batch.rowsLoaded} rows`,
  });
  if (batch.treeVersion !== null)
    output.say({
      zh: `  新评分项：指标体系第 ${batch.treeVersion} 版已启用`,
      en: `  new items: version ${batch.treeVersion} of the indicator tree is in force`,
    });
  if (batch.rowsOpen > 0)
    output.say({
      zh: `  ${batch.rowsOpen} 行待更正：csi quarantine ${batch.id} --out 待更正.xlsx`,
      en: `  ${batch.rowsOpen} rows to correct: csi quarantine ${batch.id} --out to-correct.xlsx`,
    });
  return batch;
}

function printPreview(output: Output, file: string, preview: ImportPreview): void {
  const { counts, basis, left, unmatched, newItems } = preview;
  const brought = newItems?.items.map(({ code }) => code).join(', ');
  output.say({
    zh: `${basename(file)}：读取 ${counts.read} 行，可导入 ${counts.accepted}，拒绝 ${counts.rejected}`,
    en: `${basename(file)}: ${counts.read} rows read, ${counts.accepted} can be loaded, ${counts.rejected} rejected`,
  });
  const lines: [boolean, Bilingual][] = [
    [
      basis !== null && basis.source !== '',
      {
        zh: `  沿用“${basis?.source}”，${basis?.renamed.length} 列改名，${basis?.gone.length} 列缺失`,
        en: `  starts from "${basis?.source}", ${basis?.renamed.length} columns renamed, ${basis?.gone.length} gone`,
      },
    ],
    [
      left.rows + left.columns.length > 0,
      {
        zh: `  按规则略去 ${left.rows} 行、${left.columns.length} 列`,
        en: `  left out by rule: ${left.rows} rows, ${left.columns.length} columns`,
      },
    ],
    [
      counts.loadedBefore > 0,
      {
        zh: `  ${counts.loadedBefore} 行已在第 ${counts.loadedBatches.join('、')} 批中`,
        en: `  ${counts.loadedBefore} rows are in batch ${counts.loadedBatches.join(', ')} already`,
      },
    ],
    [
      newItems !== null,
      {
        zh: `  指标体系第 ${newItems?.version} 版没有的评分项：${brought}（见 --new-items）`,
        en: `  items that version ${newItems?.version} of the indicator tree lacks: ${brought} (see --new-items)`,
      },
    ],
  ];
  for (const [said, line] of lines) if (said) output.say(line);
  for (const problem of preview.mappingProblems) output.say(problem);
  for (const total of preview.issueTotals)
    output.say({
      zh: `  ${total.count} × ${total.message.zh}`,
      en: `  ${total.count} × ${total.message.en}`,
    });
  for (const place of unmatched.filter((one) => one.state === 'unknown')) {
    const near = place.nearest.map(({ code, name }) => `${name} [${code}]`).join(' · ');
    output.say({ zh: `  未识别：${place.name} → ${near}`, en: `  unknown: ${place.name} → ${near}` });
  }
}

function printEffect(output: Output, texts: ScoreTexts, effect: ImportEffect): void {
  const last = effect.quarters.at(-1);
  output.table(
    [
      { zh: '季度', en: 'Quarter' },
      { zh: '地区', en: 'Area' },
      { zh: '指标', en: 'Indicator' },
      ...texts.scoreHeads({ zh: '导入前', en: 'Before' }),
      ...texts.scoreHeads({ zh: '导入后', en: 'After' }),
    ],
    effect.rows
      .filter((row) => row.quarter === last && (row.scope === 'overall' || row.indicator === ''))
      .map((row) => [
        formatQuarter(row.quarter),
        output.pick(row.scopeName),
        output.pick(row.indicatorName),
        ...[row.before, row.after].flatMap((score) => texts.scoreCells(score, texts.on(row.scale))),
      ]),
  );
  texts.legend();
  printResting(output, effect.outdated);
}

function printResting(output: Output, { forecasts, alertCount, plans, reportBatches }: RestingResults): void {
  if (forecasts.length + alertCount + plans.length + reportBatches.length === 0) return;
  output.say({ zh: '因此过时：', en: 'Becomes outdated:' });
  for (const one of forecasts)
    output.say({
      zh: `  预测 ${formatQuarter(one.quarter)}`,
      en: `  forecast of ${formatQuarter(one.quarter)}`,
    });
  if (alertCount > 0) output.say({ zh: `  ${alertCount} 条预警`, en: `  ${alertCount} alerts` });
  for (const one of plans) output.say({ zh: `  计划“${one.name}”`, en: `  plan "${one.name}"` });
  for (const one of reportBatches)
    output.say({
      zh: `  ${formatQuarter(one.quarter)} 的 ${one.made} 家报告`,
      en: `  reports of ${one.made} dealers for ${formatQuarter(one.quarter)}`,
    });
}

function addBatchCommands(csi: Command, withSession: WithSession): void {
  csi
    .command('batches')
    .description('list the import batches')
    .action(() =>
      withSession('open', async ({ call, output }) => {
        const batches = await call('import.batches', {});
        output.value(batches);
        output.table(
          [
            { zh: '批次', en: 'Batch' },
            { zh: '研究', en: 'Study' },
            { zh: '文件', en: 'File' },
            { zh: '行数', en: 'Rows' },
            { zh: '待更正', en: 'To correct' },
            { zh: '状态', en: 'State' },
          ],
          batches.map((one) => [
            one.id,
            output.pick(one.studyName),
            one.fileName,
            one.rowsLoaded,
            one.rowsOpen,
            one.state,
          ]),
        );
      }),
    );
  csi
    .command('undo')
    .description('undo an import batch')
    .argument('<batch>', 'number of the batch', numberArgument)
    .option('--preview', 'say what rests on it, undo nothing', false)
    .action((batch: number, { preview }: { preview: boolean }) =>
      withSession('open', async ({ call, output }) => {
        if (preview) {
          const resting = await call('import.undoPreview', { batch });
          output.value(resting);
          printResting(output, resting);
          return;
        }
        const undone = await call('import.undo', { batch });
        output.value(undone);
        output.say({ zh: `已撤销第 ${undone.id} 批`, en: `Batch ${undone.id} is undone` });
      }),
    );
  csi
    .command('quarantine')
    .description('the rows that a batch kept out; with --out as a file to correct and import')
    .argument('<batch>', 'number of the batch', numberArgument)
    .option('--out <file>', '.csv or .xlsx')
    .action((batch: number, { out }: { out?: string }) =>
      withSession('open', async ({ call, output }) => {
        if (out !== undefined) {
          const { language } = output;
          const made = await call('import.exportQuarantine', { batch, target: resolve(out), language });
          output.value(made);
          output.say({ zh: `已写入 ${made.rows} 行`, en: `${made.rows} rows written` });
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
      }),
    );
}

function addAliasCommands(csi: Command, withSession: WithSession): void {
  csi
    .command('aliases')
    .description('names of dealers and cities that imports follow')
    .option('--dealer <name=code>', 'a name in files that is the dealer of this code')
    .option('--city <name=code>', 'a name in files that is the city of this code')
    .option('--leave <name>', 'a dealer whose rows are left out')
    .option('--delete <name>', 'forget what was chosen for a name')
    .action((options: { dealer?: string; city?: string; leave?: string; delete?: string }) =>
      withSession('open', async ({ call, output }) => {
        const choices: CallInput<'aliases.save'>['choices'] = [];
        for (const kind of ['dealer', 'city'] as const) {
          const said = options[kind];
          if (said === undefined) continue;
          const cut = said.lastIndexOf('=');
          if (cut < 1) throw new InvalidArgumentError('name=code');
          choices.push({ kind, name: said.slice(0, cut), action: 'match', target: said.slice(cut + 1) });
        }
        if (options.leave) choices.push({ kind: 'dealer', name: options.leave, action: 'leave' });
        if (choices.length > 0) await call('aliases.save', { choices });
        for (const one of await call('aliases.list', {}))
          if (one.written === options.delete) await call('aliases.delete', { kind: one.kind, key: one.key });
        const aliases = await call('aliases.list', {});
        output.value(aliases);
        output.table(
          [
            { zh: '文件中的名称', en: 'As written' },
            { zh: '处理', en: 'What to do' },
            { zh: '代码', en: 'Code' },
            { zh: '名称', en: 'Name' },
          ],
          aliases.map((one) => [one.written, one.action, one.target, one.label]),
        );
      }),
    );
}
