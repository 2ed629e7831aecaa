import { Button } from 'antd';
import type { AlertView } from '../../../shared/calls/alerts.ts';
import { Nothing } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { useScoreFormat } from '../../score-format.ts';
import { useSession } from '../../session.ts';
import { overviewText } from '../../text/overview.ts';
import { useName, useText } from '../../text/use-text.ts';

const SHOWN = 7;

/** The first alerts of a scope; each opens itself on the alert screen. */
export function ScopeAlerts({ alerts, forecast }: { alerts: AlertView[]; forecast: boolean }) {
  const text = useText(overviewText);
  const name = useName();
  const { go, chooseAlert } = useSession();
  if (alerts.length === 0)
    return <Nothing height={120}>{forecast ? text.noAlerts : text.notForecast}</Nothing>;
  return (
    <>
      <ul className="alert-list">
        {alerts.slice(0, SHOWN).map((alert) => (
          <li key={alert.id}>
            <button
              type="button"
              onClick={() => {
                chooseAlert(alert.id);
                go('alerts', { quarter: alert.quarter });
              }}
            >
              <span className={`dot ${alert.direction}`} aria-hidden="true" />
              <span>
                <span className="alert-what">
                  {name(alert.scopeName)} · {name(alert.indicatorName)}
                </span>
                <span className="faint">{`${name(alert.channelName)} · ${text.basedOn(count(alert.n))}`}</span>
              </span>
              <Shift alert={alert} />
            </button>
          </li>
        ))}
      </ul>
      {alerts.length > SHOWN && (
        <Button type="link" size="small" onClick={() => go('alerts')}>
          {text.allAlerts} ({alerts.length})
        </Button>
      )}
    </>
  );
}

/** What happened at the place itself, with the margin of that estimate. */
function Shift({ alert }: { alert: AlertView }) {
  const as = useScoreFormat(alert.channel, alert.indicator);
  return (
    <span className="number">
      <span className={`change ${alert.direction === 'above' ? 'higher' : 'lower'}`}>
        {as.points(alert.shift100)}
      </span>
      <span className="margin">±{as.length(alert.shiftMargin100)}</span>
    </span>
  );
}
