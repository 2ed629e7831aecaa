import { Button } from 'antd';
import type { CurveView, SeriesView } from '../../../shared/calls/forecast.ts';
import { ABSENT, count, moment } from '../../format.ts';
import type { ScoreFormat } from '../../score-format.ts';
import { forecastText } from '../../text/forecast.ts';
import { useName, useText } from '../../text/use-text.ts';
import { flagNotes, whyWords } from './view.ts';

/** The forecast in figures and words; with a curve forced upon it, that one first, as a trial. */
export function Method(props: {
  series: SeriesView;
  forced: string | null;
  onRelease: () => void;
  as: ScoreFormat;
}) {
  const { series, forced, as } = props;
  const text = useText(forecastText);
  const curve = series.curves.find((one) => one.id === forced);
  return (
    <div className="stack">
      {curve && <Forced curve={curve} series={series} onRelease={props.onRelease} as={as} />}
      {curve && (
        <p>
          <b>{text.systemForecast}</b>
        </p>
      )}
      <Standing series={series} as={as} />
    </div>
  );
}

function Forced(props: { curve: CurveView; series: SeriesView; onRelease: () => void; as: ScoreFormat }) {
  const { curve, series, as } = props;
  const text = useText(forecastText);
  const name = useName();
  const { band, next } = curve;
  if (next === null) return null;
  const difference = series.forecast ? as.points(next - series.forecast.point) : ABSENT;
  return (
    <div className="stack">
      <p>
        <b>{text.forcedTitle(name(curve.name))}</b>{' '}
        <Button size="small" onClick={props.onRelease}>
          {text.release}
        </Button>
      </p>
      <p className="big-figure">
        <b>{as.score(next)}</b>
        {band && (
          <span className="soft">
            {text.interval80} {as.range(band.low80, band.high80)} · {text.interval95}{' '}
            {as.range(band.low95, band.high95)}
          </span>
        )}
      </p>
      <p className="hint">
        {text.forcedAgainst(difference)} {band ? text.forcedBand(count(band.errors)) : text.forcedNoBand}
      </p>
      <p className="hint">{name(curve.note)}</p>
    </div>
  );
}

function Standing({ series, as }: { series: SeriesView; as: ScoreFormat }) {
  const text = useText(forecastText);
  const name = useName();
  const { forecast, actual } = series;
  if (!forecast)
    return (
      <p className="soft">{series.refusal ? text.refusedBecause(name(series.refusal)) : text.noForecast}</p>
    );
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
