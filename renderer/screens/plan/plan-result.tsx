import { Alert, Table, type TableProps } from 'antd';
import type { Catalog } from '../../../shared/calls/catalog.ts';
import { baselineMargin, type PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { boundSentence, limitName, moveReasons, priceSentence } from '../../../shared/report/plan-words.ts';
import { Later } from '../../components/later.tsx';
import { Panel } from '../../components/panel.tsx';
import { Nothing } from '../../components/states.tsx';
import { ABSENT, count, decimal, small } from '../../format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';
import { Pareto } from './pareto.tsx';
import { PlanHeat } from './plan-heat.tsx';
import { PlanTotals } from './plan-totals.tsx';
import { planSentences, resource } from './view.ts';

const NUMBER = { className: 'number', align: 'right' } as const;

type Move = PlanView['moves'][number];

export function PlanResult(props: {
  plan: PlanView;
  catalog: Catalog;
  onUplift?: (uplift: number) => void;
  onCell?: (area: string, indicator: string) => void;
  /** Cells that stay in the plan whatever the assumptions; known once they were tested. */
  robust?: ReadonlySet<string> | undefined;
}) {
  const { plan, catalog, onUplift, onCell, robust } = props;
  const text = useText(planText);
  const [headline, ...details] = planSentences(plan, text);
  return (
    <>
      <Alert
        type={plan.outcome === 'infeasible' ? 'warning' : 'info'}
        showIcon
        title={<b>{headline}</b>}
        description={
          <>
            {typeof plan.margin100 === 'number' &&
              `${text.rests(decimal(plan.baseline), decimal(plan.margin100), count(plan.n))} `}
            {details.join(' ')}
            {plan.driftPending && <div className="hint">{text.driftPending}</div>}
            <Obstacles plan={plan} />
            <Prices plan={plan} />
          </>
        }
      />
      <div className="two pareto-moves">
        <Panel title={text.pareto} note={onUplift ? text.paretoNote : undefined}>
          <Pareto plan={plan} onUplift={onUplift} />
        </Panel>
        <Panel title={text.moves} note={text.movesNote} flush>
          <Moves plan={plan} catalog={catalog} />
        </Panel>
      </div>
      <Later height={562}>
        <PlanHeat plan={plan} catalog={catalog} onCell={onCell} robust={robust} />
        <Milestones plan={plan} />
      </Later>
      <Panel title={`${text.now} → ${text.target}`} note={text.ofPresent}>
        <Later height={348}>
          <PlanTotals plan={plan} />
        </Later>
      </Panel>
    </>
  );
}

/** Why there is no plan: limits in the way, cells at their bounds, floors out of reach. */
function Obstacles({ plan }: { plan: PlanView }) {
  const text = useText(planText);
  const work = useText(planWorkText);
  const common = useText(commonText);
  const name = useName();
  const language = useSession((session) => session.language);
  const { binding, inTheWay, floorsOutOfReach, items } = plan;
  const itemName = (code: string) => {
    const item = items.find((one) => one.code === code);
    return item ? name(item.name) : code;
  };
  const others = inTheWay.filter(({ kind }) => kind !== 'overall-target');
  const join = (words: string[]) => words.join(common.between);
  return (
    <>
      {others.length > 0 && (
        <div>
          {work.inTheWay}: {join(others.map((limit) => limitName(limit, language)))}
        </div>
      )}
      {floorsOutOfReach.length > 0 && (
        <div>
          {work.floorsOut}:{' '}
          {join(
            floorsOutOfReach.slice(0, 6).map((cell) => `${name(cell.areaName)} ${itemName(cell.indicator)}`),
          )}
        </div>
      )}
      {binding.length > 0 && (
        <div>
          {text.limits}: {join(binding.map((one) => boundSentence(one, language)))}
        </div>
      )}
    </>
  );
}

/** What limits beyond the overall target cost, the dearest first. */
function Prices({ plan }: { plan: PlanView }) {
  const work = useText(planWorkText);
  const language = useSession((session) => session.language);
  const prices = plan.prices.filter(({ kind }) => kind !== 'overall-target').slice(0, 5);
  if (prices.length === 0) return null;
  return (
    <div>
      {work.prices}:{' '}
      {prices.map((price) => (
        <span key={`${price.kind} ${price.id}`}>{priceSentence(price, language)} </span>
      ))}
    </div>
  );
}

function Milestones({ plan }: { plan: PlanView }) {
  const work = useText(planWorkText);
  if (plan.milestones.length === 0) return null;
  return (
    <Panel title={work.milestones} note={work.milestonesNote}>
      <dl className="plan-figures">
        {plan.milestones.map(({ quarter, score }) => (
          <div key={quarter}>
            <dt>{formatQuarter(quarter)}</dt>
            <dd>
              <b>{decimal(score)}</b>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

const keyOf = ({ area, indicator }: Move) => `${area}|${indicator}`;

/** The reasons of a move stand on a line of their own below its figures. */
function Moves({ plan, catalog }: { plan: PlanView; catalog: Catalog }) {
  const text = useText(planText);
  const common = useText(commonText);
  const language = useSession((session) => session.language);
  const name = useName();
  const indicator = (code: string) => {
    const found = catalog.indicators.find((one) => one.code === code);
    return found ? name(found.name) : code;
  };
  const cellOf = (move: Move) =>
    plan.cells.find((one) => one.area === move.area && one.indicator === move.indicator);
  const columns: TableProps<Move>['columns'] = [
    { title: common.area, key: 'area', width: 100, ellipsis: true, render: (_, move) => name(move.areaName) },
    {
      title: common.indicator,
      key: 'indicator',
      ellipsis: true,
      render: (_, move) => indicator(move.indicator),
    },
    {
      title: `${text.now} → ${text.target}`,
      key: 'scores',
      ...NUMBER,
      width: 128,
      render: (_, move) => {
        const cell = cellOf(move);
        return (
          cell && (
            <>
              <span
                className={cell.shrunk ? 'grey-figure' : ''}
                title={cell.shrunk ? text.shrunk : undefined}
              >
                {decimal(cell.baseline)}
              </span>
              <span className="margin">±{decimal(baselineMargin(cell))}</span> → {decimal(cell.target)}
            </>
          )
        );
      },
    },
    {
      title: common.base,
      key: 'base',
      ...NUMBER,
      width: 62,
      render: (_, move) => <span className="soft">{count(cellOf(move)?.n)}</span>,
    },
    { title: text.gain, key: 'gain', ...NUMBER, width: 72, render: (_, move) => `+${small(move.gain)}` },
    { title: text.extra, key: 'cost', ...NUMBER, width: 108, render: (_, move) => resource(move.cost) },
    {
      title: <span title={text.savesHint}>{text.saves}</span>,
      key: 'saves',
      ...NUMBER,
      width: 80,
      render: (_, move) => (move.saved === undefined ? ABSENT : resource(move.saved)),
    },
  ];
  return (
    <Table<Move>
      size="small"
      rowKey={keyOf}
      className="reasoned"
      columns={columns}
      dataSource={plan.moves}
      pagination={false}
      scroll={{ x: 690 }}
      expandable={{
        expandedRowKeys: plan.moves.map(keyOf),
        showExpandColumn: false,
        expandedRowRender: (move) => (
          <span className="faint" title={text.whyHint}>
            {text.reasons(moveReasons(move, language).join(common.between))}
          </span>
        ),
      }}
      locale={{
        emptyText: (
          <Nothing height={160}>{plan.outcome === 'infeasible' ? text.noPlan : text.noMoves}</Nothing>
        ),
      }}
    />
  );
}
