import { Alert } from 'antd';
import { type ReactNode, useMemo } from 'react';
import type { PlanProgress } from '../../../shared/calls/plan.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useCall } from '../../api.ts';
import { Chart, type ChartOption } from '../../components/chart.tsx';
import { bandSeries, barSeries, type Interval } from '../../components/chart-band.ts';
import { Panel } from '../../components/panel.tsx';
import { Ready } from '../../components/states.tsx';
import { count, decimal } from '../../format.ts';
import { PALETTES } from '../../palette.ts';
import { type ScoreFormat, scoreFormat } from '../../score-format.ts';
import { useSession } from '../../session.ts';
import type { Said } from '../../text/both.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useText } from '../../text/use-text.ts';

/** Milestones against what was measured and what is forecast, and how likely the year still comes out. */
export function RunningYear({ plan, extra }: { plan: number; extra: ReactNode }) {
  const work = useText(planWorkText);
  const language = useSession((session) => session.language);
  // Plans are on 0-100 whatever scores are printed on.
  const as = useMemo(() => scoreFormat('harmonised', { min: 0, max: 100 }, language), [language]);
  const progress = useCall('plan.progress', { plan });
  return (
    <Panel title={work.progress} extra={extra}>
      <Ready of={progress} height={300}>
        {(data) => (
          <div className="stack">
            <Verdict progress={data} as={as} />
            <MilestoneChart progress={data} as={as} />
            <p className="hint">{work.progressHint}</p>
          </div>
        )}
      </Ready>
    </Panel>
  );
}

function Verdict({ progress, as }: { progress: PlanProgress; as: ScoreFormat }) {
  const work = useText(planWorkText);
  const { probability, expected, state, againstMilestones, needed, target } = progress;
  if (probability === null || state === null)
    return <Alert type="info" showIcon title={work.noProbability} />;
  const percent =
    probability < 0.01 ? '<1%' : probability > 0.99 ? '>99%' : `${decimal(probability * 100, 0)}%`;
  const words = [
    work.onTrack(percent, as.figure(expected), as.figure(target)),
    ...(againstMilestones === null ? [] : [work.against(as.points(againstMilestones))]),
    ...(needed === null ? [] : [work.needs(as.figure(needed))]),
  ];
  const type = ({ ahead: 'success', open: 'info', behind: 'warning' } as const)[state];
  return <Alert type={type} showIcon title={<b>{work[state]}</b>} description={words.join(' ')} />;
}

type RunningQuarter = PlanProgress['quarters'][number];

function tooltipOf(
  one: RunningQuarter | undefined,
  work: Said<typeof planWorkText>,
  as: ScoreFormat,
): string {
  if (!one) return '';
  const lines = [formatQuarter(one.quarter), `${work.milestone}  ${as.figure(one.milestone)}`];
  if (one.score === null) return lines.join('\n');
  lines.push(`${one.measured ? work.measured : work.forecast}  ${as.figure(one.score)}`);
  if (one.n !== null) lines.push(`${work.base}  ${count(one.n)}`);
  if (!one.measured) lines.push(`${work.band80}  ${as.range(one.low80, one.high80)}`);
  lines.push(`${work.interval95}  ${as.range(one.low95, one.high95)}`);
  return lines.join('\n');
}

function MilestoneChart({ progress, as }: { progress: PlanProgress; as: ScoreFormat }) {
  const work = useText(planWorkText);
  const palette = PALETTES[useSession((session) => session.appearance)];
  const { quarters, target } = progress;
  const option = useMemo<ChartOption>(() => {
    const axis = {
      axisLabel: { color: palette.faint, fontSize: 11 },
      axisLine: { lineStyle: { color: palette.line } },
    };
    const scores = (isMeasured: boolean) =>
      quarters.map((one) => (one.measured === isMeasured ? as.value(one.score) : null));
    // The forecast's line starts at the last measured quarter.
    const forecast = quarters.map((one, i) => {
      if (!one.measured) return as.value(one.score);
      return quarters[i + 1]?.measured === false ? { value: as.value(one.score), symbol: 'none' } : null;
    });
    const interval = (low: number | null, high: number | null): Interval | null =>
      low === null || high === null ? null : { low: as.value(low), high: as.value(high) };
    return {
      grid: { left: 46, right: 70, top: 34, bottom: 28 },
      legend: {
        top: 0,
        itemHeight: 8,
        textStyle: { color: palette.soft, fontSize: 12 },
        selectedMode: false,
      },
      tooltip: {
        trigger: 'axis',
        formatter: (params: unknown) =>
          tooltipOf(quarters[(params as { dataIndex: number }[])[0]?.dataIndex ?? -1], work, as),
      },
      xAxis: { type: 'category', data: quarters.map((one) => formatQuarter(one.quarter)), ...axis },
      yAxis: {
        type: 'value',
        scale: true,
        splitNumber: 4,
        splitLine: { lineStyle: { color: palette.line, opacity: 0.7 } },
        ...axis,
      },
      series: [
        ...(quarters.every((one) => one.measured)
          ? []
          : [
              bandSeries(
                quarters.map((one) => (one.measured ? null : interval(one.low80, one.high80))),
                work.band80,
                { colour: palette.accent, opacity: 0.2 },
              ),
            ]),
        barSeries(
          quarters.map((one) => (one.measured ? interval(one.low95, one.high95) : null)),
          work.bar95,
          palette.accent,
        ),
        {
          name: work.milestone,
          type: 'line',
          data: quarters.map((one) => as.value(one.milestone)),
          itemStyle: { color: palette.warn },
          lineStyle: { color: palette.warn, type: 'dashed', width: 2 },
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: palette.faint, type: 'solid', width: 1 },
            label: {
              color: palette.faint,
              fontSize: 11,
              position: 'end',
              formatter: () => work.targetLine(as.figure(target)),
            },
            data: [{ yAxis: as.value(target) }],
          },
        },
        {
          name: work.measured,
          type: 'line',
          data: scores(true),
          symbol: 'circle',
          symbolSize: 7,
          itemStyle: { color: palette.accent },
          lineStyle: { color: palette.accent, width: 2 },
        },
        {
          name: work.forecast,
          type: 'line',
          data: forecast,
          symbol: 'emptyCircle',
          symbolSize: 7,
          itemStyle: { color: palette.accent },
          lineStyle: { color: palette.accent, width: 2, type: 'dotted' },
        },
      ] as ChartOption['series'],
    };
  }, [quarters, target, palette, work, as]);
  return <Chart option={option} label={work.progress} height={260} />;
}
