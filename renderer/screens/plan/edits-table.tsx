import type { TableProps } from 'antd';
import type { PlanEdits } from '../../../shared/calls/plan.ts';
import type { PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { PagedTable } from '../../components/long-table.tsx';
import { Nothing } from '../../components/states.tsx';
import { decimal } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';
import { TableProblems } from './table-import.tsx';
import { resource } from './view.ts';

type Change = PlanEdits['changes'][number];

function shown(change: Change, value: Change['before']): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value === '' ? '–' : value;
  return change.field === 'extra' ? resource(value) : decimal(value, 2);
}

/** What was changed in a workbook, before and after. */
export function EditsTable({ edits, plan }: { edits: PlanEdits; plan: PlanView }) {
  const text = useText(planText);
  const common = useText(commonText);
  const work = useText(planWorkText);
  const name = useName();
  const fields = {
    target: text.target,
    extra: text.extra,
    ceiling: work.ceiling,
    effect: work.effect,
    cost: work.costFactor,
    note: work.note,
  };
  const itemName = (code: string) => {
    const item = plan.items.find((one) => one.code === code);
    return item ? name(item.name) : code;
  };
  const columns: TableProps<Change>['columns'] = [
    { title: common.area, key: 'area', render: (_, change) => name(change.areaName) },
    { title: common.indicator, key: 'indicator', render: (_, change) => itemName(change.indicator) },
    { title: work.what, key: 'field', render: (_, change) => fields[change.field] },
    {
      title: work.before,
      key: 'before',
      align: 'right',
      render: (_, change) => shown(change, change.before),
    },
    {
      title: work.after,
      key: 'after',
      align: 'right',
      render: (_, change) => <b>{shown(change, change.after)}</b>,
    },
  ];
  return (
    <>
      <TableProblems problems={edits.problems} />
      <PagedTable<Change>
        rowKey={(change) => `${change.area}|${change.indicator}|${change.field}`}
        columns={columns}
        dataSource={edits.changes}
        pageSize={12}
        locale={{ emptyText: <Nothing height={120}>{work.noEdits}</Nothing> }}
      />
    </>
  );
}
