import learnt from './default-prior.json' with { type: 'json' };
import type { Dictionary, Kernel } from './kernel.ts';

/** The kinds of parts of a panel: overall movement, indicator within the overall, unit against parent, and the rest. */
export type PartFamily = 'overall' | 'indicator' | 'unit' | 'rest';

/**
 * Shares of the priors that do not come from learning, so that nothing is impossible: large for panels, whose shipped
 * weights come mostly from simulations and which bring siblings of their own.
 */
const UNLEARNT_SHARE = { panel: 0.5, free: 0.15 };

/** Learnt weights by kernel id, one number a scale, in hundredths of a percent. */
type LearntWeights = Record<string, number[]>;

/** How the unlearnt share of a panel is spread: plain curves first, since a few quarters cannot tell season from noise. */
function plainFirst({ trend, trendVariance, season }: Kernel): number {
  const slope = trend === 'none' ? 4 : trend === 'bend' && trendVariance < 0.1 ? 2 : 1;
  return slope * (season === 0 ? 6 : season < 1 ? 2 : season === 1 ? 1 : 0.5);
}

function weightsOf(
  table: LearntWeights,
  dictionary: Dictionary,
  unlearnt: number,
  spread: (kernel: Kernel) => number,
): Float64Array {
  const { kernels, scales, size } = dictionary;
  const learnt = new Float64Array(size);
  const other = new Float64Array(size);
  kernels.forEach((kernel, k) => {
    scales.forEach((_, g) => {
      learnt[k * scales.length + g] = table[kernel.id]?.[g] ?? 0;
      other[k * scales.length + g] = spread(kernel);
    });
  });
  const sum = (weights: Float64Array): number => weights.reduce((total, weight) => total + weight, 0);
  const known = sum(learnt);
  const all = sum(other);
  const share = known > 0 ? unlearnt : 1;
  return other.map(
    (weight, i) => (share * weight) / all + (known > 0 ? ((1 - share) * learnt[i]!) / known : 0),
  );
}

/**
 * The default prior weight of every component for a family of panel parts, learnt by `test/bench/learn-prior.ts` and
 * mixed with an unlearnt share; sums to 1.
 */
export function defaultPanelPrior(family: PartFamily, dictionary: Dictionary): Float64Array {
  return weightsOf(
    (learnt as Record<string, LearntWeights>)[family] ?? {},
    dictionary,
    UNLEARNT_SHARE.panel,
    plainFirst,
  );
}

/** Default prior weights of the components of `freeDictionary`, for series in any unit; they sum to 1. */
export function defaultFreePrior(dictionary: Dictionary): Float64Array {
  return weightsOf(
    (learnt as Record<string, LearntWeights>).free ?? {},
    dictionary,
    UNLEARNT_SHARE.free,
    () => 1,
  );
}
