// Region schemes from the command line: list, load a version, export.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { addCompareCommand } from './compare-places.ts';
import { findScheme, type Session } from './session.ts';

type Run = (work: (session: Session) => Promise<void>) => Promise<void>;

/** Adds `schemes` to the program. */
export function addSchemeCommands(csi: Command, run: Run): void {
  const schemes = csi
    .command('schemes')
    .description('list the region schemes; with a subcommand load, export, compare them');
  schemes.action(() => run(listSchemes));
  schemes
    .command('import')
    .description('a scheme, or a new version of one, from a table of cities and regions')
    .argument('<file>')
    .requiredOption('--code <code>', 'code of the scheme')
    .requiredOption('--from <day>', 'first day of the version')
    .option('--name <name>', 'Chinese name; that of the scheme where it is there')
    .option('--name-en <name>', 'English name')
    .option('--skip-unknown', 'leave rows out that are not understood', false)
    .action((file: string, options: SchemeImport) => run((session) => importScheme(session, file, options)));
  schemes
    .command('export')
    .description('a scheme as a table of cities and regions')
    .argument('<scheme>', 'code, or code@2026-01-01 for one version')
    .argument('<file>', 'scheme.xlsx or scheme.csv')
    .action((scheme: string, file: string) =>
      run(async ({ call, output }) => {
        const { schemes: all } = await call('catalog.get', {});
        const { id } = findScheme(all, scheme);
        const path = resolve(file);
        const written = await call('schemes.export', { scheme: id, path, language: output.language });
        output.value(written);
        output.say({ zh: `已写入 ${written.file}`, en: `Written: ${written.file}` });
      }),
    );
  addCompareCommand(schemes, run);
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
  if (read.problems.length > 0 && !options.skipUnknown) {
    output.say({
      zh: `${read.problems.length} 行没有读懂，未保存。请改正，或加 --skip-unknown。`,
      en: `${read.problems.length} rows were not understood and nothing was saved. Correct them, or add --skip-unknown.`,
    });
    process.exitCode = 1;
    return;
  }
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
    en: `Saved "${saved.name.en}" from ${options.from}: ${saved.regions.length} regions, ${saved.covered.dealers} dealers`,
  });
}
