import { expect, test } from 'vitest';
import { readCodeList } from '../../../shared/domain/code-list.ts';

test.each(['1 = 男', '1=男', '1\t男', '1：男', '1: 男', '1、男', '1) 男', '1. 男', '1 - 男', '  1   男  '])(
  'the line "%s" is code 1 for 男',
  (line) => {
    expect(readCodeList(line)).toEqual([{ value: '1', label: '男' }]);
  },
);

test('codes may be negative or words, later lines win, and lines without a code are left out', () => {
  expect(readCodeList('-1 = blank\n18-24 = 2\n\n没有代码\n-1 = no answer\r\nA\tBoarding area A')).toEqual([
    { value: '-1', label: 'no answer' },
    { value: '18-24', label: '2' },
    { value: 'A', label: 'Boarding area A' },
  ]);
  expect(readCodeList('')).toEqual([]);
});
