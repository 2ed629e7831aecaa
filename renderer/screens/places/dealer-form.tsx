import { Button, DatePicker, Input, Modal, Segmented, Select } from 'antd';
import dayjs from 'dayjs';
import { useMemo, useState } from 'react';
import type { DealerView } from '../../../shared/calls/places.ts';
import type { CallInput } from '../../../shared/contract.ts';
import { type CallFault, useCall, useChange } from '../../api.ts';
import { Verbatim } from '../../components/marks.tsx';
import { Field } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { commonText } from '../../text/common.ts';
import { placesText } from '../../text/places.ts';
import { useName, useText } from '../../text/use-text.ts';
import { History } from './dealer-marks.tsx';
import { cityOptions } from './view.ts';

type Step = 'change' | 'move' | 'merge';
type Edit = CallInput<'places.edit'>['edit'];

interface Draft {
  code: string;
  name: string;
  city: string | undefined;
  opened: string | null;
  closed: string | null;
  newCity: string | undefined;
  from: string | null;
  into: string | undefined;
}

function draftOf(dealer: DealerView | null): Draft {
  return {
    code: dealer?.code ?? '',
    name: dealer?.name ?? '',
    city: dealer?.city.code,
    opened: dealer?.opened ?? null,
    closed: dealer?.closed ?? null,
    newCity: undefined,
    from: null,
    into: undefined,
  };
}

/** What a step of the form asks for; null while something is missing. */
function editOf(step: Step, isNew: boolean, draft: Draft): Edit | null {
  const { name, city, opened, closed, newCity, from, into } = draft;
  if (step === 'move') return newCity && from ? { kind: 'move', city: newCity, from } : null;
  if (step === 'merge') return into && from ? { kind: 'merge', into, from } : null;
  if (name.trim() === '' || !city || draft.code.trim() === '') return null;
  return { kind: isNew ? 'add' : 'change', name, city, opened, closed };
}

/** One dealer: its details, a move, a takeover; without a dealer a new one. */
export function DealerForm(props: {
  dealer: DealerView | null;
  dealers: readonly DealerView[];
  onClose: () => void;
}) {
  const { dealer, dealers, onClose } = props;
  const text = useText(placesText);
  const common = useText(commonText);
  const [step, setStep] = useState<Step>('change');
  const [draft, setDraft] = useState(() => draftOf(dealer));
  const save = useChange('places.edit');
  const remove = useChange('places.remove');
  const edit = editOf(step, dealer === null, draft);
  const take = (what: Edit) => save.mutate({ dealer: draft.code.trim(), edit: what }, { onSuccess: onClose });
  const fault: CallFault | null = save.error ?? remove.error;
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  return (
    <Modal
      open
      width={620}
      title={dealer ? <Verbatim>{`${dealer.code} ${dealer.name}`}</Verbatim> : text.add}
      onCancel={onClose}
      okText={common.save}
      okButtonProps={{ disabled: edit === null, loading: save.isPending }}
      onOk={() => edit && take(edit)}
      footer={(_, { OkBtn, CancelBtn }) => (
        <div className="form-foot">
          {dealer && (
            <Button
              danger
              disabled={dealer.respondents > 0}
              title={dealer.respondents > 0 ? text.removeHint : undefined}
              onClick={() => remove.mutate({ dealer: dealer.code }, { onSuccess: onClose })}
            >
              {text.remove}
            </Button>
          )}
          {dealer && dealer.stays.length > 0 && (
            <Button onClick={() => take({ kind: 'unmove' })}>{text.unmove}</Button>
          )}
          {dealer?.successor && <Button onClick={() => take({ kind: 'separate' })}>{text.separate}</Button>}
          <span className="facts-gap" />
          <CancelBtn />
          <OkBtn />
        </div>
      )}
    >
      <div className="stack">
        {dealer && (
          <Segmented<Step>
            value={step}
            onChange={setStep}
            options={[
              { value: 'change', label: text.change },
              { value: 'move', label: text.move, disabled: dealer.successor !== null },
              { value: 'merge', label: text.merge, disabled: dealer.successor !== null },
            ]}
          />
        )}
        {dealer && (dealer.stays.length > 0 || dealer.successor) && (
          <p className="soft">
            <History dealer={dealer} />
          </p>
        )}
        {step === 'change' && <Details draft={draft} isNew={dealer === null} set={set} />}
        {step === 'move' && (
          <div className="filters">
            <CityField label={text.newCity} value={draft.newCity} onChange={(newCity) => set({ newCity })} />
            <DayField label={text.from} value={draft.from} onChange={(from) => set({ from })} />
          </div>
        )}
        {step === 'merge' && (
          <div className="filters">
            <Field label={text.mergeInto} width={320}>
              {(id) => (
                <Select
                  id={id}
                  showSearch={{ optionFilterProp: 'label' }}
                  placeholder={text.pickDealer}
                  value={draft.into}
                  onChange={(into) => set({ into })}
                  options={dealers
                    .filter((one) => one.code !== dealer?.code && one.successor === null)
                    .map((one) => ({ value: one.code, label: `${one.code} ${one.name}` }))}
                />
              )}
            </Field>
            <DayField label={text.from} value={draft.from} onChange={(from) => set({ from })} />
          </div>
        )}
        {dealer && (
          <p className="hint">
            {step === 'change' ? text.changeHint : step === 'move' ? text.moveHint : text.mergeHint}
          </p>
        )}
        {fault && <Fault error={fault} />}
      </div>
    </Modal>
  );
}

function Details({
  draft,
  isNew,
  set,
}: {
  draft: Draft;
  isNew: boolean;
  set: (change: Partial<Draft>) => void;
}) {
  const text = useText(placesText);
  const common = useText(commonText);
  return (
    <div className="filters">
      {isNew && (
        <Field label={text.code} width={140}>
          {(id) => (
            <Input id={id} value={draft.code} onChange={(event) => set({ code: event.target.value })} />
          )}
        </Field>
      )}
      <Field label={common.name} width={isNew ? 240 : 270}>
        {(id) => <Input id={id} value={draft.name} onChange={(event) => set({ name: event.target.value })} />}
      </Field>
      <CityField label={common.city} value={draft.city} onChange={(city) => set({ city })} />
      <DayField label={text.opened} value={draft.opened} onChange={(opened) => set({ opened })} />
      <DayField label={text.closedOn} value={draft.closed} onChange={(closed) => set({ closed })} />
    </div>
  );
}

function CityField(props: { label: string; value: string | undefined; onChange: (city: string) => void }) {
  const text = useText(placesText);
  const name = useName();
  const cities = useCall('places.cities', {});
  const options = useMemo(() => cityOptions(cities.data ?? [], name), [cities.data, name]);
  return (
    <Field label={props.label} width={270}>
      {(id) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={text.pickCity}
          value={props.value}
          onChange={props.onChange}
          options={options}
        />
      )}
    </Field>
  );
}

export function DayField(props: {
  label: string;
  value: string | null;
  onChange: (day: string | null) => void;
}) {
  return (
    <Field label={props.label} width={140}>
      {(id) => (
        <DatePicker
          id={id}
          value={props.value === null ? null : dayjs(props.value)}
          onChange={(day) => props.onChange(day?.format('YYYY-MM-DD') ?? null)}
        />
      )}
    </Field>
  );
}
