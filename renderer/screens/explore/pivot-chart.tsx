import { Select } from 'antd';
import { useEffect, useMemo } from 'react';
import type { ExploreEntry, ExploreQuery, ExploreTable } from '../../../shared/calls/explore.ts';
import { Chart } from '../../components/chart.tsx';
import { chartPicture } from '../../components/chart-picture.ts';
import { Panel } from '../../components/panel.tsx';
import { Nothing } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { PALETTES } from '../../palette.ts';
import type { Said } from '../../text/both.ts';
import { commonText } from '../../text/common.ts';
import { exploreText } from '../../text/explore.ts';
import { useText } from '../../text/use-text.ts';
import { axisName, type DrawnChart, type DrawnTable } from './chart-drawing.ts';
import { columnsDrawn, drawnOf } from './chart-extent.ts';
import { CHARTS, chartLacks } from './charts.ts';
import { useExplore } from './explore-store.ts';
import { timeSide } from './line-series.ts';
import { type Drawing, useDrawing } from './use-drawing.ts';
import { type ChartKind, columnKey, type DrawnKind, suitingChart } from './view.ts';

const HEIGHT = 460;
const DRAWN_KINDS = Object.keys(CHARTS) as DrawnKind[];

/** The chart beside the table: the kind that suits it, or the one that was chosen. */
export function PivotChart(props: {
  query: ExploreQuery;
  table: ExploreTable;
  onDrill: (side: 'rows' | 'columns', entry: ExploreEntry) => void;
  onPicture: (take: (title: string | null) => string) => void;
}) {
  const { query, table, onDrill, onPicture } = props;
  const text = useText(exploreText);
  const common = useText(commonText);
  const { chart, setChart, column: chosen, setColumn } = useExplore();
  const column = Math.max(
    0,
    table.columns.findIndex((one) => columnKey(one) === chosen),
  );
  const drawing = useDrawing(query, table, column);
  const kind = chart === 'auto' || chart === 'none' ? suitingChart(query, table) : chart;
  const hint = chartLacks(kind, query, table, text);
  // The table of a question just changed is still the last one, which may lack what the new one's chart needs.
  const drawn = useMemo(
    () => (hint === null ? CHARTS[kind].draw(drawing, text) : null),
    [hint, kind, drawing, text],
  );
  const notes = useMemo(
    () => (drawn ? chartNotes(kind, drawing, drawn, text) : []),
    [kind, drawing, drawn, text],
  );
  useEffect(() => {
    onPicture((title) => {
      if (hint !== null) return '';
      const light = { ...drawing, palette: PALETTES.light };
      const { option, keys } = CHARTS[kind].draw(light, text);
      const said = pictureWords(light, notes);
      const head = headline(light);
      // A view's own name does not say what is measured, nor in what.
      const lines = title === null ? said.lines : [head, ...said.lines];
      const words = { title: title ?? head, notes: said.notes, lines, keys };
      return chartPicture(option, words, PALETTES.light);
    });
  }, [onPicture, hint, kind, drawing, text, notes]);
  const kinds: { value: ChartKind; label: string }[] = [
    { value: 'auto', label: text.auto },
    ...DRAWN_KINDS.map((value) => ({ value, label: text[CHARTS[value].name] })),
    { value: 'none', label: text.none },
  ];
  const pick = (index: number) => {
    const row = drawn?.rows[index];
    if (row !== null && row !== undefined) onDrill('rows', table.rows[row]!);
  };
  return (
    <Panel
      title={text.chart}
      note={notes.join(common.between)}
      extra={
        <>
          {columnsDrawn(table, CHARTS[kind].extent)?.shown === 1 && (
            <Select
              value={column}
              aria-label={text.chartColumn}
              style={{ width: 130 }}
              popupMatchSelectWidth={false}
              showSearch={{ optionFilterProp: 'label' }}
              options={table.columns.map((one, c) => ({
                value: c,
                label: one.labels.map(drawing.say).join(' · '),
              }))}
              onChange={(c) => setColumn(columnKey(table.columns[c]!))}
            />
          )}
          <Select<ChartKind>
            value={chart}
            aria-label={text.chart}
            style={{ width: 168 }}
            options={kinds}
            onChange={setChart}
          />
        </>
      }
    >
      {!drawn ? (
        <Nothing height={HEIGHT}>{hint}</Nothing>
      ) : (
        <Chart
          key={kind}
          option={drawn.option}
          label={text.chartLabel(drawing.say(table.measures[0]!.name))}
          height={HEIGHT}
          onPick={pick}
        />
      )}
    </Panel>
  );
}

/** What of the table is not in the chart, and how its scores are to be read. */
function chartNotes(
  kind: DrawnKind,
  { table, query, column, say, mixed }: Drawing,
  drawn: DrawnChart,
  text: Said<typeof exploreText>,
): string[] {
  const { extent, note } = CHARTS[kind];
  const rows = drawnOf(table, extent);
  const lines = drawn.drawn && drawn.drawn.all > drawn.drawn.shown ? drawn.drawn : null;
  const unread = kind === 'line' && timeSide(query) === 'rows' && table.rowCount > table.rows.length;
  const columns = columnsDrawn(table, extent);
  return [
    ...(rows ? [text.firstOf(count(rows.shown), count(rows.all))] : []),
    ...(lines ? [text.linesOf(count(lines.shown), count(lines.all))] : []),
    ...(unread ? [text.rowsShown(count(table.rows.length), count(table.rowCount))] : []),
    ...(columns
      ? [
          columns.shown === 1
            ? text.onlyColumn(table.columns[column]!.labels.map(say).join(' · '))
            : text.columnsOf(count(columns.shown), count(columns.all)),
        ]
      : []),
    ...(note && table.measures[0]!.unit === 'score' ? [note(drawn, text)] : []),
    ...(mixed ? [text.mixedScales] : []),
  ];
}

/** What a picture says beside its chart: the table's own notes, of the bases the smallest and the largest. */
function pictureWords({ table, say, bases }: Drawing, notes: readonly string[]) {
  const [covers, ...others] = table.notes.map(say);
  return { lines: [covers ?? '', bases], notes: [...notes, ...others] };
}

/** `得分 (百分制)：大区 × 季度`. */
function headline(drawing: DrawnTable): string {
  const { table, say, english } = drawing;
  const heads = [...table.rowHeads, ...table.columnHeads].map(say).join(' × ');
  const measure = axisName(drawing, 0);
  return heads === '' ? measure : `${measure}${english ? ': ' : '：'}${heads}`;
}
