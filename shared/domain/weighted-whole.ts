import type { CellStatistics } from './cell.ts';

/**
 * A weighted whole of items: S = sum w_k sbar_k with w = R / sum R over what was answered (never 0 for what was not),
 * fed one item at a time. Its statistics are that mean, the base of the item that most answered (so that an index
 * that two of a hundred respondents answered stays one of two), and a spread that returns the standard error of a
 * weighted sum of items whose answers correlate by `halo`: se^2 = (1 - halo) sum (w se_k)^2 + halo (sum w se_k)^2.
 * Example: items 80 and 60 with weights 3 and 1 give 75.
 */
export class WeightedWhole {
  #n = 0;
  #sumW = 0;
  #sumW2 = 0;
  #nEff = 0;
  #weight = 0;
  #sum = 0;
  #squares = 0;
  #linear = 0;

  /**
   * Adds an item of weight R by its sums; nothing where nobody answered it. `variance` is asked for the variance of a
   * single answer where the item has too few answers of its own to tell.
   */
  add(
    weight: number,
    n: number,
    sumW: number,
    sumW2: number,
    sumWX: number,
    sumWX2: number,
    variance: () => number | undefined,
  ): void {
    if (!(sumW > 0) || !(weight > 0)) return;
    const mean = sumWX / sumW;
    const nEff = n > 0 && sumW2 > 0 ? (sumW * sumW) / sumW2 : 0;
    const error = weight * standardError(nEff, mean, sumWX2 / sumW, variance);
    this.#weight += weight;
    this.#sum += weight * mean;
    this.#squares += error * error;
    this.#linear += error;
    if (this.#sumW > 0 && nEff <= this.#nEff) return;
    this.#n = n;
    this.#sumW = sumW;
    this.#sumW2 = sumW2;
    this.#nEff = nEff;
  }

  /** An empty cell when nothing was answered. */
  cell(halo: number): CellStatistics {
    if (this.#weight === 0) return { n: 0, sumW: 0, sumW2: 0, sumWX: 0, sumWX2: 0 };
    const mean = this.#sum / this.#weight;
    const parts = (1 - halo) * this.#squares + halo * this.#linear * this.#linear;
    // `varianceOf` multiplies by nEff / (nEff - 1) and `standardErrorOf` divides by nEff: undo both.
    const spread = Math.max(0, (parts / (this.#weight * this.#weight)) * (this.#nEff - 1));
    const sumW = this.#sumW;
    return {
      n: this.#n,
      sumW,
      sumW2: this.#sumW2,
      sumWX: sumW * mean,
      sumWX2: sumW * (mean * mean + spread),
    };
  }
}

function standardError(
  nEff: number,
  mean: number,
  square: number,
  otherwise: () => number | undefined,
): number {
  if (nEff <= 0) return 0;
  if (nEff <= 1 + 1e-9) return Math.sqrt((otherwise() ?? 0) / nEff);
  const spread = square - mean * mean;
  return spread < 1e-12 * square ? 0 : Math.sqrt(spread / (nEff - 1));
}
