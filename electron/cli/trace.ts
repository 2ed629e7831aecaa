// `csi trace`: how a figure was computed, down to the rows of the files; and the options that name a figure.
import type { Command } from 'commander';
import { explainDisplay } from '../../shared/domain/explain-figure.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';
import { type Filter, filterArgument, offsetArgument, quarterArgument, wholeArgument } from './arguments.ts';
import { basisOptions, channelOption, examples, type Program, scopeText } from './program.ts';
import { NOTHING } from './score.ts';
import type { BasisOptions, Session } from './session.ts';

/** Which figure: place, time, indicator, channel, answers, basis. */
export interface PlaceOptions extends BasisOptions {
  scope: string;
  from?: number;
  to?: number;
  indicator: string;
  channel?: Channel;
  filter?: Filter[];
}

/** The options that name a figure. */
export function placeOptions(command: Command, program: Program): Command {
  const { t } = program;
  return basisOptions(
    command
      .option('--scope <scope>', scopeText(program), 'overall')
      .option('--from <quarter>', t('首季；默认最近一季', '2025Q4; the latest without it'), quarterArgument)
      .option('--to <quarter>', t('末季', '2026Q3'), quarterArgument)
      .option('--indicator <code>', t('指标；默认总体指数', 'an indicator; the index without it'), '')
      .option(
        '--filter <attribute=values>',
        t('只看某些回答，如 gender=女；可多次使用', 'gender=女; again for another attribute'),
        filterArgument,
      )
      .addOption(channelOption(program)),
    program,
  );
}

/** Adds `trace`. */
export function addTraceCommand(program: Program): void {
  const { csi, t, run } = program;
  const behind = placeOptions(csi.command('trace'), program)
    .description(t('一个数字如何算出，以及它背后的行', 'how a figure was computed, and the rows behind it'))
    .option('--rows <count>', t('列出多少行', 'rows to print'), wholeArgument, 20)
    .option('--offset <count>', t('跳过多少行', 'rows to pass over'), offsetArgument, 0)
    .action((options: PlaceOptions & { rows: number; offset: number }) =>
      run((session) => trace(session, options)),
    );
  examples(
    behind,
    program,
    'trace --scope dealer:M0001 --indicator ADVISOR',
    'trace --from 2026Q1 --to 2026Q3 --rows 100 --csv',
  );
}

async function trace(
  { call, output, scheme, basis, display }: Session,
  options: PlaceOptions & { rows: number; offset: number },
): Promise<void> {
  const { channels } = await call('catalog.get', {});
  const channel = options.channel ?? channels[0]?.channel ?? 'third-party';
  const last = channels.find((one) => one.channel === channel)?.quarters.at(-1) ?? 0;
  const { scope, indicator, filter: attributes = [], to = last, from = to } = options;
  const made = await basis(options);
  const asked = { scheme: await scheme(), channel, scope, indicator, attributes, from, to, basis: made };
  const found = await call('trace.get', asked);
  const behind = await call('trace.rows', { ...asked, offset: options.offset, limit: options.rows });
  output.value({ ...found, rows: behind });
  output.say(found.title);
  if (found.hidden) output.say({ zh: '样本太少，不显示。', en: 'The base is too small to show.' });
  const shown = found.score && explainDisplay(found.score, display, found.scale);
  for (const { title, text } of shown ? [...found.steps, shown] : found.steps)
    output.say({ zh: `${title.zh}：${text.zh}`, en: `${title.en}: ${text.en}` });
  output.table(
    [
      { zh: '文件', en: 'File' },
      { zh: '行', en: 'Row' },
      { zh: '季度', en: 'Quarter' },
      { zh: '单店', en: 'Dealer' },
      { zh: '权重', en: 'Weight' },
      ...behind.items.map((item) => item.name),
    ],
    behind.rows.map((row) => [
      row.fileName,
      row.sourceRow,
      formatQuarter(row.quarter),
      output.pick(row.dealer),
      row.weight,
      ...row.answers.map((answer) => (answer ? answer.native : NOTHING)),
    ]),
  );
}
