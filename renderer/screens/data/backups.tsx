import { App, Button, Popconfirm, Table, type TableProps, Tag } from 'antd';
import { useState } from 'react';
import type { BackupView, ReplacedView } from '../../../shared/calls/backups.ts';
import { call, useCall, useChange, useJob } from '../../api.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import { Verbatim } from '../../components/marks.tsx';
import { Fault, Nothing, Ready } from '../../components/states.tsx';
import { bytes, moment } from '../../format.ts';
import type { Said } from '../../text/both.ts';
import { dataText } from '../../text/data.ts';
import { useText } from '../../text/use-text.ts';
import { reasonName } from './view.ts';

export function Backups() {
  const text = useText(dataText);
  const { message } = App.useApp();
  const backups = useCall('backups.list', {});
  const create = useJob('backups.create');
  const restore = useChange('backups.restore');
  const remove = useChange('backups.delete');
  const start = async () => {
    if (await create.run({})) void message.success(text.backupMade);
  };
  const columns: TableProps<BackupView>['columns'] = [
    { title: text.at, key: 'at', width: 150, render: (_, one) => moment(one.createdAt) },
    { title: text.reason, key: 'reason', width: 120, render: (_, one) => reasonName(one.reason, text) },
    { title: text.file, key: 'name', ellipsis: true, render: (_, one) => <Verbatim>{one.name}</Verbatim> },
    {
      title: text.size,
      key: 'size',
      width: 100,
      className: 'number',
      align: 'right',
      render: (_, one) => bytes(one.bytes),
    },
    {
      title: text.checksum,
      key: 'sha',
      width: 120,
      render: (_, one) => <code title={one.sha256}>{one.sha256.slice(0, 10)}</code>,
    },
    {
      key: 'actions',
      width: 480,
      render: (_, one) => (
        <span className="row">
          <Verify name={one.name} />
          <Popconfirm
            title={text.restoreAsk}
            styles={{ root: { maxWidth: 420 } }}
            onConfirm={() =>
              restore.mutate({ name: one.name }, { onSuccess: () => void message.success(text.restored) })
            }
          >
            <Button size="small" loading={restore.isPending && restore.variables.name === one.name}>
              {text.restore}
            </Button>
          </Popconfirm>
          <Popconfirm
            title={text.deleteBackupAsk}
            okButtonProps={{ danger: true }}
            onConfirm={() => remove.mutate({ name: one.name })}
          >
            <Button size="small" danger type="text">
              {text.deleteBackup}
            </Button>
          </Popconfirm>
        </span>
      ),
    },
  ];
  const fault = create.fault ?? restore.error ?? remove.error;
  return (
    <div className="stack">
      <p className="soft">{text.backupRules}</p>
      <div className="row">
        <Button type="primary" disabled={create.running} onClick={() => void start()}>
          {text.backupNow}
        </Button>
        <div className="grow">
          <JobProgress of={create} />
        </div>
      </div>
      {fault && <Fault error={fault} />}
      <Ready of={backups}>
        {(all) => (
          <Table<BackupView>
            size="small"
            rowKey="name"
            columns={columns}
            dataSource={all}
            pagination={false}
            locale={{ emptyText: <Nothing>{text.noBackups}</Nothing> }}
          />
        )}
      </Ready>
      <Replaced />
    </div>
  );
}

/** What restores put aside: it takes room and may name people who were erased since. */
function Replaced() {
  const text = useText(dataText);
  const replaced = useCall('backups.replaced', {});
  const remove = useChange('backups.deleteReplaced');
  if (!replaced.data || replaced.data.length === 0) return null;
  const columns: TableProps<ReplacedView>['columns'] = [
    { title: text.replacedAt, key: 'at', width: 150, render: (_, one) => moment(one.replacedAt) },
    {
      title: text.replacedFolder,
      key: 'folder',
      ellipsis: true,
      render: (_, one) => <Verbatim>{one.folder}</Verbatim>,
    },
    {
      title: text.size,
      key: 'size',
      width: 100,
      className: 'number',
      align: 'right',
      render: (_, one) => bytes(one.bytes),
    },
    {
      key: 'actions',
      width: 120,
      render: (_, one) => (
        <Popconfirm
          title={text.deleteReplacedAsk}
          okButtonProps={{ danger: true }}
          onConfirm={() => remove.mutate({ name: one.name })}
        >
          <Button size="small" danger type="text">
            {text.deleteBackup}
          </Button>
        </Popconfirm>
      ),
    },
  ];
  return (
    <>
      <h3 className="section-title">{text.replaced}</h3>
      <p className="soft">{text.replacedHint}</p>
      {remove.error && <Fault error={remove.error} />}
      <Table<ReplacedView>
        size="small"
        rowKey="name"
        columns={columns}
        dataSource={replaced.data}
        pagination={false}
      />
    </>
  );
}

/** Reads the whole backup again and compares it with its checksum. */
function Verify({ name }: { name: string }) {
  const text = useText(dataText);
  const { message } = App.useApp();
  const [state, setState] = useState<'idle' | 'running' | { ok: boolean; detail: string }>('idle');
  const run = async () => {
    setState('running');
    try {
      setState(await call('backups.verify', { name }));
    } catch (error) {
      setState('idle');
      void message.error(<Fault error={error} />);
    }
  };
  return (
    <>
      <Button size="small" loading={state === 'running'} onClick={() => void run()}>
        {text.verify}
      </Button>
      {typeof state === 'object' && (
        <Tag color={state.ok ? 'success' : 'error'}>
          {state.ok ? text.verified : text.damaged(faultWords(state.detail, text))}
        </Tag>
      )}
    </>
  );
}

/** What a check found, in words; a size speaks for itself. */
function faultWords(detail: string, text: Said<typeof dataText>): string {
  return { 'SHA-256': text.contentChanged, absent: text.fileGone }[detail] ?? detail;
}
