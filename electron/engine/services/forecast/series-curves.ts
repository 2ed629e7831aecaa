// Every curve of the registry through one series: what it would give, and how sure its own past errors let it be.
import type { CurveView } from '../../../../shared/calls/forecast.ts';
import type { Curve } from '../../../../shared/domain/forecast/curve.ts';
import { bandOfErrors } from '../../../../shared/domain/forecast/curve-band.ts';
import { CURVES } from '../../../../shared/domain/forecast/registry.ts';
import { type Quarter, quarterOf, yearOf } from '../../../../shared/domain/quarter.ts';
import { shownAt } from '../figures/figures.ts';
import type { SeriesPlace } from './series-place.ts';

/** Past quarters over which each curve is judged. */
const JUDGED = 8;
/** Places beside the series whose errors count too. */
const SIBLINGS = 12;

interface Point {
  quarter: Quarter;
  value: number;
}

/** One quarter of a history; without a score, or left out, it is no point. */
interface Measured {
  quarter: Quarter;
  score: { score100: number } | null;
  leftOut: boolean;
}

export function seriesCurves(
  place: SeriesPlace,
  history: readonly Measured[],
  quarter: Quarter,
): CurveView[] {
  const own = history.flatMap(({ quarter: at, score, leftOut }) =>
    score && !leftOut ? [{ quarter: at, value: score.score100 }] : [],
  );
  const beside = siblingsOf(place, quarter);
  return CURVES.map((curve) => {
    const { quarters, values } = calendarWindow(own, quarter);
    const fit = curve.fit(quarters, values);
    const errors = pastErrors(curve, own);
    const all = [...errors, ...beside.flatMap((points) => pastErrors(curve, points))];
    const head = { id: curve.id, name: curve.name, note: curve.note };
    const judged = {
      pastError: errors.length > 0 ? errors.reduce((sum, error) => sum + error, 0) / errors.length : null,
      pastQuarters: errors.length,
    };
    if (fit.kind !== 'fitted')
      return { ...head, fitted: [], next: null, refusal: fit.kind, band: null, ...judged };
    const next = onScale(fit.predict(quarter));
    return {
      ...head,
      fitted: quarters.map((q, i) => ({ quarter: q, value: fit.fitted[i]! })),
      next,
      refusal: null,
      band: bandAround(next, all),
      ...judged,
    };
  });
}

function bandAround(next: number, errors: readonly number[]): CurveView['band'] {
  const half = bandOfErrors(errors);
  if (!half) return null;
  return {
    low80: onScale(next - half.at80),
    high80: onScale(next + half.at80),
    low95: onScale(next - half.at95),
    high95: onScale(next + half.at95),
    errors: errors.length,
  };
}

/** The same indicator at places of the same parent, evenly chosen, before a quarter; small bases stay out. */
function siblingsOf({ source, measure, node }: SeriesPlace, before: Quarter): Point[][] {
  const { nodes, children } = source.tree;
  const others = (children[nodes[node]!.parent] ?? []).filter((other) => other !== node);
  const step = Math.max(1, Math.ceil(others.length / SIBLINGS));
  const quarters = source.cube.quarters.filter((quarter) => quarter < before);
  return others
    .filter((_, i) => i % step === 0)
    .map((other) =>
      quarters.flatMap((quarter) => {
        const score = shownAt(measure, other, quarter);
        return score ? [{ quarter, value: score.score100 }] : [];
      }),
    );
}

/** The known points of last year and this one before a quarter: what the textbook curves are drawn through. */
function calendarWindow(points: readonly Point[], before: Quarter): { quarters: number[]; values: number[] } {
  const first = quarterOf(yearOf(before) - 1, 1);
  const known = points.filter(({ quarter }) => quarter >= first && quarter < before);
  return { quarters: known.map(({ quarter }) => quarter), values: known.map(({ value }) => value) };
}

/** Absolute errors of a curve in the last quarters of a series, each forecast from what was known before it. */
function pastErrors(curve: Curve, points: readonly Point[]): number[] {
  return points.slice(-JUDGED).flatMap(({ quarter, value }) => {
    const { quarters, values } = calendarWindow(points, quarter);
    const fit = curve.fit(quarters, values);
    return fit.kind === 'fitted' ? [Math.abs(onScale(fit.predict(quarter)) - value)] : [];
  });
}

function onScale(value: number): number {
  return Math.max(0, Math.min(100, value));
}
