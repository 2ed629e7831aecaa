import { Table, type TableProps, Tag } from 'antd';
import type { WeightSetView } from '../../../shared/calls/weights.ts';
import type { TreeChange } from '../../../shared/domain/indicator-tree.ts';
import { useCall } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { Ready } from '../../components/states.tsx';
import { ABSENT, decimal } from '../../format.ts';
import { studiesText } from '../../text/studies.ts';
import { useName, useText } from '../../text/use-text.ts';
import { shareText } from './share-text.ts';
import { changeTone, treeChangeNames } from './view.ts';

/** What two versions of the tree differ in. */
export function TreeDifference({ before, after }: { before: WeightSetView; after: WeightSetView }) {
  const text = useText(studiesText);
  const name = useName();
  const names = treeChangeNames(text);
  const changes = useCall('weights.compare', { before: before.id, after: after.id });
  const describe = (side: TreeChange['before']) =>
    side
      ? [
          side.parent ?? text.top,
          ...(side.weight > 0 ? [`R ${decimal(side.weight, 2)}`, shareText(side.share)] : []),
        ].join(' · ')
      : ABSENT;
  const columns: TableProps<TreeChange>['columns'] = [
    {
      title: text.anIndicator,
      key: 'name',
      ellipsis: true,
      render: (_, change) => (
        <>
          {name(change.name)} <code translate="no">{change.code}</code>
        </>
      ),
    },
    {
      title: text.what,
      key: 'what',
      width: 220,
      render: (_, change) =>
        change.kinds.map((kind) => (
          <Tag key={kind} color={changeTone(kind)}>
            {names[kind]}
          </Tag>
        )),
    },
    { title: text.before, key: 'before', width: 260, render: (_, change) => describe(change.before) },
    { title: text.after, key: 'after', width: 260, render: (_, change) => describe(change.after) },
  ];
  return (
    <Panel
      title={text.difference}
      note={text.differenceOf(String(before.version), String(after.version))}
      flush
    >
      <Ready of={changes}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="soft pad">{text.sameTrees}</p>
          ) : (
            <Table<TreeChange>
              size="small"
              rowKey="code"
              columns={columns}
              dataSource={rows}
              pagination={false}
              scroll={{ y: 260 }}
            />
          )
        }
      </Ready>
    </Panel>
  );
}
