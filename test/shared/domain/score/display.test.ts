import { describe, expect, it } from 'vitest';
import {
  levelName,
  SCORE_DISPLAYS,
  shownPoints,
  shownScale,
  shownScore,
} from '../../../../shared/domain/score/display.ts';
import { levelFrom100, SEVEN_LEVELS } from '../../../../shared/domain/score/level.ts';
import { fromScore100, SCALE_1_TO_10 } from '../../../../shared/domain/score/scale.ts';

describe('score display', () => {
  it('prints one score on 0-100, on its own scale, on 1,000 points and in seven levels', () => {
    const shown = SCORE_DISPLAYS.map((display) => shownScore(75, shownScale(display, SCALE_1_TO_10)));
    expect(shown).toEqual([75, 7.75, 750, 30]);
    expect(shown[1]).toBe(fromScore100(75, SCALE_1_TO_10));
    expect(shown[3]).toBe(levelFrom100(75, SEVEN_LEVELS));
  });

  it('scales a difference without moving its zero', () => {
    const shown = SCORE_DISPLAYS.map((display) => shownPoints(-2, shownScale(display, SCALE_1_TO_10)));
    expect(shown.map((value) => Math.round(value * 1e9) / 1e9)).toEqual([-2, -0.18, -20, -2.4]);
    expect(shownPoints(0, shownScale('levels', SCALE_1_TO_10))).toBe(0);
  });

  it('gives each scale the decimals it deserves', () => {
    expect(SCORE_DISPLAYS.map((display) => shownScale(display, SCALE_1_TO_10).places)).toEqual([1, 2, 0, 1]);
    expect(shownScale('native', { min: 0, max: 1000 }).places).toBe(0);
    expect(shownScale('native', { min: 0, max: 100 }).places).toBe(1);
  });

  it('names a score by its nearest level, halfway by the better one', () => {
    expect([0, 50, 77, 90, 100, 100 * (10 / 120 + 0.5)].map((score) => levelName(score).zh)).toEqual([
      '很不满意',
      '一般',
      '满意',
      '满意',
      '很满意',
      '较满意',
    ]);
  });
});
