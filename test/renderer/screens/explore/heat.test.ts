import { describe, expect, it } from 'vitest';
import { colouring, MOST_HEAT } from '../../../../renderer/screens/explore/heat.ts';

const name = { zh: '数值', en: 'Value' };
const SCORE = { code: 'score', name, unit: 'score' } as const;

describe('the colours of a table', () => {
  it('part scores at the middle value, so that one outlier does not turn all others red', () => {
    const colour = colouring(SCORE, [74, 76, 77, 78, 98]);
    expect(colour(74)).toEqual({ end: 'low', strength: MOST_HEAT });
    expect(colour(77)).toEqual({ end: 'high', strength: 0 });
    expect(colour(78)?.end).toBe('high');
    expect(colour(98)).toEqual({ end: 'high', strength: MOST_HEAT });
  });

  it('part differences at zero, alike on both sides', () => {
    const colour = colouring({ code: 'against-rest', name, unit: 'points' }, [1, 2, 4]);
    expect(colour(2)).toEqual({ end: 'high', strength: MOST_HEAT / 2 });
    expect(colour(-2)).toEqual({ end: 'low', strength: MOST_HEAT / 2 });
  });

  it('take counts, margins and shares from few to many, neither as good nor as bad', () => {
    for (const [code, unit] of [
      ['margin', 'points'],
      ['share', 'percent'],
    ] as const)
      expect(colouring({ code, name, unit }, [1, 2, 3])(3)).toEqual({ end: 'much', strength: MOST_HEAT });
    const colour = colouring({ code: 'n', name, unit: 'count' }, [10, 20, 30]);
    expect([10, 20, 30].map((n) => colour(n)?.strength)).toEqual([0, MOST_HEAT / 2, MOST_HEAT]);
    expect(colour(10)?.end).toBe('much');
  });

  it('are none where all values are equal, or none is known', () => {
    expect(colouring(SCORE, [70, 70])(70)).toBeNull();
    expect(colouring(SCORE, [])(70)).toBeNull();
  });
});
