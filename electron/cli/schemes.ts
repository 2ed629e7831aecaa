// Region schemes from the command line: list, load, export, delete, compare.

import { resolve } from 'node:path';
import { counted } from '../../shared/domain/counted.ts';
import { CommandFault, dayArgument, tableFile } from './arguments.ts';
import { addCompareCommand } from './compare-places.ts';
import { examples, type Program } from './program.ts';
import { findScheme, type Session } from './session.ts';
import { sayWritten } from './written.ts';

/** Adds `schemes`. */
export function addSchemeCommands(program: Program): void {
  const { csi, t, run } = program;
  const schemes = csi
    .command('schemes')
    .description(
      t(
        '区域方案：列出、导入、导出、删除、比较',
        'the region schemes: list, load, export, delete, compare them',
      ),
    );
  const list = schemes
    .command('list', { isDefault: true })
    .description(t('列出方案及其版本', 'list the schemes and their versions'))
    .action(() => run(listSchemes));
  examples(list, program, 'schemes');
  const code = t('代码，或代码@2026-01-01 指某一版', 'code, or code@2026-01-01 for one version');
  const load = schemes
    .command('import')
    .description(
      t(
        '从城市与大区的表格建立方案或新版本',
        'a scheme, or a new version of one, from a table of cities and regions',
      ),
    )
    .argument('<file>', t('CSV 或 Excel', 'CSV or Excel'))
    .requiredOption('--code <code>', t('方案代码', 'code of the scheme'))
    .requiredOption('--from <day>', t('该版本生效之日', 'first day of the version'), dayArgument)
    .option(
      '--name <name>',
      t('中文名称；已有方案沿用原名', 'Chinese name; that of the scheme where it is there'),
    )
    .option('--name-en <name>', t('英文名称', 'English name'))
    .option('--skip-unknown', t('略去没有读懂的行', 'leave rows out that are not understood'), false)
    .action((file: string, options: SchemeImport) => run((session) => importScheme(session, file, options)));
  examples(load, program, 'schemes import regions-2027.xlsx --code sales --from 2027-01-01');
  const write = schemes
    .command('export')
    .description(t('导出为城市与大区的表格', 'a scheme as a table of cities and regions'))
    .argument('<scheme>', code)
    .argument('<file>', t('scheme.xlsx 或 scheme.csv', 'scheme.xlsx or scheme.csv'), tableFile)
    .action((scheme: string, file: string) => run((session) => exportScheme(session, scheme, file)));
  examples(write, program, 'schemes export sales@2026-01-01 sales.xlsx');
  const remove = schemes
    .command('delete')
    .description(t('删除未被使用的一版', 'delete a version that nothing rests on'))
    .argument('<scheme>', code)
    .action((scheme: string) => run((session) => deleteScheme(session, scheme)));
  examples(remove, program, 'schemes delete trial@2027-01-01');
  addCompareCommand(schemes, program);
}

async function exportScheme({ call, output }: Session, scheme: string, file: string): Promise<void> {
  const { schemes } = await call('catalog.get', {});
  const { id } = findScheme(schemes, scheme);
  const written = await call('schemes.export', {
    scheme: id,
    path: resolve(file),
    language: output.language,
  });
  output.value(written);
  sayWritten(output, written);
}

async function deleteScheme({ call, output }: Session, scheme: string): Promise<void> {
  const { schemes } = await call('catalog.get', {});
  output.value(await call('schemes.delete', { scheme: findScheme(schemes, scheme).id }));
  output.say({ zh: `已删除方案 ${scheme}。`, en: `The scheme ${scheme} is deleted.` });
}

async function listSchemes({ call, output }: Session): Promise<void> {
  const schemes = await call('schemes.list', {});
  output.value(schemes);
  output.table(
    [
      { zh: '方案', en: 'Scheme' },
      { zh: '代码', en: 'Code' },
      { zh: '生效', en: 'From' },
      { zh: '大区', en: 'Regions' },
      { zh: '经销商', en: 'Dealers' },
    ],
    schemes.map((one) => [
      output.pick(one.name),
      one.timing === 'as-was' ? `${one.code}@as-was` : one.code,
      one.validFrom || '—',
      one.regions.length,
      `${one.covered.dealers} / ${one.covered.ofDealers}`,
    ]),
  );
}

interface SchemeImport {
  code: string;
  from: string;
  name?: string;
  nameEn?: string;
  skipUnknown: boolean;
}

async function importScheme({ call, output }: Session, file: string, options: SchemeImport): Promise<void> {
  const read = await call('schemes.readTable', { path: resolve(file) });
  for (const one of read.problems)
    output.say({
      zh: `  第 ${one.row} 行 ${one.value}：${one.message.zh} ${one.nearest.map(({ zh }) => zh).join(' ')}`,
      en: `  row ${one.row} ${one.value}: ${one.message.en} ${one.nearest.map(({ en }) => en).join(' ')}`,
    });
  if (read.problems.length > 0 && !options.skipUnknown)
    throw new CommandFault(
      {
        zh: `${read.problems.length} 行没有读懂，未保存。请改正，或加 --skip-unknown。`,
        en: `${counted(read.problems.length, 'row was', 'rows were')} not understood and nothing was saved. Correct the table, or add --skip-unknown.`,
      },
      1,
    );
  const { schemes } = await call('catalog.get', {});
  const known = schemes.find((one) => one.code === options.code);
  const zh = options.name ?? known?.name.zh ?? options.code;
  const saved = await call('schemes.save', {
    code: options.code,
    name: { zh, en: options.nameEn ?? known?.name.en ?? zh },
    validFrom: options.from,
    regions: read.regions,
  });
  output.value(saved);
  output.say({
    zh: `已保存“${zh}”（${options.from} 起）：${saved.regions.length} 个大区，覆盖 ${saved.covered.dealers} 家经销商`,
    en: `Saved "${saved.name.en}" from ${options.from}: ${counted(saved.regions.length, 'region')}, ${counted(saved.covered.dealers, 'dealer')}`,
  });
}
