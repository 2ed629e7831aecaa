import { Table, type TableProps } from 'antd';
import type { Basis } from '../../../shared/calls/call.ts';
import type { BacktestView } from '../../../shared/calls/forecast.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import { useCall } from '../../api.ts';
import { BaseFigure, baseColumn, MarginFigure, ScoreFigure } from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { type ScoreFormat, useScoreFormat } from '../../score-format.ts';
import { commonText } from '../../text/common.ts';
import { forecastText } from '../../text/forecast.ts';
import { useText } from '../../text/use-text.ts';

type Row = BacktestView['rows'][number];

/** What would have been forecast from what was known before each past quarter, against what came. */
export function BacktestPanel(props: {
  place: { scheme: number; channel: Channel; scope: string; indicator: string; basis: Basis };
}) {
  const text = useText(forecastText);
  const as = useScoreFormat(props.place.channel, props.place.indicator);
  const backtest = useCall('forecast.backtest', props.place);
  const summary = backtest.data?.summary;
  return (
    <Panel title={text.backtest} note={text.backtestNote} flush>
      <Ready of={backtest} height={260}>
        {(data) =>
          data.rows.length === 0 ? (
            <Nothing>{text.backtestNone}</Nothing>
          ) : (
            <>
              {summary && (
                <p className="pad">
                  {text.backtestSummary(
                    count(summary.quarters),
                    as.length(summary.error, 1),
                    summary.naiveError === null ? null : as.length(summary.naiveError, 1),
                    count(summary.hit80 * summary.quarters),
                    count(summary.hit95 * summary.quarters),
                  )}
                </p>
              )}
              <BacktestTable rows={data.rows} as={as} />
            </>
          )
        }
      </Ready>
    </Panel>
  );
}

function BacktestTable({ rows, as }: { rows: Row[]; as: ScoreFormat }) {
  const text = useText(forecastText);
  const common = useText(commonText);
  const number = { className: 'number', align: 'right' } as const;
  const columns: TableProps<Row>['columns'] = [
    { title: text.quarter, key: 'quarter', width: 80, render: (_, row) => formatQuarter(row.quarter) },
    { title: text.point, key: 'point', ...number, render: (_, row) => as.figure(row.forecast.point) },
    {
      title: text.interval95,
      key: 'band',
      ...number,
      width: 120,
      render: (_, { forecast }) => as.range(forecast.low95, forecast.high95),
    },
    {
      title: text.actual,
      key: 'actual',
      ...number,
      width: 96,
      render: (_, row) => (
        <>
          <ScoreFigure score={row.score} as={as} />
          <span className="margin">
            <MarginFigure score={row.score} as={as} />
          </span>
        </>
      ),
    },
    {
      ...baseColumn(
        rows.map(({ score }) => score),
        common,
      ),
      key: 'base',
      ...number,
      render: (_, row) => <BaseFigure score={row.score} />,
    },
    {
      title: text.miss,
      key: 'miss',
      ...number,
      render: (_, row) => (
        <span
          className={row.hit95 ? 'soft' : `change ${row.actual > row.forecast.point ? 'higher' : 'lower'}`}
        >
          {as.points(row.actual - row.forecast.point)}
        </span>
      ),
    },
    {
      title: text.hit,
      key: 'hit',
      width: 100,
      render: (_, row) => (row.hit80 ? text.in80 : row.hit95 ? text.in95 : text.outside),
    },
  ];
  return (
    <Table<Row>
      size="small"
      rowKey="quarter"
      columns={columns}
      dataSource={[...rows].reverse()}
      pagination={false}
    />
  );
}
