import type { Evidence } from './mixture.ts';

/**
 * What siblings share: the prior weight of every component, and the variance of a sibling's level around zero
 * (Infinity: levels say nothing about each other).
 */
export interface PoolPrior {
  weights: Float64Array;
  levelVariance: number;
}

/** How a pool is learnt. `pseudoCount` is how many series the default weights count for. */
export interface PoolOptions {
  pseudoCount: number;
  iterations: number;
  /** Estimate the spread of the siblings' levels; without it levels are taken as unrelated. */
  shrinkLevels: boolean;
}

/** What one window of a sibling says, and what it counts for: 1, or less where windows of one series overlap. */
export interface Vote {
  evidence: Evidence;
  count: number;
}

/** Log likelihood of a component after giving its mean the pool's prior N(0, levelVariance). */
function withLevelPrior(evidence: Evidence, i: number, levelVariance: number): number {
  if (levelVariance === Number.POSITIVE_INFINITY) return evidence.logLikelihood[i]!;
  const spread = levelVariance + evidence.levelVariance[i]!;
  const level = evidence.level[i]!;
  return evidence.logLikelihood[i]! - 0.5 * (Math.log(spread) + (level * level) / spread);
}

/** Components this far below the best in log probability hold nothing. */
const NEGLIGIBLE = 40;

/** Posterior weights of one series, into `out`, from the logarithms of the prior weights. */
function posteriorOf(
  evidence: Evidence,
  levelVariance: number,
  logWeights: Float64Array,
  out: Float64Array,
): void {
  const size = logWeights.length;
  // What a level's prior takes off at least; without a common spread of levels it takes nothing off.
  const least = levelVariance === Number.POSITIVE_INFINITY ? 0 : 0.5 * Math.log(levelVariance);
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < size; i += 1) {
    const atMost = logWeights[i]! + evidence.logLikelihood[i]! - least;
    if (atMost < top - NEGLIGIBLE - 1) {
      out[i] = Number.NEGATIVE_INFINITY;
      continue;
    }
    const value = logWeights[i]! + withLevelPrior(evidence, i, levelVariance);
    out[i] = value;
    if (value > top) top = value;
  }
  let sum = 0;
  for (let i = 0; i < size; i += 1) {
    const value = out[i]! - top > -NEGLIGIBLE ? Math.exp(out[i]! - top) : 0;
    out[i] = value;
    sum += value;
  }
  for (let i = 0; i < size; i += 1) out[i] = out[i]! / sum;
}

/**
 * Weights of the active components after a series has spoken, into `out`: prior weight times likelihood, the spread of
 * levels in the pool included; they sum to 1. `evidence`, `weights` and `out` are in the order of the active ones.
 */
export function posterior(
  evidence: Evidence,
  prior: PoolPrior,
  weights: Float64Array,
  out: Float64Array,
): void {
  posteriorOf(evidence, prior.levelVariance, weights.map(Math.log), out);
}

/** The expectation-maximisation of the weights for a given spread of levels. */
function learnWeights(
  siblings: readonly Vote[],
  start: Float64Array,
  levelVariance: number,
  options: PoolOptions,
): Float64Array {
  const size = start.length;
  const likelihoods = siblings.map(({ evidence }) => {
    const row = new Float64Array(size);
    let top = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < size; i += 1) {
      row[i] = withLevelPrior(evidence, i, levelVariance);
      if (row[i]! > top) top = row[i]!;
    }
    for (let i = 0; i < size; i += 1) row[i] = Math.exp(row[i]! - top);
    return row;
  });
  const weights = start.slice();
  const sums = new Float64Array(size);
  for (let iteration = 0; iteration < options.iterations; iteration += 1) {
    for (let i = 0; i < size; i += 1) sums[i] = options.pseudoCount * start[i]!;
    let total = options.pseudoCount;
    likelihoods.forEach((row, s) => {
      let evidence = 0;
      for (let i = 0; i < size; i += 1) evidence += row[i]! * weights[i]!;
      const { count } = siblings[s]!;
      const factor = count / evidence;
      for (let i = 0; i < size; i += 1) sums[i] = sums[i]! + row[i]! * weights[i]! * factor;
      total += count;
    });
    for (let i = 0; i < size; i += 1) weights[i] = sums[i]! / total;
  }
  return weights;
}

/** One step of expectation-maximisation for the spread of the levels. */
function relearnSpread(siblings: readonly Vote[], prior: PoolPrior): number {
  const share = new Float64Array(prior.weights.length);
  let sum = 0;
  let total = 0;
  const logWeights = prior.weights.map(Math.log);
  siblings.forEach(({ evidence, count }) => {
    posteriorOf(evidence, prior.levelVariance, logWeights, share);
    for (let i = 0; i < share.length; i += 1) {
      if (share[i] === 0) continue;
      const own = evidence.levelVariance[i]!;
      const shrink = prior.levelVariance / (prior.levelVariance + own);
      const mean = evidence.level[i]! * shrink;
      sum += count * share[i]! * (mean * mean + shrink * own);
    }
    total += count;
  });
  return Math.max(1e-6, sum / total);
}

