import { Segmented } from 'antd';
import { useState } from 'react';
import { Panel } from '../../components/panel.tsx';
import type { ReadySlice } from '../../components/slice.tsx';
import { WithSlice } from '../../components/with-slice.tsx';
import { useSubPage } from '../../sub-page.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useText } from '../../text/use-text.ts';
import { ComparePlans } from './compare-plans.tsx';
import { FollowPlan } from './follow-plan.tsx';
import { MakePlan } from './make-plan.tsx';
import { SavedPlans } from './saved-plans.tsx';
import { StoredPlan } from './stored-plan.tsx';

type Part = 'make' | 'compare' | 'follow';

export function PlanScreen() {
  return <WithSlice>{(slice) => <PlanOf slice={slice} />}</WithSlice>;
}

function PlanOf({ slice }: { slice: ReadySlice }) {
  const text = useText(planText);
  const work = useText(planWorkText);
  const [part, setPart] = useState<Part>('make');
  const [stored, setStored] = useSubPage<number>();
  return (
    <div className="screen">
      <div className="row">
        <Segmented<Part>
          aria-label={work.plan}
          value={part}
          onChange={setPart}
          options={[
            { value: 'make', label: work.make },
            { value: 'compare', label: work.compare },
            { value: 'follow', label: work.follow },
          ]}
        />
        <span className="soft">{text.unit}</span>
      </div>
      {part === 'make' && stored === null && <MakePlan slice={slice} />}
      {part === 'make' && stored !== null && (
        <StoredPlan id={stored} slice={slice} onBack={() => setStored(null)} />
      )}
      {part === 'compare' && <ComparePlans catalog={slice.catalog} />}
      {part === 'follow' && <FollowPlan catalog={slice.catalog} />}
      {part === 'make' && (
        <Panel title={text.plans} flush>
          <SavedPlans open={stored} onOpen={setStored} />
        </Panel>
      )}
    </div>
  );
}
