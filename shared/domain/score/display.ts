import type { Bilingual } from '../language.ts';
import { nearestLevel, SEVEN_LEVELS } from './level.ts';
import { SCALE_1000, type Scale } from './scale.ts';

/** The ways in which the same score may be printed: 0-100, the channel's own scale, 1,000 points, seven levels. */
export const SCORE_DISPLAYS = ['harmonised', 'native', 'thousand', 'levels'] as const;

/** One way to print a score. */
export type ScoreDisplay = (typeof SCORE_DISPLAYS)[number];

/** The ends between which scores are printed, and the decimals that they deserve there. */
export interface ShownScale {
  min: number;
  max: number;
  places: number;
}

const LEVEL_ENDS = { min: SEVEN_LEVELS[0]!.value, max: SEVEN_LEVELS.at(-1)!.value };

/** Decimals by the width of a scale: 7.86 of 10, 78.6 of 100, 786 of 1,000. */
function placesOf({ min, max }: Scale): number {
  if (max - min > 200) return 0;
  return max - min <= 10 ? 2 : 1;
}

/**
 * Where a display prints scores whose own scale is `native`. Seven levels run from -60 to 60.
 * Example: `shownScale('thousand', { min: 1, max: 10 })` is `{ min: 0, max: 1000, places: 0 }`.
 */
export function shownScale(display: ScoreDisplay, native: Scale): ShownScale {
  if (display === 'harmonised') return { min: 0, max: 100, places: 1 };
  const { min, max } = display === 'thousand' ? SCALE_1000 : display === 'levels' ? LEVEL_ENDS : native;
  return { min, max, places: placesOf({ min, max }) };
}

/**
 * A score on 0-100 as a display prints it. Values outside 0-100 (the end of a drawn axis) are carried on linearly, so
 * that a chart may be drawn in it. Example: `shownScore(75, shownScale('levels', any))` is 30.
 */
export function shownScore(score100: number, { min, max }: ShownScale): number {
  return min + score100 * ((max - min) / 100);
}

/** A difference or a margin in points of 0-100, in a display's units. Example: 2 points are 20 of 1,000. */
export function shownPoints(points100: number, { min, max }: ShownScale): number {
  return points100 * ((max - min) / 100);
}

/** The name of the level nearest to a score on 0-100. Example: `levelName(90)` is 满意, 48 of -60 to 60. */
export function levelName(score100: number): Bilingual {
  return nearestLevel(shownScore(score100, { ...LEVEL_ENDS, places: 1 }), SEVEN_LEVELS).name;
}
