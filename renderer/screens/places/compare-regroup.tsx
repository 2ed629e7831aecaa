import { Alert, Table } from 'antd';
import { useState } from 'react';
import type { RegroupedRegion, Reorganisation } from '../../../shared/calls/places.ts';
import { call, useCall } from '../../api.ts';
import { BasisNotes } from '../../components/basis-notes.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { LongTable } from '../../components/long-table.tsx';
import { ChangeFigure } from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
import { ChannelPicker, IndicatorPicker, type ReadySlice, SamplePicker } from '../../components/slice.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { useScoreFormat } from '../../score-format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { placesText } from '../../text/places.ts';
import { schemesText } from '../../text/schemes.ts';
import { useName, useText } from '../../text/use-text.ts';
import { NUMBER, useComparisonColumns } from './comparison-columns.tsx';
import { type Period, PeriodPicker, quartersOf, SchemeChoice } from './period.tsx';

/** Two versions of one scheme where there are, else any two schemes. */
function startingPair(slice: ReadySlice): [number, number] {
  const { schemes } = slice.catalog;
  const grouped = schemes.filter((one) => one.regions > 0);
  for (const one of grouped) {
    const versions = grouped.filter(({ code }) => code === one.code);
    if (versions.length > 1) return [versions[1]!.id, versions[0]!.id];
    const asWas = schemes.find(({ code, timing }) => code === one.code && timing === 'as-was');
    if (asWas) return [asWas.id, one.id];
  }
  return [slice.scheme, grouped.find(({ id }) => id !== slice.scheme)?.id ?? slice.scheme];
}

export function CompareRegroup({ slice }: { slice: ReadySlice }) {
  const text = useText(schemesText);
  const { language, display } = useSession();
  const [picked, setPair] = useState<[number, number] | null>(null);
  const [period, setPeriod] = useState<Period>({ first: slice.quarter, last: slice.quarter });
  const [first, second] = picked ?? startingPair(slice);
  const { channel, indicator, basis } = slice;
  const input = { first, second, channel, period, indicator, basis };
  const view = useCall('schemes.reorganise', first === second ? null : input);
  return (
    <div className="stack">
      <div className="filters">
        <SchemeChoice
          label={text.before}
          catalog={slice.catalog}
          groupedOnly
          value={first}
          onChange={(next) => setPair([next ?? first, second])}
        />
        <SchemeChoice
          label={text.after}
          catalog={slice.catalog}
          groupedOnly
          value={second}
          onChange={(next) => setPair([first, next ?? second])}
        />
        <ChannelPicker slice={slice} />
        <PeriodPicker
          label={text.period}
          quarters={quartersOf(slice.catalog, slice.channel)}
          value={period}
          onChange={setPeriod}
        />
        <IndicatorPicker slice={slice} />
        <SamplePicker />
        <span className="facts-gap" />
        <ExportButton
          name={text.regroup.replace(/[ /]+/g, '-')}
          disabled={first === second}
          write={(path) =>
            call('schemes.exportComparison', {
              path,
              language,
              display,
              comparison: { kind: 'regroup', input },
            })
          }
        />
      </div>
      {first === second ? (
        <Alert type="info" showIcon title={text.sameScheme} />
      ) : (
        <Ready of={view} height={500}>
          {(data) => (
            <>
              <BasisNotes notes={data.notes} />
              <Regrouped view={data} slice={slice} />
            </>
          )}
        </Ready>
      )}
    </div>
  );
}

function Regrouped({ view, slice }: { view: Reorganisation; slice: ReadySlice }) {
  const text = useText(schemesText);
  const common = useText(commonText);
  const name = useName();
  const as = useScoreFormat(slice.channel, slice.indicator);
  const hides = view.regions.some(
    ({ first, second, left, joined }) => first && !second && (left < first.n || joined > 0),
  );
  const column = useComparisonColumns<RegroupedRegion>(() => as);
  return (
    <div className="two wide-left">
      <Panel title={text.regroup} flush>
        <Table<RegroupedRegion>
          size="small"
          rowKey="code"
          dataSource={view.regions}
          pagination={false}
          scroll={{ y: 560 }}
          showSorterTooltip={false}
          columns={[
            { title: common.region, key: 'name', ellipsis: true, render: (_, row) => name(row.name) },
            column.side('first', text.before, (row) => row.first),
            column.side('second', text.after, (row) => row.second),
            {
              ...column.difference('difference', (row) => row.difference),
              render: (_, row) =>
                row.difference && row.joined + row.left === 0 ? (
                  <span className="soft" title={text.unchanged}>
                    {as.points(0)}
                  </span>
                ) : (
                  <ChangeFigure change={row.difference} as={as} />
                ),
            },
            { title: text.joined, dataIndex: 'joined', width: 90, ...NUMBER, render: count },
            { title: text.left, dataIndex: 'left', width: 90, ...NUMBER, render: count },
          ]}
        />
        {hides && <p className="pad hint">{text.smallMoved}</p>}
      </Panel>
      <Moved view={view} />
    </div>
  );
}

function Moved({ view }: { view: Reorganisation }) {
  const text = useText(schemesText);
  const common = useText(commonText);
  const places = useText(placesText);
  const name = useName();
  if (view.moved.length === 0)
    return (
      <Panel title={text.movedTitle}>
        <Nothing>{text.nothingMoved}</Nothing>
      </Panel>
    );
  return (
    <Panel title={text.movedTitle} note={count(view.moved.length)} flush>
      <LongTable<Reorganisation['moved'][number]>
        rowKey={(row) => `${row.kind} ${row.code}`}
        dataSource={view.moved}
        scroll={{ y: 520, x: 400 }}
        columns={[
          {
            title: common.name,
            key: 'name',
            ellipsis: true,
            render: (_, row) => `${name(row.name)}${row.kind === 'dealer' ? ` · ${common.dealer}` : ''}`,
          },
          {
            title: text.fromRegion,
            key: 'from',
            width: 84,
            ellipsis: true,
            render: (_, row) => (row.from ? name(row.from) : text.unplaced),
          },
          {
            title: text.toRegion,
            key: 'to',
            width: 84,
            ellipsis: true,
            render: (_, row) => (row.to ? name(row.to) : text.unplaced),
          },
          { title: places.answers, dataIndex: 'respondents', width: 80, ...NUMBER, render: count },
        ]}
      />
    </Panel>
  );
}
