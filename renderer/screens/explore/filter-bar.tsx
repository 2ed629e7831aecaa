import { FilterOutlined } from '@ant-design/icons';
import { Button, Popover, Select, Tag } from 'antd';
import { useMemo, useState } from 'react';
import type {
  AttributeFilter,
  ExploreAttribute,
  ExploreOptions,
  ExploreQuery,
} from '../../../shared/calls/explore.ts';
import { formatQuarter, type Quarter } from '../../../shared/domain/quarter.ts';
import { OVERALL } from '../../../shared/domain/scope.ts';
import { AreaPicker, Field, type ReadySlice, SamplePicker } from '../../components/slice.tsx';
import { indicatorOptions, schemeOptions } from '../../components/slice-view.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { exploreText } from '../../text/explore.ts';
import { useName, useText } from '../../text/use-text.ts';
import { attributeChoices, endQuarters, fitting, ofChannel, withFilter } from './view.ts';

interface FilterProps {
  query: ExploreQuery;
  slice: ReadySlice;
  options: ExploreOptions;
  attributes: readonly ExploreAttribute[];
  onChange: (query: ExploreQuery) => void;
}

/** What the table is narrowed to. */
export function FilterBar({ query, slice, options, attributes, onChange }: FilterProps) {
  const text = useText(exploreText);
  const common = useText(commonText);
  const name = useName();
  const language = useSession((session) => session.language);
  const { filters } = query;
  const set = (changed: Partial<ExploreQuery['filters']>) =>
    onChange({ ...query, filters: { ...filters, ...changed } });
  const channel = filters.channel ?? slice.channel;
  const { quarters } = slice.catalog;
  const indicators = useMemo(
    () => indicatorOptions(slice.catalog, channel, language, common.index),
    [slice.catalog, channel, language, common],
  );
  return (
    <div className="filters">
      <AreaPicker
        scheme={query.scheme}
        value={filters.scope}
        width={180}
        onChoose={(scope) => set({ scope })}
      />
      <Field label={common.scheme} width={140}>
        {(id) => (
          <Select
            id={id}
            value={query.scheme}
            popupMatchSelectWidth={false}
            options={schemeOptions(slice.catalog, name)}
            onChange={(scheme) => onChange({ ...query, scheme, filters: { ...filters, scope: OVERALL } })}
          />
        )}
      </Field>
      <QuarterEnd
        label={text.from}
        open={text.earliest}
        quarters={quarters}
        value={filters.from}
        onChoose={(from) => set({ from, to: Math.max(from, filters.to ?? from) })}
      />
      <QuarterEnd
        label={text.to}
        open={text.latest}
        quarters={quarters}
        value={filters.to}
        onChoose={(to) => set({ to, from: Math.min(to, filters.from ?? to) })}
      />
      <Field label={common.channel} width={152}>
        {(id) => (
          <Select
            id={id}
            value={channel}
            options={slice.catalog.channels.map((one) => ({ value: one.channel, label: name(one.name) }))}
            onChange={(next) => {
              const { quarters: own } = slice.catalog.channels.find((one) => one.channel === next)!;
              const moved = ofChannel(query, next, own);
              onChange(fitting(moved, attributeChoices(options, moved)));
            }}
          />
        )}
      </Field>
      <Field label={common.indicator} width={180}>
        {(id) => (
          <Select
            id={id}
            value={filters.indicator}
            showSearch={{ optionFilterProp: 'label' }}
            options={indicators}
            popupMatchSelectWidth={280}
            onChange={(indicator) => set({ indicator })}
          />
        )}
      </Field>
      <SamplePicker />
      {attributes.length > 0 && (
        <AttributeFilters
          filters={filters.attributes}
          attributes={attributes}
          onChange={(one) => onChange({ ...query, filters: withFilter(filters, one) })}
        />
      )}
    </div>
  );
}

/** One end of the span. */
function QuarterEnd(props: {
  label: string;
  open: string;
  quarters: readonly Quarter[];
  value: Quarter | undefined;
  onChoose: (quarter: Quarter) => void;
}) {
  const { label, open, quarters, value, onChoose } = props;
  return (
    <Field label={label} width={96}>
      {(id) => (
        <Select
          id={id}
          value={value}
          placeholder={open}
          options={endQuarters(quarters, value).map((one) => ({ value: one, label: formatQuarter(one) }))}
          onChange={onChoose}
        />
      )}
    </Field>
  );
}

function AttributeFilters(props: {
  filters: readonly AttributeFilter[];
  attributes: readonly ExploreAttribute[];
  onChange: (filter: AttributeFilter) => void;
}) {
  const { filters, attributes, onChange } = props;
  const text = useText(exploreText);
  const name = useName();
  const labelOf = (attribute: ExploreAttribute | undefined, value: string) => {
    const found = attribute?.values.find((one) => one.value === value);
    return value === '' ? text.noAnswer : found ? name(found.label) : value;
  };
  return (
    <div className="field">
      <span className="field-label">{text.filter}</span>
      <div className="row">
        {filters.map(({ code, values }) => {
          const attribute = attributes.find((one) => one.code === code);
          const words = `${attribute ? name(attribute.label) : code}: ${values.map((value) => labelOf(attribute, value)).join('、')}`;
          return (
            <Tag
              key={code}
              closable
              className="explore-filter"
              title={words}
              onClose={(event) => {
                event.preventDefault();
                onChange({ code, values: [] });
              }}
            >
              <span translate="no">{words}</span>
            </Tag>
          );
        })}
        <AddFilter filters={filters} attributes={attributes} onChange={onChange} />
      </div>
    </div>
  );
}

function AddFilter(props: {
  filters: readonly AttributeFilter[];
  attributes: readonly ExploreAttribute[];
  onChange: (filter: AttributeFilter) => void;
}) {
  const { filters, attributes, onChange } = props;
  const text = useText(exploreText);
  const name = useName();
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const attribute = attributes.find((one) => one.code === code);
  const chosen = filters.find((one) => one.code === code)?.values ?? [];
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      placement="bottomLeft"
      content={
        <div className="stack explore-filter-form">
          <Select
            aria-label={text.attribute}
            placeholder={text.attribute}
            value={code}
            options={attributes.map((one) => ({ value: one.code, label: name(one.label) }))}
            onChange={setCode}
          />
          {attribute && (
            <Select
              mode="multiple"
              aria-label={text.values}
              placeholder={text.values}
              value={chosen}
              maxTagCount="responsive"
              showSearch={{ optionFilterProp: 'label' }}
              options={[
                ...attribute.values.map(({ value, label }) => ({ value, label: name(label) })),
                { value: '', label: text.noAnswer },
              ]}
              onChange={(values: string[]) => onChange({ code: attribute.code, values })}
            />
          )}
        </div>
      }
    >
      <Button icon={<FilterOutlined />}>{text.addFilter}</Button>
    </Popover>
  );
}
