import { fitPolynomial } from '../../../math/polynomial.ts';
import { type Curve, curveFrom } from '../curve.ts';

/** The curve y = a t^b, a line through ln y over ln t, t = 1 in the first quarter. Example: 1, 4, 9 gives 16. */
export const power: Curve = curveFrom(
  {
    id: 'power',
    name: { zh: '幂曲线', en: 'Power curve' },
    note: { zh: '依赖起点的选择。', en: 'Depends on which quarter counts as the first.' },
    minimumPoints: 3,
  },
  (x, y) => {
    if (y.some((value) => value <= 0)) return { kind: 'not-positive' };
    const line = fitPolynomial(x.map(Math.log), y.map(Math.log), 1);
    return line
      ? (at) => Math.exp(line(Math.log(Math.max(at, 1))))
      : { kind: 'too-few-points', needed: 3, given: y.length };
  },
);
