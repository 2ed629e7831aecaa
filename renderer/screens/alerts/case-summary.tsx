import type { AlertView } from '../../../shared/calls/alerts.ts';
import { ALERT_CAUSE_NAMES } from '../../../shared/domain/alert/cause.ts';
import { ABSENT } from '../../format.ts';
import { alertText } from '../../text/alerts.ts';
import { useName, useText } from '../../text/use-text.ts';
import { stateNames } from './view.ts';

/** What was made of an alert as it is kept, for paper: the form stays on the screen. */
export function CaseSummary({ alert }: { alert: AlertView }) {
  const text = useText(alertText);
  const name = useName();
  const rows = [
    [text.state, stateNames(text)[alert.state]],
    [text.cause, alert.cause === '' ? text.noCause : name(ALERT_CAUSE_NAMES[alert.cause])],
    [text.note, alert.note],
    [text.action, alert.action],
    [text.owner, alert.owner],
    [text.due, alert.due ?? ''],
    ...(alert.oneOff ? [[text.oneOff, '✓']] : []),
  ];
  return (
    <dl className="facts print-only">
      {rows.map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value || ABSENT}</dd>
        </div>
      ))}
    </dl>
  );
}
