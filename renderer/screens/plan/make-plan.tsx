import { App, Button, Input } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import type { PlanRequest } from '../../../shared/calls/plan.ts';
import { useCall, useChange } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import type { ReadySlice } from '../../components/slice.tsx';
import { Fault, Loading } from '../../components/states.tsx';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useText } from '../../text/use-text.ts';
import { CellEditor } from './cell-editor.tsx';
import { PlanConditions } from './plan-conditions.tsx';
import { PlanResult } from './plan-result.tsx';
import { PlanSettings } from './plan-settings.tsx';
import { usePlanWork } from './plan-store.ts';
import { Sensitivity, useRobustCells } from './sensitivity.tsx';
import { firstRequest } from './view.ts';

export function MakePlan({ slice }: { slice: ReadySlice }) {
  const text = useText(planText);
  const { present, change } = usePlanWork();
  const { catalog, scheme, channel, basis } = slice;
  const request = useMemo<PlanRequest>(
    () => ({ ...firstRequest(catalog, scheme, channel), sample: basis.sample, ...present }),
    [catalog, scheme, channel, basis, present],
  );
  const plan = useSuggestion(request);
  const robust = useRobustCells();
  const changeUplift = useCallback((uplift: number) => change({ uplift }), [change]);
  const [cell, setCell] = useState<{ area: string; indicator: string } | null>(null);
  const openCell = useCallback((area: string, indicator: string) => setCell({ area, indicator }), []);
  return (
    <>
      <Panel title={text.settings} extra={<WorkBar request={request} />}>
        <PlanSettings slice={slice} request={request} target={plan.data?.target} onChange={change} />
      </Panel>
      <PlanConditions slice={slice} request={request} plan={plan.data} onChange={change} />
      {plan.error && <Fault error={plan.error} />}
      {!plan.error && plan.data && (
        <>
          <PlanResult
            plan={plan.data}
            catalog={catalog}
            onUplift={changeUplift}
            onCell={openCell}
            robust={robust}
          />
          {plan.data.outcome === 'solved' && (
            <Sensitivity request={request} plan={plan.data} catalog={catalog} />
          )}
        </>
      )}
      {plan.isPending && <Loading height={400} />}
      {cell && plan.data && (
        <CellEditor
          place={cell}
          plan={plan.data}
          rules={request.rules ?? []}
          onRules={(rules) => change({ rules })}
          onClose={() => setCell(null)}
        />
      )}
    </>
  );
}

/** The plan at once, and again with the natural-state forecast where that has to be made first. */
function useSuggestion(request: PlanRequest) {
  const first = useCall('plan.suggest', { ...request, drift: 'if-ready' });
  const isPending = first.data?.driftPending === true && !first.isPlaceholderData;
  const whole = useCall('plan.suggest', isPending ? { ...request, drift: 'wait' } : null);
  const isWhole = isPending && (whole.error !== null || (whole.isSuccess && !whole.isPlaceholderData));
  return isWhole ? whole : first;
}

/** Back, forth, and saving: as a new draft, or over the one that is open. */
function WorkBar({ request }: { request: PlanRequest }) {
  const text = useText(planText);
  const common = useText(commonText);
  const work = useText(planWorkText);
  const { message } = App.useApp();
  const { past, future, draft, undo, redo, load, keepAs } = usePlanWork();
  const save = useChange('plan.save');
  const update = useChange('plan.update');
  const [name, setName] = useState('');
  const kept = (plan: { id: number | null; name: string }) => {
    setName('');
    if (plan.id !== null) keepAs({ id: plan.id, name: plan.name });
    void message.success(text.saved);
  };
  const fault = save.error ?? update.error;
  return (
    <>
      {fault && <Fault error={fault} />}
      <Button onClick={undo} disabled={past.length === 0}>
        {work.undo}
      </Button>
      <Button onClick={redo} disabled={future.length === 0}>
        {work.redo}
      </Button>
      {draft && (
        <>
          <span className="hint">{work.editing(draft.name)}</span>
          <Button
            loading={update.isPending}
            onClick={() => update.mutate({ ...request, plan: draft.id }, { onSuccess: kept })}
          >
            {work.saveChanges}
          </Button>
        </>
      )}
      {(draft || past.length > 0) && <Button onClick={() => load({}, null)}>{work.startAgain}</Button>}
      <Input
        aria-label={text.name}
        placeholder={text.name}
        title={common.name}
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
        style={{ width: 160 }}
      />
      <Button
        type="primary"
        disabled={name.trim() === ''}
        loading={save.isPending}
        onClick={() => save.mutate({ ...request, name: name.trim() }, { onSuccess: kept })}
      >
        {text.saveDraft}
      </Button>
    </>
  );
}
