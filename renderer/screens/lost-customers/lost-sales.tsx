import { Select, Table, type TableProps } from 'antd';
import {
  LOST_SALE_ROLES,
  type LostSaleArea,
  type LostSalePart,
  type LostSaleRole,
  type LostSales,
} from '../../../shared/calls/lost.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useCall, useChange } from '../../api.ts';
import { BaseFigure, ScoreFigure } from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
import { Field, QuarterPicker, type ReadySlice, SchemePicker, ScopePicker } from '../../components/slice.tsx';
import { Fault, Nothing, Ready } from '../../components/states.tsx';
import { ABSENT, count } from '../../format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { lostText } from '../../text/lost.ts';
import { useName, useText } from '../../text/use-text.ts';
import { percent } from './view.ts';

/** Why sales were lost, to whom and when, beside the satisfaction of those who bought. */
export function LostSalesPart({ slice }: { slice: ReadySlice }) {
  const text = useText(lostText);
  const { scheme, scope, quarter, catalog } = slice;
  const has = catalog.channels.some(({ channel }) => channel === 'lost-sale');
  const sales = useCall('lost.sales', has ? { scheme, scope, quarter } : null);
  if (!has) return <Nothing height={300}>{text.noSales}</Nothing>;
  return (
    <div className="stack">
      <div className="filters">
        <ScopePicker slice={slice} />
        <SchemePicker slice={slice} />
        <QuarterPicker slice={slice} quarters={sales.data?.quarters} />
        {sales.data && <Roles sales={sales.data} />}
      </div>
      <Ready of={sales} height={500}>
        {(data) => (
          <>
            <div className="three">
              {data.parts.map((part) => (
                <Part key={part.role} part={part} />
              ))}
            </div>
            <Areas sales={data} />
          </>
        )}
      </Ready>
    </div>
  );
}

function Roles({ sales }: { sales: LostSales }) {
  const text = useText(lostText);
  const name = useName();
  const save = useChange('lost.setRoles');
  const chosen = Object.fromEntries(sales.parts.map((part) => [part.role, part.attribute])) as Record<
    LostSaleRole,
    string | null
  >;
  return (
    <>
      {LOST_SALE_ROLES.map((role) => (
        <Field key={role} label={text.toldBy(text[role])} width={190}>
          {(id) => (
            <Select
              id={id}
              allowClear
              placeholder={text.noRole}
              value={chosen[role] ?? undefined}
              onChange={(code?: string) => save.mutate({ ...chosen, [role]: code ?? null })}
              options={sales.attributes.map((one) => ({ value: one.code, label: name(one.label) }))}
            />
          )}
        </Field>
      ))}
      {save.error && <Fault error={save.error} />}
    </>
  );
}

