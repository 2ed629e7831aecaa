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
    const series = { quarters: x, values: y };
    const first = forecastSeries(series);
    if (first.kind === 'refused') return { kind: 'too-few-points', needed: 1, given: 0 };
    const drawn = new Map(first.fitted.map(({ quarter, value }) => [quarter, value]));
    const earliest = first.fitted[0]!.value;
    return (at) => {
      const ahead = Math.ceil(at - x.at(-1)!);
      if (ahead < 1) return drawn.get(at) ?? earliest;
      const far = ahead === 1 ? first : forecastSeries(series, { horizon: Math.min(8, ahead) });
      return far.kind === 'refused' ? earliest : far.steps.at(-1)!.point;
    };
  },
);
