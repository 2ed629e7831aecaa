/** The pictures of a pair of channels, as options for the chart. */
import type { ChannelPair } from '../../../shared/calls/channels.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { CHANNELS } from '../../../shared/domain/study-mapping.ts';
import type { ChartOption } from '../../components/chart.tsx';
import { ABSENT, decimal } from '../../format.ts';
import type { Palette } from '../../palette.ts';
import { type ScoreFormat, scoreTip } from '../../score-format.ts';
import type { Said } from '../../text/both.ts';
import type { channelsText } from '../../text/channels.ts';

interface Drawing {
  palette: Palette;
  text: Said<typeof channelsText>;
  name: (text: { zh: string; en: string }) => string;
  /** Scores are drawn on this scale. */
  as: ScoreFormat;
  /** The word for the number of respondents. */
  base: string;
}

const axisOf = (name: string, palette: Palette) => ({
  type: 'value' as const,
  scale: true,
  name,
  nameLocation: 'middle' as const,
  nameTextStyle: { color: palette.soft },
  splitLine: { lineStyle: { color: palette.line } },
});

/** A drawn value as text, with the decimals of its scale. */
export function shownText(value: unknown, as: ScoreFormat): string {
  return typeof value === 'number' ? decimal(value, as.places) : ABSENT;
}

/** Every common place, first channel across, second up; the dashed line is where they agree. */
export function scatterOption(view: ChannelPair, { palette, name, as, base }: Drawing): ChartOption {
  const points = view.units.map((unit) => [as.value(unit.first.score100), as.value(unit.second.score100)]);
  const all = points.flat();
  // Round ends, twentieths of the scale, and the same on both axes.
  const step = (as.max - as.min) / 20;
  const low = Math.floor(Math.min(...all) / step) * step;
  const high = Math.ceil(Math.max(...all) / step) * step;
  return {
    grid: { left: 52, right: 20, top: 14, bottom: 46 },
    tooltip: {
      trigger: 'item',
      formatter: (item) => {
        const unit = view.units[(item as { dataIndex: number }).dataIndex]!;
        const lines = [unit.first, unit.second].map(
          (score, i) => `${name(i === 0 ? view.first.name : view.second.name)}  ${scoreTip(score, as, base)}`,
        );
        return [name(unit.name), ...lines].join('\n');
      },
    },
    xAxis: { ...axisOf(name(view.first.name), palette), nameGap: 28, min: low, max: high },
    yAxis: { ...axisOf(name(view.second.name), palette), nameGap: 34, min: low, max: high },
    series: [
      {
        type: 'scatter',
        data: points,
        symbolSize: 6,
        itemStyle: { color: palette.accent, opacity: 0.55 },
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: palette.soft, type: 'dashed' },
          label: { show: false },
          data: [[{ coord: [low, low] }, { coord: [high, high] }]],
        },
      },
    ],
  };
}

/** Difference against mean (Bland-Altman): the mean difference and the limits of 95 % of places. */
export function differenceOption(view: ChannelPair, { palette, text, name, as }: Drawing): ChartOption {
  const { agreement } = view;
  const drawn = (points100: number) => as.value(points100) - as.value(0);
  const line = (at: number, dashed: boolean) => ({
    yAxis: drawn(at),
    lineStyle: {
      color: dashed ? palette.faint : palette.ink,
      type: dashed ? ('dashed' as const) : ('solid' as const),
    },
    label: { formatter: as.points(at), color: palette.soft, position: 'insideEndTop' as const },
  });
  return {
    grid: { left: 52, right: 20, top: 14, bottom: 46 },
    tooltip: {
      trigger: 'item',
      formatter: (item) => {
        const unit = view.units[(item as { dataIndex: number }).dataIndex];
        return unit ? `${name(unit.name)}\n${text.difference}  ${as.points(unit.difference.points100)}` : '';
      },
    },
    xAxis: { ...axisOf(text.meanOfBoth, palette), nameGap: 28 },
    yAxis: { ...axisOf(text.difference, palette), nameGap: 34 },
    series: [
      {
        type: 'scatter',
        data: view.units.map((unit) => [
          as.value((unit.first.score100 + unit.second.score100) / 2),
          drawn(unit.difference.points100),
        ]),
        symbolSize: 6,
        itemStyle: { color: palette.accent, opacity: 0.55 },
        ...(agreement && {
          markLine: {
            silent: true,
            symbol: 'none',
            data: [
              line(agreement.meanDifference, false),
              line(agreement.limits.low, true),
              line(agreement.limits.high, true),
            ],
          },
        }),
      },
    ],
  };
}

/** Both series with the breaks of either. */
export function timeOption(view: ChannelPair, { palette, name, as, base }: Drawing): ChartOption {
  const quarters = [...new Set([...view.first.quarters, ...view.second.quarters])].sort((a, b) => a - b);
  const shown = quarters.filter(
    (quarter) => view.common.length === 0 || (quarter >= view.common[0]! && quarter <= view.common.at(-1)!),
  );
  const at = new Map(view.overTime.points.map((point) => [point.quarter, point]));
  const series = (['first', 'second'] as const).map((side) => {
    const colour = palette.series[CHANNELS.indexOf(view[side].channel)]!;
    const breaks = view[side].breaks.filter(({ quarter }) => shown.includes(quarter));
    return {
      type: 'line' as const,
      name: name(view[side].name),
      data: shown.map((quarter) => as.value(at.get(quarter)?.[side]?.score100 ?? null)),
      itemStyle: { color: colour },
      lineStyle: { color: colour, width: 2 },
      symbolSize: 6,
      markLine: {
        silent: true,
        symbol: 'none',
        lineStyle: { color: colour, type: 'dotted' as const },
        label: { show: false },
        data: breaks.map(({ quarter }) => ({ xAxis: formatQuarter(quarter) })),
      },
    };
  });
  return {
    grid: { left: 44, right: 20, top: 34, bottom: 26 },
    legend: { top: 0, textStyle: { color: palette.soft } },
    tooltip: {
      trigger: 'axis',
      formatter: (items) => {
        const { dataIndex } = (Array.isArray(items) ? items[0] : items) as { dataIndex: number };
        const point = at.get(shown[dataIndex]!);
        const line = (side: 'first' | 'second') =>
          `${name(view[side].name)}  ${scoreTip(point?.[side], as, base)}`;
        return [formatQuarter(shown[dataIndex]!), line('first'), line('second')].join('\n');
      },
    },
    xAxis: { type: 'category', data: shown.map(formatQuarter) },
    yAxis: { type: 'value', scale: true, splitLine: { lineStyle: { color: palette.line } } },
    series,
  };
}
