/** A table as a chart: bars, lines with the margin of the first, points of two values, heat, the map of provinces. */
import type { ExploreTable } from '../../../shared/calls/explore.ts';
import { PROVINCE_TILES, PROVINCES } from '../../../shared/domain/geography.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import type { ChartOption } from '../../components/chart.tsx';
import { decimal } from '../../format.ts';
import type { Palette } from '../../palette.ts';
import { colouring, type HeatColour, MOST_HEAT } from './heat.ts';

export interface DrawnTable {
  table: ExploreTable;
  palette: Palette;
  say: (name: Bilingual) => string;
  /** The number that is drawn for a value: scores on the chosen scale. */
  drawn(row: number, column: number, measure: number): number | null;
  text(row: number, column: number, measure: number): string;
  english: boolean;
}

const MOST_GROUPS = 24;
/** More bars than this are too thin to tell apart. */
const MOST_BARS = 60;
const MOST_SERIES = 8;
const MOST_HEAT_ROWS = 40;

/** Row (or column) numbers that are drawn: members, or all there is. */
function membersOf(entries: ExploreTable['rows'], most: number): number[] {
  const members = entries.flatMap((one, i) => (one.kind === 'member' ? [i] : []));
  return (members.length > 0 ? members : entries.map((_, i) => i)).slice(0, most);
}

function nameOf({ say }: DrawnTable, labels: readonly Bilingual[]): string {
  return labels.map(say).join(' · ');
}

function colourAt(palette: Palette, i: number): string {
  const colours = [...palette.series, palette.worse, palette.better, palette.warn, palette.faint];
  return colours[i % colours.length]!;
}

function axisLook(palette: Palette) {
  return {
    axisLine: { lineStyle: { color: palette.line } },
    axisTick: { show: false },
    axisLabel: { color: palette.faint, fontSize: 11 },
    splitLine: { lineStyle: { color: palette.line, opacity: 0.7 } },
  };
}

function legendLook(palette: Palette) {
  return {
    type: 'scroll' as const,
    top: 2,
    left: 8,
    right: 8,
    icon: 'roundRect',
    itemWidth: 12,
    itemHeight: 6,
    textStyle: { color: palette.soft, fontSize: 11 },
  };
}

/** The columns that stand as bars side by side: of times the latest. */
function barColumns(table: ExploreTable): number[] {
  const all = membersOf(table.columns, Infinity);
  const times = all.some((c) => table.columns[c]!.place.from !== undefined);
  return times ? all.slice(-MOST_SERIES) : all.slice(0, MOST_SERIES);
}

function mostGroups(columns: number): number {
  return Math.min(MOST_GROUPS, Math.floor(MOST_BARS / columns));
}

/** How many of how many columns a chart shows; null when all. One: the first, where a chart has no place for more. */
export function columnsDrawn(table: ExploreTable, kind: string): { shown: number; all: number } | null {
  const all = kind === 'bar' ? membersOf(table.columns, Infinity).length : table.columns.length;
  const most = kind === 'bar' ? MOST_SERIES : kind === 'map' || kind === 'scatter' ? 1 : Infinity;
  return all > most ? { shown: most, all } : null;
}

/** How many of how many rows a chart shows; null when all. */
export function drawnOf(table: ExploreTable, kind: string): { shown: number; all: number } | null {
  const groups = mostGroups(barColumns(table).length);
  const most =
    kind === 'line' ? MOST_SERIES : kind === 'bar' ? groups : kind === 'heat' ? MOST_HEAT_ROWS : Infinity;
  const timeRows = kind === 'line' && !table.columns.some((one) => one.place.from !== undefined);
  const all = membersOf(timeRows ? table.columns : table.rows, Infinity).length;
  return all > most ? { shown: most, all } : null;
}

/** A chart, and which row of the table each of its data stands for. */
export interface DrawnChart {
  option: ChartOption;
  rows: readonly (number | null)[];
}

