import { useState } from 'react';
import type { AlertResponses, AlertView } from '../../../shared/calls/alerts.ts';
import { displayUnit } from '../../../shared/domain/score/score-format.ts';
import { useCall } from '../../api.ts';
import { BaseFigure, MarginFigure, ScoreFigure } from '../../components/marks.tsx';
import { Pages } from '../../components/pages.tsx';
import { Panel } from '../../components/panel.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { ABSENT, count, decimal } from '../../format.ts';
import { type ScoreFormat, useScoreFormat } from '../../score-format.ts';
import { alertText } from '../../text/alerts.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';

const PAGE = 15;

/** The answers that an alert rests on, down to the line of the file. */
export function ResponsesPanel({ alert }: { alert: AlertView }) {
  const text = useText(alertText);
  const name = useName();
  const [page, setPage] = useState(1);
  const as = useScoreFormat(alert.channel, alert.indicator);
  const behind = useCall('alerts.responses', { alert: alert.id, offset: (page - 1) * PAGE, limit: PAGE });
  return (
    <Panel title={text.responses} note={behind.data && text.responsesOf(name(behind.data.indicatorName))}>
      <Ready of={behind} height={240}>
        {(data) => (
          <div className="stack">
            <ul className="sources">
              {data.files.map((file) => (
                <li key={file.fileName}>
                  <span translate="no">{file.fileName}</span>
                  <span className="soft">
                    {' '}
                    · {name(file.study)} · {text.answersIn(count(file.n))}
                  </span>
                </li>
              ))}
            </ul>
            {data.attributes.length > 0 && <Breakdowns attributes={data.attributes} as={as} />}
            <Rows data={data} as={as} />
            <Pages page={page} size={PAGE} total={data.total} onChange={setPage} />
          </div>
        )}
      </Ready>
    </Panel>
  );
}

function Breakdowns(props: { attributes: AlertResponses['attributes']; as: ScoreFormat }) {
  const { attributes, as } = props;
  const text = useText(alertText);
  const common = useText(commonText);
  const name = useName();
  return (
    <div className="breakdowns">
      {attributes.map((attribute) => (
        <table key={attribute.code} className="plain">
          <thead>
            <tr>
              <th scope="col">{name(attribute.label)}</th>
              <th scope="col">{common.base}</th>
              <th scope="col">{common.score}</th>
              <th scope="col">{common.margin}</th>
              <th scope="col">{text.sincePrevious}</th>
            </tr>
          </thead>
          <tbody>
            {attribute.groups.map((group) => (
              <tr key={group.label.zh}>
                <th scope="row">{name(group.label)}</th>
                <td>
                  <BaseFigure score={group.score} />
                </td>
                <td>
                  <ScoreFigure score={group.score} as={as} />
                </td>
                <td>
                  <MarginFigure score={group.score} as={as} />
                </td>
                <td>
                  {group.mark === 'higher' && <span className="arrow better">▲</span>}
                  {group.mark === 'lower' && <span className="arrow worse">▼</span>}
                  {as.points(group.sincePrevious100)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

function Rows({ data, as }: { data: AlertResponses; as: ScoreFormat }) {
  const text = useText(alertText);
  const common = useText(commonText);
  const name = useName();
  if (data.rows.length === 0) return <Nothing height={120}>{text.noResponses}</Nothing>;
  const isScores = data.kind === 'scores';
  return (
    <div className="heat-frame">
      <table className="plain wide">
        <thead>
          <tr>
            <th scope="col">{text.file}</th>
            <th scope="col">{text.line}</th>
            {!isScores && <th scope="col">{text.day}</th>}
            <th scope="col" className="text">
              {common.dealer}
            </th>
            <th scope="col">{isScores ? text.reportedScore : text.answer}</th>
            {as.display !== 'native' && <th scope="col">{name(displayUnit(as.display))}</th>}
            {isScores && <th scope="col">{common.base}</th>}
            {data.attributes.map((attribute) => (
              <th scope="col" className="text" key={attribute.code}>
                {name(attribute.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={`${row.fileName}|${row.sourceRow}`}>
              <td translate="no">{row.fileName}</td>
              <td>{String(row.sourceRow)}</td>
              {!isScores && <td>{row.day ?? ABSENT}</td>}
              <td className="text" translate="no">
                {name(row.dealer)}
              </td>
              <td>{decimal(row.native, isScores ? 2 : 0)}</td>
              {as.display !== 'native' && <td>{as.score(row.score100)}</td>}
              {isScores && <td>{count(row.n)}</td>}
              {row.attributes.map((value, i) => (
                <td key={data.attributes[i]?.code} className="text" translate="no">
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
