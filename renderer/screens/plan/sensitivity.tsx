import { Button, Table, type TableProps, Tag } from 'antd';
import { useMemo } from 'react';
import type { Catalog } from '../../../shared/calls/catalog.ts';
import type { PlanRequest, PlanSensitivityView } from '../../../shared/calls/plan.ts';
import type { PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { useJob } from '../../api.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import { Panel } from '../../components/panel.tsx';
import { Fault } from '../../components/states.tsx';
import { count, decimal } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';
import { usePlanWork } from './plan-store.ts';
import { resource } from './view.ts';

type Cell = PlanSensitivityView['cells'][number];

/** Cells in at least 80 % of the draws of the present choices' test; undefined before it. */
export function useRobustCells(): ReadonlySet<string> | undefined {
  const { value, running } = useJob('plan.sensitivity');
  const { present, tested } = usePlanWork();
  return useMemo(() => {
    if (!value || running || tested !== present) return undefined;
    return new Set(value.cells.flatMap((cell) => (cell.robust ? [`${cell.area}|${cell.indicator}`] : [])));
  }, [value, running, tested, present]);
}

/** What happens to the plan when its assumptions are off; belongs to the choices it was run for. */
export function Sensitivity(props: { request: PlanRequest; plan: PlanView; catalog: Catalog }) {
  const { request, plan, catalog } = props;
  const work = useText(planWorkText);
  const job = useJob('plan.sensitivity');
  const { present, tested, markTested } = usePlanWork();
  const run = () => {
    markTested(present);
    void job.run({ plan: request });
  };
  const found = tested === present ? job.value : undefined;
  return (
    <Panel
      title={work.sensitivity}
      note={work.sensitivityNote}
      extra={
        <Button onClick={run} disabled={job.running}>
          {work.runSensitivity}
        </Button>
      }
    >
      {job.running && <JobProgress of={job} />}
      {job.fault && <Fault error={job.fault} />}
      {!job.running && !found && <p className="hint">{work.sensitivityHint}</p>}
      {!job.running && found && <Found found={found} plan={plan} catalog={catalog} />}
    </Panel>
  );
}

function Found({ found, plan, catalog }: { found: PlanSensitivityView; plan: PlanView; catalog: Catalog }) {
  const text = useText(planText);
  const common = useText(commonText);
  const work = useText(planWorkText);
  const name = useName();
  const robust = found.cells.filter((cell) => cell.robust).length;
  const areaName = (id: string) => {
    const area = plan.areas.find((one) => one.id === id);
    return area ? name(area.name) : id;
  };
  const itemName = (code: string) => {
    const item = catalog.indicators.find((one) => one.code === code);
    return item ? name(item.name) : code;
  };
  const columns: TableProps<Cell>['columns'] = [
    { title: common.area, key: 'area', render: (_, cell) => areaName(cell.area) },
    { title: common.indicator, key: 'indicator', render: (_, cell) => itemName(cell.indicator) },
    {
      title: work.inDraws,
      key: 'share',
      className: 'number',
      align: 'right',
      width: 110,
      render: (_, cell) => `${decimal(cell.share * 100, 0)}%`,
    },
    {
      key: 'robust',
      width: 90,
      render: (_, cell) => cell.robust && <Tag color="success">{work.robust}</Tag>,
    },
  ];
  return (
    <div className="two">
      <ul className="plain-list stack">
        <li>
          {text.extra} <b>{resource(plan.totalCost)}</b>
        </li>
        {found.totalCost && (
          <li>
            {work.range(
              resource(found.totalCost.low),
              resource(found.totalCost.middle),
              resource(found.totalCost.high),
            )}
          </li>
        )}
        {found.cases.map((one) => (
          <li key={`${one.assumption} ${one.factor}`}>
            {work.caseOf(
              one.assumption === 'effect' ? work.ofEffect : work.ofCeiling,
              decimal(one.factor, 2),
            )}
            {': '}
            <b>{one.totalCost === null ? work.unreachable : resource(one.totalCost)}</b>
          </li>
        ))}
        <li>{work.robustCells(count(robust), count(found.cells.length))}</li>
        {found.infeasible > 0 && <li>{work.infeasibleDraws(count(found.infeasible))}</li>}
      </ul>
      <Table<Cell>
        size="small"
        rowKey={(cell) => `${cell.area}|${cell.indicator}`}
        columns={columns}
        dataSource={[...found.cells].sort((a, b) => b.share - a.share).slice(0, 60)}
        pagination={false}
        scroll={{ y: 220 }}
      />
    </div>
  );
}
