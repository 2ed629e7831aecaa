import { describe, expect, it } from 'vitest';
import {
  FIVE_LEVELS,
  levelFrom100,
  levelTo100,
  nearestLevel,
  SEVEN_LEVELS,
  simpleLevelScore,
  weightedLevelScore,
} from '../../../../shared/domain/score/level.ts';

describe('levels', () => {
  it('counts seven levels from -60 to 60 and five over the same range', () => {
    expect(SEVEN_LEVELS.map((level) => level.value)).toEqual([-60, -40, -20, 0, 20, 40, 60]);
    expect(FIVE_LEVELS.map((level) => level.value)).toEqual([-60, -30, 0, 30, 60]);
  });

  it('names a score after the nearest level', () => {
    expect(nearestLevel(33, SEVEN_LEVELS).name.zh).toBe('满意');
    expect(nearestLevel(-48, SEVEN_LEVELS).name.en).toBe('Dissatisfied');
    expect(nearestLevel(33, FIVE_LEVELS).value).toBe(30);
    expect(nearestLevel(10, SEVEN_LEVELS).value).toBe(20);
  });

  it('harmonises level scores to 0-100 and back', () => {
    expect(levelTo100(0, SEVEN_LEVELS)).toBe(50);
    expect(levelTo100(60, FIVE_LEVELS)).toBe(100);
    expect(levelFrom100(75, SEVEN_LEVELS)).toBe(30);
  });

  it('normalises and reports weights that do not sum to 1', () => {
    const given = [0.3, 0.1, 0.35, 0.15, 0.05];
    const score = weightedLevelScore([40, 20, 60, 0, -20], given);
    expect(score.givenSum).toBeCloseTo(0.95, 12);
    expect(score.changed).toBe(true);
    expect(score.value).toBeCloseTo((12 + 2 + 21 + 0 - 1) / 0.95, 12);
    expect(simpleLevelScore([40, 20, 60, 0, -20])).toBe(20);
  });

  it('refuses a weight for an attribute without a score', () => {
    expect(() => weightedLevelScore([40, 20, 60, 0, -20, 10], [0.3, 0.1, 0.35, 0.15, 0.05])).toThrow(
      '6 values, 5 weights',
    );
    expect(simpleLevelScore([])).toBeUndefined();
  });
});
