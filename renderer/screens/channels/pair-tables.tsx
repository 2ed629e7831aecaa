import { Table, type TableProps } from 'antd';
import type { ChannelPair } from '../../../shared/calls/channels.ts';
import type { Change, Score } from '../../../shared/calls/figure.ts';
import { useCompared } from '../../components/compared-scale.ts';
import {
  BaseFigure,
  baseColumn,
  ChangeFigure,
  MarginFigure,
  ScoreFigure,
  Verbatim,
} from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
import type { ReadySlice } from '../../components/slice.tsx';
import { useSession } from '../../session.ts';
import { channelsText } from '../../text/channels.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';

interface Row {
  key: string;
  title: string;
  first: Score | null;
  second: Score | null;
  difference: Change | null;
}

/** The pair by indicator, and by place; a row leads on to what it stands for. */
export function PairTables({ view, slice }: { view: ChannelPair; slice: ReadySlice }) {
  const text = useText(channelsText);
  const common = useText(commonText);
  const name = useName();
  const select = useSession((session) => session.select);
  const indicators = view.byIndicator.map((row) => ({ ...row, key: row.code, title: name(row.name) }));
  const units = view.units.map((row) => ({ ...row, key: row.scope, title: name(row.name) }));
  return (
    <>
      <Panel title={text.byIndicator} flush>
        <PairTable
          rows={indicators}
          view={view}
          first={common.indicator}
          chosen={slice.indicator}
          onOpen={(indicator) => select({ indicator })}
        />
      </Panel>
      <Panel title={text.byPlace} note={common[view.level]} flush>
        <PairTable
          rows={units}
          view={view}
          first={common.name}
          verbatim={view.level === 'dealer'}
          onOpen={(scope) => select({ scope })}
        />
      </Panel>
    </>
  );
}

const NUMBER = { className: 'number', align: 'right' } as const;

function PairTable(props: {
  rows: Row[];
  view: ChannelPair;
  first: string;
  chosen?: string;
  /** The names are the data's own, in no language. */
  verbatim?: boolean;
  onOpen: (key: string) => void;
}) {
  const { rows, view, first, chosen, verbatim, onOpen } = props;
  const text = useText(channelsText);
  const common = useText(commonText);
  const name = useName();
  const as = useCompared();
  const base = {
    first: baseColumn(
      rows.map((row) => row.first),
      common,
    ),
    second: baseColumn(
      rows.map((row) => row.second),
      common,
    ),
  };
  const side = (key: 'first' | 'second'): NonNullable<TableProps<Row>['columns']> => [
    {
      title: name(view[key].name),
      key,
      width: 132,
      ellipsis: true,
      ...NUMBER,
      sorter: (a, b) => (a[key]?.score100 ?? -1) - (b[key]?.score100 ?? -1),
      render: (_, row) => <ScoreFigure score={row[key]} as={as} />,
    },
    {
      title: common.margin,
      key: `${key} margin`,
      width: 68,
      ...NUMBER,
      render: (_, row) => <MarginFigure score={row[key]} as={as} />,
    },
    {
      ...base[key],
      key: `${key} n`,
      ...NUMBER,
      render: (_, row) => <BaseFigure score={row[key]} />,
    },
  ];
  return (
    <Table<Row>
      size="small"
      rowKey="key"
      dataSource={rows}
      pagination={false}
      virtual={rows.length > 40}
      scroll={{ y: 460, x: 960 }}
      showSorterTooltip={false}
      rowClassName={(row) => (row.key === chosen ? 'clickable chosen' : 'clickable')}
      columns={[
        {
          title: first,
          key: 'name',
          ellipsis: true,
          render: (_, row) => (
            <button type="button" className="link-button" onClick={() => onOpen(row.key)}>
              {verbatim ? <Verbatim>{row.title}</Verbatim> : row.title}
            </button>
          ),
        },
        ...side('first'),
        ...side('second'),
        {
          title: text.difference,
          key: 'difference',
          width: 150,
          ...NUMBER,
          sorter: (a, b) => (a.difference?.points100 ?? 0) - (b.difference?.points100 ?? 0),
          render: (_, row) => <ChangeFigure change={row.difference} as={as} />,
        },
      ]}
    />
  );
}
