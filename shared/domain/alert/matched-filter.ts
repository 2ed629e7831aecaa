import type { ForecastPanel } from '../forecast/panel.ts';
import type { WaveScores } from './alert.ts';
import { type Innovations, waveShare } from './innovation.ts';
import { type TestFamilies, testedVariance } from './test-families.ts';

/** One possible explanation of a quarter: the shift that fits best at a unit (and indicator), and how certain it is. */
export interface Fit {
  /** Estimated shift of the scope's own score, points, and its standard error. */
  shift: number;
  shiftError: number;
  /** `shift` over its standard error. */
  z: number;
}

/** What a search needs at every candidate: shares of respondents and the variances that parts are tested against. */
export interface Filter {
  panel: ForecastPanel;
  innovations: Innovations;
  /** Share of a unit in its parent's respondents, `[u * K + k]`. */
  shares: Float64Array;
  unitVariance: Float64Array;
  restVariance: Float64Array;
}

/** Prepares the search; the variances hold for the whole of it, the innovations are read as they stand. */
export function filterOf(
  panel: ForecastPanel,
  wave: WaveScores,
  innovations: Innovations,
  families: TestFamilies,
): Filter {
  const K = panel.indicators.length;
  const { unitLatent, restLatent } = innovations;
  return {
    panel,
    innovations,
    shares: Float64Array.from(innovations.rest, (_, i) => waveShare(panel, wave, Math.floor(i / K), i % K)),
    unitVariance: innovations.unitVariance.map((variance, u) => {
      const family = families.ofUnit[u];
      return family ? testedVariance(variance, unitLatent[u]!, family) : Number.NaN;
    }),
    restVariance: innovations.restVariance.map((variance, part) => {
      const family = families.ofRest[Math.floor(part / K)];
      return family ? testedVariance(variance, restLatent[part]!, family) : Number.NaN;
    }),
  };
}

/**
 * Fits a shift of one unit (indicator -1: of all its indicators) to every part that it moves: by 1 less its share in its
 * parent to its own part, by what is left of it to the parts of the scopes above. The parts are independent, so the
 * weighted least squares estimate is the sum of effect x innovation / variance over that of effect^2 / variance, and its
 * ratio to its error is the most powerful test of that explanation (matched filter). Parts that cannot be tested add
 * nothing; without any, undefined.
 * Example: of two equal siblings one of which fell by 10, its own part shows 5 and its parent's the other 5.
 */
export function fitShift(filter: Filter, unit: number, indicator: number): Fit | undefined {
  const { panel, innovations, shares, unitVariance, restVariance } = filter;
  const K = panel.indicators.length;
  const weight = indicator < 0 ? 1 : panel.indicators[indicator]!.weight;
  let pull = 0;
  let precision = 0;
  const see = (effect: number, innovation: number, variance: number): void => {
    if (Number.isNaN(innovation) || !(variance > 0)) return;
    pull += (effect * innovation) / variance;
    precision += (effect * effect) / variance;
  };
  let reach = 1;
  for (let u = unit; u >= 0; u = panel.units[u]!.parent) {
    const share = shares[u * K + Math.max(0, indicator)]!;
    const effect = reach * (1 - share);
    see(weight * effect, innovations.unit[u]!, unitVariance[u]!);
    if (indicator >= 0)
      see((1 - weight) * effect, innovations.rest[u * K + indicator]!, restVariance[u * K + indicator]!);
    reach *= share;
  }
  if (!(precision > 0)) return undefined;
  const shiftError = 1 / Math.sqrt(precision);
  return { shift: pull / precision, shiftError, z: pull * shiftError };
}
