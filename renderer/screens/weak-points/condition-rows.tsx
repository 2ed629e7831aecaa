import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import type { Bilingual } from '../../../shared/domain/language.ts';
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import { useName, useText } from '../../text/use-text.ts';
import { weakText } from '../../text/weak-points.ts';
import { CONDITION_KINDS, type Condition, type ConditionKind, freshCondition } from './view.ts';

interface RowsProps {
  channels: { value: Channel; name: Bilingual }[];
  own: Channel;
  rows: readonly Condition[];
  onChange: (rows: Condition[]) => void;
}

export function ConditionRows({ channels, own, rows, onChange }: RowsProps) {
  const text = useText(weakText);
  const others = channels.filter(({ value }) => value !== own);
  const other = others[0]?.value ?? own;
  const put = (at: number, row: Condition) => onChange(rows.map((one, i) => (i === at ? row : one)));
  const names: Record<ConditionKind, string> = {
    score: text.score,
    percentile: text.percentile,
    rank: text.rank,
    change: text.change,
    'target-gap': text.targetGap,
    'channel-gap': text.channelGap,
    base: text.base,
  };
  return (
    <fieldset className="field">
      <legend className="field-label">{text.conditions}</legend>
      <div className="stack tight">
        {rows.map((row, i) => (
          <div className="row nowrap" key={i}>
            <Select
              aria-label={text.conditions}
              style={{ width: 170 }}
              value={row.kind}
              onChange={(kind) => put(i, freshCondition(kind, other))}
              options={CONDITION_KINDS.filter((kind) => kind !== 'channel-gap' || others.length > 0).map(
                (kind) => ({ value: kind, label: names[kind] }),
              )}
            />
            <Values row={row} others={others} onChange={(changed) => put(i, changed)} />
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={text.remove}
              title={text.remove}
              onClick={() => onChange(rows.filter((_, k) => k !== i))}
            />
          </div>
        ))}
        <Button
          size="small"
          className="self-start"
          icon={<PlusOutlined />}
          onClick={() => onChange([...rows, freshCondition('score', other)])}
        >
          {text.add}
        </Button>
      </div>
    </fieldset>
  );
}

function Values(props: {
  row: Condition;
  others: { value: Channel; name: Bilingual }[];
  onChange: (row: Condition) => void;
}) {
  const { row, others, onChange } = props;
  const text = useText(weakText);
  const name = useName();
  switch (row.kind) {
    case 'rank':
      return (
        <Figure
          label={text.rank}
          value={row.worst}
          min={1}
          onChange={(worst) => worst && onChange({ ...row, worst })}
        />
      );
    case 'percentile':
      return (
        <Figure
          label={text.percentile}
          suffix="%"
          value={Number((row.atMost * 100).toFixed(2))}
          min={0}
          max={100}
          onChange={(value) => value !== null && onChange({ ...row, atMost: value / 100 })}
        />
      );
    case 'base':
      return (
        <Figure
          label={text.base}
          prefix={text.atLeast}
          value={row.atLeast}
          min={0}
          onChange={(value) => value !== null && onChange({ ...row, atLeast: value })}
        />
      );
    default:
      return (
        <>
          {row.kind === 'change' && (
            <Select
              aria-label={text.against}
              style={{ width: 170 }}
              value={row.lag}
              onChange={(lag) => onChange({ ...row, lag })}
              options={[
                { value: 1, label: `${text.against} ${text.lastQuarter}` },
                { value: 4, label: `${text.against} ${text.lastYear}` },
              ]}
            />
          )}
          {row.kind === 'channel-gap' && (
            <Select
              aria-label={text.channelGap}
              style={{ width: 150 }}
              value={row.channel}
              onChange={(channel) => onChange({ ...row, channel })}
              options={others.map((one) => ({ value: one.value, label: name(one.name) }))}
            />
          )}
          <Figure
            label={text.atLeast}
            prefix={text.atLeast}
            value={row.from ?? null}
            onChange={(from) => onChange({ ...row, from: from ?? undefined })}
          />
          <Figure
            label={text.atMost}
            prefix={text.atMost}
            value={row.to ?? null}
            onChange={(to) => onChange({ ...row, to: to ?? undefined })}
          />
        </>
      );
  }
}

function Figure(props: {
  label: string;
  value: number | null;
  prefix?: string;
  suffix?: string;
  min?: number;
  max?: number;
  onChange: (value: number | null) => void;
}) {
  const { label, prefix, suffix, value, min = -100, max, onChange } = props;
  return (
    <InputNumber
      aria-label={label}
      prefix={prefix && <span className="faint">{prefix}</span>}
      suffix={suffix}
      style={{ width: 140 }}
      min={min}
      max={max}
      value={value}
      onChange={onChange}
    />
  );
}
