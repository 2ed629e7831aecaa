import { describe, expect, it } from 'vitest';
import { quarterMilestones } from '../../../../shared/domain/plan/milestones.ts';

describe('quarterMilestones', () => {
  it('climbs evenly to the yearly target without a season', () => {
    const scores = quarterMilestones({ now100: 80, target100: 82, season: [0, 0, 0, 0] });
    [80.8, 81.6, 82.4, 83.2].forEach((score, q) => {
      expect(scores[q]).toBeCloseTo(score, 12);
    });
  });

  it('averages to the target whatever the season and the volume of the quarters', () => {
    const shares = [3, 1, 2, 2];
    const scores = quarterMilestones({ now100: 78, target100: 81, season: [2, -1, 0.5, 4], shares });
    const mean = scores.reduce((sum, score, q) => sum + (score * shares[q]!) / 8, 0);
    expect(mean).toBeCloseTo(81, 12);
    expect(scores[3]! - scores[1]!).toBeGreaterThan(5);
  });

  it('flattens the climb where it would leave the scale', () => {
    const scores = quarterMilestones({ now100: 94, target100: 97.5, season: [0, 0, 0, 1] });
    expect(Math.max(...scores)).toBeCloseTo(100, 9);
    expect(scores.reduce((a, b) => a + b, 0) / 4).toBeCloseTo(97.5, 12);
  });

  it('refuses lists that do not match', () => {
    expect(() => quarterMilestones({ now100: 1, target100: 2, season: [0, 0], shares: [1] })).toThrow(
      '2 offsets, 1 shares',
    );
  });
});
