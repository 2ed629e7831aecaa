import { fitPolynomial } from '../../../math/polynomial.ts';
import { type Curve, curveFrom } from '../curve.ts';

/** The least-squares line y = a + b t. Three points at least. Example: 70, 71, 72 continues with 73. */
export const linear: Curve = curveFrom(
  {
    id: 'linear',
    name: { zh: '直线', en: 'Straight line' },
    note: { zh: '假定每季度变化相同。', en: 'Assumes the same change every quarter.' },
    minimumPoints: 3,
  },
  (x, y) => fitPolynomial(x, y, 1) ?? { kind: 'too-few-points', needed: 3, given: y.length },
);
