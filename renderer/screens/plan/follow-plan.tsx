import { Select } from 'antd';
import { useState } from 'react';
import type { Catalog } from '../../../shared/calls/catalog.ts';
import { useCall } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { planWorkText } from '../../text/plan-work.ts';
import { useText } from '../../text/use-text.ts';
import { AssessPlan } from './assess-plan.tsx';
import { RunningYear } from './running-year.tsx';

/** An approved plan during its year and at its end. */
export function FollowPlan({ catalog }: { catalog: Catalog }) {
  const work = useText(planWorkText);
  const plans = useCall('plan.list', {});
  const [chosen, setChosen] = useState<number | null>(null);
  return (
    <Ready of={plans} height={300}>
      {(all) => {
        const approved = all.filter((plan) => plan.state !== 'draft');
        const open = approved.find((plan) => plan.id === chosen) ?? approved[0];
        if (!open)
          return (
            <Panel title={work.follow}>
              <Nothing height={240}>{work.noApproved}</Nothing>
            </Panel>
          );
        const picker = (
          <Select
            aria-label={work.plan}
            style={{ minWidth: 240 }}
            value={open.id}
            onChange={setChosen}
            options={approved.map((plan) => ({ value: plan.id, label: `${plan.name} (${plan.year})` }))}
          />
        );
        return (
          <>
            <RunningYear key={`year ${open.id}`} plan={open.id} extra={picker} />
            <AssessPlan key={`assess ${open.id}`} plan={open} catalog={catalog} />
          </>
        );
      }}
    </Ready>
  );
}
