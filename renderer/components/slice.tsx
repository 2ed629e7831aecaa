/** The slice that screens share (scheme, scope, quarter, channel, indicator) and the pickers that change it. */
import { Cascader, Select } from 'antd';
import { type ReactNode, useId, useMemo } from 'react';
import type { Basis } from '../../shared/calls/call.ts';
import type { Catalog } from '../../shared/calls/catalog.ts';
import { inLanguage } from '../../shared/domain/language.ts';
import { formatQuarter, type Quarter } from '../../shared/domain/quarter.ts';
import { OVERALL } from '../../shared/domain/scope.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';
import { useCall } from '../api.ts';
import { useSession } from '../session.ts';
import { commonText } from '../text/common.ts';
import { useName, useText } from '../text/use-text.ts';
import { indicatorOptions, pathOf, schemeOptions, scopeOptions, startingScheme } from './slice-view.ts';

export interface ReadySlice {
  catalog: Catalog;
  scheme: number;
  scope: string;
  quarter: Quarter;
  channel: Channel;
  indicator: string;
  /** What a call's figures are made on. */
  basis: Basis;
}

/** The slice with its gaps filled from the catalog; null while there is no data to slice. */
export function useSlice(): { catalog: ReturnType<typeof useCall<'catalog.get'>>; slice: ReadySlice | null } {
  const catalog = useCall('catalog.get', {});
  const { scheme, scope, quarter, channel, indicator, sample, weightSet, weighting } = useSession();
  const slice = useMemo(() => {
    const known = catalog.data;
    const first = known?.channels[0];
    if (!known || !first || known.quarters.length === 0) return null;
    const usable = known.channels.find((one) => one.channel === channel) ?? first;
    return {
      catalog: known,
      scheme: startingScheme(known, scheme),
      scope,
      quarter: quarter !== null && known.quarters.includes(quarter) ? quarter : known.quarters.at(-1)!,
      channel: usable.channel,
      indicator,
      basis: {
        ...(sample !== null && { sample }),
        ...(weightSet !== null && { weightSet }),
        ...(weighting !== null && { weighting }),
      },
    };
  }, [catalog.data, scheme, scope, quarter, channel, indicator, sample, weightSet, weighting]);
  return { catalog, slice };
}

export function Field({
  label,
  width,
  children,
}: {
  label: string;
  width?: number;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="field" style={{ width }}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children(id)}
    </div>
  );
}

export function SchemePicker({ slice }: { slice: ReadySlice }) {
  const text = useText(commonText);
  const name = useName();
  const select = useSession((session) => session.select);
  return (
    <Field label={text.scheme} width={170}>
      {(id) => (
        <Select
          id={id}
          value={slice.scheme}
          popupMatchSelectWidth={false}
          onChange={(scheme) => select({ scheme, scope: OVERALL })}
          options={schemeOptions(slice.catalog, name)}
        />
      )}
    </Field>
  );
}

export function QuarterPicker({ slice, quarters }: { slice: ReadySlice; quarters?: readonly Quarter[] }) {
  const text = useText(commonText);
  const select = useSession((session) => session.select);
  const choices = quarters ?? slice.catalog.quarters;
  return (
    <Field label={text.quarter} width={104}>
      {(id) => (
        <Select
          id={id}
          value={slice.quarter}
          onChange={(quarter) => select({ quarter })}
          options={choices.map((quarter) => ({ value: quarter, label: formatQuarter(quarter) })).reverse()}
        />
      )}
    </Field>
  );
}

/** `value` and `onChoose`: for a screen that keeps a channel of its own beside the slice's. */
export function ChannelPicker({
  slice,
  value,
  onChoose,
}: {
  slice: ReadySlice;
  value?: Channel;
  onChoose?: (channel: Channel) => void;
}) {
  const text = useText(commonText);
  const name = useName();
  const select = useSession((session) => session.select);
  return (
    <Field label={text.channel} width={150}>
      {(id) => (
        <Select
          id={id}
          value={value ?? slice.channel}
          onChange={(channel) => {
            select({ channel });
            onChoose?.(channel);
          }}
          options={slice.catalog.channels.map((one) => ({ value: one.channel, label: name(one.name) }))}
        />
      )}
    </Field>
  );
}

/** What figures are made on: which respondents, and, where there are others, which weights. */
export function SamplePicker() {
  return (
    <>
      <RespondentsPicker />
      <WeightSetPicker />
      <WeightingPicker />
    </>
  );
}

