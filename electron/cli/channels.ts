// Channels beside each other from the command line.

import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Change, Score } from '../../shared/calls/figure.ts';
import type { CallInput } from '../../shared/contract.ts';
import { counted } from '../../shared/domain/counted.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { commonDisplay } from '../../shared/domain/score/score-format.ts';
import { CHANNEL_NAMES, type Channel } from '../../shared/domain/study-mapping.ts';
import { periodArgument, tableFile } from './arguments.ts';
import { basisOptions, channelOption, examples, type Program } from './program.ts';
import { NOTHING, ScoreTexts } from './score.ts';
import type { BasisOptions, Session } from './session.ts';
import { sayWritten } from './written.ts';

interface ChannelOptions extends BasisOptions {
  first?: Channel;
  second?: Channel;
  place?: string;
  crosswalk: boolean;
  units: boolean;
  overTime: boolean;
  scope: string;
  level: 'region' | 'province' | 'city' | 'dealer';
  indicator: string;
  period?: { first: number; last: number };
  out?: string;
}

/** Adds `channels`. */
export function addChannelsCommand(program: Program): void {
  const { csi, t, run } = program;
  const command = csi
    .command('channels')
    .description(
      t(
        '两个渠道对照、一个地点的各渠道，或题目对应关系',
        'two channels side by side, one place in every channel, or which question measures what',
      ),
    )
    .addOption(channelOption(program, '--first <channel>'))
    .addOption(channelOption(program, '--second <channel>'))
    .option(
      '--place <scope>',
      t('一个地点的所有渠道，如 dealer:M0001', 'dealer:…, city:…, overall: that place in every channel'),
    )
    .option(
      '--crosswalk',
      t('每个指标由哪些问卷的哪道题测量', 'which question of which wave measures each indicator'),
      false,
    )
    .option('--units', t('对照时逐个单位列出', 'list a pair by unit'), false)
    .option('--over-time', t('对照时逐季列出', 'list a pair by quarter'), false)
    .option('--scope <scope>', t('对照的范围', 'of a pair'), 'overall')
    .addOption(
      new Option('--level <level>', t('对照的单位', 'units of a pair'))
        .choices(['region', 'province', 'city', 'dealer'])
        .default('dealer'),
    )
    .option('--indicator <code>', t('对照的指标；默认总体指数', 'of a pair; the index without it'), '')
    .option(
      '--period <period>',
      t(
        '如 2026、2026Q3 或 2026Q1-2026Q3；默认所有共有的季度',
        '2026, 2026Q3 or 2026Q1-2026Q3; all common quarters without it',
      ),
      periodArgument,
    )
    .option('--out <file>', t('把表格写入 .xlsx 或 .csv', 'write the tables, .xlsx or .csv'), tableFile)
    .action((options: ChannelOptions) => run((session) => show(session, options)));
  basisOptions(command, program);
  examples(
    command,
    program,
    'channels --first third-party --second in-house --level province --period 2026',
    'channels --place dealer:M0001 --display native',
    'channels --crosswalk --out crosswalk.xlsx',
  );
}

async function show(session: Session, options: ChannelOptions): Promise<void> {
  const { call, output, display } = session;
  const what = await asked(session, options);
  if (options.out !== undefined) {
    const { language } = output;
    const written = await call('channels.export', { path: resolve(options.out), language, display, what });
    sayWritten(output, written);
  }
  if (what.kind === 'crosswalk') return printCrosswalk(session);
  if (what.kind === 'place') return printPlace(session, what.input);
  return printPair(session, what.input, options);
}

async function asked(
  { call, scheme, basis }: Session,
  options: ChannelOptions,
): Promise<CallInput<'channels.export'>['what']> {
  if (options.crosswalk) return { kind: 'crosswalk' };
  const id = await scheme();
  const made = await basis(options);
  if (options.place !== undefined)
    return { kind: 'place', input: { scheme: id, scope: options.place, basis: made } };
  const { channels } = await call('catalog.get', {});
  const first = options.first ?? channels[0]?.channel ?? 'third-party';
  const other = channels.find(({ channel }) => channel !== first)?.channel ?? 'in-house';
  const { scope, level, indicator, period } = options;
  return {
    kind: 'pair',
    input: {
      scheme: id,
      first,
      second: options.second ?? other,
      scope,
      level,
      indicator,
      period,
      basis: made,
    },
  };
}

