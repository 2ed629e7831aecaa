import type { AlertView } from '../../../shared/calls/alerts.ts';
import type { SurpriseRow } from '../../../shared/calls/figure.ts';
import { TracedFigure } from '../../components/traced-figure.tsx';
import { Waterfall } from '../../components/waterfall.tsx';
import { count } from '../../format.ts';
import { useScoreFormat, useScoreFormats } from '../../score-format.ts';
import { alertText } from '../../text/alerts.ts';
import { commonText } from '../../text/common.ts';
import { traceText } from '../../text/trace.ts';
import { useName, useText } from '../../text/use-text.ts';
import { alertSentence, chanceWords, kindNames, overallSentence, reachWords } from './view.ts';

/** What was found, in words and in steps from the expected to the actual figure. */
export function Findings(props: { alert: AlertView; overall: SurpriseRow | null; scheme: number }) {
  const { alert, overall, scheme } = props;
  const { channel, scope, indicator, quarter } = alert;
  const trace = useText(traceText);
  const text = useText(alertText);
  const common = useText(commonText);
  const name = useName();
  const formats = useScoreFormats();
  const as = formats(alert.channel, alert.indicator);
  const reach = reachWords(alert, text);
  return (
    <div className="stack">
      {overall && (
        <p className="soft">
          {overallSentence(overall, name(alert.channelName), text, formats(alert.channel))}
        </p>
      )}
      <p>{alertSentence(alert, name(alert.scopeName), name(alert.indicatorName), text, as)}</p>
      {reach && <p className="soft">{reach}</p>}
      {alert.kind !== 'drift' && <Steps alert={alert} />}
      <dl className="facts">
        <dt>{text.actual}</dt>
        <dd>
          {as.score(alert.actual100)}
          {alert.actualMargin100 !== null && ` ± ${as.length(alert.actualMargin100)}`}
          {` · ${common.base} ${count(alert.n)}`}
          <span className="no-print">
            {' · '}
            <TracedFigure
              place={{ scheme, channel, scope, indicator }}
              quarter={quarter}
              what={`${name(alert.scopeName)} ${name(alert.indicatorName)}`}
            >
              <span className="link-button">{trace.title}</span>
            </TracedFigure>
          </span>
        </dd>
        <dt>{text.ownShiftShort}</dt>
        <dd>
          {as.points(alert.shift100)} ± {as.length(alert.shiftMargin100)}
        </dd>
        <dt>{text.kind}</dt>
        <dd>{kindNames(text)[alert.kind]}</dd>
        {alert.kind !== 'overall' && alert.kind !== 'diffuse' && (
          <>
            <dt>{text.overallEffect}</dt>
            <dd>{formats(alert.channel).points(alert.overallEffect100, 1)}</dd>
          </>
        )}
        <dt>{text.chance}</dt>
        <dd>
          {chanceWords(alert.p, text)}
          <div className="hint">{text.chanceHint}</div>
        </dd>
      </dl>
    </div>
  );
}

/** Expected, then what happened here itself, what others did to it, who answered, and what is left, to the actual. */
function Steps({ alert }: { alert: AlertView }) {
  const text = useText(alertText);
  const name = useName();
  const as = useScoreFormat(alert.channel, alert.indicator);
  const { expected100, actual100, adjusted100, shift100, effects, mix100 } = alert;
  const shown = effects.filter((effect) => Math.abs(effect.points) >= 0.05);
  const hidden = actual100 - adjusted100 - mix100 - shown.reduce((sum, effect) => sum + effect.points, 0);
  const left = adjusted100 - expected100 - shift100;
  const steps = [
    { key: 'expected', label: text.expected, value: expected100, total: true },
    { key: 'own', label: text.ownShift, value: shift100 },
    ...shown.map((effect) => ({
      key: `${effect.scope}|${effect.indicator}`,
      label: text.effectOf(name(effect.scopeName), name(effect.indicatorName)),
      value: effect.points,
    })),
    { key: 'mix', label: text.effectOfMix, value: mix100 },
    { key: 'left', label: text.withinChance, value: left + hidden },
    { key: 'actual', label: text.actual, value: actual100, total: true },
  ];
  return (
    <div>
      <Waterfall
        label={text.stepsTitle}
        as={as}
        steps={steps.filter((step) => 'total' in step || step.key === 'own' || Math.abs(step.value) >= 0.05)}
      />
      {shown.length > 0 && (
        <p className="hint">{text.adjusted(as.figure(adjusted100), as.points(actual100 - adjusted100))}</p>
      )}
    </div>
  );
}