function startingSpread(siblings: readonly Vote[]): number {
  let sum = 0;
  for (const { evidence } of siblings) sum += evidence.level[0]! ** 2;
  return Math.max(1e-4, sum / siblings.length);
}

/**
 * Learns what siblings share from their evidence by expectation-maximisation (empirical Bayes): weights proportional
 * to `pseudoCount` x default + the siblings' posteriors, and the spread of their levels. Without siblings the default
 * comes back, levels unrelated.
 * Example: siblings that are all white noise end with nearly all weight on the kernels with `smooth` 0.
 */
export function learnPool(siblings: readonly Vote[], start: Float64Array, options: PoolOptions): PoolPrior {
  if (siblings.length === 0) return { weights: start, levelVariance: Number.POSITIVE_INFINITY };
  if (!options.shrinkLevels || siblings.length < 4) {
    const weights = learnWeights(siblings, start, Number.POSITIVE_INFINITY, options);
    return { weights, levelVariance: Number.POSITIVE_INFINITY };
  }
  let levelVariance = startingSpread(siblings);
  let weights = start;
  const short = { ...options, iterations: Math.ceil(options.iterations / 3) };
  for (let round = 0; round < 3; round += 1) {
    weights = learnWeights(siblings, start, levelVariance, round === 2 ? options : short);
    for (let i = 0; i < 6; i += 1) levelVariance = relearnSpread(siblings, { weights, levelVariance });
  }
  return { weights, levelVariance };
}

/**
 * The weights of a learnt prior without some of the votes it was learnt from: their posteriors (`share`) are taken out
 * of the sum that the weights are. What is left is never below what the default alone gives.
 * Example: without all of its votes a prior is the default.
 */
export function weightsWithout(
  prior: PoolPrior,
  votes: readonly Vote[],
  left: readonly { share: Float64Array; count: number }[],
  start: Float64Array,
  pseudoCount: number,
): Float64Array {
  const total = votes.reduce((sum, { count }) => sum + count, pseudoCount);
  const sums = prior.weights.map((weight) => total * weight);
  for (const { share, count } of left)
    for (let i = 0; i < sums.length; i += 1) sums[i] = sums[i]! - count * share[i]!;
  let held = 0;
  for (let i = 0; i < sums.length; i += 1) {
    sums[i] = Math.max(sums[i]!, pseudoCount * start[i]!);
    held += sums[i]!;
  }
  return sums.map((sum) => sum / held);
}

/**
 * The components that matter in a pool: the heaviest ones that together hold `coverage` of the prior weight, at most
 * `limit` of them, in ascending order.
 */
export function activeComponents(
  weights: Float64Array,
  coverage: number,
  limit = weights.length,
): Int32Array {
  const order = Array.from(weights.keys()).sort((a, b) => weights[b]! - weights[a]! || a - b);
  let held = 0;
  let count = 0;
  while (count < limit && held < coverage) {
    held += weights[order[count]!]!;
    count += 1;
  }
  return Int32Array.from(order.slice(0, count)).sort();
}

/** Mean, variance and fourth cumulant of the forecast distribution of one series, and its most likely component. */
export interface Prediction {
  mean: number;
  variance: number;
  /** Fourth cumulant: 0 for a normal distribution, positive with heavy tails. */
  cumulant4: number;
  /** Position in the active list of the most likely component of the most likely kernel. */
  best: number;
  /** Posterior mean of the level under that component. */
  bestLevel: number;
}

/**
 * The forecast distribution of one series: the mixture over the active components after the pool's prior, as moments.
 * `weights` are the prior weights of the active components; `share` receives the posterior.
 */
export function predict(
  evidence: Evidence,
  prior: PoolPrior,
  weights: Float64Array,
  share: Float64Array,
): Prediction {
  posterior(evidence, prior, weights, share);
  const size = weights.length;
  const spread = prior.levelVariance;
  const free = spread === Number.POSITIVE_INFINITY;
  let mean = 0;
  let best = 0;
  for (let i = 0; i < size; i += 1) {
    const shrink = free ? 1 : spread / (spread + evidence.levelVariance[i]!);
    means[i] = evidence.offset[i]! + evidence.reach[i]! * evidence.level[i]! * shrink;
    const reach = evidence.reach[i]!;
    variances[i] = evidence.variance[i]! + reach * reach * evidence.levelVariance[i]! * shrink;
    mean += share[i]! * means[i]!;
    if (share[i]! > share[best]!) best = i;
  }
  let second = 0;
  let fourth = 0;
  for (let i = 0; i < size; i += 1) {
    const d = (means[i]! - mean) ** 2;
    const v = variances[i]!;
    second += share[i]! * (v + d);
    fourth += share[i]! * (3 * v * v + 6 * v * d + d * d);
  }
  const shrink = free ? 1 : spread / (spread + evidence.levelVariance[best]!);
  return {
    mean,
    variance: second,
    cumulant4: Math.max(0, fourth - 3 * second * second),
    best,
    bestLevel: evidence.level[best]! * shrink,
  };
}

const means = new Float64Array(2048);
const variances = new Float64Array(2048);
