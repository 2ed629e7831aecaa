import { expect, test } from 'vitest';
import { DEFAULT_LAPSE_RULES, lapseState, visitClass } from '../../../../shared/domain/visits/lapse.ts';
import { classMeaning, lapseMeaning } from '../../../../shared/domain/visits/lapse-words.ts';

const RULES = DEFAULT_LAPSE_RULES;

test('a state is said in the months that lead to it, under the rules in force', () => {
  expect(lapseMeaning('active', RULES).zh).toBe('最近 6 个月内进过店');
  expect([lapseState(7, RULES), lapseState(12, RULES)]).toEqual(['marginal', 'marginal']);
  expect(lapseMeaning('marginal', RULES)).toEqual({
    zh: '上次进店在 7–12 个月前',
    en: 'last visit 7–12 months ago',
  });
  expect(lapseMeaning('lost', { ...RULES, lostAfter: 23 }).en).toBe('last visit 24 months ago');
  expect(lapseMeaning('lost', { ...RULES, permanentAfter: 12 }).zh).toBe('按现行规则没有这一档');
  expect(lapseMeaning('permanent', RULES).en).toContain('more than 24 months');
  expect(lapseMeaning('active', { ...RULES, marginalAfter: 1 }).en).toBe('a visit in the last month');
});

test('a class is said in the visits that make it', () => {
  expect([visitClass(3, RULES), visitClass(2, RULES)]).toEqual(['B', 'B']);
  expect((['A', 'B', 'C', 'D'] as const).map((letter) => classMeaning(letter, RULES).zh)).toEqual([
    '近 12 个月 4 次及以上',
    '近 12 个月 2–3 次',
    '近 12 个月 1 次',
    '近 12 个月没有进店',
  ]);
  expect(classMeaning('B', { ...RULES, classA: 3 }).en).toBe('2 visits in 12 months');
  expect(classMeaning('C', { ...RULES, classB: 3 }).en).toBe('1–2 visits in 12 months');
});
