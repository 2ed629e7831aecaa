/** Random consistency index by number of criteria, from 1 to 10 (Saaty 1980). */
const RANDOM_INDEX = [0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49];

/** A judgement that fits the others worst: criterion `row` over `column` was judged `given`, the rest imply `implied`. */
interface WorstJudgement {
  row: number;
  column: number;
  given: number;
  implied: number;
}

/** Weights from pairwise judgements, and whether the judgements agree with each other. */
export interface AhpWeights {
  /** Sum 1, in the order of the matrix. */
  weights: number[];
  /** Largest eigenvalue; equals the number of criteria when all judgements agree. */
  lambda: number;
  consistencyIndex: number;
  consistencyRatio: number;
  /** Ratio below 0.10. */
  consistent: boolean;
  /** `undefined` when every judgement fits exactly. */
  worst: WorstJudgement | undefined;
}

function checkJudgements(matrix: readonly (readonly number[])[]): void {
  const n = matrix.length;
  if (n < 1 || n > RANDOM_INDEX.length) throw new RangeError(`ahpWeights: ${n} criteria`);
  matrix.forEach((row, i) => {
    if (row.length !== n) throw new RangeError(`ahpWeights: row ${i} has ${row.length} of ${n} judgements`);
    row.forEach((value, j) => {
      if (!(value > 0 && value < Infinity))
        throw new RangeError(`ahpWeights: judgement ${i}, ${j}: ${value}`);
      if (Math.abs(value * matrix[j]![i]! - 1) > 1e-3)
        throw new RangeError(`ahpWeights: judgements ${i}, ${j} and ${j}, ${i} are not reciprocal`);
    });
  });
}

function worstOf(
  matrix: readonly (readonly number[])[],
  weights: readonly number[],
): WorstJudgement | undefined {
  let worst: WorstJudgement | undefined;
  let distance = 1e-9;
  for (let row = 0; row < matrix.length; row++)
    for (let column = row + 1; column < matrix.length; column++) {
      const given = matrix[row]![column]!;
      const implied = weights[row]! / weights[column]!;
      const off = Math.abs(Math.log(given / implied));
      if (off > distance) {
        distance = off;
        worst = { row, column, given, implied };
      }
    }
  return worst;
}

/**
 * Weights by the analytic hierarchy process (Saaty 1980): the principal eigenvector of the judgement matrix,
 * `A w = lambda w`, with `CI = (lambda - n) / (n - 1)` and `CR = CI / RI`; up to two criteria are always consistent.
 * `matrix[i][j]` says how much more criterion i counts than j; throws unless it is square, positive and reciprocal
 * (to a thousandth, as 0.33 for a third is common) with at most ten criteria.
 * Example: [[1, 2, 5], [1/2, 1, 3], [1/5, 1/3, 1]] gives .5816, .3090, .1095 with CR .0032.
 */
export function ahpWeights(matrix: readonly (readonly number[])[]): AhpWeights {
  checkJudgements(matrix);
  const n = matrix.length;
  let weights: number[] = Array(n).fill(1 / n);
  let lambda = n;
  for (let iteration = 0; iteration < 1000; iteration++) {
    const product = matrix.map((row) => row.reduce((sum, value, j) => sum + value * weights[j]!, 0));
    lambda = product.reduce((a, b) => a + b, 0);
    const next = product.map((value) => value / lambda);
    const moved = Math.max(...next.map((value, i) => Math.abs(value - weights[i]!)));
    weights = next;
    if (moved < 1e-15) break;
  }
  const consistencyIndex = n > 2 ? Math.max(0, (lambda - n) / (n - 1)) : 0;
  const consistencyRatio = n > 2 ? consistencyIndex / RANDOM_INDEX[n - 1]! : 0;
  return {
    weights,
    lambda,
    consistencyIndex,
    consistencyRatio,
    consistent: consistencyRatio < 0.1,
    worst: worstOf(matrix, weights),
  };
}

/**
 * The judgements of a group as one matrix, by the geometric mean of each judgement: the only mean that keeps the matrix
 * reciprocal (Aczel & Saaty 1983). Throws without judges or when the shapes differ.
 */
export function groupJudgements(judges: readonly (readonly (readonly number[])[])[]): number[][] {
  const first = judges[0];
  if (!first) throw new RangeError('groupJudgements: no judges');
  return first.map((row, i) =>
    row.map((_, j) => {
      const logs = judges.map((judge, g) => {
        const value = judge[i]?.[j];
        if (judge.length !== first.length || value === undefined)
          throw new RangeError(`groupJudgements: judge ${g} has no judgement ${i}, ${j}`);
        return Math.log(value);
      });
      return Math.exp(logs.reduce((a, b) => a + b, 0) / logs.length);
    }),
  );
}
