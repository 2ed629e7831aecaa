import type { ChannelStanding } from '../../../shared/calls/overview.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import { BaseFigure, ChangeFigure } from '../../components/marks.tsx';
import { decimal } from '../../format.ts';
import { type ScoreFormat, scoreFormat, useScoreFormats } from '../../score-format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { overviewText } from '../../text/overview.ts';
import { traceText } from '../../text/trace.ts';
import { useName, useText } from '../../text/use-text.ts';

export function StandingCards(props: {
  standings: ChannelStanding[];
  lead: Channel;
  onLead: (channel: Channel) => void;
  onTrace: (channel: Channel) => void;
}) {
  return (
    <div className="cards">
      {props.standings.map((standing) => (
        <StandingCard
          key={standing.channel}
          standing={standing}
          leading={standing.channel === props.lead}
          onLead={() => props.onLead(standing.channel)}
          onTrace={() => props.onTrace(standing.channel)}
        />
      ))}
    </div>
  );
}

function StandingCard(props: {
  standing: ChannelStanding;
  leading: boolean;
  onLead: () => void;
  onTrace: () => void;
}) {
  const { standing, leading, onLead, onTrace } = props;
  const text = useText(overviewText);
  const common = useText(commonText);
  const trace = useText(traceText);
  const name = useName();
  const { score, next } = standing;
  const absent = {
    'small-base': common.hiddenBase,
    'not-asked': common.notAsked,
    'no-data': common.noData,
  };
  const formats = useScoreFormats();
  const indicator = useSession((session) => session.indicator);
  const as = formats(standing.channel, indicator);
  return (
    <div className="card-frame">
      <button type="button" className="card" aria-pressed={leading} onClick={onLead}>
        <span className="card-name">
          {name(standing.name)}
          <span className="faint">{formatQuarter(standing.quarter)}</span>
        </span>
        <Figures standing={standing} as={as} />
        <span className="card-base">
          {score ? (
            <>
              {common.base} <BaseFigure score={score} />
              {` · ± ${as.length(score.margin100)}${score.tier === 'grey' ? ` · ${common.smallBase}` : ''}`}
            </>
          ) : (
            absent[standing.absence ?? 'no-data']
          )}
        </span>
        <span className="card-changes">
          <span>
            {text.sincePrevious} <ChangeFigure change={standing.sincePrevious} as={as} />
          </span>
          <span>
            {text.sinceLastYear} <ChangeFigure change={standing.sinceLastYear} as={as} />
          </span>
        </span>
        <span className="card-next">
          {next ? (
            <>
              {text.next(formatQuarter(next.quarter))} <b>{as.score(next.point)}</b>
              <span className="faint" title={text.nextHint}>
                {' '}
                (80% {as.range(next.low80, next.high80)})
              </span>
            </>
          ) : (
            <span className="faint">{text.noForecast}</span>
          )}
        </span>
      </button>
      {score && (
        <button type="button" className="card-trace link-button" title={trace.title} onClick={onTrace}>
          {trace.short}
        </button>
      )}
    </div>
  );
}

/** The score on the chosen scale large; beside it the channel's own scale, or 0-100 where that is the one shown. */
function Figures({ standing, as }: { standing: ChannelStanding; as: ScoreFormat }) {
  const common = useText(commonText);
  const text = useText(overviewText);
  const { score, scale } = standing;
  const language = useSession((session) => session.language);
  const other = scoreFormat(as.display === 'harmonised' ? 'native' : 'harmonised', scale, language);
  const unit = as.display === 'levels' ? text.sevenLevels : common.scale(as.max);
  const base = score ? `${common.effectiveBase} ${decimal(score.nEff)}` : undefined;
  return (
    <span className={`card-figures ${score?.tier === 'grey' ? 'grey' : ''}`}>
      <span className="card-native" title={base}>
        {as.score(score?.score100)}
        <small>{unit}</small>
      </span>
      {score && other.max !== as.max && (
        <span className="card-100">
          {other.figure(score.score100)}
          <small>{common.scale(other.max)}</small>
        </span>
      )}
    </span>
  );
}
