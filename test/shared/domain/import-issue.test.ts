import { expect, test } from 'vitest';
import {
  describeIssue,
  ISSUE_CODES,
  ISSUE_VALUE_LENGTH,
  issueValue,
} from '../../../shared/domain/import-issue.ts';

test.each(ISSUE_CODES)('%s says in both languages what happened and what to do', (code) => {
  const zh = describeIssue({ code, value: '§' }, 'zh-CN');
  const en = describeIssue({ code, value: '§' }, 'en');
  expect(zh).toMatch(/[\u4e00-\u9fff].*。$/);
  expect(en).toMatch(/^[A-Z"§].*\.$/);
  expect(en).not.toMatch(/[\u4e00-\u9fff{]/);
  expect(zh).not.toContain('{');
  expect(zh.match(/。/g)!.length + (zh.match(/，/g)?.length ?? 0)).toBeGreaterThan(1);
  for (const language of ['zh-CN', 'en'] as const)
    expect(describeIssue({ code }, language)).not.toMatch(/[{}]|undefined| {2}|\(\)|（）|“”|""/);
});

test('the place comes before the sentence', () => {
  const issue = { code: 'bad-byte', severity: 'error', file: 'a.csv', row: 731, column: '评分' } as const;
  expect(describeIssue(issue, 'zh-CN')).toMatch(/^a\.csv，第 731 行，“评分”列：有无法解码的字节/);
  expect(describeIssue(issue, 'en')).toMatch(/^a\.csv, row 731, column "评分": There are bytes/);
  expect(describeIssue({ ...issue, file: undefined, row: undefined, sheet: '一' }, 'en')).toMatch(
    /^sheet "一", column/,
  );
});

test('a value is shown in at most 40 characters, controls as pictures, never half a character', () => {
  expect(issueValue('a\0b\n')).toBe('a␀b␊');
  expect(issueValue('x'.repeat(40))).toBe('x'.repeat(40));
  expect(issueValue('x'.repeat(41))).toBe(`${'x'.repeat(39)}…`);
  const pairs = issueValue(`x${'😀'.repeat(40)}`);
  expect(pairs.length).toBeLessThanOrEqual(ISSUE_VALUE_LENGTH);
  expect(pairs.isWellFormed()).toBe(true);
  expect(issueValue('a\ud800')).toBe('a\ufffd');
  expect(issueValue(1e21)).toBe('1e+21');
});

test('a value is put in as it is, also with dollar signs', () => {
  expect(describeIssue({ code: 'reserved-header', value: "$&$'" }, 'en')).toContain('"$&$\'"');
});