async function printCrosswalk({ call, output }: Session): Promise<void> {
  const view = await call('channels.crosswalk', {});
  output.value(view);
  output.table(
    [
      { zh: '指标', en: 'Indicator' },
      { zh: '渠道', en: 'Channel' },
      { zh: '问卷', en: 'Questionnaire' },
      { zh: '题目', en: 'Question' },
      { zh: '量表', en: 'Scale' },
    ],
    view.rows.flatMap((row) =>
      row.questions.map((one) => [
        output.pick(row.name),
        output.pick(CHANNEL_NAMES[one.channel]),
        one.version,
        output.pick(one.label),
        `${one.scale.min}–${one.scale.max}${one.reversed ? ' ↓' : ''}`,
      ]),
    ),
  );
}

/** Channels are compared on one scale, and shown on their own beside it. */
async function comparable({ call, output, display }: Session): Promise<ScoreTexts> {
  return new ScoreTexts(output, commonDisplay(display), (await call('catalog.get', {})).channels);
}

async function printPlace(session: Session, input: CallInput<'channels.place'>): Promise<void> {
  const { call, output } = session;
  const view = await call('channels.place', input);
  output.value(view);
  for (const note of view.notes) output.say(note);
  const texts = await comparable(session);
  const as = texts.of();
  const native = { zh: '原量表', en: 'own scale' };
  output.table(
    [
      { zh: '指标', en: 'Indicator' },
      ...view.channels.flatMap(({ name }) => [...texts.scoreHeads(name), native]),
      { zh: '不一致', en: 'Apart' },
    ],
    view.rows.map((row) => [
      output.pick(row.name),
      ...row.scores.flatMap((score) => [...texts.scoreCells(score, as), score?.native.toFixed(2) ?? NOTHING]),
      row.pairs
        .filter(({ difference }) => difference.significance !== 'none')
        .map(
          ({ first, second, difference }) => `${first + 1}−${second + 1} ${as.points(difference.points100)}`,
        )
        .join(' '),
    ]),
  );
  texts.legend();
}

interface PairRow {
  label: string;
  first: Score | null;
  second: Score | null;
  difference: Change | null;
}

async function printPair(
  session: Session,
  input: CallInput<'channels.pair'>,
  { units, overTime }: Pick<ChannelOptions, 'units' | 'overTime'>,
): Promise<void> {
  const { call, output } = session;
  const view = await call('channels.pair', input);
  output.value(view);
  const texts = await comparable(session);
  const as = texts.of();
  const { agreement, paired, comparability } = view;
  const r = agreement?.correlation.kind === 'correlation' ? agreement.correlation.r.toFixed(2) : NOTHING;
  const mean =
    paired.kind === 'difference'
      ? `${as.points(paired.mean)} [${as.points(paired.low)}, ${as.points(paired.high)}]`
      : NOTHING;
  const whole = texts.changeCells(view.pooled, as).join(' ');
  const grade = (comparability.declared ?? comparability.suggested).grade;
  output.say({
    zh: `共有 ${view.used.length} 季、${view.commonUnits} 个单位；整体差 ${whole}（${texts.unit.zh}），按单位 ${mean}；单位间相关 ${r}；可比性 ${grade}`,
    en: `${counted(view.used.length, 'quarter')} and ${counted(view.commonUnits, 'place')} in common; difference ${whole} (${texts.unit.en}), over places ${mean}; correlation over places ${r}; comparability ${grade}`,
  });
  if (view.items.shared === 0)
    output.say({
      zh: '两个渠道在这个指标上没有共同的题目，不作比较。',
      en: 'The channels share no question in this indicator and are not compared.',
    });
  for (const note of view.notes) output.say(note);
  const table = (head: Bilingual, rows: readonly PairRow[]) =>
    output.table(
      [
        head,
        ...texts.scoreHeads(view.first.name),
        ...texts.scoreHeads(view.second.name),
        ...texts.changeHeads({ zh: '差', en: 'Difference' }),
      ],
      rows.map((row) => [
        row.label,
        ...texts.scoreCells(row.first, as),
        ...texts.scoreCells(row.second, as),
        ...texts.changeCells(row.difference, as),
      ]),
    );
  const named = <R extends { name: Bilingual }>(row: R) => ({ ...row, label: output.pick(row.name) });
  if (units) table({ zh: '单位', en: 'Unit' }, view.units.map(named));
  else if (overTime)
    table(
      { zh: '季度', en: 'Quarter' },
      view.overTime.points.map((one) => ({ ...one, label: formatQuarter(one.quarter), difference: null })),
    );
  else table({ zh: '指标', en: 'Indicator' }, view.byIndicator.map(named));
  texts.legend();
}
