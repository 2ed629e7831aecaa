import { describe, expect, it } from 'vitest';
import {
  indicatorOptions,
  pathOf,
  scopeOptions,
  startingScheme,
} from '../../../renderer/components/slice-view.ts';
import type { Catalog } from '../../../shared/calls/catalog.ts';
import { quarterOf } from '../../../shared/domain/quarter.ts';
import type { ScopeNode } from '../../../shared/domain/scope.ts';

const name = (word: string) => ({ zh: word, en: word });

const NODES: ScopeNode[] = [
  { id: 'overall', level: 'overall', name: name('All'), parent: -1 },
  { id: 'region:N', level: 'region', name: name('North'), parent: 0 },
  { id: 'region:S', level: 'region', name: name('South'), parent: 0 },
  { id: 'city:1', level: 'city', name: name('One'), parent: 2 },
];

const indicator = (code: string, role: 'index' | 'factor' | 'item' | 'question', parent: string | null) => ({
  code,
  role,
  parent,
  name: name(code),
  weight: 0,
});

const CATALOG: Catalog = {
  channels: [
    {
      channel: 'in-house',
      name: name('In-house'),
      studies: [],
      quarters: [quarterOf(2026, 1)],
      items: ['F1', 'F2', 'Q'],
      scales: {},
      scale: { min: 1, max: 5 },
    },
  ],
  indicators: [
    indicator('CSI', 'index', null),
    indicator('F', 'factor', 'CSI'),
    indicator('F1', 'item', 'F'),
    indicator('F2', 'item', 'F'),
    indicator('G', 'factor', 'CSI'),
    indicator('G1', 'item', 'G'),
    indicator('Q', 'question', null),
  ],
  schemes: [
    { id: 1, code: 'flat', name: name('flat'), validFrom: '2020-01-01', timing: 'as-is', regions: 0 },
    { id: 2, code: 'sales', name: name('sales'), validFrom: '2020-01-01', timing: 'as-is', regions: 7 },
  ],
  quarters: [quarterOf(2026, 1)],
  weightSet: { version: 1, note: '' },
};

describe('the slice', () => {
  it('starts with a scheme that groups something, unless one is chosen', () => {
    expect([startingScheme(CATALOG, null), startingScheme(CATALOG, 1), startingScheme(CATALOG, 9)]).toEqual([
      2, 1, 2,
    ]);
  });

  it('nests scopes below their parents', () => {
    const [root] = scopeOptions(NODES, 'en');
    expect(root?.children?.map((one) => one.value)).toEqual(['region:N', 'region:S']);
    expect(root?.children?.[1]?.children?.[0]?.label).toBe('One');
  });

  it('finds the way from the root, and none to a scope the scheme does not know', () => {
    expect(pathOf(NODES, 'city:1').map((node) => node.id)).toEqual(['overall', 'region:S', 'city:1']);
    expect(pathOf(NODES, 'city:9')).toEqual([]);
  });

  it('offers the index, then factors with the items the channel asks, then what stands alone', () => {
    const options = indicatorOptions(CATALOG, 'in-house', 'en', 'Index');
    expect(options[0]).toEqual({ value: '', label: 'Index' });
    expect(options[1]).toMatchObject({
      label: 'F',
      options: [{ value: 'F' }, { value: 'F1' }, { value: 'F2' }],
    });
    expect(options.slice(2)).toEqual([{ value: 'Q', label: 'Q' }]);
  });
});
