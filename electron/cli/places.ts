// Dealers from the command line: list, load, edit, move, export.

import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import type { CallInput } from '../../shared/contract.ts';
import { counted } from '../../shared/domain/counted.ts';
import { dayArgument, tableFile, wholeArgument } from './arguments.ts';
import { examples, type Program } from './program.ts';
import type { Session } from './session.ts';
import { sayWritten } from './written.ts';

/** Adds `places`. */
export function addPlacesCommands(program: Program): void {
  const { csi, t, run } = program;
  const places = csi
    .command('places')
    .description(
      t('经销商：列出、导入、增改、迁移、导出', 'the dealers: list, load, edit, move, export them'),
    )
    .option(
      '--search <words>',
      t('代码、名称、城市或省份中含有这些字', 'only dealers whose code, name, city or province holds this'),
    )
    .action((options: { search?: string }) => run((session) => listDealers(session, options.search)));
  examples(places, program, 'places', 'places --search 上海', 'places import dealers.xlsx --preview');
  const load = places
    .command('import')
    .description(
      t(
        '导入名单：代码、名称、城市、开业日、停业日',
        'load a list of dealers: code, name, city, opening and closing day',
      ),
    )
    .argument('<file>', t('CSV 或 Excel', 'CSV or Excel'))
    .option('--sheet <name>', t('工作表', 'sheet of a workbook'))
    .option('--preview', t('只看会有什么变化', 'show what would change, change nothing'), false)
    .option(
      '--moved-on <day>',
      t(
        '城市不同视为在这一天迁移；默认视为更正',
        'another city is a move on this day; without it a correction',
      ),
      dayArgument,
    )
    .option(
      '--accept-good-rows',
      t('有错误时只导入无误的行', 'load the good rows of a list with faults'),
      false,
    )
    .action((file: string, options: ImportOptions) => run((session) => importList(session, file, options)));
  examples(
    load,
    program,
    'places import dealers.xlsx --preview',
    'places import dealers.xlsx --moved-on 2026-07-01',
  );
  addEdits(places, program);
  const lists = places
    .command('lists')
    .description(t('已导入的名单', 'the lists that were loaded'))
    .action(() => run(listLists));
  examples(lists, program, 'places lists');
  const undo = places
    .command('undo')
    .description(t('撤回一份名单', 'take a loaded list back'))
    .argument(
      '<list>',
      t('名单编号（csi places lists）', 'number of the list, as csi places lists tells it'),
      wholeArgument,
    )
    .action((list: number) => run((session) => undoList(session, list)));
  examples(undo, program, 'places undo 2');
  const write = places
    .command('export')
    .description(t('导出经销商表', 'the dealers as a table'))
    .argument('<file>', t('dealers.xlsx 或 dealers.csv', 'dealers.xlsx or dealers.csv'), tableFile)
    .action((file: string) =>
      run(async ({ call, output }) => {
        const written = await call('places.export', { path: resolve(file), language: output.language });
        output.value(written);
        sayWritten(output, written);
      }),
    );
  examples(write, program, 'places export dealers.xlsx');
}

type Life = { opened?: string; closed?: string };

