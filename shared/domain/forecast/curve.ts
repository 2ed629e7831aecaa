import type { Bilingual } from '../language.ts';

/** A curve through a series: the value it gives any quarter, and its values in the quarters it was fitted to. */
export interface FittedCurve {
  kind: 'fitted';
  predict: (quarter: number) => number;
  fitted: number[];
}

/** Why a curve cannot be drawn: too few points, or values that it cannot follow (zero or below under a logarithm). */
export type CurveRefusal =
  | { kind: 'too-few-points'; needed: number; given: number }
  | { kind: 'not-positive' };

/** One way of continuing a series. */
export interface Curve {
  id: string;
  name: Bilingual;
  /** What the user should know before choosing it. */
  note: Bilingual;
  minimumPoints: number;
  /** Fits values at strictly increasing quarters (gaps allowed). Deterministic; never gives NaN. */
  fit: (quarters: readonly number[], values: readonly number[]) => FittedCurve | CurveRefusal;
}

/**
 * A curve from the function that finds its formula. The wrapper checks the input (throws on lengths that differ,
 * quarters out of order, values that are not finite), refuses short series and evaluates the curve over its own
 * quarters. The finder is given quarters counted from 1 at the first one; what it returns is asked the same way.
 */
export function curveFrom(
  head: Omit<Curve, 'fit'>,
  find: (x: readonly number[], y: readonly number[]) => ((x: number) => number) | CurveRefusal,
): Curve {
  return {
    ...head,
    fit(quarters, values) {
      checkSeries(head.id, quarters, values);
      if (values.length < head.minimumPoints)
        return { kind: 'too-few-points', needed: head.minimumPoints, given: values.length };
      const first = quarters[0]!;
      const x = quarters.map((quarter) => quarter - first + 1);
      const found = find(x, values);
      if (typeof found !== 'function') return found;
      return { kind: 'fitted', predict: (quarter) => found(quarter - first + 1), fitted: x.map(found) };
    },
  };
}

function checkSeries(id: string, quarters: readonly number[], values: readonly number[]): void {
  if (quarters.length !== values.length)
    throw new RangeError(`${id}: ${quarters.length} quarters, ${values.length} values`);
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) throw new RangeError(`${id}: value ${value}`);
    if (i > 0 && !(quarters[i]! > quarters[i - 1]!))
      throw new RangeError(`${id}: quarter ${quarters[i]} out of order`);
  });
}
