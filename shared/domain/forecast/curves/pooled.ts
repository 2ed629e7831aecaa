import { type Curve, curveFrom } from '../curve.ts';
import { forecastSeries } from '../forecast-series.ts';

/**
 * The pooled family of curves on one series alone, with the shipped prior: what the forecast uses, without siblings.
 * Beyond eight quarters ahead the eighth is repeated; over its own quarters it is the drawn curve.
 */
export const pooled: Curve = curveFrom(
  {
    id: 'pooled',
    name: { zh: '曲线族综合', en: 'Pooled curve family' },
    note: {
      zh: '按可信程度综合水平、趋势和季节等多种曲线，是系统的默认方法。',
      en: 'Weighs level, trend and season curves by how well each explains the series; the default method.',
    },
    minimumPoints: 1,
  },
  (x, y) => {
    const forecast = forecastSeries({ quarters: x, values: y }, { horizon: 8 });
    if (forecast.kind === 'refused') return { kind: 'too-few-points', needed: 1, given: 0 };
    const drawn = new Map(forecast.fitted.map(({ quarter, value }) => [quarter, value]));
    const earliest = forecast.fitted[0]!.value;
    return (at) => {
      const ahead = at - x.at(-1)!;
      if (ahead > 0) return forecast.steps[Math.min(8, Math.ceil(ahead)) - 1]!.point;
      return drawn.get(at) ?? earliest;
    };
  },
);
