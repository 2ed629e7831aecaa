// Where satisfaction stands, its alerts, forecasts and report batches, as tables for a terminal.

import type { AlertView } from '../shared/calls/alerts.ts';
import type { ForecastRow } from '../shared/calls/forecast.ts';
import type { Overview } from '../shared/calls/overview.ts';
import type { ReportFiles } from '../shared/calls/reports.ts';
import { formatQuarter } from '../shared/domain/quarter.ts';
import { type ScoreDisplay, shownPoints, shownScale, shownScore } from '../shared/domain/score/display.ts';
import type { Output } from './cli-output.ts';

const SHOWN = { areas: 12 };

const SCORE_HEADS: Record<ScoreDisplay, { zh: string; en: string }> = {
  harmonised: { zh: '得分(0-100)', en: 'Score (0-100)' },
  native: { zh: '得分(原量表)', en: 'Score (own scale)' },
  thousand: { zh: '得分(千分制)', en: 'Score (1,000)' },
  levels: { zh: '得分(七级)', en: 'Score (-60 to 60)' },
};

const points = (value: number) => value.toFixed(1);
const signed = (value: number) => `${value >= 0 ? '+' : ''}${value.toFixed(1)}`;

/** Prints where satisfaction stands: each channel, then the areas of the leading one. */
export function printStanding(
  output: Output,
  overview: Overview,
  display: ScoreDisplay = 'harmonised',
): void {
  type Scale = { min: number; max: number };
  const printed = (scale: Scale, value: (on: ReturnType<typeof shownScale>) => number) => {
    const on = shownScale(display, scale);
    return value(on).toFixed(on.places);
  };
  const shown = (scale: Scale, score100: number) => printed(scale, (on) => shownScore(score100, on));
  const length = (scale: Scale, points100: number) => printed(scale, (on) => shownPoints(points100, on));
  // Areas are of the channel that was asked for, the first without one.
  const lead = overview.channels.find((one) => one.channel === overview.lead)?.scale ?? { min: 0, max: 100 };
  const change = (points100: number) => `${points100 >= 0 ? '+' : ''}${length(lead, points100)}`;
  output.say({
    zh: `\n${formatQuarter(overview.quarter)} 总体满意度`,
    en: `\nOverall satisfaction ${formatQuarter(overview.quarter)}`,
  });
  output.table(
    [
      { zh: '渠道', en: 'Channel' },
      SCORE_HEADS[display],
      { zh: '原量表', en: 'Native' },
      { zh: '±误差', en: '± margin' },
      { zh: '样本量', en: 'Base' },
      { zh: '预期', en: 'Expected' },
      { zh: '95%区间', en: '95% interval' },
      { zh: '下季预测', en: 'Next quarter' },
    ],
    overview.channels.map((one) => [
      output.pick(one.name),
      one.score ? shown(one.scale, one.score.score100) : '—',
      one.score ? `${one.score.native.toFixed(2)} / ${one.scale.max}` : '—',
      one.score?.margin100 != null ? length(one.scale, one.score.margin100) : '—',
      one.score ? one.score.n : '—',
      one.expected ? shown(one.scale, one.expected.point) : '—',
      one.expected
        ? `${shown(one.scale, one.expected.low95)} – ${shown(one.scale, one.expected.high95)}`
        : '—',
      one.next ? shown(one.scale, one.next.point) : '—',
    ]),
  );
  if (overview.areas.length === 0) return;
  output.table(
    [
      { zh: '地区', en: 'Area' },
      { zh: '得分', en: 'Score' },
      { zh: '样本量', en: 'Base' },
      { zh: '与其余地区差', en: 'Against the rest' },
      { zh: '较上季', en: 'Since last quarter' },
    ],
    overview.areas
      .slice(0, SHOWN.areas)
      .map((area) => [
        output.pick(area.name),
        area.score ? shown(lead, area.score.score100) : '—',
        area.score ? area.score.n : '—',
        area.againstRest ? change(area.againstRest.points100) + mark(area.againstRest.significance) : '—',
        area.sincePrevious
          ? change(area.sincePrevious.points100) + mark(area.sincePrevious.significance)
          : '—',
      ]),
  );
}

function mark(significance: 'higher' | 'lower' | 'none'): string {
  return significance === 'higher' ? ' ▲' : significance === 'lower' ? ' ▼' : '';
}

export function printAlerts(output: Output, alerts: readonly AlertView[]): void {
  if (alerts.length === 0) {
    output.say({
      zh: '\n没有预警：各项结果都在预期之内。',
      en: '\nNo alerts: every result is within its expectation.',
    });
    return;
  }
  output.say({
    zh: '\n预警（已定位到能解释变化的最小范围）',
    en: '\nAlerts, each named at the smallest place that explains it',
  });
  output.table(
    [
      { zh: '季度', en: 'Quarter' },
      { zh: '渠道', en: 'Channel' },
      { zh: '范围', en: 'Where' },
      { zh: '指标', en: 'Indicator' },
      { zh: '实际', en: 'Actual' },
      { zh: '预期', en: 'Expected' },
      { zh: '95%区间', en: '95% interval' },
      { zh: '扣除他处', en: 'Net' },
      { zh: '估计变动', en: 'Estimated shift' },
      { zh: '状态', en: 'State' },
    ],
    alerts.map((alert) => [
      formatQuarter(alert.quarter),
      output.pick(alert.channelName),
      output.pick(alert.scopeName),
      output.pick(alert.indicatorName),
      points(alert.actual100),
      points(alert.expected100),
      `${points(alert.low95)} – ${points(alert.high95)}`,
      points(alert.adjusted100),
      signed(alert.shift100),
      alert.stale ? `${alert.state} *` : alert.state,
    ]),
  );
}

export function printForecasts(output: Output, rows: readonly ForecastRow[]): void {
  output.table(
    [
      { zh: '季度', en: 'Quarter' },
      { zh: '渠道', en: 'Channel' },
      { zh: '范围', en: 'Where' },
      { zh: '指标', en: 'Indicator' },
      { zh: '预测', en: 'Forecast' },
      { zh: '80%区间', en: '80% interval' },
      { zh: '95%区间', en: '95% interval' },
      { zh: '实际', en: 'Actual' },
      { zh: '曲线', en: 'Curve' },
    ],
    rows.map((row) => [
      formatQuarter(row.quarter),
      row.channel,
      output.pick(row.scopeName),
      output.pick(row.indicatorName),
      points(row.point),
      `${points(row.low80)} – ${points(row.high80)}`,
      `${points(row.low95)} – ${points(row.high95)}`,
      row.actual ? points(row.actual.score100) : '—',
      output.pick(row.curveName),
    ]),
  );
}

export function printReports(output: Output, { batch, files, failures }: ReportFiles): void {
  output.say({
    zh: `\n报告批次 ${batch.id}：${batch.made} 家经销商，${files.length} 个文件，失败 ${batch.failed}。\n${batch.folder}`,
    en: `\nReport batch ${batch.id}: ${batch.made} dealers, ${files.length} files, ${batch.failed} failed.\n${batch.folder}`,
  });
  for (const failure of failures)
    output.say({
      zh: `  ${failure.dealer} ${failure.message.zh}`,
      en: `  ${failure.dealer} ${failure.message.en}`,
    });
}
