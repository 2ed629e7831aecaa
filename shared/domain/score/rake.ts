/** One margin to rake to: each respondent's category and each category's target share (any unit, normalised). */
export interface RakingMargin {
  name: string;
  /** Category index of every respondent, -1 where unknown (left alone by this margin). */
  categories: readonly number[];
  /** Target share by category index. */
  targets: readonly number[];
}

/** Limits of the iteration. */
export interface RakingOptions {
  /** Largest difference of a weighted share from its target that counts as reached. Default 1e-6. */
  tolerance?: number;
  /** Default 100. */
  maxIterations?: number;
  /** Weights are held between `1 / cap` and `cap` times the mean weight; default Infinity, no cap. */
  cap?: number;
}

/** The raked weights (mean 1) and the card that says how good they are. */
export interface Raking {
  weights: number[];
  iterations: number;
  /** False when the cap or contradictory margins left a share off its target. */
  converged: boolean;
  /** The largest remaining difference between a weighted share and its target. */
  largestGap: number;
  /** `n sum w^2 / (sum w)^2` (Kish). */
  designEffect: number;
  nEff: number;
  largestWeight: number;
  /** Categories with a target and nobody in them: `margin` name and category index. They cannot be reached. */
  emptyCategories: { margin: string; category: number }[];
}

interface PreparedMargin {
  categories: readonly number[];
  shares: number[];
}

/** Targets as shares of the categories that have respondents. */
function prepare(
  margin: RakingMargin,
  weights: readonly number[],
  empty: Raking['emptyCategories'],
): PreparedMargin {
  if (margin.categories.length !== weights.length)
    throw new RangeError(
      `rake: margin ${margin.name} has ${margin.categories.length} of ${weights.length} categories`,
    );
  const seen = new Set(margin.categories);
  let sum = 0;
  const shares = margin.targets.map((target, category) => {
    if (!(target >= 0 && target < Infinity)) throw new RangeError(`rake: ${margin.name} target ${target}`);
    if (target > 0 && !seen.has(category)) empty.push({ margin: margin.name, category });
    const share = seen.has(category) ? target : 0;
    sum += share;
    return share;
  });
  for (const category of seen)
    if (category >= shares.length) throw new RangeError(`rake: ${margin.name} category ${category}`);
  if (sum <= 0) throw new RangeError(`rake: margin ${margin.name} has no reachable target`);
  return { categories: margin.categories, shares: shares.map((share) => share / sum) };
}

function weightByCategory(margin: PreparedMargin, weights: readonly number[]): number[] {
  const sums = margin.shares.map(() => 0);
  margin.categories.forEach((category, i) => {
    if (category >= 0) sums[category]! += weights[i]!;
  });
  return sums;
}

function largestGapOf(margins: readonly PreparedMargin[], weights: readonly number[]): number {
  let gap = 0;
  for (const margin of margins) {
    const sums = weightByCategory(margin, weights);
    const total = sums.reduce((a, b) => a + b, 0);
    sums.forEach((sum, category) => {
      gap = Math.max(gap, Math.abs(sum / total - margin.shares[category]!));
    });
  }
  return gap;
}

/** One pass over one margin: `w = w * target / fit`. A target of 0 removes its category. */
function fit(margin: PreparedMargin, weights: number[]): void {
  const sums = weightByCategory(margin, weights);
  const total = sums.reduce((a, b) => a + b, 0);
  const factors = sums.map((sum, category) => (sum > 0 ? (margin.shares[category]! * total) / sum : 1));
  margin.categories.forEach((category, i) => {
    if (category >= 0) weights[i]! *= factors[category]!;
  });
}

/** Brings the mean weight to 1 and holds the weights inside the cap. */
function capAndCentre(weights: number[], cap: number): void {
  const centre = () => {
    const mean = weights.reduce((a, b) => a + b, 0) / weights.length;
    for (let i = 0; i < weights.length; i++) weights[i]! /= mean;
  };
  centre();
  if (cap === Infinity) return;
  for (let i = 0; i < weights.length; i++)
    if (weights[i]! > 0) weights[i] = Math.min(cap, Math.max(1 / cap, weights[i]!));
  centre();
}

/**
 * Raking (iterative proportional fitting; Deming & Stephan 1940): the design weights are multiplied margin by margin
 * until every weighted share meets its target, capped and centred after each round. Respondents of unknown category
 * keep their weight in that margin. The result always comes with its diagnostics; margins that contradict each other
 * end as `converged: false`, not as an error. Throws on an empty sample, a weight that is not positive, a cap below 1,
 * or a category without a target. Example: 30 women and 70 men raked to 50/50 get 5/3 and 5/7.
 */
export function rake(
  designWeights: readonly number[],
  margins: readonly RakingMargin[],
  { tolerance = 1e-6, maxIterations = 100, cap = Infinity }: RakingOptions = {},
): Raking {
  if (designWeights.length === 0) throw new RangeError('rake: no respondents');
  if (!(cap >= 1)) throw new RangeError(`rake: cap ${cap}`);
  for (const weight of designWeights)
    if (!(weight > 0 && weight < Infinity)) throw new RangeError(`rake: design weight ${weight}`);
  const emptyCategories: Raking['emptyCategories'] = [];
  const prepared = margins.map((margin) => prepare(margin, designWeights, emptyCategories));
  const weights = [...designWeights];
  capAndCentre(weights, cap);
  let iterations = 0;
  let largestGap = largestGapOf(prepared, weights);
  while (largestGap > tolerance && iterations < maxIterations) {
    iterations += 1;
    for (const margin of prepared) fit(margin, weights);
    capAndCentre(weights, cap);
    largestGap = largestGapOf(prepared, weights);
  }
  const sum2 = weights.reduce((a, w) => a + w * w, 0);
  const designEffect = sum2 / weights.length;
  return {
    weights,
    iterations,
    converged: largestGap <= tolerance && emptyCategories.length === 0,
    largestGap,
    designEffect,
    nEff: weights.length / designEffect,
    largestWeight: weights.reduce((a, w) => Math.max(a, w), 0),
    emptyCategories,
  };
}
