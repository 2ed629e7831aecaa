import { Checkbox, Segmented, Table, type TableProps } from 'antd';
import { useState } from 'react';
import type { PlaceChannel, PlaceChannels } from '../../../shared/calls/channels.ts';
import { call, useCall } from '../../api.ts';
import { BasisNotes } from '../../components/basis-notes.tsx';
import { useCompared, useComparedUnit, useNative } from '../../components/compared-scale.ts';
import { ExportButton } from '../../components/export-button.tsx';
import {
  BaseFigure,
  baseColumn,
  ChangeFigure,
  MarginFigure,
  ScoreFigure,
  SparkLine,
  Verbatim,
} from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
import {
  QuarterPicker,
  type ReadySlice,
  SamplePicker,
  SchemePicker,
  ScopePicker,
} from '../../components/slice.tsx';
import { Ready } from '../../components/states.tsx';
import { ABSENT, count } from '../../format.ts';
import { nativeScale } from '../../score-format.ts';
import { useSession } from '../../session.ts';
import { channelsText } from '../../text/channels.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { apartRows, quarterRange } from './view.ts';

type Row = PlaceChannels['rows'][number];

/** One dealer or area: its channels as cards, then every indicator with each channel beside the others. */
export function PlaceView({ slice }: { slice: ReadySlice }) {
  const text = useText(channelsText);
  const { language, display } = useSession();
  const [quarters, setQuarters] = useState<1 | 4>(1);
  const [apart, setApart] = useState(false);
  const input = {
    scheme: slice.scheme,
    scope: slice.scope,
    quarter: slice.quarter,
    quarters,
    basis: slice.basis,
  };
  const view = useCall('channels.place', input);
  return (
    <div className="stack">
      <div className="filters-action">
        <div className="filters">
          <SchemePicker slice={slice} />
          <ScopePicker slice={slice} />
          <QuarterPicker slice={slice} />
          <Segmented
            aria-label={text.period}
            value={quarters}
            onChange={setQuarters}
            options={[
              { value: 1 as const, label: text.latest },
              { value: 4 as const, label: text.lastFour },
            ]}
          />
          <SamplePicker />
          {slice.catalog.channels.length > 1 && (
            <Checkbox checked={apart} onChange={(event) => setApart(event.target.checked)}>
              {text.onlyApart}
            </Checkbox>
          )}
        </div>
        <ExportButton
          name={text.place}
          write={(path) =>
            call('channels.export', { path, language, display, what: { kind: 'place', input } })
          }
        />
      </div>
      <Ready of={view} height={600}>
        {(data) => (
          <>
            <BasisNotes notes={data.notes} />
            <div className="cards">
              {data.channels.map((one) => (
                <ChannelCard key={one.channel} channel={one} />
              ))}
            </div>
            <Indicators view={data} rows={apart ? apartRows(data) : data.rows} catalog={slice.catalog} />
          </>
        )}
      </Ready>
    </div>
  );
}

function ChannelCard({ channel }: { channel: PlaceChannel }) {
  const text = useText(channelsText);
  const common = useText(commonText);
  const name = useName();
  const native = useNative();
  const as = useCompared();
  const { score, scale } = channel;
  const tier = score
    ? { full: text.tierFull, grey: text.tierGrey, hidden: text.tierHidden }[score.tier]
    : channel.quarters.length > 0
      ? text.tierHidden
      : text.notAsked;
  return (
    <div className="card still">
      <span className="card-name">
        {name(channel.name)} <span className="faint">{quarterRange(channel.quarters)}</span>
      </span>
      <span className={`card-figures ${score?.tier ?? ''}`}>
        <span className="card-native">
          {native(score, scale)}
          <small>/ {scale.max}</small>
        </span>
        <span className="card-100">
          {as.figure(score?.score100)}
          <small>/ {count(as.max)}</small>
        </span>
        <SparkLine values={channel.trend.map((point) => point.score?.score100 ?? null)} />
      </span>
      <span className="card-base">
        {common.base} {score ? count(score.n) : ABSENT} · {text.effective} {count(score?.nEff)} · ±
        {as.length(score?.margin100)} · {tier}
      </span>
      <span className="card-changes">
        {text.sinceLastYear}
        <span>
          <ChangeFigure change={channel.sinceLastYear} as={as} />
        </span>
      </span>
    </div>
  );
}

