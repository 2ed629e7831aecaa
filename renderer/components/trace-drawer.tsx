/** How a figure was computed: formula with its numbers, items, files, and the respondents down to the line of the file. */
import { Drawer } from 'antd';
import type { TracedFigureInput, TraceView } from '../../shared/calls/trace.ts';
import { explainDisplay } from '../../shared/domain/explain-figure.ts';
import { useCall } from '../api.ts';
import { ABSENT, count, decimal } from '../format.ts';
import { useScoreFormat } from '../score-format.ts';
import { useSession } from '../session.ts';
import { commonText } from '../text/common.ts';
import { traceText } from '../text/trace.ts';
import { useName, useText } from '../text/use-text.ts';
import { Nothing, Ready } from './states.tsx';
import { TracedRows } from './trace-rows.tsx';
import { useTrace } from './trace-store.ts';

export function TraceDrawer() {
  const text = useText(traceText);
  const { figure, close } = useTrace();
  return (
    <Drawer
      open={figure !== null}
      onClose={close}
      title={text.title}
      size="min(1080px, 92vw)"
      destroyOnHidden
      className="trace"
    >
      {figure && <Trace key={JSON.stringify(figure)} figure={figure} />}
    </Drawer>
  );
}

function Trace({ figure }: { figure: TracedFigureInput }) {
  const trace = useCall('trace.get', figure);
  return (
    <Ready of={trace} height={320}>
      {(data) => <TraceOf figure={figure} trace={data} />}
    </Ready>
  );
}

function TraceOf({ figure, trace }: { figure: TracedFigureInput; trace: TraceView }) {
  const text = useText(traceText);
  const common = useText(commonText);
  const name = useName();
  const as = useScoreFormat(figure.channel, figure.indicator ?? '');
  const display = useSession((session) => session.display);
  const { score } = trace;
  const last = score && explainDisplay(score, display, trace.scale);
  return (
    <div className="stack trace-body">
      <p className="strong" translate="no">
        {name(trace.title)}
      </p>
      {trace.hidden && <Nothing height={160}>{text.hidden}</Nothing>}
      {!trace.hidden && !score && <Nothing height={160}>{text.nobody}</Nothing>}
      {score && (
        <>
          <div className="facts-band panel">
            <Fact label={common.score} value={as.score(score.score100)} strong />
            {last && <Fact label={text.on100} value={decimal(score.score100)} />}
            <Fact
              label={common.scale(trace.scale.max)}
              value={decimal(score.native, trace.scale.max > 200 ? 0 : 2)}
            />
            <Fact label={common.base} value={count(score.n)} />
            <Fact label={common.effectiveBase} value={decimal(score.nEff)} />
            <Fact
              label={common.margin}
              value={score.margin100 === null ? ABSENT : `±${as.length(score.margin100)}`}
            />
          </div>
          <section>
            <h3 className="section-title">
              {text.formula}
              <span className="panel-note"> {text.formulaOn}</span>
            </h3>
            <dl className="facts trace-steps">
              {[...trace.steps, ...(last ? [last] : [])].map((step) => (
                <Step key={step.title.en} title={name(step.title)} words={name(step.text)} />
              ))}
            </dl>
          </section>
          {trace.parts.length > 0 && <Parts trace={trace} />}
          <Files trace={trace} />
          <TracedRows figure={figure} trace={trace} />
          <ul className="explore-notes">
            {trace.notes.map((note) => (
              <li key={note.en} translate="no">
                {name(note)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Fact({ label, value, strong }: { label: string; value: string; strong?: boolean }) {
  return (
    <span className="fact">
      <span className="field-label">{label}</span>
      <span className={strong ? 'fact-value strong' : 'fact-value'}>{value}</span>
    </span>
  );
}

function Step({ title, words }: { title: string; words: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd translate="no">{words}</dd>
    </>
  );
}

function Parts({ trace }: { trace: TraceView }) {
  const text = useText(traceText);
  const common = useText(commonText);
  const name = useName();
  const sum = trace.parts.reduce((total, part) => total + (part.contribution ?? 0), 0);
  const whole = trace.parts.every((part) => part.score || part.share === 0);
  return (
    <section>
      <h3 className="section-title">{text.parts}</h3>
      <div className="heat-frame">
        <table className="plain wide">
          <thead>
            <tr>
              <th scope="col" className="text">
                {common.indicator}
              </th>
              {[
                text.weightR,
                text.share,
                common.base,
                text.sumW,
                text.sumWX,
                text.score100,
                text.error,
                text.contribution,
              ].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {trace.parts.map((part) => (
              <tr key={part.indicator}>
                <th scope="row">{name(part.name)}</th>
                <td>{decimal(part.weight, 2)}</td>
                <td>{decimal(part.share, 3)}</td>
                <td>{count(part.score?.n)}</td>
                <td>{decimal(part.sums?.sumW)}</td>
                <td>{decimal(part.sums?.sumWX)}</td>
                <td>{part.score ? decimal(part.score.score100, 2) : ABSENT}</td>
                <td>{decimal(part.error100, 3)}</td>
                <td>{decimal(part.contribution, 2)}</td>
              </tr>
            ))}
            {whole && trace.score && (
              <tr className="strong">
                <th scope="row">{common.score}</th>
                <td />
                <td>{decimal(1, 3)}</td>
                <td>{count(trace.score.n)}</td>
                <td />
                <td />
                <td>{decimal(trace.score.score100, 2)}</td>
                <td />
                <td>{decimal(sum, 2)}</td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Files({ trace }: { trace: TraceView }) {
  const text = useText(traceText);
  const name = useName();
  return (
    <section>
      <h3 className="section-title">{text.files}</h3>
      <ul className="sources trace-files">
        {trace.files.map((file) => (
          <li key={file.batch}>
            <span translate="no">{file.fileName}</span>
            <span className="soft" translate="no">
              {` · ${name(file.study)} · ${text.questionnaire} ${file.questionnaire} · ${count(file.rows)} ${text.rowsIn}`}
            </span>
            <code title={file.sha256}>{` ${file.sha256.slice(0, 12)}`}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
