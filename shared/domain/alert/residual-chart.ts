/** One past forecast against what came. */
export interface ChartResidual {
  quarter: number;
  actual: number;
  expected: number;
  /** Standard deviation of the coming score, sampling included. */
  waveSd: number;
}

/** One point of the chart. */
export interface ChartPoint {
  quarter: number;
  /** Standardised residual. */
  z: number;
  /** Smoothed residual and its control limit, both in standard deviations of a single residual. */
  smoothed: number;
  limit: number;
  signal: 'none' | 'rising' | 'falling';
}

/** Settings of the chart. */
export interface ResidualChartOptions {
  /** Weight of the newest residual, 0-1. Default .25, which finds drifts of about half a deviation a quarter soonest. */
  lambda?: number;
  /** Width of the limits. Default 2.7. */
  width?: number;
}

/**
 * A control chart for slow drift: the exponentially weighted moving average of standardised forecast residuals
 * (Roberts 1959; limits with the exact start-up variance, Lucas & Saccucci 1990). It signals small shifts that no single
 * quarter shows. Residuals are winsorised at 3 so that one outlier is left to the quarterly test. Residuals that are
 * not finite or have no positive deviation are left out. Empty in, empty out. Throws unless 0 < lambda <= 1.
 * Example: ten residuals of +1 standard deviation signal `rising` before the tenth.
 */
export function residualChart(
  residuals: readonly ChartResidual[],
  options: ResidualChartOptions = {},
): ChartPoint[] {
  const { lambda = 0.25, width = 2.7 } = options;
  if (!(lambda > 0 && lambda <= 1)) throw new RangeError(`residualChart: lambda ${lambda}`);
  const points: ChartPoint[] = [];
  let smoothed = 0;
  let memory = 1;
  for (const { quarter, actual, expected, waveSd } of residuals) {
    const z = (actual - expected) / waveSd;
    if (!(waveSd > 0) || !Number.isFinite(z)) continue;
    smoothed += lambda * (Math.max(-3, Math.min(3, z)) - smoothed);
    memory *= (1 - lambda) ** 2;
    const limit = width * Math.sqrt((lambda / (2 - lambda)) * (1 - memory));
    const signal = smoothed > limit ? 'rising' : smoothed < -limit ? 'falling' : 'none';
    points.push({ quarter, z, smoothed, limit, signal });
  }
  return points;
}
