import type { TableProps } from 'antd';
import type { LossUnit } from '../../../shared/calls/lost.ts';
import { LAPSE_WORDS, LOSS_RATE_WORDS } from '../../../shared/domain/visits/lapse-words.ts';
import { PagedTable } from '../../components/long-table.tsx';
import { Verbatim } from '../../components/marks.tsx';
import { ABSENT, count } from '../../format.ts';
import { useSession } from '../../session.ts';
import { lostText } from '../../text/lost.ts';
import { useName, useText } from '../../text/use-text.ts';
import { percent, roundInterval } from './view.ts';

/** Dealers or advisers by loss rate, with their place in the funnel. */
export function LossUnits(props: { units: LossUnit[]; first: string; within?: boolean }) {
  const { units, first, within } = props;
  const text = useText(lostText);
  const name = useName();
  const select = useSession((session) => session.select);
  const number = { className: 'number', align: 'right' } as const;
  const position = {
    'far-above': { label: text.farAbove, className: 'change lower' },
    above: { label: text.above, className: 'change lower' },
    inside: { label: text.inside, className: 'soft' },
    below: { label: text.below, className: 'change higher' },
    'far-below': { label: text.farBelow, className: 'change higher' },
  };
  const columns: TableProps<LossUnit>['columns'] = [
    {
      title: first,
      key: 'name',
      ellipsis: true,
      render: (_, unit) =>
        within ? (
          <>
            <Verbatim>{name(unit.name)}</Verbatim>{' '}
            <span className="faint">{unit.within && <Verbatim>{name(unit.within)}</Verbatim>}</span>
          </>
        ) : (
          <button type="button" className="link-button cut" onClick={() => select({ scope: unit.id })}>
            <Verbatim>{name(unit.name)}</Verbatim>
          </button>
        ),
    },
    {
      title: text.customers,
      key: 'n',
      ...number,
      width: 96,
      sorter: (a, b) => a.n - b.n,
      render: (_, unit) => <span title={text.customersNote}>{count(unit.n)}</span>,
    },
    {
      title: name(LAPSE_WORDS.marginal),
      key: 'marginal',
      ...number,
      width: 84,
      sorter: (a, b) => a.states.marginal - b.states.marginal,
      render: (_, unit) => (unit.rate === null ? ABSENT : count(unit.states.marginal)),
    },
    {
      title: name(LOSS_RATE_WORDS.name),
      key: 'rate',
      ...number,
      width: 122,
      sorter: (a, b) => (a.rate ?? -1) - (b.rate ?? -1),
      render: (_, unit) =>
        unit.rate === null ? (
          <span className="faint" title={text.few}>
            {ABSENT}
          </span>
        ) : (
          <span className={unit.tier === 'grey' ? 'grey-figure' : ''}>
            {percent(unit.rate)}
            <span className="margin" title={text.interval}>
              {roundInterval(unit.low, unit.high)}
            </span>
          </span>
        ),
    },
    {
      title: text.position,
      key: 'position',
      width: 96,
      render: (_, unit) =>
        unit.funnel === null ? (
          <span className="faint" title={text.unranked}>
            {ABSENT}
          </span>
        ) : (
          <span className={position[unit.funnel].className}>{position[unit.funnel].label}</span>
        ),
    },
  ];
  return <PagedTable<LossUnit> rowKey="id" columns={columns} dataSource={units} pageSize={10} />;
}
