import { Button, Input, InputNumber, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { baselineMargin, type PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { Field } from '../../components/slice.tsx';
import { count, decimal } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';
import {
  fieldName,
  type NumberField,
  type RuleDraft,
  rangeOf,
  settingsAt,
  shownValue,
  sourceName,
  storedValue,
  withRule,
} from './rule-view.ts';
import { resource } from './view.ts';

type Lock = 'free' | 'lockScore' | 'lockExtra';
type Settings = ReturnType<typeof settingsAt>;

const MODEL: readonly NumberField[] = ['ceiling', 'effectFactor', 'costFactor'];
const LIMITS: readonly NumberField[] = ['floor', 'cap', 'largestStep', 'mostExtra', 'packageExtra'];

/** One cell: what the plan says of it, and what the planner says. */
export function CellEditor(props: {
  place: { area: string; indicator: string };
  plan: PlanView;
  rules: readonly RuleDraft[];
  onRules: (rules: RuleDraft[]) => void;
  onClose: () => void;
}) {
  const { place, plan, rules, onRules, onClose } = props;
  const { area, indicator } = place;
  const text = useText(planText);
  const work = useText(planWorkText);
  const common = useText(commonText);
  const name = useName();
  const [settings, setSettings] = useState<Settings>(() => settingsAt(rules, area, indicator));
  const cell = plan.cells.find((one) => one.area === area && one.indicator === indicator);
  const item = plan.items.find(({ code }) => code === indicator);
  const set = (part: Settings) => setSettings((before) => ({ ...before, ...part }));
  const lock: Lock =
    settings.lockScore !== undefined ? 'lockScore' : settings.lockExtra !== undefined ? 'lockExtra' : 'free';
  const setLock = (next: Lock) =>
    set({
      lockScore: next === 'lockScore' ? Number((cell?.target ?? 80).toFixed(1)) : undefined,
      lockExtra: next === 'lockExtra' ? Number((cell?.extraOfCell ?? 0).toFixed(4)) : undefined,
    });
  const apply = () => {
    onRules(withRule(rules, area, indicator, settings));
    onClose();
  };
  if (!cell) return null;
  return (
    <Modal
      open
      onCancel={onClose}
      title={`${name(cell.areaName)} · ${item ? name(item.name) : indicator}`}
      width={640}
      footer={[
        <Button
          key="clear"
          onClick={() => {
            onRules(withRule(rules, area, indicator, null));
            onClose();
          }}
        >
          {work.clear}
        </Button>,
        <Button key="cancel" onClick={onClose}>
          {common.cancel}
        </Button>,
        <Button key="apply" type="primary" onClick={apply}>
          {work.apply}
        </Button>,
      ]}
    >
      <div className="stack">
        <dl className="plan-figures">
          <Fact
            label={text.now}
            value={decimal(cell.baseline)}
            note={`±${decimal(baselineMargin(cell))} · ${text.baseOf(count(cell.n))}`}
          />
          <Fact label={text.drift} value={decimal(cell.drift)} />
          <Fact label={text.target} value={decimal(cell.target)} note={cell.locked ? work.locked : ''} />
          <Fact label={text.extra} value={resource(cell.extraOfCell)} note={text.ofCell} />
          <Fact
            label={work.ceiling}
            value={decimal(cell.ceiling)}
            note={sourceName(cell.sources.ceiling, work)}
          />
          <Fact
            label={work.effect}
            value={decimal(cell.effect, 2)}
            note={sourceName(cell.sources.effect, work)}
          />
          <Fact
            label={work.costFactor}
            value={decimal(cell.costFactor, 2)}
            note={sourceName(cell.sources.cost, work)}
          />
        </dl>
        <div className="filters">
          <Segmented<Lock>
            value={lock}
            onChange={setLock}
            options={[
              { value: 'free', label: work.free },
              { value: 'lockScore', label: work.lockScore },
              { value: 'lockExtra', label: work.lockExtra },
            ]}
          />
          {lock !== 'free' && <NumberOf field={lock} settings={settings} onChange={set} />}
        </div>
        <div className="filters">
          {MODEL.map((field) => (
            <NumberOf key={field} field={field} settings={settings} onChange={set} />
          ))}
        </div>
        {lock === 'free' && (
          <div className="filters">
            {LIMITS.map((field) => (
              <NumberOf key={field} field={field} settings={settings} onChange={set} />
            ))}
          </div>
        )}
        <Input.TextArea
          aria-label={work.note}
          placeholder={work.note}
          maxLength={2000}
          rows={2}
          value={settings.note ?? ''}
          onChange={({ target }) => set({ note: target.value === '' ? undefined : target.value })}
        />
      </div>
    </Modal>
  );
}

function Fact({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <b>{value}</b> {note && <small>{note}</small>}
      </dd>
    </div>
  );
}

function NumberOf(props: { field: NumberField; settings: Settings; onChange: (part: Settings) => void }) {
  const { field, settings, onChange } = props;
  const work = useText(planWorkText);
  const value = settings[field];
  return (
    <Field label={fieldName(field, work)} width={176}>
      {(id) => (
        <InputNumber
          id={id}
          {...rangeOf(field)}
          placeholder={work.unset}
          value={value === undefined ? null : shownValue(field, value)}
          onChange={(typed) =>
            onChange({ [field]: typed === null ? undefined : storedValue(field, Number(typed)) })
          }
        />
      )}
    </Field>
  );
}
