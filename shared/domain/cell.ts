/**
 * The additive statistics of a group of answers on 0-100: enough for its mean, spread, effective base size and
 * standard error, and two groups that share no respondent are joined by adding field to field.
 * `n` respondents, `sumW` = sum of weights, `sumW2` = sum of squared weights, `sumWX` = sum of weight x score,
 * `sumWX2` = sum of weight x squared score. A score reported without its base size has `n` 0 and `sumW` > 0.
 */
export interface CellStatistics {
  n: number;
  sumW: number;
  sumW2: number;
  sumWX: number;
  sumWX2: number;
}

/**
 * The standard deviation of a single answer on 0-100 that is assumed where a study reports none. Satisfaction
 * answers on ten-point scales spread by 15 to 25 points; callers that know better pass their own.
 */
export const ASSUMED_SD100 = 20;

/** A cell with nobody in it: the neutral element of `addCells`. Always a fresh object. */
export function emptyCell(): CellStatistics {
  return { n: 0, sumW: 0, sumW2: 0, sumWX: 0, sumWX2: 0 };
}

/**
 * Counts one answer into a cell, in place (the inner loop of building cells from responses).
 * Throws on a score that is not finite or a weight that is not positive and finite: such answers are row faults
 * and never reach a cell. Example: `addResponse(cell, 80)` then `meanOf(cell)` is 80.
 */
export function addResponse(cell: CellStatistics, score100: number, weight = 1): void {
  if (!Number.isFinite(score100)) throw new RangeError(`addResponse: score100 ${score100}`);
  if (!(weight > 0 && weight < Infinity)) throw new RangeError(`addResponse: weight ${weight}`);
  cell.n += 1;
  cell.sumW += weight;
  cell.sumW2 += weight * weight;
  cell.sumWX += weight * score100;
  cell.sumWX2 += weight * score100 * score100;
}

/** What a study that delivers scores instead of answers says about a group. */
export interface ReportedScore {
  /** Mean on 0-100. */
  score100: number;
  /** Base size; absent or 0 where the provider does not print it. */
  n?: number | undefined;
  /** Standard deviation of single answers on 0-100; absent where the provider does not print it. */
  sd100?: number | undefined;
}

/**
 * The cell that answers of weight 1 would have left, rebuilt from a reported mean, base size and standard
 * deviation: `sumWX2 = (n - 1) sd^2 + n mean^2`, so that `variance` returns `sd100^2` exactly.
 * Without `sd100` the assumed one is used, but never more than `sqrt(mean (100 - mean))`, the largest spread that a
 * mean on 0-100 allows. Without a base size the cell has `n` 0 and the weight of one answer: it has a mean and no
 * standard error. Throws on a mean that is not finite, a base size that is not whole, or a negative spread.
 * Example: `reportedCell({ score100: 80, n: 25, sd100: 15 })` has standard error 3.
 */
export function reportedCell(reported: ReportedScore, assumedSd100 = ASSUMED_SD100): CellStatistics {
  const { score100, n = 0, sd100 } = reported;
  if (!Number.isFinite(score100)) throw new RangeError(`reportedCell: score100 ${score100}`);
  if (!(Number.isInteger(n) && n >= 0)) throw new RangeError(`reportedCell: n ${n}`);
  if (sd100 !== undefined && !(sd100 >= 0 && sd100 < Infinity))
    throw new RangeError(`reportedCell: sd100 ${sd100}`);
  const weight = n === 0 ? 1 : n;
  const largest = Math.sqrt(Math.max(0, score100 * (100 - score100)));
  const sd = sd100 ?? Math.min(assumedSd100, largest);
  const sumWX2 = weight * score100 * score100 + Math.max(0, n - 1) * sd * sd;
  return { n, sumW: weight, sumW2: weight, sumWX: weight * score100, sumWX2 };
}

