import { expect, test } from 'vitest';
import { emWidth, fitText, formatNumber, formatValue, plainLine } from '../../../shared/report/format.ts';

test.each([
  [-1.25, 1, true, '\u22121.3'],
  [0.04, 1, true, '0.0'],
  [-0.04, 1, true, '0.0'],
  [2.5, 0, true, '+3'],
  [78.24, 1, false, '78.2'],
  [1.005, 2, false, '1.01'],
  [Number.NaN, 1, false, '—'],
  [Number.POSITIVE_INFINITY, 1, false, '—'],
])('formats %d with %d decimals', (value, decimals, signed, text) => {
  expect(formatNumber(value, decimals, signed)).toBe(text);
});

test('puts a small base in brackets and an interval between its ends', () => {
  expect(formatValue({ kind: 'number', value: 14, decimals: 0, bracket: true, tone: 'muted' })).toBe('(14)');
  expect(formatValue({ kind: 'interval', lo: 71, hi: 80.25, decimals: 1, tone: 'plain' })).toBe(
    '71.0 – 80.3',
  );
});

test('cuts text to a width without splitting characters and only when needed', () => {
  expect(fitText('总体满意度', 5)).toBe('总体满意度');
  expect(fitText('总体满意度指数', 5)).toBe('总体满意…');
  expect(emWidth(fitText('𠮷'.repeat(50), 10))).toBeLessThanOrEqual(10);
});

test('keeps a text on one line and well formed', () => {
  expect(plainLine('\t=1\r\n\u0000甲\ud800乙 ')).toBe('=1 甲 乙');
});
