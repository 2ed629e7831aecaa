import { Button, Collapse, Input, Radio, Select, Tabs } from 'antd';
import { useState } from 'react';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useCall } from '../../api.ts';
import { count, decimal } from '../../format.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';
import type { ConditionProps } from './condition-props.ts';
import { PlanLimits } from './plan-limits.tsx';
import { PlanRules } from './plan-rules.tsx';
import { TableImport } from './table-import.tsx';

/** Everything beyond the target: where the baseline comes from, what is assumed, what limits the plan. */
export function PlanConditions(props: ConditionProps) {
  const work = useText(planWorkText);
  const { request } = props;
  const limits =
    (request.targets?.length ?? 0) + (request.budgets?.length ?? 0) + (request.largestSpread != null ? 1 : 0);
  const label = (name: string, n: number) => (n > 0 ? `${name} (${n})` : name);
  return (
    <Collapse
      className="conditions"
      items={[
        {
          key: 'more',
          label: work.more,
          children: (
            <Tabs
              items={[
                {
                  key: 'items',
                  label: label(work.indicators, request.indicators?.length ?? 0),
                  children: <Items {...props} />,
                },
                {
                  key: 'volumes',
                  label: label(work.volumes, request.volumes?.length ?? 0),
                  children: <Volumes {...props} />,
                },
                {
                  key: 'rules',
                  label: label(work.assumptions, request.rules?.length ?? 0),
                  children: <PlanRules {...props} />,
                },
                { key: 'limits', label: label(work.limits, limits), children: <PlanLimits {...props} /> },
                { key: 'notes', label: work.notes, children: <Notes {...props} /> },
              ]}
            />
          ),
        },
      ]}
    />
  );
}

function Items({ request, plan, onChange }: ConditionProps) {
  const work = useText(planWorkText);
  const name = useName();
  const { year, channel, scheme, within } = request;
  const options = useCall('plan.options', { year, channel, scheme, within });
  return (
    <div className="stack">
      <p className="hint">{work.indicatorsHint}</p>
      <Select
        aria-label={work.indicators}
        mode="multiple"
        allowClear
        placeholder={work.allStable}
        style={{ width: '100%' }}
        value={request.indicators ?? []}
        onChange={(indicators: string[]) => onChange({ indicators })}
        optionFilterProp="label"
        options={(options.data?.items ?? []).map((item) => {
          const asked = ` · ${work.lastAsked(formatQuarter(item.lastAsked))}`;
          const mark = item.stable ? '' : ` · ${work.unstable}${asked}`;
          return { value: item.code, label: `${name(item.name)} ${decimal(item.weight * 100)}%${mark}` };
        })}
      />
      {plan && (
        <p className="hint">
          {work.itemsUsed}{' '}
          {plan.items.map((item) => `${name(item.name)} ${decimal(item.weight * 100)}%`).join(' · ')}
        </p>
      )}
    </div>
  );
}

function Volumes({ request, onChange }: ConditionProps) {
  const work = useText(planWorkText);
  const areas = request.volumes?.length ?? 0;
  return (
    <div className="stack">
      {areas > 0 ? (
        <p>{work.volumesTable(request.volumesFrom ?? '', count(areas))}</p>
      ) : (
        <Radio.Group
          aria-label={work.volumes}
          value={request.volumeBasis ?? 'population'}
          onChange={({ target }) => onChange({ volumeBasis: target.value })}
          options={[
            { value: 'population', label: work.volumesPopulation },
            { value: 'sample', label: work.volumesSample },
          ]}
        />
      )}
      <p className="hint">{work.volumesHint}</p>
      <div className="row">
        <TableImport
          kind="volumes"
          request={request}
          label={work.importVolumes}
          onRead={({ file, volumes }) => onChange({ volumes, volumesFrom: file })}
        />
        {areas > 0 && (
          <Button onClick={() => onChange({ volumes: [], volumesFrom: '' })}>{work.useSample}</Button>
        )}
      </div>
    </div>
  );
}

/** Kept when the field is left, so that one note is one step to undo. */
function Notes({ request, onChange }: ConditionProps) {
  const work = useText(planWorkText);
  const [notes, setNotes] = useState(request.notes ?? '');
  return (
    <Input.TextArea
      aria-label={work.notes}
      maxLength={20_000}
      rows={4}
      value={notes}
      onChange={({ target }) => setNotes(target.value)}
      onBlur={() => notes !== (request.notes ?? '') && onChange({ notes })}
    />
  );
}
