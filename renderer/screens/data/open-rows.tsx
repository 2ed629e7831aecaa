import { App, Modal, Table } from 'antd';
import { useState } from 'react';
import type { BatchView } from '../../../shared/calls/import.ts';
import { host, useCall, useChange } from '../../api.ts';
import { Fault, Ready } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { dataText } from '../../text/data.ts';
import { importText } from '../../text/import.ts';
import { useName, useText } from '../../text/use-text.ts';

/** The rows that a batch kept out, to look at and to write to a file that is corrected and brought in again. */
export function OpenRows({ batch, onClose }: { batch: BatchView; onClose: () => void }) {
  const text = useText(dataText);
  const common = useText(commonText);
  const words = useText(importText);
  const name = useName();
  const { message } = App.useApp();
  const language = useSession((session) => session.language);
  const kept = useCall('import.quarantine', { batch: batch.id });
  const write = useChange('import.exportQuarantine');
  const [fault, setFault] = useState<unknown>(null);
  const save = async () => {
    setFault(null);
    try {
      const stem = batch.fileName.replace(/\.[^.]*$/, '').replaceAll(':', '');
      const file = await host().native.saveFile(`${stem} - ${words.rejected}.xlsx`, [
        { name: 'Excel', extensions: ['xlsx', 'csv'] },
      ]);
      if (!file) return;
      const made = await write.mutateAsync({ batch: batch.id, target: file.path, language });
      await host().fetchSaved?.(file);
      void message.success(words.exportedFaults(count(made.rows)));
    } catch (error) {
      setFault(error);
    }
  };
  return (
    <Modal
      open
      width={900}
      title={text.openRowsTitle(batch.fileName)}
      okText={words.exportFaults}
      cancelText={common.close}
      okButtonProps={{ loading: write.isPending }}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <div className="stack">
        {fault !== null && <Fault error={fault} />}
        <Ready of={kept} height={200}>
          {({ headers, rows }) => (
            <Table
              size="small"
              rowKey="position"
              dataSource={rows.filter((row) => row.correctedBy === null)}
              pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
              scroll={{ x: 420 + Math.min(headers.length, SHOWN) * 110, y: 360 }}
              columns={[
                {
                  title: words.row,
                  dataIndex: 'row',
                  width: 70,
                  className: 'number',
                  align: 'right',
                  fixed: 'left',
                },
                {
                  title: words.issue,
                  key: 'reasons',
                  width: 340,
                  fixed: 'left',
                  render: (_, row) => row.reasons.map((reason) => <div key={reason.en}>{name(reason)}</div>),
                },
                ...headers.slice(0, SHOWN).map((title, i) => ({
                  title,
                  key: `c${i}`,
                  width: 110,
                  ellipsis: true,
                  render: (_: unknown, row: { cells: string[] }) => row.cells[i] ?? '',
                })),
              ]}
            />
          )}
        </Ready>
      </div>
    </Modal>
  );
}

const SHOWN = 20;
