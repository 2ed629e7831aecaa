import { ArrowUpOutlined } from '@ant-design/icons';
import { Breadcrumb, Button, Tooltip } from 'antd';
import { useCallback, useEffect, useRef } from 'react';
import type { ExploreEntry, ExploreOptions, ExploreQuery } from '../../../shared/calls/explore.ts';
import { displayUnit } from '../../../shared/domain/score/score-format.ts';
import { useCall } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import type { ReadySlice } from '../../components/slice.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { useTrace } from '../../components/trace-store.ts';
import { WithSlice } from '../../components/with-slice.tsx';
import { count } from '../../format.ts';
import { useSession } from '../../session.ts';
import { exploreText } from '../../text/explore.ts';
import { useName, useText } from '../../text/use-text.ts';
import { useExplore } from './explore-store.ts';
import { FilterBar } from './filter-bar.tsx';
import { PivotChart } from './pivot-chart.tsx';
import { PivotTable } from './pivot-table.tsx';
import { ShapeBar } from './shape-bar.tsx';
import { TableActions } from './table-actions.tsx';
import { attributeChoices, drilled, firstQuery, narrowedTo, PAGE, type Step, stepName } from './view.ts';
import { ViewsBar } from './views-bar.tsx';

export function ExploreScreen() {
  return <WithSlice>{(slice) => <Explore slice={slice} />}</WithSlice>;
}

function Explore({ slice }: { slice: ReadySlice }) {
  const status = useCall('app.status', {});
  const options = useCall('explore.options', { scheme: slice.scheme });
  const { steps, of, begin } = useExplore();
  const database = status.data?.database?.path;
  const ready = steps !== null && of === database;
  useEffect(() => {
    if (database === undefined || !options.data || (steps !== null && of === database)) return;
    begin(database, firstQuery({ ...slice, levels: options.data.levels }));
  }, [database, options.data, slice, steps, of, begin]);
  return (
    <Ready of={options} height={600}>
      {(known) => (ready ? <Workbench slice={slice} options={known} steps={steps} /> : null)}
    </Ready>
  );
}

function Workbench(props: { slice: ReadySlice; options: ExploreOptions; steps: Step[] }) {
  const { slice, options, steps } = props;
  const text = useText(exploreText);
  const { change, drill, chart, bases } = useExplore();
  const name = useName();
  const display = useSession((session) => session.display);
  const openTrace = useTrace((state) => state.open);
  const query = { ...steps.at(-1)!.query, basis: slice.basis, intervals: bases };
  const table = useCall('explore.table', query);
  const attributes = attributeChoices(options, query);
  const picture = useRef<((title: string | null) => string) | null>(null);
  const trace = (row: ExploreEntry, column: ExploreEntry) => {
    const {
      channel = slice.channel,
      from,
      to,
      ...narrowed
    } = narrowedTo(narrowedTo(query.filters, row.place), column.place);
    const span = { from: from ?? table.data!.from, to: to ?? table.data!.to };
    openTrace({ scheme: query.scheme, basis: query.basis, channel, ...span, ...narrowed });
  };
  const takePicture = useCallback((take: (title: string | null) => string) => {
    picture.current = take;
  }, []);
  const go = (side: 'rows' | 'columns', entry: ExploreEntry) => {
    const next = drilled(query, side, entry, options);
    if (next) drill(stepName(entry), next);
  };
  return (
    <div className="screen">
      <div className="panel explore-bars">
        <ViewsBar query={query} slice={slice} options={options} />
        <ShapeBar
          query={query}
          options={options}
          attributes={attributes}
          channels={slice.catalog.channels}
          onChange={change}
        />
        <FilterBar query={query} slice={slice} options={options} attributes={attributes} onChange={change} />
      </div>
      <Trail steps={steps} />
      <Ready of={table} height={480}>
        {(data) =>
          data.rows.length === 0 ? (
            <Nothing height={360}>{text.empty}</Nothing>
          ) : (
            <div className={chart === 'none' ? 'stack' : 'two explore-split'}>
              <Panel
                title={text.table}
                note={[
                  text.rowsShown(count(data.rows.length), count(data.rowCount)),
                  ...(data.measures.some(({ unit }) => unit === 'score' || unit === 'points')
                    ? [name(displayUnit(display))]
                    : []),
                ].join(' · ')}
                extra={
                  <TableActions
                    query={query}
                    table={data}
                    picture={chart === 'none' ? null : (title) => picture.current?.(title) ?? ''}
                  />
                }
                flush
              >
                <PivotTable query={query} table={data} onDrill={go} onChange={change} onTrace={trace} />
                <More query={query} shown={data.rows.length} all={data.rowCount} />
                <ul className="explore-notes">
                  {data.notes.map((note) => (
                    <Note key={note.en} note={note} />
                  ))}
                </ul>
              </Panel>
              {chart !== 'none' && (
                <PivotChart query={query} table={data} onDrill={go} onPicture={takePicture} />
              )}
            </div>
          )
        }
      </Ready>
    </div>
  );
}

function Note({ note }: { note: { zh: string; en: string } }) {
  const name = useName();
  return <li translate="no">{name(note)}</li>;
}

function More({ query, shown, all }: { query: ExploreQuery; shown: number; all: number }) {
  const text = useText(exploreText);
  const change = useExplore((state) => state.change);
  if (shown >= all) return null;
  return (
    <div className="padded no-print">
      <Button onClick={() => change({ ...query, limit: query.limit + 4 * PAGE })}>{text.more}</Button>
    </div>
  );
}

/** The way down, each step a way back up. */
function Trail({ steps }: { steps: Step[] }) {
  const text = useText(exploreText);
  const name = useName();
  const backTo = useExplore((state) => state.backTo);
  if (steps.length < 2) return null;
  return (
    <div className="row">
      <Tooltip title={text.up}>
        <Button
          size="small"
          icon={<ArrowUpOutlined />}
          aria-label={text.up}
          onClick={() => backTo(steps.length - 2)}
        />
      </Tooltip>
      <Breadcrumb
        items={steps.map(({ label }, i) => {
          const words = label ? name(label) : text.start;
          return {
            title:
              i === steps.length - 1 ? (
                <span translate="no">{words}</span>
              ) : (
                <button type="button" className="link-button" translate="no" onClick={() => backTo(i)}>
                  {words}
                </button>
              ),
          };
        })}
      />
    </div>
  );
}
