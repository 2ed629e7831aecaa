// Versions of the indicator tree with its weights, from the command line.

import { resolve } from 'node:path';
import { counted } from '../../shared/domain/counted.ts';
import type { TreeChange } from '../../shared/domain/indicator-tree.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { CommandFault, wholeArgument } from './arguments.ts';
import { examples, type Program, scopeText } from './program.ts';
import { findVersion, type Session } from './session.ts';

const ABSENT = '—';
const percent = (share: number) => share.toFixed(1);

/** Adds `weights`. */
export function addWeightCommands(program: Program): void {
  const { csi, t, run } = program;
  const version = t('版本号', 'version number');
  const weights = csi
    .command('weights')
    .description(t('指标树及其权重的各版本', 'versions of the indicator tree and its weights'));
  const list = weights
    .command('list', { isDefault: true })
    .description(t('列出版本', 'list the versions'))
    .action(() => run(listWeights));
  examples(list, program, 'weights');
  const show = weights
    .command('show')
    .description(
      t('一版的指标树与权重；默认当前版本', 'the tree and weights of a version; the current one without it'),
    )
    .argument('[version]', version, wholeArgument)
    .action((chosen?: number) => run((session) => showTree(session, chosen)));
  examples(show, program, 'weights show', 'weights show 2 --csv');
  const add = weights
    .command('add')
    .description(
      t(
        '从表格（指标、权重两列）建立新版本，树同当前版本',
        'a new version from a table (columns indicator, weight), with the tree of the current one',
      ),
    )
    .argument('<file>', t('CSV 或 Excel', 'CSV or Excel'))
    .option('--note <text>', t('说明', 'what it is for'), '')
    .option('--use', t('设为当前版本', 'make it the current one'), false)
    .action((file: string, options: { note: string; use: boolean }) =>
      run((session) => addVersion(session, file, options)),
    );
  examples(add, program, 'weights add weights-2027.xlsx --note "2027" --use');
  const diff = weights
    .command('diff')
    .description(t('两版的差异', 'what two versions differ in'))
    .argument('<before>', version, wholeArgument)
    .argument('<after>', version, wholeArgument)
    .action((before: number, after: number) => run((session) => diffWeights(session, before, after)));
  examples(diff, program, 'weights diff 1 2');
  const again = weights
    .command('rescore')
    .description(
      t('用当前版本和另一版为每一年计分', 'every year scored under the current version and another'),
    )
    .argument('<version>', version, wholeArgument)
    .option('--scope <scope>', scopeText(program), 'overall')
    .option('--indicator <code>', t('指标；默认总体指数', 'an indicator; the index without it'), '')
    .option('--quarters', t('按季而不按年', 'by quarter instead of by year'), false)
    .action((chosen: number, options: RescoreOptions) => run((session) => rescore(session, chosen, options)));
  examples(again, program, 'weights rescore 2 --scope region:S', 'weights rescore 2 --quarters --csv');
  const use = weights
    .command('use')
    .description(t('设为当前版本', 'make a version the current one'))
    .argument('<version>', version, wholeArgument)
    .action((chosen: number) => run((session) => useWeights(session, chosen)));
  examples(use, program, 'weights use 2');
}

async function currentSet({ call }: Session): Promise<number> {
  const current = (await call('weights.list', {})).find((set) => set.current);
  if (!current)
    throw new CommandFault(
      { zh: '还没有指标权重，请先导入研究。', en: 'There are no weights yet; import a study first.' },
      1,
    );
  return current.version;
}

async function showTree(session: Session, chosen?: number): Promise<void> {
  const { call, output } = session;
  const { id } = await findVersion(call, chosen ?? (await currentSet(session)));
  const detail = await call('weights.get', { weightSet: id });
  output.value(detail);
  const depth = new Map<string, number>();
  for (const { code, parent } of detail.rows)
    depth.set(code, parent === null ? 0 : (depth.get(parent) ?? 0) + 1);
  output.table(
    [
      { zh: '指标', en: 'Indicator' },
      { zh: '代码', en: 'Code' },
      { zh: '权重 R', en: 'Weight R' },
      { zh: '占比 %', en: 'Share %' },
    ],
    detail.rows.map((row) => [
      `${output.csv ? '' : '  '.repeat(depth.get(row.code) ?? 0)}${output.pick(row.name)}`,
      row.code,
      row.role === 'item' ? String(row.weight) : '',
      row.share > 0 ? percent(100 * row.share) : '',
    ]),
  );
}

