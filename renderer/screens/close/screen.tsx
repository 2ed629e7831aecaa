import type { ChannelClose, CloseRow } from '../../../shared/calls/close.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useCall } from '../../api.ts';
import { BaseFigure, baseColumn, ChangeFigure, MarginFigure, ScoreFigure } from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
import { PrintButton, PrintHead } from '../../components/print-head.tsx';
import { QuarterPicker, type ReadySlice, SchemePicker } from '../../components/slice.tsx';
import { Ready } from '../../components/states.tsx';
import { TracedFigure } from '../../components/traced-figure.tsx';
import { WithSlice } from '../../components/with-slice.tsx';
import { count } from '../../format.ts';
import { scoreFormat, useScoreFormat, useScoreFormats } from '../../score-format.ts';
import { useSession } from '../../session.ts';
import { closeText } from '../../text/close.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { StaleNotice } from '../alerts/overall-standing.tsx';

export function CloseScreen() {
  return <WithSlice>{(slice) => <CloseOf slice={slice} />}</WithSlice>;
}

function CloseOf({ slice }: { slice: ReadySlice }) {
  const text = useText(closeText);
  const name = useName();
  const grouping = slice.catalog.schemes.find((one) => one.id === slice.scheme);
  const close = useCall('quarter.close', { scheme: slice.scheme, quarter: slice.quarter });
  return (
    <div className="screen">
      <div className="row between no-print">
        <div className="filters">
          <SchemePicker slice={slice} />
          <QuarterPicker slice={slice} />
        </div>
        <PrintButton />
      </div>
      <Ready of={close} height={600}>
        {(data) => (
          <>
            <PrintHead
              title={text.title}
              facts={[formatQuarter(data.quarter), ...(grouping ? [name(grouping.name)] : [])]}
            />
            {data.channels.some((one) => one.stale) && <StaleNotice slice={slice} />}
            {data.channels.map((one) => (
              <ChannelPanel key={one.channel} close={one} quarter={data.quarter} scheme={slice.scheme} />
            ))}
          </>
        )}
      </Ready>
    </div>
  );
}

interface Closed {
  close: ChannelClose;
  quarter: number;
  scheme: number;
}

function ChannelPanel({ close, quarter, scheme }: Closed) {
  const text = useText(closeText);
  const name = useName();
  return (
    <Panel title={name(close.name)} note={formatQuarter(quarter)}>
      <div className="close-channel">
        <Expectation close={close} quarter={quarter} scheme={scheme} />
        <Rows
          title={text.needsLook}
          none={text.nothingToLook}
          rows={close.needsLook}
          quarter={quarter}
          scheme={scheme}
          close={close}
        />
        <Rows
          title={text.wentWell}
          none={text.nothingWell}
          rows={close.wentWell}
          quarter={quarter}
          scheme={scheme}
          close={close}
        />
      </div>
    </Panel>
  );
}

