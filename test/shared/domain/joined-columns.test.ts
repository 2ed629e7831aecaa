import { expect, test } from 'vitest';
import { joinedCell, joinedReader } from '../../../shared/domain/joined-columns.ts';

const columns = [
  { column: 'a', choice: '价格' },
  { column: 'b', choice: '' },
];

test('a row that was asked and chose none differs from one that was not asked', () => {
  expect(joinedCell([null, null])).toBe(null);
  expect(joinedCell(['', null])).toBe('|');
  expect(joinedCell([])).toBe(null);
});

test('marks choose what their column stands for, else its header', () => {
  const read = joinedReader({ name: 'q', columns, chosen: ['Y'], empty: ['-3'] });
  expect(read(['y', 'Ｙ'])).toBe('价格|b');
  expect(read(['n', '-3'])).toBe('|');
  expect(read(['-3', ''])).toBe(null);
});

test('without marks a cell is the answer; the same answer twice is one', () => {
  const read = joinedReader({ name: 'q', columns, empty: ['0'] });
  expect(read(['网络', '网络'])).toBe('网络');
  expect(read(['0', 'a|b '])).toBe('a/b');
  expect(read(['0', ''])).toBe(null);
});
