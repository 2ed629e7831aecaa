import { Table, type TableProps, Tabs } from 'antd';
import type { PlanView } from '../../../shared/views.ts';
import { decimal } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { useName, useText } from '../../text/use-text.ts';
import { resource } from './view.ts';

const NUMBER = { className: 'number', align: 'right', width: 76 } as const;

interface Total {
  key: string;
  name: string;
  part: number;
  baseline: number;
  target: number;
  cost: number;
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
  ];
  return (
    <Table<Total>
      size="small"
      rowKey="key"
      columns={columns}
      dataSource={rows}
      pagination={false}
      scroll={{ y: 260, x: 440 }}
      showSorterTooltip={false}
    />
  );
}
