import { expect, it } from 'vitest';
import { matchesColumn } from '../../../../renderer/screens/data/column-search.ts';
import { blankMapping, withItem, withRoles } from '../../../../renderer/screens/data/mapping-view.ts';

const mapping = withItem(withRoles(blankMapping('wave.csv'), 'V117', ['item']), 'V117', {
  indicator: 'WAIT_TIME',
});
const finds = (sought: string, header = 'V117', label = '等待时间（分钟）') =>
  matchesColumn(sought, header, label, mapping);

it('finds a column by its header, its question or the code it is given', () => {
  expect(['v117', '等待', 'wait_t'].map((sought) => finds(sought))).toEqual([true, true, true]);
  expect(finds('wait_t', 'V118')).toBe(false);
});

it('wants every word, in any order and width', () => {
  expect([finds('时间 V1'), finds('Ｖ１１７ （分钟）'), finds('时间 V2')]).toEqual([true, true, false]);
});

it('finds every column where nothing is sought', () => {
  expect([finds(''), finds('  ')]).toEqual([true, true]);
});
