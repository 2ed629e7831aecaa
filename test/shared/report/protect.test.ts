import { expect, test } from 'vitest';
import { hideWithSiblings } from '../../../shared/report/protect.ts';

test('hides small members and leaves the others when two hidden ones protect each other', () => {
  expect(hideWithSiblings([4, 80, 9, 35], 10)).toEqual([true, false, true, false]);
});

test('hides the smallest shown member with a single hidden one', () => {
  expect(hideWithSiblings([4, 80, 35], 10)).toEqual([true, false, true]);
});

test('does not count members without answers', () => {
  expect(hideWithSiblings([0, null, 4, 50], 10)).toEqual([false, false, true, true]);
});

test('hides nothing when nothing is small, and copes with nobody', () => {
  expect(hideWithSiblings([10, 11], 10)).toEqual([false, false]);
  expect(hideWithSiblings([], 10)).toEqual([]);
  expect(hideWithSiblings([3], 10)).toEqual([true]);
});
