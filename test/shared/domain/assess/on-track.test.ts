import { describe, expect, it } from 'vitest';
import { onTrack, type RunningQuarter } from '../../../../shared/domain/assess/on-track.ts';

function year(measured: number, scores: readonly number[]): RunningQuarter[] {
  return scores.map((score100, q) => ({
    score100,
    standardError: q < measured ? 0.5 : 1,
    share: 1,
    measured: q < measured,
    milestone100: 81 + q * 0.5,
  }));
}

describe('onTrack', () => {
  it('is even odds when the expected year equals the target', () => {
    const view = onTrack(year(2, [81, 82, 83, 82]), 82);
    expect(view.probability).toBeCloseTo(0.5, 12);
    expect(view).toMatchObject({ state: 'open', expected100: 82 });
    expect(view.needed100).toBeCloseTo(82.5, 12);
    expect(view.againstMilestones100).toBeCloseTo(0.25, 12);
  });

  it('adds independent measured errors and correlated forecast errors', () => {
    const se = onTrack(year(2, [80, 80, 80, 80]), 80).standardError;
    expect(se).toBeCloseTo(Math.sqrt((2 * 0.25 + 0.5 * 2 + 0.5 * 4) / 16), 12);
  });

  it('is certain once the year is over and measured without error', () => {
    const done = year(4, [80, 81, 82, 83]).map((q) => ({ ...q, standardError: 0 }));
    expect(onTrack(done, 81.5)).toMatchObject({ probability: 1, state: 'ahead', needed100: undefined });
    expect(onTrack(done, 81.6)).toMatchObject({ probability: 0, state: 'behind' });
  });

  it('knows nothing of milestones before the first quarter', () => {
    expect(onTrack(year(0, [80, 80, 80, 80]), 90).againstMilestones100).toBeUndefined();
    expect(() => onTrack([], 80)).toThrow('0 quarters');
  });
});
