import type { ChannelStanding } from '../../../shared/calls/overview.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import { ChangeMark } from '../../components/marks.tsx';
import { count, decimal, nativeScore } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { overviewText } from '../../text/overview.ts';
import { useName, useText } from '../../text/use-text.ts';

export function StandingCards(props: {
  standings: ChannelStanding[];
  lead: Channel;
  onLead: (channel: Channel) => void;
}) {
  return (
    <div className="cards">
      {props.standings.map((standing) => (
        <StandingCard
          key={standing.channel}
          standing={standing}
          leading={standing.channel === props.lead}
          onLead={() => props.onLead(standing.channel)}
        />
      ))}
    </div>
  );
}

function StandingCard(props: { standing: ChannelStanding; leading: boolean; onLead: () => void }) {
  const { standing, leading, onLead } = props;
  const text = useText(overviewText);
  const common = useText(commonText);
  const name = useName();
  const { score, next } = standing;
  return (
    <button type="button" className="card" aria-pressed={leading} onClick={onLead}>
      <span className="card-name">
        {name(standing.name)}
        <span className="faint">{formatQuarter(standing.quarter)}</span>
      </span>
      <Figures standing={standing} />
      <span className="card-base">
        {score
          ? `${text.basedOn(count(score.n))} · ± ${decimal(score.margin100)}${score.tier === 'grey' ? ` · ${common.smallBase}` : ''}`
          : common.noData}
      </span>
      <span className="card-changes">
        <span>
          {text.sincePrevious} <ChangeMark change={standing.sincePrevious} />
        </span>
        <span>
          {text.sinceLastYear} <ChangeMark change={standing.sinceLastYear} />
        </span>
      </span>
      <span className="card-next">
        {next ? (
          <>
            {text.next(formatQuarter(next.quarter))} <b>{decimal(next.point)}</b>
            <span className="faint">
              {' '}
              {decimal(next.low80)} – {decimal(next.high80)}
            </span>
          </>
        ) : (
          <span className="faint">{text.noForecast}</span>
        )}
      </span>
    </button>
  );
}

/** The native score large; the 0-100 one beside it where the scales differ. */
function Figures({ standing }: { standing: ChannelStanding }) {
  const common = useText(commonText);
  const text = useText(overviewText);
  const { score, scale } = standing;
  const plain = scale.min === 0 && scale.max === 100;
  return (
    <span className={`card-figures ${score?.tier === 'grey' ? 'grey' : ''}`}>
      <span className="card-native">
        {score ? nativeScore(score.native, scale) : '–'}
        <small>{common.scale(scale.max)}</small>
      </span>
      {!plain && score && (
        <span className="card-100">
          {decimal(score.score100)}
          <small>{text.outOf100}</small>
        </span>
      )}
    </span>
  );
}
