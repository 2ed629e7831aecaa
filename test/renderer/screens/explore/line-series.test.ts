import { describe, expect, it } from 'vitest';
import { linesOf, timeSide } from '../../../../renderer/screens/explore/line-series.ts';
import { suitingChart } from '../../../../renderer/screens/explore/view.ts';
import type { ExploreEntry, ExploreQuery, ExploreTable } from '../../../../shared/calls/explore.ts';

const time = { kind: 'time', grain: 'quarter' } as const;
const region = { kind: 'scope', level: 'region' } as const;
const age = { kind: 'attribute', code: 'age' } as const;

type Member = { name: string; quarter?: number };
const all: Member = { name: '合计' };
const quarters: Member[] = [1, 2, 3].map((quarter) => ({ name: `Q${quarter}`, quarter }));
const named = (...names: string[]): Member[] => names.map((name) => ({ name }));

function entry(kind: ExploreEntry['kind'], ...members: Member[]): ExploreEntry {
  const quarter = members.find((one) => one.quarter !== undefined)?.quarter;
  return {
    kind,
    labels: members.map(({ name }) => ({ zh: name, en: name })),
    place: quarter === undefined ? {} : { from: quarter, to: quarter },
  };
}

/** Entries of a side as the engine makes them: the total, then each member of the first followed by its own. */
function nested(outer: Member[], inner: Member[]): ExploreEntry[] {
  return [
    entry('total', all, all),
    ...outer.flatMap((one) => [
      entry('subtotal', one, all),
      ...inner.map((other) => entry('member', one, other)),
    ]),
  ];
}
const single = (members: Member[]) => [entry('total', all), ...members.map((one) => entry('member', one))];

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

const whole = [entry('total', all)];
const linesAt = (query: Pick<ExploreQuery, 'rows' | 'columns'>, table: ExploreTable) =>
  linesOf(query, table).lines.map(({ labels, cells }) => [
    labels.map(({ zh }) => zh).join(' · '),
    cells.map((at) => at?.join() ?? null),
  ]);

describe('a table as lines over time', () => {
  it('has time on the side where it stands, alone or beside another dimension', () => {
    expect(timeSide({ rows: [region], columns: [time] })).toBe('columns');
    expect(timeSide({ rows: [region, time], columns: [age] })).toBe('rows');
    expect(timeSide({ rows: [region], columns: [age] })).toBeNull();
  });

  it('has a line for each entry of the other side where time stands alone', () => {
    const query = { rows: [region], columns: [time] };
    expect(linesAt(query, tableOf(single(named('East', 'West')), single(quarters)))).toEqual([
      ['合计', ['0,1', '0,2', '0,3']],
      ['East', ['1,1', '1,2', '1,3']],
      ['West', ['2,1', '2,2', '2,3']],
    ]);
  });

  it('has a line for each value beside time, whichever of the two stands first', () => {
    const regions = named('East', 'West');
    expect(linesAt({ rows: [region, time], columns: [] }, tableOf(nested(regions, quarters), whole))).toEqual(
      [
        ['East', ['2,0', '3,0', '4,0']],
        ['West', ['6,0', '7,0', '8,0']],
      ],
    );
    expect(linesAt({ rows: [], columns: [time, region] }, tableOf(whole, nested(quarters, regions)))).toEqual(
      [
        ['合计', ['0,1', '0,4', '0,7']],
        ['East', ['0,2', '0,5', '0,8']],
        ['West', ['0,3', '0,6', '0,9']],
      ],
    );
  });

  it('keeps times in their order and gaps where a value was not asked', () => {
    const rows = nested(named('East', 'West'), quarters).filter((_, r) => r !== 2 && r !== 3);
    expect(linesAt({ rows: [region, time], columns: [] }, tableOf(rows, whole))).toEqual([
      ['East', [null, null, '2,0']],
      ['West', ['4,0', '5,0', '6,0']],
    ]);
  });

  it('names both where values stand on both sides, and draws no more than it has room for', () => {
    const query = { rows: [region, time], columns: [age] };
    const table = tableOf(nested(named('East', 'West', 'North'), quarters), single(named('30', '40', '50')));
    const { lines, all: every, times } = linesOf(query, table);
    expect(times).toHaveLength(3);
    expect([lines.length, every]).toEqual([8, 12]);
    expect(lines[0]!.labels.map(({ zh }) => zh)).toEqual(['合计', 'East']);
    expect(suitingChart(query as ExploreQuery, table)).not.toBe('line');
    const few = tableOf(nested(named('East', 'West'), quarters), single(named('30', '40')));
    expect(suitingChart(query as ExploreQuery, few)).toBe('line');
  });

  it('takes quarters within years for one axis', () => {
    const year: Member = { name: '2026', quarter: 1 };
    const columns = quarters.map((quarter) => entry('member', { name: year.name }, quarter));
    const { times, lines } = linesOf(
      { rows: [], columns: [{ kind: 'time', grain: 'year' }, time] },
      tableOf(whole, columns),
    );
    expect(times.map((labels) => labels.map(({ zh }) => zh))).toEqual([
      ['2026', 'Q1'],
      ['2026', 'Q2'],
      ['2026', 'Q3'],
    ]);
    expect(lines).toHaveLength(1);
  });
});
