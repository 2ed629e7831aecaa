import { Checkbox, Table, type TableProps, Tag } from 'antd';
import { useMemo, useState } from 'react';
import type { Basis } from '../../../shared/calls/call.ts';
import type { CurveView, ForecastRow, SeriesView } from '../../../shared/calls/forecast.ts';
import { formatQuarter, type Quarter } from '../../../shared/domain/quarter.ts';
import { useCall } from '../../api.ts';
import { BasisNotes } from '../../components/basis-notes.tsx';
import { DriftChart } from '../../components/drift-chart.tsx';
import { Panel } from '../../components/panel.tsx';
import { SeriesChart } from '../../components/series-chart.tsx';
import { Ready } from '../../components/states.tsx';
import { ABSENT, count, moment } from '../../format.ts';
import { type ScoreFormat, useScoreFormat } from '../../score-format.ts';
import { forecastText } from '../../text/forecast.ts';
import { useName, useText } from '../../text/use-text.ts';
import { BacktestPanel } from './backtest-panel.tsx';
import { flagNotes, whyWords } from './view.ts';

/** One forecast read in full: chart, method in words, other curves, leaving quarters out, its past, slow drift. */
export function SeriesPanel({
  row,
  scheme,
  basis,
}: {
  row: Pick<ForecastRow, 'channel' | 'scope' | 'indicator' | 'quarter' | 'scopeName' | 'indicatorName'>;
  scheme: number;
  basis: Basis;
}) {
  const text = useText(forecastText);
  const name = useName();
  const [leaveOut, setLeaveOut] = useState<Quarter[]>([]);
  const [curves, setCurves] = useState<string[]>([]);
  const { channel, scope, indicator, quarter } = row;
  const place = { scheme, channel, scope, indicator, basis };
  const as = useScoreFormat(channel, indicator);
  const series = useCall('forecast.series', { ...place, quarter, leaveOut });
  const what = `${name(row.scopeName)} · ${name(row.indicatorName)}`;
  return (
    <Ready of={series} height={500}>
      {(data) =>
        data.notes.length > 0 && data.history.every(({ score }) => score === null) ? (
          <BasisNotes notes={data.notes} />
        ) : (
          <>
            <BasisNotes notes={data.notes} />
            <div className="two wide-left">
              <Panel title={what} note={formatQuarter(data.quarter)}>
                <OverlaidChart series={data} curves={curves} />
                <LeaveOut series={data} chosen={leaveOut} onChange={setLeaveOut} as={as} />
              </Panel>
              <Panel title={text.method}>
                <Method series={data} as={as} />
              </Panel>
            </div>
            <div className="two">
              <Panel title={text.compareCurves} note={text.compareNote} flush>
                <CurveTable curves={data.curves} chosen={curves} onChange={setCurves} as={as} />
              </Panel>
              <BacktestPanel place={place} />
            </div>
            <Panel title={text.driftTitle} note={text.driftNote}>
              <DriftChart drift={data.drift} height={170} />
            </Panel>
          </>
        )
      }
    </Ready>
  );
}

/** The forecast with the chosen curves, and what it would be without the quarters left out. */
function OverlaidChart({ series, curves }: { series: SeriesView; curves: readonly string[] }) {
  const text = useText(forecastText);
  const name = useName();
  const overlays = useMemo(() => {
    const chosen = series.curves
      .filter((curve) => curves.includes(curve.id) && curve.next !== null)
      .map((curve) => ({
        name: name(curve.name),
        points: [...curve.fitted, { quarter: series.quarter, value: curve.next! }],
      }));
    const without = series.whatIf?.without;
    if (!without) return chosen;
    const points = [...without.fitted, { quarter: series.quarter, value: without.point }];
    return [{ name: text.without, points }, ...chosen];
  }, [series, curves, name, text]);
  return <SeriesChart series={series} overlays={overlays} height={300} />;
}

