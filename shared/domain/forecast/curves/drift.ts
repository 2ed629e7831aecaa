import { type Curve, curveFrom } from '../curve.ts';

/** The last value plus the mean change per quarter: the line from the first point to the last, drawn on. */
export const drift: Curve = curveFrom(
  {
    id: 'drift',
    name: { zh: '沿用上季加平均变化', en: 'Last value plus mean change' },
    note: { zh: '首末两点连线的延长。', en: 'The line from the first point to the last, drawn on.' },
    minimumPoints: 2,
  },
  (x, y) => {
    const last = x.length - 1;
    const slope = (y[last]! - y[0]!) / (x[last]! - x[0]!);
    return (at) => y[last]! + slope * (at - x[last]!);
  },
);
