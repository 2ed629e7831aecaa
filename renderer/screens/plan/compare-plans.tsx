import { Select, Table, type TableProps, Tabs } from 'antd';
import { useState } from 'react';
import type { Catalog } from '../../../shared/calls/catalog.ts';
import type { PlanComparison, PlanInfo } from '../../../shared/calls/plan.ts';
import { useCall } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { ABSENT, count, decimal, signed } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';
import { baselineColumns } from './baseline-columns.tsx';
import { resource } from './view.ts';

const MOST = 6;
const NUMBER = { className: 'number', align: 'right' } as const;

interface Line {
  key: string;
  name: string;
  values: ({ target: number; cost: number } | null)[];
}

/** What to compare at first: the latest plans of one year and channel; nothing where only one stands. */
function comparableWith(plans: readonly PlanInfo[]): number[] {
  const like = plans
    .map((first) => plans.filter(({ year, channel }) => year === first.year && channel === first.channel))
    .find((group) => group.length >= 2);
  return (like ?? []).slice(0, 2).map(({ id }) => id);
}

/** Saved plans side by side; every one is compared with the first. */
export function ComparePlans({ catalog }: { catalog: Catalog }) {
  const work = useText(planWorkText);
  const [picked, setPicked] = useState<number[] | null>(null);
  const plans = useCall('plan.list', {});
  const all = plans.data ?? [];
  const chosen = picked ?? comparableWith(all);
  const comparison = useCall('plan.compare', chosen.length >= 2 ? { plans: chosen } : null);
  return (
    <Panel
      title={work.compare}
      extra={
        <Select
          aria-label={work.choosePlans}
          mode="multiple"
          maxCount={MOST}
          placeholder={work.choosePlans}
          style={{ minWidth: 320 }}
          value={chosen}
          onChange={setPicked}
          optionFilterProp="label"
          options={all.map((plan) => ({
            value: plan.id,
            label: `${plan.name} (${plan.year})`,
          }))}
        />
      }
    >
      {chosen.length < 2 ? (
        <Nothing height={240}>{all.length < 2 ? work.fewPlans : work.choosePlans}</Nothing>
      ) : (
        <Ready of={comparison} height={240}>
          {(data) => <Compared comparison={data} catalog={catalog} />}
        </Ready>
      )}
    </Panel>
  );
}

function Compared({ comparison, catalog }: { comparison: PlanComparison; catalog: Catalog }) {
  const text = useText(planText);
  const common = useText(commonText);
  const work = useText(planWorkText);
  const name = useName();
  const itemName = (code: string) => {
    const item = catalog.indicators.find((one) => one.code === code);
    return item ? name(item.name) : code;
  };
  const methods = { diminishing: text.diminishing, proportional: text.proportional };
  const summary: TableProps<PlanComparison['plans'][number]>['columns'] = [
    { title: common.name, dataIndex: 'name' },
    { title: text.method, key: 'method', render: (_, plan) => methods[plan.method] },
    { title: text.now, key: 'now', ...NUMBER, render: (_, plan) => decimal(plan.baseline) },
    ...baselineColumns<PlanComparison['plans'][number]>(common),
    { title: text.target, key: 'target', ...NUMBER, render: (_, plan) => decimal(plan.target) },
    { title: text.extra, key: 'cost', ...NUMBER, render: (_, plan) => resource(plan.totalCost) },
    {
      title: work.difference,
      key: 'difference',
      ...NUMBER,
      render: (_, plan) => {
        const [base] = comparison.plans;
        return !base || plan.id === base.id
          ? ABSENT
          : `${signed((plan.totalCost - base.totalCost) * 100, 2)}%`;
      },
    },
    { title: work.funded, key: 'funded', ...NUMBER, render: (_, plan) => count(plan.funded) },
  ];
  const areas = comparison.areas.map((area) => ({
    key: area.id,
    name: name(area.name),
    values: area.values,
  }));
  const items = comparison.items.map((item) => ({
    key: item.code,
    name: name(item.name),
    values: item.values,
  }));
  const cells = comparison.cells.map((cell) => ({
    key: `${cell.area}|${cell.indicator}`,
    name: `${name(cell.areaName)} · ${itemName(cell.indicator)}`,
    values: cell.values,
  }));
  const table = (lines: Line[], first: string) => (
    <Lines lines={lines} first={first} plans={comparison.plans} />
  );
  return (
    <div className="stack">
      <Table size="small" rowKey="id" columns={summary} dataSource={comparison.plans} pagination={false} />
      <Tabs
        items={[
          { key: 'areas', label: text.byArea, children: table(areas, common.area) },
          { key: 'items', label: text.byItem, children: table(items, common.indicator) },
          { key: 'cells', label: work.biggestDifferences, children: table(cells, work.plan) },
        ]}
      />
    </div>
  );
}

function Lines({ lines, first, plans }: { lines: Line[]; first: string; plans: PlanComparison['plans'] }) {
  const text = useText(planText);
  const work = useText(planWorkText);
  const columns: TableProps<Line>['columns'] = [
    { title: first, dataIndex: 'name', fixed: 'left', width: 220, ellipsis: true },
    ...plans.map((plan, p) => ({
      title: plan.name,
      key: String(plan.id),
      children: [
        {
          title: text.target,
          key: `target ${plan.id}`,
          ...NUMBER,
          width: 90,
          render: (_: unknown, line: Line) => decimal(line.values[p]?.target),
        },
        {
          title: text.extra,
          key: `cost ${plan.id}`,
          ...NUMBER,
          width: 100,
          render: (_: unknown, line: Line) => {
            const value = line.values[p];
            return value ? resource(value.cost) : ABSENT;
          },
        },
        ...(p === 0
          ? []
          : [
              {
                title: work.differenceTarget,
                key: `rise ${plan.id}`,
                ...NUMBER,
                width: 90,
                render: (_: unknown, line: Line) => {
                  const [own, base] = [line.values[p], line.values[0]];
                  return own && base ? signed(own.target - base.target) : ABSENT;
                },
              },
              {
                title: work.difference,
                key: `difference ${plan.id}`,
                ...NUMBER,
                width: 100,
                render: (_: unknown, line: Line) => {
                  const [own, base] = [line.values[p], line.values[0]];
                  return own && base ? <b>{`${signed((own.cost - base.cost) * 100, 3)}%`}</b> : ABSENT;
                },
              },
            ]),
      ],
    })),
  ];
  return (
    <Table<Line>
      size="small"
      rowKey="key"
      bordered
      columns={columns}
      dataSource={lines}
      pagination={false}
      scroll={{ y: 460, x: 220 + plans.length * 380 }}
    />
  );
}
