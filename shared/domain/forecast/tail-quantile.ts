import { studentTQuantile } from '../../math/student-t.ts';

/** Central coverages that are asked for, percent. */
export type CentralCoverage = 80 | 90 | 95;

const STEPS = 64;
const tables = new Map<CentralCoverage, Float64Array>();

/** Upper quantiles of Student's t at unit variance, by reciprocal degrees of freedom from 0 to 1/4. */
function tableOf(coverage: CentralCoverage): Float64Array {
  let table = tables.get(coverage);
  if (!table) {
    table = Float64Array.from({ length: STEPS + 1 }, (_, i) => {
      const reciprocal = i / STEPS / 4;
      const degrees = reciprocal > 0 ? 1 / reciprocal : Number.POSITIVE_INFINITY;
      return studentTQuantile(0.5 + coverage / 200, degrees) * Math.sqrt(1 - 2 * reciprocal);
    });
    tables.set(coverage, table);
  }
  return table;
}

/**
 * Half width, in standard deviations, of the central band of a symmetric heavy-tailed distribution with the excess
 * kurtosis `excess`: that of Student's t with 4 + 6 / excess degrees of freedom at unit variance, the t that has the
 * same second and fourth moments. A mixture of normals of unsure variance has such tails: more in the middle and far
 * out, less between. An excess of 0 or less, or none (NaN), is the normal distribution; tables to 1e-4.
 * Example: excess 3 at 80 % is 1.1756, the normal 1.2816.
 */
export function tailQuantile(coverage: CentralCoverage, excess: number): number {
  const table = tableOf(coverage);
  if (!(excess > 0)) return table[0]!;
  const at = (4 * STEPS) / (4 + 6 / excess);
  const low = Math.min(STEPS - 1, Math.floor(at));
  return table[low]! + (Math.min(STEPS, at) - low) * (table[low + 1]! - table[low]!);
}
