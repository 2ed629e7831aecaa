import { useMemo } from 'react';
import { formatMonth, type LapseMonth } from '../../../shared/domain/visits/lapse.ts';
import { LAPSE_WORDS } from '../../../shared/domain/visits/lapse-words.ts';
import { Chart, type ChartOption } from '../../components/chart.tsx';
import { count } from '../../format.ts';
import { PALETTES } from '../../palette.ts';
import { useSession } from '../../session.ts';
import { lostText } from '../../text/lost.ts';
import { useName, useText } from '../../text/use-text.ts';

/** Customers by state, month by month. */
export function LossMonths({ months }: { months: LapseMonth[] }) {
  const text = useText(lostText);
  const name = useName();
  const palette = PALETTES[useSession((session) => session.appearance)];
  const option = useMemo((): ChartOption => {
    const states = [
      { name: name(LAPSE_WORDS.active), key: 'active', color: palette.accent },
      { name: name(LAPSE_WORDS.marginal), key: 'marginal', color: palette.warn },
      { name: name(LAPSE_WORDS.lost), key: 'lost', color: palette.worse },
    ] as const;
    return {
      grid: { left: 52, right: 16, top: 30, bottom: 24 },
      legend: { right: 8, top: 0, textStyle: { color: palette.soft }, itemWidth: 12, itemHeight: 8 },
      xAxis: {
        type: 'category',
        data: months.map(({ month }) => formatMonth(month)),
        axisLabel: { color: palette.faint, fontSize: 11 },
        axisLine: { lineStyle: { color: palette.line } },
        axisTick: { show: false },
      },
      yAxis: {
        type: 'value',
        axisLabel: { color: palette.faint, fontSize: 11 },
        splitLine: { lineStyle: { color: palette.line, opacity: 0.7 } },
      },
      tooltip: {
        trigger: 'axis',
        formatter: (params: unknown) => {
          const at = months[(params as { dataIndex: number }[])[0]?.dataIndex ?? -1];
          if (!at) return '';
          return [
            formatMonth(at.month),
            ...states.map((state) => `${state.name} ${count(at[state.key])}`),
            `${name(LAPSE_WORDS.permanent)} ${count(at.permanent)}`,
            `${text.entered} ${count(at.entered)} · ${text.returned} ${count(at.returned)}`,
          ].join('\n');
        },
      },
      series: states.map(({ key, color, ...state }) => ({
        name: state.name,
        type: 'bar' as const,
        stack: 'customers',
        barCategoryGap: '25%',
        itemStyle: { color },
        data: months.map((one) => one[key]),
      })),
    };
  }, [months, palette, text, name]);
  return <Chart option={option} label={text.chart} height={240} />;
}
