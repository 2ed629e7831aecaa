import type { TableProps } from 'antd';
import type { DealerTargetsView } from '../../../shared/calls/plan.ts';
import type { PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { useCall } from '../../api.ts';
import { PagedTable } from '../../components/long-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { Ready } from '../../components/states.tsx';
import { ABSENT, count, decimal } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';

const NUMBER = { className: 'number', align: 'right', width: 90 } as const;

type Target = DealerTargetsView['dealers'][number];

/** What a plan asks of each dealer, and what it starts from. */
export function DealerTargets({ plan }: { plan: PlanView }) {
  const text = useText(planText);
  const common = useText(commonText);
  const work = useText(planWorkText);
  const name = useName();
  const targets = useCall('plan.dealerTargets', plan.id === null ? null : { plan: plan.id });
  const areas = new Map(plan.areas.map((area) => [area.id, name(area.name)]));
  const items = new Map(plan.items.map((item) => [item.code, name(item.name)]));
  const columns: TableProps<Target>['columns'] = [
    { title: common.dealer, key: 'dealer', ellipsis: true, render: (_, one) => name(one.name) },
    {
      title: common.area,
      key: 'area',
      width: 150,
      filters: [...areas].map(([value, label]) => ({ value, text: label })),
      onFilter: (value, one) => one.area === value,
      render: (_, one) => areas.get(one.area) ?? one.area,
    },
    {
      title: common.indicator,
      key: 'indicator',
      width: 180,
      filters: [...items].map(([value, label]) => ({ value, text: label })),
      onFilter: (value, one) => one.indicator === value,
      render: (_, one) => items.get(one.indicator) ?? one.indicator,
    },
    { title: text.now, key: 'now', ...NUMBER, render: (_, one) => <Baseline of={one.baseline} /> },
    {
      title: common.margin,
      key: 'margin',
      ...NUMBER,
      render: (_, { baseline }) =>
        typeof baseline?.margin100 === 'number' ? `±${decimal(baseline.margin100)}` : ABSENT,
    },
    {
      title: common.base,
      key: 'base',
      ...NUMBER,
      render: (_, { baseline }) => (typeof baseline?.n === 'number' ? count(baseline.n) : ABSENT),
    },
    { title: text.target, key: 'target', ...NUMBER, render: (_, one) => <b>{decimal(one.target)}</b> },
  ];
  return (
    <Panel title={work.dealerTargets} note={work.dealerHint} flush>
      <Ready of={targets} height={200}>
        {(data) => (
          <PagedTable<Target>
            rowKey={(one) => `${one.dealer}|${one.indicator}`}
            columns={columns}
            dataSource={data.dealers}
            pageSize={12}
          />
        )}
      </Ready>
    </Panel>
  );
}

/** Grey where its base is small, and not shown where it is too small. */
function Baseline({ of }: { of: Target['baseline'] }) {
  const common = useText(commonText);
  if (of === null)
    return (
      <span className="faint" title={common.hiddenBase}>
        {ABSENT}
      </span>
    );
  const small = of.tier === 'grey';
  return (
    <span className={small ? 'grey-figure' : ''} title={small ? common.smallBase : undefined}>
      {decimal(of.score100)}
    </span>
  );
}
