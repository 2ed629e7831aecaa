import { Table } from 'antd';
import type { ImportPreview } from '../../../shared/calls/import.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { Nothing } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { importText } from '../../text/import.ts';
import { useText } from '../../text/use-text.ts';

/** How many rows count for each quarter. */
export function PreviewQuarters({ preview }: { preview: ImportPreview }) {
  const text = useText(importText);
  const common = useText(commonText);
  return (
    <Table
      size="small"
      rowKey="quarter"
      className="narrow"
      dataSource={preview.counts.quarters}
      pagination={false}
      locale={{ emptyText: <Nothing>{text.notMapped}</Nothing> }}
      columns={[
        { title: common.quarter, key: 'quarter', render: (_, one) => formatQuarter(one.quarter) },
        {
          title: text.rowsUnit,
          key: 'rows',
          className: 'number',
          align: 'right',
          render: (_, one) => count(one.rows),
        },
      ]}
    />
  );
}
