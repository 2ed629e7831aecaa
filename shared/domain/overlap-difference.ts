import { type CellStatistics, meanOf, nEffOf, standardErrorOf } from './cell.ts';
import { type Difference, differenceOf } from './significance.ts';

/**
 * The difference of two means that share respondents (a region before and after some cities left it): first minus
 * second, where the first is `common` + `onlyFirst` and the second `common` + `onlySecond`. With k the share of each
 * part in its mean, d = m_c (k_c1 - k_c2) + m_1 k_1 - m_2 k_2 and its variance the sum of the squared shares times the
 * squared standard errors, so that what both have in common adds no error it does not make. Degrees of freedom by
 * Satterthwaite. `undefined` when either side is empty, when they are the same, or a part has no standard error.
 * Example: nobody in common gives Welch's test.
 */
export function overlapDifference(
  common: CellStatistics,
  onlyFirst: CellStatistics,
  onlySecond: CellStatistics,
): Difference | undefined {
  const first = common.sumW + onlyFirst.sumW;
  const second = common.sumW + onlySecond.sumW;
  if (first === 0 || second === 0 || (onlyFirst.sumW === 0 && onlySecond.sumW === 0)) return undefined;
  const parts = [
    { cell: common, share: common.sumW / first - common.sumW / second },
    { cell: onlyFirst, share: onlyFirst.sumW / first },
    { cell: onlySecond, share: -onlySecond.sumW / second },
  ].filter(({ cell, share }) => cell.sumW > 0 && share !== 0);
  let difference = 0;
  let variance = 0;
  let spread = 0;
  for (const { cell, share } of parts) {
    const error = standardErrorOf(cell);
    if (error === undefined) return undefined;
    const own = (share * error) ** 2;
    difference += share * meanOf(cell)!;
    variance += own;
    spread += own ** 2 / (nEffOf(cell) - 1);
  }
  if (!(variance > 0)) return undefined;
  return differenceOf(difference, Math.sqrt(variance), variance ** 2 / spread);
}
