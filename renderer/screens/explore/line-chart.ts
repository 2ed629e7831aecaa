/** Lines over time, the first with its margin. */
import type { ChartOption } from '../../components/chart.tsx';
import {
  axisLook,
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
  const { table, palette, drawn, text } = drawing;
  const across = table.columns.some((one) => one.place.from !== undefined);
  const times = membersOf(across ? table.columns : table.rows, 200);
  const others = across ? table.rows : table.columns;
  const lines = [...others.keys()].filter((i) => others[i]!.kind !== 'subtotal').slice(0, MOST_SERIES);
  const at = (time: number, line: number): [number, number] => (across ? [line, time] : [time, line]);
  const labels = times.map((i) => nameOf(drawing, (across ? table.columns : table.rows)[i]!.labels));
  const margins = times.map((time) => {
    const [r, c] = at(time, lines[0]!);
    const score = table.cells[r]![c]?.score;
    return { value: drawn(r, c, 0), margin: score?.margin100 ?? null, score: score?.score100 ?? null, r, c };
  });
  const option = {
    grid: { left: 44, right: 16, top: 34, bottom: 26 },
    legend: legendLook(palette),
    xAxis: { type: 'category', data: labels, ...axisLook(palette) },
    yAxis: { type: 'value', scale: true, splitNumber: 4, ...axisLook(palette) },
    tooltip: {
      trigger: 'axis',
      axisPointer: { lineStyle: { color: palette.faint } },
      formatter: (params: unknown) => {
        const index = (params as { dataIndex: number }[])[0]?.dataIndex ?? -1;
        const time = times[index];
        if (time === undefined) return '';
        const said = lines.map((line) => {
          const [r, c] = at(time, line);
          return `${nameOf(drawing, others[line]!.labels)}  ${text(r, c, 0)}`;
        });
        return [labels[index], ...said].join('\n');
      },
    },
    series: [
      ...(table.measures[0]!.unit === 'score' ? [bandOf(drawing, margins)] : []),
      ...lines.map((line, i) => ({
        type: 'line' as const,
        name: nameOf(drawing, others[line]!.labels),
        data: times.map((time) => drawn(...at(time, line), 0)),
        lineStyle: { color: colourAt(palette, i), width: i === 0 ? 2.4 : 1.5 },
        itemStyle: { color: colourAt(palette, i) },
        symbol: 'circle',
        symbolSize: i === 0 ? 6 : 4,
        z: lines.length - i,
      })),
    ],
  } as ChartOption;
  return { option, rows: [] };
}

/** The margin of the first line as a ground behind it, in the units in which the line is drawn. */
function bandOf(
  { palette }: DrawnTable,
  points: readonly { value: number | null; margin: number | null; score: number | null }[],
) {
  // Scores are drawn on a linear scale: its slope shows between any two points, else it is 1.
  const known = points.filter((point) => point.value !== null && point.score !== null);
  const [a, b] = [known[0], known.find((point) => point.score !== known[0]?.score)];
  const slope = a && b ? (b.value! - a.value!) / (b.score! - a.score!) : 1;
  const pieces = points.flatMap((point, i) => {
    const next = points[i + 1];
    if (point.value === null || point.margin === null || !next || next.value === null || next.margin === null)
      return [];
    const [m, n] = [slope * point.margin, slope * next.margin];
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
