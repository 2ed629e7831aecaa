import { Button, Popconfirm, Table } from 'antd';
import { useCall, useChange } from '../../api.ts';
import { Verbatim } from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
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
                title: words.role,
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
                width: 90,
                render: (_, one) => (
                  <Popconfirm
                    title={text.deleteAlias}
                    onConfirm={() => remove.mutate({ kind: one.kind, key: one.key })}
                  >
                    <Button size="small" aria-label={`${common.delete} ${one.written}`}>
                      {common.delete}
                    </Button>
                  </Popconfirm>
                ),
              },
            ]}
          />
        )}
      </Ready>
    </Panel>
  );
}
