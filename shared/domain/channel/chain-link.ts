import type { Quarter } from '../quarter.ts';

/** One quarter of a series, on 0-100, with its standard error. */
export interface SeriesPoint {
  quarter: Quarter;
  score: number;
  standardError: number;
}

/** A quarter of a linked series. `linked`: an older point, moved to the level of the newer series. */
export interface LinkedPoint extends SeriesPoint {
  linked: boolean;
}

/** Two series joined, or why they cannot be. */
export type LinkedSeries =
  | { kind: 'no-overlap' }
  | {
      kind: 'linked';
      points: LinkedPoint[];
      /** What was added to the older series: newer minus older over the common quarters. */
      shift: number;
      shiftError: number;
      overlap: Quarter[];
    };

/**
 * An older series carried on by a newer one: over the quarters that both measured the older one is moved by their
 * mean difference (each quarter by the inverse of its variance), and every moved point carries the error of that
 * shift beside its own, se^2 = se_old^2 + se_shift^2. Quarters of the newer series stay as they are. Points may come
 * in any order. Example: 70 and 75 in the only common quarter, each +- 1, move the older series by 5 +- 1.414.
 */
export function chainLink(older: readonly SeriesPoint[], newer: readonly SeriesPoint[]): LinkedSeries {
  const at = new Map(newer.map((point) => [point.quarter, point]));
  const common = older.filter(({ quarter }) => at.has(quarter)).sort((a, b) => a.quarter - b.quarter);
  if (common.length === 0) return { kind: 'no-overlap' };
  let weight = 0;
  let sum = 0;
  for (const point of common) {
    const other = at.get(point.quarter)!;
    // A measurement without error would count alone; it does not exist.
    const own = 1 / Math.max(1e-9, point.standardError ** 2 + other.standardError ** 2);
    weight += own;
    sum += own * (other.score - point.score);
  }
  const shift = sum / weight;
  const shiftError = Math.sqrt(1 / weight);
  const moved = older
    .filter(({ quarter }) => !at.has(quarter))
    .map(({ quarter, score, standardError }) => ({
      quarter,
      score: score + shift,
      standardError: Math.hypot(standardError, shiftError),
      linked: true,
    }));
  const kept = newer.map((point) => ({ ...point, linked: false }));
  return {
    kind: 'linked',
    points: [...moved, ...kept].sort((a, b) => a.quarter - b.quarter),
    shift,
    shiftError,
    overlap: common.map(({ quarter }) => quarter),
  };
}
