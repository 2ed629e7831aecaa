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
import { linesOf } from './line-series.ts';

/** Quarters or years along the axis; everything else as lines. */
export function lineOption(drawing: DrawnTable): DrawnChart {
  const { table, palette, drawn, margin, text, basis, isGrey } = drawing;
  const { times, lines, all } = linesOf(drawing.query, table);
  const labels = times.map((time) => nameOf(drawing, time));
  const names = lines.map((line) => nameOf(drawing, line.labels));
  const margins = times.map((_, t) => {
    const at = lines[0]?.cells[t];
    const shown = at && table.cells[at[0]]![at[1]]?.score;
    return { value: at ? drawn(...at, 0) : null, margin: shown ? margin(...at) : null };
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
        if (labels[index] === undefined) return '';
        const said = lines.flatMap(({ cells }, i) => {
          const at = cells[index];
          if (!at) return [];
          const shown = `${names[i]}  ${text(...at, 0)}`;
          return [table.cells[at[0]]![at[1]]?.score ? `${shown}  ${basis(...at)}` : shown];
        });
        return [labels[index], ...said].join('\n');
      },
    },
    series: [
      ...(table.measures[0]!.unit === 'score' ? [bandOf(drawing, margins)] : []),
      ...lines.map((line, i) => ({
        type: 'line' as const,
        name: names[i],
        data: line.cells.map((at) => ({
          value: at && drawn(...at, 0),
          ...(at && isGrey(...at) && { symbol: 'emptyCircle' }),
        })),
        lineStyle: { color: colourAt(palette, i), width: i === 0 ? 2.4 : 1.5 },
        itemStyle: { color: colourAt(palette, i) },
        symbol: 'circle',
        symbolSize: i === 0 ? 6 : 4,
        z: lines.length - i,
      })),
    ],
  } as ChartOption;
  const keys = names.map((name, i) => ({ name, colour: colourAt(palette, i) }));
  return { option, keys, rows: [], drawn: { shown: lines.length, all } };
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
