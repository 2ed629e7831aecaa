import { expect, test } from 'vitest';
import {
  countLapsed,
  DEFAULT_LAPSE_RULES,
  formatMonth,
  lapseAt,
  lapseByMonth,
} from '../../../../shared/domain/visits/lapse.ts';
import { sortVisits, type VisitColumns } from '../../../../shared/domain/visits/visit-order.ts';

const month = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1;

/** Rows as `customer day dealer`, in the order of a file. */
function visits(...lines: [customer: number, day: string, dealer?: number][]): VisitColumns {
  const rows = {
    customers: Uint32Array.from(lines, ([customer]) => customer),
    days: Int32Array.from(lines, ([, day]) => Date.parse(`${day}T00:00:00Z`) / 86_400_000),
    dealers: Uint32Array.from(lines, ([, , dealer = 0]) => dealer),
    advisers: Uint32Array.from(lines, ([, , dealer = 0]) => dealer),
  };
  return sortVisits(rows, 1 + Math.max(0, ...rows.customers));
}

/** State and class of the only customer at the end of each month asked. */
function standing(one: VisitColumns, months: readonly string[]): string[] {
  return months.map((text) => {
    const snapshot = lapseAt(one, month(text));
    const { total } = countLapsed(snapshot, snapshot.dealers, DEFAULT_LAPSE_RULES);
    const state = Object.entries(total.states).find(([, n]) => n === 1)?.[0] ?? 'none';
    const letter = Object.entries(total.classes).find(([, n]) => n === 1)?.[0] ?? '-';
    return `${text} ${state} ${letter}`;
  });
}

test('a customer of one visit at the end of a month goes through every state by whole months', () => {
  const months = [
    '2023-12',
    '2024-01',
    '2024-07',
    '2024-08',
    '2024-12',
    '2025-01',
    '2025-02',
    '2026-01',
    '2026-02',
  ];
  expect(standing(visits([0, '2024-01-31']), months)).toEqual([
    '2023-12 none -',
    '2024-01 active C',
    '2024-07 active C',
    '2024-08 marginal C',
    '2024-12 marginal C',
    '2025-01 marginal D',
    '2025-02 lost D',
    '2026-01 lost D',
    '2026-02 permanent -',
  ]);
});

test('the first and the last day of a month count alike, the 29th of February as February', () => {
  const ends = ['2024-08', '2024-09', '2025-02', '2025-03', '2026-02', '2026-03'];
  const expected = standing(visits([0, '2024-02-29']), ends);
  expect(standing(visits([0, '2024-02-01']), ends)).toEqual(expected);
  expect(expected).toEqual([
    '2024-08 active C',
    '2024-09 marginal C',
    '2025-02 marginal D',
    '2025-03 lost D',
    '2026-02 lost D',
    '2026-03 permanent -',
  ]);
});

test('several rows of a day are one visit, so that classes count days', () => {
  const four = visits([0, '2026-01-05'], [0, '2026-01-05'], [0, '2026-01-05'], [0, '2026-01-06']);
  expect(four.customers).toHaveLength(2);
  expect(standing(four, ['2026-01'])).toEqual(['2026-01 active B']);
  const year = visits([0, '2025-02-01'], [0, '2025-05-09'], [0, '2025-09-30'], [0, '2026-01-31']);
  expect(standing(year, ['2026-01', '2026-02', '2026-05', '2026-09'])).toEqual([
    '2026-01 active A',
    '2026-02 active B',
    '2026-05 active B',
    '2026-09 marginal C',
  ]);
});

test('the last visit is the last by its day, in whatever order the file has them', () => {
  const late = visits([0, '2026-03-28', 2], [0, '2026-03-02', 1], [0, '2026-03-15', 3]);
  expect([...lapseAt(late, month('2026-03')).dealers]).toEqual([2]);
  const sameDay = visits([0, '2026-03-28', 2], [0, '2026-03-28', 1]);
  expect([...lapseAt(sameDay, month('2026-03')).dealers]).toEqual([2]);
});

test('visits after the month that is looked at play no part', () => {
  const three = visits([0, '2025-01-31'], [0, '2026-12-01'], [1, '2026-12-01']);
  expect(standing(three, ['2025-08'])).toEqual(['2025-08 marginal C']);
  const [last] = lapseByMonth(three, DEFAULT_LAPSE_RULES, month('2025-08'), month('2025-08'));
  expect(last).toMatchObject({ active: 0, marginal: 1, lost: 0, permanent: 0, entered: 1, returned: 0 });
});

test('the counts by month are those of each customer alone, added up', () => {
  const all = visits(
    [0, '2024-01-31'],
    [1, '2024-02-29'],
    [1, '2024-09-01'],
    [2, '2024-02-01'],
    [2, '2024-08-31'],
  );
  const months = lapseByMonth(all, DEFAULT_LAPSE_RULES, month('2024-01'), month('2024-10'));
  const row = (text: string) => {
    const { active, marginal, entered, returned } = months.find((one) => formatMonth(one.month) === text)!;
    return [active, marginal, entered, returned];
  };
  expect(['2024-01', '2024-02', '2024-07', '2024-08', '2024-09', '2024-10'].map(row)).toEqual([
    [1, 0, 0, 0],
    [3, 0, 0, 0],
    [3, 0, 0, 0],
    [2, 1, 1, 0],
    [2, 1, 0, 1],
    [2, 1, 0, 0],
  ]);
});
