import { Table, type TableProps, Tabs } from 'antd';
import type { BaselineRest, PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { decimal } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';
import { baselineColumns } from './baseline-columns.tsx';
import { resource } from './view.ts';

const NUMBER = { className: 'number', align: 'right', width: 76 } as const;

interface Total extends BaselineRest {
  key: string;
  name: string;
  part: number;
  baseline: number;
  drift: number | null;
  target: number;
  cost: number;
  extraOfOwn: number;
  extraOfTotal: number;
}

/** Before and after, by area and by indicator. */
export function PlanTotals({ plan }: { plan: PlanView }) {
  const text = useText(planText);
  const common = useText(commonText);
  const name = useName();
  const areas = plan.areas.map((area) => ({
    ...area,
    key: area.id,
    name: name(area.name),
    part: area.share,
  }));
  const items = plan.items.map((item) => ({
    ...item,
    key: item.code,
    name: name(item.name),
    part: item.weight,
  }));
  return (
    <Tabs
      className="in-panel"
      items={[
        {
          key: 'areas',
          label: text.byArea,
          children: <Totals rows={areas} first={common.area} part={text.volume} />,
        },
        {
          key: 'items',
          label: text.byItem,
          children: <Totals rows={items} first={common.indicator} part={text.weight} />,
        },
      ]}
    />
  );
}

function Totals({ rows, first, part }: { rows: Total[]; first: string; part: string }) {
  const text = useText(planText);
  const common = useText(commonText);
  const work = useText(planWorkText);
  const columns: TableProps<Total>['columns'] = [
    { title: first, dataIndex: 'name', ellipsis: true },
    {
      title: part,
      key: 'part',
      ...NUMBER,
      sorter: (a, b) => a.part - b.part,
      render: (_, row) => `${decimal(row.part * 100)}%`,
    },
    {
      title: text.now,
      key: 'now',
      ...NUMBER,
      sorter: (a, b) => a.baseline - b.baseline,
      render: (_, row) => decimal(row.baseline),
    },
    ...baselineColumns<Total>(common),
    { title: text.drift, key: 'drift', ...NUMBER, width: 90, render: (_, row) => decimal(row.drift) },
    {
      title: text.target,
      key: 'target',
      ...NUMBER,
      sorter: (a, b) => a.target - b.target,
      render: (_, row) => <b>{decimal(row.target)}</b>,
    },
    {
      title: text.extra,
      key: 'cost',
      ...NUMBER,
      width: 124,
      defaultSortOrder: 'descend',
      sorter: (a, b) => a.cost - b.cost,
      render: (_, row) => resource(row.cost),
    },
    {
      title: work.ofOwn,
      key: 'own',
      ...NUMBER,
      width: 130,
      sorter: (a, b) => a.extraOfOwn - b.extraOfOwn,
      render: (_, row) => resource(row.extraOfOwn),
    },
    {
      title: work.ofAllExtra,
      key: 'ofTotal',
      ...NUMBER,
      width: 130,
      sorter: (a, b) => a.extraOfTotal - b.extraOfTotal,
      render: (_, row) => `${decimal(row.extraOfTotal * 100)}%`,
    },
  ];
  return (
    <Table<Total>
      size="small"
      rowKey="key"
      columns={columns}
      dataSource={rows}
      pagination={false}
      scroll={{ y: 260, x: 920 }}
      showSorterTooltip={false}
    />
  );
}
