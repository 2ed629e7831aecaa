/** The alerts of a slice, each figure with what it rests on. */
import { type TableProps, Tag } from 'antd';
import dayjs from 'dayjs';
import { useMemo } from 'react';
import type { AlertView } from '../../../shared/calls/alerts.ts';
import { isOverdue } from '../../../shared/domain/alert/overdue.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { LongTable } from '../../components/long-table.tsx';
import { Nothing } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { useScoreFormats } from '../../score-format.ts';
import { alertText } from '../../text/alerts.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { alertTitle, stateNames } from './view.ts';

const NUMBER = { className: 'number', align: 'right' } as const;

export function AlertTable(props: {
  alerts: AlertView[];
  open: number | undefined;
  onOpen: (id: number) => void;
  /** Whether quarters, and channels, are mixed. */
  always: boolean;
  channels: boolean;
}) {
  const { alerts, open, onOpen, always, channels } = props;
  const today = dayjs().format('YYYY-MM-DD');
  const text = useText(alertText);
  const common = useText(commonText);
  const name = useName();
  const states = useMemo(() => stateNames(text), [text]);
  const formats = useScoreFormats();
  const as = (alert: AlertView) => formats(alert.channel, alert.indicator);
  const columns: TableProps<AlertView>['columns'] = [
    ...(always
      ? [
          {
            title: common.quarter,
            key: 'quarter',
            width: 78,
            render: (_: unknown, alert: AlertView) => formatQuarter(alert.quarter),
          },
        ]
      : []),
    { title: common.level, key: 'level', width: 78, render: (_, alert) => common[alert.scopeLevel] },
    {
      title: text.areaAndItem,
      key: 'where',
      render: (_, alert) => (
        <button
          type="button"
          className="link-button cut"
          title={alertTitle(alert, name)}
          onClick={() => onOpen(alert.id)}
        >
          {name(alert.scopeName)} · {name(alert.indicatorName)}
        </button>
      ),
    },
    ...(channels
      ? [
          {
            title: common.channel,
            key: 'channel',
            width: 112,
            ellipsis: true,
            render: (_: unknown, alert: AlertView) => name(alert.channelName),
          },
        ]
      : []),
    {
      title: <span title={text.shiftHint}>{text.shift}</span>,
      key: 'shift',
      ...NUMBER,
      width: 104,
      sorter: (a, b) => a.shift100 - b.shift100,
      render: (_, alert) => (
        <span title={text.shiftHint}>
          <span className={`change ${alert.direction === 'above' ? 'higher' : 'lower'}`}>
            {as(alert).points(alert.shift100)}
          </span>
          <span className="margin">±{as(alert).length(alert.shiftMargin100)}</span>
        </span>
      ),
    },
    {
      title: text.actual,
      key: 'actual',
      ...NUMBER,
      width: 90,
      render: (_, alert) => (
        <span title={text.net(as(alert).figure(alert.adjusted100))}>
          {as(alert).figure(alert.actual100)}
          <span className="margin">±{as(alert).length(alert.actualMargin100)}</span>
        </span>
      ),
    },
    { title: common.base, key: 'base', ...NUMBER, width: 70, render: (_, alert) => count(alert.n) },
    {
      title: text.expected,
      key: 'expected',
      ...NUMBER,
      width: 78,
      render: (_, alert) => as(alert).figure(alert.expected100),
    },
    {
      title: text.state,
      key: 'state',
      width: 78,
      render: (_, alert) => {
        const late = isOverdue(alert, today);
        const title = [alert.owner, alert.due, late ? text.overdue : ''].filter(Boolean).join(' · ');
        return (
          <Tag color={late ? 'error' : undefined} title={title}>
            {states[alert.state]}
          </Tag>
        );
      },
    },
  ];
  return (
    <LongTable<AlertView>
      rowKey="id"
      columns={columns}
      dataSource={alerts}
      scroll={{ y: 620, x: 720 }}
      locale={{ emptyText: <Nothing height={200}>{text.none}</Nothing> }}
      rowClassName={(alert) => (alert.id === open ? 'clickable chosen' : 'clickable')}
      onRow={(alert) => ({ onClick: () => onOpen(alert.id) })}
    />
  );
}
