import { describe, expect, test } from 'vitest';
import {
  columnRule,
  LEFT_COLUMNS,
  LEFT_ROWS,
  leaveOutRules,
  matchingRule,
} from '../../../shared/domain/leave-out.ts';

const rows = leaveOutRules(LEFT_ROWS);
const columns = leaveOutRules(LEFT_COLUMNS);

describe('the usual rules', () => {
  test.each(['合计', '华东小计', '总计', 'Total', 'Grand Total', 'Subtotal', '小\u3000计', 'ＴＯＴＡＬ'])(
    'leave out a row called %s',
    (name) => expect(matchingRule(name, rows)).toBeDefined(),
  );

  test.each(['总体', 'Total Motors', '小计量器店', '', 'totally'])('keep a row called "%s"', (name) =>
    expect(matchingRule(name, rows)).toBeUndefined(),
  );

  test.each([
    '环比',
    '同比(%)',
    'Δ',
    '△',
    '2016Q2 vs 2016Q1',
    'YoY',
    '变化率',
    '2016Q2 / 较上期',
    '得分 / 合计',
  ])('leave out a column called %s', (name) => expect(columnRule(name, columns)).toBeDefined());

  test.each(['满意度', '变化原因', '同城', 'Total satisfaction', 'Exchange'])(
    'keep a column called %s',
    (name) => expect(columnRule(name, columns)).toBeUndefined(),
  );
});

test('a rule is a word with stars; what else it holds is plain text', () => {
  const own = leaveOutRules(['其中*', 'a.b', '*', '  ']);
  expect(own).toHaveLength(2);
  expect(matchingRule('其中：新车', own)).toBe('其中*');
  expect(matchingRule('axb', own)).toBeUndefined();
  expect(matchingRule('A.B', own)).toBe('a.b');
});

test('a rule of many stars answers at once, and prose falls under none', () => {
  const own = leaveOutRules(['*a*a*a*a*a*a*b']);
  expect(matchingRule('a'.repeat(200), own)).toBeUndefined();
  expect(matchingRule(`${'字'.repeat(300)}合计`, rows)).toBeUndefined();
});
