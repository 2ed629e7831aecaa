/** How a figure was computed: formula with its numbers, items, files, and the respondents down to the line of the file. */
import { Drawer } from 'antd';
import { useState } from 'react';
import type { TracedFigureInput, TraceRow, TraceRows, TraceView } from '../../shared/calls/trace.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { useCall } from '../api.ts';
import { ABSENT, count, decimal } from '../format.ts';
import { useScoreFormat } from '../score-format.ts';
import { commonText } from '../text/common.ts';
import { traceText } from '../text/trace.ts';
import { useName, useText } from '../text/use-text.ts';
import { Pages } from './pages.tsx';
import { Nothing, Ready } from './states.tsx';
import { useTrace } from './trace-store.ts';

const PAGE = 20;

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
  const { score } = trace;
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
            <h3 className="section-title">{text.formula}</h3>
            <dl className="facts trace-steps">
              {trace.steps.map((step) => (
                <Step key={step.title.en} title={name(step.title)} words={name(step.text)} />
              ))}
            </dl>
          </section>
          {trace.parts.length > 0 && <Parts trace={trace} />}
          <Files trace={trace} />
          <Rows figure={figure} trace={trace} />
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
                common.score,
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

function Rows({ figure, trace }: { figure: TracedFigureInput; trace: TraceView }) {
  const text = useText(traceText);
  const [page, setPage] = useState(1);
  const rows = useCall('trace.rows', { ...figure, offset: (page - 1) * PAGE, limit: PAGE });
  const scores = trace.files.length > 0 && trace.files.every((file) => file.kind === 'scores');
  return (
    <section>
      <h3 className="section-title">
        {scores ? text.lines : text.respondents}
        {!scores && <span className="panel-note"> {text.respondentsNote}</span>}
      </h3>
      <Ready of={rows} height={200}>
        {(data) => (
          <>
            <RowTable data={data} scores={scores} />
            <Pages
              page={page}
              size={PAGE}
              total={data.total}
              words={(total) => `${count(total)} ${text.rowsIn}`}
              onChange={setPage}
            />
          </>
        )}
      </Ready>
    </section>
  );
}

function RowTable({ data, scores }: { data: TraceRows; scores: boolean }) {
  const text = useText(traceText);
  const common = useText(commonText);
  const name = useName();
  return (
    <div className="heat-frame trace-rows">
      <table className="plain wide">
        <thead>
          <tr>
            <th scope="col" className="text">
              {text.file}
            </th>
            <th scope="col">{text.line}</th>
            <th scope="col">{common.quarter}</th>
            {!scores && <th scope="col">{text.day}</th>}
            <th scope="col" className="text">
              {common.dealer}
            </th>
            <th scope="col">{scores ? text.base : text.weight}</th>
            {data.items.map((item) => (
              <th key={item.indicator} scope="col">
                {name(item.name)}
              </th>
            ))}
            {data.attributes.map((attribute) => (
              <th key={attribute.code} scope="col" className="text" translate="no">
                {name(attribute.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <Row
              key={`${row.fileName} ${row.sourceRow} ${name(row.dealer)} ${row.quarter}`}
              row={row}
              scores={scores}
              codes={data}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, scores, codes }: { row: TraceRow; scores: boolean; codes: TraceRows }) {
  const name = useName();
  return (
    <tr>
      <td className="text" translate="no">
        {row.fileName}
      </td>
      <td>{String(row.sourceRow)}</td>
      <td>{formatQuarter(row.quarter)}</td>
      {!scores && <td>{row.day ?? ABSENT}</td>}
      <td className="text" translate="no">
        {name(row.dealer)}
      </td>
      <td>{scores ? count(row.weight) : decimal(row.weight, 2)}</td>
      {row.answers.map((answer, i) => (
        <td key={codes.items[i]!.indicator} title={answer ? decimal(answer.score100, 2) : undefined}>
          {answer ? decimal(answer.native, scores ? 2 : 0) : ABSENT}
        </td>
      ))}
      {row.attributes.map((value, i) => (
        <td key={codes.attributes[i]!.code} className="text" translate="no">
          {name(value)}
        </td>
      ))}
    </tr>
  );
}
