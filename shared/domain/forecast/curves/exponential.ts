import { fitPolynomial } from '../../../math/polynomial.ts';
import { type Curve, curveFrom } from '../curve.ts';

/** The curve y = a e^(b t), a line through ln y by least squares. Positive values only. Example: 1, 2, 4 gives 8. */
export const exponential: Curve = curveFrom(
  {
    id: 'exponential',
    name: { zh: '指数曲线', en: 'Exponential curve' },
    note: { zh: '假定每季度按同一比例变化。', en: 'Assumes the same rate of change every quarter.' },
    minimumPoints: 3,
  },
  (x, y) => {
    if (y.some((value) => value <= 0)) return { kind: 'not-positive' };
    const line = fitPolynomial(x, y.map(Math.log), 1);
    return line ? (at) => Math.exp(line(at)) : { kind: 'too-few-points', needed: 3, given: y.length };
  },
);
