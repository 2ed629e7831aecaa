import { expect, test } from 'vitest';
import { editDistance } from '../../../shared/domain/edit-distance.ts';

test('edit distance counts a swap of neighbours once', () => {
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(editDistance('海口', '口海')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
  expect(editDistance('abc', 'abc')).toBe(0);
});

test('a character beyond the first plane is one character', () => {
  expect(editDistance('𠮷野', '吉野')).toBe(1);
});
