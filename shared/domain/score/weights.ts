/** Weights brought to sum 1, and what they summed to as given. */
export interface NormalisedWeights {
  weights: number[];
  givenSum: number;
  /** False when the given weights already summed to 1 (to 1e-9): nothing to report. */
  changed: boolean;
}

/** A mean under weights, with the report on the weights. */
export interface WeightedMean extends NormalisedWeights {
  value: number;
}

/**
 * Weights as shares, `R_k / sum R`. Throws on a negative or non-finite weight and when none is positive: an index
 * without weights has no meaning. Example: `normaliseWeights([3, 1]).weights` is `[0.75, 0.25]`.
 */
export function normaliseWeights(given: readonly number[]): NormalisedWeights {
  let givenSum = 0;
  for (const weight of given) {
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`normaliseWeights: weight ${weight}`);
    givenSum += weight;
  }
  if (givenSum <= 0) throw new RangeError(`normaliseWeights: sum ${givenSum} of ${given.length} weights`);
  const changed = Math.abs(givenSum - 1) > 1e-9;
  return { weights: given.map((w) => w / givenSum), givenSum, changed };
}

/** The weighted mean of values under weights of the same length, normalised. Throws when lengths differ. */
export function meanUnderWeights(values: readonly number[], given: readonly number[]): WeightedMean {
  if (values.length !== given.length)
    throw new RangeError(`meanUnderWeights: ${values.length} values, ${given.length} weights`);
  const normalised = normaliseWeights(given);
  const value = values.reduce((sum, x, i) => sum + x * normalised.weights[i]!, 0);
  return { value, ...normalised };
}
