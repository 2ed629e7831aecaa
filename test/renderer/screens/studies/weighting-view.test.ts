import { describe, expect, it } from 'vitest';
import {
  emptyNames,
  leftOut,
  marginsOf,
  matchShares,
  pastedShares,
  presentTargets,
} from '../../../../renderer/screens/studies/weighting-view.ts';
import { both } from '../../../../renderer/text/both.ts';
import type { MarginChoice, RakingDiagnostics } from '../../../../shared/calls/weightings.ts';

const category = (value: string, zh: string, en: string, share: number) => ({
  value,
  label: { zh, en },
  n: 10,
  share,
});
const REGION: MarginChoice = {
  dimension: 'region',
  label: { zh: '大区', en: 'Region' },
  categories: [category('region:S', '华南', 'South', 33.333), category('region:N', '华北', 'North', 66.667)],
  unknown: 0,
};

describe('target shares', () => {
  it('begin with what is there', () => {
    expect(presentTargets(REGION)).toEqual({ 'region:S': 33.3, 'region:N': 66.7 });
  });

  it('are pasted as lines of a category and a share, whatever stands between them', () => {
    expect(pastedShares('华南\t40%\n North , 60\n华东：12.5％\n\nno share\n1\t2\t3')).toEqual([
      { category: '华南', share: 40 },
      { category: 'North', share: 60 },
      { category: '华东', share: 12.5 },
      { category: '1\t2', share: 3 },
    ]);
  });

  it('find their category by code or name in either language', () => {
    const rows = [
      { category: 's', share: 1 },
      { category: '华北 ', share: 2 },
      { category: 'West', share: 3 },
    ];
    expect(matchShares(REGION, rows)).toEqual({ 'region:S': 1, 'region:N': 2 });
  });

  it('leave out what is blank', () => {
    expect(marginsOf(['region', 'x'], { region: { a: 1, b: null }, x: { a: null }, y: { a: 1 } })).toEqual([
      { dimension: 'region', targets: [{ value: 'a', share: 1 }] },
    ]);
  });
});

const raked = (value: string, n: number, target: number) => ({
  value,
  label: both(`${value}级`, `grade ${value}`),
  n,
  before: 0,
  target,
  after: 0,
});

function cardOf(part: Partial<RakingDiagnostics['margins'][number]>, empty: string[]): RakingDiagnostics {
  const quarter = { empty: empty.map((value) => ({ dimension: 'attribute:grade', value })) };
  return {
    quarters: [quarter, quarter] as RakingDiagnostics['quarters'],
    margins: [{ dimension: 'attribute:grade', label: both('级', 'grade'), categories: [], ...part }],
  };
}

describe('the diagnostics of a raking', () => {
  it('name an empty category once, by its label where there is one', () => {
    const card = cardOf({ categories: [raked('A', 0, 50)] }, ['A', 'x']);
    expect(emptyNames(card, ({ zh }) => zh)).toEqual(['A级', 'x']);
  });

  it('tell who no longer counts and who keeps the weight', () => {
    const untargeted = [{ label: both('丙', 'C'), n: 7 }];
    const card = cardOf(
      { categories: [raked('A', 5, 0), raked('B', 0, 0), raked('D', 5, 100)], untargeted },
      [],
    );
    expect(leftOut(card).dropped.map(({ value }) => value)).toEqual(['A']);
    expect(leftOut(card).untargeted).toEqual(untargeted);
    expect(leftOut(cardOf({}, [])).untargeted).toEqual([]);
  });
});