async function addVersion(
  session: Session,
  file: string,
  { note, use }: { note: string; use: boolean },
): Promise<void> {
  const { call, output } = session;
  const read = await call('weights.readTable', { path: resolve(file) });
  const of = new Map(read.weights.map(({ code, weight }) => [code, weight]));
  if (read.problems.length > 0) {
    const [{ row, value, message }] = read.problems as [(typeof read.problems)[number]];
    throw new CommandFault(
      {
        zh: `${read.problems.length} 行没有读懂，没有建立新版本。第 ${row} 行“${value}”：${message.zh}。`,
        en: `${counted(read.problems.length, 'row was', 'rows were')} not understood and no version was made. Row ${row}, "${value}": ${message.en}.`,
      },
      1,
    );
  }
  const { id } = await findVersion(call, await currentSet(session));
  const { rows } = await call('weights.get', { weightSet: id });
  const set = await call('weights.save', {
    note,
    makeCurrent: use,
    rows: rows.map(({ code, parent, role, name, weight }) => ({
      code,
      parent,
      role,
      name,
      weight: role === 'item' ? (of.get(code) ?? weight) : weight,
    })),
  });
  output.value(set);
  output.say({
    zh: `已建立第 ${set.version} 版，${of.size} 项权重取自 ${file}${use ? '；已设为当前版本' : ''}`,
    en: `Version ${set.version} is made, ${counted(of.size, 'weight')} from ${file}${use ? '; it is the current one' : ''}`,
  });
}

async function listWeights({ call, output }: Session): Promise<void> {
  const sets = await call('weights.list', {});
  output.value(sets);
  output.table(
    [
      { zh: '版本', en: 'Version' },
      { zh: '当前', en: 'Current' },
      { zh: '说明', en: 'Note' },
      { zh: '来源', en: 'By' },
      { zh: '时间', en: 'When' },
      { zh: '评分项', en: 'Items' },
    ],
    sets.map((set) => [
      set.version,
      set.current ? '●' : '',
      set.note,
      set.fileName ?? set.actor,
      set.createdAt.slice(0, 16).replace('T', ' '),
      set.items,
    ]),
  );
}

const KINDS: Record<TreeChange['kinds'][number], Bilingual> = {
  added: { zh: '新增', en: 'added' },
  removed: { zh: '取消', en: 'removed' },
  moved: { zh: '移动', en: 'moved' },
  weight: { zh: '改权重', en: 'weight' },
  renamed: { zh: '改名', en: 'renamed' },
  role: { zh: '改作用', en: 'role' },
};

async function diffWeights(session: Session, before: number, after: number): Promise<void> {
  const { call, output } = session;
  const [a, b] = [await findVersion(call, before), await findVersion(call, after)];
  const changes = await call('weights.compare', { before: a.id, after: b.id });
  output.value(changes);
  if (changes.length === 0) output.say({ zh: '两个版本完全相同。', en: 'The two versions are the same.' });
  const side = (one: (typeof changes)[number]['before']) =>
    one ? `${one.parent ?? ABSENT} · R ${one.weight} · ${percent(100 * one.share)} %` : ABSENT;
  output.table(
    [
      { zh: '指标', en: 'Indicator' },
      { zh: '代码', en: 'Code' },
      { zh: '变化', en: 'What' },
      { zh: '原来', en: 'Before' },
      { zh: '现在', en: 'Now' },
    ],
    changes.map((one) => [
      output.pick(one.name),
      one.code,
      one.kinds.map((kind) => output.pick(KINDS[kind])).join(output.pick({ zh: '、', en: ', ' })),
      side(one.before),
      side(one.after),
    ]),
  );
}

interface RescoreOptions {
  scope: string;
  indicator: string;
  quarters: boolean;
}

async function rescore(session: Session, version: number, options: RescoreOptions): Promise<void> {
  const { call, output, scheme } = session;
  const current = (await call('weights.list', {})).find((set) => set.current);
  const other = await findVersion(call, version);
  const table = await call('weights.rescore', {
    scheme: await scheme(),
    scope: options.scope,
    indicator: options.indicator,
    before: current?.id ?? other.id,
    after: other.id,
    by: options.quarters ? 'quarter' : 'year',
  });
  output.value(table);
  const texts = await session.scores();
  output.table(
    [
      { zh: '渠道', en: 'Channel' },
      { zh: '期间', en: 'Period' },
      ...texts.scoreHeads({ zh: `第 ${current?.version ?? ''} 版`, en: `Version ${current?.version ?? ''}` }),
      ...texts.scoreHeads({ zh: `第 ${other.version} 版`, en: `Version ${other.version}` }),
      { zh: '差值', en: 'Difference' },
    ],
    table.flatMap(({ channel, indicator, channelName, periods }) =>
      periods.map(({ first, last, scores, difference }) => [
        output.pick(channelName),
        first === last ? formatQuarter(first) : `${formatQuarter(first)}–${formatQuarter(last)}`,
        ...scores.flatMap((score) => texts.scoreCells(score, texts.of(channel, indicator))),
        texts.of(channel, indicator).points(difference, 1),
      ]),
    ),
  );
  texts.legend();
}

async function useWeights(session: Session, version: number): Promise<void> {
  const { call, output } = session;
  const { id } = await findVersion(call, version);
  const set = await call('weights.activate', { weightSet: id });
  output.value(set);
  output.say({ zh: `当前为第 ${set.version} 版`, en: `Version ${set.version} is current` });
}
