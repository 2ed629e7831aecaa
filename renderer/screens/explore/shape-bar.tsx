import { SwapOutlined } from '@ant-design/icons';
import { Button, Input, Popover, Select, Tooltip } from 'antd';
import { useState } from 'react';
import type { Catalog } from '../../../shared/calls/catalog.ts';
import {
  EXPLORE_MEASURES,
  type ExploreAttribute,
  type ExploreDimension,
  type ExploreMeasure,
  type ExploreOptions,
  type ExploreQuery,
} from '../../../shared/calls/explore.ts';
import { otherChannel } from '../../../shared/domain/channel/other-channel.ts';
import { Field } from '../../components/slice.tsx';
import { commonText } from '../../text/common.ts';
import { exploreText } from '../../text/explore.ts';
import { measureText } from '../../text/measures.ts';
import { useName, useText } from '../../text/use-text.ts';
import { comparedChannel, dimensionKey, dimensionOf, swapped, withDimension } from './view.ts';

/** Room for every measure without scrolling. */
const ALL_MEASURES = 420;

interface ShapeProps {
  query: ExploreQuery;
  options: ExploreOptions;
  attributes: readonly ExploreAttribute[];
  /** The channels with data. */
  channels: Catalog['channels'];
  onChange: (query: ExploreQuery) => void;
}

/** What stands in rows and columns, and what is counted. */
export function ShapeBar({ query, options, attributes, channels, onChange }: ShapeProps) {
  const text = useText(exploreText);
  const measures = useText(measureText);
  const choices = useDimensionChoices(options, attributes);
  const pick = (side: 'rows' | 'columns', place: number, label: string) => (
    <DimensionSelect
      key={`${side}${place}`}
      label={label}
      value={query[side][place]}
      choices={choices}
      onChange={(dimension) => onChange(withDimension(query, side, place, dimension))}
    />
  );
  const measureOptions = EXPLORE_MEASURES.filter(
    (code) => code !== 'against-channel' || channels.length > 1 || query.measures.includes(code),
  ).map((code) => ({ value: code as string, label: measures[code] }));
  const setMeasures = (next: ExploreMeasure[]) => {
    const { sort: _, ...unsorted } = query;
    onChange({ ...unsorted, measures: [...new Set(next)] });
  };
  return (
    <div className="filters">
      {pick('rows', 0, text.rows)}
      {query.rows.length > 0 && pick('rows', 1, `${text.rows} · ${text.thenBy}`)}
      <Tooltip title={text.swap}>
        <Button icon={<SwapOutlined />} aria-label={text.swap} onClick={() => onChange(swapped(query))} />
      </Tooltip>
      {pick('columns', 0, text.columns)}
      {query.columns.length > 0 && pick('columns', 1, `${text.columns} · ${text.thenBy}`)}
      <Bands query={query} attributes={attributes} onChange={onChange} />
      <Field label={text.measures} width={150}>
        {(id) => (
          <Select
            id={id}
            value={query.measures[0] as string}
            options={measureOptions}
            listHeight={ALL_MEASURES}
            onChange={(code) => setMeasures([code as ExploreMeasure, ...query.measures.slice(1)])}
          />
        )}
      </Field>
      <Field label={text.second} width={150}>
        {(id) => (
          <Select
            id={id}
            value={(query.measures[1] as string | undefined) ?? ''}
            options={[{ value: '', label: text.nothing }, ...measureOptions]}
            listHeight={ALL_MEASURES}
            onChange={(code) =>
              setMeasures(code === '' ? [query.measures[0]!] : [query.measures[0]!, code as ExploreMeasure])
            }
          />
        )}
      </Field>
      {query.measures.includes('against-channel') && (
        <AgainstSelect query={query} channels={channels} onChange={onChange} />
      )}
    </div>
  );
}

/** The channel that the table's is compared with. */
function AgainstSelect({ query, channels, onChange }: Pick<ShapeProps, 'query' | 'channels' | 'onChange'>) {
  const text = useText(exploreText);
  const name = useName();
  const present = channels.map(({ channel }) => channel);
  const own = comparedChannel(query, present);
  return (
    <Field label={text.against} width={152}>
      {(id) => (
        <Select
          id={id}
          value={otherChannel(query.against, own, present) ?? null}
          options={channels
            .filter(({ channel }) => channel !== own)
            .map((one) => ({ value: one.channel, label: name(one.name) }))}
          onChange={(against) => against && onChange({ ...query, against })}
        />
      )}
    </Field>
  );
}

