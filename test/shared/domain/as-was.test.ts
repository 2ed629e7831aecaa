import { describe, expect, test } from 'vitest';
import { type NetworkDealer, placesAsTheyWere, type SchemeVersion } from '../../../shared/domain/as-was.ts';
import { cityOn, citySpans, firstQuarterFrom } from '../../../shared/domain/dealer-history.ts';
import { formatQuarter, parseQuarter } from '../../../shared/domain/quarter.ts';
import { buildScopeTree, nodeAt, type ScopeTree } from '../../../shared/domain/scope-tree.ts';

const both = (text: string) => ({ zh: text, en: text });
const province = { code: '44', name: both('广东') };
const CITIES = [
  { id: 1, code: '4401', name: both('广州'), province },
  { id: 2, code: '4408', name: both('湛江'), province },
];
const SOUTH = { code: 'south', name: both('south') };
const WEST = { code: 'west', name: both('west') };
const dealer = (id: number, cityId: number, more: Partial<NetworkDealer> = {}): NetworkDealer => ({
  id,
  code: `D${id}`,
  name: both(`D${id}`),
  pooled: false,
  cityId,
  stays: [],
  ...more,
});
const q = (text: string) => parseQuarter(text)!;
const VERSIONS: SchemeVersion[] = [
  { validFrom: '2024-01-01', members: new Map([1, 2].map((city) => [city, SOUTH])) },
  {
    validFrom: '2026-01-01',
    members: new Map([
      [1, SOUTH],
      [2, WEST],
    ]),
  },
];

function treeOf(dealers: NetworkDealer[], versions = VERSIONS): ScopeTree {
  const placed = placesAsTheyWere(CITIES, dealers, versions);
  return buildScopeTree(placed.cities, placed.dealers, both('all'));
}

function pathIn(tree: ScopeTree, id: number, quarter: string): string {
  const names: string[] = [];
  for (let at = nodeAt(tree, id, q(quarter))!; at > 0; at = tree.nodes[at]!.parent)
    names.unshift(tree.nodes[at]!.id);
  return names.join(' ');
}

describe('a day and its quarter', () => {
  test('a quarter belongs to what held on its middle day', () => {
    const first = ['2025-01-01', '2025-02-15', '2025-02-16', '2025-03-31', '2025-11-15', '2025-11-16'];
    expect(first.map((day) => formatQuarter(firstQuarterFrom(day)))).toEqual([
      '2025Q1',
      '2025Q1',
      '2025Q2',
      '2025Q2',
      '2025Q4',
      '2026Q1',
    ]);
  });

  test('a stay ends on the day of the move, and one without a middle day leaves no quarter', () => {
    const moved = dealer(1, 3, {
      stays: [
        { until: '2025-01-10', cityId: 1 },
        { until: '2025-02-10', cityId: 2 },
      ],
    });
    expect(['2025-01-09', '2025-01-10', '2025-02-10'].map((day) => cityOn(moved, day))).toEqual([1, 2, 3]);
    expect(citySpans(moved)).toEqual([
      { before: q('2025Q1'), value: 1 },
      { before: Infinity, value: 3 },
    ]);
  });
});

describe('places as they were', () => {
  test('a city that changed its region counts for either in its time', () => {
    const tree = treeOf([dealer(1, 1), dealer(2, 2)]);
    expect(pathIn(tree, 1, '2025Q4')).toBe('region:south province:44 city:4401 dealer:D1');
    expect(pathIn(tree, 2, '2025Q4')).toBe('region:south province:44 city:4408/south dealer:D2/4408/south');
    expect(pathIn(tree, 2, '2026Q1')).toBe('region:west province:44/west city:4408 dealer:D2');
    expect(pathIn(tree, 2, '2020Q1')).toContain('region:south');
  });

  test('a dealer that moved counts for its former city in older quarters', () => {
    const tree = treeOf([dealer(1, 1, { stays: [{ until: '2025-04-01', cityId: 2 }] })], []);
    expect(pathIn(tree, 1, '2025Q1')).toBe('province:44 city:4408 dealer:D1/4408');
    expect(pathIn(tree, 1, '2025Q2')).toBe('province:44 city:4401 dealer:D1');
  });

  test('a dealer that was taken over stands for itself until then, and follows its successor after', () => {
    const tree = treeOf(
      [
        dealer(1, 1, { mergedInto: { id: 2, from: '2025-07-01' } }),
        dealer(2, 2, { mergedInto: { id: 3, from: '2026-01-01' } }),
        dealer(3, 1),
      ],
      [],
    );
    expect(pathIn(tree, 1, '2025Q2')).toBe('province:44 city:4401 dealer:D1/4401');
    expect(pathIn(tree, 1, '2025Q3')).toBe('province:44 city:4408 dealer:D2/4408');
    expect(pathIn(tree, 1, '2026Q1')).toBe('province:44 city:4401 dealer:D3');
    expect(tree.byId.has('dealer:D1')).toBe(false);
  });
});

test('in the present view what was taken over counts for its successor with all its past', () => {
  const tree = buildScopeTree(
    CITIES,
    [
      { id: 1, code: 'D1', name: both('D1'), cityId: 2, pooled: false, successor: { id: 2 } },
      { id: 2, code: 'D2', name: both('D2'), cityId: 1, pooled: false },
    ],
    both('all'),
  );
  expect(pathIn(tree, 1, '2020Q1')).toBe('province:44 city:4401 dealer:D2');
  expect(tree.byId.has('city:4408')).toBe(false);
});
