import { Button, Popconfirm, type TableProps } from 'antd';
import type { SampleInfo } from '../../../shared/calls/samples.ts';
import { useCall, useChange } from '../../api.ts';
import { PagedTable } from '../../components/long-table.tsx';
import { Fault, Nothing, Ready } from '../../components/states.tsx';
import { moment } from '../../format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { samplesText } from '../../text/samples.ts';
import { useName, useText } from '../../text/use-text.ts';
import { draftOf, type SampleDraft } from './view.ts';

export function SampleList(props: {
  scheme: number;
  editing: number | null;
  onEdit: (draft: SampleDraft) => void;
}) {
  const text = useText(samplesText);
  const samples = useCall('samples.list', {});
  return (
    <Ready of={samples} height={160}>
      {(rows) => (rows.length === 0 ? <Nothing>{text.none}</Nothing> : <Rows rows={rows} {...props} />)}
    </Ready>
  );
}

function Rows(props: {
  rows: SampleInfo[];
  scheme: number;
  editing: number | null;
  onEdit: (draft: SampleDraft) => void;
}) {
  const { rows, scheme, editing, onEdit } = props;
  const text = useText(samplesText);
  const common = useText(commonText);
  const name = useName();
  const { sample, select } = useSession();
  const remove = useChange('samples.delete');
  const columns: TableProps<SampleInfo>['columns'] = [
    {
      title: common.name,
      key: 'name',
      render: (_, one) => (
        <>
          <div className="strong">{one.name}</div>
          <div className="soft">{name(one.words)}</div>
          {one.note && <div className="faint">{one.note}</div>}
        </>
      ),
    },
    {
      title: text.savedAt,
      key: 'saved',
      width: 130,
      render: (_, one) => (
        <span className="soft">
          {moment(one.savedAt)}
          <br />
          {one.actor}
        </span>
      ),
    },
    {
      key: 'actions',
      width: 190,
      render: (_, one) => (
        <div className="row nowrap">
          <Button
            size="small"
            type={sample === one.id ? 'primary' : 'default'}
            onClick={() => select({ sample: sample === one.id ? null : one.id })}
          >
            {sample === one.id ? text.inUse : text.use}
          </Button>
          <Button size="small" type="text" onClick={() => onEdit(draftOf(one, scheme))}>
            {text.edit}
          </Button>
          <Popconfirm
            title={text.removeSure}
            onConfirm={() =>
              remove.mutate(
                { id: one.id },
                { onSuccess: () => sample === one.id && select({ sample: null }) },
              )
            }
          >
            <Button size="small" type="text" danger>
              {text.remove}
            </Button>
          </Popconfirm>
        </div>
      ),
    },
  ];
  return (
    <>
      {remove.error && <Fault error={remove.error} />}
      <PagedTable<SampleInfo>
        rowKey="id"
        columns={columns}
        dataSource={rows}
        pageSize={8}
        rowClassName={(one) => (one.id === editing ? 'chosen' : '')}
      />
    </>
  );
}
