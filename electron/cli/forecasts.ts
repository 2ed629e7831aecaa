// How past forecasts did, what was refused and whether runs repeat, as the command line prints it.

import type { AccuracyRow, BacktestView, RefusalView, RepeatView } from '../../shared/calls/forecast.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { displayUnit, type ScoreFormat } from '../../shared/domain/score/score-format.ts';
import { CHANNEL_NAMES, type Channel } from '../../shared/domain/study-mapping.ts';
import type { Output } from './output.ts';
import type { ScoreTexts } from './score.ts';
import type { Session } from './session.ts';

const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

/** Stored forecasts against what came, by channel and level. */
export function printAccuracy(output: Output, texts: ScoreTexts, rows: readonly AccuracyRow[]): void {
  if (rows.length === 0) {
    output.say({
      zh: '还没有可以检验的预测：请先运行 csi forecast --all。',
      en: 'No forecast to judge yet: run csi forecast --all first.',
    });
    return;
  }
  output.table(
    [
      { zh: '渠道', en: 'Channel' },
      { zh: '层级', en: 'Level' },
      { zh: '季度数', en: 'Quarters' },
      { zh: '预测数', en: 'Forecasts' },
      texts.titled({ zh: '平均误差', en: 'Mean error' }),
      { zh: '沿用上季的误差', en: 'Error of last value' },
      { zh: '80%区间命中', en: 'Inside 80%' },
      { zh: '95%区间命中', en: 'Inside 95%' },
    ],
    rows.map((row) => [
      output.pick(row.channelName),
      row.level,
      row.quarters,
      row.series,
      texts.of(row.channel).length(row.error, 1),
      texts.of(row.channel).length(row.naiveError, 1),
      percent(row.hit80),
      percent(row.hit95),
    ]),
  );
}

/** One series forecast anew before each past quarter. */
export function printBacktest(output: Output, as: ScoreFormat, backtest: BacktestView): void {
  output.say({
    zh: `${backtest.scopeName.zh} · ${backtest.indicatorName.zh}（${displayUnit(as.display).zh}）：每季只用当时已有的数据`,
    en: `${backtest.scopeName.en} · ${backtest.indicatorName.en} (${displayUnit(as.display).en}): each quarter from what was known then`,
  });
  output.table(
    [
      { zh: '季度', en: 'Quarter' },
      { zh: '预测', en: 'Forecast' },
      { zh: '80%下限', en: '80% low' },
      { zh: '80%上限', en: '80% high' },
      { zh: '95%下限', en: '95% low' },
      { zh: '95%上限', en: '95% high' },
      { zh: '实际', en: 'Actual' },
      { zh: '±误差', en: '± margin' },
      { zh: '样本量', en: 'Base' },
      { zh: '在80%区间内', en: 'Inside 80%' },
      { zh: '在95%区间内', en: 'Inside 95%' },
    ],
    backtest.rows.map(({ quarter, forecast, actual, score, hit80, hit95 }) => [
      formatQuarter(quarter),
      as.figure(forecast.point),
      as.figure(forecast.low80),
      as.figure(forecast.high80),
      as.figure(forecast.low95),
      as.figure(forecast.high95),
      as.figure(actual),
      as.length(score.margin100),
      score.n,
      hit80 ? 1 : 0,
      hit95 ? 1 : 0,
    ]),
  );
  const { summary } = backtest;
  if (summary)
    output.say({
      zh: `平均误差 ${as.length(summary.error, 1)}（沿用上季 ${as.length(summary.naiveError, 1)}）；80% 区间命中 ${percent(summary.hit80)}，95% 区间命中 ${percent(summary.hit95)}`,
      en: `Mean error ${as.length(summary.error, 1)} (last value ${as.length(summary.naiveError, 1)}); inside 80% ${percent(summary.hit80)}, inside 95% ${percent(summary.hit95)}`,
    });
}

const REFUSED_SHOWN = 12;

/** Series without a forecast and why; a long list is cut. */
export function printRefusals(output: Output, refusals: readonly RefusalView[]): void {
  if (refusals.length === 0) return;
  output.say({
    zh: `\n${refusals.length} 个序列没有预测：`,
    en: `\n${refusals.length} series without a forecast:`,
  });
  output.table(
    [
      { zh: '渠道', en: 'Channel' },
      { zh: '范围', en: 'Where' },
      { zh: '指标', en: 'Indicator' },
      { zh: '原因', en: 'Why' },
    ],
    refusals
      .slice(0, REFUSED_SHOWN)
      .map((one) => [
        output.pick(CHANNEL_NAMES[one.channel]),
        output.pick(one.scopeName),
        output.pick(one.indicatorName),
        output.pick(one.words),
      ]),
  );
  const more = refusals.length - REFUSED_SHOWN;
  if (more > 0)
    output.say({ zh: `另有 ${more} 个（--json 列出全部）`, en: `and ${more} more (--json lists all)` });
}

/** Repeats the standing runs of the given quarters, of all of them without any. */
export async function repeatAll(
  call: Session['call'],
  scheme: number,
  channel: Channel | undefined,
  quarters: readonly number[] | 'all',
): Promise<RepeatView[]> {
  if (quarters === 'all' || quarters.length === 0) return call('forecast.repeat', { scheme, channel });
  const views: RepeatView[] = [];
  for (const quarter of quarters)
    views.push(...(await call('forecast.repeat', { scheme, channel, quarter })));
  return views;
}

const OUTCOMES: Record<RepeatView['outcome'], Bilingual> = {
  same: { zh: '完全一致', en: 'the same to the last digit' },
  different: { zh: '有差异', en: 'different' },
  'data-changed': { zh: '数据已变，未复算', en: 'data changed since, not repeated' },
  'method-changed': { zh: '方法已更新，未复算', en: 'method renewed since, not repeated' },
};

/** Whether each standing run came again as it was kept. */
export function printRepeats(output: Output, repeats: readonly RepeatView[]): void {
  output.table(
    [
      { zh: '季度', en: 'Quarter' },
      { zh: '渠道', en: 'Channel' },
      { zh: '方法', en: 'Method' },
      { zh: '预测于', en: 'Made at' },
      { zh: '结果', en: 'Outcome' },
      { zh: '序列数', en: 'Series' },
      { zh: '不同的序列', en: 'Different' },
      { zh: '最大差异', en: 'Largest difference' },
    ],
    repeats.map((one) => [
      formatQuarter(one.quarter),
      output.pick(CHANNEL_NAMES[one.channel]),
      one.method,
      one.madeAt,
      output.pick(OUTCOMES[one.outcome]),
      one.series,
      one.different,
      one.largest === null ? '—' : one.largest.toPrecision(3),
    ]),
  );
}
