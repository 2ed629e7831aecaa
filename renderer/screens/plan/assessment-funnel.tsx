import { useMemo } from 'react';
import type { AssessmentFunnel as Funnel } from '../../../shared/calls/plan.ts';
import { Chart, type ChartOption } from '../../components/chart.tsx';
import { decimal, signed } from '../../format.ts';
import { PALETTES } from '../../palette.ts';
import { useSession } from '../../session.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useText } from '../../text/use-text.ts';
import type { AssessmentLine } from './assessment-lines.tsx';

/** More names than this would cover one another. */
const MOST_NAMED = 8;

type Limit = 'outerLow' | 'innerLow' | 'innerHigh' | 'outerHigh';

/** Gaps against their precision, the firmest to the right, between the limits of what chance alone gives. */
export function AssessmentFunnel({ lines, funnel }: { lines: readonly AssessmentLine[]; funnel: Funnel }) {
  const work = useText(planWorkText);
  const palette = PALETTES[useSession((session) => session.appearance)];
  const option = useMemo<ChartOption>(() => {
    const axis = {
      axisLabel: { color: palette.faint, fontSize: 11 },
      nameTextStyle: { color: palette.faint, fontSize: 11 },
      splitLine: { lineStyle: { color: palette.line, opacity: 0.7 } },
      axisLine: { lineStyle: { color: palette.line }, onZero: false },
    };
    const limit = (name: string, of: Limit, type: 'dashed' | 'solid') => ({
      name,
      type: 'line' as const,
      data: funnel.limits.map((one) => [one.standardError, one[of]]),
      symbol: 'none',
      silent: true,
      itemStyle: { color: palette.faint },
      lineStyle: { color: palette.faint, type, width: 1 },
    });
    const colour = ({ funnel: place }: AssessmentLine) =>
      place === undefined || place === null || place === 'inside'
        ? palette.accent
        : place.endsWith('below')
          ? palette.worse
          : palette.better;
    return {
      grid: { left: 52, right: 24, top: 40, bottom: 40 },
      legend: {
        top: 0,
        right: 0,
        data: [work.funnelInner, work.funnelOuter],
        itemStyle: { opacity: 0 },
        textStyle: { color: palette.soft, fontSize: 11 },
      },
      xAxis: {
        type: 'value',
        inverse: true,
        name: work.funnelPrecision,
        nameLocation: 'middle',
        nameGap: 24,
        min: Number((0.8 * Math.min(...lines.map((line) => line.standardError ?? 0))).toFixed(2)),
        max: funnel.limits.at(-1)?.standardError ?? 1,
        ...axis,
        axisLabel: {
          ...axis.axisLabel,
          showMaxLabel: false,
          formatter: (value: number) => decimal(value, 2),
        },
      },
      yAxis: { type: 'value', name: work.gapPoints, position: 'left', ...axis },
      tooltip: {
        trigger: 'item',
        formatter: (params: unknown) => {
          const line = lines[(params as { dataIndex: number }).dataIndex];
          if (!line) return '';
          return [
            line.name,
            `${work.gap} ${signed(line.gap, 2)} [${signed(line.low, 2)}, ${signed(line.high, 2)}]`,
            line.place,
          ].join('\n');
        },
      },
      series: [
        limit(work.funnelInner, 'innerLow', 'dashed'),
        limit(work.funnelInner, 'innerHigh', 'dashed'),
        limit(work.funnelOuter, 'outerLow', 'solid'),
        limit(work.funnelOuter, 'outerHigh', 'solid'),
        {
          type: 'scatter',
          symbolSize: 10,
          data: lines.map((line) => ({
            value: [line.standardError ?? 0, line.gap],
            itemStyle: { color: colour(line) },
            label: {
              show: lines.length <= MOST_NAMED || (line.funnel != null && line.funnel !== 'inside'),
              formatter: line.name,
              position: 'right',
              color: palette.soft,
              fontSize: 11,
            },
          })),
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: palette.faint, type: 'dotted' },
            data: [{ yAxis: funnel.centre }],
          },
        },
      ],
    };
  }, [lines, funnel, palette, work]);
  return <Chart option={option} label={work.funnelNote} height={280} />;
}
