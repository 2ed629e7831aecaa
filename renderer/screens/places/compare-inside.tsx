import { Alert, Select, Table } from 'antd';
import { useMemo, useState } from 'react';
import type { InsideOutside, TwoSides } from '../../../shared/calls/places.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { OVERALL } from '../../../shared/domain/scope.ts';
import { call, useCall } from '../../api.ts';
import { BasisNotes } from '../../components/basis-notes.tsx';
import { Chart, type ChartOption } from '../../components/chart.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { Panel } from '../../components/panel.tsx';
import { ChannelPicker, Field, type ReadySlice, SamplePicker } from '../../components/slice.tsx';
import { Ready } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { PALETTES } from '../../palette.ts';
import { scoreTip, useScoreFormat, useScoreFormats } from '../../score-format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { schemesText } from '../../text/schemes.ts';
import { useName, useText } from '../../text/use-text.ts';
import { useComparisonColumns } from './comparison-columns.tsx';
import { type Period, PeriodPicker, quartersOf, SchemeChoice } from './period.tsx';

export function CompareInside({ slice }: { slice: ReadySlice }) {
  const text = useText(schemesText);
  const common = useText(commonText);
  const name = useName();
  const { language, display } = useSession();
  const grouped = slice.catalog.schemes.filter((one) => one.regions > 0);
  // The newest version of the scheme that was made last: a scope is made after the sales regions.
  const last = grouped.at(-1)?.code;
  const newest = grouped.find(({ code }) => code === last)?.id ?? slice.scheme;
  const [picked, setPicked] = useState<number | null>(null);
  const scheme = picked ?? newest;
  const [regions, setRegions] = useState<string[]>([]);
  const [period, setPeriod] = useState<Period>({ first: slice.quarter, last: slice.quarter });
  const schemes = useCall('schemes.list', {});
  const chosen = schemes.data?.find(({ id }) => id === scheme);
  const input = {
    scheme,
    regions: regions.length > 0 ? regions : undefined,
    channel: slice.channel,
    period,
    basis: slice.basis,
    within: OVERALL,
  };
  const view = useCall('schemes.insideOutside', input);
  return (
    <div className="stack">
      <div className="filters">
        <SchemeChoice
          label={common.scheme}
          catalog={slice.catalog}
          groupedOnly
          value={scheme}
          onChange={(next) => {
            setRegions([]);
            setPicked(next);
          }}
        />
        <Field label={text.insideRegions} width={260}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              allowClear
              maxTagCount="responsive"
              placeholder={text.allPlaced}
              value={regions}
              onChange={setRegions}
              options={(chosen?.regions ?? []).map((one) => ({ value: one.code, label: name(one.name) }))}
            />
          )}
        </Field>
        <ChannelPicker slice={slice} />
        <PeriodPicker
          label={text.period}
          quarters={quartersOf(slice.catalog, slice.channel)}
          value={period}
          onChange={setPeriod}
        />
        <SamplePicker />
        <span className="facts-gap" />
        <ExportButton
          name={text.inside.replace(/[ /]+/g, '-')}
          write={(path) =>
            call('schemes.exportComparison', {
              path,
              language,
              display,
              comparison: { kind: 'inside', input },
            })
          }
        />
      </div>
      <Ready of={view} height={500}>
        {(data) => (
          <>
            <BasisNotes notes={data.notes} />
            {data.inside.respondents === 0 && <Alert type="info" showIcon title={text.nothingInside} />}
            {data.outside.respondents === 0 && <Alert type="info" showIcon title={text.nothingOutside} />}
            <Sides view={data} slice={slice} />
          </>
        )}
      </Ready>
    </div>
  );
}

function Sides({ view, slice }: { view: InsideOutside; slice: ReadySlice }) {
  const text = useText(schemesText);
  const common = useText(commonText);
  const formats = useScoreFormats();
  const size = ({ cities, dealers, respondents }: InsideOutside['inside']) =>
    text.sides(count(cities), count(dealers), count(respondents));
  const column = useComparisonColumns<TwoSides>((row) => formats(slice.channel, row.indicator));
  return (
    <div className="two wide-left">
      <Panel
        title={text.inside}
        note={`${text.insideSide} ${size(view.inside)} · ${text.outsideSide} ${size(view.outside)}`}
        flush
      >
        <Table<TwoSides>
          size="small"
          rowKey="indicator"
          dataSource={view.rows}
          pagination={false}
          scroll={{ y: 560 }}
          columns={[
            column.indicator((row) => row),
            column.side('first', text.insideSide, (row) => row.first),
            column.side('second', text.outsideSide, (row) => row.second),
            column.difference('difference', (row) => row.difference),
          ]}
          showSorterTooltip={false}
        />
      </Panel>
      <Panel title={`${text.trend} · ${common.index}`}>
        <SidesChart view={view} slice={slice} />
      </Panel>
    </div>
  );
}

function SidesChart({ view, slice }: { view: InsideOutside; slice: ReadySlice }) {
  const text = useText(schemesText);
  const common = useText(commonText);
  const as = useScoreFormat(slice.channel, '');
  const palette = PALETTES[useSession((session) => session.appearance)];
  const option = useMemo((): ChartOption => {
    const line = (key: 'inside' | 'outside', title: string, colour: string) => ({
      type: 'line' as const,
      name: title,
      data: view.trend.map((one) => as.value(one[key]?.score100 ?? null)),
      itemStyle: { color: colour },
      lineStyle: { color: colour, width: 2 },
      symbolSize: 6,
    });
    return {
      grid: { left: 44, right: 16, top: 34, bottom: 26 },
      legend: { top: 0, textStyle: { color: palette.soft } },
      tooltip: {
        trigger: 'axis',
        formatter: (items) => {
          const { dataIndex } = (Array.isArray(items) ? items[0] : items) as { dataIndex: number };
          const { quarter, inside, outside } = view.trend[dataIndex]!;
          return [
            formatQuarter(quarter),
            `${text.insideSide}  ${scoreTip(inside, as, common.base)}`,
            `${text.outsideSide}  ${scoreTip(outside, as, common.base)}`,
          ].join('\n');
        },
      },
      xAxis: { type: 'category', data: view.trend.map((one) => formatQuarter(one.quarter)) },
      yAxis: { type: 'value', scale: true, splitLine: { lineStyle: { color: palette.line } } },
      series: [
        line('inside', text.insideSide, palette.accent),
        line('outside', text.outsideSide, palette.faint),
      ],
    };
  }, [view, as, palette, text, common]);
  return <Chart option={option} label={text.trend} height={360} />;
}
