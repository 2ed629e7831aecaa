import { expect, test } from 'vitest';
import { headerFrom, titleRows } from '../../../electron/engine/importers/header.ts';

test('names are trimmed, never blank and unique', () => {
  const { names, warnings } = headerFrom([[' a\u00a0', 'a', '', 'b\nc', 'a (2)', '  ']], { file: 'x' });
  expect(names).toEqual(['a', 'a (2)', '#3', 'b c', 'a (2) (2)']);
  expect(warnings.map(({ code, column }) => [code, column])).toEqual([
    ['duplicate-header', 'a (2)'],
    ['blank-header', '#3'],
    ['duplicate-header', 'a (2) (2)'],
  ]);
});

test('a title above the header is told from a header of one column', () => {
  const table = [
    ['经销商', '评分'],
    ['a', '8'],
  ];
  expect(titleRows([['2016年满意度', ''], ...table])).toBe(1);
  expect(titleRows([['2016年满意度'], ['单位：分', ''], ...table])).toBe(2);
  expect(titleRows(table)).toBe(0);
  expect(titleRows([['经销商'], ['a'], ['b']])).toBe(0);
  expect(
    titleRows([
      ['经销商', ''],
      ['a', '8'],
    ]),
  ).toBe(0);
});

test('a column without a name at the right end stays where most rows below fill it', () => {
  const place = { file: 'x' };
  const named = (below: string[][]) => headerFrom([['a', 'b', '']], place, below).names;
  expect(
    named([
      ['1', '2', 'x'],
      ['1', '2', 'y'],
      ['1', '2', ''],
    ]),
  ).toEqual(['a', 'b', '#3']);
  expect(
    named([
      ['1', '2', 'x'],
      ['1', '2', ''],
      ['1', '2', ''],
    ]),
  ).toEqual(['a', 'b']);
  expect(named([['1', '2', 'x']])).toEqual(['a', 'b']);
});
