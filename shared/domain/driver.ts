import { solveSquare } from '../math/linear-system.ts';
import { symmetricEigen } from '../math/symmetric-eigen.ts';

/** Beyond this many drivers the exact average over all orders is not computed. */
const MOST_LMG_DRIVERS = 12;

/** Correlations of the drivers with each other and with the outcome. */
export interface DriverCorrelations {
  /** p x p, symmetric, ones on the diagonal. */
  drivers: readonly (readonly number[])[];
  /** Correlation of each driver with the outcome. */
  outcome: readonly number[];
}

/** How much each driver explains. `lmg` is absent beyond twelve drivers. Both lists sum to `r2`. */
export type DriverImportance =
  | { kind: 'explained'; r2: number; lmg: number[] | undefined; relativeWeights: number[] }
  /** Some drivers are the same thing twice: no share can be told apart. `smallestEigenvalue` says how nearly. */
  | { kind: 'collinear'; smallestEigenvalue: number };

/** R2 of the outcome on a subset of drivers (bit mask). */
function r2Of({ drivers, outcome }: DriverCorrelations, mask: number): number {
  const members = outcome.flatMap((_, j) => ((mask >> j) & 1 ? [j] : []));
  const matrix = members.map((i) => members.map((j) => drivers[i]![j]!));
  const right = members.map((j) => outcome[j]!);
  const beta = solveSquare(matrix, [...right]);
  return right.reduce((sum, r, j) => sum + r * beta[j]!, 0);
}

/**
 * LMG shares (Lindeman, Merenda & Gold 1980; Groemping 2006): the gain in R2 from adding a driver, averaged over all
 * orders of entry, `sum over S |S|! (p - 1 - |S|)! / p! (R2(S + j) - R2(S))`.
 */
function lmgShares(correlations: DriverCorrelations): number[] {
  const p = correlations.outcome.length;
  const r2 = Float64Array.from({ length: 1 << p }, (_, mask) => r2Of(correlations, mask));
  const weight: number[] = [1 / p];
  for (let size = 1; size < p; size++) weight.push((weight[size - 1]! * size) / (p - size));
  const sizeOf = (mask: number): number => (mask === 0 ? 0 : (mask & 1) + sizeOf(mask >> 1));
  return correlations.outcome.map((_, j) => {
    let share = 0;
    for (let mask = 0; mask < r2.length; mask++)
      if (!((mask >> j) & 1)) share += weight[sizeOf(mask)]! * (r2[mask | (1 << j)]! - r2[mask]!);
    return share;
  });
}

/**
 * Importance of drivers for an outcome from their correlations: LMG shares and Johnson's (2000) relative weights
 * (`R = Q D Q'`, `L = Q D^1/2 Q'`, `beta = L^-1 r`, `e_j = sum_k L_jk^2 beta_k^2`), both splitting R2 without
 * remainder. Throws without drivers or when the shapes do not fit.
 * Example: correlations .6, .3, .4 and outcomes .5, .45, .35 give LMG .151, .098, .063 of R2 .312.
 */
export function driverImportance(correlations: DriverCorrelations): DriverImportance {
  const { drivers, outcome } = correlations;
  const p = outcome.length;
  if (p === 0 || drivers.length !== p)
    throw new RangeError(`driverImportance: ${drivers.length} rows for ${p} drivers`);
  const { values, vectors } = symmetricEigen(drivers);
  const smallestEigenvalue = values.at(-1)!;
  if (smallestEigenvalue < 1e-8) return { kind: 'collinear', smallestEigenvalue };
  const root = (power: number) =>
    outcome.map((_, i) =>
      outcome.map((__, j) =>
        values.reduce((sum, value, k) => sum + value ** power * vectors[k]![i]! * vectors[k]![j]!, 0),
      ),
    );
  const loading = root(0.5);
  const beta = root(-0.5).map((row) => row.reduce((sum, value, k) => sum + value * outcome[k]!, 0));
  const relativeWeights = loading.map((row) =>
    row.reduce((sum, value, k) => sum + (value * beta[k]!) ** 2, 0),
  );
  return {
    kind: 'explained',
    r2: beta.reduce((sum, value) => sum + value * value, 0),
    lmg: p <= MOST_LMG_DRIVERS ? lmgShares(correlations) : undefined,
    relativeWeights,
  };
}

/**
 * Weighted correlations from answers: `columns[j][i]` is the answer of respondent i to driver j, `outcome[i]` the
 * outcome; respondents with any answer missing (`undefined`) are left out, `used` says how many stayed.
 * `undefined` with fewer than three complete respondents or where a column does not vary.
 */
export function answerCorrelations(
  columns: readonly (readonly (number | undefined)[])[],
  outcome: readonly (number | undefined)[],
  weights?: readonly number[],
): (DriverCorrelations & { used: number }) | undefined {
  const all = [...columns, outcome];
  const complete = outcome.flatMap((_, i) => (all.every((column) => column[i] !== undefined) ? [i] : []));
  if (complete.length < 3) return undefined;
  const weight = complete.map((i) => weights?.[i] ?? 1);
  const total = weight.reduce((a, b) => a + b, 0);
  const centred = all.map((column) => {
    const mean = complete.reduce((sum, i, j) => sum + weight[j]! * column[i]!, 0) / total;
    return complete.map((i) => column[i]! - mean);
  });
  const product = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, x, j) => sum + weight[j]! * x * b[j]!, 0);
  const length = centred.map((column) => Math.sqrt(product(column, column)));
  if (length.some((value) => !(value > 0))) return undefined;
  const r = centred.map((a, x) =>
    centred.map((b, y) => (x === y ? 1 : product(a, b) / (length[x]! * length[y]!))),
  );
  const p = columns.length;
  return {
    drivers: r.slice(0, p).map((row) => row.slice(0, p)),
    outcome: r[p]!.slice(0, p),
    used: complete.length,
  };
}

/** The quadrants of Martilla & James (1977); `borderline`: an interval crosses a cross-hair. */
export type Quadrant = 'concentrate-here' | 'keep-up' | 'low-priority' | 'possible-overkill' | 'borderline';

/** A value with its interval. */
export interface Bounded {
  low: number;
  high: number;
}

/**
 * The place of an item by importance and performance against the cross-hairs. Both intervals must clear their
 * cross-hair; pass an interval of no width where no error is known.
 * Example: importance .2 to .3 against .1, performance 60 to 65 against 75: `'concentrate-here'`.
 */
export function quadrantOf(
  importance: Bounded,
  performance: Bounded,
  crossHair: { importance: number; performance: number },
): Quadrant {
  const side = ({ low, high }: Bounded, at: number) => (low > at ? 1 : high < at ? -1 : 0);
  const important = side(importance, crossHair.importance);
  const good = side(performance, crossHair.performance);
  if (important === 0 || good === 0) return 'borderline';
  if (important > 0) return good > 0 ? 'keep-up' : 'concentrate-here';
  return good > 0 ? 'possible-overkill' : 'low-priority';
}
