import { Alert, Button } from 'antd';
import type { ChannelClose } from '../../../shared/calls/close.ts';
import { useCall, useJob } from '../../api.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import { BaseFigure } from '../../components/marks.tsx';
import type { ReadySlice } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { useScoreFormat } from '../../score-format.ts';
import { alertText } from '../../text/alerts.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';

/** The whole before the particular: each channel's overall score against its band, wherever its alerts are. */
export function OverallStanding({ slice, channel }: { slice: ReadySlice; channel: string }) {
  const close = useCall('quarter.close', { scheme: slice.scheme, quarter: slice.quarter });
  const shown = close.data?.channels.filter((one) => channel === 'all' || one.channel === channel) ?? [];
  return (
    <>
      <div className="standing" aria-live="polite">
        {shown.map((one) => (
          <Standing key={one.channel} close={one} />
        ))}
      </div>
      {shown.some((one) => one.stale) && <StaleNotice slice={slice} />}
    </>
  );
}

function Standing({ close }: { close: ChannelClose }) {
  const text = useText(alertText);
  const common = useText(commonText);
  const name = useName();
  const { score, expected, position } = close;
  const as = useScoreFormat(close.channel, '');
  if (!score || !expected || position === null)
    return (
      <div className="standing-one">
        <b>{name(close.name)}</b>
        <span className="faint">{score ? text.notForecast : text.notMeasured}</span>
      </div>
    );
  const quiet = position !== 'inside' && close.alerts.below + close.alerts.above === 0;
  const words = { inside: text.inside, above: text.outsideAbove, below: text.outsideBelow }[position];
  return (
    <div className={`standing-one ${position}`}>
      <b>{name(close.name)}</b>
      <span className="number">
        {text.overallCame(
          `${as.figure(score.score100)} ±${as.length(score.margin100)}`,
          as.figure(expected.low95),
          as.figure(expected.high95),
        )}
      </span>
      <span className="standing-word" title={quiet ? text.mayBeChance : undefined}>
        {words}
        {quiet && <span className="faint"> ({text.mayBeChanceShort})</span>}
      </span>
      <span className="faint">
        {common.base} <BaseFigure score={score} /> ·{' '}
        {text.alertCounts(String(close.alerts.below), String(close.alerts.above), String(close.alerts.open))}
      </span>
    </div>
  );
}

/** The data changed since the alerts were raised: says so, and makes them anew. */
export function StaleNotice({ slice }: { slice: ReadySlice }) {
  const text = useText(alertText);
  const job = useJob('forecast.run');
  const quarters = [slice.quarter, slice.quarter + 1];
  return (
    <Alert
      type="warning"
      showIcon
      title={text.stale}
      description={
        <>
          <JobProgress of={job} />
          {job.fault && <Fault error={job.fault} />}
        </>
      }
      action={
        <Button
          size="small"
          disabled={job.running}
          onClick={() => void job.run({ scheme: slice.scheme, quarters })}
        >
          {text.reevaluate}
        </Button>
      }
    />
  );
}
