import { describe, expect, it } from 'vitest';
import {
  checkLapseRules,
  countLapsed,
  DEFAULT_LAPSE_RULES,
  formatMonth,
  lapseAt,
  lapseByMonth,
  lapseState,
  lossRate,
  visitClass,
} from '../../../../shared/domain/visits/lapse.ts';
import { monthOfDay, sortVisits, type VisitColumns } from '../../../../shared/domain/visits/visit-order.ts';
import { seededRandom } from '../../../../shared/math/random.ts';

const month = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1;

/** Visits as `customer month dealer`, later lines on later days of a month. */
function visitsOf(...lines: [customer: number, month: string, dealer?: number][]): VisitColumns {
  const columns = {
    customers: Uint32Array.from(lines, ([customer]) => customer),
    days: Int32Array.from(
      lines,
      ([, when], i) => Date.UTC(Math.floor(month(when) / 12), month(when) % 12, 1 + (i % 28)) / 86_400_000,
    ),
    dealers: Uint32Array.from(lines, ([, , dealer = 0]) => dealer),
    advisers: Uint32Array.from(lines, ([, , dealer = 0]) => dealer + 10),
  };
  return sortVisits(columns, 1 + Math.max(0, ...columns.customers));
}

const rules = DEFAULT_LAPSE_RULES;

describe('the states of a customer', () => {
  it('follow months 6, 12 and 24 since the last visit', () => {
    expect([0, 6, 7, 12, 13, 24, 25].map((since) => lapseState(since, rules))).toEqual([
      'active',
      'active',
      'marginal',
      'marginal',
      'lost',
      'lost',
      'permanent',
    ]);
  });

  it('count whole calendar months, whatever their length', () => {
    const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
    expect(formatMonth(monthOfDay(day('2026-01-31')))).toBe('2026-01');
    expect(formatMonth(monthOfDay(day('2024-02-29')))).toBe('2024-02');
    expect(monthOfDay(day('2026-08-01')) - monthOfDay(day('2026-01-31'))).toBe(7);
  });

  it('have classes by visits of a year', () => {
    expect([5, 4, 3, 2, 1, 0].map((visits) => visitClass(visits, rules))).toEqual([
      'A',
      'A',
      'B',
      'B',
      'C',
      'D',
    ]);
  });

  it('refuse limits that do not rise', () => {
    expect(() => checkLapseRules({ ...rules, lostAfter: 6 })).toThrow('limits');
    expect(() => checkLapseRules({ ...rules, classB: 4 })).toThrow('classes');
    expect(() => checkLapseRules({ ...rules, permanentAfter: 12 })).not.toThrow();
  });
});

