// `csi rake`: weightings of respondents to known margins.

import { resolve } from 'node:path';
import type { MarginChoice, TargetTable } from '../../shared/calls/weightings.ts';
import { counted } from '../../shared/domain/counted.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';
import { CommandFault, numberArgument, quarterArgument } from './arguments.ts';
import { channelOption, examples, type Program } from './program.ts';
import type { Session } from './session.ts';

const percent = (share: number) => share.toFixed(1);

/** Adds `rake`. */
export function addRakeCommand(program: Program): void {
  const { csi, t, run } = program;
  const rake = csi
    .command('rake')
    .description(
      t(
        '按目标占比给答卷加权；不给目标则列出可用的依据',
        'weigh respondents to target shares; without targets, list what they can be raked by',
      ),
    )
    .addOption(channelOption(program).default('in-house'))
    .option(
      '--quarter <quarter>',
      t('季度，或多季中的首季；默认最近一季', 'quarter, or the first of several; the latest without it'),
      quarterArgument,
    )
    .option('--to <quarter>', t('末季', 'the last quarter'), quarterArgument)
    .option(
      '--targets <file>',
      t('含“属性、类别、目标占比”三列的表格', 'table with the columns attribute, category, share'),
    )
    .option(
      '--cap <times>',
      t('权重不超过均值的多少倍', 'hold weights within so many times the mean'),
      numberArgument,
    )
    .option('--save <name>', t('以此名称保存', 'keep the weighting under a name'))
    .option('--kept', t('列出已保存的样本加权', 'list the weightings that are kept'), false)
    .action((options: RakeOptions) =>
      run((session) => (options.kept ? listKept(session) : rakeRespondents(session, options))),
    );
  examples(
    rake,
    program,
    'rake --channel in-house --quarter 2026Q3',
    'rake --targets targets.xlsx --cap 5 --save "population 2026"',
    'overview --weighting "population 2026"',
  );
}

async function listKept({ call, output }: Session): Promise<void> {
  const kept = await call('weightings.list', {});
  output.value(kept);
  output.table(
    [
      { zh: '名称', en: 'Name' },
      { zh: '保存于', en: 'Kept on' },
      { zh: '已过时', en: 'Outdated' },
    ],
    kept.map((one) => [one.name, one.createdAt.slice(0, 10), one.outdated ? '●' : '']),
  );
}

interface RakeOptions {
  channel: Channel;
  quarter?: number;
  to?: number;
  targets?: string;
  cap?: number;
  save?: string;
  kept: boolean;
}

async function rakeRespondents(session: Session, options: RakeOptions): Promise<void> {
  const { call, output, scheme } = session;
  const { channel, cap = null } = options;
  const known =
    (await call('catalog.get', {})).channels.find((one) => one.channel === channel)?.quarters ?? [];
  const from = options.quarter ?? known.at(-1) ?? 8000;
  const what = { scheme: await scheme(), channel, quarters: { from, to: options.to ?? from } };
  const choices = await call('weightings.choices', what);
  if (options.targets === undefined) {
    output.value(choices);
    printChoices(session, choices);
    return;
  }
  const { rows } = await call('weightings.readTable', { path: resolve(options.targets) });
  const margins = marginsOf(choices, rows);
  const definition = { ...what, margins, cap };
  const kept =
    options.save === undefined ? null : await call('weightings.save', { ...definition, name: options.save });
  const card = kept?.diagnostics ?? (await call('weightings.preview', definition));
  output.value(kept ?? card);
  output.table(
    [
      { zh: '季度', en: 'Quarter' },
      { zh: '样本量', en: 'Base' },
      { zh: '收敛', en: 'Converged' },
      { zh: '迭代', en: 'Rounds' },
      { zh: '设计效应', en: 'Design effect' },
      { zh: '有效样本', en: 'Effective base' },
      { zh: '最大权重', en: 'Largest weight' },
    ],
    card.quarters.map((one) => [
      formatQuarter(one.quarter),
      one.respondents,
      output.pick(one.converged ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }),
      one.iterations,
      one.designEffect.toFixed(3),
      one.nEff.toFixed(0),
      one.largestWeight.toFixed(2),
    ]),
  );
  output.table(
    [
      { zh: '依据', en: 'Margin' },
      { zh: '类别', en: 'Category' },
      { zh: '现占比 %', en: 'Now %' },
      { zh: '目标 %', en: 'Target %' },
      { zh: '加权后 %', en: 'Weighted %' },
    ],
    card.margins.flatMap(({ label, categories }) =>
      categories.map((one) => [
        output.pick(label),
        output.pick(one.label),
        percent(one.before),
        percent(one.target),
        percent(one.after),
      ]),
    ),
  );
  for (const { label, n } of card.margins.flatMap(({ untargeted = [] }) => untargeted))
    output.say({
      zh: `${label.zh}（${n} 人）没有目标，在该依据上保持原权重。`,
      en: `${label.en} (${n}) has no target and keeps its weight in this margin.`,
    });
}

function printChoices({ output }: Session, choices: readonly MarginChoice[]): void {
  output.table(
    [
      { zh: '依据', en: 'Attribute' },
      { zh: '类别', en: 'Category' },
      { zh: '样本量', en: 'Base' },
      { zh: '占比 %', en: 'Share %' },
    ],
    choices.flatMap(({ label, categories }) =>
      categories.map((one) => [output.pick(label), output.pick(one.label), one.n, percent(one.share)]),
    ),
  );
}

/** The rows of a table under the attributes and categories that they name; a row that names none is a fault. */
function marginsOf(
  choices: readonly MarginChoice[],
  rows: readonly TargetTable['rows'][number][],
): { dimension: string; targets: { value: string; share: number }[] }[] {
  const found = new Map<string, { value: string; share: number }[]>();
  const lost: string[] = [];
  for (const { dimension, category, share } of rows) {
    const choice = choices.find((one) => [one.dimension, one.label.zh, one.label.en].includes(dimension));
    const hit = choice?.categories.find(({ value, label }) =>
      [value, value.replace(/^\w+:/, ''), label.zh, label.en].includes(category),
    );
    if (!choice || !hit) lost.push(`${dimension} · ${category}`);
    else found.set(choice.dimension, [...(found.get(choice.dimension) ?? []), { value: hit.value, share }]);
  }
  if (lost.length > 0)
    throw new CommandFault(
      {
        zh: `目标表中有 ${lost.length} 行对不上：${lost.join('；')}。用不带 --targets 的 csi rake 查看可用的属性和类别。`,
        en: `${counted(lost.length, 'row of the targets names', 'rows of the targets name')} nothing that is there: ${lost.join('; ')}. csi rake without --targets lists attributes and categories.`,
      },
      1,
    );
  return choices.flatMap(({ dimension }) => {
    const targets = found.get(dimension);
    return targets ? [{ dimension, targets }] : [];
  });
}
