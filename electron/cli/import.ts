// `csi import`: preview, effect and commit of files.

import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Option } from 'commander';
import type { ImportPreview } from '../../shared/calls/import.ts';
import type { CallInput } from '../../shared/contract.ts';
import { counted } from '../../shared/domain/counted.ts';
import type { StudyMappingInput } from '../../shared/domain/study-mapping.ts';
import { CommandFault, offsetArgument, readJsonFile, tableFile } from './arguments.ts';
import { addBatchCommands } from './batches.ts';
import { printEffect, printPreview } from './import-print.ts';
import type { Output } from './output.ts';
import { examples, type Program } from './program.ts';
import type { Session } from './session.ts';

interface ImportOptions {
  mapping?: string;
  mappingName?: string;
  saveMapping?: string;
  writeMapping?: string;
  name: string;
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

/** Adds `import`. */
export function addImportCommands(program: Program): void {
  const { csi, t, create } = program;
  const command = csi
    .command('import')
    .description(
      t(
        '按对应关系导入文件；没有数据库时新建',
        'import files through a mapping, into a new database where there is none',
      ),
    )
    .argument(
      '<files...>',
      t('CSV、XLSX、SAV 文件；- 读取管道输入的 CSV', 'CSV, XLSX or SAV; - reads CSV that is piped in'),
    )
    .option(
      '--mapping <file>',
      t(
        '对应关系 JSON；默认用已保存的、沿用的或猜测的',
        'mapping as JSON; without it a saved, carried over or guessed one',
      ),
    )
    .option('--mapping-name <name>', t('已保存的对应关系', 'a saved mapping'))
    .option('--save-mapping <name>', t('把对应关系以此名称保存', 'keep the mapping under a name'))
    .option(
      '--write-mapping <file>',
      t(
        '与 --preview 合用：把对应关系写成 JSON 以便修改',
        'with --preview: write the mapping as JSON to edit it',
      ),
    )
    .option(
      '--accept-good-rows',
      t('有错误时只导入无误的行', 'load the good rows of a file with faults'),
      false,
    )
    .option(
      '--skip-loaded',
      t('略去该研究已导入过的行', 'leave out rows that a batch of the study holds already'),
    )
    .option('--no-skip-loaded', t('已导入过的行再次导入', 'load them again'))
    .addOption(
      new Option(
        '--new-items <how>',
        t(
          '指标体系没有的评分项是否计入指数',
          'whether items that the indicator tree lacks count in the index',
        ),
      )
        .choices(['weighted', 'unweighted'])
        .default('weighted'),
    )
    .option(
      '--preview',
      t(
        '只看会导入什么、得分怎样变化，不写入',
        'show what would be loaded and what would change, write nothing',
      ),
      false,
    )
    .option(
      '--faults <file>',
      t(
        '把有错误的行写入 .csv 或 .xlsx 以便更正',
        'write the rows with faults to a .csv or .xlsx to correct',
      ),
      tableFile,
    )
    .option(
      '--name <file>',
      t('管道输入的文件叫什么', 'what the file that is piped in is called'),
      'stdin.csv',
    )
    .option('--sheet <name>', t('工作表', 'sheet of a workbook'))
    .option('--header-rows <count>', t('表头行数', 'rows of the header'), offsetArgument)
    .option('--skip-rows <count>', t('表头上方的行数', 'rows above the header'), offsetArgument)
    .option('--delimiter <text>', t('分隔符；\\t 为制表符', 'what separates the fields; \\t for a tab'))
    .option('--encoding <name>', 'utf-8, gb18030, utf-16le, utf-16be')
    .option('--waves', t('把并排的各季转为逐行', 'turn waves side by side into a row each'), false)
    .option(
      '--leave-out',
      t('按通用规则略去合计、小计和变化列', 'leave out totals, subtotals and changes by the usual rules'),
      false,
    )
    .action((files: string[], options: ImportOptions) =>
      create((session) => importFiles(session, files, options)),
    );
  examples(
    command,
    program,
    '--db my.csi import 2026Q3.xlsx --mapping third-party.json',
    'import 2026Q4.csv --preview --write-mapping guess.json',
    'import in-house-*.csv --mapping-name in-house',
    'import - --name 2026Q3.csv --mapping in-house.json < 2026Q3.csv',
  );
  addBatchCommands(program);
}

async function importFiles(session: Session, files: string[], options: ImportOptions): Promise<void> {
  const results: unknown[] = [];
  for (const file of files)
    if (file === '-')
      await withPipedFile(async (path) => {
        results.push(await importFile(session, path, options.name, options));
      });
    else results.push(await importFile(session, file, undefined, options));
  session.output.value(results);
}

/** The importers want a file of known length: what is piped in is kept for as long as it is read. */
async function withPipedFile(work: (path: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'csi-piped-'));
  try {
    const path = join(folder, 'piped.csv');
    await pipeline(process.stdin, createWriteStream(path));
    await work(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sourceOf(
  file: string,
  fileName: string | undefined,
  options: ImportOptions,
): CallInput<'import.preview'> {
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
    fileName,
    mapping: options.mapping ? (readJsonFile(options.mapping) as StudyMappingInput) : undefined,
    mappingName: options.mappingName,
    skipLoaded: options.skipLoaded,
    newItems: options.newItems,
    table: Object.keys(chosen).length > 0 ? chosen : undefined,
  };
}

async function importFile(
  { call, output, scores }: Session,
  file: string,
  fileName: string | undefined,
  options: ImportOptions,
): Promise<unknown> {
  const source = sourceOf(file, fileName, options);
  const name = fileName ?? basename(file);
  if (options.faults) {
    const { language } = output;
    const { rows } = await call('import.exportFaults', {
      ...source,
      target: resolve(options.faults),
      language,
    });
    output.say({
      zh: `${rows} 行有错误，已写入 ${options.faults}`,
      en: `${counted(rows, 'row')} with faults in ${options.faults}`,
    });
  }
  if (options.preview) {
    const preview = await call('import.preview', source);
    printPreview(output, name, preview);
    if (options.writeMapping !== undefined) writeMapping(output, options.writeMapping, preview.mapping);
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
    zh: `第 ${batch.id} 批：${name}，${batch.rowsLoaded} 行`,
    en: `Batch ${batch.id}: ${name}, ${counted(batch.rowsLoaded, 'row')}`,
  });
  if (batch.treeVersion !== null)
    output.say({
      zh: `  新评分项：指标体系第 ${batch.treeVersion} 版已启用`,
      en: `  new items: version ${batch.treeVersion} of the indicator tree is in force`,
    });
  if (batch.rowsOpen > 0)
    output.say({
      zh: `  ${batch.rowsOpen} 行待更正：csi quarantine ${batch.id} --out 待更正.xlsx`,
      en: `  ${counted(batch.rowsOpen, 'row')} to correct: csi quarantine ${batch.id} --out to-correct.xlsx`,
    });
  return batch;
}

function writeMapping(output: Output, path: string, mapping: ImportPreview['mapping']): void {
  if (!mapping) return;
  try {
    writeFileSync(path, `${JSON.stringify(mapping, null, 2)}\n`);
  } catch {
    throw new CommandFault(
      {
        zh: `无法写入 ${path}。请检查文件夹和写入权限。`,
        en: `${path} cannot be written. Check the folder and its permissions.`,
      },
      1,
    );
  }
  output.say({ zh: `  对应关系已写入 ${path}`, en: `  mapping written to ${path}` });
}
