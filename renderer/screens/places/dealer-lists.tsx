import { Button, Modal, Table, type TableProps, Tag } from 'antd';
import { useState } from 'react';
import type { DealerListUndo, DealerListView } from '../../../shared/calls/places.ts';
import { call, useCall, useChange } from '../../api.ts';
import { Verbatim } from '../../components/marks.tsx';
import { Fault, Nothing, Ready } from '../../components/states.tsx';
import { count, moment } from '../../format.ts';
import { dataText } from '../../text/data.ts';
import { placesText } from '../../text/places.ts';
import { useName, useText } from '../../text/use-text.ts';

/** The lists that were loaded; each can be taken back, after a look at what that does. */
export function DealerLists() {
  const text = useText(placesText);
  const data = useText(dataText);
  const lists = useCall('places.lists', {});
  const [undo, setUndo] = useState<DealerListUndo | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const look = (list: number) => {
    setFault(null);
    call('places.undoList', { list, preview: true }).then(setUndo, setFault);
  };
  const columns: TableProps<DealerListView>['columns'] = [
    { title: '#', dataIndex: 'id', width: 60, align: 'right', className: 'number' },
    { title: data.file, key: 'file', render: (_, one) => <Verbatim>{one.fileName}</Verbatim> },
    { title: text.isNew, key: 'added', width: 100, align: 'right', render: (_, one) => count(one.added) },
    {
      title: text.isChanged,
      key: 'changed',
      width: 100,
      align: 'right',
      render: (_, one) => count(one.changed),
    },
    { title: data.at, key: 'at', width: 150, render: (_, one) => moment(one.at) },
    {
      key: 'undo',
      width: 170,
      render: (_, one) =>
        one.undoneAt ? (
          <Tag title={moment(one.undoneAt)}>{text.undone}</Tag>
        ) : (
          <Button size="small" aria-label={`${text.undo} ${one.fileName}`} onClick={() => look(one.id)}>
            {text.undo}
          </Button>
        ),
    },
  ];
  return (
    <Ready of={lists}>
      {(all) =>
        all.length === 0 ? (
          <Nothing height={300}>{text.noLists}</Nothing>
        ) : (
          <div className="stack">
            {fault !== null && <Fault error={fault} />}
            <Table<DealerListView>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={all}
              pagination={false}
            />
            {undo && <UndoList undo={undo} onClose={() => setUndo(null)} />}
          </div>
        )
      }
    </Ready>
  );
}

function UndoList({ undo, onClose }: { undo: DealerListUndo; onClose: () => void }) {
  const text = useText(placesText);
  const name = useName();
  const take = useChange('places.undoList');
  return (
    <Modal
      open
      title={text.undoTitle(undo.list.fileName)}
      okText={text.undo}
      okButtonProps={{ danger: true, loading: take.isPending }}
      onCancel={onClose}
      onOk={() => take.mutate({ list: undo.list.id }, { onSuccess: onClose })}
    >
      <div className="stack">
        <p>{text.undoLead(count(undo.restored.length))}</p>
        {undo.kept.length > 0 && (
          <>
            <p>{text.undoKept}</p>
            <ul className="bullets">
              {undo.kept.map(({ code, reason }) => (
                <li key={code}>
                  {code} · {name(reason)}
                </li>
              ))}
            </ul>
          </>
        )}
        {take.error && <Fault error={take.error} />}
      </div>
    </Modal>
  );
}
