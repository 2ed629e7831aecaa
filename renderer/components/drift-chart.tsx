/** Slow drift: the smoothed distance of past results from their forecasts, between its control limits. */
import { useMemo } from 'react';
import type { SeriesView } from '../../shared/calls/forecast.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { decimal, signed } from '../format.ts';
import { PALETTES } from '../palette.ts';
import { useSession } from '../session.ts';
import { forecastText } from '../text/forecast.ts';
import { useText } from '../text/use-text.ts';
import { Chart, type ChartOption } from './chart.tsx';
import { Nothing } from './states.tsx';

const LEAST_POINTS = 3;

export function DriftChart({ drift, height }: { drift: SeriesView['drift']; height: number }) {
  const text = useText(forecastText);
  const palette = PALETTES[useSession((session) => session.appearance)];
  const option = useMemo(
    (): ChartOption => ({
      grid: { left: 40, right: 16, top: 26, bottom: 24 },
      xAxis: {
        type: 'category',
        data: drift.map((point) => formatQuarter(point.quarter)),
        axisLabel: { color: palette.faint, fontSize: 11 },
        axisLine: { lineStyle: { color: palette.line }, onZero: false },
        axisTick: { show: false },
      },
      yAxis: {
        type: 'value',
        name: text.driftUnit,
        nameTextStyle: { color: palette.faint, fontSize: 11, align: 'left', padding: [0, 0, 0, -30] },
        splitNumber: 3,
        axisLabel: { color: palette.faint, fontSize: 11 },
        splitLine: { lineStyle: { color: palette.line, opacity: 0.7 } },
      },
      tooltip: {
        trigger: 'axis',
        formatter: (params: unknown) => {
          const point = drift[(params as { dataIndex: number }[])[0]?.dataIndex ?? -1];
          if (!point) return '';
          return `${formatQuarter(point.quarter)}\n${text.driftSingle} ${signed(point.z)}\n${text.driftSmoothed} ${signed(point.smoothed, 2)}\n${text.driftLimit} ±${decimal(point.limit, 2)}`;
        },
      },
      series: [
        ...[1, -1].map((sign) => ({
          type: 'line' as const,
          data: drift.map((point) => sign * point.limit),
          symbol: 'none',
          lineStyle: { color: palette.warn, type: 'dashed' as const, width: 1.2 },
        })),
        {
          type: 'scatter' as const,
          data: drift.map((point) => point.z),
          symbolSize: 5,
          itemStyle: { color: palette.faint },
        },
        {
          type: 'line' as const,
          data: drift.map((point) => ({
            value: point.smoothed,
            itemStyle: {
              color:
                point.signal === 'none'
                  ? palette.accent
                  : point.signal === 'rising'
                    ? palette.better
                    : palette.worse,
            },
          })),
          symbolSize: 7,
          lineStyle: { color: palette.accent, width: 2 },
        },
      ],
    }),
    [drift, palette, text],
  );
  if (drift.length < LEAST_POINTS) return <Nothing height={height}>{text.driftFew}</Nothing>;
  return <Chart option={option} height={height} label={text.driftTitle} />;
}
