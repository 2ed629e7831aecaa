import { describe, expect, test } from 'vitest';
import { agreementOf } from '../../../../shared/domain/channel/agreement.ts';
import { chainLink } from '../../../../shared/domain/channel/chain-link.ts';
import { gradeOf, suggestComparability } from '../../../../shared/domain/channel/comparability.ts';
import { correlationOf } from '../../../../shared/domain/channel/correlation.ts';
import { pairedDifference } from '../../../../shared/domain/channel/paired-difference.ts';
import { seededRandom } from '../../../../shared/math/random.ts';

describe('a correlation', () => {
  test('of Anscombe first set is .8164, with the interval of Fisher', () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const found = correlationOf(x.map((value, i) => [value, y[i]!]));
    expect(found).toMatchObject({ kind: 'correlation', n: 11 });
    if (found.kind !== 'correlation') return;
    expect(found.r).toBeCloseTo(0.81642, 5);
    expect(found.low).toBeCloseTo(Math.tanh(Math.atanh(found.r) - 1.959964 / Math.sqrt(8)), 6);
    expect(found.high).toBeCloseTo(0.9507, 3);
  });

  test('needs four pairs and something that varies', () => {
    expect(
      correlationOf([
        [1, 1],
        [2, 2],
        [3, 3],
      ]),
    ).toEqual({ kind: 'too-few', n: 3 });
    expect(
      correlationOf([
        [1, 1],
        [1, 2],
        [1, 3],
        [1, 4],
      ]),
    ).toEqual({ kind: 'no-spread', n: 4 });
    expect(
      correlationOf([
        [1, 2],
        [2, 4],
        [3, 6],
        [4, 8],
      ]),
    ).toMatchObject({ r: 1, low: 1, high: 1 });
  });
});

describe('the mean difference over units', () => {
  test('is the paired t test where all units are equally precise', () => {
    const found = pairedDifference([1, 2, 3, 4].map((difference) => ({ difference, variance: 0.5 })));
    expect(found).toMatchObject({ kind: 'difference', units: 4 });
    if (found.kind !== 'difference') return;
    expect(found.mean).toBeCloseTo(2.5, 12);
    expect(found.standardError).toBeCloseTo(Math.sqrt(5 / 3 / 4), 12);
    expect(found.high).toBeCloseTo(2.5 + 3.182446 * 0.6454972, 5);
    expect(found.between).toBeCloseTo(Math.sqrt(5 / 3 - 0.5), 12);
  });

  test('weighs a precise unit more, worked by hand', () => {
    // Q = 1 on 1 degree of freedom: nothing between units is left, weights 1 and 1/4.
    const found = pairedDifference([
      { difference: 0, variance: 1 },
      { difference: Math.sqrt(5), variance: 4 },
    ]);
    if (found.kind !== 'difference') throw new Error(found.kind);
    expect(found.between).toBeCloseTo(0, 6);
    expect(found.mean).toBeCloseTo(Math.sqrt(5) / 5, 12);
    expect(found.standardError).toBeCloseTo(Math.sqrt(1 / 1.25), 12);
  });

  test('says how many units there are where one is too few, and refuses a unit without error', () => {
    expect(pairedDifference([{ difference: 1, variance: 1 }])).toEqual({ kind: 'too-few', units: 1 });
    expect(() => pairedDifference([{ difference: 1, variance: 0 }])).toThrow('variance 0');
  });
});

