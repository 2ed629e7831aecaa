/** Coloured tiles: a heat map of the cells, and the map of provinces. */
import { PROVINCE_TILES, PROVINCES } from '../../../shared/domain/geography.ts';
import type { ChartOption } from '../../components/chart.tsx';
import type { Palette } from '../../palette.ts';
import {
  axisLook,
  type ChartKey,
  type DrawApi,
  type DrawnChart,
  type DrawnTable,
  nameOf,
  tooltipLines,
} from './chart-drawing.ts';
import { MOST_HEAT_ROWS, membersOf } from './chart-extent.ts';
import { colouring, type HeatColour, MOST_HEAT } from './heat.ts';

const COLOURS = { low: 'worse', high: 'better', much: 'accent' } as const;

/** What the colours of tiles mean. */
function colourKeys({ table, palette }: DrawnTable, words: TileWords): ChartKey[] {
  const much = colouring(table.measures[0]!, [0, 1])(1)?.end === 'much';
  const [low, high] = much ? [palette.line, palette.accent] : [palette.worse, palette.better];
  return [
    { name: words.low, colour: low },
    { name: words.high, colour: high },
  ];
}

/** What the ends of the colours are called. */
export interface TileWords {
  low: string;
  high: string;
}

function shade(palette: Palette, colour: HeatColour | null): { fill: string; opacity: number } {
  const fill = colour === null ? palette.better : palette[COLOURS[colour.end]];
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
  grey = false,
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
          fill: tinted === null || grey ? palette.faint : palette.ink,
          fontStyle: grey ? ('italic' as const) : ('normal' as const),
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

export function heatOption(drawing: DrawnTable, words: TileWords): DrawnChart {
  const { table, palette, drawn, text, isGrey } = drawing;
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
          const figure = value === null || height < 12 ? [] : [text(r, c, 0)];
          return box(palette, frame, tintOf(r, c), figure, isGrey(r, c));
        },
      },
    ],
  } as ChartOption;
  return { option, keys: colourKeys(drawing, words), rows: cells.map((cell) => cell.r) };
}

/** Provinces as tiles roughly where they lie; `rows` are the table's rows in the order of the drawn tiles. */
export function mapOption(drawing: DrawnTable, words: TileWords): DrawnChart {
  const { table, palette, drawn, text, english, isGrey, column } = drawing;
  const rowOf = new Map(
    table.rows.flatMap((row, r) => (row.province === undefined ? [] : [[row.province, r] as const])),
  );
  const tiles = PROVINCES.flatMap((province) => {
    const spot = PROVINCE_TILES[province.code];
    const r = rowOf.get(province.code) ?? null;
    const value = r === null ? null : drawn(r, column, 0);
    return spot ? [{ province, spot, r, value }] : [];
  });
  const tintOf = tint(
    drawing,
    tiles.flatMap(({ r }) => (r === null ? [] : [[r, column] as const])),
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
          : [nameOf(drawing, table.rows[r]!.labels), ...tooltipLines(drawing, r, column)].join('\n');
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
          const lines = [
            english ? province.nameEn : province.shortName,
            ...(r === null || value === null ? [] : [text(r, column, 0)]),
          ];
          return box(
            palette,
            frame,
            r === null ? null : tintOf(r, column),
            lines,
            r !== null && isGrey(r, column),
          );
        },
      },
    ],
  } as ChartOption;
  return { option, keys: colourKeys(drawing, words), rows: tiles.map((tile) => tile.r) };
}
