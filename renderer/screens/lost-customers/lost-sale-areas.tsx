import { Segmented, type TableProps } from 'antd';
import { useState } from 'react';
import type { Score } from '../../../shared/calls/figure.ts';
import {
  LOST_SALE_ROLES,
  type LostSaleArea,
  type LostSaleRole,
  type LostSales,
} from '../../../shared/calls/lost.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useCompared, useComparedUnit } from '../../components/compared-scale.ts';
import { PagedTable } from '../../components/long-table.tsx';
import { BaseFigure, baseColumn, ChangeFigure, MarginFigure, ScoreFigure } from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
import { ABSENT, count } from '../../format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { lostText } from '../../text/lost.ts';
import { useName, useText } from '../../text/use-text.ts';
import { percent, roundInterval } from './view.ts';

type Columns = NonNullable<TableProps<LostSaleArea>['columns']>;

const NUMBER = { className: 'number', align: 'right' } as const;
const MOST_ROWS = 20;

/** Lost sales of the place and of those below it: shares by choice, then satisfaction beside buyers. */
export function LostSaleAreas({ sales }: { sales: LostSales }) {
  return (
    <>
      <ShareAreas sales={sales} />
      <ScoreAreas sales={sales} />
    </>
  );
}

function useAreaColumn(): Columns[number] {
  const common = useText(commonText);
  const name = useName();
  const select = useSession((session) => session.select);
  return {
    title: common.area,
    key: 'area',
    ellipsis: true,
    render: (_, area) => (
      <button type="button" className="link-button cut" onClick={() => select({ scope: area.scope })}>
        {name(area.name)}
      </button>
    ),
  };
}

function AreaTable({ sales, columns }: { sales: LostSales; columns: Columns }) {
  return (
    <PagedTable<LostSaleArea>
      rowKey="scope"
      columns={columns}
      dataSource={sales.areas}
      scroll={{ x: 1000 }}
      pageSize={MOST_ROWS}
      rowClassName={(area) => (area === sales.areas[0] ? 'chosen' : '')}
    />
  );
}

function ShareAreas({ sales }: { sales: LostSales }) {
  const text = useText(lostText);
  const name = useName();
  const told = LOST_SALE_ROLES.filter((role) => partOf(sales, role).shares.length > 0);
  const [chosen, setChosen] = useState<LostSaleRole>('reason');
  const role = told.includes(chosen) ? chosen : told[0];
  const first = useAreaColumn();
  if (role === undefined) return null;
  const columns: Columns = [
    first,
    { title: text.lostPeople, key: 'n', ...NUMBER, width: 96, render: (_, area) => count(area.n) },
    ...partOf(sales, role).shares.map((choice, i): Columns[number] => ({
      title: name(choice.label),
      key: choice.value,
      ...NUMBER,
      render: (_, area) => <AreaShareFigure area={area} role={role} at={i} />,
    })),
  ];
  return (
    <Panel
      title={text.byArea}
      note={`${formatQuarter(sales.quarter)} · ${text.shareNote}`}
      flush
      extra={
        <Segmented<LostSaleRole>
          size="small"
          aria-label={text.byArea}
          value={role}
          onChange={setChosen}
          options={told.map((one) => ({ value: one, label: text[one] }))}
        />
      }
    >
      <AreaTable sales={sales} columns={columns} />
    </Panel>
  );
}

const partOf = (sales: LostSales, role: LostSaleRole) => sales.parts.find((part) => part.role === role)!;

/** The largest of an area stands out; the interval follows the share. */
function AreaShareFigure({ area, role, at }: { area: LostSaleArea; role: LostSaleRole; at: number }) {
  const text = useText(lostText);
  const shares = area.shares[role];
  const own = shares[at] ?? null;
  if (own === null)
    return (
      <span className="faint" title={text.tooFew}>
        {ABSENT}
      </span>
    );
  const isLargest = shares.every((other) => (other?.share ?? 0) <= own.share);
  return (
    <span className={area.tier === 'grey' ? 'grey-figure' : ''}>
      <span className={isLargest ? 'strong' : ''}>{percent(own.share)}</span>
      <span className="margin">{roundInterval(own.low, own.high)}</span>
    </span>
  );
}

function ScoreAreas({ sales }: { sales: LostSales }) {
  const text = useText(lostText);
  const common = useText(commonText);
  const name = useName();
  const as = useCompared();
  const unit = useComparedUnit();
  const display = useSession((session) => session.display);
  const first = useAreaColumn();
  const side = (key: string, title: string, of: (area: LostSaleArea) => Score | null): Columns[number] => ({
    title,
    key,
    children: [
      {
        title: common.score,
        key: `${key} score`,
        ...NUMBER,
        width: display === 'levels' ? 112 : 66,
        render: (_, area) => <ScoreFigure score={of(area)} as={as} />,
      },
      {
        title: common.margin,
        key: `${key} margin`,
        ...NUMBER,
        width: 58,
        render: (_, area) => <MarginFigure score={of(area)} as={as} />,
      },
      {
        ...baseColumn(sales.areas.map(of), common),
        key: `${key} base`,
        ...NUMBER,
        render: (_, area) => <BaseFigure score={of(area)} />,
      },
    ],
  });
  const columns: Columns = [
    first,
    side('lost', text.lostScore, (area) => area.lost),
    ...sales.boughtChannels.flatMap(
      (channel, i): Columns => [
        side(channel.channel, text.boughtScore(name(channel.name)), (area) => area.bought[i]?.score ?? null),
        {
          title: text.aboveLost,
          key: `${channel.channel} difference`,
          ...NUMBER,
          width: 124,
          render: (_, area) => <ChangeFigure change={area.bought[i]?.difference ?? null} as={as} />,
        },
      ],
    ),
  ];
  return (
    <Panel
      title={text.scoreByArea}
      note={`${formatQuarter(sales.quarter)} · ${unit} · ${text.scoreNote}`}
      flush
    >
      <AreaTable sales={sales} columns={columns} />
    </Panel>
  );
}
