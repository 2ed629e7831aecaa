import { type Curve, curveFrom } from '../curve.ts';

/** The last value repeated. Its curve over the past is the value before; the first point is its own. */
export const naive: Curve = curveFrom(
  {
    id: 'naive',
    name: { zh: '沿用上季', en: 'Last value' },
    note: { zh: '下季度等于最近一个季度。', en: 'Next quarter equals the latest one.' },
    minimumPoints: 1,
  },
  (x, y) => (at) => {
    let before = y[0]!;
    for (let i = 0; i < x.length && x[i]! < at; i += 1) before = y[i]!;
    return before;
  },
);
