import { Alert } from 'antd';
import { type ReactNode, useMemo } from 'react';
import type { PlanProgress } from '../../../shared/calls/plan.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useCall } from '../../api.ts';
import { Chart, type ChartOption } from '../../components/chart.tsx';
import { Panel } from '../../components/panel.tsx';
import { Ready } from '../../components/states.tsx';
import { decimal, signed } from '../../format.ts';
import { PALETTES } from '../../palette.ts';
import { useSession } from '../../session.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useText } from '../../text/use-text.ts';

/** Milestones against what was measured and what is forecast, and how likely the year still comes out. */
export function RunningYear({ plan, extra }: { plan: number; extra: ReactNode }) {
  const work = useText(planWorkText);
  const progress = useCall('plan.progress', { plan });
  return (
    <Panel title={work.progress} extra={extra}>
      <Ready of={progress} height={300}>
        {(data) => (
          <div className="stack">
            <Verdict progress={data} />
            <MilestoneChart progress={data} />
          </div>
        )}
      </Ready>
    </Panel>
  );
}

function Verdict({ progress }: { progress: PlanProgress }) {
  const work = useText(planWorkText);
  const { probability, expected, state, againstMilestones, needed, target } = progress;
  if (probability === null || state === null)
    return <Alert type="info" showIcon title={work.noProbability} />;
  const percent =
    probability < 0.01 ? '<1%' : probability > 0.99 ? '>99%' : `${decimal(probability * 100, 0)}%`;
  const words = [
    work.onTrack(percent, decimal(expected), decimal(target)),
    ...(againstMilestones === null ? [] : [work.against(signed(againstMilestones))]),
    ...(needed === null ? [] : [work.needs(decimal(needed))]),
  ];
  const type = ({ ahead: 'success', open: 'info', behind: 'warning' } as const)[state];
  return <Alert type={type} showIcon title={<b>{work[state]}</b>} description={words.join(' ')} />;
}

function MilestoneChart({ progress }: { progress: PlanProgress }) {
  const work = useText(planWorkText);
  const palette = PALETTES[useSession((session) => session.appearance)];
  const { quarters } = progress;
  const option = useMemo<ChartOption>(() => {
    const axis = {
      axisLabel: { color: palette.faint, fontSize: 11 },
      axisLine: { lineStyle: { color: palette.line } },
    };
    const scores = (isMeasured: boolean) =>
      quarters.map((one) => (one.measured === isMeasured ? one.score : null));
    // The forecast's line starts at the last measured quarter.
    const forecast = quarters.map((one, i) =>
      !one.measured || quarters[i + 1]?.measured === false ? one.score : null,
    );
    return {
      grid: { left: 46, right: 18, top: 34, bottom: 28 },
      legend: { top: 0, textStyle: { color: palette.soft, fontSize: 11 } },
      tooltip: { trigger: 'axis', valueFormatter: (value) => decimal(value as number | null) },
      xAxis: { type: 'category', data: quarters.map((one) => formatQuarter(one.quarter)), ...axis },
      yAxis: {
        type: 'value',
        scale: true,
        splitLine: { lineStyle: { color: palette.line, opacity: 0.7 } },
        ...axis,
      },
      series: [
        {
          name: work.milestone,
          type: 'line',
          data: quarters.map((one) => one.milestone),
          itemStyle: { color: palette.faint },
          lineStyle: { color: palette.faint, type: 'dashed', width: 2 },
        },
        {
          name: work.measured,
          type: 'line',
          data: scores(true),
          symbolSize: 8,
          itemStyle: { color: palette.accent },
          lineStyle: { color: palette.accent, width: 2 },
        },
        {
          name: work.forecast,
          type: 'line',
          data: forecast,
          symbol: 'emptyCircle',
          symbolSize: 8,
          itemStyle: { color: palette.accent },
          lineStyle: { color: palette.accent, width: 2, type: 'dotted' },
        },
      ],
    };
  }, [quarters, palette, work]);
  return <Chart option={option} label={work.progress} height={240} />;
}
