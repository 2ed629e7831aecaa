import { App, Button, Input, Table, type TableProps, Tabs } from 'antd';
import { useState } from 'react';
import type { ReportFiles } from '../../../shared/calls/reports.ts';
import { host, useCall } from '../../api.ts';
import { LongTable } from '../../components/long-table.tsx';
import { Verbatim } from '../../components/marks.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { bytes, count } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { reportText } from '../../text/reports.ts';
import { useName, useText } from '../../text/use-text.ts';
import { findFiles } from './view.ts';

export function BatchFiles({ batch }: { batch: number }) {
  const text = useText(reportText);
  const files = useCall('reports.files', { batch });
  return (
    <Ready of={files} height={300}>
      {(data) => (
        <Tabs
          className="in-panel"
          items={[
            {
              key: 'files',
              label: text.files(count(data.files.length)),
              children: <Files data={data} batch={batch} />,
            },
            {
              key: 'failures',
              label: text.failures(count(data.failures.length)),
              disabled: data.failures.length === 0,
              children: <Failures data={data} />,
            },
          ]}
        />
      )}
    </Ready>
  );
}

function Files({ data, batch }: { data: ReportFiles; batch: number }) {
  const text = useText(reportText);
  const common = useText(commonText);
  const { message } = App.useApp();
  const [query, setQuery] = useState('');
  const { download } = host();
  const columns: TableProps<ReportFiles['files'][number]>['columns'] = [
    {
      title: common.dealer,
      key: 'dealer',
      ellipsis: true,
      render: (_, one) => <Verbatim>{`${one.dealer} ${one.name}`}</Verbatim>,
    },
    { title: text.file, key: 'file', ellipsis: true, render: (_, one) => <Verbatim>{one.file}</Verbatim> },
    {
      title: text.size,
      key: 'size',
      className: 'number',
      align: 'right',
      width: 80,
      render: (_, one) => bytes(one.bytes),
    },
    {
      title: text.checksum,
      key: 'sha',
      width: 110,
      render: (_, one) => <code title={one.sha256}>{one.sha256.slice(0, 10)}</code>,
    },
    ...(download
      ? [
          {
            key: 'download',
            width: 72,
            render: (_: unknown, one: ReportFiles['files'][number]) => (
              <Button
                type="link"
                size="small"
                aria-label={`${text.download} ${one.file}`}
                onClick={() => void download(batch, one.file).catch((error) => message.error(String(error)))}
              >
                {text.download}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <div className="stack">
      <Input.Search
        allowClear
        placeholder={text.search}
        aria-label={text.search}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <LongTable
        rowKey="file"
        columns={columns}
        dataSource={findFiles(data.files, query)}
        scroll={{ y: 400, x: 560 }}
        locale={{ emptyText: <Nothing height={160}>{text.noFiles}</Nothing> }}
      />
    </div>
  );
}

function Failures({ data }: { data: ReportFiles }) {
  const text = useText(reportText);
  const common = useText(commonText);
  const name = useName();
  return (
    <Table
      size="small"
      rowKey="dealer"
      dataSource={data.failures}
      pagination={false}
      scroll={{ y: 400 }}
      columns={[
        { title: common.dealer, key: 'dealer', width: 200, render: (_, one) => `${one.dealer} ${one.name}` },
        { title: text.reason, key: 'reason', render: (_, one) => name(one.message) },
      ]}
    />
  );
}
