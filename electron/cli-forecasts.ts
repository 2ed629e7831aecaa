// How past forecasts did, as the command line prints it.

import type { AccuracyRow, BacktestView } from '../shared/calls/forecast.ts';
import { formatQuarter } from '../shared/domain/quarter.ts';
import type { Output } from './cli-output.ts';

const points = (value: number | null) => (value === null ? '—' : value.toFixed(2));
const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

/** Stored forecasts against what came, by channel and level. */
export function printAccuracy(output: Output, rows: readonly AccuracyRow[]): void {
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
      { zh: '平均误差', en: 'Mean error' },
      { zh: '沿用上季的误差', en: 'Error of last value' },
      { zh: '80%区间命中', en: 'Inside 80%' },
      { zh: '95%区间命中', en: 'Inside 95%' },
    ],
    rows.map((row) => [
      output.pick(row.channelName),
      row.level,
      row.quarters,
      row.series,
      points(row.error),
      points(row.naiveError),
      percent(row.hit80),
      percent(row.hit95),
    ]),
  );
}

/** One series forecast anew before each past quarter. */
export function printBacktest(output: Output, backtest: BacktestView): void {
  output.say({
    zh: `${backtest.scopeName.zh} · ${backtest.indicatorName.zh}：每季只用当时已有的数据`,
    en: `${backtest.scopeName.en} · ${backtest.indicatorName.en}: each quarter from what was known then`,
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
      { zh: '在80%区间内', en: 'Inside 80%' },
      { zh: '在95%区间内', en: 'Inside 95%' },
    ],
    backtest.rows.map(({ quarter, forecast, actual, hit80, hit95 }) => [
      formatQuarter(quarter),
      points(forecast.point),
      points(forecast.low80),
      points(forecast.high80),
      points(forecast.low95),
      points(forecast.high95),
      points(actual),
      hit80 ? 1 : 0,
      hit95 ? 1 : 0,
    ]),
  );
  const { summary } = backtest;
  if (summary)
    output.say({
      zh: `平均误差 ${points(summary.error)} 分（沿用上季 ${points(summary.naiveError)}）；80% 区间命中 ${percent(summary.hit80)}，95% 区间命中 ${percent(summary.hit95)}`,
      en: `Mean error ${points(summary.error)} points (last value ${points(summary.naiveError)}); inside 80% ${percent(summary.hit80)}, inside 95% ${percent(summary.hit95)}`,
    });
}
