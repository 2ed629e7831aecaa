import type { Dictionary } from './kernel.ts';

/** The kinds of parts of a panel: overall movement, indicator within the overall, unit against parent, and the rest. */
export type PartFamily = 'overall' | 'indicator' | 'unit' | 'rest';

/** The default prior weight of every component for a family of parts; sums to 1. */
export function defaultPanelPrior(_family: PartFamily, dictionary: Dictionary): Float64Array {
  return new Float64Array(dictionary.size).fill(1 / dictionary.size);
}
