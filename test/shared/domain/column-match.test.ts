import { expect, test } from 'vitest';
import { matchColumns, textLikeness } from '../../../shared/domain/column-match.ts';

const pairs = (from: string[], to: string[], fits?: (a: string, b: string) => boolean) =>
  matchColumns(from, to, fits).map((match) => [match.from, match.to, match.reason]);

test('columns of the same name are the same wherever they stand, whatever their marks and blanks', () => {
  expect(pairs(['RESPNUM', 'Q13 COUNTY'], ['Q13COUNTY', '*RESPNUM'])).toEqual([
    ['RESPNUM', '*RESPNUM', 'same'],
    ['Q13 COUNTY', 'Q13COUNTY', 'same'],
  ]);
});

test('a question keeps its number, its like name, or its place between questions that are sure', () => {
  expect(
    pairs(
      ['Q7A_ART', 'Q7B_FOOD', 'Q7C_SHOPS', 'Q7D_SIGNS', 'Q7O_WHOLE', 'Q8COM1'],
      ['Q7ART', 'Q7FOOD', 'Q7STORE', 'Q7SIGN', 'Q7ALL', 'Q8IMPROVE1'],
    ),
  ).toEqual([
    ['Q7A_ART', 'Q7ART', 'similar'],
    ['Q7B_FOOD', 'Q7FOOD', 'similar'],
    ['Q7C_SHOPS', 'Q7STORE', 'place'],
    ['Q7D_SIGNS', 'Q7SIGN', 'similar'],
    ['Q7O_WHOLE', 'Q7ALL', 'place'],
    ['Q8COM1', 'Q8IMPROVE1', 'place'],
  ]);
});

test('two like columns keep their order', () => {
  expect(pairs(['Q7G_INFOARR', 'Q7H_INFODEP'], ['Q7INFODOWN', 'Q7INFOUP'])).toEqual([
    ['Q7G_INFOARR', 'Q7INFODOWN', 'similar'],
    ['Q7H_INFODEP', 'Q7INFOUP', 'similar'],
  ]);
});

test('a name outweighs a number when the numbers moved on', () => {
  expect(pairs(['Q18AGE', 'Q19GENDER', 'Q20INCOME'], ['Q18PET', 'Q19AGE', 'Q20GENDER', 'Q21INCME'])).toEqual([
    ['Q18AGE', 'Q19AGE', 'similar'],
    ['Q19GENDER', 'Q20GENDER', 'similar'],
    ['Q20INCOME', 'Q21INCME', 'similar'],
  ]);
});

test('Chinese questions are matched by wording, and strangers by nothing', () => {
  expect(pairs(['3.服务顾问态度', '4.交车时间'], ['5.服务顾问的态度', '6.价格透明'])).toEqual([
    ['3.服务顾问态度', '5.服务顾问的态度', 'similar'],
  ]);
  expect(pairs(['城市'], ['性别'])).toEqual([]);
  expect(pairs([], ['a'])).toEqual([]);
});

test('a pair that the values forbid is none', () => {
  expect(pairs(['Q7A_ART'], ['Q7ART'], () => false)).toEqual([]);
});

test('likeness runs from 0 to 1', () => {
  expect([textLikeness('', ''), textLikeness('', 'a'), textLikeness('abc', 'abcdef')]).toEqual([1, 0, 0.8]);
});
