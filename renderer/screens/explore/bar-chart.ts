/** Bars, a group a row, a bar a column. */
import type { ChartOption } from '../../components/chart.tsx';
import {
  axisLook,
  axisName,
  colourAt,
  type DrawnChart,
  type DrawnTable,
  legendLook,
  nameOf,
  PALE,
  tooltipLines,
} from './chart-drawing.ts';
import { barColumns, membersOf, mostGroups } from './chart-extent.ts';

export function barOption(drawing: DrawnTable): DrawnChart {
  const { table, palette, say, drawn, text, isGrey } = drawing;
  const columns = barColumns(table);
  const rows = membersOf(table.rows, mostGroups(columns.length));
  const lying = rows.length > 6;
  const names = rows.map((r) => nameOf(drawing, table.rows[r]!.labels));
  const value = {
    type: 'value' as const,
    scale: table.measures[0]!.unit === 'score',
    splitNumber: 4,
    name: axisName(drawing, 0),
    nameLocation: 'middle' as const,
    nameGap: lying ? 26 : 36,
    nameTextStyle: { color: palette.soft },
    ...axisLook(palette),
  };
  const category = {
    type: 'category' as const,
    data: names,
    inverse: lying,
    ...axisLook(palette),
    axisLabel: {
      color: palette.soft,
      fontSize: 11,
      width: lying ? 120 : 90,
      overflow: 'truncate' as const,
      interval: 0,
    },
  };
  const option = {
    grid: { left: lying ? 132 : 56, right: 30, top: columns.length > 1 ? 30 : 12, bottom: lying ? 44 : 34 },
    ...(columns.length > 1 && { legend: legendLook(palette) }),
    xAxis: lying ? value : category,
    yAxis: lying ? category : value,
    tooltip: {
      trigger: 'item',
      formatter: (params: unknown) => {
        const { dataIndex, seriesIndex } = params as { dataIndex: number; seriesIndex: number };
        const c = columns[seriesIndex]!;
        return [names[dataIndex]!, ...tooltipLines(drawing, rows[dataIndex]!, c)].join('\n');
      },
    },
    series: columns.map((c, i) => ({
      type: 'bar' as const,
      name: nameOf(drawing, table.columns[c]!.labels),
      data: rows.map((r) => ({
        value: drawn(r, c, 0),
        ...(isGrey(r, c) && { itemStyle: { opacity: PALE } }),
      })),
      itemStyle: { color: colourAt(palette, i) },
      barMaxWidth: 22,
      label: {
        show: columns.length === 1,
        position: lying ? ('right' as const) : ('top' as const),
        color: palette.soft,
        fontSize: 11,
        formatter: ({ dataIndex }: { dataIndex: number }) => text(rows[dataIndex]!, c, 0),
      },
    })),
    aria: { label: { description: say(table.measures[0]!.name) } },
  } as ChartOption;
  const keys = columns.map((c, i) => ({
    name: nameOf(drawing, table.columns[c]!.labels),
    colour: colourAt(palette, i),
  }));
  return { option, keys: columns.length > 1 ? keys : [], rows };
}
