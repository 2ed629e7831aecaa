import { App, Button, Input } from 'antd';
import { useCallback, useState } from 'react';
import type { PlanRequest } from '../../../shared/contract.ts';
import { useCall, useChange } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import type { ReadySlice } from '../../components/slice.tsx';
import { Fault, Loading, Ready } from '../../components/states.tsx';
import { WithSlice } from '../../components/with-slice.tsx';
import { planText } from '../../text/plan.ts';
import { useText } from '../../text/use-text.ts';
import { PlanResult } from './plan-result.tsx';
import { PlanSettings } from './plan-settings.tsx';
import { SavedPlans } from './saved-plans.tsx';
import { firstRequest } from './view.ts';

export function PlanScreen() {
  return <WithSlice>{(slice) => <PlanOf slice={slice} />}</WithSlice>;
}

function PlanOf({ slice }: { slice: ReadySlice }) {
  const text = useText(planText);
  const [stored, setStored] = useState<number | null>(null);
  const [chosen, setChosen] = useState<Partial<PlanRequest>>({});
  const { catalog, scheme, channel } = slice;
  const request = { ...firstRequest(catalog, scheme, channel), ...chosen };
  const plan = useCall('plan.suggest', stored === null ? request : null);
  const change = useCallback(
    (part: Partial<PlanRequest>) => setChosen((before) => ({ ...before, ...part })),
    [],
  );
  const changeUplift = useCallback((uplift: number) => change({ uplift }), [change]);
  return (
    <div className="screen">
      {stored === null ? (
        <>
          <Panel title={text.settings} extra={<SavePlan request={request} />}>
            <PlanSettings slice={slice} request={request} target={plan.data?.target} onChange={change} />
          </Panel>
          {plan.error && <Fault error={plan.error} />}
          {!plan.error && plan.data && (
            <PlanResult plan={plan.data} catalog={catalog} onUplift={changeUplift} />
          )}
          {plan.isPending && <Loading height={400} />}
        </>
      ) : (
        <StoredPlan id={stored} slice={slice} onBack={() => setStored(null)} />
      )}
      <Panel title={text.plans} flush>
        <SavedPlans open={stored} onOpen={setStored} />
      </Panel>
    </div>
  );
}

function StoredPlan({ id, slice, onBack }: { id: number; slice: ReadySlice; onBack: () => void }) {
  const text = useText(planText);
  const plan = useCall('plan.get', { plan: id });
  return (
    <Ready of={plan} height={400}>
      {(data) => (
        <>
          <div className="row">
            <b>{text.viewing(data.name)}</b>
            <Button onClick={onBack}>{text.backToEdit}</Button>
          </div>
          <PlanResult plan={data} catalog={slice.catalog} />
        </>
      )}
    </Ready>
  );
}

function SavePlan({ request }: { request: PlanRequest }) {
  const text = useText(planText);
  const { message } = App.useApp();
  const save = useChange('plan.save');
  const [name, setName] = useState('');
  const submit = () =>
    save.mutate(
      { ...request, name: name.trim() },
      {
        onSuccess: () => {
          setName('');
          void message.success(text.saved);
        },
      },
    );
  return (
    <>
      {save.error && <Fault error={save.error} />}
      <Input
        aria-label={text.name}
        placeholder={text.name}
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
        style={{ width: 180 }}
      />
      <Button type="primary" disabled={name.trim() === ''} loading={save.isPending} onClick={submit}>
        {text.saveDraft}
      </Button>
    </>
  );
}
