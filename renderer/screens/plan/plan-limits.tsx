import { Button, InputNumber, Select, Tag } from 'antd';
import { useState } from 'react';
import { useCall } from '../../api.ts';
import { Field } from '../../components/slice.tsx';
import { decimal } from '../../format.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';
import type { ConditionProps } from './condition-props.ts';
import { AreaSelect, ItemSelect } from './place-select.tsx';
import { resource } from './view.ts';

type Kind = 'target-area' | 'target-item' | 'budget';

/** Targets of areas, regions and items, budgets, and how far areas may lie apart. */
export function PlanLimits(props: ConditionProps) {
  const { request, onChange } = props;
  const text = useText(planText);
  const work = useText(planWorkText);
  return (
    <div className="stack">
      <AddLimit {...props} />
      <LimitTags {...props} />
      <Field label={work.spread} width={240}>
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            max={100}
            step={0.5}
            placeholder={text.noLimit}
            value={request.largestSpread ?? null}
            onChange={(largestSpread) => onChange({ largestSpread })}
          />
        )}
      </Field>
    </div>
  );
}

function AddLimit({ request, plan, onChange }: ConditionProps) {
  const work = useText(planWorkText);
  const [kind, setKind] = useState<Kind>('target-area');
  const [area, setArea] = useState('');
  const [item, setItem] = useState('');
  const [value, setValue] = useState<number | null>(null);
  const id = kind === 'target-item' ? item : area;
  const isReady = value !== null && (kind === 'budget' || id !== '');
  const add = () => {
    if (value === null) return;
    if (kind === 'budget') {
      const others = (request.budgets ?? []).filter((one) => one.area !== area);
      onChange({ budgets: [...others, { area, most: value / 100 }] });
    } else {
      const of = kind === 'target-area' ? ('area' as const) : ('item' as const);
      const others = (request.targets ?? []).filter((one) => one.kind !== of || one.id !== id);
      onChange({ targets: [...others, { kind: of, id, target: value }] });
    }
    setValue(null);
  };
  return (
    <div className="row">
      <Select<Kind>
        aria-label={work.what}
        style={{ width: 250 }}
        value={kind}
        onChange={setKind}
        options={[
          { value: 'target-area', label: work.targetArea },
          { value: 'target-item', label: work.targetItem },
          { value: 'budget', label: work.budget },
        ]}
      />
      {kind === 'target-item' ? (
        <ItemSelect plan={plan} value={item} onChange={setItem} />
      ) : (
        <AreaSelect
          plan={plan}
          scheme={request.scheme}
          value={area}
          onChange={setArea}
          withGroups
          none={kind === 'budget' ? work.total : undefined}
        />
      )}
      <InputNumber
        aria-label={work.value}
        min={0}
        max={kind === 'budget' ? 100_000 : 100}
        step={kind === 'budget' ? 0.1 : 0.5}
        value={value}
        onChange={(typed) => setValue(typed === null ? null : Number(typed))}
        onPressEnter={add}
      />
      <Button type="primary" ghost disabled={!isReady} onClick={add}>
        {work.add}
      </Button>
    </div>
  );
}

function LimitTags({ request, plan, onChange }: ConditionProps) {
  const work = useText(planWorkText);
  const name = useName();
  const tree = useCall('scopes.tree', { scheme: request.scheme });
  const nameOf = (id: string) => {
    const found =
      plan?.areas.find((one) => one.id === id) ??
      plan?.items.find((one) => one.code === id) ??
      tree.data?.find((one) => one.id === id);
    return found ? name(found.name) : id;
  };
  return (
    <div className="row">
      {(request.targets ?? []).map((one) => (
        <Tag
          key={`${one.kind} ${one.id}`}
          closable
          onClose={() => onChange({ targets: (request.targets ?? []).filter((other) => other !== one) })}
        >
          {work.targetOf(nameOf(one.id))} ≥ {decimal(one.target)}
        </Tag>
      ))}
      {(request.budgets ?? []).map((one) => (
        <Tag
          key={one.area}
          closable
          onClose={() => onChange({ budgets: (request.budgets ?? []).filter((other) => other !== one) })}
        >
          {one.area === '' ? work.totalBudget : work.budgetOf(nameOf(one.area))} ≤ {resource(one.most)}
        </Tag>
      ))}
    </div>
  );
}
