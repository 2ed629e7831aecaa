import { Button, InputNumber, Select, type TableProps } from 'antd';
import { useState } from 'react';
import { useCall } from '../../api.ts';
import { PagedTable } from '../../components/long-table.tsx';
import { count, decimal } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';
import type { ConditionProps } from './condition-props.ts';
import { AreaSelect, ItemSelect } from './place-select.tsx';
import {
  fieldName,
  learntRules,
  NUMBER_FIELDS,
  type NumberField,
  type RuleLine,
  rangeOf,
  ruleLines,
  settingsAt,
  shownValue,
  sourceName,
  storedValue,
  withoutLine,
  withRule,
} from './rule-view.ts';
import { TableImport } from './table-import.tsx';

/** Assumptions and limits of cells, set by area, by item, for one cell, from a file, or from what a year taught. */
export function PlanRules(props: ConditionProps) {
  const { request, plan, onChange } = props;
  const work = useText(planWorkText);
  const rules = request.rules ?? [];
  const { year, channel, scheme, within } = request;
  const options = useCall('plan.options', { year, channel, scheme, within });
  return (
    <div className="stack">
      <p className="hint">{work.assumptionsHint}</p>
      <AddRule {...props} />
      <div className="row">
        <TableImport
          kind="assumptions"
          request={request}
          label={work.importAssumptions}
          onRead={(table) => onChange({ rules: [...rules, ...table.rules] })}
        />
        {(options.data?.learnt ?? []).slice(0, 3).map((one) => (
          <Button key={one.plan} onClick={() => onChange({ rules: learntRules(rules, one.effects) })}>
            {work.learntOffer(one.name, count(one.effects.length))}
          </Button>
        ))}
      </div>
      {rules.length > 0 && (
        <RuleTable request={request} slice={props.slice} plan={plan} onChange={onChange} />
      )}
    </div>
  );
}

function AddRule({ request, plan, onChange }: ConditionProps) {
  const work = useText(planWorkText);
  const [area, setArea] = useState('');
  const [indicator, setIndicator] = useState('');
  const [field, setField] = useState<NumberField>('ceiling');
  const [shown, setShown] = useState<number | null>(null);
  const rules = request.rules ?? [];
  const add = () => {
    if (shown === null) return;
    const settings = { ...settingsAt(rules, area, indicator), [field]: storedValue(field, shown) };
    onChange({ rules: withRule(rules, area, indicator, settings) });
    setShown(null);
  };
  return (
    <div className="row">
      <AreaSelect plan={plan} scheme={request.scheme} value={area} onChange={setArea} none={work.allAreas} />
      <ItemSelect plan={plan} value={indicator} onChange={setIndicator} none={work.allIndicators} />
      <Select<NumberField>
        aria-label={work.what}
        style={{ width: 230 }}
        value={field}
        onChange={setField}
        options={NUMBER_FIELDS.map((one) => ({ value: one, label: fieldName(one, work) }))}
      />
      <InputNumber
        aria-label={work.value}
        {...rangeOf(field)}
        value={shown}
        onChange={(value) => setShown(value === null ? null : Number(value))}
        onPressEnter={add}
      />
      <Button type="primary" ghost disabled={shown === null} onClick={add}>
        {work.add}
      </Button>
    </div>
  );
}

function RuleTable({ request, plan, onChange }: ConditionProps) {
  const work = useText(planWorkText);
  const common = useText(commonText);
  const name = useName();
  const rules = request.rules ?? [];
  const areaName = (id: string) => {
    const found = plan?.areas.find((area) => area.id === id);
    return id === '' ? work.allAreas : found ? name(found.name) : id;
  };
  const itemName = (code: string) => {
    const found = plan?.items.find((item) => item.code === code);
    return code === '' ? work.allIndicators : found ? name(found.name) : code;
  };
  const columns: TableProps<RuleLine>['columns'] = [
    { title: common.area, key: 'area', render: (_, line) => areaName(line.rule.area ?? '') },
    { title: common.indicator, key: 'indicator', render: (_, line) => itemName(line.rule.indicator ?? '') },
    { title: work.what, key: 'what', render: (_, line) => fieldName(line.field, work) },
    {
      title: work.value,
      key: 'value',
      className: 'number',
      align: 'right',
      width: 90,
      render: (_, line) => decimal(shownValue(line.field, line.value), 2),
    },
    {
      title: work.source,
      key: 'source',
      width: 110,
      render: (_, line) => sourceName(line.rule.source ?? 'given', work),
    },
    {
      key: 'remove',
      width: 80,
      render: (_, line) => (
        <Button size="small" type="link" onClick={() => onChange({ rules: withoutLine(rules, line) })}>
          {work.remove}
        </Button>
      ),
    },
  ];
  return <PagedTable<RuleLine> rowKey="key" columns={columns} dataSource={ruleLines(rules)} pageSize={10} />;
}
