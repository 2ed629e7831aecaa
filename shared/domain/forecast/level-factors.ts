import { baseOf, type PanelParts } from './decompose.ts';
import type { PanelJob, PartForecasts } from './forecast-parts.ts';
import { tellingCount, widthFactor } from './past-forecasts.ts';
import { tailQuantile } from './tail-quantile.ts';

/** Factors on the widths of the two bands. */
export interface BandFactors {
  at80: number;
  at95: number;
}

/** Band factors by level: of single indicators and of the index. */
export interface LevelFactors {
  indicator: Map<string, BandFactors>;
  index: Map<string, BandFactors>;
}

interface Sum {
  mean: number;
  variance: number;
  cumulant4: number;
}

/** A part's past moments added up along the path to the root; NaN where one of them is missing. */
function alongPath(job: PanelJob, forecasts: PartForecasts, u: number, k: number, i: number): Sum {
  const { panel, K } = job;
  const J = forecasts.judged.length;
  const sum: Sum = { mean: 0, variance: 0, cumulant4: 0 };
  for (let q = u; q >= 0; q = panel.units[q]!.parent) {
    if (job.alone[q]) continue;
    sum.mean += forecasts.unit.pastMean[q * J + i]!;
    sum.variance += forecasts.unit.pastVariance[q * J + i]!;
    sum.cumulant4 += forecasts.unit.pastCumulant4[q * J + i]!;
    if (k < 0 || K === 1) continue;
    sum.mean += forecasts.rest.pastMean[(q * K + k) * J + i]!;
    sum.variance += forecasts.rest.pastVariance[(q * K + k) * J + i]!;
    sum.cumulant4 += forecasts.rest.pastCumulant4[(q * K + k) * J + i]!;
  }
  return sum;
}

/** The index of a unit in a past quarter, and its sampling variance, from the parts along its path. */
function indexAt(job: PanelJob, parts: PanelParts, u: number, t: number): Sum {
  const sum: Sum = { mean: 0, variance: 0, cumulant4: 0 };
  for (let q = u; q >= 0; q = job.panel.units[q]!.parent) {
    sum.mean += parts.unit[q * job.T + t]!;
    sum.variance += parts.unitNoise[q * job.T + t]!;
  }
  return sum;
}

/** Deviations of a level's cells in half widths of their two bands, and what they come from. */
interface Deviations {
  of80: number[];
  of95: number[];
  quarters: Set<number>;
  units: Set<number>;
}

type ByLevel = Map<string, Deviations>;

function note(byLevel: ByLevel, level: string, u: number, t: number, actual: number, expected: Sum): void {
  const z = Math.abs(actual - expected.mean) / Math.sqrt(expected.variance);
  if (!Number.isFinite(z)) return;
  const excess = expected.cumulant4 / expected.variance ** 2;
  const deviations = byLevel.get(level) ?? { of80: [], of95: [], quarters: new Set(), units: new Set() };
  byLevel.set(level, deviations);
  deviations.of80.push((HINDSIGHT * z) / tailQuantile(80, excess));
  deviations.of95.push((HINDSIGHT * z) / tailQuantile(95, excess));
  deviations.quarters.add(t);
  deviations.units.add(u);
}

/** The prior was learnt from the judged quarters too, which makes their deviations a little smaller than they should be. */
const HINDSIGHT = 1.03;
const PSEUDO_COUNT = 8;

/**
 * What each band would have needed, drawn towards 1. Each has its own factor, since scores that come in steps miss
 * seldom but far. A unit's indicators move together, so units are counted, not cells.
 */
function factorsOf(byLevel: ByLevel): Map<string, BandFactors> {
  return new Map(
    [...byLevel].map(([level, { of80, of95, quarters, units }]) => {
      const count = tellingCount(quarters.size, units.size);
      const at80 = widthFactor(of80, 0.8, count, PSEUDO_COUNT) ?? 1;
      return [level, { at80, at95: widthFactor(of95, 0.95, count, PSEUDO_COUNT) ?? at80 }];
    }),
  );
}

/**
 * How much wider or narrower than the sum of its parts a level's band must be, from the last eight quarters' forecasts
 * of a sample of its cells: parts of real panels are not independent of each other, which only whole scores show.
 * A level without past forecasts has no entry, which means 1.
 */
export function levelFactors(job: PanelJob, parts: PanelParts, forecasts: PartForecasts): LevelFactors {
  const { panel, T, K } = job;
  const single: ByLevel = new Map();
  const whole: ByLevel = new Map();
  const J = forecasts.judged.length;
  panel.units.forEach(({ level }, u) => {
    forecasts.judged.forEach((t, i) => {
      if (Number.isNaN(forecasts.unit.pastMean[u * J + i]!)) return;
      const expected = alongPath(job, forecasts, u, -1, i);
      const came = indexAt(job, parts, u, t);
      const noise = job.overlapping ? 0 : came.variance;
      note(whole, level, u, t, came.mean, { ...expected, variance: expected.variance + noise });
      for (let k = 0; k < K; k += 1) {
        const own = alongPath(job, forecasts, u, k, i);
        const base = baseOf(panel, u, k, t);
        const sampling = job.overlapping || !(base > 0) ? 0 : panel.indicators[k]!.sd ** 2 / base;
        note(single, level, u, t, panel.scores[(u * K + k) * T + t]!, {
          ...own,
          variance: own.variance + sampling,
        });
      }
    });
  });
  return { indicator: factorsOf(single), index: factorsOf(whole) };
}
