import { Select } from 'antd';
import { useMemo } from 'react';
import type { ExploreEntry, ExploreQuery, ExploreTable } from '../../../shared/calls/explore.ts';
import { inLanguage } from '../../../shared/domain/language.ts';
import { Chart } from '../../components/chart.tsx';
import { Panel } from '../../components/panel.tsx';
import { Nothing } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { PALETTES } from '../../palette.ts';
import { useSession } from '../../session.ts';
import type { Said } from '../../text/both.ts';
import { commonText } from '../../text/common.ts';
import { exploreText } from '../../text/explore.ts';
import { useText } from '../../text/use-text.ts';
import { barOption } from './bar-chart.ts';
import type { DrawnChart, DrawnTable } from './chart-drawing.ts';
import { columnsDrawn, drawnOf } from './chart-extent.ts';
import { useExplore } from './explore-store.ts';
import { lineOption } from './line-chart.ts';
import { scatterOption } from './scatter-chart.ts';
import { heatOption, mapOption } from './tile-charts.ts';
import { useCellFormat } from './use-cell-format.ts';
import { type ChartKind, suitingChart, valueText } from './view.ts';

const HEIGHT = 460;

/** The chart beside the table: the kind that suits it, or the one that was chosen. */
export function PivotChart(props: {
  query: ExploreQuery;
  table: ExploreTable;
  onDrill: (side: 'rows' | 'columns', entry: ExploreEntry) => void;
  onPicture: (take: () => string) => void;
}) {
  const { query, table, onDrill, onPicture } = props;
  const text = useText(exploreText);
  const common = useText(commonText);
  const { chart, setChart } = useExplore();
  const drawing = useDrawing(query, table);
  const kind = chart === 'auto' || chart === 'none' ? suitingChart(query, table) : chart;
  const hint = missing(kind, table, text);
  const drawn = useMemo(() => draw(kind, drawing), [kind, drawing]);
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
      note={chartNotes(kind, drawing, text).join(common.between)}
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
          onReady={onPicture}
        />
      )}
    </Panel>
  );
}

/** What of the table is not in the chart, and where bars do not begin at nothing. */
function chartNotes(kind: string, { table, say }: DrawnTable, text: Said<typeof exploreText>): string[] {
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
  ];
}

function missing(
  kind: string,
  table: ExploreTable,
  text: { mapNeeds: string; scatterNeeds: string; noChart: string },
) {
  if (kind === 'map' && !table.rows.some((row) => row.province !== undefined)) return text.mapNeeds;
  if (kind === 'scatter' && table.measures.length < 2) return text.scatterNeeds;
  const drawable = (values: readonly (number | null)[]) =>
    kind === 'scatter' ? values.every((value) => value !== null) : values[0] !== null;
  return table.cells.some((line) => line.some((cell) => cell?.score && drawable(cell.values)))
    ? null
    : text.noChart;
}

function draw(kind: Exclude<ChartKind, 'auto' | 'none'>, drawing: DrawnTable): DrawnChart {
  switch (kind) {
    case 'line':
      return lineOption(drawing);
    case 'scatter':
      return scatterOption(drawing);
    case 'heat':
      return heatOption(drawing);
    case 'map':
      return mapOption(drawing);
    case 'bar':
      return barOption(drawing);
  }
}

function useDrawing(query: ExploreQuery, table: ExploreTable): DrawnTable {
  const language = useSession((session) => session.language);
  const palette = PALETTES[useSession((session) => session.appearance)];
  const formatOf = useCellFormat(query);
  return useMemo(() => {
    const valueAt = (r: number, c: number, m: number) => table.cells[r]![c]?.values[m] ?? null;
    const formatAt = (r: number, c: number) => formatOf(table.rows[r]!, table.columns[c]!);
    return {
      table,
      palette,
      english: language === 'en',
      say: (name) => inLanguage(name, language),
      drawn(r, c, m) {
        const value = valueAt(r, c, m);
        return value !== null && table.measures[m]!.unit === 'score' ? formatAt(r, c).value(value) : value;
      },
      text: (r, c, m) =>
        valueText(table.measures[m]!.unit, valueAt(r, c, m), formatAt(r, c), table.measures[m]!.code),
    };
  }, [table, palette, language, formatOf]);
}
