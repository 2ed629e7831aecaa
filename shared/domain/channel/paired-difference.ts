import { studentTQuantile, studentTTwoSided } from '../../math/student-t.ts';

/** The difference of one unit between two channels, with the variance that sampling gives it. */
export interface PairedUnit {
  difference: number;
  variance: number;
}

/** The mean difference over units, or why there is none. */
export type PairedDifference =
  | { kind: 'too-few'; units: number }
  | {
      kind: 'difference';
      units: number;
      /** First channel minus second, points on 0-100. */
      mean: number;
      standardError: number;
      low: number;
      high: number;
      p: number;
      /** Standard deviation of the true differences between units: how unequal the units are beyond sampling. */
      between: number;
    };

/**
 * The mean difference of two channels over common units. Units count by their precision and by how unequal they are:
 * random-effects mean with the variance between units by DerSimonian & Laird (1986), standard error and t with
 * k - 1 degrees of freedom by Hartung & Knapp (2001). Equal variances give the paired t test.
 * Fewer than two units answer `too-few`; throws on a variance that is not positive.
 * Example: differences 1, 2, 3, 4 of equal variance: mean 2.5, standard error .6455, interval .4457 to 4.5543.
 */
export function pairedDifference(units: readonly PairedUnit[], confidence = 0.95): PairedDifference {
  const k = units.length;
  for (const { variance } of units)
    if (!(variance > 0)) throw new RangeError(`pairedDifference: variance ${variance}`);
  if (k < 2) return { kind: 'too-few', units: k };
  const fixed = weighted(units, 0);
  const q = units.reduce((sum, u) => sum + (u.difference - fixed.mean) ** 2 / u.variance, 0);
  const squares = units.reduce((sum, u) => sum + 1 / u.variance ** 2, 0);
  const between2 = Math.max(0, (q - (k - 1)) / (fixed.weight - squares / fixed.weight));
  const { mean, weight } = weighted(units, between2);
  const scatter = units.reduce((sum, u) => sum + (u.difference - mean) ** 2 / (u.variance + between2), 0);
  const standardError = Math.sqrt(scatter / ((k - 1) * weight));
  const half = studentTQuantile(0.5 + confidence / 2, k - 1) * standardError;
  return {
    kind: 'difference',
    units: k,
    mean,
    standardError,
    low: mean - half,
    high: mean + half,
    p: standardError > 0 ? studentTTwoSided(mean / standardError, k - 1) : mean === 0 ? 1 : 0,
    between: Math.sqrt(between2),
  };
}

function weighted(units: readonly PairedUnit[], between2: number): { mean: number; weight: number } {
  let weight = 0;
  let sum = 0;
  for (const { difference, variance } of units) {
    const own = 1 / (variance + between2);
    weight += own;
    sum += own * difference;
  }
  return { mean: sum / weight, weight };
}
