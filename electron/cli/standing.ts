// Where satisfaction stands, its alerts, forecasts and report batches, as tables for a terminal.

import type { ForecastRow } from '../../shared/calls/forecast.ts';
import type { Overview } from '../../shared/calls/overview.ts';
import type { ReportFiles } from '../../shared/calls/reports.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import type { Output } from './output.ts';
import { NOTHING, type ScoreTexts } from './score.ts';

const SHOWN = { areas: 12 };

/** Prints where satisfaction stands: each channel, then the areas of the leading one. */
export function printStanding(output: Output, texts: ScoreTexts, overview: Overview): void {
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
        one.score ? `${one.score.native.toFixed(2)} / ${one.scale.max}` : NOTHING,
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
        ...texts.changeHeads({ zh: '与其余地区差', en: 'Against the rest' }),
        ...texts.changeHeads({ zh: '较上季', en: 'Since last quarter' }),
      ],
      overview.areas
        .slice(0, SHOWN.areas)
        .map((area) => [
          output.pick(area.name),
          ...texts.scoreCells(area.score, as),
          ...texts.changeCells(area.againstRest, as),
          ...texts.changeCells(area.sincePrevious, as),
        ]),
    );
  }
  texts.legend();
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
        row.channel,
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