export function barOption(drawing: DrawnTable): DrawnChart {
  const { table, palette, say, drawn, text } = drawing;
  const columns = barColumns(table);
  const rows = membersOf(table.rows, mostGroups(columns.length));
  const lying = rows.length > 6;
  const names = rows.map((r) => nameOf(drawing, table.rows[r]!.labels));
  const value = {
    type: 'value' as const,
    scale: table.measures[0]!.unit === 'score',
    splitNumber: 4,
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
    grid: { left: lying ? 132 : 44, right: 30, top: columns.length > 1 ? 30 : 12, bottom: lying ? 24 : 34 },
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
      data: rows.map((r) => drawn(r, c, 0)),
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
  return { option, rows: rows };
}

function tooltipLines({ table, say, text }: DrawnTable, r: number, c: number): string[] {
  const cell = table.cells[r]![c];
  if (!cell?.score) return [];
  return [
    ...(table.columnHeads.length > 0 ? [table.columns[c]!.labels.map(say).join(' · ')] : []),
    ...table.measures.map((measure, m) => `${say(measure.name)}  ${text(r, c, m)}`),
    `n ${decimal(cell.score.n, 0)}`,
  ];
}

interface DrawApi {
  value(dimension: number): number;
  coord(point: [number, number]): [number, number];
  size(span: [number, number]): [number, number];
}

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

export function scatterOption(drawing: DrawnTable): DrawnChart {
  const { table, palette, say, drawn } = drawing;
  const rows = membersOf(table.rows, 5000).filter((r) => drawn(r, 0, 0) !== null && drawn(r, 0, 1) !== null);
  const [x, y] = table.measures;
  const option = {
    grid: { left: 56, right: 24, top: 20, bottom: 44 },
    xAxis: {
      type: 'value',
      scale: true,
      name: say(x!.name),
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: { color: palette.soft },
      ...axisLook(palette),
    },
    yAxis: {
      type: 'value',
      scale: true,
      name: y && say(y.name),
      nameLocation: 'middle',
      nameGap: 40,
      nameTextStyle: { color: palette.soft },
      ...axisLook(palette),
    },
    tooltip: {
      trigger: 'item',
      formatter: (params: unknown) => {
        const r = rows[(params as { dataIndex: number }).dataIndex]!;
        return [nameOf(drawing, table.rows[r]!.labels), ...tooltipLines(drawing, r, 0)].join('\n');
      },
    },
    series: [
      {
        type: 'scatter',
        data: rows.map((r) => [drawn(r, 0, 0), drawn(r, 0, 1)]),
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
  return { option, rows: rows };
}

function shade(palette: Palette, colour: HeatColour | null): { fill: string; opacity: number } {
  const fill = colour?.end === 'low' ? palette.worse : palette.better;
  return { fill, opacity: 0.06 + (0.4 * (colour?.strength ?? 0)) / MOST_HEAT };
}

/** Colours by what is in the table, not by the scale on which it is drawn. */
function tint({ table, palette }: DrawnTable, places: readonly (readonly [number, number])[]) {
  const valueAt = (r: number, c: number) => table.cells[r]![c]?.values[0] ?? null;
  const colour = colouring(
    table.measures[0]!,
    places.flatMap(([r, c]) => valueAt(r, c) ?? []),
  );
  return (r: number, c: number) => {
    const value = valueAt(r, c);
    return value === null ? null : shade(palette, colour(value));
  };
}

function box(
  palette: Palette,
  frame: { x: number; y: number; width: number; height: number },
  tinted: ReturnType<typeof shade> | null,
  texts: readonly string[],
) {
  const { x, y, width, height } = frame;
  const ground = tinted ?? { fill: palette.raised, opacity: 1 };
  return {
    type: 'group' as const,
    children: [
      { type: 'rect' as const, shape: { x, y, width, height, r: 2 }, style: ground },
      ...texts.map((text, i) => ({
        type: 'text' as const,
        style: {
          x: x + width / 2,
          y: y + height / 2 + (i - (texts.length - 1) / 2) * 13,
          text,
          fill: tinted === null ? palette.faint : palette.ink,
          fontSize: 11,
          align: 'center' as const,
          verticalAlign: 'middle' as const,
          width: width - 2,
          overflow: 'truncate' as const,
        },
      })),
    ],
  };
}

export function heatOption(drawing: DrawnTable): DrawnChart {
  const { table, palette, drawn, text } = drawing;
  const rows = membersOf(table.rows, MOST_HEAT_ROWS);
  const columns = membersOf(table.columns, 40);
  const cells = rows.flatMap((r, y) => columns.map((c, x) => ({ x, y, r, c, value: drawn(r, c, 0) })));
  const tintOf = tint(
    drawing,
    cells.map(({ r, c }) => [r, c] as const),
  );
  const wide = columns.length <= 14;
  const category = (names: string[], inverse: boolean, width: number) => ({
    type: 'category' as const,
    data: names,
    inverse,
    ...axisLook(palette),
    splitLine: { show: false },
    axisLabel: { color: palette.soft, fontSize: 11, width, overflow: 'truncate' as const, interval: 0 },
  });
  const option = {
    grid: { left: 126, right: 10, top: 10, bottom: 30 },
    xAxis: category(
      columns.map((c) => nameOf(drawing, table.columns[c]!.labels)),
      false,
      wide ? 70 : 40,
    ),
    yAxis: category(
      rows.map((r) => nameOf(drawing, table.rows[r]!.labels)),
      true,
      116,
    ),
    tooltip: {
      trigger: 'item',
      formatter: (params: unknown) => {
        const { r, c } = cells[(params as { dataIndex: number }).dataIndex]!;
        return [nameOf(drawing, table.rows[r]!.labels), ...tooltipLines(drawing, r, c)].join('\n');
      },
    },
    series: [
      {
        type: 'custom',
        data: cells.map(({ x, y, value }) => [x, y, value ?? '-']),
        renderItem: (params: { dataIndex: number }, api: DrawApi) => {
          const { r, c, value } = cells[params.dataIndex]!;
          const [cx, cy] = api.coord([api.value(0), api.value(1)]);
          const [width, height] = api.size([1, 1]);
          const frame = {
            x: cx - width / 2 + 1,
            y: cy - height / 2 + 1,
            width: width - 2,
            height: height - 2,
          };
          const words = value === null || height < 12 ? [] : [text(r, c, 0)];
          return box(palette, frame, tintOf(r, c), words);
        },
      },
    ],
  } as ChartOption;
  return { option, rows: cells.map((cell) => cell.r) };
}

/** Provinces as tiles roughly where they lie; `rows` are the table's rows in the order of the drawn tiles. */
export function mapOption(drawing: DrawnTable): DrawnChart {
  const { table, palette, drawn, text, english } = drawing;
  const rowOf = new Map(
    table.rows.flatMap((row, r) => (row.province === undefined ? [] : [[row.province, r] as const])),
  );
  const tiles = PROVINCES.flatMap((province) => {
    const spot = PROVINCE_TILES[province.code];
    const r = rowOf.get(province.code) ?? null;
    const value = r === null ? null : drawn(r, 0, 0);
    return spot ? [{ province, spot, r, value }] : [];
  });
  const tintOf = tint(
    drawing,
    tiles.flatMap(({ r }) => (r === null ? [] : [[r, 0] as const])),
  );
  const last = (i: 0 | 1) => Math.max(...tiles.map((tile) => tile.spot[i]));
  const hiddenAxis = { type: 'value' as const, show: false, min: -0.5 };
  const option = {
    grid: { left: 8, right: 8, top: 8, bottom: 8 },
    xAxis: { ...hiddenAxis, max: last(0) + 0.5 },
    yAxis: { ...hiddenAxis, max: last(1) + 0.5, inverse: true },
    tooltip: {
      trigger: 'item',
      formatter: (params: unknown) => {
        const { r } = tiles[(params as { dataIndex: number }).dataIndex]!;
        return r === null
          ? ''
          : [nameOf(drawing, table.rows[r]!.labels), ...tooltipLines(drawing, r, 0)].join('\n');
      },
    },
    series: [
      {
        type: 'custom',
        data: tiles.map(({ spot }) => [spot[0], spot[1]]),
        renderItem: (params: { dataIndex: number }, api: DrawApi) => {
          const { province, r, value } = tiles[params.dataIndex]!;
          const [cx, cy] = api.coord([api.value(0), api.value(1)]);
          const [width, height] = api.size([1, 1]).map(Math.abs) as [number, number];
          const frame = {
            x: cx - width / 2 + 1.5,
            y: cy - height / 2 + 1.5,
            width: width - 3,
            height: height - 3,
          };
          const words = [
            english ? province.nameEn : province.shortName,
            ...(r === null || value === null ? [] : [text(r, 0, 0)]),
          ];
          return box(palette, frame, r === null ? null : tintOf(r, 0), words);
        },
      },
    ],
  } as ChartOption;
  return { option, rows: tiles.map((tile) => tile.r) };
}
