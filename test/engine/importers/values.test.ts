import { expect, test } from 'vitest';
import type { RawCell } from '../../../electron/engine/importers/table.ts';
import {
  isMissingCode,
  type NumberRule,
  type Parsed,
  parseId,
  parseNumber,
  parseScore,
  parseWeight,
} from '../../../electron/engine/importers/values.ts';

function outcome<T>(parsed: Parsed<T>): T | string {
  return parsed.kind === 'value' ? parsed.value : parsed.kind === 'bad' ? parsed.code : 'blank';
}

test.each<[RawCell, number | string, NumberRule?]>([
  ['8.5', 8.5],
  ['８．５', 8.5],
  ['－３', -3],
  ['−3', -3],
  ['  7\u00a0', 7],
  ['1,234.5', 1234.5],
  ['1,23', 'number-unreadable'],
  ['8.5分', 8.5, { units: ['分'] }],
  ['8.5分', 'number-unit'],
  ['22.00万元', 22, { units: ['万元'] }],
  ['22.00万元', 'number-unit', { units: ['元', '分'] }],
  ['85％', 85, { units: ['%'] }],
  ['8,5', 8.5, { decimal: ',' }],
  ['1.234,5', 1234.5, { decimal: ',' }],
  ['8.5', 'number-unreadable', { decimal: ',' }],
  ['8.125', 'number-unreadable', { decimal: ',' }],
  ['1.234.567', 1_234_567, { decimal: ',' }],
  ['0,553', 0.553, { decimal: ',' }],
  ['0,553', 'number-unreadable'],
  ['1e3', 1000],
  ['1e309', 'number-not-finite'],
  ['NaN', 'number-not-finite'],
  ['Infinity', 'number-not-finite'],
  ['-∞', 'number-not-finite'],
  [Number.POSITIVE_INFINITY, 'number-not-finite'],
  ['#N/A', 'error-cell'],
  ['abc', 'number-unreadable'],
  ['0x10', 'number-unreadable'],
  ['1 2', 'number-unreadable'],
  [true, 'number-unreadable'],
  [{ kind: 'date', iso: '2016-05-01' }, 'number-unreadable'],
  ['', 'blank'],
  ['\u3000', 'blank'],
  [null, 'blank'],
  [7.25, 7.25],
])('the number cell %j reads as %j', (cell, expected, rule) => {
  expect(outcome(parseNumber(cell, rule))).toBe(expected);
});

test('a score outside its scale is bad and its ends are inside', () => {
  expect(outcome(parseScore('10', { min: 1, max: 10 }))).toBe(10);
  expect(outcome(parseScore('11', { min: 1, max: 10 }))).toBe('score-out-of-scale');
  expect(outcome(parseScore('0', { min: 1, max: 10 }))).toBe('score-out-of-scale');
});

test.each<[RawCell, number | string]>([
  ['0.55', 0.55],
  ['0', 'weight-not-positive'],
  ['-1', 'weight-not-positive'],
  ['', 'value-required'],
])('the weight %j reads as %j', (cell, expected) => {
  expect(outcome(parseWeight(cell))).toBe(expected);
});

test.each<[RawCell, string]>([
  ['010001', '010001'],
  ['9007199254740993', '9007199254740993'],
  ['12345678901234567', '12345678901234567'],
  [2 ** 53, 'id-imprecise'],
  [13800138000, '13800138000'],
  ['1.38E+10', 'id-scientific'],
  ['1.38e10', 'id-scientific'],
  ['12E5', '12E5'],
  ['Ｄ０１\u200b', 'D01'],
  [' ', 'blank'],
])('the identifier %j reads as %j', (cell, expected) => {
  expect(outcome(parseId(cell))).toBe(expected);
});

test('missing codes match as numbers or as text without case', () => {
  expect(isMissingCode('98.0', [98])).toBe(true);
  expect(isMissingCode(98, ['98'])).toBe(true);
  expect(isMissingCode('不适用', ['不适用 '])).toBe(true);
  expect(isMissingCode('n', ['N'])).toBe(true);
  expect(isMissingCode('9', [98])).toBe(false);
  expect(isMissingCode(null, [98])).toBe(false);
});

test('a bad value is cut to 40 characters', () => {
  const parsed = parseNumber('x'.repeat(500));
  expect(parsed).toEqual({ kind: 'bad', code: 'number-unreadable', value: `${'x'.repeat(39)}…` });
});