describe('the months of a customer', () => {
  it('count the loss in months 7 to 12 and move on', () => {
    const months = lapseByMonth(visitsOf([0, '2024-01']), rules, month('2023-12'), month('2026-03'));
    const of = (text: string) => months.find((one) => one.month === month(text))!;
    expect(of('2023-12')).toMatchObject({ active: 0, marginal: 0, lost: 0, permanent: 0 });
    expect(of('2024-01')).toMatchObject({ active: 1, marginal: 0 });
    expect(of('2024-07')).toMatchObject({ active: 1, marginal: 0, entered: 0 });
    expect(of('2024-08')).toMatchObject({ active: 0, marginal: 1, entered: 1 });
    expect(months.filter((one) => one.marginal === 1)).toHaveLength(6);
    expect(of('2025-02')).toMatchObject({ marginal: 0, lost: 1 });
    expect(of('2026-01')).toMatchObject({ lost: 1, permanent: 0 });
    expect(of('2026-02')).toMatchObject({ lost: 0, permanent: 1 });
  });

  it('stop counting the loss when the customer returns', () => {
    const months = lapseByMonth(
      visitsOf([0, '2024-10'], [0, '2024-01']),
      rules,
      month('2024-01'),
      month('2025-06'),
    );
    expect(months.filter((one) => one.marginal === 1).map((one) => formatMonth(one.month))).toEqual([
      '2024-08',
      '2024-09',
      '2025-05',
      '2025-06',
    ]);
    expect(months.filter((one) => one.returned === 1).map((one) => formatMonth(one.month))).toEqual([
      '2024-10',
    ]);
  });

  it('do not call a visit in month six a return, nor a second one in the same month', () => {
    const months = lapseByMonth(
      visitsOf([0, '2024-01'], [0, '2024-07'], [0, '2024-07']),
      rules,
      month('2024-01'),
      month('2025-01'),
    );
    expect(months.every(({ returned, marginal, entered }) => returned + marginal + entered === 0)).toBe(true);
    expect(months.every(({ active }) => active === 1)).toBe(true);
  });

  it('belong to the dealer of the last visit, and leave out visits after the end', () => {
    const visits = visitsOf([0, '2024-01', 0], [0, '2024-03', 1], [0, '2026-01', 0]);
    const own = (dealer: number) =>
      lapseByMonth(
        visits,
        rules,
        month('2024-01'),
        month('2024-12'),
        Uint8Array.from([0, 1], (d) => Number(d === dealer)),
      );
    expect(
      own(0)
        .map(({ active }) => active)
        .slice(0, 4),
    ).toEqual([1, 1, 0, 0]);
    expect(
      own(1)
        .map(({ active, marginal }) => active + marginal)
        .slice(0, 4),
    ).toEqual([0, 0, 1, 1]);
    expect(own(1).at(-1)).toMatchObject({ marginal: 1, returned: 0 });
  });

  it('equal a count by hand over random visits', () => {
    const random = seededRandom(5);
    const lines = Array.from({ length: 400 }, (): [number, string] => [
      random.whole(60),
      formatMonth(month('2022-01') + random.whole(60)),
    ]);
    const visits = visitsOf(...lines);
    const last = month('2026-12');
    const months = lapseByMonth(visits, rules, month('2022-01'), last);
    for (const one of months) {
      const counts = { active: 0, marginal: 0, lost: 0, permanent: 0 };
      for (let customer = 0; customer < 60; customer++) {
        const own = lines.filter(([c, when]) => c === customer && month(when) <= one.month);
        if (own.length === 0) continue;
        const since = one.month - Math.max(...own.map(([, when]) => month(when)));
        counts[lapseState(since, rules)]++;
      }
      expect(one).toMatchObject(counts);
      const snapshot = lapseAt(visits, one.month);
      expect(countLapsed(snapshot, snapshot.dealers, rules).total.states).toEqual(counts);
    }
  });
});

describe('a snapshot', () => {
  it('counts the visits of the last twelve months, and leaves out who has not come yet', () => {
    const visits = visitsOf(
      [0, '2025-03'],
      [0, '2025-04'],
      [0, '2026-03', 2],
      [1, '2026-04'],
      [2, '2020-01'],
    );
    const snapshot = lapseAt(visits, month('2026-03'));
    expect([...snapshot.customers]).toEqual([0, 2]);
    expect([...snapshot.visits]).toEqual([2, 0]);
    expect([...snapshot.since]).toEqual([0, 74]);
    expect([...snapshot.dealers]).toEqual([2, 0]);
    expect([...snapshot.advisers]).toEqual([12, 10]);
    const { total, units } = countLapsed(snapshot, snapshot.dealers, rules);
    expect(total).toEqual({
      states: { active: 1, marginal: 0, lost: 0, permanent: 1 },
      classes: { A: 0, B: 1, C: 0, D: 0 },
    });
    expect(units.get(2)!.states.active).toBe(1);
  });

  it('has a loss rate over those who could have become lost', () => {
    const counts = {
      states: { active: 80, marginal: 20, lost: 50, permanent: 9 },
      classes: { A: 0, B: 0, C: 0, D: 0 },
    };
    expect(lossRate(counts)).toEqual({ rate: 0.2, n: 100 });
    expect(lossRate({ ...counts, states: { active: 0, marginal: 0, lost: 1, permanent: 0 } })).toBeNull();
  });

  it('of nobody is empty', () => {
    const none = visitsOf();
    expect(lapseAt(none, 24000).customers).toHaveLength(0);
    expect(lapseByMonth(none, rules, 24000, 24001)).toHaveLength(2);
  });
});
