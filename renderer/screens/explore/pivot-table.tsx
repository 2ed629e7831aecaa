import { CaretDownOutlined, CaretUpOutlined, NodeExpandOutlined } from '@ant-design/icons';
import { Fragment, memo, useMemo, useRef } from 'react';
import type { ExploreCell, ExploreEntry, ExploreQuery, ExploreTable } from '../../../shared/calls/explore.ts';
import { SparkLine } from '../../components/marks.tsx';
import { ABSENT, count, decimal } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { exploreText } from '../../text/explore.ts';
import { useName, useText } from '../../text/use-text.ts';
import { useExplore } from './explore-store.ts';
import { type HeatColour, heatOf } from './heat.ts';
import { usePaperBlocks } from './paper-blocks.ts';
import { useCellFormat } from './use-cell-format.ts';
import { hasMargin, valueText } from './view.ts';

interface PivotProps {
  query: ExploreQuery;
  table: ExploreTable;
  onDrill: (side: 'rows' | 'columns', entry: ExploreEntry) => void;
  onChange: (query: ExploreQuery) => void;
  onTrace?: (row: ExploreEntry, column: ExploreEntry) => void;
}

/** The table itself: rows lead down, columns sort, figures say how they were computed. */
export const PivotTable = memo(function PivotTable(props: PivotProps) {
  const { table } = props;
  const text = useText(exploreText);
  const frame = useRef<HTMLDivElement>(null);
  const blocks = usePaperBlocks(frame, table);
  return (
    <div ref={frame} className="heat-frame explore-frame">
      {blocks.map((columns, b) => (
        <Fragment key={columns[0] ?? 0}>
          {b > 0 && <p className="explore-block">{text.continued(`${b + 1} / ${blocks.length}`)}</p>}
          <table className="heat explore-table">
            <Head {...props} columns={columns} />
            <Body {...props} columns={columns} />
            <caption className="unseen">{table.rows.length}</caption>
          </table>
        </Fragment>
      ))}
    </div>
  );
});

/** Some of the columns; the spark lines stand before the first. */
interface BlockProps extends PivotProps {
  columns: readonly number[];
}

function Head({ query, table, columns, onDrill, onChange }: BlockProps) {
  const text = useText(exploreText);
  const name = useName();
  const many = table.measures.length > 1 && table.columnHeads.length > 0;
  const sortBy = (column: number, measure: number) => {
    const { sort } = query;
    const again = sort?.column === column && sort.measure === measure;
    if (again && sort.order === 'ascending') {
      const { sort: _, ...unsorted } = query;
      onChange(unsorted);
      return;
    }
    onChange({ ...query, sort: { column, measure, order: again ? 'ascending' : 'descending' } });
  };
  return (
    <thead>
      <tr>
        {(table.rowHeads.length > 0 ? table.rowHeads : [{ zh: '', en: '' }]).map((head, i) => (
          <th key={head.en} scope="col" rowSpan={many ? 2 : 1} className={i === 0 ? 'pinned' : undefined}>
            {name(head)}
          </th>
        ))}
        {table.sparks && columns[0] === 0 && (
          <th scope="col" rowSpan={many ? 2 : 1}>
            {table.columnHeads.length > 0 && table.columns[0]
              ? text.sparksOf(table.columns[0].labels.map(name).join(' · '))
              : text.sparks}
          </th>
        )}
        {table.columnHeads.length === 0
          ? table.measures.map((measure, m) => (
              <th key={measure.code} scope="col" className="number">
                <SortButton words={name(measure.name)} query={query} column={0} measure={m} onSort={sortBy} />
              </th>
            ))
          : columns.map((c) => {
              const column = table.columns[c]!;
              const words = column.labels.map(name).join(' · ');
              return (
                <th
                  key={keyOf(column)}
                  data-column={c}
                  scope="col"
                  colSpan={table.measures.length}
                  className="number"
                >
                  <span className="explore-head" translate="no">
                    {many ? (
                      words
                    ) : (
                      <SortButton words={words} query={query} column={c} measure={0} onSort={sortBy} />
                    )}
                    {column.kind !== 'total' && (
                      <button
                        type="button"
                        className="icon-button"
                        title={text.drill(words)}
                        aria-label={text.drill(words)}
                        onClick={() => onDrill('columns', column)}
                      >
                        <NodeExpandOutlined />
                      </button>
                    )}
                  </span>
                </th>
              );
            })}
      </tr>
      {many && (
        <tr className="second">
          {columns.map((c) =>
            table.measures.map((measure, m) => (
              <th key={`${c} ${measure.code}`} scope="col" className="number">
                <SortButton words={name(measure.name)} query={query} column={c} measure={m} onSort={sortBy} />
              </th>
            )),
          )}
        </tr>
      )}
    </thead>
  );
}

