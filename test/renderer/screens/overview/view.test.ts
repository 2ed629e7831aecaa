import { describe, expect, it } from 'vitest';
import {
  provinceRows,
  splitTrends,
  stepOf,
  wasForecast,
} from '../../../../renderer/screens/overview/view.ts';
import type { TrendView } from '../../../../shared/calls/figure.ts';
import type { ChannelStanding, Overview, StandingRow } from '../../../../shared/calls/overview.ts';

function row(scope: string, score100: number | null): StandingRow {
  return {
    scope,
    level: scope.startsWith('province') ? 'province' : 'city',
    name: { zh: scope, en: scope },
    indicator: '',
    score:
      score100 === null ? null : { score100, native: score100, n: 50, nEff: 50, margin100: 1, tier: 'full' },
    againstRest: null,
    sincePrevious: null,
    compared: null,
    next: null,
    spark: [],
  };
}

describe('the map of provinces', () => {
  it('takes provinces only, by their code', () => {
    const rows = provinceRows([row('province:44', 80), row('city:4401', 81)]);
    expect([...rows.keys()]).toEqual(['44']);
  });

  it('spreads five steps between the lowest and the highest score', () => {
    const rows = [
      row('province:11', 70),
      row('province:12', 75),
      row('province:13', 80),
      row('province:14', null),
    ];
    const step = stepOf(rows);
    expect(rows.map(step)).toEqual([0, 2, 4, null]);
  });

  it('puts equal scores in the middle and knows nothing of an empty map', () => {
    expect(stepOf([row('province:11', 70)])(row('province:11', 70))).toBe(2);
    expect(stepOf([])(undefined)).toBeNull();
  });
});

describe('the trends', () => {
  it('lead with the chosen channel, or the first where it has none', () => {
    const trends = ['third-party', 'in-house'].map((channel) => ({ channel }) as TrendView);
    const overview = { trends } as Overview;
    expect(splitTrends(overview, 'in-house').lead?.channel).toBe('in-house');
    expect(splitTrends(overview, 'lost-sale').lead?.channel).toBe('third-party');
    expect(splitTrends(overview, 'in-house').others).toHaveLength(1);
  });
});

describe('a quarter without alerts', () => {
  it('is told apart from one that nobody forecast', () => {
    const standing = (expected: object | null) => ({ expected }) as ChannelStanding;
    expect(wasForecast({ channels: [standing(null), standing(null)] })).toBe(false);
    expect(wasForecast({ channels: [standing(null), standing({})] })).toBe(true);
  });
});
