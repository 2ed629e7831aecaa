import { Alert, Table, type TableProps } from 'antd';
import type { Catalog, PlanView } from '../../../shared/views.ts';
import { Later } from '../../components/later.tsx';
import { Panel } from '../../components/panel.tsx';
import { Nothing } from '../../components/states.tsx';
import { count, signed } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { useName, useText } from '../../text/use-text.ts';
import { Pareto } from './pareto.tsx';
import { PlanHeat } from './plan-heat.tsx';
import { PlanTotals } from './plan-totals.tsx';
import { limitName, moveReasons, planSentences, resource } from './view.ts';

type Move = PlanView['moves'][number];

export function PlanResult(props: { plan: PlanView; catalog: Catalog; onUplift?: (uplift: number) => void }) {
  const { plan, catalog, onUplift } = props;
  const text = useText(planText);
  const common = useText(commonText);
  const [headline, ...details] = planSentences(plan, text);
  return (
    <>
      <Alert
        type={plan.outcome === 'infeasible' ? 'warning' : 'info'}
        showIcon
        title={<b>{headline}</b>}
        description={
          <>
            {details.join(' ')}
            {plan.binding.length > 0 && (
              <div>
                {text.limits}
                {': '}
                {plan.binding
                  .map(({ limit, count: n }) => `${limitName(limit, text)} ${text.cellsAt(count(n))}`)
                  .join(common.between)}
              </div>
            )}
          </>
        }
      />
      <div className="two">
        <Panel title={text.pareto} note={onUplift ? text.paretoNote : undefined}>
          <Pareto plan={plan} onUplift={onUplift} />
        </Panel>
        <Panel title={text.moves} note={text.movesNote} flush>
          <Moves plan={plan} catalog={catalog} />
        </Panel>
      </div>
      <Later height={562}>
        <PlanHeat plan={plan} catalog={catalog} />
      </Later>
      <Panel title={`${text.now} → ${text.target}`} note={text.ofPresent}>
        <Later height={348}>
          <PlanTotals plan={plan} />
        </Later>
      </Panel>
    </>
  );
}

function Moves({ plan, catalog }: { plan: PlanView; catalog: Catalog }) {
  const text = useText(planText);
  const common = useText(commonText);
  const name = useName();
  const indicator = (code: string) => {
    const found = catalog.indicators.find((one) => one.code === code);
    return found ? name(found.name) : code;
  };
  const columns: TableProps<Move>['columns'] = [
    { title: common.area, key: 'area', width: 112, ellipsis: true, render: (_, move) => name(move.areaName) },
    {
      title: common.indicator,
      key: 'indicator',
      ellipsis: true,
      render: (_, move) => indicator(move.indicator),
    },
    {
      title: text.gain,
      key: 'gain',
      className: 'number',
      align: 'right',
      width: 100,
      render: (_, move) => signed(move.gain, 3),
    },
    {
      title: text.extra,
      key: 'cost',
      className: 'number',
      align: 'right',
      width: 100,
      render: (_, move) => resource(move.cost),
    },
    {
      title: text.why,
      key: 'why',
      render: (_, move) => moveReasons(move, text).join(common.between),
    },
  ];
  return (
    <Table<Move>
      size="small"
      rowKey={(move) => `${move.area}|${move.indicator}`}
      columns={columns}
      dataSource={plan.moves}
      pagination={false}
      scroll={{ y: 220, x: 560 }}
      locale={{ emptyText: <Nothing height={160}>{text.noMoves}</Nothing> }}
    />
  );
}
