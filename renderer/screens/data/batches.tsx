import { Button, Modal, type TableProps, Tag } from 'antd';
import { useState } from 'react';
import type { BatchView } from '../../../shared/calls/import.ts';
import { CHANNEL_NAMES } from '../../../shared/domain/study-mapping.ts';
import { useCall, useChange } from '../../api.ts';
import { LongTable } from '../../components/long-table.tsx';
import { Verbatim } from '../../components/marks.tsx';
import { Fault, Nothing, Ready } from '../../components/states.tsx';
import { count, moment } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { dataText } from '../../text/data.ts';
import { useName, useText } from '../../text/use-text.ts';
import { OpenRows } from './open-rows.tsx';
import { RestingList } from './resting-list.tsx';
import { quarterSpan } from './view.ts';

const NUMBER = { className: 'number', align: 'right', width: 88 } as const;

export function Batches() {
  const text = useText(dataText);
  const common = useText(commonText);
  const name = useName();
  const batches = useCall('import.batches', {});
  const [looking, setLooking] = useState<BatchView | null>(null);
  const [undoing, setUndoing] = useState<BatchView | null>(null);
  const columns: TableProps<BatchView>['columns'] = [
    { title: '#', dataIndex: 'id', className: 'number', align: 'right', width: 52 },
    {
      title: text.file,
      key: 'file',
      ellipsis: true,
      width: 240,
      render: (_, batch) => <Verbatim>{batch.fileName}</Verbatim>,
    },
    { title: text.study, key: 'study', ellipsis: true, render: (_, batch) => name(batch.studyName) },
    {
      title: common.channel,
      key: 'channel',
      width: 110,
      render: (_, batch) => name(CHANNEL_NAMES[batch.channel]),
    },
    {
      title: text.questionnaire,
      key: 'questionnaire',
      width: 124,
      render: (_, batch) => <Verbatim>{batch.questionnaire}</Verbatim>,
    },
    { title: text.period, key: 'period', width: 130, render: (_, batch) => quarterSpan(batch) },
    { title: text.loaded, key: 'loaded', ...NUMBER, render: (_, batch) => count(batch.rowsLoaded) },
    {
      title: text.rejected,
      key: 'rejected',
      ...NUMBER,
      width: 160,
      render: (_, batch) =>
        batch.rowsOpen > 0 ? (
          <Button type="link" size="small" className="inline-link" onClick={() => setLooking(batch)}>
            {text.openRows(count(batch.rowsOpen))}
          </Button>
        ) : (
          count(batch.rowsRejected)
        ),
    },
    { title: text.at, key: 'at', width: 136, render: (_, batch) => moment(batch.createdAt) },
    {
      title: text.state,
      key: 'state',
      width: 84,
      render: (_, batch) =>
        batch.state === 'committed' ? (
          <Tag color="success">{text.committed}</Tag>
        ) : (
          <Tag title={moment(batch.undoneAt)}>{text.undone}</Tag>
        ),
    },
    {
      key: 'undo',
      width: 76,
      render: (_, batch) =>
        batch.state === 'committed' && (
          <Button
            size="small"
            aria-label={`${text.undo} ${batch.fileName}`}
            onClick={() => setUndoing(batch)}
          >
            {text.undo}
          </Button>
        ),
    },
  ];
  return (
    <Ready of={batches}>
      {(all) => (
        <>
          <LongTable<BatchView>
            rowKey="id"
            columns={columns}
            dataSource={all}
            scroll={{ y: 600, x: 1180 }}
            locale={{ emptyText: <Nothing>{text.noBatches}</Nothing> }}
          />
          {looking && <OpenRows batch={looking} onClose={() => setLooking(null)} />}
          {undoing && <UndoDialog batch={undoing} onClose={() => setUndoing(null)} />}
        </>
      )}
    </Ready>
  );
}

/** Says what rests on a batch before it is undone. */
function UndoDialog({ batch, onClose }: { batch: BatchView; onClose: () => void }) {
  const text = useText(dataText);
  const common = useText(commonText);
  const preview = useCall('import.undoPreview', { batch: batch.id });
  const undo = useChange('import.undo');
  return (
    <Modal
      open
      title={text.undoTitle(batch.fileName)}
      okText={text.undoConfirm}
      cancelText={common.cancel}
      okButtonProps={{ danger: true, disabled: !preview.data, loading: undo.isPending }}
      onOk={() => undo.mutate({ batch: batch.id }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <div className="stack">
        <Ready of={preview} height={120}>
          {(data) => {
            const none =
              data.forecasts.length + data.alertCount + data.plans.length + data.reportBatches.length === 0;
            return (
              <>
                <p>{text.undoLead(count(batch.rowsLoaded))}</p>
                <p className={none ? 'soft' : ''}>{none ? text.undoNothing : text.undoOutdated}</p>
                {!none && <RestingList resting={data} />}
              </>
            );
          }}
        </Ready>
        {undo.error && <Fault error={undo.error} />}
      </div>
    </Modal>
  );
}