function SortButton(props: {
  words: string;
  query: ExploreQuery;
  column: number;
  measure: number;
  onSort: (column: number, measure: number) => void;
}) {
  const text = useText(exploreText);
  const { words, query, column, measure, onSort } = props;
  const sorted = query.sort?.column === column && query.sort.measure === measure ? query.sort.order : null;
  return (
    <button
      type="button"
      className="sort-button"
      title={text.sortBy(words)}
      onClick={() => onSort(column, measure)}
    >
      {words}
      {sorted === 'descending' && <CaretDownOutlined />}
      {sorted === 'ascending' && <CaretUpOutlined />}
    </button>
  );
}

function Body({ query, table, columns, onDrill, onTrace }: BlockProps) {
  const name = useName();
  const coloured = useExplore((state) => state.heat);
  const based = useExplore((state) => state.bases);
  const formatOf = useCellFormat(query);
  const heats = useMemo(() => table.measures.map((_, m) => heatOf(table, m)), [table]);
  return (
    <tbody>
      {table.rows.map((row, r) => (
        <tr key={keyOf(row)} className={row.kind === 'member' ? undefined : 'sum'}>
          {row.labels.map((label, d) => {
            const repeated =
              d === 0 && row.labels.length > 1 && row.kind === 'member' && sameOuter(table.rows[r - 1], row);
            return (
              <th
                key={table.rowHeads[d]?.en ?? ''}
                scope="row"
                className={d === 0 ? 'pinned' : undefined}
                translate="no"
              >
                {row.kind === 'total' ? (
                  name(label)
                ) : (
                  <button
                    type="button"
                    className={repeated ? 'link-button faint' : 'link-button'}
                    onClick={() => onDrill('rows', row)}
                  >
                    {name(label)}
                  </button>
                )}
              </th>
            );
          })}
          {table.sparks && columns[0] === 0 && (
            <td>
              <SparkLine values={table.sparks[r] ?? []} />
            </td>
          )}
          {columns.map((c) =>
            table.measures.map((measure, m) => (
              <Figure
                key={`${c} ${measure.code}`}
                cell={table.cells[r]![c] ?? null}
                measure={m}
                words={(value) =>
                  valueText(measure.unit, value, formatOf(row, table.columns[c]!), measure.code)
                }
                based={based}
                margin={hasMargin(measure.unit, measure.code)}
                heat={coloured ? heats[m]!(r, c) : null}
                lengthOf={(value) => formatOf(row, table.columns[c]!).length(value)}
                onOpen={onTrace && (() => onTrace(row, table.columns[c]!))}
              />
            )),
          )}
        </tr>
      ))}
    </tbody>
  );
}

function sameOuter(before: ExploreEntry | undefined, row: ExploreEntry): boolean {
  return before?.labels[0]?.zh === row.labels[0]!.zh;
}

function keyOf(entry: ExploreEntry): string {
  return `${entry.kind} ${JSON.stringify(entry.place)}`;
}

function Figure(props: {
  cell: ExploreCell | null;
  measure: number;
  words: (value: number | null) => string;
  lengthOf: (points: number | null) => string;
  /** Prints margin and base under the figure. */
  based: boolean;
  /** A score or a difference. */
  margin: boolean;
  heat: HeatColour | null;
  onOpen?: () => void;
}) {
  const text = useText(exploreText);
  const common = useText(commonText);
  const { cell, measure, words, based, margin, heat, lengthOf, onOpen } = props;
  if (!cell) return <td />;
  if (!cell.score)
    return (
      <td className="faint" title={text.hiddenCell}>
        {ABSENT}
      </td>
    );
  const mark = cell.marks[measure];
  const { n, nEff, tier } = cell.score;
  const own = (margin && cell.margins[measure]) || null;
  const basis = [
    `${common.base} ${count(n)}`,
    `${common.effectiveBase} ${decimal(nEff)}`,
    ...(own === null ? [] : [`${common.margin} ±${lengthOf(own)}`]),
    ...(tier === 'grey' ? [common.smallBase] : []),
    ...(mark === 'higher' || mark === 'lower' ? [common[mark]] : []),
  ].join(' · ');
  const shown = (
    <>
      {mark === 'higher' && <span className="arrow better">▲</span>}
      {mark === 'lower' && <span className="arrow worse">▼</span>}
      {words(cell.values[measure] ?? null)}
    </>
  );
  return (
    <td
      className={`${heat?.end ?? ''} ${tier === 'grey' ? 'grey-figure' : ''}`}
      style={heat ? ({ '--heat': `${heat.strength}%` } as React.CSSProperties) : undefined}
      title={basis}
    >
      {onOpen ? (
        <button type="button" className="figure-button" onClick={onOpen}>
          {shown}
        </button>
      ) : (
        shown
      )}
      {based && (
        <span className="cell-basis">
          {own === null ? '' : `±${lengthOf(own)} · `}
          {count(n)}
          {decimal(nEff, 0) !== count(n) && ` (${decimal(nEff, 0)})`}
        </span>
      )}
    </td>
  );
}
