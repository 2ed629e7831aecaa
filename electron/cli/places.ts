// Dealers and region schemes from the command line: list, load, move, export, compare.
import { basename, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { SchemeInfo } from '../../shared/calls/catalog.ts';
import type { CallInput } from '../../shared/contract.ts';
import { parseQuarter, type Quarter } from '../../shared/domain/quarter.ts';
import { CHANNELS, type Channel } from '../../shared/domain/study-mapping.ts';
import { findScheme, numberArgument, type Session } from './session.ts';

type Run = (work: (session: Session) => Promise<void>) => Promise<void>;

/** `2025`, `2025Q3` or `2025Q1-2025Q4`. */
export function periodArgument(text: string): { first: Quarter; last: Quarter } {
  if (/^\d{4}$/.test(text)) return { first: Number(text) * 4, last: Number(text) * 4 + 3 };
  const [first, last = first] = text.split(/[-–~]/).map((part) => parseQuarter(part));
  if (first === undefined || last === undefined)
    throw new InvalidArgumentError('2025, 2025Q3, 2025Q1-2025Q4');
  return { first, last };
}

export const channelOption = () => new Option('--channel <channel>').choices(CHANNELS as unknown as string[]);

/** Adds `places` and `schemes` to the program. */
export function addPlacesCommands(csi: Command, run: Run): void {
  const places = csi
    .command('places')
    .description('list the dealers; with a subcommand load, move, export them');
  places
    .option('--search <words>', 'only dealers whose code, name, city or province holds this')
    .action((options: { search?: string }) => run((session) => listDealers(session, options.search)));
  places
    .command('import')
    .description('load a list of dealers: code, name, city, opening and closing day')
    .argument('<file>')
    .option('--sheet <name>', 'sheet of a workbook')
    .option('--preview', 'show what would change, change nothing', false)
    .option('--moved-on <day>', 'another city is a move on this day; without it a correction')
    .option('--accept-good-rows', 'load the good rows of a list with faults', false)
    .action((file: string, options: ImportOptions) => run((session) => importList(session, file, options)));
  places
    .command('move')
    .description('a dealer moved to another city')
    .argument('<dealer>')
    .argument('<city>')
    .requiredOption('--from <day>', 'first day in the new city')
    .action((dealer: string, city: string, { from }: { from: string }) =>
      run((session) => edit(session, dealer, { kind: 'move', city, from })),
    );
  places
    .command('merge')
    .description('another dealer took this one over')
    .argument('<dealer>')
    .argument('<into>')
    .requiredOption('--from <day>', 'day of the takeover')
    .action((dealer: string, into: string, { from }: { from: string }) =>
      run((session) => edit(session, dealer, { kind: 'merge', into, from })),
    );
  places
    .command('undo')
    .description('take a loaded list back')
    .argument('<list>', 'number of the list', numberArgument)
    .action((list: number) => run((session) => undoList(session, list)));
  places
    .command('export')
    .description('the dealers as a table')
    .argument('<file>', 'dealers.xlsx or dealers.csv')
    .action((file: string) =>
      run(async ({ call, output }) => {
        const written = await call('places.export', { path: resolve(file), language: output.language });
        output.value(written);
        output.say({ zh: `已写入 ${written.file}`, en: `Written: ${written.file}` });
      }),
    );
  addSchemeCommands(csi, run);
}

interface ImportOptions {
  sheet?: string;
  preview: boolean;
  movedOn?: string;
  acceptGoodRows: boolean;
}

async function listDealers({ call, output }: Session, search?: string): Promise<void> {
  const words = search?.toLowerCase();
  const dealers = (await call('places.dealers', {})).filter(
    (one) =>
      words === undefined ||
      `${one.code} ${one.name} ${one.city.name.zh} ${one.city.name.en} ${one.city.province.zh}`
        .toLowerCase()
        .includes(words),
  );
  output.value(dealers);
  output.table(
    [
      { zh: '代码', en: 'Code' },
      { zh: '名称', en: 'Name' },
      { zh: '城市', en: 'City' },
      { zh: '开业', en: 'Opened' },
      { zh: '停业', en: 'Closed' },
      { zh: '答卷', en: 'Respondents' },
    ],
    dealers.map((one) => [
      one.code,
      one.name,
      output.pick(one.city.name),
      one.opened ?? '—',
      one.closed ?? '—',
      one.respondents,
    ]),
  );
}

async function importList({ call, output }: Session, file: string, options: ImportOptions): Promise<void> {
  const { movedOn, sheet } = options;
  const input: CallInput<'places.readList'> = {
    path: resolve(file),
    sheet,
    cityChange: movedOn === undefined ? { kind: 'correct' } : { kind: 'move', from: movedOn },
  };
  if (!options.preview) {
    const loaded = await call('places.loadList', { ...input, acceptGoodRows: options.acceptGoodRows });
    output.value(loaded);
    output.say({
      zh: `名单 ${loaded.id}：新增 ${loaded.added} 家，修改 ${loaded.changed} 家`,
      en: `List ${loaded.id}: ${loaded.added} added, ${loaded.changed} changed`,
    });
    return;
  }
  const preview = await call('places.readList', input);
  output.value(preview);
  const { counts } = preview;
  output.say({
    zh: `${basename(file)}：新增 ${counts.new}，有变化 ${counts.changed}，无变化 ${counts.same}，有误 ${counts.faulty}；未列出 ${preview.unnamed.length}`,
    en: `${basename(file)}: ${counts.new} new, ${counts.changed} changed, ${counts.same} the same, ${counts.faulty} wrong; ${preview.unnamed.length} not listed`,
  });
  for (const row of preview.rows)
    if (row.problem)
      output.say({
        zh: `  第 ${row.row} 行 ${row.code}：${row.problem.zh} ${row.nearest.map(({ zh }) => zh).join(' ')}`,
        en: `  row ${row.row} ${row.code}: ${row.problem.en} ${row.nearest.map(({ en }) => en).join(' ')}`,
      });
}

async function edit(
  { call, output }: Session,
  dealer: string,
  step: CallInput<'places.edit'>['edit'],
): Promise<void> {
  const after = await call('places.edit', { dealer, edit: step });
  output.value(after);
  const where = output.pick(after.city.name);
  output.say({ zh: `${after.code} ${after.name}：${where}`, en: `${after.code} ${after.name}: ${where}` });
}

async function undoList({ call, output }: Session, list: number): Promise<void> {
  const undone = await call('places.undoList', { list });
  output.value(undone);
  output.say({
    zh: `已恢复 ${undone.restored.length} 家`,
    en: `${undone.restored.length} dealers are as they were`,
  });
  for (const { code, reason } of undone.kept)
    output.say({ zh: `  ${code} 保持现状：${reason.zh}`, en: `  ${code} stays: ${reason.en}` });
}

function addSchemeCommands(csi: Command, run: Run): void {
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
  schemes
    .command('compare')
    .description('inside against outside, two periods like for like, or before and after a reorganisation')
    .addOption(new Option('--kind <kind>').choices(['inside', 'like', 'regroup']).makeOptionMandatory())
    .requiredOption(
      '--period <period>',
      '2026, 2026Q3 or 2026Q1-2026Q3; of "like" the second',
      periodArgument,
    )
    .option('--before <period>', 'first period of "like"', periodArgument)
    .option('--first <scheme>', 'first scheme of "regroup" and "like"')
    .option('--second <scheme>', 'second scheme of "regroup" and "like"')
    .addOption(new Option('--unit <unit>', 'unit of "like"').choices(['dealer', 'city']).default('dealer'))
    .addOption(channelOption())
    .option('--indicator <code>', 'of "regroup"; the index without it', '')
    .option('--out <file>', 'write the tables, .xlsx or .csv')
    .action((options: CompareOptions) => run((session) => compare(session, options)));
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

interface CompareOptions {
  kind: 'inside' | 'like' | 'regroup';
  period: { first: Quarter; last: Quarter };
  before?: { first: Quarter; last: Quarter };
  first?: string;
  second?: string;
  unit: 'dealer' | 'city';
  channel?: Channel;
  indicator: string;
  out?: string;
}

type Comparison = CallInput<'schemes.exportComparison'>['comparison'];

async function compare(session: Session, options: CompareOptions): Promise<void> {
  const { call, output } = session;
  const catalog = await call('catalog.get', {});
  const channel = options.channel ?? catalog.channels[0]?.channel ?? 'third-party';
  const comparison = await comparisonOf(session, catalog.schemes, { ...options, channel });
  if (options.out !== undefined) {
    const { language } = output;
    const written = await call('schemes.exportComparison', {
      path: resolve(options.out),
      language,
      display: session.display,
      comparison,
    });
    output.say({ zh: `已写入 ${written.file}`, en: `Written: ${written.file}` });
  }
  if (comparison.kind === 'inside') return printInside(session, comparison.input);
  if (comparison.kind === 'like') return printLike(session, comparison.input);
  return printRegroup(session, comparison.input);
}

async function comparisonOf(
  session: Session,
  schemes: readonly SchemeInfo[],
  options: CompareOptions & { channel: Channel },
): Promise<Comparison> {
  const { kind, period, before, first, second, channel, unit, indicator } = options;
  const idOf = (text: string) => findScheme(schemes, text).id;
  if (kind === 'inside') return { kind, input: { scheme: await session.scheme(), channel, period } };
  if (kind === 'like') {
    if (!before) throw new InvalidArgumentError('--before');
    const scopes = [first, second].filter((one) => one !== undefined).map(idOf);
    const pair = scopes.length > 0 ? ([scopes[0]!, scopes.at(-1)!] as [number, number]) : undefined;
    return { kind, input: { channel, first: before, second: period, unit, schemes: pair } };
  }
  if (first === undefined || second === undefined) throw new InvalidArgumentError('--first --second');
  return { kind, input: { first: idOf(first), second: idOf(second), channel, period, indicator } };
}

async function printInside(
  { call, output, scores }: Session,
  input: CallInput<'schemes.insideOutside'>,
): Promise<void> {
  const view = await call('schemes.insideOutside', input);
  output.value(view);
  const texts = await scores();
  output.table(
    [
      { zh: '指标', en: 'Indicator' },
      ...texts.scoreHeads({ zh: '范围内', en: 'Inside' }),
      ...texts.scoreHeads({ zh: '范围外', en: 'Outside' }),
      ...texts.changeHeads({ zh: '差', en: 'Difference' }),
    ],
    view.rows.map((row) => {
      const as = texts.of(input.channel, row.indicator);
      return [
        output.pick(row.name),
        ...texts.scoreCells(row.first, as),
        ...texts.scoreCells(row.second, as),
        ...texts.changeCells(row.difference, as),
      ];
    }),
  );
  texts.legend();
}

async function printLike(
  { call, output, scores }: Session,
  input: CallInput<'schemes.likeForLike'>,
): Promise<void> {
  const view = await call('schemes.likeForLike', input);
  output.value(view);
  const texts = await scores();
  const share = (part: number) => `${(part * 100).toFixed(1)}%`;
  for (const period of [view.first, view.second])
    output.say({
      zh: `共有 ${view.common} / ${period.units} 个单位（${share(period.unitShare)}），占答卷的 ${share(period.respondentShare)}`,
      en: `${view.common} of ${period.units} units in common (${share(period.unitShare)}), ${share(period.respondentShare)} of respondents`,
    });
  output.table(
    [
      { zh: '指标', en: 'Indicator' },
      ...texts.scoreHeads({ zh: '后期（同口径）', en: 'Second period, like for like' }),
      ...texts.changeHeads({ zh: '变化（同口径）', en: 'Change, like for like' }),
      ...texts.scoreHeads({ zh: '后期（全部）', en: 'Second period, all' }),
      ...texts.changeHeads({ zh: '变化（全部）', en: 'Change, all' }),
    ],
    view.rows.map((row) => {
      const as = texts.of(input.channel, row.indicator);
      return [
        output.pick(row.name),
        ...[row.common, row.all].flatMap((side) => [
          ...texts.scoreCells(side.second, as),
          ...texts.changeCells(side.change, as),
        ]),
      ];
    }),
  );
  texts.legend();
}

async function printRegroup(
  { call, output, scores }: Session,
  input: CallInput<'schemes.reorganise'>,
): Promise<void> {
  const view = await call('schemes.reorganise', input);
  output.value(view);
  const texts = await scores();
  const as = texts.of(input.channel, input.indicator);
  output.table(
    [
      { zh: '大区', en: 'Region' },
      ...texts.scoreHeads({ zh: '原方案', en: 'First' }),
      ...texts.scoreHeads({ zh: '新方案', en: 'Second' }),
      ...texts.changeHeads({ zh: '差', en: 'Difference' }),
      { zh: '划入', en: 'Joined' },
      { zh: '划出', en: 'Left' },
    ],
    view.regions.map((row) => [
      output.pick(row.name),
      ...texts.scoreCells(row.first, as),
      ...texts.scoreCells(row.second, as),
      ...texts.changeCells(row.difference, as),
      row.joined,
      row.left,
    ]),
  );
  texts.legend();
}
