import { describe, expect, it } from 'vitest';
import { nativeScale, scoreFormat } from '../../renderer/score-format.ts';
import { SCORE_DISPLAYS } from '../../shared/domain/score/display.ts';

const TEN = { min: 1, max: 10 };
const all = (print: (as: ReturnType<typeof scoreFormat>) => string) =>
  SCORE_DISPLAYS.map((display) => print(scoreFormat(display, TEN, 'zh-CN')));

describe('the score format', () => {
  it('prints a score, its margin, a difference and a range on each scale', () => {
    expect(all((as) => as.score(78.21))).toEqual(['78.2', '8.04', '782', '33.9 满意']);
    expect(all((as) => as.length(1.25))).toEqual(['1.3', '0.11', '13', '1.5']);
    expect(all((as) => as.points(-0.8))).toEqual(['−0.8', '−0.07', '−8', '−1.0']);
    expect(all((as) => as.points(0.8, 1))).toEqual(['+0.80', '+0.072', '+8.0', '+0.96']);
    expect(all((as) => as.range(70, 80))).toEqual(['70.0 – 80.0', '7.30 – 8.20', '700 – 800', '24.0 – 36.0']);
  });

  it('keeps what is not there a dash on every scale', () => {
    expect(all((as) => `${as.score(null)}${as.points(undefined)}${as.length(null)}`)).toEqual(
      SCORE_DISPLAYS.map(() => '–––'),
    );
  });

  it('names levels in the language of the page', () => {
    expect(scoreFormat('levels', TEN, 'en').score(50)).toBe('0.0 Neutral');
  });

  it("takes an item's own scale before the channel's", () => {
    const channels = [{ channel: 'in-house' as const, scale: TEN, scales: { NPS: { min: 0, max: 10 } } }];
    const catalog = { channels } as unknown as Parameters<typeof nativeScale>[0];
    expect(nativeScale(catalog, 'in-house', 'NPS')).toEqual({ min: 0, max: 10 });
    expect(nativeScale(catalog, 'in-house', '')).toEqual(TEN);
    expect(nativeScale(undefined, null, '')).toEqual({ min: 0, max: 100 });
  });
});
