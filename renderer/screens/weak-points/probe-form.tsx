import { App, Button, Input, InputNumber, Popconfirm, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { ProbeInfo } from '../../../shared/calls/probes.ts';
import { PROBE_LEVELS, PROBE_PRESETS } from '../../../shared/domain/probe.ts';
import { formatQuarter, type Quarter } from '../../../shared/domain/quarter.ts';
import { useCall, useChange } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import {
  ChannelPicker,
  Field,
  type ReadySlice,
  SamplePicker,
  SchemePicker,
} from '../../components/slice.tsx';
import { indicatorOptions } from '../../components/slice-view.ts';
import { Fault } from '../../components/states.tsx';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { weakText } from '../../text/weak-points.ts';
import { ConditionRows } from './condition-rows.tsx';
import type { Definition } from './view.ts';
import { WithinSelect } from './within-select.tsx';

interface FormProps {
  slice: ReadySlice;
  draft: Definition;
  saved: ProbeInfo | null;
  onChange: (draft: Definition) => void;
  onOpen: (definition: Definition, probe: ProbeInfo | null) => void;
  onRun: () => void;
  onKeep: () => void;
  keeping: boolean;
}

export function ProbeForm(props: FormProps) {
  const { slice, draft, onChange, onRun } = props;
  const text = useText(weakText);
  const change = (part: Partial<Definition>) => onChange({ ...draft, ...part });
  return (
    <Panel title={text.probe} note={text.probeNote} extra={<ProbeBar {...props} />}>
      <div className="stack">
        <div className="filters">
          <StartFrom {...props} />
          <SchemePicker slice={slice} />
          <ChannelPicker slice={slice} onChoose={(channel) => change({ channel })} value={draft.channel} />
          <SamplePicker />
          <Units draft={draft} slice={slice} change={change} />
          <Span draft={draft} slice={slice} change={change} />
        </div>
        <ConditionRows
          channels={slice.catalog.channels.map((one) => ({ value: one.channel, name: one.name }))}
          own={draft.channel}
          rows={draft.conditions}
          onChange={(conditions) => change({ conditions })}
        />
        <div className="row">
          <Button type="primary" onClick={onRun} disabled={draft.conditions.length === 0}>
            {text.run}
          </Button>
          {props.saved && (
            <Button onClick={props.onKeep} loading={props.keeping}>
              {text.keepRun}
            </Button>
          )}
        </div>
      </div>
    </Panel>
  );
}

function StartFrom({ slice, saved, draft, onOpen }: FormProps) {
  const text = useText(weakText);
  const name = useName();
  const probes = useCall('probes.list', {});
  const { scheme, basis, catalog } = slice;
  const other = catalog.channels.find((one) => one.channel !== draft.channel)?.channel;
  const open = (chosen: string) => {
    const own = probes.data?.find((one) => `${one.id}` === chosen);
    if (own) return onOpen(own.definition, own);
    const preset = PROBE_PRESETS.find((one) => one.code === chosen)!;
    const conditions = preset.probe.conditions.map((one) =>
      one.kind === 'channel-gap' && one.channel === draft.channel && other ? { ...one, channel: other } : one,
    );
    onOpen({ scheme, channel: draft.channel, sample: basis.sample, ...preset.probe, conditions }, null);
  };
  const presets = PROBE_PRESETS.map((one) => ({
    value: one.code,
    label: name(one.name),
    title: name(one.note),
  }));
  const kept = (probes.data ?? []).map((one) => ({
    value: `${one.id}`,
    label: one.name,
    title: name(one.words),
  }));
  return (
    <Field label={text.start} width={200}>
      {(id) => (
        <Select
          id={id}
          value={saved ? `${saved.id}` : null}
          placeholder={text.presets}
          onChange={(chosen) => chosen && open(chosen)}
          popupMatchSelectWidth={260}
          options={[
            ...(kept.length > 0 ? [{ label: text.saved, options: kept }] : []),
            { label: text.presets, options: presets },
          ]}
        />
      )}
    </Field>
  );
}

interface PartProps {
  draft: Definition;
  slice: ReadySlice;
  change: (part: Partial<Definition>) => void;
}

function Units({ draft, slice, change }: PartProps) {
  const text = useText(weakText);
  const common = useText(commonText);
  const language = useSession((session) => session.language);
  const options = useMemo(
    () => indicatorOptions(slice.catalog, draft.channel, language, common.index),
    [slice.catalog, draft.channel, language, common],
  );
  return (
    <>
      <Field label={text.level} width={130}>
        {(id) => (
          <Select
            id={id}
            value={draft.level}
            onChange={(level) => change({ level })}
            options={PROBE_LEVELS.map((value) => ({
              value,
              label: value === 'sample' ? text.levelSample : common[value],
            }))}
          />
        )}
      </Field>
      {draft.level !== 'sample' && (
        <WithinSelect
          scheme={draft.scheme}
          value={draft.within ?? 'overall'}
          onChange={(within) => change({ within })}
        />
      )}
      <Field label={text.indicators} width={260}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            allowClear
            maxTagCount={1}
            placeholder={text.everyItem}
            value={draft.indicators ?? ['']}
            onChange={(indicators) => change({ indicators })}
            options={options}
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={300}
          />
        )}
      </Field>
    </>
  );
}

