import learnt from './default-prior.json' with { type: 'json' };
import type { Dictionary } from './kernel.ts';

/** The kinds of parts of a panel: overall movement, indicator within the overall, unit against parent, and the rest. */
export type PartFamily = 'overall' | 'indicator' | 'unit' | 'rest';

/**
 * Shares of the priors that are spread evenly, so that nothing is impossible: large for panels, whose shipped weights
 * come mostly from simulations and which bring siblings of their own.
 */
const EVEN_SHARE = { panel: 0.5, free: 0.15 };

/** Learnt weights by kernel id, one number a scale, in hundredths of a percent. */
type LearntWeights = Record<string, number[]>;

function weightsOf(table: LearntWeights, dictionary: Dictionary, even: number): Float64Array {
  const { kernels, scales, size } = dictionary;
  const weights = new Float64Array(size);
  let total = 0;
  kernels.forEach(({ id }, k) => {
    scales.forEach((_, g) => {
      weights[k * scales.length + g] = table[id]?.[g] ?? 0;
      total += weights[k * scales.length + g]!;
    });
  });
  return weights.map((weight) => (total > 0 ? ((1 - even) * weight) / total + even / size : 1 / size));
}

/**
 * The default prior weight of every component for a family of panel parts, learnt by `test/bench/learn-prior.ts` and
 * mixed with an even share; sums to 1.
 */
export function defaultPanelPrior(family: PartFamily, dictionary: Dictionary): Float64Array {
  return weightsOf((learnt as Record<string, LearntWeights>)[family] ?? {}, dictionary, EVEN_SHARE.panel);
}

/** The same for series in any unit. */
export function defaultFreePrior(dictionary: Dictionary): Float64Array {
  return weightsOf((learnt as Record<string, LearntWeights>).free ?? {}, dictionary, EVEN_SHARE.free);
}
