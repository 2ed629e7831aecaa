/** Points of two values. */
import type { ChartOption } from '../../components/chart.tsx';
import {
  axisLook,
  axisName,
  type DrawnChart,
  type DrawnTable,
  nameOf,
  PALE,
  tooltipLines,
} from './chart-drawing.ts';
import { membersOf } from './chart-extent.ts';

export function scatterOption(drawing: DrawnTable): DrawnChart {
  const { table, palette, drawn, isGrey, column } = drawing;
  const rows = membersOf(table.rows, 5000).filter(
    (r) => drawn(r, column, 0) !== null && drawn(r, column, 1) !== null,
  );
  const option = {
    grid: { left: 56, right: 24, top: 20, bottom: 44 },
    xAxis: {
      type: 'value',
      scale: true,
      name: axisName(drawing, 0),
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: { color: palette.soft },
      ...axisLook(palette),
    },
    yAxis: {
      type: 'value',
      scale: true,
      name: axisName(drawing, 1),
      nameLocation: 'middle',
      nameGap: 40,
      nameTextStyle: { color: palette.soft },
      ...axisLook(palette),
    },
    tooltip: {
      trigger: 'item',
      formatter: (params: unknown) => {
        const r = rows[(params as { dataIndex: number }).dataIndex]!;
        return [nameOf(drawing, table.rows[r]!.labels), ...tooltipLines(drawing, r, column)].join('\n');
      },
    },
    series: [
      {
        type: 'scatter',
        data: rows.map((r) => ({
          value: [drawn(r, column, 0), drawn(r, column, 1)],
          ...(isGrey(r, column) && { itemStyle: { opacity: PALE } }),
        })),
        symbolSize: rows.length > 100 ? 5 : 9,
        itemStyle: { color: palette.series[0], opacity: 0.75 },
        label: {
          show: rows.length <= 40,
          position: 'right',
          color: palette.soft,
          fontSize: 11,
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            nameOf(drawing, table.rows[rows[dataIndex]!]!.labels),
        },
        labelLayout: { hideOverlap: true },
      },
    ],
  } as ChartOption;
  return { option, keys: [], rows };
}
