import { Button, Modal, Popconfirm, Table } from 'antd';
import { useState } from 'react';
import type { PlaceAlias } from '../../../shared/calls/import.ts';
import { useCall, useChange } from '../../api.ts';
import { Verbatim } from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
import type { PlaceChoices } from '../../components/place-choice.ts';
import { PlaceMatching } from '../../components/place-matching.tsx';
import { Fault, Nothing, Ready } from '../../components/states.tsx';
import { moment } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { dataText } from '../../text/data.ts';
import { importText } from '../../text/import.ts';
import { useText } from '../../text/use-text.ts';

/** Names of dealers and cities that were matched by hand and that later imports follow. */
export function SavedAliases() {
  const text = useText(dataText);
  const common = useText(commonText);
  const words = useText(importText);
  const aliases = useCall('aliases.list', {});
  const remove = useChange('aliases.delete');
  const [open, setOpen] = useState<PlaceAlias | null>(null);
  const meant = (action: 'match' | 'new' | 'leave', label: string, target: string) =>
    action === 'leave' ? words.leaveRowsOut : action === 'new' ? words.makeNew : label || target;
  return (
    <Panel title={text.aliases} flush>
      {remove.error && <Fault error={remove.error} />}
      <Ready of={aliases} height={120}>
        {(all) => (
          <Table
            size="small"
            rowKey={(one) => `${one.kind} ${one.key}`}
            dataSource={all}
            pagination={all.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
            locale={{ emptyText: <Nothing>{text.noAliases}</Nothing> }}
            columns={[
              {
                title: words.kindOf,
                key: 'kind',
                width: 100,
                render: (_, one) => (one.kind === 'dealer' ? words.kindDealer : words.kindCity),
              },
              {
                title: words.writtenAs,
                key: 'written',
                ellipsis: true,
                render: (_, one) => (
                  <Verbatim>{[one.province, one.written].filter(Boolean).join(' ')}</Verbatim>
                ),
              },
              {
                title: words.choice,
                key: 'target',
                ellipsis: true,
                render: (_, one) => meant(one.action, one.label, one.target),
              },
              { title: text.savedAt, key: 'at', width: 150, render: (_, one) => moment(one.createdAt) },
              {
                key: 'delete',
                width: 140,
                render: (_, one) => (
                  <span className="row nowrap">
                    <Button
                      size="small"
                      aria-label={`${words.edit} ${one.written}`}
                      onClick={() => setOpen(one)}
                    >
                      {words.edit}
                    </Button>
                    <Popconfirm
                      title={text.deleteAlias}
                      onConfirm={() => remove.mutate({ kind: one.kind, key: one.key })}
                    >
                      <Button size="small" aria-label={`${common.delete} ${one.written}`}>
                        {common.delete}
                      </Button>
                    </Popconfirm>
                  </span>
                ),
              },
            ]}
          />
        )}
      </Ready>
      {open && <EditAlias alias={open} onClose={() => setOpen(null)} />}
    </Panel>
  );
}

/** Another place for a name; files that came in before stay as they are. */
function EditAlias({ alias, onClose }: { alias: PlaceAlias; onClose: () => void }) {
  const text = useText(dataText);
  const common = useText(commonText);
  const [choices, setChoices] = useState<PlaceChoices>([]);
  const save = useChange('aliases.save');
  const { kind, written, province, action, target, label } = alias;
  return (
    <Modal
      open
      width={900}
      title={text.editAlias(written)}
      okText={common.save}
      cancelText={common.cancel}
      okButtonProps={{ disabled: choices.length === 0, loading: save.isPending }}
      onOk={() => save.mutate({ choices }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="soft">{text.editAliasHint}</p>
        {save.error && <Fault error={save.error} />}
        <PlaceMatching
          unmatched={[
            {
              ...{ kind, province, name: written, rows: 0, nearest: [], state: 'chosen' },
              choice: { action, target, label, remembered: true },
            },
          ]}
          places={choices}
          mayMakeNew
          onChange={setChoices}
        />
      </div>
    </Modal>
  );
}
