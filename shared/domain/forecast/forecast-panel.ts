import { assemble } from './assemble.ts';
import { baseOf, decompose, onlyChildren } from './decompose.ts';
import { forecastParts, type PanelJob } from './forecast-parts.ts';
import { levelFactors } from './level-factors.ts';
import { detectOverlap } from './overlap.ts';
import type { ForecastPanel, PanelForecast } from './panel.ts';
import { reconcile } from './reconcile.ts';

/** Choices of a panel forecast; every one has a default. */
export interface PanelForecastOptions {
  /** Quarter to forecast, 1 to 8 after the last one. Default: the next quarter. */
  target?: number;
  /** Latest observations of a series that are used, 4-20. Default 12. */
  historyLength?: number;
  /** Correlation of a respondent's answers to two indicators. Default .5. */
  halo?: number;
  /** Series from which a pool learns what its series share, at most. Default 300. */
  learnFrom?: number;
  /** Learn band factors from the last eight quarters' forecasts. Default true. */
  calibrate?: boolean;
  /** Called about a hundred times; answer false to cancel, which throws `ForecastCancelled`. */
  onProgress?: (done: number, total: number) => boolean | undefined;
}

/** Thrown when `onProgress` answers false. */
export class ForecastCancelled extends Error {}

function checkPanel(panel: ForecastPanel): void {
  const { units, indicators, quarters, scores, bases } = panel;
  const T = quarters.length;
  if (units.length === 0 || indicators.length === 0)
    throw new RangeError('forecastPanel: a panel without units or indicators');
  if (scores.length !== units.length * indicators.length * T)
    throw new RangeError(`forecastPanel: scores ${scores.length}`);
  if (bases.length !== units.length * T && bases.length !== scores.length)
    throw new RangeError(`forecastPanel: bases ${bases.length}`);
  units.forEach((unit, u) => {
    if (u === 0 ? unit.parent !== -1 : !(unit.parent >= 0 && unit.parent < u))
      throw new RangeError(`forecastPanel: parent ${unit.parent} of unit ${u}`);
  });
  for (let t = 1; t < T; t += 1)
    if (!(quarters[t]! > quarters[t - 1]!))
      throw new RangeError(`forecastPanel: quarter ${quarters[t]} out of order`);
  const weight = indicators.reduce((sum, i) => sum + i.weight, 0);
  if (!(Math.abs(weight - 1) < 1e-6)) throw new RangeError(`forecastPanel: weights sum to ${weight}`);
}

/** Expected bases of the coming wave: given, or the mean of the last `waves` known; NaN where nothing is known. */
function expectedBases(panel: ForecastPanel, target: number, waves: number): Float64Array {
  const K = panel.indicators.length;
  return Float64Array.from(panel.units, (_, u) => {
    const given = panel.nextBases?.[u];
    if (given !== undefined) return given > 0 ? given : Number.NaN;
    let sum = 0;
    let count = 0;
    for (
      let t = panel.quarters.length - 1;
      t >= 0 && target - panel.quarters[t]! <= 5 && count < waves;
      t -= 1
    ) {
      let best = 0;
      for (let k = 0; k < K; k += 1) best = Math.max(best, baseOf(panel, u, k, t) || 0);
      if (best === 0) continue;
      sum += best;
      count += 1;
    }
    return count > 0 ? sum / count : Number.NaN;
  });
}

/**
 * Forecasts the next quarter (or one up to 8 ahead) of every unit x (indicator and index) of a panel, with 80 and 95 %
 * bands that include the coming wave's sampling error. The panel is taken apart by unit tree x indicators, each part
 * is explained by a pooled family of curves (see `mixture.ts`, `pooling.ts`), and the parts are added up, so that a
 * parent agrees with its children weighted by their expected shares of respondents.
 *
 * Same panel, same numbers: nothing is random. Throws on a malformed panel, on a target outside 1-8 quarters after
 * the last one, and `ForecastCancelled` when asked to. A panel without quarters refuses every cell.
 * Example: `seriesForecast(forecastPanel(panel), 0, panel.indicators.length)` is the overall index of next quarter.
 */
export function forecastPanel(panel: ForecastPanel, options: PanelForecastOptions = {}): PanelForecast {
  checkPanel(panel);
  const last = panel.quarters.at(-1) ?? 0;
  const target = options.target ?? last + 1;
  if (panel.quarters.length > 0 && !(target > last && target <= last + 8))
    throw new RangeError(`forecastPanel: target ${target}`);
  const { overlapping } = detectOverlap(panel);
  const job: PanelJob = {
    panel,
    target,
    T: panel.quarters.length,
    K: panel.indicators.length,
    halo: options.halo ?? 0.5,
    overlapping,
    alone: onlyChildren(panel),
    nextBase: expectedBases(panel, target, overlapping ? 1 : 4),
  };
  const parts = decompose(panel, job.halo);
  const forecasts = forecastParts(job, parts, {
    historyLength: options.historyLength ?? 12,
    calibrate: options.calibrate ?? true,
    learnFrom: options.learnFrom ?? 300,
    onProgress: (done, total) => {
      if (options.onProgress?.(done, total) === false)
        throw new ForecastCancelled('forecastPanel: cancelled');
    },
  });
  const share = reconcile(panel, job.nextBase, forecasts.unit, forecasts.rest);
  return assemble(job, forecasts, share, levelFactors(job, parts, forecasts));
}
