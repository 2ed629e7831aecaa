import { App, Button, Input, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import type { AlertView } from '../../../shared/views.ts';
import { useCall, useChange } from '../../api.ts';
import { Field } from '../../components/slice.tsx';
import { Fault, Ready } from '../../components/states.tsx';
import { TrendChart } from '../../components/trend-panel.tsx';
import { count, signed } from '../../format.ts';
import { useSession } from '../../session.ts';
import { alertText } from '../../text/alerts.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { alertSentence, chanceWords, kindNames, stateNames } from './view.ts';

export function AlertDetail({ alert, scheme }: { alert: AlertView; scheme: number }) {
  const text = useText(alertText);
  const name = useName();
  const go = useSession((session) => session.go);
  const { scope, quarter, channel, indicator } = alert;
  return (
    <div className="stack">
      <p>{alertSentence(alert, name(alert.scopeName), name(alert.indicatorName), text)}</p>
      <Facts alert={alert} />
      <AlertTrend alert={alert} scheme={scheme} />
      <Response key={alert.id} alert={alert} />
      <Button className="self-start" onClick={() => go('overview', { scope, quarter, channel, indicator })}>
        {text.openThere}
      </Button>
    </div>
  );
}

function Facts({ alert }: { alert: AlertView }) {
  const text = useText(alertText);
  const common = useText(commonText);
  const name = useName();
  const { split } = alert;
  return (
    <dl className="facts">
      <dt>{common.channel}</dt>
      <dd>{name(alert.channelName)}</dd>
      <dt>{text.kind}</dt>
      <dd>{kindNames(text)[alert.kind]}</dd>
      <dt>{common.base}</dt>
      <dd>{count(alert.n)}</dd>
      <dt>{text.shift}</dt>
      <dd>
        <b>{signed(alert.shift100)}</b> {common.points}
        <span className="faint"> · {text.shiftExplained}</span>
      </dd>
      <dt>{text.chance}</dt>
      <dd>
        {chanceWords(alert.p, text)}
        <div className="hint">{text.chanceHint}</div>
      </dd>
      {split && (
        <>
          <dt>{text.split}</dt>
          <dd>
            {text.splitChange} {signed(split.change)} = {text.splitRate} {signed(split.rate)} +{' '}
            {text.splitMix} {signed(split.mix)}
          </dd>
        </>
      )}
    </dl>
  );
}

function AlertTrend({ alert, scheme }: { alert: AlertView; scheme: number }) {
  const name = useName();
  const overview = useCall('overview.get', {
    scheme,
    scope: alert.scope,
    quarter: alert.quarter,
    channel: alert.channel,
    indicator: alert.indicator,
  });
  const trend = useMemo(
    () => overview.data?.trends.find((one) => one.channel === alert.channel),
    [overview.data, alert.channel],
  );
  return (
    <Ready of={overview} height={220}>
      {() =>
        trend ? (
          <TrendChart
            lead={trend}
            what={`${name(alert.scopeName)} ${name(alert.indicatorName)}`}
            height={220}
          />
        ) : null
      }
    </Ready>
  );
}

/** What people make of the alert. */
function Response({ alert }: { alert: AlertView }) {
  const text = useText(alertText);
  const common = useText(commonText);
  const { message } = App.useApp();
  const update = useChange('alerts.update');
  const [state, setState] = useState(alert.state);
  const [note, setNote] = useState(alert.note);
  const names = stateNames(text);
  const save = () =>
    update.mutate({ alert: alert.id, state, note }, { onSuccess: () => void message.success(text.saved) });
  return (
    <div className="stack">
      <Segmented
        aria-label={text.state}
        value={state}
        onChange={setState}
        options={(Object.keys(names) as AlertView['state'][]).map((value) => ({
          value,
          label: names[value],
        }))}
      />
      <Field label={text.note}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={2000}
            value={note}
            placeholder={text.noteHint}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      {update.error && <Fault error={update.error} />}
      <Button
        type="primary"
        className="self-start"
        loading={update.isPending}
        disabled={state === alert.state && note === alert.note}
        onClick={save}
      >
        {common.save}
      </Button>
    </div>
  );
}
