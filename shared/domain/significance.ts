import { studentTQuantile, studentTTwoSided } from '../math/student-t.ts';
import { type CellStatistics, meanOf, nEffOf, restOf, standardErrorOf } from './cell.ts';
import { DEFAULT_TIERS, type TierRules, tierOf } from './precision.ts';

/** The difference of two means with its test. All on 0-100; `p` two-sided. */
export interface Difference {
  kind: 'compared';
  /** First minus second. */
  difference: number;
  standardError: number;
  df: number;
  t: number;
  p: number;
  low: number;
  high: number;
}

type Tested = Omit<Difference, 'low' | 'high'>;

/** A comparison, or why there is none. */
export type Comparison = Difference | Exclude<TestedDifference, Tested>;

/** A comparison without its interval, or why there is none. */
export type TestedDifference =
  | Tested
  /** One side has an effective base of one or less: nothing says how far its mean may be off. */
  | { kind: 'too-few'; nEffFirst: number; nEffSecond: number }
  /** Nobody differs from anybody on either side: a test would be infinitely sure. */
  | { kind: 'no-spread'; difference: number };

/**
 * Welch's t test of two groups without a common respondent, on effective base sizes (Welch 1947;
 * degrees of freedom by Satterthwaite 1946): the variances may differ, and weighting costs its precision.
 * Throws unless 0 < confidence < 1.
 * Example: means 82 and 79, standard deviations 10 and 12, 40 and 60 answers: t 1.355 on 93.1 df, p .179.
 */
export function compareCells(first: CellStatistics, second: CellStatistics, confidence = 0.95): Comparison {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`compareCells: confidence ${confidence}`);
  const tested = testCells(first, second);
  if (tested.kind !== 'compared') return tested;
  return { ...tested, ...intervalOf(tested, confidence) };
}

/**
 * `compareCells` without the interval, which costs more than everything else together: for tables of thousands of
 * differences that print marks only.
 */
export function testCells(first: CellStatistics, second: CellStatistics): TestedDifference {
  const nEffFirst = nEffOf(first);
  const nEffSecond = nEffOf(second);
  const seFirst = standardErrorOf(first);
  const seSecond = standardErrorOf(second);
  if (seFirst === undefined || seSecond === undefined) return { kind: 'too-few', nEffFirst, nEffSecond };
  const difference = meanOf(first)! - meanOf(second)!;
  const a = seFirst * seFirst;
  const b = seSecond * seSecond;
  if (a + b === 0) return { kind: 'no-spread', difference };
  const df = (a + b) ** 2 / ((a * a) / (nEffFirst - 1) + (b * b) / (nEffSecond - 1));
  return testOf(difference, Math.sqrt(a + b), df);
}

function testOf(difference: number, standardError: number, df: number): Tested {
  const t = difference / standardError;
  return { kind: 'compared', difference, standardError, df, t, p: studentTTwoSided(t, df) };
}

/**
 * Half the width of the interval of a tested difference. Example: standard error 1 on many degrees of freedom gives
 * 1.96 at 95 %.
 */
export function differenceMargin(
  { standardError, df }: Pick<Tested, 'standardError' | 'df'>,
  confidence = 0.95,
): number {
  return studentTQuantile(0.5 + confidence / 2, df) * standardError;
}

function intervalOf(tested: Tested, confidence: number): Pick<Difference, 'low' | 'high'> {
  const { difference } = tested;
  const half = differenceMargin(tested, confidence);
  return { low: difference - half, high: difference + half };
}

/**
 * A difference whose standard error and degrees of freedom are known from elsewhere (a linked series, a forecast).
 * Throws unless the standard error and `df` are positive.
 */
export function differenceOf(
  difference: number,
  standardError: number,
  df: number,
  confidence = 0.95,
): Difference {
  if (!(standardError > 0)) throw new RangeError(`differenceOf: standardError ${standardError}`);
  const tested = testOf(difference, standardError, df);
  return { ...tested, ...intervalOf(tested, confidence) };
}

/**
 * A unit against the rest of the whole that contains it, never against that whole: a unit is always nearer to a total
 * it is part of. `too-few` when the unit is the whole. Throws as `restOf` does.
 */
export function compareWithRest(unit: CellStatistics, whole: CellStatistics, confidence = 0.95): Comparison {
  return compareCells(unit, restOf(whole, unit), confidence);
}

/** The change from one wave to the next (later minus earlier); waves have no respondent in common. */
export function changeBetweenWaves(
  later: CellStatistics,
  earlier: CellStatistics,
  confidence = 0.95,
): Comparison {
  return compareCells(later, earlier, confidence);
}

/** The mark beside a figure. `not-tested`: a base is too small for a mark, whatever the difference. */
export type SignificanceMark = 'higher' | 'lower' | 'same' | 'not-tested';

/**
 * The significance mark of a comparison at level `alpha` (pass the p after false-discovery control as `adjustedP`).
 * Both sides must be in the full tier. Example: p .01 at alpha .05, difference -3, bases 40 and 500: `'lower'`.
 */
export function significanceMark(
  comparison: TestedDifference,
  bases: { nEffFirst: number; nEffSecond: number },
  { alpha = 0.05, adjustedP, tiers = DEFAULT_TIERS }: MarkOptions = {},
): SignificanceMark {
  const shown = tierOf(bases.nEffFirst, tiers) === 'full' && tierOf(bases.nEffSecond, tiers) === 'full';
  if (comparison.kind !== 'compared' || !shown) return 'not-tested';
  if ((adjustedP ?? comparison.p) > alpha) return 'same';
  return comparison.difference > 0 ? 'higher' : 'lower';
}

/** What a mark depends on beside the comparison. */
export interface MarkOptions {
  /** Significance level, default 0.05. */
  alpha?: number;
  /** The p value after false-discovery control, where the comparison is one of many. */
  adjustedP?: number | undefined;
  tiers?: TierRules;
}
