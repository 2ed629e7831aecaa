import { fitPolynomial } from '../../../math/polynomial.ts';
import { type Curve, curveFrom } from '../curve.ts';

/** The least-squares parabola y = a + b t + c t^2. Four points at least. Example: 1, 4, 9, 16 continues with 25. */
export const quadratic: Curve = curveFrom(
  {
    id: 'quadratic',
    name: { zh: '二次曲线', en: 'Parabola' },
    note: { zh: '点数少时外推极不稳定。', en: 'Runs away quickly beyond a short history.' },
    minimumPoints: 4,
  },
  (x, y) => fitPolynomial(x, y, 2) ?? { kind: 'too-few-points', needed: 4, given: y.length },
);