/** Two groups without a common respondent as one: every sum adds. Neither argument is changed. Example: of 3 and 4 answers, 7. */
export function addCells(a: CellStatistics, b: CellStatistics): CellStatistics {
  return {
    n: a.n + b.n,
    sumW: a.sumW + b.sumW,
    sumW2: a.sumW2 + b.sumW2,
    sumWX: a.sumWX + b.sumWX,
    sumWX2: a.sumWX2 + b.sumWX2,
  };
}

/** Any number of groups without a common respondent as one; an empty list gives an empty cell. */
export function sumCells(cells: Iterable<CellStatistics>): CellStatistics {
  let total = emptyCell();
  for (const cell of cells) total = addCells(total, cell);
  return total;
}

/**
 * The rest of a whole once a part of it is taken out: what a unit is compared with. `part` must be contained in
 * `whole`; a remainder without respondents is exactly empty, rounding crumbs included.
 * Throws when the part has more respondents than the whole.
 */
export function restOf(whole: CellStatistics, part: CellStatistics): CellStatistics {
  const n = whole.n - part.n;
  if (n < 0) throw new RangeError(`restOf: part of ${part.n} in a whole of ${whole.n}`);
  const sumW = whole.sumW - part.sumW;
  if (sumW <= 1e-9 * whole.sumW) return emptyCell();
  return {
    n,
    sumW,
    sumW2: Math.max(0, whole.sumW2 - part.sumW2),
    sumWX: whole.sumWX - part.sumWX,
    sumWX2: Math.max(0, whole.sumWX2 - part.sumWX2),
  };
}

/**
 * The same group counted with another weight: all its weights are multiplied by `factor` (bringing a region to its
 * population share, for example). The base size `n`, the mean and the effective base size stay.
 */
export function reweightCell(cell: CellStatistics, factor: number): CellStatistics {
  if (!(factor > 0 && factor < Infinity)) throw new RangeError(`reweightCell: factor ${factor}`);
  return {
    n: cell.n,
    sumW: cell.sumW * factor,
    sumW2: cell.sumW2 * factor * factor,
    sumWX: cell.sumWX * factor,
    sumWX2: cell.sumWX2 * factor,
  };
}

/** The weighted mean on 0-100; `undefined` for an empty cell, never 0. */
export function meanOf(cell: CellStatistics): number | undefined {
  return cell.sumW > 0 ? cell.sumWX / cell.sumW : undefined;
}

/**
 * The effective base size (Kish 1965): `(sum w)^2 / sum w^2`, 0 for an empty cell or an unreported base size.
 * Example: 50 respondents at weight 0.5 and 50 at 1.5 give 80.
 */
export function nEffOf(cell: CellStatistics): number {
  return cell.n > 0 && cell.sumW2 > 0 ? (cell.sumW * cell.sumW) / cell.sumW2 : 0;
}

/** The design effect of weighting, `n / n_eff`, at least 1; `undefined` for an empty cell. */
export function designEffectOf(cell: CellStatistics): number | undefined {
  const nEff = nEffOf(cell);
  return nEff > 0 ? cell.n / nEff : undefined;
}

/**
 * The variance of a single answer: weighted variance about the weighted mean, times `n_eff / (n_eff - 1)`, which is
 * the usual `n - 1` variance when all weights are equal. `undefined` below two effective answers' worth of base
 * (n_eff <= 1).
 */
export function varianceOf(cell: CellStatistics): number | undefined {
  const nEff = nEffOf(cell);
  if (nEff <= 1 + 1e-9) return undefined;
  const mean = cell.sumWX / cell.sumW;
  const spread = cell.sumWX2 / cell.sumW - mean * mean;
  // Below this the difference of the two terms is rounding, not spread.
  if (spread < 1e-12 * (cell.sumWX2 / cell.sumW)) return 0;
  return (spread * nEff) / (nEff - 1);
}

/** The standard error of the mean, `s / sqrt(n_eff)`; `undefined` where the variance is. */
export function standardErrorOf(cell: CellStatistics): number | undefined {
  const variance = varianceOf(cell);
  return variance === undefined ? undefined : Math.sqrt(variance / nEffOf(cell));
}