function Span({ draft, slice, change }: PartProps) {
  const text = useText(weakText);
  const { quarters } = slice.catalog;
  const [first, last] = [quarters[0]!, quarters.at(-1)!];
  const end = (side: 'from' | 'to', label: string) => (
    <Field label={label} width={104}>
      {(id) => (
        <Select
          id={id}
          allowClear
          placeholder={text.any}
          value={draft.quarters?.[side]}
          onChange={(quarter?: Quarter) => {
            const span = {
              from: first,
              to: last,
              ...draft.quarters,
              [side]: quarter ?? (side === 'from' ? first : last),
            };
            change({ quarters: span.from === first && span.to === last ? undefined : span });
          }}
          options={quarters.map((value) => ({ value, label: formatQuarter(value) })).reverse()}
        />
      )}
    </Field>
  );
  const of = draft.of ?? 4;
  return (
    <>
      {end('from', text.from)}
      {end('to', text.to)}
      <div className="field">
        <span className="field-label">{text.lasting}</span>
        <div className="row nowrap">
          <span className="soft">{text.lastingOf}</span>
          <InputNumber
            aria-label={text.lastingOf}
            min={1}
            max={40}
            style={{ width: 60 }}
            value={of}
            onChange={(value) => value && change({ of: value, atLeast: Math.min(value, draft.atLeast ?? 1) })}
          />
          <span className="soft">
            {text.quarters} · {text.lastingAtLeast}
          </span>
          <InputNumber
            aria-label={text.lastingAtLeast}
            min={1}
            max={of}
            style={{ width: 60 }}
            value={draft.atLeast ?? 1}
            onChange={(atLeast) => atLeast && change({ atLeast })}
          />
          <span className="soft">{text.quarters}</span>
        </div>
      </div>
    </>
  );
}

/** Keeping and deleting the probe itself. */
function ProbeBar({ draft, saved, onOpen }: FormProps) {
  const text = useText(weakText);
  const { message } = App.useApp();
  const [name, setName] = useState('');
  const save = useChange('probes.save');
  const remove = useChange('probes.delete');
  const keep = (id: number | undefined, called: string) =>
    save.mutate(
      { id, name: called, definition: draft },
      {
        onSuccess: (probe) => {
          void message.success(text.probeSaved);
          setName('');
          onOpen(probe.definition, probe);
        },
      },
    );
  const fault = save.error ?? remove.error;
  return (
    <>
      {fault && <Fault error={fault} />}
      {saved && (
        <>
          <b>{saved.name}</b>
          <Button size="small" onClick={() => keep(saved.id, saved.name)} loading={save.isPending}>
            {text.saveProbe}
          </Button>
          <Popconfirm
            title={text.deleteSure}
            onConfirm={() => remove.mutate({ id: saved.id }, { onSuccess: () => onOpen(draft, null) })}
          >
            <Button size="small" type="text" danger>
              {text.deleteProbe}
            </Button>
          </Popconfirm>
        </>
      )}
      <Input
        size="small"
        aria-label={text.probeName}
        placeholder={text.probeName}
        style={{ width: 150 }}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button
        size="small"
        disabled={name.trim() === '' || draft.conditions.length === 0}
        onClick={() => keep(undefined, name.trim())}
      >
        {text.saveProbe}
      </Button>
    </>
  );
}
