// Channels beside each other from the command line.
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { CallInput } from '../../shared/contract.ts';
import { commonDisplay } from '../../shared/domain/score/score-format.ts';
import { CHANNELS, type Channel } from '../../shared/domain/study-mapping.ts';
import { periodArgument } from './compare-places.ts';
import { NOTHING, ScoreTexts } from './score.ts';
import type { Session } from './session.ts';

type Run = (work: (session: Session) => Promise<void>) => Promise<void>;

interface ChannelOptions {
  first?: Channel;
  second?: Channel;
  place?: string;
  crosswalk: boolean;
  scope: string;
  level: 'region' | 'province' | 'city' | 'dealer';
  indicator: string;
  period?: { first: number; last: number };
  out?: string;
}

/** Adds `channels` to the program. */
export function addChannelsCommand(csi: Command, run: Run): void {
  const choices = CHANNELS as unknown as string[];
  csi
    .command('channels')
    .description('two channels side by side, one place in every channel, or which question measures what')
    .addOption(new Option('--first <channel>').choices(choices))
    .addOption(new Option('--second <channel>').choices(choices))
    .option('--place <scope>', 'dealer:…, city:…, overall: that place in every channel')
    .option('--crosswalk', 'which question of which wave measures each indicator', false)
    .option('--scope <scope>', 'of a pair', 'overall')
    .addOption(
      new Option('--level <level>', 'units of a pair')
        .choices(['region', 'province', 'city', 'dealer'])
        .default('dealer'),
    )
    .option('--indicator <code>', 'of a pair; the index without it', '')
    .option(
      '--period <period>',
      '2026, 2026Q3 or 2026Q1-2026Q3; all common quarters without it',
      periodArgument,
    )
    .option('--out <file>', 'write the tables, .xlsx or .csv')
    .action((options: ChannelOptions) => run((session) => show(session, options)));
}

async function show(session: Session, options: ChannelOptions): Promise<void> {
  const { call, output, display } = session;
  const what = await asked(session, options);
  if (options.out !== undefined) {
    const { language } = output;
    const written = await call('channels.export', { path: resolve(options.out), language, display, what });
    output.say({ zh: `已写入 ${written.file}`, en: `Written: ${written.file}` });
  }
  if (what.kind === 'crosswalk') return printCrosswalk(session);
  if (what.kind === 'place') return printPlace(session, what.input);
  return printPair(session, what.input);
}

async function asked(
  { call, scheme }: Session,
  options: ChannelOptions,
): Promise<CallInput<'channels.export'>['what']> {
  if (options.crosswalk) return { kind: 'crosswalk' };
  const id = await scheme();
  if (options.place !== undefined) return { kind: 'place', input: { scheme: id, scope: options.place } };
  const { channels } = await call('catalog.get', {});
  const first = options.first ?? channels[0]?.channel ?? 'third-party';
  const other = channels.find(({ channel }) => channel !== first)?.channel ?? 'in-house';
  const { scope, level, indicator, period } = options;
  return {
    kind: 'pair',
    input: { scheme: id, first, second: options.second ?? other, scope, level, indicator, period },
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
        one.channel,
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

async function printPair(session: Session, input: CallInput<'channels.pair'>): Promise<void> {
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
    en: `${view.used.length} quarters and ${view.commonUnits} places in common; difference ${whole} (${texts.unit.en}), over places ${mean}; correlation over places ${r}; comparability ${grade}`,
  });
  if (view.items.shared === 0)
    output.say({
      zh: '两个渠道在这个指标上没有共同的题目，不作比较。',
      en: 'The channels share no question in this indicator and are not compared.',
    });
  output.table(
    [
      { zh: '指标', en: 'Indicator' },
      ...texts.scoreHeads(view.first.name),
      ...texts.scoreHeads(view.second.name),
      ...texts.changeHeads({ zh: '差', en: 'Difference' }),
    ],
    view.byIndicator.map((row) => [
      output.pick(row.name),
      ...texts.scoreCells(row.first, as),
      ...texts.scoreCells(row.second, as),
      ...texts.changeCells(row.difference, as),
    ]),
  );
  texts.legend();
}
