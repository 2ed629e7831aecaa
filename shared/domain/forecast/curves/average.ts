import { type Curve, curveFrom, type FittedCurve } from '../curve.ts';
import { TREND_CURVES } from './trend-curves.ts';

/** The mean of those of the five trend curves that the series allows. */
export const average: Curve = curveFrom(
  {
    id: 'average',
    name: { zh: '五条曲线的平均', en: 'Average of the five curves' },
    note: { zh: '比挑选误差最小的一条稳妥。', en: 'Steadier than choosing the one with the least error.' },
    minimumPoints: 3,
  },
  (x, y) => {
    const fits = TREND_CURVES.map((curve) => curve.fit(x, y)).filter(
      (f): f is FittedCurve => f.kind === 'fitted',
    );
    return (at) => fits.reduce((sum, fit) => sum + fit.predict(at), 0) / fits.length;
  },
);
