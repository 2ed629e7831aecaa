import { Alert, Select, Table } from 'antd';
import { useMemo, useState } from 'react';
import type { LinkedView, SeriesSegment } from '../../../shared/calls/channels.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES } from '../../../shared/domain/study-mapping.ts';
import { useCall } from '../../api.ts';
import { Chart, type ChartOption } from '../../components/chart.tsx';
import { useCompared, useComparedUnit } from '../../components/compared-scale.ts';
import { Panel } from '../../components/panel.tsx';
import {
  Field,
  IndicatorPicker,
  type ReadySlice,
  SchemePicker,
  ScopePicker,
} from '../../components/slice.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { PALETTES } from '../../palette.ts';
import { useSession } from '../../session.ts';
import { channelsText } from '../../text/channels.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { shownText } from './pair-charts.ts';
import { quarterRange } from './view.ts';

/** Two series that overlap, joined into one at the level of the newer. */
export function LinkSeries({ slice }: { slice: ReadySlice }) {
  const text = useText(channelsText);
  const segments = useCall('channels.segments', {});
  return (
    <Ready of={segments} height={500}>
      {(all) => {
        const pair = startingPair(all);
        if (pair) return <Link slice={slice} segments={all} pair={pair} />;
        return <Nothing height={300}>{all.length < 2 ? text.oneSegment : text.neverTogether}</Nothing>;
      }}
    </Ready>
  );
}

/** The first two that were in the field in one quarter, the later one as the newer. */
function startingPair(segments: readonly SeriesSegment[]): [number, number] | undefined {
  for (const newer of [...segments].reverse())
    for (const older of segments)
      if (older !== newer && older.quarters.some((quarter) => newer.quarters.includes(quarter)))
        return [older.questionnaire, newer.questionnaire];
  return undefined;
}

function Link(props: { slice: ReadySlice; segments: readonly SeriesSegment[]; pair: [number, number] }) {
  const { slice, segments } = props;
  const text = useText(channelsText);
  const common = useText(commonText);
  const name = useName();
  const [[older, newer], setPair] = useState(props.pair);
  const input = { scheme: slice.scheme, scope: slice.scope, indicator: slice.indicator, older, newer };
  const view = useCall('channels.link', input);
  const options = segments.map((one) => ({
    value: one.questionnaire,
    label: `${name(CHANNEL_NAMES[one.channel])} · ${name(one.study)} ${one.version} · ${quarterRange(one.quarters)}`,
  }));
  return (
    <div className="stack">
      <p className="soft">{text.linkLead}</p>
      {slice.basis.sample !== undefined && <p className="hint">{common.alwaysEverybody}</p>}
      <div className="filters">
        <Field label={text.older} width={360}>
          {(id) => (
            <Select id={id} value={older} options={options} onChange={(one) => setPair([one, newer])} />
          )}
        </Field>
        <Field label={text.newer} width={360}>
          {(id) => (
            <Select id={id} value={newer} options={options} onChange={(one) => setPair([older, one])} />
          )}
        </Field>
        <IndicatorPicker slice={slice} />
        <SchemePicker slice={slice} />
        <ScopePicker slice={slice} />
      </div>
      <Ready of={view} height={500}>
        {(data) => <Linked view={data} />}
      </Ready>
    </div>
  );
}

function Linked({ view }: { view: LinkedView }) {
  const text = useText(channelsText);
  const common = useText(commonText);
  const palette = PALETTES[useSession((session) => session.appearance)];
  const { linked } = view;
  const as = useCompared();
  const unit = useComparedUnit();
  const option = useMemo((): ChartOption => {
    const points = linked.kind === 'linked' ? linked.points : [];
    const quarters = [
      ...new Set([...view.older, ...view.newer, ...points].map(({ quarter }) => quarter)),
    ].sort((a, b) => a - b);
    const line = (title: string, colour: string, values: Map<number, number>, dashed: boolean) => ({
      type: 'line' as const,
      name: title,
      data: quarters.map((quarter) => as.value(values.get(quarter) ?? null)),
      itemStyle: { color: colour },
      lineStyle: {
        color: colour,
        width: dashed ? 1.5 : 2.5,
        type: dashed ? ('dashed' as const) : ('solid' as const),
      },
      symbolSize: dashed ? 4 : 7,
    });
    const scores = (side: LinkedView['older']) =>
      new Map(side.flatMap(({ quarter, score }) => (score ? [[quarter, score.score100] as const] : [])));
    return {
      grid: { left: 44, right: 20, top: 34, bottom: 26 },
      legend: { top: 0, textStyle: { color: palette.soft } },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value) => shownText(value, as),
      },
      xAxis: { type: 'category', data: quarters.map(formatQuarter) },
      yAxis: { type: 'value', scale: true, splitLine: { lineStyle: { color: palette.line } } },
      series: [
        ...([-1.96, 1.96] as const).map((times) => ({
          ...line(
            text.low95,
            palette.faint,
            new Map(points.map((one) => [one.quarter, one.score + times * one.standardError])),
            true,
          ),
          symbol: 'none' as const,
          lineStyle: { color: palette.faint, width: 1, type: 'dotted' as const },
        })),
        line(text.linked, palette.accent, new Map(points.map((one) => [one.quarter, one.score])), false),
        line(text.older, palette.series[1], scores(view.older), true),
        line(text.newer, palette.series[2], scores(view.newer), true),
      ],
    };
  }, [view, linked, palette, text, as]);
  if (linked.kind === 'no-overlap') return <Alert type="info" showIcon title={text.noCommon} />;
  return (
    <div className="two wide-left">
      <Panel
        title={text.linked}
        note={text.shift(
          as.points(linked.shift),
          as.length(linked.shiftError, 1),
          quarterRange(linked.overlap),
        )}
      >
        <Chart option={option} label={text.linked} height={420} />
      </Panel>
      <Panel title={text.linked} note={unit} flush>
        <Table
          size="small"
          rowKey="quarter"
          dataSource={linked.points}
          pagination={false}
          scroll={{ y: 420 }}
          columns={[
            {
              title: common.quarter,
              key: 'quarter',
              render: (_, one) => `${formatQuarter(one.quarter)}${one.linked ? ` · ${text.moved}` : ''}`,
            },
            { title: common.score, key: 'score', align: 'right', render: (_, one) => as.figure(one.score) },
            {
              title: text.standardError,
              key: 'error',
              align: 'right',
              render: (_, one) => as.length(one.standardError, 1),
            },
          ]}
        />
      </Panel>
    </div>
  );
}
