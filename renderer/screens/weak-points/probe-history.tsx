import type { TableProps } from 'antd';
import { useState } from 'react';
import type { ProbeHitDifference, ProbeInfo, ProbeRunInfo } from '../../../shared/calls/probes.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useCall } from '../../api.ts';
import { PagedTable } from '../../components/long-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { count, moment } from '../../format.ts';
import { useScoreFormats } from '../../score-format.ts';
import { useName, useText } from '../../text/use-text.ts';
import { weakText } from '../../text/weak-points.ts';

/** What a saved probe found each time, and what came and went between two of its runs. */
export function ProbeHistory({ probe }: { probe: ProbeInfo | null }) {
  const text = useText(weakText);
  const runs = useCall('probes.runs', probe ? { id: probe.id } : null);
  return (
    <Panel title={text.history} note={probe && text.historyNote} flush>
      {probe === null ? (
        <Nothing height={90}>{text.unsaved}</Nothing>
      ) : (
        <Ready of={runs} height={120}>
          {(rows) =>
            rows.length === 0 ? (
              <Nothing height={90}>{text.noHistory}</Nothing>
            ) : (
              <Runs key={probe.id} rows={rows} />
            )
          }
        </Ready>
      )}
    </Panel>
  );
}

function Runs({ rows }: { rows: ProbeRunInfo[] }) {
  const text = useText(weakText);
  const [chosen, setChosen] = useState<number[]>([]);
  const [after, before] = [...chosen].sort((a, b) => b - a);
  const number = { className: 'number', align: 'right' } as const;
  const columns: TableProps<ProbeRunInfo>['columns'] = [
    { title: text.at, key: 'at', render: (_, run) => moment(run.at) },
    { title: text.by, dataIndex: 'actor', key: 'by' },
    { title: text.version, dataIndex: 'dataVersion', key: 'version', ...number },
    { title: text.hits, key: 'hits', ...number, render: (_, run) => count(run.hits) },
    {
      key: 'changed',
      render: (_, run) => run.changed && <span className="faint">{text.conditionsChanged}</span>,
    },
  ];
  return (
    <>
      <PagedTable<ProbeRunInfo>
        rowKey="id"
        columns={columns}
        dataSource={rows}
        pageSize={8}
        rowSelection={{
          hideSelectAll: true,
          selectedRowKeys: chosen,
          onChange: (keys) => setChosen((keys as number[]).slice(-2)),
        }}
      />
      {before !== undefined && after !== undefined && <Difference before={before} after={after} />}
    </>
  );
}

function Difference({ before, after }: { before: number; after: number }) {
  const text = useText(weakText);
  const difference = useCall('probes.compare', { before, after });
  return (
    <Ready of={difference} height={100}>
      {({ appeared, gone, kept }) => (
        <div className="padded stack">
          <p>{text.kept(count(kept))}</p>
          <div className="two">
            <Hits title={text.appeared} hits={appeared} />
            <Hits title={text.gone} hits={gone} />
          </div>
        </div>
      )}
    </Ready>
  );
}

const SHOWN = 30;

function Hits({ title, hits }: { title: string; hits: ProbeHitDifference[] }) {
  const text = useText(weakText);
  const name = useName();
  const formats = useScoreFormats();
  return (
    <section>
      <h3 className="section-title">{`${title} ${count(hits.length)}`}</h3>
      {hits.length === 0 && <p className="faint">{text.noDifference}</p>}
      <table className="plain wide">
        <tbody>
          {hits.slice(0, SHOWN).map((hit) => (
            <tr key={`${hit.unit} ${hit.indicatorName.en} ${hit.quarter}`}>
              <th scope="row">{`${name(hit.name)} · ${name(hit.indicatorName)}`}</th>
              <td>{formatQuarter(hit.quarter)}</td>
              <td>{formats(hit.channel, hit.indicator).score(hit.score100)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hits.length > SHOWN && <p className="hint">{text.more(count(hits.length - SHOWN))}</p>}
    </section>
  );
}
