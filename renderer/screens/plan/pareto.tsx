import { useCallback, useMemo } from 'react';
import type { PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { Chart, type ChartOption } from '../../components/chart.tsx';
import { Nothing } from '../../components/states.tsx';
import { decimal } from '../../format.ts';
import { PALETTES } from '../../palette.ts';
import { useSession } from '../../session.ts';
import { planText } from '../../text/plan.ts';
import { useText } from '../../text/use-text.ts';
import { resource } from './view.ts';

/** Target score against the additional resource it takes; a click on the curve makes that point the target. */
export function Pareto({ plan, onUplift }: { plan: PlanView; onUplift?: (uplift: number) => void }) {
  const text = useText(planText);
  const palette = PALETTES[useSession((session) => session.appearance)];
  const { pareto, baseline, reached, totalCost } = plan;
  const option = useMemo<ChartOption>(() => {
    const most = Math.max(...pareto.map((point) => point.cost));
    const places = most < 0.005 ? 2 : most < 0.05 ? 1 : 0;
    const axis = {
      axisLabel: { color: palette.faint, fontSize: 11 },
      nameTextStyle: { color: palette.faint, fontSize: 11 },
      splitLine: { lineStyle: { color: palette.line, opacity: 0.7 } },
      axisLine: { lineStyle: { color: palette.line } },
    };
    return {
      grid: { left: 52, right: 18, top: 26, bottom: 36 },
      xAxis: { type: 'value', scale: true, name: text.target, nameLocation: 'middle', nameGap: 22, ...axis },
      yAxis: {
        type: 'value',
        name: text.extra,
        nameLocation: 'end',
        nameTextStyle: { ...axis.nameTextStyle, align: 'left', padding: [0, 0, 0, -40] },
        axisLabel: { ...axis.axisLabel, formatter: (value: number) => `${decimal(value * 100, places)}%` },
        splitLine: axis.splitLine,
        axisLine: axis.axisLine,
        splitNumber: 4,
      },
      tooltip: {
        trigger: 'axis',
        formatter: (params: unknown) => {
          const [first] = params as { value: [number, number] }[];
          return first
            ? `${text.target} ${decimal(first.value[0])}\n${text.extra} ${resource(first.value[1])}`
            : '';
        },
      },
      series: [
        {
          type: 'line',
          data: pareto.map((point) => [point.target, point.cost]),
          triggerLineEvent: true,
          symbol: 'circle',
          symbolSize: 7,
          itemStyle: { color: palette.accent },
          lineStyle: { color: palette.accent, width: 2 },
          cursor: onUplift ? 'pointer' : 'default',
        },
        {
          type: 'scatter',
          data: [[reached, totalCost]],
          symbolSize: 13,
          itemStyle: { color: palette.panel, borderColor: palette.worse, borderWidth: 3 },
          silent: true,
          z: 5,
        },
      ],
    };
  }, [pareto, reached, totalCost, palette, text, onUplift]);
  const pick = useCallback(
    (index: number) => {
      const point = pareto[index];
      if (point) onUplift?.(Number((point.target - baseline).toFixed(2)));
    },
    [pareto, baseline, onUplift],
  );
  if (pareto.length < 2) return <Nothing height={300}>{text.paretoEmpty}</Nothing>;
  const label = text.paretoLabel(decimal(reached), resource(totalCost));
  return <Chart option={option} label={label} height={300} onPick={onUplift ? pick : undefined} />;
}
