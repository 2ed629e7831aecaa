/** A trend as a chart: actual against what had been expected, with the intervals behind and the next forecast. */

import type { ForecastView, TrendView } from '../../shared/calls/figure.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { count } from '../format.ts';
import type { Palette } from '../palette.ts';
import type { ScoreFormat } from '../score-format.ts';
import type { Said } from '../text/both.ts';
import type { overviewText } from '../text/overview.ts';
import type { ChartOption } from './chart.tsx';
import { bandSeries, type Interval } from './chart-band.ts';

export interface TrendChartInput {
  lead: TrendView;
  /** Other channels to draw as thin lines. */
  others: readonly TrendView[];
  palette: Palette;
  text: Said<typeof overviewText>;
  name: (text: { zh: string; en: string }) => string;
  colourOf: (trend: TrendView) => string;
  /** The scale of the drawing; other channels are drawn on it too. */
  as: ScoreFormat;
}

export interface TrendRow {
  quarter: string;
  actual: number | null;
  grey: boolean;
  n: number | null;
  margin: number | null;
  expected: ForecastView | null;
}

/** One row a quarter, the coming one last. */
export function trendRows(trend: TrendView): TrendRow[] {
  const rows = trend.points.map((point) => ({
    quarter: formatQuarter(point.quarter),
    actual: point.score?.score100 ?? null,
    grey: point.score?.tier === 'grey',
    n: point.score?.n ?? null,
    margin: point.score?.margin100 ?? null,
    expected: point.expected,
  }));
  if (trend.next) {
    const quarter = formatQuarter(trend.next.quarter);
    if (!rows.some((row) => row.quarter === quarter))
      rows.push({ quarter, actual: null, grey: false, n: null, margin: null, expected: trend.next });
  }
  return rows;
}

type Edge = 'low80' | 'high80' | 'low95' | 'high95';

function intervalsOf(rows: readonly TrendRow[], low: Edge, high: Edge, as: ScoreFormat): (Interval | null)[] {
  return rows.map(
    ({ expected }) => expected && { low: as.value(expected[low]), high: as.value(expected[high]) },
  );
}

function tooltipText(rows: readonly TrendRow[], input: TrendChartInput, index: number): string {
  const row = rows[index];
  if (!row) return '';
  const { text, as } = input;
  const lines = [row.quarter];
  if (row.actual !== null)
    lines.push(
      `${text.actual}  ${as.score(row.actual)} ± ${as.length(row.margin)}  (${text.basedOn(count(row.n))})`,
    );
  if (row.expected) {
    const { point, low80, high80, low95, high95 } = row.expected;
    lines.push(`${row.actual === null ? text.forecast : text.expected}  ${as.score(point)}`);
    lines.push(`${text.band80}  ${as.range(low80, high80)}`);
    lines.push(`${text.band95}  ${as.range(low95, high95)}`);
  }
  for (const other of input.others) {
    const found = other.points.find((point) => formatQuarter(point.quarter) === row.quarter);
    if (found?.score) lines.push(`${input.name(other.channelName)}  ${as.score(found.score.score100)}`);
  }
  return lines.join('\n');
}

export function trendOption(input: TrendChartInput): ChartOption {
  const { lead, others, palette, text, name, colourOf, as } = input;
  const rows = trendRows(lead);
  const quarters = rows.map((row) => row.quarter);
  const colour = colourOf(lead);
  const axis = { axisLine: { lineStyle: { color: palette.line } }, axisTick: { show: false } };
  return {
    grid: { left: 40, right: 20, top: lead.breaks.length > 0 ? 50 : 34, bottom: 24 },
    legend: {
      top: 2,
      right: 4,
      itemWidth: 16,
      itemGap: 7,
      itemHeight: 6,
      textStyle: { color: palette.soft, fontSize: 12 },
      selectedMode: false,
    },
    xAxis: {
      type: 'category',
      data: quarters,
      boundaryGap: true,
      ...axis,
      axisLabel: { color: palette.faint, fontSize: 11 },
    },
    yAxis: {
      type: 'value',
      scale: true,
      splitNumber: 4,
      axisLabel: { color: palette.faint, fontSize: 11 },
      splitLine: { lineStyle: { color: palette.line, opacity: 0.7 } },
    },
    tooltip: {
      trigger: 'axis',
      axisPointer: { lineStyle: { color: palette.faint } },
      formatter: (params: unknown) => {
        const [first] = params as { dataIndex: number }[];
        return tooltipText(rows, input, first?.dataIndex ?? -1);
      },
    },
    series: [
      bandSeries(intervalsOf(rows, 'low95', 'high95', as), text.band95, { colour, opacity: 0.13 }),
      bandSeries(intervalsOf(rows, 'low80', 'high80', as), text.band80, { colour, opacity: 0.2 }),
      {
        type: 'line',
        name: text.expected,
        data: rows.map((row) => as.value(row.expected?.point ?? null)),
        lineStyle: { color: palette.soft, width: 1.4, type: 'dashed' },
        itemStyle: { color: palette.soft },
        symbol: 'circle',
        symbolSize: 4,
        z: 2,
      },
      {
        type: 'line',
        name: others.length > 0 ? name(lead.channelName) : text.actual,
        data: rows.map((row) => ({
          value: as.value(row.actual) ?? undefined,
          itemStyle: row.grey
            ? { color: palette.panel, borderColor: colour, borderWidth: 1.5 }
            : { color: colour },
        })),
        lineStyle: { color: colour, width: 2.2 },
        itemStyle: { color: colour },
        symbol: 'circle',
        symbolSize: 6,
        z: 4,
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          lineStyle: { color: palette.warn, type: 'dotted', width: 1.4 },
          label: {
            color: palette.warn,
            fontSize: 11,
            position: 'end',
            rotate: 0,
            distance: 2,
            formatter: '{b}',
          },
          data: lead.breaks
            .filter((one) => quarters.includes(formatQuarter(one.quarter)))
            .map((one) => ({ xAxis: formatQuarter(one.quarter), name: name(one.label) })),
        },
      },
      ...others.map((other) => ({
        type: 'line' as const,
        name: name(other.channelName),
        data: quarters.map((quarter) =>
          as.value(
            other.points.find((point) => formatQuarter(point.quarter) === quarter)?.score?.score100 ?? null,
          ),
        ),
        lineStyle: { color: colourOf(other), width: 1.4 },
        itemStyle: { color: colourOf(other) },
        symbol: 'none',
        z: 3,
      })),
    ] as ChartOption['series'],
  };
}
