import { type Curve, curveFrom } from '../curve.ts';
import { TREND_CURVES } from './trend-curves.ts';

/** The one of the five trend curves with the least squared error over its own points, read literally. */
export const leastError: Curve = curveFrom(
  {
    id: 'least-error',
    name: { zh: '误差最小的曲线', en: 'Curve with the least error' },
    note: {
      zh: '按字面选择拟合误差最小的一条；点数少时预测往往不如沿用上季，仅供对照。',
      en: 'Takes the best fit literally. On short histories it usually predicts worse than repeating the last value; kept for comparison.',
    },
    minimumPoints: 3,
  },
  (x, y) => {
    let best: { error: number; predict: (x: number) => number } | undefined;
    for (const curve of TREND_CURVES) {
      const fit = curve.fit(x, y);
      if (fit.kind !== 'fitted') continue;
      const error = fit.fitted.reduce((sum, value, i) => sum + (value - y[i]!) ** 2, 0);
      if (!best || error < best.error) best = { error, predict: fit.predict };
    }
    return best ? best.predict : { kind: 'too-few-points', needed: 3, given: y.length };
  },
);
