import type { TableProps } from 'antd';
import type { ForecastRow } from '../../../shared/calls/forecast.ts';
import { LongTable } from '../../components/long-table.tsx';
import { BaseFigure, baseColumn, MarginFigure, ScoreFigure } from '../../components/marks.tsx';
import { Nothing } from '../../components/states.tsx';
import { TracedFigure } from '../../components/traced-figure.tsx';
import { ABSENT, count } from '../../format.ts';
import { useScoreFormats } from '../../score-format.ts';
import { commonText } from '../../text/common.ts';
import { forecastText } from '../../text/forecast.ts';
import { useName, useText } from '../../text/use-text.ts';
import { flagNotes, outcomeOf, rowKey } from './view.ts';

const NUMBER = { className: 'number', align: 'right' } as const;

export function ForecastTable(props: {
  rows: ForecastRow[];
  scheme: number;
  open: string | null;
  onOpen: (key: string) => void;
}) {
  const { rows, scheme, open, onOpen } = props;
  const text = useText(forecastText);
  const common = useText(commonText);
  const name = useName();
  const formats = useScoreFormats();
  const as = (row: ForecastRow) => formats(row.channel, row.indicator);
  const base = baseColumn(
    rows.map(({ actual }) => actual),
    common,
  );
  const columns: TableProps<ForecastRow>['columns'] = [
    {
      title: common.area,
      key: 'area',
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
      ellipsis: true,
      render: (_, row) => name(row.indicatorName),
    },
    {
      title: text.point,
      key: 'point',
      ...NUMBER,
      width: 92,
      sorter: (a, b) => a.point - b.point,
      render: (_, row) => <b>{as(row).score(row.point)}</b>,
    },
    {
      title: text.interval80,
      key: 'i80',
      ...NUMBER,
      width: 112,
      render: (_, row) => as(row).range(row.low80, row.high80),
    },
    {
      title: text.interval95,
      key: 'i95',
      ...NUMBER,
      width: 112,
      render: (_, row) => <span className="soft">{as(row).range(row.low95, row.high95)}</span>,
    },
    {
      title: text.actual,
      key: 'actual',
      ...NUMBER,
      width: 92,
      sorter: (a, b) => (a.actual?.score100 ?? 0) - (b.actual?.score100 ?? 0),
      render: (_, row) => {
        const outcome = outcomeOf(row);
        if (outcome === null) return <span className="faint">{ABSENT}</span>;
        const { channel, scope, indicator, quarter } = row;
        return (
          <TracedFigure
            place={{ scheme, channel, scope, indicator }}
            quarter={quarter}
            what={`${name(row.scopeName)} ${name(row.indicatorName)}`}
          >
            {outcome === 'inside' ? (
              <ScoreFigure score={row.actual} as={as(row)} />
            ) : (
              <span className={`change ${outcome === 'above' ? 'higher' : 'lower'}`} title={text.outside}>
                <span aria-hidden="true" className="arrow">
                  {outcome === 'above' ? '▲' : '▼'}
                </span>
                {as(row).score(row.actual?.score100)}
              </span>
            )}
          </TracedFigure>
        );
      },
    },
    {
      title: common.margin,
      key: 'margin',
      ...NUMBER,
      width: 62,
      render: (_, row) => <MarginFigure score={row.actual} as={as(row)} />,
    },
    { ...base, key: 'base', ...NUMBER, render: (_, row) => <BaseFigure score={row.actual} /> },
    { title: text.history, key: 'history', ...NUMBER, width: 116, render: (_, row) => count(row.history) },
    { title: text.curve, key: 'curve', width: 118, ellipsis: true, render: (_, row) => name(row.curveName) },
    {
      title: text.flags,
      key: 'flags',
      width: 150,
      ellipsis: true,
      render: (_, row) => {
        const notes = flagNotes(row.flags, text).join(common.between);
        return (
          <span className="soft" title={notes}>
            {notes}
          </span>
        );
      },
    },
  ];
  return (
    <LongTable<ForecastRow>
      rowKey={rowKey}
      columns={columns}
      dataSource={rows}
      scroll={{ y: 380, x: 1080 }}
      locale={{ emptyText: <Nothing height={200}>{text.none}</Nothing> }}
      rowClassName={(row) => (rowKey(row) === open ? 'clickable chosen' : 'clickable')}
      onRow={(row) => ({ onClick: () => onOpen(rowKey(row)) })}
    />
  );
}
