// Dealers from the command line: list, load, move, merge, export.
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import type { CallInput } from '../../shared/contract.ts';
import { addSchemeCommands } from './schemes.ts';
import { numberArgument, type Session } from './session.ts';

type Run = (work: (session: Session) => Promise<void>) => Promise<void>;

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
