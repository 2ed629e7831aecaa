// `csi schemes compare`: inside against outside, like for like, before and after a reorganisation.

import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { SchemeInfo } from '../../shared/calls/catalog.ts';
import type { CallInput } from '../../shared/contract.ts';
import { counted } from '../../shared/domain/counted.ts';
import type { Quarter } from '../../shared/domain/quarter.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';
import { CommandFault, periodArgument, tableFile } from './arguments.ts';
import { basisOptions, channelOption, examples, type Program } from './program.ts';
import { type BasisOptions, findScheme, type Session } from './session.ts';
import { sayWritten } from './written.ts';

interface CompareOptions extends BasisOptions {
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
    sayWritten(output, written);
  }
  if (comparison.kind === 'inside') return printInside(session, comparison.input);
  if (comparison.kind === 'like') return printLike(session, comparison.input);
  return printRegroup(session, comparison.input);
}

function missing(option: string): CommandFault {
  return new CommandFault({
    zh: `这种比较还需要选项 ${option}。加 --help 查看示例。`,
    en: `This comparison needs the option ${option} too. Add --help to see an example.`,
  });
}

async function comparisonOf(
  session: Session,
  schemes: readonly SchemeInfo[],
  options: CompareOptions & { channel: Channel },
): Promise<Comparison> {
  const { kind, period, before, first, second, channel, unit, indicator } = options;
  const basis = await session.basis(options);
  const idOf = (text: string) => findScheme(schemes, text).id;
  if (kind === 'inside') return { kind, input: { scheme: await session.scheme(), channel, period, basis } };
  if (kind === 'like') {
    if (!before) throw missing('--before');
    const scopes = [first, second].filter((one) => one !== undefined).map(idOf);
    const pair = scopes.length > 0 ? ([scopes[0]!, scopes.at(-1)!] as [number, number]) : undefined;
    return { kind, input: { channel, first: before, second: period, unit, schemes: pair, basis } };
  }
  if (first === undefined) throw missing('--first');
  if (second === undefined) throw missing('--second');
  return { kind, input: { first: idOf(first), second: idOf(second), channel, period, indicator, basis } };
}

async function printInside(
  { call, output, scores }: Session,
  input: CallInput<'schemes.insideOutside'>,
): Promise<void> {
  const view = await call('schemes.insideOutside', input);
  output.value(view);
  for (const note of view.notes) output.say(note);
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
  for (const note of view.notes) output.say(note);
  const texts = await scores();
  const share = (part: number) => `${(part * 100).toFixed(1)}%`;
  for (const period of [view.first, view.second])
    output.say({
      zh: `共有 ${view.common} / ${period.units} 个单位（${share(period.unitShare)}），占答卷的 ${share(period.respondentShare)}`,
      en: `${view.common} of ${counted(period.units, 'unit')} in common (${share(period.unitShare)}), ${share(period.respondentShare)} of respondents`,
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
  for (const note of view.notes) output.say(note);
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

/** Adds `compare` to the commands of schemes. */
export function addCompareCommand(schemes: Command, program: Program): void {
  const { t, run } = program;
  const comparison = schemes
    .command('compare')
    .description(
      t(
        '范围内外、两期同口径、或重组前后',
        'inside against outside, two periods like for like, or before and after a reorganisation',
      ),
    )
    .addOption(
      new Option('--kind <kind>', t('内外、同口径、重组', 'which comparison'))
        .choices(['inside', 'like', 'regroup'])
        .makeOptionMandatory(),
    )
    .requiredOption(
      '--period <period>',
      t(
        '2026、2026Q3 或 2026Q1-2026Q3；同口径时为后期',
        '2026, 2026Q3 or 2026Q1-2026Q3; of "like" the second',
      ),
      periodArgument,
    )
    .option('--before <period>', t('同口径的前期', 'first period of "like"'), periodArgument)
    .option('--first <scheme>', t('重组或同口径的第一个方案', 'first scheme of "regroup" and "like"'))
    .option('--second <scheme>', t('重组或同口径的第二个方案', 'second scheme of "regroup" and "like"'))
    .addOption(
      new Option('--unit <unit>', t('同口径的单位', 'unit of "like"'))
        .choices(['dealer', 'city'])
        .default('dealer'),
    )
    .addOption(channelOption(program))
    .option('--indicator <code>', t('重组：指标；默认总体指数', 'of "regroup"; the index without it'), '')
    .option('--out <file>', t('把表格写入 .xlsx 或 .csv', 'write the tables, .xlsx or .csv'), tableFile)
    .action((options: CompareOptions) => run((session) => compare(session, options)));
  basisOptions(comparison, program);
  examples(
    comparison,
    program,
    '--scheme jdpower schemes compare --kind inside --period 2026',
    'schemes compare --kind like --before 2025 --period 2026 --unit city',
    'schemes compare --kind regroup --first sales@2026-01-01 --second sales@2027-01-01 --period 2026',
  );
}
