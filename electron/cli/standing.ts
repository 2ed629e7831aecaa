// `csi overview`: where satisfaction stands.
import { Option } from 'commander';
import { COMPARISONS, type Overview } from '../../shared/calls/overview.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { formatQuarter, type Quarter } from '../../shared/domain/quarter.ts';
import { CHANNEL_NAMES, CHANNELS, type Channel } from '../../shared/domain/study-mapping.ts';
import { CommandFault, quarterArgument, wholeArgument } from './arguments.ts';
import type { Output } from './output.ts';
import { basisOptions, channelOption, examples, type Program, scopeText } from './program.ts';
import { NOTHING, type ScoreTexts } from './score.ts';
import type { BasisOptions, Session } from './session.ts';

type Against = (typeof COMPARISONS)[number] | Channel;

interface OverviewOptions extends BasisOptions {
  scope: string;
  quarter?: number;
  indicator: string;
  channel?: Channel;
  against: Against;
  limit: number;
}

/** Adds `overview`. */
export function addOverviewCommand(program: Program): void {
  const { csi, t, run } = program;
  const overview = csi
    .command('overview')
    .description(t('满意度现状：各渠道与下级地区', 'where satisfaction stands, by channel and area'))
    .option('--scope <scope>', scopeText(program), 'overall')
    .option('--quarter <quarter>', t('季度；默认最近一季', 'the latest without it'), quarterArgument)
    .option('--indicator <code>', t('指标；默认总体指数', 'an indicator; the index without it'), '')
    .addOption(channelOption(program))
    .addOption(
      new Option('--against <what>', t('地区与什么相比', 'what areas are compared with'))
        .choices([...COMPARISONS, ...CHANNELS])
        .default('rest'),
    )
    .option('--limit <areas>', t('最多列出多少个地区', 'at most so many areas'), wholeArgument, 40)
    .action((options: OverviewOptions) => run((session) => showOverview(session, options)));
  basisOptions(overview, program);
  examples(
    overview,
    program,
    'overview',
    'overview --scope region:S --quarter 2026Q2 --display native',
    'overview --indicator ADVISOR --sample "young owners" --json',
  );
}

async function showOverview(session: Session, options: OverviewOptions): Promise<void> {
  const { call, output, scheme, scores, basis } = session;
  const { scope, quarter, indicator, channel, against } = options;
  const chosen = await basis(options);
  const { quarters } = await call('catalog.get', {});
  if (quarter !== undefined && !quarters.includes(quarter)) throw quarterWithoutData(quarter, quarters);
  const asked = { scheme: await scheme(), scope, quarter, indicator, channel, against, basis: chosen };
  const overview = await call('overview.get', asked);
  output.value(overview);
  printStanding(output, await scores(), overview, options);
}

function quarterWithoutData(quarter: Quarter, quarters: readonly Quarter[]): CommandFault {
  const [first, last] = [quarters[0], quarters.at(-1)];
  const span = first === undefined ? '' : `${formatQuarter(first)}–${formatQuarter(last!)}`;
  return new CommandFault(
    {
      zh: `${formatQuarter(quarter)} 没有数据。${span ? `已有数据：${span}。` : '请先导入。'}`,
      en: `There are no data of ${formatQuarter(quarter)}. ${span ? `What is there: ${span}.` : 'Import something first.'}`,
    },
    1,
  );
}

function comparisonName(against: Against): Bilingual {
  if (against === 'rest') return { zh: '与其余地区差', en: 'Against the rest' };
  if (against === 'previous') return { zh: '与上季差', en: 'Against last quarter' };
  if (against === 'last-year') return { zh: '与去年同季差', en: 'Against the same quarter last year' };
  const { zh, en } = CHANNEL_NAMES[against];
  return { zh: `与${zh}差`, en: `Against ${en}` };
}

/** Prints where satisfaction stands: each channel, then the areas of the leading one. */
export function printStanding(
  output: Output,
  texts: ScoreTexts,
  overview: Overview,
  { limit, against }: { limit: number; against: Against } = { limit: 12, against: 'rest' },
): void {
  output.say({
    zh: `\n${formatQuarter(overview.quarter)} 总体满意度`,
    en: `\nOverall satisfaction ${formatQuarter(overview.quarter)}`,
  });
  output.table(
    [
      { zh: '渠道', en: 'Channel' },
      ...texts.scoreHeads({ zh: '得分', en: 'Score' }),
      { zh: '原量表', en: 'Native' },
      { zh: '预期', en: 'Expected' },
      { zh: '95%区间', en: '95% interval' },
      { zh: '下季预测', en: 'Next quarter' },
    ],
    overview.channels.map((one) => {
      const as = texts.on(one.scale);
      return [
        output.pick(one.name),
        ...texts.scoreCells(one.score, as),
        one.score ? `${one.score.native.toFixed(2)}${output.csv ? '' : ` / ${one.scale.max}`}` : NOTHING,
        as.figure(one.expected?.point),
        one.expected ? as.range(one.expected.low95, one.expected.high95) : NOTHING,
        as.figure(one.next?.point),
      ];
    }),
  );
  if (overview.areas.length > 0) {
    // Areas are of the channel that was asked for, the first without one.
    const lead = overview.channels.find((one) => one.channel === overview.lead);
    const as = lead ? texts.on(lead.scale) : texts.of(overview.lead);
    output.table(
      [
        { zh: '地区', en: 'Area' },
        ...texts.scoreHeads({ zh: '得分', en: 'Score' }),
        ...texts.changeHeads(comparisonName(against)),
        ...texts.changeHeads({ zh: '较上季', en: 'Since last quarter' }),
      ],
      overview.areas
        .slice(0, limit)
        .map((area) => [
          output.pick(area.name),
          ...texts.scoreCells(area.score, as),
          ...texts.changeCells(area.compared, as),
          ...texts.changeCells(area.sincePrevious, as),
        ]),
    );
  }
  for (const note of overview.notes) output.say(note);
  texts.legend();
}
