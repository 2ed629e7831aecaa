import { expect, test } from 'vitest';
import { choiceValue, withChoice } from '../../../renderer/components/place-choice.ts';
import type { UnmatchedPlace } from '../../../shared/calls/import.ts';

const place = (changes: Partial<UnmatchedPlace> = {}): UnmatchedPlace => ({
  kind: 'city',
  name: '杭洲',
  province: '',
  rows: 2,
  state: 'unknown',
  choice: null,
  nearest: [],
  ...changes,
});

test('a choice made now wins over one that is followed, and one name has one choice', () => {
  const followed = place({ choice: { action: 'match', target: '3301', label: '杭州市', remembered: true } });
  expect(choiceValue([], followed)).toBe('match:3301');
  expect(choiceValue([], place())).toBeUndefined();
  const once = withChoice([], followed, 'leave:');
  const twice = withChoice(once, followed, 'new:33');
  expect(twice).toEqual([{ kind: 'city', name: '杭洲', province: '', action: 'new', target: '33' }]);
  expect(choiceValue(twice, followed)).toBe('new:33');
});

test('a code with a colon stays whole', () => {
  expect(withChoice([], place({ kind: 'dealer' }), 'match:A:1')[0]!.target).toBe('A:1');
});