function addEdits(places: Command, program: Program): void {
  const { t, run } = program;
  const code = t('经销商代码', 'code of the dealer');
  const city = t('城市名称或代码', 'name or code of a city');
  const opened = t('开业日', 'day it opened');
  const closed = t('停业日', 'day it closed');
  const add = places
    .command('add')
    .description(t('新增一家经销商', 'a new dealer'))
    .argument('<dealer>', code)
    .argument('<name>', t('名称', 'name'))
    .argument('<city>', city)
    .option('--opened <day>', opened, dayArgument)
    .option('--closed <day>', closed, dayArgument)
    .action((dealer: string, name: string, where: string, life: Life) =>
      run((session) => edit(session, dealer, { kind: 'add', name, city: where, ...life })),
    );
  examples(add, program, 'places add M0999 上海新天M汽车4S店 上海 --opened 2026-07-01');
  const change = places
    .command('change')
    .description(t('更正名称、城市、开业或停业日', 'correct name, city, opening or closing day'))
    .argument('<dealer>', code)
    .option('--name <name>', t('名称', 'name'))
    .option('--city <city>', city)
    .option('--opened <day>', opened, dayArgument)
    .option('--closed <day>', closed, dayArgument)
    .action((dealer: string, options: Life & { name?: string; city?: string }) =>
      run((session) => changeDealer(session, dealer, options)),
    );
  examples(change, program, 'places change M0999 --closed 2026-12-31');
  const move = places
    .command('move')
    .description(t('经销商迁到另一城市', 'a dealer moved to another city'))
    .argument('<dealer>', code)
    .argument('<city>', city)
    .requiredOption('--from <day>', t('在新城市的第一天', 'first day in the new city'), dayArgument)
    .action((dealer: string, where: string, { from }: { from: string }) =>
      run((session) => edit(session, dealer, { kind: 'move', city: where, from })),
    );
  examples(move, program, 'places move M0999 苏州 --from 2026-07-01');
  const merge = places
    .command('merge')
    .description(t('由另一家接手', 'another dealer took this one over'))
    .argument('<dealer>', code)
    .argument('<into>', t('接手的经销商代码', 'code of the dealer that took over'))
    .requiredOption('--from <day>', t('接手之日', 'day of the takeover'), dayArgument)
    .action((dealer: string, into: string, { from }: { from: string }) =>
      run((session) => edit(session, dealer, { kind: 'merge', into, from })),
    );
  examples(merge, program, 'places merge M0999 M0059 --from 2026-10-01');
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
  const { code, name, city, opened, closed, successor } = after;
  const life = (zh: string, en: string, day: string | null | undefined) =>
    day ? { zh: `，${day} ${zh}`, en: `, ${en} ${day}` } : { zh: '', en: '' };
  const facts = [
    life('开业', 'opened', opened),
    life('停业', 'closed', closed),
    life(`由 ${successor?.code} 接手`, `taken over by ${successor?.code}`, successor?.from),
  ];
  output.say({
    zh: `${code} ${name}：${city.name.zh}${facts.map(({ zh }) => zh).join('')}`,
    en: `${code} ${name}: ${city.name.en}${facts.map(({ en }) => en).join('')}`,
  });
}

/** What is not named stays as it is. */
async function changeDealer(
  session: Session,
  dealer: string,
  options: Life & { name?: string; city?: string },
): Promise<void> {
  const found = (await session.call('places.dealers', {})).find(({ code }) => code === dealer);
  const { name = found?.name ?? '', city = found?.city.code ?? dealer } = options;
  const { opened = found?.opened, closed = found?.closed } = options;
  return edit(session, dealer, { kind: 'change', name, city, opened, closed });
}

async function listLists({ call, output }: Session): Promise<void> {
  const lists = await call('places.lists', {});
  output.value(lists);
  output.table(
    [
      { zh: '名单', en: 'List' },
      { zh: '文件', en: 'File' },
      { zh: '时间 (UTC)', en: 'Time (UTC)' },
      { zh: '新增', en: 'Added' },
      { zh: '修改', en: 'Changed' },
      { zh: '撤回于', en: 'Taken back' },
    ],
    lists.map((one) => [
      one.id,
      one.fileName,
      one.at.slice(0, 16).replace('T', ' '),
      one.added,
      one.changed,
      one.undoneAt?.slice(0, 10) ?? '—',
    ]),
  );
}

async function undoList({ call, output }: Session, list: number): Promise<void> {
  const undone = await call('places.undoList', { list });
  output.value(undone);
  output.say({
    zh: `已恢复 ${undone.restored.length} 家`,
    en: counted(undone.restored.length, 'dealer is as it was', 'dealers are as they were'),
  });
  for (const { code, reason } of undone.kept)
    output.say({ zh: `  ${code} 保持现状：${reason.zh}`, en: `  ${code} stays: ${reason.en}` });
}
