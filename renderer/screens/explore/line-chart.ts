/** Lines over time, the first with its margin. */
import type { ChartOption } from '../../components/chart.tsx';
import {
  axisLook,
  axisName,
  colourAt,
  type DrawApi,
  type DrawnChart,
  type DrawnTable,
  legendLook,
  nameOf,
} from './chart-drawing.ts';
import { MOST_SERIES, membersOf } from './chart-extent.ts';

/** Quarters or years along the axis; the other side as lines. */
export function lineOption(drawing: DrawnTable): DrawnChart {
  const { table, palette, drawn, margin, text, basis, isGrey } = drawing;
  const across = table.columns.some((one) => one.place.from !== undefined);
  const times = membersOf(across ? table.columns : table.rows, 200);
  const others = across ? table.rows : table.columns;
  const lines = [...others.keys()].filter((i) => others[i]!.kind !== 'subtotal').slice(0, MOST_SERIES);
  const at = (time: number, line: number): [number, number] => (across ? [line, time] : [time, line]);
  const labels = times.map((i) => nameOf(drawing, (across ? table.columns : table.rows)[i]!.labels));
  const margins = times.map((time) => {
    const [r, c] = at(time, lines[0]!);
    const score = table.cells[r]![c]?.score;
    return { value: drawn(r, c, 0), margin: score ? margin(r, c) : null };
  });
  const option = {
    grid: { left: 52, right: 16, top: 52, bottom: 26 },
    legend: legendLook(palette),
    xAxis: { type: 'category', data: labels, ...axisLook(palette) },
    yAxis: {
      type: 'value',
      scale: true,
      splitNumber: 4,
      name: axisName(drawing, 0),
      nameTextStyle: { color: palette.soft, align: 'left', padding: [0, 0, 0, -44] },
      ...axisLook(palette),
    },
    tooltip: {
      trigger: 'axis',
      axisPointer: { lineStyle: { color: palette.faint } },
      formatter: (params: unknown) => {
        const index = (params as { dataIndex: number }[])[0]?.dataIndex ?? -1;
        const time = times[index];
        if (time === undefined) return '';
        const said = lines.map((line) => {
          const [r, c] = at(time, line);
          const shown = `${nameOf(drawing, others[line]!.labels)}  ${text(r, c, 0)}`;
          return table.cells[r]![c]?.score ? `${shown}  ${basis(r, c)}` : shown;
        });
        return [labels[index], ...said].join('\n');
      },
    },
    series: [
      ...(table.measures[0]!.unit === 'score' ? [bandOf(drawing, margins)] : []),
      ...lines.map((line, i) => ({
        type: 'line' as const,
        name: nameOf(drawing, others[line]!.labels),
        data: times.map((time) => ({
          value: drawn(...at(time, line), 0),
          ...(isGrey(...at(time, line)) && { symbol: 'emptyCircle' }),
        })),
        lineStyle: { color: colourAt(palette, i), width: i === 0 ? 2.4 : 1.5 },
        itemStyle: { color: colourAt(palette, i) },
        symbol: 'circle',
        symbolSize: i === 0 ? 6 : 4,
        z: lines.length - i,
      })),
    ],
  } as ChartOption;
  const keys = lines.map((line, i) => ({
    name: nameOf(drawing, others[line]!.labels),
    colour: colourAt(palette, i),
  }));
  return { option, keys, rows: [] };
}

/** The margin of the first line as a ground behind it, in the units in which the line is drawn. */
function bandOf({ palette }: DrawnTable, points: readonly { value: number | null; margin: number | null }[]) {
  const pieces = points.flatMap((point, i) => {
    const next = points[i + 1];
    if (point.value === null || point.margin === null || !next || next.value === null || next.margin === null)
      return [];
    const [m, n] = [point.margin, next.margin];
    return [[i, point.value - m, point.value + m, i + 1, next.value - n, next.value + n]];
  });
  return {
    type: 'custom' as const,
    silent: true,
    tooltip: { show: false },
    data: pieces,
    encode: { x: [0, 3], y: [1, 2, 4, 5] },
    z: 0,
    clip: true,
    renderItem: (_: unknown, api: DrawApi) => {
      const at = (x: number, y: number) => api.coord([api.value(x), api.value(y)]);
      return {
        type: 'polygon' as const,
        shape: { points: [at(0, 1), at(0, 2), at(3, 5), at(3, 4)] },
        style: { fill: palette.series[0], opacity: 0.15 },
      };
    },
  };
}
