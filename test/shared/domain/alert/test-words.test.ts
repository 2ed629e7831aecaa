import { expect, test } from 'vitest';
import { OUTCOME_WORDS, outcomeWords } from '../../../../shared/domain/alert/test-words.ts';

test('a tested series says how often chance gives as much, beside what an alert needs', () => {
  const { zh, en } = outcomeWords('quiet', 0.34);
  for (const words of [zh, en]) expect(words).toMatch(/34 %.*7 %/);
  expect(outcomeWords('quiet', 0.0823).en).toContain('8.2 %');
  expect(outcomeWords('alert', 0.00001).en).toContain('< 0.1 %');
  expect(outcomeWords('quiet', 1).en).toContain('every quarter');
});

test('a series that was not tested says why, without a chance', () => {
  expect(outcomeWords('small-base', null)).toEqual(OUTCOME_WORDS['small-base']);
  expect(outcomeWords('break', 0.5)).toEqual(OUTCOME_WORDS.break);
});
