import { Breadcrumb, Select, Switch } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { COMPARISONS, type Overview } from '../../../shared/calls/overview.ts';
import type { CallInput } from '../../../shared/contract.ts';
import { CHANNEL_NAMES } from '../../../shared/domain/study-mapping.ts';
import { useCall } from '../../api.ts';
import { BasisNotes } from '../../components/basis-notes.tsx';
import { Later } from '../../components/later.tsx';
import { Panel } from '../../components/panel.tsx';
import {
  ChannelPicker,
  Field,
  IndicatorPicker,
  QuarterPicker,
  type ReadySlice,
  SamplePicker,
  SchemePicker,
  ScopePicker,
} from '../../components/slice.tsx';
import { Loading, Nothing, Ready } from '../../components/states.tsx';
import { useTrace } from '../../components/trace-store.ts';
import { TrendChart } from '../../components/trend-panel.tsx';
import { WithSlice } from '../../components/with-slice.tsx';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { overviewText } from '../../text/overview.ts';
import { useName, useText } from '../../text/use-text.ts';
import { ScopeAlerts } from './scope-alerts.tsx';
import { StandingCards } from './standing-cards.tsx';
import { StandingTable } from './standing-table.tsx';
import { AGAINST, levelOfRows, provinceRows, splitTrends, wasForecast } from './view.ts';

// The list of cities is large; it comes with the map.
const TileMap = lazy(async () => ({ default: (await import('./tile-map.tsx')).TileMap }));

export function OverviewScreen() {
  return <WithSlice>{(slice) => <OverviewOf slice={slice} />}</WithSlice>;
}

type Against = NonNullable<CallInput<'overview.get'>['against']>;

function OverviewOf({ slice }: { slice: ReadySlice }) {
  const [chosen, setAgainst] = useState<Against>('rest');
  const { scheme, scope, quarter, channel, indicator, basis } = slice;
  const against = chosen === channel ? 'rest' : chosen;
  const overview = useCall('overview.get', { scheme, scope, quarter, channel, indicator, basis, against });
  return (
    <div className="screen">
      <div className="filters">
        <ScopePicker slice={slice} />
        <SchemePicker slice={slice} />
        <QuarterPicker slice={slice} />
        <ChannelPicker slice={slice} />
        <IndicatorPicker slice={slice} />
        <AgainstPicker slice={slice} against={against} onChange={setAgainst} />
        <SamplePicker />
      </div>
      <Ready of={overview} height={600}>
        {(data) => (
          <>
            <BasisNotes notes={data.notes} />
            <Standing overview={data} slice={slice} against={against} />
          </>
        )}
      </Ready>
    </div>
  );
}

/** What the rows of the tables are compared with. */
function AgainstPicker(props: { slice: ReadySlice; against: Against; onChange: (against: Against) => void }) {
  const { slice, against, onChange } = props;
  const text = useText(overviewText);
  const name = useName();
  const others = slice.catalog.channels.filter((one) => one.channel !== slice.channel);
  return (
    <Field label={text.against} width={150}>
      {(id) => (
        <Select
          id={id}
          value={against}
          onChange={onChange}
          options={[
            ...COMPARISONS.map((value) => ({ value, label: text[AGAINST[value]] })),
            ...others.map((one) => ({ value: one.channel, label: name(CHANNEL_NAMES[one.channel]) })),
          ]}
        />
      )}
    </Field>
  );
}

function Standing(props: { overview: Overview; slice: ReadySlice; against: Against }) {
  const { overview, slice, against } = props;
  const text = useText(overviewText);
  const common = useText(commonText);
  const name = useName();
  const select = useSession((session) => session.select);
  const openTrace = useTrace((state) => state.open);
  const { scheme, channel: leading, basis } = slice;
  const trace = (scope: string, indicator: string, channel = leading) =>
    openTrace({ scheme, basis, channel, scope, indicator, from: overview.quarter, to: overview.quarter });
  const [comparing, setComparing] = useState(false);
  const { lead, others } = useMemo(() => splitTrends(overview, slice.channel), [overview, slice.channel]);
  const provinces = useMemo(() => provinceRows(overview.provinces), [overview.provinces]);
  // Tiles are of the national provinces; a study's own places have none.
  const mapped = [...provinces.keys()].some((code) => /^\d\d$/.test(code));
  const indicator = slice.catalog.indicators.find((one) => one.code === slice.indicator);
  const what = indicator ? name(indicator.name) : common.index;
  const level = levelOfRows(overview.areas);
  const factors = useMemo(
    () => new Set(slice.catalog.indicators.filter((one) => one.role === 'factor').map((one) => one.code)),
    [slice.catalog],
  );
  return (
    <>
      <Breadcrumb
        items={overview.path.map((step, i) => ({
          title:
            i === overview.path.length - 1 ? (
              name(step.name)
            ) : (
              <button type="button" className="link-button" onClick={() => select({ scope: step.id })}>
                {name(step.name)}
              </button>
            ),
        }))}
      />
      <StandingCards
        standings={overview.channels}
        lead={slice.channel}
        onLead={(channel) => select({ channel })}
        onTrace={(channel) => trace(overview.scope.id, slice.indicator, channel)}
      />
      <div className="two wide-left">
        <Panel
          title={text.trendOf(what)}
          note={lead ? name(lead.channelName) : undefined}
          extra={
            <label className="row" htmlFor="compare-channels">
              <Switch id="compare-channels" size="small" checked={comparing} onChange={setComparing} />
              <span>{text.compareChannels}</span>
            </label>
          }
        >
          {lead ? (
            <TrendChart lead={lead} others={comparing ? others : undefined} what={what} height={272} />
          ) : (
            <Nothing height={272}>{text.noTrend}</Nothing>
          )}
        </Panel>
        <Panel title={text.alerts} flush>
          {slice.basis.sample === undefined ? (
            <ScopeAlerts alerts={overview.alerts} forecast={wasForecast(overview)} />
          ) : (
            <Nothing height={160}>{text.alertsOfEverybody}</Nothing>
          )}
        </Panel>
      </div>
      <div className={mapped ? 'two wide-left' : 'two'}>
        <Panel title={level ? common[level] : text.areas} note={text.areasNote} flush>
          {overview.areas.length > 0 ? (
            <StandingTable
              rows={overview.areas}
              first={level ? common[level] : common.area}
              against={against}
              height={330}
              onOpen={(row) => select({ scope: row.scope })}
              onTrace={(row) => trace(row.scope, row.indicator)}
            />
          ) : (
            <Nothing height={200}>{text.noAreas}</Nothing>
          )}
        </Panel>
        {mapped && (
          <Panel title={text.map} note={text.mapNote}>
            <Suspense fallback={<Loading height={340} />}>
              <TileMap rows={provinces} onOpen={(row) => select({ scope: row.scope })} />
            </Suspense>
          </Panel>
        )}
      </div>
      <Panel title={text.indicators} note={text.indicatorsNote} flush>
        <Later height={460}>
          <StandingTable
            rows={overview.indicators}
            first={text.indicators}
            against={against === 'rest' && overview.path.length === 1 ? undefined : against}
            height={420}
            strong={(row) => factors.has(row.indicator)}
            onOpen={(row) => select({ indicator: row.indicator })}
            onTrace={(row) => trace(row.scope, row.indicator)}
          />
        </Later>
      </Panel>
    </>
  );
}
