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
import { barOption } from './bar-chart.ts';
import { axisName, type DrawnChart, type DrawnTable } from './chart-drawing.ts';
import { columnsDrawn, drawnOf } from './chart-extent.ts';
import { useExplore } from './explore-store.ts';
import { lineOption } from './line-chart.ts';
import { scatterOption } from './scatter-chart.ts';
import { heatOption, mapOption } from './tile-charts.ts';
import { type Drawing, useDrawing } from './use-drawing.ts';
import { type ChartKind, hasTimeSide, suitingChart } from './view.ts';

const HEIGHT = 460;

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
  const { chart, setChart } = useExplore();
  const drawing = useDrawing(query, table);
  const kind = chart === 'auto' || chart === 'none' ? suitingChart(query, table) : chart;
  const hint = missing(kind, query, table, text);
  const drawn = useMemo(() => draw(kind, drawing, text), [kind, drawing, text]);
  const notes = useMemo(() => chartNotes(kind, drawing, drawn, text), [kind, drawing, drawn, text]);
  useEffect(() => {
    onPicture((title) => {
      const light = { ...drawing, palette: PALETTES.light };
      const { option, keys } = draw(kind, light, text);
      const words = { title: title ?? headline(light), ...pictureWords(light, notes), keys };
      return chartPicture(option, words, PALETTES.light);
    });
  }, [onPicture, kind, drawing, text, notes]);
  const kinds: [ChartKind, string][] = [
    ['auto', text.auto],
    ['bar', text.bar],
    ['line', text.line],
    ['scatter', text.scatter],
    ['heat', text.heatMap],
    ['map', text.map],
    ['none', text.none],
  ];
  const pick = (index: number) => {
    const row = drawn.rows[index];
    if (row !== null && row !== undefined) onDrill('rows', table.rows[row]!);
  };
  return (
    <Panel
      title={text.chart}
      note={notes.join(common.between)}
      extra={
        <Select<ChartKind>
          value={chart}
          aria-label={text.chart}
          style={{ width: 168 }}
          options={kinds.map(([value, label]) => ({ value, label }))}
          onChange={setChart}
        />
      }
    >
      {hint ? (
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

/** What of the table is not in the chart, and where bars do not begin at nothing. */
function chartNotes(
  kind: string,
  { table, say, mixed }: Drawing,
  { keys }: DrawnChart,
  text: Said<typeof exploreText>,
): string[] {
  const rows = drawnOf(table, kind);
  const columns = columnsDrawn(table, kind);
  return [
    ...(rows ? [text.firstOf(count(rows.shown), count(rows.all))] : []),
    ...(columns
      ? [
          columns.shown === 1
            ? text.onlyColumn(table.columns[0]!.labels.map(say).join(' · '))
            : text.columnsOf(count(columns.shown), count(columns.all)),
        ]
      : []),
    ...(kind === 'bar' && table.measures[0]!.unit === 'score' ? [text.cutAxis] : []),
    ...(kind === 'line' && table.measures[0]!.unit === 'score' ? [text.bandOf(keys[0]?.name ?? '')] : []),
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

function missing(
  kind: string,
  query: ExploreQuery,
  table: ExploreTable,
  text: { mapNeeds: string; scatterNeeds: string; lineNeeds: string; noChart: string },
) {
  if (kind === 'line' && !hasTimeSide(query)) return text.lineNeeds;
  if (kind === 'map' && !table.rows.some((row) => row.province !== undefined)) return text.mapNeeds;
  if (kind === 'scatter' && table.measures.length < 2) return text.scatterNeeds;
  const drawable = (values: readonly (number | null)[]) =>
    kind === 'scatter' ? values.every((value) => value !== null) : values[0] !== null;
  return table.cells.some((line) => line.some((cell) => cell?.score && drawable(cell.values)))
    ? null
    : text.noChart;
}

function draw(
  kind: Exclude<ChartKind, 'auto' | 'none'>,
  drawing: DrawnTable,
  text: { least: string; most: string },
): DrawnChart {
  const ends = { low: text.least, high: text.most };
  switch (kind) {
    case 'line':
      return lineOption(drawing);
    case 'scatter':
      return scatterOption(drawing);
    case 'heat':
      return heatOption(drawing, ends);
    case 'map':
      return mapOption(drawing, ends);
    case 'bar':
      return barOption(drawing);
  }
}
