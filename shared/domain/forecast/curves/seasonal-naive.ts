import { type Curve, curveFrom } from '../curve.ts';

/**
 * The value of the same quarter a year (or years) before; where there is none, the value before.
 * Example: 1, 2, 3, 4 continues with 1.
 */
export const seasonalNaive: Curve = curveFrom(
  {
    id: 'seasonal-naive',
    name: { zh: '沿用去年同季', en: 'Same quarter of last year' },
    note: { zh: '下季度等于去年同季。', en: 'Next quarter equals the same quarter a year before.' },
    minimumPoints: 4,
  },
  (x, y) => (at) => {
    let before = y[0]!;
    let sameQuarter: number | undefined;
    for (let i = 0; i < x.length && x[i]! < at; i += 1) {
      before = y[i]!;
      if ((at - x[i]!) % 4 === 0) sameQuarter = before;
    }
    return sameQuarter ?? before;
  },
);