/** What was expected of the whole, and what came. */
function Expectation({ close, quarter, scheme }: Closed) {
  const text = useText(closeText);
  const common = useText(commonText);
  const name = useName();
  const { score, expected, position, next, tested, inside80, inside95, alerts } = close;
  const as = useScoreFormat(close.channel, '');
  const language = useSession((session) => session.language);
  const other = scoreFormat(as.display === 'harmonised' ? 'native' : 'harmonised', close.scale, language);
  const words = position && { inside: text.inside, above: text.above, below: text.below }[position];
  return (
    <div className="stack tight">
      {score ? (
        <p className="big-figure">
          <TracedFigure place={{ scheme, channel: close.channel }} quarter={quarter} what={name(close.name)}>
            <b>{as.score(score.score100)}</b>
          </TracedFigure>
          <span className="soft">
            ± {as.length(score.margin100)}
            {other.max !== as.max &&
              ` · ${text.onScale(other.figure(score.score100), common.scale(other.max))}`}
          </span>
        </p>
      ) : (
        <p className="soft">{common.noData}</p>
      )}
      {score && (
        <p className="soft">
          {common.base} {count(score.n)}
          {count(score.nEff) !== count(score.n) && ` · ${common.effectiveBase} ${count(score.nEff)}`}
          {close.sincePrevious && (
            <>
              {' · '}
              {text.sincePrevious} <ChangeFigure change={close.sincePrevious} as={as} />
            </>
          )}
        </p>
      )}
      {expected ? (
        <p>
          {text.expected(as.figure(expected.point), as.figure(expected.low95), as.figure(expected.high95))}
          {words && (
            <>
              {' '}
              <span className={`standing-word ${position}`}>{words}</span>
            </>
          )}
        </p>
      ) : (
        <p className="soft">{text.notExpected}</p>
      )}
      {tested > 0 && <p className="soft">{text.insideOf(count(tested), count(inside80), count(inside95))}</p>}
      {close.tests && (
        <details className="soft">
          <summary>{text.tests(count(close.tests.tested), count(close.tests.series))}</summary>
          {close.tests.outcomes.map((one) => (
            <p key={one.outcome}>
              {count(one.series)} · {name(one.words)}
            </p>
          ))}
        </details>
      )}
      <p className="soft">{text.alerts(count(alerts.below), count(alerts.above), count(alerts.open))}</p>
      {next && (
        <p className="soft">
          {text.next(
            formatQuarter(quarter + 1),
            as.figure(next.point),
            as.figure(next.low95),
            as.figure(next.high95),
          )}
        </p>
      )}
    </div>
  );
}

function Rows(props: Closed & { title: string; none: string; rows: readonly CloseRow[] }) {
  const { title, none, rows, quarter, scheme, close } = props;
  const text = useText(closeText);
  const common = useText(commonText);
  const name = useName();
  const { go, chooseAlert } = useSession();
  const formats = useScoreFormats();
  const as = (row: CloseRow) => formats(close.channel, row.indicator);
  const base = baseColumn(
    rows.map(({ score }) => score),
    common,
  );
  const open = (row: CloseRow) => {
    if (row.alert === null)
      return go('overview', { scope: row.scope, indicator: row.indicator, quarter, channel: close.channel });
    chooseAlert(row.alert);
    go('alerts', { quarter });
  };
  return (
    <section>
      <h3 className="section-title">{title}</h3>
      {rows.length === 0 ? (
        <p className="faint">{none}</p>
      ) : (
        <table className="plain wide">
          <thead>
            <tr>
              <th scope="col">{text.where}</th>
              <th scope="col">{text.actual}</th>
              <th scope="col">{common.margin}</th>
              <th scope="col">{base.title}</th>
              <th scope="col">{text.interval80}</th>
              <th scope="col" title={text.sizeHint}>
                {text.size}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.scope}|${row.indicator}`}>
                <th scope="row">
                  <button type="button" className="link-button" onClick={() => open(row)}>
                    {name(row.name)} · {name(row.indicatorName)}
                  </button>
                  {row.alert !== null && <span className="alert-tag">{text.alert}</span>}
                </th>
                <td>
                  <TracedFigure
                    place={{ scheme, channel: close.channel, scope: row.scope, indicator: row.indicator }}
                    quarter={quarter}
                    what={`${name(row.name)} ${name(row.indicatorName)}`}
                  >
                    <ScoreFigure score={row.score} as={as(row)} />
                  </TracedFigure>
                </td>
                <td>
                  <MarginFigure score={row.score} as={as(row)} />
                </td>
                <td>
                  <BaseFigure score={row.score} />
                </td>
                <td className="soft">{as(row).range(row.expected.low80, row.expected.high80)}</td>
                <td className={`change ${row.shift.points100 < 0 ? 'lower' : 'higher'}`}>
                  {as(row).points(row.shift.points100)}
                  <span className="margin">±{as(row).length(row.shift.margin100)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