/** The version of the indicator weights, once there is more than one. */
function WeightSetPicker() {
  const text = useText(commonText);
  const { weightSet, select } = useSession();
  const sets = useCall('weights.list', {}).data ?? [];
  const others = sets.filter((one) => !one.current);
  if (others.length === 0) return null;
  return (
    <Field label={text.weights} width={150}>
      {(id) => (
        <Select
          id={id}
          value={others.some((one) => one.id === weightSet) ? (weightSet ?? 0) : 0}
          popupMatchSelectWidth={260}
          onChange={(chosen) => select({ weightSet: chosen === 0 ? null : chosen })}
          options={[
            { value: 0, label: text.currentWeights },
            ...others.map((one) => ({
              value: one.id,
              label: text.weightVersion(String(one.version), one.note),
            })),
          ]}
        />
      )}
    </Field>
  );
}

/** Other weights of the respondents, once any have been made. */
function WeightingPicker() {
  const text = useText(commonText);
  const { weighting, select } = useSession();
  const kept = useCall('weightings.list', {}).data ?? [];
  if (kept.length === 0) return null;
  return (
    <Field label={text.weighting} width={150}>
      {(id) => (
        <Select
          id={id}
          value={kept.some((one) => one.id === weighting) ? (weighting ?? 0) : 0}
          popupMatchSelectWidth={240}
          onChange={(chosen) => select({ weighting: chosen === 0 ? null : chosen })}
          options={[
            { value: 0, label: text.ownWeights },
            ...kept.map((one) => ({ value: one.id, label: one.name })),
          ]}
        />
      )}
    </Field>
  );
}

/** All respondents, or one of the named samples. */
function RespondentsPicker() {
  const text = useText(commonText);
  const { sample, select, go } = useSession();
  const samples = useCall('samples.list', {});
  const choices = (samples.data ?? []).map((one) => ({ value: one.id, label: one.name }));
  return (
    <Field label={text.sample} width={150}>
      {(id) => (
        <Select
          id={id}
          value={sample ?? 0}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={240}
          onChange={(chosen) =>
            chosen < 0 ? go('samples') : select({ sample: chosen === 0 ? null : chosen })
          }
          options={[{ value: 0, label: text.everybody }, ...choices, { value: -1, label: text.editSamples }]}
        />
      )}
    </Field>
  );
}

export function IndicatorPicker({ slice }: { slice: ReadySlice }) {
  const text = useText(commonText);
  const language = useSession((session) => session.language);
  const select = useSession((session) => session.select);
  const options = useMemo(
    () => indicatorOptions(slice.catalog, slice.channel, language, text.index),
    [slice, language, text],
  );
  return (
    <Field label={text.indicator} width={220}>
      {(id) => (
        <Select
          id={id}
          value={slice.indicator}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(indicator) => select({ indicator })}
          options={options}
          popupMatchSelectWidth={300}
        />
      )}
    </Field>
  );
}

export function ScopePicker({ slice }: { slice: ReadySlice }) {
  const select = useSession((session) => session.select);
  return (
    <AreaPicker
      scheme={slice.scheme}
      value={slice.scope}
      width={240}
      onChoose={(scope) => select({ scope })}
    />
  );
}

/** Any area of a scheme, from the whole down to a dealer. */
export function AreaPicker(props: {
  scheme: number;
  value: string;
  width: number;
  onChoose: (scope: string) => void;
}) {
  const { scheme, value, width, onChoose } = props;
  const text = useText(commonText);
  const language = useSession((session) => session.language);
  const nodes = useCall('scopes.tree', { scheme }).data;
  const options = useMemo(() => (nodes ? scopeOptions(nodes, language) : []), [nodes, language]);
  const path = useMemo(() => (nodes ? pathOf(nodes, value) : []), [nodes, value]);
  return (
    <Field label={text.area} width={width}>
      {(id) => (
        <Cascader
          id={id}
          options={options}
          value={path.map((node) => node.id)}
          changeOnSelect
          allowClear={false}
          showSearch={{ limit: 30 }}
          displayRender={() => {
            const last = path.at(-1);
            return last ? inLanguage(last.name, language) : '';
          }}
          onChange={(ids) => onChoose(String(ids.at(-1) ?? OVERALL))}
        />
      )}
    </Field>
  );
}
