import { describe, expect, it } from 'vitest';
import {
  barColumns,
  columnsDrawn,
  drawnOf,
  membersOf,
} from '../../../../renderer/screens/explore/chart-extent.ts';
import { CHARTS } from '../../../../renderer/screens/explore/charts.ts';
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
    const rows = entries(30);
    expect(drawnOf(tableOf(rows, [total]), CHARTS.bar.extent)).toEqual({ shown: 24, all: 30 });
    expect(drawnOf(tableOf(rows, entries(5)), CHARTS.bar.extent)).toEqual({ shown: 12, all: 30 });
    expect(drawnOf(tableOf(entries(7), entries(8)), CHARTS.bar.extent)).toBeNull();
    const more = { ...tableOf([total, ...rows], [total]), rowCount: 101 };
    expect(drawnOf(more, CHARTS.bar.extent)).toEqual({ shown: 24, all: 100 });
  });

  it('is the latest times and the first of anything else as bars side by side', () => {
    const quarters = entries(10, (i) => ({ from: i, to: i }));
    expect(barColumns(tableOf(entries(1), [total, ...quarters]))).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    expect(barColumns(tableOf(entries(1), entries(10)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(columnsDrawn(tableOf(entries(1), quarters), CHARTS.bar.extent)).toEqual({ shown: 8, all: 10 });
  });

  it('is one column on the map and among points, every one elsewhere', () => {
    const table = tableOf(entries(5), [total, ...entries(2)]);
    expect(columnsDrawn(table, CHARTS.map.extent)).toEqual({ shown: 1, all: 3 });
    expect(columnsDrawn(table, CHARTS.heat.extent)).toBeNull();
    expect(columnsDrawn(tableOf(entries(5), [total]), CHARTS.scatter.extent)).toBeNull();
  });
});