function Indicators(props: { view: PlaceChannels; rows: Row[]; catalog: ReadySlice['catalog'] }) {
  const { view, rows, catalog } = props;
  const text = useText(channelsText);
  const common = useText(commonText);
  const name = useName();
  const native = useNative();
  const as = useCompared();
  const unit = useComparedUnit();
  const apart = apartRows(view).length;
  const alone = view.channels.length < 2;
  const tested = view.rows.some(({ pairs }) => pairs.length > 0);
  const found = apart === 0 ? text.agreeAll : `${text.disagree} ${count(apart)}`;
  const levels = useSession((session) => session.display) === 'levels';
  const bases = view.channels.map((_, i) =>
    baseColumn(
      view.rows.map(({ scores }) => scores[i] ?? null),
      common,
    ),
  );
  const note = alone ? text.onlyOne : tested ? found : text.nothingTested;
  const columns: TableProps<Row>['columns'] = [
    {
      title: common.indicator,
      key: 'name',
      width: 142,
      ellipsis: true,
      render: (_, row) => (
        <span className={row.role === 'item' ? 'indent' : row.role === 'question' ? '' : 'strong'}>
          {name(row.name)}
        </span>
      ),
    },
    ...view.channels.map((channel, i) => ({
      title: `${NUMBERS[i]} ${name(channel.name)}`,
      children: [
        {
          title: text.native,
          key: `${channel.channel} native`,
          width: 62,
          align: 'right' as const,
          className: 'number',
          render: (_: unknown, row: Row) => (
            <span className={row.scores[i]?.tier === 'grey' ? 'grey-figure' : ''}>
              {native(row.scores[i] ?? null, nativeScale(catalog, channel.channel, row.indicator))}
            </span>
          ),
        },
        {
          title: `${common.score} ±`,
          key: `${channel.channel} score`,
          width: levels ? 132 : 92,
          align: 'right' as const,
          className: 'number',
          render: (_: unknown, row: Row) => (
            <>
              <ScoreFigure score={row.scores[i] ?? null} as={as} />
              {row.scores[i] && (
                <span className="margin">
                  <MarginFigure score={row.scores[i]} as={as} />
                </span>
              )}
            </>
          ),
        },
        {
          ...bases[i]!,
          key: `${channel.channel} n`,
          align: 'right' as const,
          className: 'number',
          render: (_: unknown, row: Row) => <BaseFigure score={row.scores[i] ?? null} />,
        },
      ],
    })),
    {
      title: alone ? '' : <span title={text.disagreeHint(unit)}>{text.disagree}</span>,
      key: 'apart',
      render: (_, row) => !alone && <Apart row={row} />,
    },
  ];
  return (
    <Panel title={<Verbatim>{name(view.scope.name)}</Verbatim>} note={note} flush>
      <Table<Row>
        size="small"
        rowKey="indicator"
        dataSource={rows}
        columns={columns}
        pagination={false}
        scroll={{ y: 520, x: bases.reduce((sum, { width }) => sum + width + (levels ? 194 : 154), 280) }}
        locale={{ emptyText: note }}
      />
      {!alone && <p className="pad hint">{text.disagreeHint(unit)}</p>}
    </Panel>
  );
}

const NUMBERS = ['①', '②', '③', '④'];

/** The pairs that differ beyond chance. */
function Apart({ row }: { row: Row }) {
  const as = useCompared();
  const told = row.pairs.filter(({ difference }) => difference.significance !== 'none');
  if (told.length === 0) return <span className="faint">{ABSENT}</span>;
  return (
    <div className="apart">
      {told.map(({ first, second, difference }) => (
        <span key={`${first} ${second}`} className={`change ${difference.significance}`}>
          {`${NUMBERS[first]}−${NUMBERS[second]} ${as.points(difference.points100)}`}
          {difference.margin100 !== undefined && (
            <span className="margin">±{as.length(difference.margin100)}</span>
          )}
        </span>
      ))}
    </div>
  );
}
