import { meanUnderWeights } from './weights.ts';

/**
 * The ACSI form of a satisfaction index from the means of 1-10 items: `sum w_i (mean_i - 1) / 9 * 100`, weights
 * normalised (Fornell, Johnson, Anderson, Cha, Bryant 1996, Journal of Marketing 60(4)). Throws on a mean outside
 * 1-10, lengths that differ, or weights without a positive sum.
 * Example: means 8, 7, 9 at equal weights give 77.78.
 */
export function acsiScore(means: readonly number[], weights: readonly number[]): number {
  for (const mean of means)
    if (!(mean >= 1 && mean <= 10)) throw new RangeError(`acsiScore: mean ${mean} on 1 to 10`);
  return ((meanUnderWeights(means, weights).value - 1) / 9) * 100;
}