function Part({ part }: { part: LostSalePart }) {
  const text = useText(lostText);
  const common = useText(commonText);
  const name = useName();
  const note = part.label ? `${name(part.label)} · ${common.base} ${count(part.n)}` : undefined;
  return (
    <Panel title={text[part.role]} note={note}>
      {part.attribute === null && <p className="soft">{text.unset}</p>}
      {part.attribute !== null && part.shares.length === 0 && <p className="soft">{text.tooFew}</p>}
      {part.shares.length > 0 && (
        <table className={`plain wide ${part.tier === 'grey' ? 'grey-figure' : ''}`}>
          <thead>
            <tr>
              <th scope="col">{text[part.role]}</th>
              <th scope="col">{text.share}</th>
              <th scope="col">{text.interval}</th>
              <th scope="col">{text.change}</th>
              <th scope="col">{text.byTime}</th>
            </tr>
          </thead>
          <tbody>
            {part.shares.map((one, i) => (
              <tr key={one.value}>
                <th scope="row">{name(one.label)}</th>
                <td>{percent(one.share)}</td>
                <td className="soft">{`${percent(one.low)} – ${percent(one.high)}`}</td>
                <td>
                  <ShareChange change={one.change} />
                </td>
                <td>
                  <Strip part={part} at={i} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function ShareChange({ change }: { change: LostSalePart['shares'][number]['change'] }) {
  const text = useText(commonText);
  if (!change) return <span className="faint">{ABSENT}</span>;
  const { points100, significance } = change;
  const arrow = significance === 'higher' ? '▲' : significance === 'lower' ? '▼' : '';
  // More of a reason is neither better nor worse, so the mark has no colour of its own.
  return (
    <span
      className={significance === 'none' ? 'soft' : 'strong'}
      title={significance === 'none' ? text.notSignificant : text[significance]}
    >
      {`${arrow} ${points100 >= 0 ? '+' : '−'}${Math.abs(points100).toFixed(1)}`}
    </span>
  );
}

const HEIGHT = 20;

/** A choice's share quarter by quarter. */
function Strip({ part, at }: { part: LostSalePart; at: number }) {
  const text = useText(lostText);
  const most = Math.max(0.01, ...part.quarters.flatMap(({ shares }) => shares.map((share) => share ?? 0)));
  return (
    <svg
      className="bars"
      width={part.quarters.length * 9}
      height={HEIGHT}
      role="img"
      aria-label={text.byTime}
    >
      {part.quarters.map(({ quarter, n, shares }, i) => {
        const share = shares[at] ?? null;
        const height = Math.max(1, ((share ?? 0) / most) * HEIGHT);
        return (
          <rect key={quarter} x={i * 9} y={HEIGHT - height} width={7} height={height}>
            <title>{`${formatQuarter(quarter)}  ${percent(share)} (${count(n)})`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

function Areas({ sales }: { sales: LostSales }) {
  const text = useText(lostText);
  const common = useText(commonText);
  const name = useName();
  const select = useSession((session) => session.select);
  const number = { className: 'number', align: 'right' } as const;
  const top = (role: LostSaleRole, area: LostSaleArea) => {
    const part = sales.parts.find((one) => one.role === role)!;
    const shares = area.shares[role];
    const best = shares.reduce<number>((at, share, i) => ((share ?? -1) > (shares[at] ?? -1) ? i : at), 0);
    const share = shares[best] ?? null;
    if (share === null || !part.shares[best]) return <span className="faint">{ABSENT}</span>;
    return (
      <span className={area.tier === 'grey' ? 'grey-figure' : ''}>
        {name(part.shares[best].label)} {percent(share)}
      </span>
    );
  };
  const columns: TableProps<LostSaleArea>['columns'] = [
    {
      title: common.area,
      key: 'area',
      render: (_, area) => (
        <button type="button" className="link-button" onClick={() => select({ scope: area.scope })}>
          {name(area.name)}
        </button>
      ),
    },
    { title: text.people, key: 'n', ...number, width: 80, render: (_, area) => count(area.n) },
    { title: text.topReason, key: 'reason', render: (_, area) => top('reason', area) },
    { title: text.topBrand, key: 'brand', render: (_, area) => top('brand', area) },
    { title: text.topStage, key: 'stage', render: (_, area) => top('stage', area) },
    {
      title: text.lostScore,
      key: 'lost',
      ...number,
      width: 130,
      render: (_, area) => <ScoreFigure score={area.lost} />,
    },
    ...sales.boughtChannels.flatMap(
      (channel, i): NonNullable<TableProps<LostSaleArea>['columns']> => [
        {
          title: text.boughtScore(name(channel.name)),
          key: channel.channel,
          ...number,
          width: 150,
          render: (_, area) => <ScoreFigure score={area.bought[i]?.score ?? null} />,
        },
        {
          title: common.base,
          key: `${channel.channel} base`,
          ...number,
          width: 80,
          render: (_, area) => <BaseFigure score={area.bought[i]?.score ?? null} />,
        },
      ],
    ),
  ];
  return (
    <Panel title={text.byArea} note={`${text.byAreaNote} · ${formatQuarter(sales.quarter)}`} flush>
      <Table<LostSaleArea>
        size="small"
        rowKey="scope"
        columns={columns}
        dataSource={sales.areas}
        pagination={sales.areas.length > 20 ? { pageSize: 20, size: 'small' } : false}
        rowClassName={(_, i) => (i === 0 ? 'chosen' : '')}
      />
    </Panel>
  );
}
