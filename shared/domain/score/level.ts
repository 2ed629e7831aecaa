import type { Bilingual } from '../language.ts';
import { meanUnderWeights, type WeightedMean } from './weights.ts';

/** One named level of an answer scale and the value it counts with. */
export interface Level {
  value: number;
  name: Bilingual;
}

/** A scale of named levels, worst first, values rising. */
export type LevelScale = readonly Level[];

/** 很不满意 to 很满意 in seven levels of 20, counted from -60 to 60. */
export const SEVEN_LEVELS: LevelScale = [
  { value: -60, name: { zh: '很不满意', en: 'Very dissatisfied' } },
  { value: -40, name: { zh: '不满意', en: 'Dissatisfied' } },
  { value: -20, name: { zh: '不太满意', en: 'Somewhat dissatisfied' } },
  { value: 0, name: { zh: '一般', en: 'Neutral' } },
  { value: 20, name: { zh: '较满意', en: 'Somewhat satisfied' } },
  { value: 40, name: { zh: '满意', en: 'Satisfied' } },
  { value: 60, name: { zh: '很满意', en: 'Very satisfied' } },
];

/** The same range in five levels of 30. */
export const FIVE_LEVELS: LevelScale = [
  { value: -60, name: { zh: '很不满意', en: 'Very dissatisfied' } },
  { value: -30, name: { zh: '不满意', en: 'Dissatisfied' } },
  { value: 0, name: { zh: '一般', en: 'Neutral' } },
  { value: 30, name: { zh: '满意', en: 'Satisfied' } },
  { value: 60, name: { zh: '很满意', en: 'Very satisfied' } },
];

function ends(levels: LevelScale): { low: number; high: number } {
  const low = levels[0]?.value;
  const high = levels.at(-1)?.value;
  if (low === undefined || high === undefined || !(low < high))
    throw new RangeError(`levels: ${levels.length} levels from ${low} to ${high}`);
  return { low, high };
}

/**
 * The level nearest to a score in the levels' own values; halfway between two it is the better one.
 * Throws on an empty scale or a score that is no number. Example: `nearestLevel(33, SEVEN_LEVELS)` is 满意.
 */
export function nearestLevel(score: number, levels: LevelScale): Level {
  ends(levels);
  if (!Number.isFinite(score)) throw new RangeError(`nearestLevel: score ${score}`);
  let best = levels[0]!;
  for (const level of levels) if (Math.abs(level.value - score) <= Math.abs(best.value - score)) best = level;
  return best;
}

/** A score in level values on 0-100. Example: `levelTo100(0, SEVEN_LEVELS)` is 50. */
export function levelTo100(score: number, levels: LevelScale): number {
  const { low, high } = ends(levels);
  return ((score - low) / (high - low)) * 100;
}

/** A score on 0-100 in level values. Example: `levelFrom100(75, SEVEN_LEVELS)` is 30. */
export function levelFrom100(score100: number, levels: LevelScale): number {
  const { low, high } = ends(levels);
  return low + (score100 / 100) * (high - low);
}

/** The simple score of the level method: the plain mean of the items; `undefined` without items. */
export function simpleLevelScore(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0) / values.length;
}

/**
 * The weighted score of the level method, sum of value x weight. Weights that do not sum to 1 are normalised and the
 * sum that was given is reported with the score. Throws as `meanUnderWeights` does.
 */
export function weightedLevelScore(values: readonly number[], weights: readonly number[]): WeightedMean {
  return meanUnderWeights(values, weights);
}
