import { Button, Popconfirm, Table, type TableProps, Tag } from 'antd';
import type { PlanInfo } from '../../../shared/calls/plan.ts';
import { CHANNEL_NAMES } from '../../../shared/domain/study-mapping.ts';
import { useCall, useChange } from '../../api.ts';
import { Fault, Nothing, Ready } from '../../components/states.tsx';
import { decimal, moment } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { useName, useText } from '../../text/use-text.ts';
import { baselineColumns } from './baseline-columns.tsx';
import { resource } from './view.ts';

const NUMBER = { className: 'number', align: 'right', width: 80 } as const;

export function SavedPlans({ open, onOpen }: { open: number | null; onOpen: (plan: number | null) => void }) {
  const text = useText(planText);
  const common = useText(commonText);
  const name = useName();
  const plans = useCall('plan.list', {});
  const approve = useChange('plan.approve');
  const remove = useChange('plan.delete');
  const states = { draft: text.draft, approved: text.approved, assessed: text.assessed };
  const columns: TableProps<PlanInfo>['columns'] = [
    {
      title: common.name,
      key: 'name',
      ellipsis: true,
      render: (_, plan) => (
        <button type="button" className="link-button" onClick={() => onOpen(plan.id)}>
          {plan.name}
        </button>
      ),
    },
    { title: text.year, dataIndex: 'year', ...NUMBER },
    {
      title: common.channel,
      key: 'channel',
      width: 110,
      render: (_, plan) => name(CHANNEL_NAMES[plan.channel]),
    },
    { title: text.now, key: 'now', ...NUMBER, render: (_, plan) => decimal(plan.baseline) },
    ...baselineColumns<PlanInfo>(common),
    { title: text.target, key: 'target', ...NUMBER, render: (_, plan) => decimal(plan.target) },
    { title: text.extra, key: 'cost', ...NUMBER, width: 104, render: (_, plan) => resource(plan.totalCost) },
    { title: text.created, key: 'created', width: 140, render: (_, plan) => moment(plan.createdAt) },
    {
      title: common.level,
      key: 'state',
      width: 90,
      render: (_, plan) => (
        <Tag color={plan.state === 'draft' ? undefined : 'success'}>{states[plan.state]}</Tag>
      ),
    },
    {
      key: 'actions',
      width: 150,
      render: (_, plan) =>
        plan.state === 'draft' && (
          <span className="row">
            <Popconfirm title={text.approveAsk} onConfirm={() => approve.mutate({ plan: plan.id })}>
              <Button size="small">{text.approve}</Button>
            </Popconfirm>
            <Popconfirm
              title={text.deleteAsk}
              onConfirm={() => {
                if (open === plan.id) onOpen(null);
                remove.mutate({ plan: plan.id });
              }}
            >
              <Button size="small">{common.delete}</Button>
            </Popconfirm>
          </span>
        ),
    },
  ];
  const fault = approve.error ?? remove.error;
  return (
    <>
      {fault && <Fault error={fault} />}
      <Ready of={plans} height={120}>
        {(all) => (
          <Table<PlanInfo>
            size="small"
            rowKey="id"
            columns={columns.map((column) => (column.key === 'state' ? { ...column, title: '' } : column))}
            dataSource={all}
            pagination={false}
            rowClassName={(plan) => (plan.id === open ? 'chosen' : '')}
            locale={{ emptyText: <Nothing height={100}>{text.noPlans}</Nothing> }}
          />
        )}
      </Ready>
    </>
  );
}
