import { describe, expect, it } from 'vitest';
import { PALETTES } from '../../../../renderer/palette.ts';
import type { DrawnTable } from '../../../../renderer/screens/explore/chart-drawing.ts';
import { scatterOption } from '../../../../renderer/screens/explore/scatter-chart.ts';
import type { ExploreEntry } from '../../../../shared/calls/explore.ts';

const entry = (name: string): ExploreEntry => ({
  kind: 'member',
  labels: [{ zh: name, en: name }],
  place: {},
});

const measure = { code: 'score', name: { zh: '得分', en: 'Score' }, unit: 'score' } as const;

/** Two values of a row and column that say where they are from; the first row has none in the second column. */
function drawingOf(column: number): DrawnTable {
  return {
    table: {
      measures: [measure, measure],
      rowHeads: [],
      columnHeads: [],
      rows: [entry('East'), entry('West')],
      columns: [entry('30'), entry('40')],
      cells: [],
      sparks: null,
      rowCount: 2,
      hidden: 0,
      tests: 0,
      from: 0,
      to: 0,
      channels: [],
      notes: [],
    },
    query: { rows: [], columns: [] },
    column,
    palette: PALETTES.light,
    say: ({ zh }) => zh,
    drawn: (r, c, m) => (r === 0 && c === 1 ? null : 100 * r + 10 * c + m),
    margin: () => null,
    text: () => '',
    basis: () => '',
    isGrey: () => false,
    unit: '',
    english: false,
  };
}

describe('points of two values', () => {
  const values = (column: number) => {
    const { option, rows } = scatterOption(drawingOf(column));
    const [series] = option.series as { data: { value: number[] }[] }[];
    return { rows, values: series!.data.map(({ value }) => value) };
  };

  it('are those of the chosen column, of the rows that have both', () => {
    expect(values(0)).toEqual({
      rows: [0, 1],
      values: [
        [0, 1],
        [100, 101],
      ],
    });
    expect(values(1)).toEqual({ rows: [1], values: [[110, 111]] });
  });
});
