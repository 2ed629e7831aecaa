import { describe, expect, it } from 'vitest';
import {
  barColumns,
  columnsDrawn,
  drawnOf,
  heightOf,
  mapRows,
  membersOf,
  scatterColumn,
} from '../../../../renderer/screens/explore/chart-extent.ts';
import type { ExploreEntry, ExploreTable } from '../../../../shared/calls/explore.ts';

const entries = (count: number, placeOf: (i: number) => ExploreEntry['place'] = () => ({})): ExploreEntry[] =>
  Array.from({ length: count }, (_, i) => ({ kind: 'member', labels: [], place: placeOf(i) }));
const total: ExploreEntry = { kind: 'total', labels: [], place: {} };

function tableOf(rows: ExploreEntry[], columns: ExploreEntry[]): ExploreTable {
  return {
    measures: [],
    rowHeads: [],
    columnHeads: [],
    rows,
    columns,
    cells: [],
    sparks: null,
    rowCount: rows.length,
    hidden: 0,
    tests: 0,
    from: 0,
    to: 0,
    channels: [],
    notes: [],
  };
}

describe('how much of a table a chart shows', () => {
  it('is its members without totals, or the total where that is all there is', () => {
    expect(membersOf([total, ...entries(3)], 2)).toEqual([1, 2]);
    expect(membersOf([total], 2)).toEqual([0]);
  });

  it('is fewer groups of bars, the more bars stand in each', () => {
    const rows = entries(80);
    expect(drawnOf(tableOf(rows, [total]), 'bar')).toEqual({ shown: 60, all: 80 });
    expect(drawnOf(tableOf(rows, entries(5)), 'bar')).toEqual({ shown: 24, all: 80 });
    expect(drawnOf(tableOf(entries(7), entries(8)), 'bar')).toBeNull();
  });

  it('counts the rows that the table itself has not shown yet', () => {
    const paged = { ...tableOf([total, ...entries(30)], [total]), rowCount: 3478 };
    expect(drawnOf(paged, 'bar')).toEqual({ shown: 30, all: 3477 });
    expect(drawnOf(paged, 'scatter')).toEqual({ shown: 30, all: 3477 });
    expect(drawnOf(tableOf(entries(30), [total]), 'scatter')).toBeNull();
  });

  it('is the provinces that the map knows', () => {
    const rows = entries(3).map((one, i) => ({ ...one, province: ['11', '31', 'AL'][i]! }));
    const table = tableOf(rows, [total]);
    expect(mapRows(table)).toEqual([0, 1]);
    expect(drawnOf(table, 'map')).toEqual({ shown: 2, all: 3 });
  });

  it('draws points of the total, else of the last column in which a row has both values', () => {
    const score = { score100: 80, native: 8, n: 50, nEff: 50, margin100: 2, tier: 'full' as const };
    const cell = (second: number | null) => ({ score, values: [80, second], marks: [] });
    const table = {
      ...tableOf(entries(2), entries(3)),
      cells: [
        [cell(null), cell(null), cell(1)],
        [null, cell(null), null],
      ],
    };
    expect(scatterColumn(table)).toBe(2);
    table.cells[1] = [cell(0), null, null];
    expect(scatterColumn(table)).toBe(0);
    expect(scatterColumn(tableOf(entries(1), entries(2)))).toBe(0);
  });

  it('is higher the more there is to name', () => {
    expect(heightOf(tableOf(entries(3), [total]), 'bar')).toBe(
      heightOf(tableOf(entries(3), [total]), 'line'),
    );
    expect(heightOf(tableOf(entries(60), [total]), 'heat')).toBeGreaterThan(1000);
    expect(heightOf(tableOf(entries(60), [total]), 'bar')).toBeGreaterThan(1000);
  });

  it('is the latest times and the first of anything else as bars side by side', () => {
    const quarters = entries(10, (i) => ({ from: i, to: i }));
    expect(barColumns(tableOf(entries(1), [total, ...quarters]))).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    expect(barColumns(tableOf(entries(1), entries(10)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(columnsDrawn(tableOf(entries(1), quarters), 'bar')).toEqual({ shown: 8, all: 10 });
  });

  it('is one column on the map and among points, every one elsewhere', () => {
    const table = tableOf(entries(5), [total, ...entries(2)]);
    expect(columnsDrawn(table, 'map')).toEqual({ shown: 1, all: 3 });
    expect(columnsDrawn(table, 'heat')).toBeNull();
    expect(columnsDrawn(tableOf(entries(5), [total]), 'scatter')).toBeNull();
  });
});
