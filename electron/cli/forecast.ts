// `csi forecast` and `csi backtest`.
import { Option } from 'commander';
import type { ForecastRow } from '../../shared/calls/forecast.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { CHANNEL_NAMES, type Channel } from '../../shared/domain/study-mapping.ts';
import { quarterArgument, wholeArgument } from './arguments.ts';
import { printAccuracy, printBacktest, printRefusals, printRepeats, repeatAll } from './forecasts.ts';
import type { Output } from './output.ts';
import { channelOption, examples, type Program, scopeText } from './program.ts';
import type { ScoreTexts } from './score.ts';
import type { Session } from './session.ts';

interface ForecastOptions {
  quarter?: number[];
  all: boolean;
  repeat: boolean;
  level: 'region' | 'province' | 'city' | 'dealer';
  indicator: string;
  channel?: Channel;
}

interface BacktestOptions {
  scope?: string;
  indicator: string;
  quarters: number;
  channel?: Channel;
}

const quarters = (text: string, before: number[] = []) => [...before, quarterArgument(text)];

/** Adds `forecast` and `backtest`. */
export function addForecastCommands(program: Program): void {
  const { csi, t, run } = program;
  const indicator = t('指标；默认总体指数', 'an indicator; the index without it');
  const forecast = csi
    .command('forecast')
    .description(
      t(
        '预测所有范围和指标，并对已有数据的季度发出预警',
        'forecast every scope and indicator, raise the alerts of measured quarters',
      ),
    )
    .option(
      '--quarter <quarter...>',
      t(
        '要预测的季度；默认最近一季和下一季',
        'quarters to forecast; the last measured and the next without it',
      ),
      quarters,
    )
    .option('--all', t('所有有历史的季度', 'every quarter that has history'), false)
    .option(
      '--repeat',
      t(
        '按存档复算并逐个比较，不保存',
        'forecast the stored runs again and compare every number, storing nothing',
      ),
      false,
    )
    .addOption(
      new Option('--level <level>', t('列出哪一级', 'level to print'))
        .choices(['region', 'province', 'city', 'dealer'])
        .default('region'),
    )
    .option('--indicator <code>', indicator, '')
    .addOption(channelOption(program))
    .action((options: ForecastOptions) => run((session) => forecastNow(session, options)));
  examples(
    forecast,
    program,
    'forecast',
    'forecast --all',
    'forecast --quarter 2026Q4 --level province',
    'forecast --repeat',
  );
  const backtest = csi
    .command('backtest')
    .description(
      t(
        '过去的预测与实际：全部存档，或重做一个序列',
        'past forecasts against what came: all that are stored, or one series made anew',
      ),
    )
    .option('--scope <scope>', scopeText(program))
    .option('--indicator <code>', indicator, '')
    .option('--quarters <count>', t('回看多少季', 'quarters to look back'), wholeArgument, 8)
    .addOption(channelOption(program))
    .action((options: BacktestOptions) => run((session) => judge(session, options)));
  examples(backtest, program, 'backtest', 'backtest --scope region:S --indicator ADVISOR --quarters 6');
}

async function forecastNow(
  { call, output, scheme, scores }: Session,
  { all, quarter = [], repeat, channel, level, indicator }: ForecastOptions,
): Promise<void> {
  const asked = all ? ('all' as const) : quarter;
  const id = await scheme();
  if (repeat) {
    const repeats = await repeatAll(call, id, channel, asked);
    output.value(repeats);
    printRepeats(output, repeats);
    return;
  }
  const runs = await call('forecast.run', {
    scheme: id,
    quarters: asked,
    channels: channel ? [channel] : [],
  });
  const shown = { scheme: id, channel, indicator };
  const rows = [
    ...(await call('forecast.table', { ...shown, level: 'overall' })),
    ...(await call('forecast.table', { ...shown, level })),
  ];
  const refusals = await call('forecast.refusals', { ...shown, level });
  output.value({ runs, rows, refusals });
  printForecasts(output, await scores(), rows);
  printRefusals(output, refusals);
}

async function judge({ call, output, scheme, scores }: Session, options: BacktestOptions): Promise<void> {
  const { scope, indicator, quarters: origins } = options;
  const id = await scheme();
  if (scope === undefined) {
    const rows = await call('forecast.accuracy', { scheme: id, channel: options.channel });
    output.value(rows);
    printAccuracy(output, await scores(), rows);
    return;
  }
  const { channels } = await call('catalog.get', {});
  const channel = options.channel ?? channels[0]?.channel ?? 'third-party';
  const backtest = await call('forecast.backtest', { scheme: id, channel, scope, indicator, origins });
  output.value(backtest);
  printBacktest(output, (await scores()).of(channel, indicator), backtest);
}

export function printForecasts(output: Output, texts: ScoreTexts, rows: readonly ForecastRow[]): void {
  output.table(
    [
      { zh: '季度', en: 'Quarter' },
      { zh: '渠道', en: 'Channel' },
      { zh: '范围', en: 'Where' },
      { zh: '指标', en: 'Indicator' },
      texts.titled({ zh: '预测', en: 'Forecast' }),
      { zh: '80%区间', en: '80% interval' },
      { zh: '95%区间', en: '95% interval' },
      ...texts.scoreHeads({ zh: '实际', en: 'Actual' }, true),
      { zh: '曲线', en: 'Curve' },
    ],
    rows.map((row) => {
      const as = texts.of(row.channel, row.indicator);
      return [
        formatQuarter(row.quarter),
        output.pick(CHANNEL_NAMES[row.channel]),
        output.pick(row.scopeName),
        output.pick(row.indicatorName),
        as.figure(row.point),
        as.range(row.low80, row.high80),
        as.range(row.low95, row.high95),
        ...texts.scoreCells(row.actual, as),
        output.pick(row.curveName),
      ];
    }),
  );
  texts.legend();
}