function LeaveOut(props: {
  series: SeriesView;
  chosen: readonly Quarter[];
  onChange: (quarters: Quarter[]) => void;
  as: ScoreFormat;
}) {
  const { series, chosen, onChange, as } = props;
  const text = useText(forecastText);
  const { whatIf, history } = series;
  const toggle = (quarter: Quarter) =>
    onChange(chosen.includes(quarter) ? chosen.filter((one) => one !== quarter) : [...chosen, quarter]);
  return (
    <div className="leave-out">
      <span className="faint">{text.leaveOut}</span>
      {history.map((point) => {
        const tried = chosen.includes(point.quarter);
        const confirmed = point.leftOut && !tried;
        return (
          <Tag.CheckableTag
            key={point.quarter}
            checked={tried}
            onChange={() => (confirmed || !point.score ? undefined : toggle(point.quarter))}
            className={confirmed || !point.score ? 'faint' : undefined}
          >
            {formatQuarter(point.quarter)}
            {confirmed && ` · ${text.oneOff}`}
          </Tag.CheckableTag>
        );
      })}
      {whatIf?.with && whatIf.without && (
        <p className="what-if">
          {text.whatIf(
            as.figure(whatIf.with.point),
            as.range(whatIf.with.low95, whatIf.with.high95),
            as.figure(whatIf.without.point),
            as.range(whatIf.without.low95, whatIf.without.high95),
            as.points(whatIf.without.point - whatIf.with.point),
          )}
        </p>
      )}
    </div>
  );
}

function Method({ series, as }: { series: SeriesView; as: ScoreFormat }) {
  const text = useText(forecastText);
  const name = useName();
  const { forecast, actual } = series;
  if (!forecast) return <p className="soft">{text.noForecast}</p>;
  const notes = flagNotes(forecast.flags, text);
  return (
    <div className="stack">
      <p className="big-figure">
        <b>{as.score(forecast.point)}</b>
        <span className="soft">
          {text.interval80} {as.range(forecast.low80, forecast.high80)} · {text.interval95}{' '}
          {as.range(forecast.low95, forecast.high95)}
        </span>
      </p>
      {actual && (
        <p>
          {text.actualCame(
            as.figure(actual.score100),
            as.points(actual.score100 - forecast.point),
            actual.score100 >= forecast.low95 && actual.score100 <= forecast.high95
              ? text.insideBand
              : text.outsideBand,
          )}
        </p>
      )}
      <p>{whyWords(forecast, name(forecast.curveName), text)}</p>
      {notes.map((note) => (
        <p key={note} className="soft">
          · {note}
        </p>
      ))}
      <p className="hint">
        {text.bandWords} {text.madeAt(moment(forecast.madeAt))}
      </p>
      {forecast.stale && <p className="change lower">{text.staleForecast}</p>}
    </div>
  );
}

function CurveTable(props: {
  curves: readonly CurveView[];
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
  as: ScoreFormat;
}) {
  const { curves, chosen, onChange, as } = props;
  const text = useText(forecastText);
  const name = useName();
  const best = Math.min(...curves.flatMap((curve) => curve.pastError ?? []));
  const number = { className: 'number', align: 'right' } as const;
  const columns: TableProps<CurveView>['columns'] = [
    {
      title: text.curve,
      key: 'curve',
      render: (_, curve) => (
        <Checkbox
          checked={chosen.includes(curve.id)}
          disabled={curve.next === null}
          onChange={(event) =>
            onChange(event.target.checked ? [...chosen, curve.id] : chosen.filter((id) => id !== curve.id))
          }
        >
          <span title={name(curve.note)}>{name(curve.name)}</span>
        </Checkbox>
      ),
    },
    {
      title: text.wouldGive,
      key: 'next',
      ...number,
      width: 100,
      render: (_, curve) =>
        curve.next === null ? (
          <span className="faint">{curve.refusal === 'not-positive' ? text.notPositive : text.tooFew}</span>
        ) : (
          as.figure(curve.next)
        ),
    },
    {
      title: text.pastError,
      key: 'error',
      ...number,
      width: 110,
      sorter: (a, b) => (a.pastError ?? 1e9) - (b.pastError ?? 1e9),
      render: (_, curve) =>
        curve.pastError === best ? <b>{as.length(curve.pastError, 1)}</b> : as.length(curve.pastError, 1),
    },
    {
      title: text.pastQuarters,
      key: 'n',
      ...number,
      width: 80,
      render: (_, curve) => (curve.pastQuarters > 0 ? count(curve.pastQuarters) : ABSENT),
    },
  ];
  return (
    <Table<CurveView>
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={[...curves]}
      pagination={false}
      showSorterTooltip={false}
    />
  );
}
