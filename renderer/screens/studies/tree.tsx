import { App, Button, Popconfirm, Table, type TableProps, Tag } from 'antd';
import { useState } from 'react';
import type { WeightSetView } from '../../../shared/calls/weights.ts';
import { useCall, useChange } from '../../api.ts';
import { Verbatim } from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
import { Fault, Ready } from '../../components/states.tsx';
import { count, moment } from '../../format.ts';
import { studiesText } from '../../text/studies.ts';
import { useText } from '../../text/use-text.ts';
import { TreeDifference } from './tree-difference.tsx';
import { TreePanel } from './tree-panel.tsx';

/** Versions of the tree on the left, the chosen one (or its editor) beside them, the difference of two below. */
export function TreeTab() {
  const sets = useCall('weights.list', {});
  const [open, setOpen] = useState<number | null>(null);
  const [ticked, setTicked] = useState<number[]>([]);
  return (
    <Ready of={sets} height={400}>
      {(all) => {
        const shown = all.find(({ id }) => id === open) ?? all.find(({ current }) => current) ?? all[0];
        if (!shown) return null;
        const pair = ticked
          .flatMap((id) => all.filter((one) => one.id === id))
          .sort((a, b) => a.version - b.version);
        return (
          <div className="screen">
            <Versions sets={all} open={shown.id} ticked={ticked} onOpen={setOpen} onTick={setTicked} />
            {pair.length === 2 && <TreeDifference before={pair[0]!} after={pair[1]!} />}
            <TreePanel key={shown.id} set={shown} onSaved={setOpen} />
          </div>
        );
      }}
    </Ready>
  );
}

function Versions(props: {
  sets: WeightSetView[];
  open: number;
  ticked: number[];
  onOpen: (id: number) => void;
  onTick: (ids: number[]) => void;
}) {
  const { sets, open, ticked, onOpen, onTick } = props;
  const text = useText(studiesText);
  const { message } = App.useApp();
  const activate = useChange('weights.activate');
  const columns: TableProps<WeightSetView>['columns'] = [
    {
      title: text.version,
      key: 'version',
      width: 110,
      render: (_, set) => (
        <>
          <button type="button" className="link-button" onClick={() => onOpen(set.id)}>
            {set.version}
          </button>{' '}
          {set.current && <Tag color="success">{text.current}</Tag>}
        </>
      ),
    },
    { title: text.note, key: 'note', ellipsis: true, render: (_, set) => <Verbatim>{set.note}</Verbatim> },
    {
      title: text.by,
      key: 'by',
      width: 240,
      ellipsis: true,
      render: (_, set) => (
        <Verbatim>{set.fileName === null ? set.actor : text.byImport(set.fileName)}</Verbatim>
      ),
    },
    { title: text.at, key: 'at', width: 140, render: (_, set) => moment(set.createdAt) },
    {
      title: text.usedBy,
      key: 'used',
      width: 180,
      render: (_, set) => <span className="soft">{text.uses(count(set.forecasts), count(set.plans))}</span>,
    },
    {
      key: 'activate',
      width: 112,
      render: (_, set) =>
        set.current ? null : (
          <Popconfirm
            title={text.activateAsk}
            styles={{ root: { maxWidth: 380 } }}
            onConfirm={() =>
              activate.mutate(
                { weightSet: set.id },
                { onSuccess: () => void message.success(text.activated) },
              )
            }
          >
            <Button size="small">{text.activate}</Button>
          </Popconfirm>
        ),
    },
  ];
  return (
    <Panel title={text.versions} note={text.versionsNote} flush>
      {activate.error && <Fault error={activate.error} />}
      <Table<WeightSetView>
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={sets}
        pagination={false}
        scroll={{ y: 190 }}
        rowClassName={(set) => (set.id === open ? 'clickable chosen' : 'clickable')}
        rowSelection={{
          selectedRowKeys: ticked,
          hideSelectAll: true,
          onChange: (keys) => onTick(keys.map(Number).slice(-2)),
        }}
      />
    </Panel>
  );
}