interface ChoiceGroup {
  label: string;
  options: { value: string; label: string }[];
}

function useDimensionChoices(
  options: ExploreOptions,
  attributes: readonly ExploreAttribute[],
): ChoiceGroup[] {
  const text = useText(exploreText);
  const common = useText(commonText);
  const name = useName();
  const groups: ChoiceGroup[] = [
    {
      label: text.area,
      options: options.levels.flatMap((level) =>
        level === 'overall' ? [] : [{ value: `scope ${level}`, label: common[level] }],
      ),
    },
    {
      label: text.time,
      options: [
        { value: 'time quarter', label: text.quarter },
        { value: 'time year', label: text.year },
      ],
    },
    {
      label: text.indicators,
      options: [
        { value: 'indicator factors', label: text.factors },
        { value: 'indicator items', label: text.items },
        { value: 'indicator all', label: text.tree },
      ],
    },
    { label: text.channels, options: [{ value: 'channel', label: text.channel }] },
    {
      label: text.attributes,
      options: attributes.map(({ code, label }) => ({ value: `attribute ${code}`, label: name(label) })),
    },
  ];
  return groups.filter((group) => group.options.length > 0);
}

function DimensionSelect(props: {
  label: string;
  value: ExploreDimension | undefined;
  choices: ChoiceGroup[];
  onChange: (dimension: ExploreDimension | null) => void;
}) {
  const text = useText(exploreText);
  const { label, value, choices, onChange } = props;
  return (
    <Field label={label} width={148}>
      {(id) => (
        <Select
          id={id}
          value={value ? dimensionKey(value) : ''}
          showSearch={{ optionFilterProp: 'label' }}
          options={[{ value: '', label: text.nothing }, ...choices]}
          popupMatchSelectWidth={200}
          onChange={(key: string) => onChange(key === '' ? null : dimensionOf(key))}
        />
      )}
    </Field>
  );
}

/** Limits of bands for an attribute of numbers. */
function Bands({ query, attributes, onChange }: Omit<ShapeProps, 'options' | 'channels'>) {
  const text = useText(exploreText);
  const name = useName();
  const numeric = [...query.rows, ...query.columns].flatMap((dimension) => {
    if (dimension.kind !== 'attribute') return [];
    const attribute = attributes.find((one) => one.code === dimension.code);
    return attribute?.numeric ? [{ dimension, attribute }] : [];
  });
  return numeric.map(({ dimension, attribute }) => (
    <Popover
      key={dimension.code}
      trigger="click"
      content={
        <BandsForm
          bands={dimension.bands ?? []}
          onApply={(bands) => {
            const put = (one: ExploreDimension): ExploreDimension =>
              one.kind === 'attribute' && one.code === dimension.code
                ? { kind: 'attribute', code: one.code, ...(bands.length > 0 && { bands }) }
                : one;
            onChange({ ...query, rows: query.rows.map(put), columns: query.columns.map(put) });
          }}
        />
      }
    >
      <Button>{text.bandsOf(name(attribute.label))}</Button>
    </Popover>
  ));
}

function BandsForm({ bands, onApply }: { bands: readonly number[]; onApply: (bands: number[]) => void }) {
  const text = useText(exploreText);
  const [typed, setTyped] = useState(bands.join(', '));
  const apply = () => {
    const numbers = typed
      .split(/[,，;；、\s]+/)
      .filter((part) => part !== '')
      .map(Number);
    onApply([...new Set(numbers.filter(Number.isFinite))].sort((a, b) => a - b).slice(0, 40));
  };
  return (
    <div className="stack narrow">
      <Input
        value={typed}
        aria-label={text.bands}
        placeholder="30, 40, 50"
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={apply}
      />
      <p className="hint">{text.bandsHint}</p>
      <Button type="primary" className="self-start" onClick={apply}>
        {text.apply}
      </Button>
    </div>
  );
}
