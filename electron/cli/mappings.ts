// Saved mappings, and the names of places that imports follow.
import type { PlaceChoice } from '../../shared/calls/import.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { CHANNEL_NAMES, type StudyMappingInput } from '../../shared/domain/study-mapping.ts';
import { BadValue, readJsonFile, unknownName } from './arguments.ts';
import { examples, type Program } from './program.ts';
import type { Session } from './session.ts';

/** Adds `mappings` and `aliases`. */
export function addMappingCommands(program: Program): void {
  const { csi, t, run } = program;
  const mappings = csi.command('mappings').description(t('已保存的对应关系', 'the saved mappings'));
  const list = mappings
    .command('list', { isDefault: true })
    .description(t('列出', 'list them'))
    .action(() => run(listMappings));
  examples(list, program, 'mappings');
  const name = t('名称', 'its name');
  const show = mappings
    .command('show')
    .description(t('以 JSON 输出一个对应关系', 'print a mapping as JSON'))
    .argument('<name>', name)
    .action((chosen: string) =>
      run(async ({ call }) => {
        const mapping = await call('mappings.get', { name: chosen });
        process.stdout.write(`${JSON.stringify(mapping, null, 2)}\n`);
      }),
    );
  examples(show, program, 'mappings show in-house > in-house.json');
  const save = mappings
    .command('save')
    .description(
      t('保存 JSON 对应关系；- 读取管道输入', 'keep a mapping given as JSON; - reads what is piped in'),
    )
    .argument('<name>', name)
    .argument('<file>', 'in-house.json')
    .action((chosen: string, file: string) =>
      run(async ({ call, output }) => {
        const mapping = readJsonFile(file) as StudyMappingInput;
        output.value(await call('mappings.save', { name: chosen, mapping }));
        output.say({ zh: `已保存对应关系“${chosen}”。`, en: `The mapping "${chosen}" is kept.` });
      }),
    );
  examples(save, program, 'mappings save in-house in-house.json');
  const remove = mappings
    .command('delete')
    .description(t('删除一个对应关系', 'delete a mapping'))
    .argument('<name>', name)
    .action((chosen: string) => run((session) => deleteMapping(session, chosen)));
  examples(remove, program, 'mappings delete in-house');
  addAliases(program);
}

async function listMappings({ call, output }: Session): Promise<void> {
  const mappings = await call('mappings.list', {});
  output.value(mappings);
  output.table(
    [
      { zh: '名称', en: 'Name' },
      { zh: '研究', en: 'Study' },
      { zh: '渠道', en: 'Channel' },
      { zh: '问卷', en: 'Questionnaire' },
      { zh: '保存于', en: 'Kept on' },
    ],
    mappings.map((one) => [
      one.name,
      one.study,
      output.pick(CHANNEL_NAMES[one.channel]),
      one.questionnaire,
      one.savedAt.slice(0, 10),
    ]),
  );
}

async function deleteMapping({ call, output }: Session, name: string): Promise<void> {
  const known = (await call('mappings.list', {})).map((one) => one.name);
  if (!known.includes(name)) throw unknownName({ zh: '对应关系', en: 'mapping' }, name, known);
  output.value(await call('mappings.delete', { name }));
  output.say({ zh: `已删除对应关系“${name}”。`, en: `The mapping "${name}" is deleted.` });
}

const ACTIONS: Record<PlaceChoice['action'], Bilingual> = {
  match: { zh: '对应到', en: 'match' },
  new: { zh: '新建', en: 'make new' },
  leave: { zh: '略去其行', en: 'leave out' },
};

interface AliasOptions {
  dealer?: string;
  city?: string;
  leave?: string;
  delete?: string;
}

function nameAndCode(text: string): string {
  if (text.lastIndexOf('=') < 1)
    throw new BadValue({ zh: '名称=代码，如 杭洲=3301', en: 'name=code, such as 杭洲=3301' });
  return text;
}

function addAliases(program: Program): void {
  const { csi, t, run } = program;
  const aliases = csi
    .command('aliases')
    .description(t('导入时经销商和城市名称对应到哪里', 'names of dealers and cities that imports follow'))
    .option(
      '--dealer <name=code>',
      t('文件中的名称是哪家经销商', 'a name in files that is the dealer of this code'),
      nameAndCode,
    )
    .option(
      '--city <name=code>',
      t('文件中的名称是哪个城市', 'a name in files that is the city of this code'),
      nameAndCode,
    )
    .option('--leave <name>', t('略去这家经销商的行', 'a dealer whose rows are left out'))
    .option('--delete <name>', t('忘记某个名称的对应', 'forget what was chosen for a name'))
    .action((options: AliasOptions) => run((session) => editAliases(session, options)));
  examples(aliases, program, 'aliases', 'aliases --city 杭洲=3301', 'aliases --delete 杭洲');
}

async function editAliases({ call, output }: Session, options: AliasOptions): Promise<void> {
  const choices: PlaceChoice[] = [];
  for (const kind of ['dealer', 'city'] as const) {
    const said = options[kind];
    if (said === undefined) continue;
    const cut = said.lastIndexOf('=');
    const target = said.slice(cut + 1);
    choices.push({ kind, name: said.slice(0, cut), province: '', action: 'match', target });
  }
  if (options.leave)
    choices.push({ kind: 'dealer', name: options.leave, province: '', action: 'leave', target: '' });
  if (choices.length > 0) await call('aliases.save', { choices });
  if (options.delete !== undefined) await forget(call, options.delete);
  const aliases = await call('aliases.list', {});
  output.value(aliases);
  output.table(
    [
      { zh: '文件中的名称', en: 'As written' },
      { zh: '处理', en: 'What to do' },
      { zh: '代码', en: 'Code' },
      { zh: '名称', en: 'Name' },
    ],
    aliases.map((one) => [one.written, output.pick(ACTIONS[one.action]), one.target, one.label]),
  );
}

async function forget(call: Session['call'], name: string): Promise<void> {
  const aliases = await call('aliases.list', {});
  const found = aliases.filter(({ written }) => written === name);
  const known = aliases.map(({ written }) => written);
  if (found.length === 0) throw unknownName({ zh: '已记住的名称', en: 'remembered name' }, name, known);
  for (const { kind, key } of found) await call('aliases.delete', { kind, key });
}
