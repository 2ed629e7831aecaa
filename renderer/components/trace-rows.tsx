/** The respondents, or the lines of scores, behind a figure, page by page. */
import { useState } from 'react';
import type { TracedFigureInput, TraceRow, TraceRows, TraceView } from '../../shared/calls/trace.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { useCall } from '../api.ts';
import { ABSENT, count, decimal } from '../format.ts';
import { commonText } from '../text/common.ts';
import { traceText } from '../text/trace.ts';
import { useName, useText } from '../text/use-text.ts';
import { Pages } from './pages.tsx';
import { Ready } from './states.tsx';

const PAGE = 20;

export function TracedRows({ figure, trace }: { figure: TracedFigureInput; trace: TraceView }) {
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
