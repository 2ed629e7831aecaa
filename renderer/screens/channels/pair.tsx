import { Alert, Select } from 'antd';
import { useState } from 'react';
import type { ChannelPair } from '../../../shared/calls/channels.ts';
import type { CallInput } from '../../../shared/contract.ts';
import { formatQuarter, yearOf } from '../../../shared/domain/quarter.ts';
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import { call, useCall } from '../../api.ts';
import { BasisNotes } from '../../components/basis-notes.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import {
  Field,
  IndicatorPicker,
  type ReadySlice,
  SamplePicker,
  SchemePicker,
  ScopePicker,
} from '../../components/slice.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { useSession } from '../../session.ts';
import { channelsText } from '../../text/channels.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { ComparabilityPanel } from './comparability.tsx';
import { AgreementPanel, OverTimePanel } from './pair-agreement.tsx';
import { DifferencePanel, OverlapPanel } from './pair-facts.tsx';
import { PairTables } from './pair-tables.tsx';

type Level = NonNullable<CallInput<'channels.pair'>['level']>;
const LEVELS: readonly Level[] = ['region', 'province', 'city', 'dealer'];

export function PairView({ slice }: { slice: ReadySlice }) {
  const text = useText(channelsText);
  const { channels } = slice.catalog;
  if (channels.length < 2) return <Nothing height={400}>{text.onlyOne}</Nothing>;
  return <Pair slice={slice} />;
}

function Pair({ slice }: { slice: ReadySlice }) {
  const text = useText(channelsText);
  const common = useText(commonText);
  const name = useName();
  const { language, display } = useSession();
  const { channels, quarters } = slice.catalog;
  const [first, setFirst] = useState<Channel>(channels[0]!.channel);
  const [second, setSecond] = useState<Channel>(channels[1]!.channel);
  const [level, setLevel] = useState<Level>('dealer');
  const [period, setPeriod] = useState('');
  const [from, to] = period.split('-').map(Number);
  const input = {
    scheme: slice.scheme,
    basis: slice.basis,
    first,
    second,
    scope: slice.scope,
    level,
    indicator: slice.indicator,
    period: period === '' ? undefined : { first: from!, last: to! },
  };
  const view = useCall('channels.pair', first === second ? null : input);
  const years = [...new Set(quarters.map(yearOf))].reverse();
  const pick =
    (side: Channel, other: Channel, set: (channel: Channel) => void, swap: (channel: Channel) => void) =>
    (channel: Channel) => {
      if (channel === other) swap(side);
      set(channel);
    };
  const options = channels.map((one) => ({ value: one.channel, label: name(one.name) }));
  return (
    <div className="stack">
      <div className="filters-action">
        <div className="filters">
          <Field label={text.first} width={language === 'en' ? 150 : 120}>
            {(id) => (
              <Select
                id={id}
                value={first}
                options={options}
                onChange={pick(first, second, setFirst, setSecond)}
              />
            )}
          </Field>
          <Field label={text.second} width={language === 'en' ? 150 : 120}>
            {(id) => (
              <Select
                id={id}
                value={second}
                options={options}
                onChange={pick(second, first, setSecond, setFirst)}
              />
            )}
          </Field>
          <IndicatorPicker slice={{ ...slice, channel: first }} />
          <Field label={text.period} width={language === 'en' ? 176 : 132}>
            {(id) => (
              <Select
                id={id}
                value={period}
                onChange={setPeriod}
                options={[
                  { value: '', label: text.allCommon },
                  ...years.map((year) => ({ value: `${year * 4}-${year * 4 + 3}`, label: `${year}` })),
                  ...[...quarters].reverse().map((q) => ({ value: `${q}-${q}`, label: formatQuarter(q) })),
                ]}
              />
            )}
          </Field>
          <SchemePicker slice={slice} />
          <ScopePicker slice={slice} />
          <Field label={common.level} width={80}>
            {(id) => (
              <Select
                id={id}
                value={level}
                onChange={setLevel}
                options={LEVELS.map((one) => ({ value: one, label: common[one] }))}
              />
            )}
          </Field>
          <SamplePicker />
        </div>
        <ExportButton
          name={text.pair}
          write={(path) =>
            call('channels.export', { path, language, display, what: { kind: 'pair', input } })
          }
        />
      </div>
      <Ready of={view} height={600}>
        {(data) => (
          <>
            <BasisNotes notes={data.notes} />
            <PairPanels view={data} slice={slice} />
          </>
        )}
      </Ready>
    </div>
  );
}

function PairPanels({ view, slice }: { view: ChannelPair; slice: ReadySlice }) {
  const text = useText(channelsText);
  const [first, second] = [view.first.channel, view.second.channel];
  const facts = <OverlapPanel view={view} />;
  const grade = (
    <ComparabilityPanel key={`${first} ${second}`} view={view.comparability} first={first} second={second} />
  );
  if (view.used.length === 0 || view.items.shared === 0)
    return (
      <>
        {view.used.length === 0 && <Alert type="info" showIcon title={text.noOverlap} />}
        {view.items.shared === 0 && <Alert type="info" showIcon title={text.nothingShared} />}
        <div className="two even">
          {facts}
          {grade}
        </div>
      </>
    );
  return (
    <>
      <div className="three">
        {facts}
        <DifferencePanel view={view} />
        {grade}
      </div>
      <div className="two even">
        <AgreementPanel view={view} />
        <OverTimePanel view={view} />
      </div>
      <PairTables view={view} slice={slice} />
    </>
  );
}
