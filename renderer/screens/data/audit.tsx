import { Button, Table, type TableProps } from 'antd';
import { useState } from 'react';
import type { AuditEntry } from '../../../shared/calls/audit.ts';
import { useCall } from '../../api.ts';
import { Verbatim } from '../../components/marks.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { ABSENT, moment } from '../../format.ts';
import { dataText } from '../../text/data.ts';
import { useText } from '../../text/use-text.ts';
import { actionName, detailText } from './view.ts';

const PAGE = 200;

/** The append-only log, the latest first. */
export function Audit() {
  const text = useText(dataText);
  const [before, setBefore] = useState<number | undefined>(undefined);
  const entries = useCall('audit.list', { limit: PAGE, before });
  const columns: TableProps<AuditEntry>['columns'] = [
    { title: '#', dataIndex: 'id', className: 'number', align: 'right', width: 64 },
    { title: text.at, key: 'at', width: 140, render: (_, entry) => moment(entry.at) },
    {
      title: text.actor,
      key: 'actor',
      width: 120,
      ellipsis: true,
      render: (_, entry) => <Verbatim>{entry.actor || ABSENT}</Verbatim>,
    },
    { title: text.action, key: 'action', width: 140, render: (_, entry) => actionName(entry.action, text) },
    {
      title: text.subject,
      key: 'subject',
      width: 220,
      ellipsis: true,
      render: (_, entry) => <Verbatim>{entry.subject}</Verbatim>,
    },
    {
      title: text.detail,
      key: 'detail',
      ellipsis: true,
      render: (_, entry) => (
        <code title={detailText(entry.detail, text)}>{detailText(entry.detail, text)}</code>
      ),
    },
  ];
  return (
    <Ready of={entries}>
      {(all) => (
        <div className="stack">
          <Table<AuditEntry>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={all}
            pagination={false}
            virtual
            scroll={{ y: 600, x: 980 }}
            locale={{ emptyText: <Nothing>{text.noAudit}</Nothing> }}
          />
          {all.length === PAGE && (
            <Button className="self-start" onClick={() => setBefore(all.at(-1)?.id)}>
              {text.earlier}
            </Button>
          )}
        </div>
      )}
    </Ready>
  );
}
