import { Button, Popconfirm, Table } from 'antd';
import { CHANNEL_NAMES } from '../../../shared/domain/study-mapping.ts';
import { useCall, useChange } from '../../api.ts';
import { Verbatim } from '../../components/marks.tsx';
import { Fault, Nothing, Ready } from '../../components/states.tsx';
import { moment } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { dataText } from '../../text/data.ts';
import { useName, useText } from '../../text/use-text.ts';
import { SavedAliases } from './saved-aliases.tsx';

export function SavedMappings() {
  const text = useText(dataText);
  const common = useText(commonText);
  const name = useName();
  const mappings = useCall('mappings.list', {});
  const remove = useChange('mappings.delete');
  return (
    <div className="stack">
      {remove.error && <Fault error={remove.error} />}
      <Ready of={mappings}>
        {(all) => (
          <Table
            size="small"
            rowKey="name"
            dataSource={all}
            pagination={false}
            locale={{ emptyText: <Nothing>{text.noMappings}</Nothing> }}
            columns={[
              {
                title: common.name,
                key: 'name',
                ellipsis: true,
                render: (_, one) => <Verbatim>{one.name}</Verbatim>,
              },
              {
                title: text.study,
                key: 'study',
                ellipsis: true,
                render: (_, one) => <Verbatim>{one.study}</Verbatim>,
              },
              { title: common.channel, key: 'channel', render: (_, one) => name(CHANNEL_NAMES[one.channel]) },
              { title: text.questionnaire, dataIndex: 'questionnaire' },
              { title: text.savedAt, key: 'saved', render: (_, one) => moment(one.savedAt) },
              {
                key: 'delete',
                width: 90,
                render: (_, one) => (
                  <Popconfirm title={text.deleteMapping} onConfirm={() => remove.mutate({ name: one.name })}>
                    <Button size="small">{common.delete}</Button>
                  </Popconfirm>
                ),
              },
            ]}
          />
        )}
      </Ready>
      <SavedAliases />
    </div>
  );
}
