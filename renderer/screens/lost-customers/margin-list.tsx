import type { TableProps } from 'antd';
import type { MarginCustomer } from '../../../shared/calls/lost.ts';
import { PagedTable } from '../../components/long-table.tsx';
import { Verbatim } from '../../components/marks.tsx';
import { Nothing } from '../../components/states.tsx';
import { ABSENT, count } from '../../format.ts';
import { lostText } from '../../text/lost.ts';
import { useName, useText } from '../../text/use-text.ts';

export function MarginList({ rows }: { rows: MarginCustomer[] }) {
  const text = useText(lostText);
  const name = useName();
  const number = { className: 'number', align: 'right' } as const;
  const columns: TableProps<MarginCustomer>['columns'] = [
    {
      title: text.pseudonym,
      key: 'who',
      width: 170,
      render: (_, row) => (
        <code>
          <Verbatim>{row.pseudonym}</Verbatim>
        </code>
      ),
    },
    {
      title: text.dealer,
      key: 'dealer',
      ellipsis: true,
      render: (_, row) => <Verbatim>{name(row.dealer)}</Verbatim>,
    },
    {
      title: text.adviser,
      key: 'adviser',
      width: 120,
      render: (_, row) => <Verbatim>{row.adviser || ABSENT}</Verbatim>,
    },
    {
      title: text.since,
      key: 'since',
      ...number,
      width: 130,
      sorter: (a, b) => a.since - b.since,
      render: (_, row) => count(row.since),
    },
    {
      title: text.visits,
      key: 'visits',
      ...number,
      width: 130,
      sorter: (a, b) => a.visits - b.visits,
      render: (_, row) => count(row.visits),
    },
    { title: text.class, key: 'class', width: 80, render: (_, row) => row.class },
  ];
  if (rows.length === 0) return <Nothing height={120}>{text.noMargin}</Nothing>;
  return <PagedTable<MarginCustomer> rowKey="pseudonym" columns={columns} dataSource={rows} pageSize={12} />;
}
