/** A series with its forecast, the curve behind it and any other curves laid over. */
import { useMemo } from 'react';
import type { TrendView } from '../../shared/calls/figure.ts';
import type { SeriesView } from '../../shared/calls/forecast.ts';
import { formatQuarter, type Quarter } from '../../shared/domain/quarter.ts';
import { CHANNELS } from '../../shared/domain/study-mapping.ts';
import { PALETTES } from '../palette.ts';
import { useScoreFormat } from '../score-format.ts';
import { useSession } from '../session.ts';
import { forecastText } from '../text/forecast.ts';
import { overviewText } from '../text/overview.ts';
import { useName, useText } from '../text/use-text.ts';
import { Chart, type ChartOption } from './chart.tsx';
import { trendOption } from './trend-chart.ts';

/** A curve laid over the chart. */
export interface Overlay {
  name: string;
  points: { quarter: Quarter; value: number }[];
}

/** The series as a trend whose last point is the forecast quarter. */
export function trendOfSeries(series: SeriesView): TrendView {
  const { channel, channelName, indicator, quarter, history, actual, forecast, breaks } = series;
  const known = new Map(history.map((point) => [point.quarter, point]));
  const first = history[0]?.quarter ?? quarter;
  // Quarters without a wave keep their place on the axis.
  const points = Array.from({ length: quarter - first }, (_, i) => {
    const point = known.get(first + i);
    return { quarter: first + i, score: point?.score ?? null, expected: point?.expected ?? null };
  });
  if (actual) points.push({ quarter, score: actual, expected: forecast });
  return { channel, channelName, indicator, points, next: forecast, breaks };
}

export function SeriesChart(props: { series: SeriesView; overlays?: readonly Overlay[]; height: number }) {
  const { series, overlays = [], height } = props;
  const text = useText(overviewText);
  const own = useText(forecastText);
  const name = useName();
  const language = useSession((session) => session.language);
  const palette = PALETTES[useSession((session) => session.appearance)];
  const as = useScoreFormat(series.channel, series.indicator);
  const option = useMemo(() => {
    const lead = trendOfSeries(series);
    const base = trendOption({
      lead,
      others: [],
      palette,
      text,
      name: (pair) => (language === 'en' ? pair.en : pair.zh),
      colourOf: (trend) => palette.series[CHANNELS.indexOf(trend.channel)]!,
      as,
    });
    const quarters = (base.xAxis as { data: string[] }).data;
    const colours = [palette.ink, palette.series[2], palette.series[3], palette.series[1], palette.faint];
    const fitted = series.forecast ? [{ name: own.fitted, points: series.forecast.fitted }] : [];
    const lines = [...fitted, ...overlays].map((overlay, i) => {
      const at = new Map(overlay.points.map((point) => [formatQuarter(point.quarter), point.value]));
      const colour = colours[i % colours.length]!;
      return {
        type: 'line' as const,
        name: overlay.name,
        data: quarters.map((quarter) => as.value(at.get(quarter) ?? null)),
        lineStyle: { color: colour, width: 1.6, type: 'dotted' as const },
        itemStyle: { color: colour },
        symbol: i === 0 ? 'none' : 'diamond',
        symbolSize: 5,
        connectNulls: true,
        smooth: 0.2,
        z: 3,
      };
    });
    return { ...base, series: [...(base.series as object[]), ...lines] } as ChartOption;
  }, [series, overlays, palette, text, own, language, as]);
  const what = `${name(series.scopeName)} ${name(series.indicatorName)}`;
  const latest = series.actual ?? series.history.findLast((point) => point.score)?.score;
  return <Chart option={option} height={height} label={text.chartLabel(what, as.score(latest?.score100))} />;
}
