import type { TableProps } from 'antd';
import type { RefusalView } from '../../../shared/calls/forecast.ts';
import { PagedTable } from '../../components/long-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { count } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { forecastText } from '../../text/forecast.ts';
import { useName, useText } from '../../text/use-text.ts';
import { rowKey } from './view.ts';

/** The series that the run gave no number for, each with its reason; nothing where there are none. */
export function RefusedPanel(props: {
  rows: RefusalView[];
  open: string | null;
  onOpen: (key: string) => void;
}) {
  const { rows, open, onOpen } = props;
  const text = useText(forecastText);
  const common = useText(commonText);
  const name = useName();
  if (rows.length === 0) return null;
  const columns: TableProps<RefusalView>['columns'] = [
    {
      title: common.area,
      key: 'area',
      width: 200,
      ellipsis: true,
      render: (_, row) => (
        <button type="button" className="link-button" onClick={() => onOpen(rowKey(row))}>
          {name(row.scopeName)}
        </button>
      ),
    },
    {
      title: common.indicator,
      key: 'indicator',
      width: 220,
      ellipsis: true,
      render: (_, row) => name(row.indicatorName),
    },
    {
      title: text.refusedWhy,
      key: 'why',
      render: (_, row) => <span className="soft">{name(row.words)}</span>,
    },
  ];
  return (
    <Panel title={text.refused} note={text.howMany(count(rows.length))} flush>
      <PagedTable<RefusalView>
        rowKey={rowKey}
        columns={columns}
        dataSource={rows}
        pageSize={8}
        rowClassName={(row) => (rowKey(row) === open ? 'clickable chosen' : 'clickable')}
        onRow={(row) => ({ onClick: () => onOpen(rowKey(row)) })}
      />
    </Panel>
  );
}
