import { expect, test } from 'vitest';
import {
  type DateRule,
  guessDateOrder,
  parseDate,
  parseTime,
} from '../../../electron/engine/importers/dates.ts';
import { serialDate } from '../../../electron/engine/importers/serial-date.ts';
import type { RawCell } from '../../../electron/engine/importers/table.ts';

const today = '2026-11-21';

test.each<[RawCell, string, Partial<DateRule>?]>([
  ['2016-05-09', '2016-05-09 day'],
  ['2016/5/9', '2016-05-09 day'],
  ['2016.5.9', '2016-05-09 day'],
  ['2016-5/9', 'date-unreadable'],
  ['20130512', '2013-05-12 day'],
  [20130512, '2013-05-12 day'],
  ['2017年02月22日', '2017-02-22 day'],
  ['２０１７年２月２２日', '2017-02-22 day'],
  ['2016年10月', '2016-10-01 month'],
  ['2016-10', '2016-10-01 month'],
  ['201610', '2016-10-01 month'],
  ['2016年', '2016-01-01 year'],
  ['2016Q3', '2016-07-01 quarter'],
  ['2016年第二季度', '2016-04-01 quarter'],
  ['2018-01-01 14:30:00', '2018-01-01 day'],
  ['2018-01-01T14:30:00Z', '2018-01-01 day'],
  ['05/11/2016 12:00:00 AM', '2016-05-11 day', { order: 'month-first' }],
  ['5/1/2013', '2013-05-01 day', { order: 'month-first' }],
  ['5/1/2013', '2013-01-05 day', { order: 'day-first' }],
  ['5/1/2013', 'date-ambiguous'],
  ['5/5/2013', '2013-05-05 day'],
  ['5/31/2013', '2013-05-31 day'],
  ['31.5.2013', '2013-05-31 day'],
  ['5/31/2013', 'date-impossible', { order: 'day-first' }],
  ['9-May-2016', '2016-05-09 day'],
  ['May 9, 2016', '2016-05-09 day'],
  ['16-May-26', '2026-05-16 day'],
  ['16May2026', '2026-05-16 day'],
  ['16/May/26 14:30', '2026-05-16 day'],
  ['16-May-98', '1998-05-16 day'],
  ['16-May-80', 'date-too-early'],
  ['31-Feb-26', 'date-impossible'],
  ['May-26', 'date-unreadable'],
  ['Saturday, May 16, 2026', '2026-05-16 day'],
  ['2026年5月16日 星期六', '2026-05-16 day'],
  ['2026/5/16（周六）', '2026-05-16 day'],
  ['2026/5/16 下午 3:20:11', '2026-05-16 day'],
  ['2026年5月16日15:20', '2026-05-16 day'],
  ['5/1/13', 'date-unreadable'],
  ['7', '2013-05-07 day', { dayOf: '2013-05' }],
  ['31', 'date-impossible', { dayOf: '2014-09' }],
  ['7', 'date-unreadable'],
  [42499, '2016-05-09 day'],
  ['42499', '2016-05-09 day'],
  [41037, '2016-05-09 day', { date1904: true }],
  [60, 'date-impossible'],
  ['2026-02-30', 'date-impossible'],
  ['2025-02-29', 'date-impossible'],
  ['2024-02-29', '2024-02-29 day'],
  ['2026-11-22', 'date-in-future'],
  ['2026-11-21', '2026-11-21 day'],
  ['1899-12-31', 'date-too-early'],
  [1, 'date-too-early'],
  ['0000-00-00', 'date-impossible'],
  ['N', 'date-unreadable'],
  [true, 'date-unreadable'],
  ['', 'blank'],
  [{ kind: 'date', iso: '2016-05-09T14:30:00' }, '2016-05-09 day'],
])('the date cell %j reads as %s', (cell, expected, rule) => {
  const parsed = parseDate(cell, { today, ...rule });
  const text =
    parsed.kind === 'value'
      ? `${parsed.value.iso} ${parsed.value.precision}`
      : parsed.kind === 'bad'
        ? parsed.code
        : 'blank';
  expect(text).toBe(expected);
});

test('a column proves its order by one day above twelve and nothing by contradiction', () => {
  expect(guessDateOrder(['1/2/2013', '5/31/2013 8:00', null])).toBe('month-first');
  expect(guessDateOrder(['1/2/2013', '31/5/2013'])).toBe('day-first');
  expect(guessDateOrder(['5/31/2013', '31/5/2013'])).toBeUndefined();
  expect(guessDateOrder(['1/2/2013', '3/3/2013'])).toBeUndefined();
});

test.each<[RawCell, string]>([
  ['8:34 AM', '08:34:00'],
  ['12:15 PM', '12:15:00'],
  ['12:05 AM', '00:05:00'],
  ['14:30:00', '14:30:00'],
  ['9:00:00', '09:00:00'],
  ['下午2:30', '14:30:00'],
  ['11:0 AM', '11:00:00'],
  [0.5, '12:00:00'],
  [{ kind: 'date', iso: 'T14:30:00' }, '14:30:00'],
  ['N', 'date-unreadable'],
  ['25:00', 'date-impossible'],
  ['13:00 PM', 'date-impossible'],
])('the time cell %j reads as %s', (cell, expected) => {
  const parsed = parseTime(cell);
  expect(parsed.kind === 'value' ? parsed.value : parsed.kind === 'bad' ? parsed.code : 'blank').toBe(
    expected,
  );
});

test('day numbers around the 29 February that never was keep their calendar dates', () => {
  expect(serialDate(1, false)).toEqual({ kind: 'date', iso: '1900-01-01' });
  expect(serialDate(59, false)).toEqual({ kind: 'date', iso: '1900-02-28' });
  expect(serialDate(60, false)).toEqual({ kind: 'impossible' });
  expect(serialDate(61, false)).toEqual({ kind: 'date', iso: '1900-03-01' });
  expect(serialDate(42499.604166666664, false)).toEqual({ kind: 'date', iso: '2016-05-09T14:30:00' });
  expect(serialDate(0, true)).toEqual({ kind: 'date', iso: '1904-01-01' });
  expect(serialDate(-1, false)).toEqual({ kind: 'impossible' });
  expect(serialDate(2_958_466, false)).toEqual({ kind: 'impossible' });
});
