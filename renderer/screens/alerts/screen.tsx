import { Select } from 'antd';
import { useState } from 'react';
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import { useCall } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { Field, QuarterPicker, type ReadySlice, SchemePicker } from '../../components/slice.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { WithSlice } from '../../components/with-slice.tsx';
import { count } from '../../format.ts';
import { useSession } from '../../session.ts';
import { useSubPage } from '../../sub-page.ts';
import { alertText } from '../../text/alerts.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { AlertDetail } from './alert-detail.tsx';
import { AlertPage } from './alert-page.tsx';
import { AlertTable } from './alert-table.tsx';
import { ClearedCases } from './cleared-cases.tsx';
import { OverallStanding } from './overall-standing.tsx';
import { type AlertFilter, alertTitle, filterAlerts, kindNames, NO_FILTER, stateNames } from './view.ts';

export function AlertsScreen() {
  return <WithSlice>{(slice) => <AlertsOf slice={slice} />}</WithSlice>;
}

function AlertsOf({ slice }: { slice: ReadySlice }) {
  const text = useText(alertText);
  const name = useName();
  const [channel, setChannel] = useState<Channel | 'all'>('all');
  const [filter, setFilter] = useState(NO_FILTER);
  const chosen = useSession((session) => session.alert);
  const choose = useSession((session) => session.chooseAlert);
  const [always, setAlways] = useState(false);
  const [page, setPage] = useSubPage<number>();
  const alerts = useCall('alerts.list', {
    scheme: slice.scheme,
    quarter: always ? undefined : slice.quarter,
    channel: channel === 'all' ? undefined : channel,
  });
  if (page !== null) return <AlertPage id={page} scheme={slice.scheme} onBack={() => setPage(null)} />;
  return (
    <div className="screen">
      <Filters
        slice={slice}
        channel={channel}
        onChannel={setChannel}
        filter={filter}
        onFilter={setFilter}
        always={always}
        onAlways={setAlways}
      />
      <OverallStanding slice={slice} channel={channel} />
      <ClearedCases scheme={slice.scheme} />
      <Ready of={alerts} height={500}>
        {(all) => {
          const shown = filterAlerts(all, filter);
          const open = shown.find((alert) => alert.id === chosen) ?? shown[0];
          return (
            <div className="two list-detail alerts">
              <Panel title={text.list} note={text.howMany(count(shown.length))} flush>
                <AlertTable
                  alerts={shown}
                  open={open?.id}
                  onOpen={choose}
                  always={always}
                  channels={slice.catalog.channels.length > 1}
                />
              </Panel>
              <Panel title={open ? alertTitle(open, name) : text.detail}>
                {open ? (
                  <AlertDetail alert={open} scheme={slice.scheme} onOpen={() => setPage(open.id)} />
                ) : (
                  <Nothing height={300}>{text.choose}</Nothing>
                )}
              </Panel>
            </div>
          );
        }}
      </Ready>
    </div>
  );
}

function Filters(props: {
  slice: ReadySlice;
  channel: Channel | 'all';
  onChannel: (channel: Channel | 'all') => void;
  filter: AlertFilter;
  onFilter: (filter: AlertFilter) => void;
  always: boolean;
  onAlways: (always: boolean) => void;
}) {
  const { slice, channel, onChannel, filter, onFilter, always, onAlways } = props;
  const text = useText(alertText);
  const common = useText(commonText);
  const name = useName();
  const all = { value: 'all' as const, label: common.all };
  const options = <T extends string>(names: Record<T, string>) => [
    all,
    ...(Object.keys(names) as T[]).map((value) => ({ value, label: names[value] })),
  ];
  return (
    <div className="filters">
      <SchemePicker slice={slice} />
      <QuarterPicker slice={slice} />
      <Field label={text.period} width={120}>
        {(id) => (
          <Select
            id={id}
            value={always}
            onChange={onAlways}
            options={[
              { value: false, label: text.thisQuarter },
              { value: true, label: text.allQuarters },
            ]}
          />
        )}
      </Field>
      <Field label={common.channel} width={150}>
        {(id) => (
          <Select
            id={id}
            value={channel}
            onChange={onChannel}
            options={[
              all,
              ...slice.catalog.channels.map((one) => ({ value: one.channel, label: name(one.name) })),
            ]}
          />
        )}
      </Field>
      <Field label={text.direction} width={130}>
        {(id) => (
          <Select
            id={id}
            value={filter.direction}
            onChange={(direction) => onFilter({ ...filter, direction })}
            options={options({ below: text.below, above: text.above })}
          />
        )}
      </Field>
      <Field label={text.kind} width={190}>
        {(id) => (
          <Select
            id={id}
            value={filter.kind}
            onChange={(kind) => onFilter({ ...filter, kind })}
            options={options(kindNames(text))}
          />
        )}
      </Field>
      <Field label={text.state} width={130}>
        {(id) => (
          <Select
            id={id}
            value={filter.state}
            onChange={(state) => onFilter({ ...filter, state })}
            options={options({ open: text.stateOpen, ...stateNames(text) })}
          />
        )}
      </Field>
    </div>
  );
}
