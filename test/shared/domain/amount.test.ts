import { expect, test } from 'vitest';
import { readAmount, readUnit } from '../../../shared/domain/amount.ts';

test.each([
  ['22.00万元', 220_000, '元'],
  ['¥180,000', 180_000, '元'],
  ['￥１８０，０００', 180_000, '元'],
  ['15-20万', 175_000, ''],
  ['15万~20万元', 175_000, '元'],
  ['10至15万元', 125_000, '元'],
  ['3.5千元', 3500, '元'],
  ['35', 35, ''],
  ['３５岁', 35, '岁'],
  ['18-24岁', 21, '岁'],
  ['12,500 公里', 12_500, '公里'],
  ['1.2万km', 12_000, '公里'],
  ['18个月', 18, '个月'],
  ['30%', 30, '%'],
  ['约20万元', 200_000, '元'],
  ['20万元以上', 200_000, '元'],
  ['≥60', 60, ''],
  ['-5', -5, ''],
])('%s is read as %d %s', (text, value, unit) => {
  expect(readAmount(text)).toMatchObject({ unit });
  expect(readAmount(text)!.value).toBeCloseTo(value, 9);
});

test('what is below a limit is just below it', () => {
  const amount = readAmount('10万元以下')!;
  expect(amount.value).toBeLessThan(100_000);
  expect(amount.value).toBeCloseTo(100_000, 2);
});

test.each([
  '',
  '面议',
  '2016年10月',
  '2016-05-09',
  '2016/05/09',
  '1,23',
  '20-15',
  'A12',
  '12 abc',
  '1'.repeat(80),
])('%s is no amount', (text) => {
  expect(readAmount(text)).toBeUndefined();
});

test('a number alone is bare, one with a unit or multiple is not', () => {
  expect(['35', '15-20', '15万', '35岁', '¥5'].map((text) => readAmount(text)!.bare)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('units are read with their multiple', () => {
  expect(readUnit('万元')).toEqual({ unit: '元', times: 10_000 });
  expect(readUnit('千公里')).toEqual({ unit: '公里', times: 1000 });
  expect(readUnit('岁')).toEqual({ unit: '岁', times: 1 });
  expect(readUnit('')).toEqual({ unit: '', times: 1 });
  expect(readUnit('万')).toEqual({ unit: '', times: 10_000 });
  expect(readUnit('平方米')).toBeUndefined();
});