describe('agreement over units', () => {
  test('corrects the correlation for sampling error: the true one of .8 comes back', () => {
    const random = seededRandom(7);
    const units = Array.from({ length: 4000 }, () => {
      const common = random.normal();
      const [a, b] = [random.normal(), random.normal()];
      const first = 75 + 4 * (Math.sqrt(0.8) * common + Math.sqrt(0.2) * a);
      const second = 70 + 4 * (Math.sqrt(0.8) * common + Math.sqrt(0.2) * b);
      return {
        first: first + 3 * random.normal(),
        second: second + 5 * random.normal(),
        firstError: 3,
        secondError: 5,
      };
    });
    const found = agreementOf(units)!;
    expect(found.reliability.first).toBeCloseTo(16 / 25, 1);
    expect(found.reliability.second).toBeCloseTo(16 / 41, 1);
    if (found.correlation.kind !== 'correlation') throw new Error(found.correlation.kind);
    expect(found.correlation.r).toBeCloseTo(12.8 / Math.sqrt(25 * 41), 1);
    expect(found.disattenuated).toBeCloseTo(0.8, 1);
    expect(found.meanDifference).toBeCloseTo(5, 0);
    expect(found.samplingSd).toBeCloseTo(Math.sqrt(34), 12);
    expect(found.sd).toBeCloseTo(Math.sqrt(34 + 2 * 3.2), 0);
    expect(found.limits.high - found.limits.low).toBeCloseTo(2 * 1.959963984540054 * found.sd, 12);
  });

  test('corrects nothing where sampling error is all there is', () => {
    const units = [70, 71, 69, 70, 71].map((first, i) => ({
      first,
      second: 60 + i,
      firstError: 5,
      secondError: 1,
    }));
    expect(agreementOf(units)).toMatchObject({ disattenuated: null, reliability: { first: 0 } });
    expect(agreementOf(units.slice(0, 1))).toBeUndefined();
  });
});

describe('a chain link', () => {
  const point = (quarter: number, score: number, standardError = 1) => ({ quarter, score, standardError });

  test('moves the older series by the difference of the common quarter and carries its error', () => {
    const found = chainLink([point(1, 68), point(2, 70)], [point(2, 75), point(3, 76)]);
    if (found.kind !== 'linked') throw new Error(found.kind);
    expect(found.shift).toBeCloseTo(5, 12);
    expect(found.shiftError).toBeCloseTo(Math.SQRT2, 12);
    expect(found.points.map(({ quarter, score, linked }) => [quarter, score, linked])).toEqual([
      [1, 73, true],
      [2, 75, false],
      [3, 76, false],
    ]);
    expect(found.points[0]!.standardError).toBeCloseTo(Math.sqrt(3), 12);
    expect(found.points[1]!.standardError).toBe(1);
  });

  test('takes several common quarters by their precision, and none without one', () => {
    const found = chainLink([point(1, 70), point(2, 70, 3)], [point(1, 75), point(2, 85, 3)]);
    if (found.kind !== 'linked') throw new Error(found.kind);
    expect(found.shift).toBeCloseTo((5 / 2 + 15 / 18) / (1 / 2 + 1 / 18), 12);
    expect(found.overlap).toEqual([1, 2]);
    expect(chainLink([point(1, 70)], [point(2, 75)])).toEqual({ kind: 'no-overlap' });
  });
});

describe('comparability', () => {
  test('falls with each respect in which two channels are unlike', () => {
    const grade = (
      scale: 'same' | 'different',
      population: 'same' | 'similar' | 'different',
      question: 'same' | 'similar' | 'different',
    ) => gradeOf({ scale, population, question });
    expect(grade('same', 'same', 'same')).toBe('A');
    expect(grade('different', 'same', 'same')).toBe('B');
    expect(grade('different', 'similar', 'same')).toBe('C');
    expect(grade('same', 'different', 'same')).toBe('C');
    expect(grade('same', 'same', 'different')).toBe('D');
  });

  test('is suggested from scales, wordings and who is asked', () => {
    const shared = (sameScale: boolean, sameWording: boolean) => [{ sameScale, sameWording }];
    expect(suggestComparability('third-party', 'in-house', shared(false, true))).toEqual({
      scale: 'different',
      population: 'similar',
      question: 'same',
    });
    expect(suggestComparability('in-house', 'lost-sale', shared(true, false))).toEqual({
      scale: 'same',
      population: 'different',
      question: 'similar',
    });
    expect(gradeOf(suggestComparability('in-house', 'third-party', []))).toBe('D');
  });
});
