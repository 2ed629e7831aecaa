import { Table, type TableProps } from 'antd';
import type { StandingRow } from '../../../shared/calls/overview.ts';
import { CHANNEL_NAMES, type Channel } from '../../../shared/domain/study-mapping.ts';
import {
  BaseFigure,
  baseColumn,
  ChangeFigure,
  MarginFigure,
  ScoreFigure,
  SparkLine,
} from '../../components/marks.tsx';
import { ABSENT } from '../../format.ts';
import { useScoreFormats } from '../../score-format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { overviewText } from '../../text/overview.ts';
import { traceText } from '../../text/trace.ts';
import { useName, useText } from '../../text/use-text.ts';
import { AGAINST, byScore } from './view.ts';

/** Areas or indicators with their figures; a row leads on to what it stands for. */
export function StandingTable(props: {
  rows: StandingRow[];
  first: string;
  /** What rows are compared with; absent where there is nothing to compare with. */
  against?: keyof typeof AGAINST | Channel;
  height: number;
  strong?: (row: StandingRow) => boolean;
  onOpen: (row: StandingRow) => void;
  /** Asks how a row's score was computed. */
  onTrace: (row: StandingRow) => void;
}) {
  const { rows, first, against, height, onOpen, strong, onTrace } = props;
  const text = useText(overviewText);
  const common = useText(commonText);
  const trace = useText(traceText);
  const name = useName();
  const formats = useScoreFormats();
  const { channel, display } = useSession();
  const as = (row: StandingRow) => formats(channel, row.indicator);
  const base = baseColumn(
    rows.map(({ score }) => score),
    common,
  );
  const columns: TableProps<StandingRow>['columns'] = [
    {
      title: first,
      key: 'name',
      ellipsis: true,
      render: (_, row) => (
        <button
          type="button"
          className={`link-button ${strong?.(row) ? 'strong' : ''}`}
          onClick={() => onOpen(row)}
        >
          {name(row.name)}
        </button>
      ),
    },
    {
      title: common.score,
      key: 'score',
      className: 'number',
      align: 'right',
      width: display === 'levels' ? 104 : 68,
      sorter: byScore,
      render: (_, row) =>
        row.score ? (
          <button
            type="button"
            className="figure-button"
            aria-label={`${name(row.name)} ${trace.title}`}
            onClick={(event) => {
              event.stopPropagation();
              onTrace(row);
            }}
          >
            <ScoreFigure score={row.score} as={as(row)} />
          </button>
        ) : (
          <ScoreFigure score={null} as={as(row)} />
        ),
    },
    {
      title: common.margin,
      key: 'margin',
      className: 'number',
      align: 'right',
      width: 58,
      render: (_, row) => <MarginFigure score={row.score} as={as(row)} />,
    },
    {
      ...base,
      key: 'n',
      className: 'number',
      align: 'right',
      sorter: (a, b) => (a.score?.n ?? 0) - (b.score?.n ?? 0),
      render: (_, row) => <BaseFigure score={row.score} />,
    },
    ...(against === undefined
      ? []
      : [
          {
            title:
              against in AGAINST
                ? text[AGAINST[against as keyof typeof AGAINST]]
                : text.againstOther(name(CHANNEL_NAMES[against as Channel])),
            key: 'compared',
            className: 'number',
            align: 'right',
            width: 116,
            sorter: (a: StandingRow, b: StandingRow) =>
              (a.compared?.points100 ?? 0) - (b.compared?.points100 ?? 0),
            render: (_: unknown, row: StandingRow) => <ChangeFigure change={row.compared} as={as(row)} />,
          } as const,
        ]),
    ...(against === 'previous'
      ? []
      : [
          {
            title: text.sincePrevious,
            key: 'previous',
            className: 'number',
            align: 'right',
            width: 116,
            sorter: (a: StandingRow, b: StandingRow) =>
              (a.sincePrevious?.points100 ?? 0) - (b.sincePrevious?.points100 ?? 0),
            render: (_: unknown, row: StandingRow) => (
              <ChangeFigure change={row.sincePrevious} as={as(row)} />
            ),
          } as const,
        ]),
    {
      title: text.lastQuarters,
      key: 'spark',
      width: 100,
      render: (_, row) => <SparkLine values={row.spark} />,
    },
    {
      title: <span title={text.nextHint}>{text.nextShort}</span>,
      key: 'next',
      className: 'number',
      align: 'right',
      width: 134,
      render: (_, row) =>
        row.next ? (
          <>
            {as(row).figure(row.next.point)}{' '}
            <span className="faint">{as(row).range(row.next.low80, row.next.high80)}</span>
          </>
        ) : (
          <span className="faint">{ABSENT}</span>
        ),
    },
  ];
  return (
    <Table<StandingRow>
      size="small"
      rowKey={(row) => `${row.scope}|${row.indicator}`}
      columns={columns}
      dataSource={rows}
      pagination={false}
      scroll={{ y: height, x: 790 }}
      virtual={rows.length > 60}
      showSorterTooltip={false}
      onRow={(row) => ({ className: 'clickable', onClick: () => onOpen(row) })}
      rowClassName="clickable"
    />
  );
}
