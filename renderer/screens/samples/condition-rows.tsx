import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import { useMemo } from 'react';
import { useCall } from '../../api.ts';
import type { ReadySlice } from '../../components/slice.tsx';
import { indicatorOptions } from '../../components/slice-view.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { samplesText } from '../../text/samples.ts';
import { useName, useText } from '../../text/use-text.ts';
import type { SampleDraft } from './view.ts';

/** The row at a place with a part of it replaced. */
function replaced<T>(rows: readonly T[], at: number, part: Partial<T>): T[] {
  return rows.map((row, i) => (i === at ? { ...row, ...part } : row));
}

export function AttributeRows(props: {
  rows: SampleDraft['attributes'];
  onChange: (rows: SampleDraft['attributes']) => void;
}) {
  const { rows, onChange } = props;
  const text = useText(samplesText);
  const name = useName();
  const attributes = useCall('samples.attributes', {});
  const known = attributes.data ?? [];
  return (
    <fieldset className="field">
      <legend className="field-label">{text.attributes}</legend>
      <div className="stack tight">
        {rows.map((row, i) => (
          <div className="row nowrap" key={`${i} ${row.code}`}>
            <Select
              aria-label={text.attributes}
              style={{ width: 170 }}
              showSearch={{ optionFilterProp: 'label' }}
              value={row.code || undefined}
              placeholder={text.attributes}
              onChange={(code) => onChange(replaced(rows, i, { code, choices: [] }))}
              options={known.map((one) => ({ value: one.code, label: name(one.label) }))}
            />
            <Select
              aria-label={text.choices}
              style={{ flex: 1 }}
              mode="multiple"
              allowClear
              maxTagCount={4}
              placeholder={text.choices}
              value={row.choices}
              onChange={(choices) => onChange(replaced(rows, i, { choices }))}
              showSearch={{ optionFilterProp: 'label' }}
              options={(known.find((one) => one.code === row.code)?.choices ?? []).map((one) => ({
                value: one.value,
                label: name(one.label),
              }))}
            />
            <Out onClick={() => onChange(rows.filter((_, k) => k !== i))} />
          </div>
        ))}
        <Button
          size="small"
          className="self-start"
          icon={<PlusOutlined />}
          onClick={() => onChange([...rows, { code: '', choices: [] }])}
        >
          {text.addAttribute}
        </Button>
      </div>
    </fieldset>
  );
}

export function ScoreRows(props: {
  slice: ReadySlice;
  rows: SampleDraft['scores'];
  onChange: (rows: SampleDraft['scores']) => void;
}) {
  const { slice, rows, onChange } = props;
  const text = useText(samplesText);
  const common = useText(commonText);
  const language = useSession((session) => session.language);
  const options = useMemo(
    () => indicatorOptions(slice.catalog, slice.channel, language, common.index),
    [slice, language, common],
  );
  const end = (i: number, side: 'from' | 'to', label: string) => (
    <InputNumber
      aria-label={label}
      prefix={<span className="faint">{label}</span>}
      min={0}
      max={100}
      style={{ width: 132 }}
      value={rows[i]![side]}
      onChange={(value) => onChange(replaced(rows, i, { [side]: value }))}
    />
  );
  return (
    <fieldset className="field">
      <legend className="field-label">{`${text.scores} (0–100)`}</legend>
      <div className="stack tight">
        {rows.map((row, i) => (
          <div className="row nowrap" key={`${i} ${row.indicator}`}>
            <Select
              aria-label={common.indicator}
              style={{ flex: 1 }}
              showSearch={{ optionFilterProp: 'label' }}
              value={row.indicator}
              onChange={(indicator) => onChange(replaced(rows, i, { indicator }))}
              options={options}
            />
            {end(i, 'from', text.atLeast)}
            {end(i, 'to', text.atMost)}
            <Out onClick={() => onChange(rows.filter((_, k) => k !== i))} />
          </div>
        ))}
        <Button
          size="small"
          className="self-start"
          icon={<PlusOutlined />}
          onClick={() => onChange([...rows, { indicator: '', from: null, to: null }])}
        >
          {text.addScore}
        </Button>
      </div>
    </fieldset>
  );
}

function Out({ onClick }: { onClick: () => void }) {
  const text = useText(samplesText);
  return (
    <Button
      type="text"
      size="small"
      icon={<CloseOutlined />}
      aria-label={text.removeCondition}
      title={text.removeCondition}
      onClick={onClick}
    />
  );
}
