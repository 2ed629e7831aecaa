import { fitPolynomial } from '../../../math/polynomial.ts';
import { type Curve, curveFrom } from '../curve.ts';

/** The least-squares curve y = a + b ln t, t = 1 in the first quarter. Example: values ln 1, ln 2, ln 3 give ln 4. */
export const logarithmic: Curve = curveFrom(
  {
    id: 'logarithmic',
    name: { zh: '对数曲线', en: 'Logarithmic curve' },
    note: { zh: '假定变化越来越慢。', en: 'Assumes that change slows down.' },
    minimumPoints: 3,
  },
  (x, y) => {
    const line = fitPolynomial(x.map(Math.log), y, 1);
    return line
      ? (at) => line(Math.log(Math.max(at, 1)))
      : { kind: 'too-few-points', needed: 3, given: y.length };
  },
);
