import { Button, Dropdown, Tag } from 'antd';
import { useMemo, useState } from 'react';
import type { Basis } from '../../../shared/calls/call.ts';
import type { RefusalView, SeriesView } from '../../../shared/calls/forecast.ts';
import { formatQuarter, type Quarter } from '../../../shared/domain/quarter.ts';
import { useCall } from '../../api.ts';
import { BasisNotes } from '../../components/basis-notes.tsx';
import { DriftChart } from '../../components/drift-chart.tsx';
import { Panel } from '../../components/panel.tsx';
import { SeriesChart } from '../../components/series-chart.tsx';
import { Ready } from '../../components/states.tsx';
import { useTrace } from '../../components/trace-store.ts';
import type { TracedPlace } from '../../components/traced-figure.tsx';
import { type ScoreFormat, useScoreFormat } from '../../score-format.ts';
import { forecastText } from '../../text/forecast.ts';
import { traceText } from '../../text/trace.ts';
import { useName, useText } from '../../text/use-text.ts';
import { BacktestPanel } from './backtest-panel.tsx';
import { CurveTable } from './curve-table.tsx';
import { Method } from './method.tsx';
import { forcedOn } from './view.ts';

/** What a series is known by: a line of the forecast table or of those left out. */
export type SeriesRow = Pick<RefusalView, 'channel' | 'scope' | 'scopeName' | 'indicator' | 'indicatorName'>;

/** One forecast read in full: chart, method in words, other curves, leaving quarters out, its past, slow drift. */
export function SeriesPanel({
  row,
  quarter,
  scheme,
  basis,
}: {
  row: SeriesRow;
  quarter: Quarter;
  scheme: number;
  basis: Basis;
}) {
  const text = useText(forecastText);
  const name = useName();
  const [leaveOut, setLeaveOut] = useState<Quarter[]>([]);
  const [curves, setCurves] = useState<string[]>([]);
  const [forced, setForced] = useState<string | null>(null);
  const { channel, scope, indicator } = row;
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
              <Panel
                title={what}
                note={formatQuarter(data.quarter)}
                extra={<TraceChoice series={data} place={place} as={as} />}
              >
                <OverlaidChart series={forcedOn(data, forced)} curves={curves} />
                {data.test && <p className="soft">{name(data.test.words)}</p>}
                {(forced !== null || leaveOut.length > 0) && <p className="faint">{name(data.tryOutNote)}</p>}
                <LeaveOut series={data} chosen={leaveOut} onChange={setLeaveOut} as={as} />
              </Panel>
              <Panel title={text.method}>
                <Method series={data} forced={forced} onRelease={() => setForced(null)} as={as} />
              </Panel>
            </div>
            <div className="two curves-backtest">
              <Panel title={text.compareCurves} note={text.compareNote} flush>
                <CurveTable
                  curves={data.curves}
                  chosen={curves}
                  onChange={setCurves}
                  forced={forced}
                  onForce={setForced}
                  as={as}
                />
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

/** How a score of the series was computed: the quarter's own, or one of its history. */
function TraceChoice(props: { series: SeriesView; place: TracedPlace; as: ScoreFormat }) {
  const { series, place, as } = props;
  const text = useText(traceText);
  const open = useTrace((state) => state.open);
  const scored = [...series.history, { quarter: series.quarter, score: series.actual }]
    .filter(({ score }) => score !== null)
    .reverse();
  if (scored.length === 0) return null;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        className: 'trace-quarters',
        items: scored.map(({ quarter, score }) => ({
          key: String(quarter),
          label: `${formatQuarter(quarter)} · ${as.figure(score?.score100)}`,
        })),
        onClick: ({ key }) => open({ ...place, from: Number(key), to: Number(key) }),
      }}
    >
      <Button size="small">{text.title}</Button>
    </Dropdown>
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
