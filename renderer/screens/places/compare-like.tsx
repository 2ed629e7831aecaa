import { Segmented, Table, type TableProps } from 'antd';
import { useState } from 'react';
import type { LikeForLike, LikePeriod } from '../../../shared/calls/places.ts';
import { call, useCall } from '../../api.ts';
import { BasisNotes } from '../../components/basis-notes.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { LongTable } from '../../components/long-table.tsx';
import { Verbatim } from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
import { ChannelPicker, Field, type ReadySlice, SamplePicker } from '../../components/slice.tsx';
import { Ready } from '../../components/states.tsx';
import { count, decimal } from '../../format.ts';
import { useScoreFormats } from '../../score-format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { schemesText } from '../../text/schemes.ts';
import { useName, useText } from '../../text/use-text.ts';
import { NUMBER, useComparisonColumns } from './comparison-columns.tsx';
import { type Period, PeriodPicker, quartersOf, SchemeChoice } from './period.tsx';

type Row = LikeForLike['rows'][number];

export function CompareLike({ slice }: { slice: ReadySlice }) {
  const text = useText(schemesText);
  const common = useText(commonText);
  const { language, display } = useSession();
  const quarters = quartersOf(slice.catalog, slice.channel);
  const last = quarters.at(-1) ?? slice.quarter;
  const before = quarters.includes(last - 4) ? last - 4 : (quarters[0] ?? last);
  const [periods, setPeriods] = useState<{ first: Period; second: Period }>({
    first: { first: before, last: before },
    second: { first: last, last },
  });
  const [unit, setUnit] = useState<'dealer' | 'city'>('dealer');
  const [scopes, setScopes] = useState<[number | null, number | null]>([null, null]);
  const [one, other] = scopes;
  const input = {
    channel: slice.channel,
    ...periods,
    unit,
    basis: slice.basis,
    schemes:
      one === null && other === null ? undefined : ([one ?? other!, other ?? one!] as [number, number]),
  };
  const view = useCall('schemes.likeForLike', input);
  return (
    <div className="stack">
      <div className="filters">
        <ChannelPicker slice={slice} />
        <PeriodPicker
          label={text.first}
          quarters={quarters}
          value={periods.first}
          onChange={(first) => setPeriods({ ...periods, first })}
        />
        <PeriodPicker
          label={text.second}
          quarters={quarters}
          value={periods.second}
          onChange={(second) => setPeriods({ ...periods, second })}
        />
        <Field label={text.unit}>
          {() => (
            <Segmented
              aria-label={text.unit}
              value={unit}
              onChange={setUnit}
              options={[
                { value: 'dealer', label: common.dealer },
                { value: 'city', label: common.city },
              ]}
            />
          )}
        </Field>
        <SchemeChoice
          label={text.firstScope}
          catalog={slice.catalog}
          none={text.noScope}
          groupedOnly
          value={one}
          onChange={(next) => setScopes([next, other])}
        />
        <SchemeChoice
          label={text.secondScope}
          catalog={slice.catalog}
          none={text.noScope}
          groupedOnly
          value={other}
          onChange={(next) => setScopes([one, next])}
        />
        <SamplePicker />
        <span className="facts-gap" />
        <ExportButton
          name={text.like}
          write={(path) =>
            call('schemes.exportComparison', { path, language, display, comparison: { kind: 'like', input } })
          }
        />
      </div>
      <Ready of={view} height={500}>
        {(data) => (
          <>
            <BasisNotes notes={data.notes} />
            <Like view={data} slice={slice} />
          </>
        )}
      </Ready>
    </div>
  );
}

function Like({ view, slice }: { view: LikeForLike; slice: ReadySlice }) {
  const text = useText(schemesText);
  const formats = useScoreFormats();
  const covers = (period: LikePeriod) =>
    text.covers(
      count(view.common),
      count(period.units),
      decimal(period.unitShare * 100),
      count(period.respondents),
      decimal(period.respondentShare * 100),
    );
  const column = useComparisonColumns<Row>((row) => formats(slice.channel, row.indicator));
  const columns: TableProps<Row>['columns'] = [
    column.indicator((row) => row),
    ...(['all', 'common'] as const).map((side) => ({
      title: side === 'all' ? text.allUnits : text.commonUnits,
      children: [
        column.side(`${side} first`, text.first, (row) => row[side].first),
        column.side(`${side} second`, text.second, (row) => row[side].second),
        column.difference(`${side} change`, (row) => row[side].change),
      ],
    })),
  ];
  return (
    <div className="stack">
      <Panel title={text.like} flush>
        <div className="pad stack tight">
          <p>{text.inPeriod(text.first, covers(view.first))}</p>
          <p>{text.inPeriod(text.second, covers(view.second))}</p>
        </div>
        <Table<Row>
          size="small"
          rowKey="indicator"
          dataSource={view.rows}
          columns={columns}
          pagination={false}
          scroll={{ y: 520, x: 1200 }}
          showSorterTooltip={false}
        />
      </Panel>
      <div className="two">
        <Only title={text.onlyFirst} units={view.first.only} />
        <Only title={text.onlySecond} units={view.second.only} />
      </div>
    </div>
  );
}

function Only({ title, units }: { title: string; units: LikePeriod['only'] }) {
  const text = useText(schemesText);
  const name = useName();
  const common = useText(commonText);
  return (
    <Panel title={title} note={units.length > 0 ? count(units.length) : undefined} flush={units.length > 0}>
      {units.length === 0 ? (
        <p className="faint">{text.allShared}</p>
      ) : (
        <LongTable<LikePeriod['only'][number]>
          rowKey="code"
          dataSource={units}
          scroll={{ y: 240, x: 320 }}
          columns={[
            {
              title: common.name,
              key: 'name',
              ellipsis: true,
              render: (_, one) => <Verbatim>{name(one.name)}</Verbatim>,
            },
            { title: common.base, dataIndex: 'respondents', width: 90, ...NUMBER, render: count },
          ]}
        />
      )}
    </Panel>
  );
}
