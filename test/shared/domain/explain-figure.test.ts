import { describe, expect, it } from 'vitest';
import { standardErrorOf } from '../../../shared/domain/cell.ts';
import { explainDisplay, explainItem, explainWhole } from '../../../shared/domain/explain-figure.ts';
import { WeightedWhole } from '../../../shared/domain/weighted-whole.ts';

const TEN = { min: 1, max: 10 };

describe('the step from 0-100 to what is printed', () => {
  const figure = { score100: 78.24, margin100: 1.2 };

  it('is not there on 0-100', () => {
    expect(explainDisplay(figure, 'harmonised', TEN)).toBeNull();
  });

  it('carries score and margin to the own scale, 1,000 points and seven levels with the sums that lead there', () => {
    expect(explainDisplay(figure, 'native', TEN)!.text.en).toBe(
      'own scale 1–10: 1 + 78.240 ÷ 100 × 9 = 8.04; margin 1.200 ÷ 100 × 9 = ±0.11',
    );
    expect(explainDisplay(figure, 'thousand', TEN)!.text.zh).toBe(
      '千分制：78.240 ÷ 100 × 1,000 = 782；误差 1.200 ÷ 100 × 1,000 = ±12',
    );
    expect(explainDisplay(figure, 'levels', TEN)!.text.zh).toBe(
      '七级 −60 至 60：−60 + 78.240 ÷ 100 × 120 = 33.9，最接近“满意”；误差 1.200 ÷ 100 × 120 = ±1.4',
    );
  });

  it('leaves the margin out where there is none', () => {
    expect(explainDisplay({ score100: 50, margin100: null }, 'thousand', TEN)!.text.en).toBe(
      '1,000 points: 50.000 ÷ 100 × 1,000 = 500',
    );
  });
});

describe('the steps of a whole', () => {
  const item = (mean: number, sd: number) => {
    const n = 100;
    const sumWX2 = n * mean * mean + (n - 1) * sd * sd;
    return { n, sumW: n, sumW2: n, sumWX: n * mean, sumWX2 };
  };

  it('work the standard error out of those of its items', () => {
    const items = [
      { weight: 3, cell: item(80, 15) },
      { weight: 1, cell: item(60, 20) },
    ];
    const whole = new WeightedWhole();
    for (const { weight, cell } of items)
      whole.add(weight, cell.n, cell.sumW, cell.sumW2, cell.sumWX, cell.sumWX2, () => undefined);
    const cell = whole.cell(0.5);
    const parts = items.map(({ weight, cell: own }) => ({
      name: { zh: '题', en: 'item' },
      share: weight / 4,
      mean: own.sumWX / own.sumW,
      error: standardErrorOf(own),
    }));
    const steps = explainWhole(cell, parts, { zh: '题', en: 'item' }, 0.5);
    const [, squares, linear, error] = /× ([\d.]+) \+ 0\.500 × ([\d.]+)²\] = ([\d.]+)/.exec(
      steps.find((step) => step.title.en === 'Standard error')!.text.en,
    )!;
    expect(Number(error)).toBeCloseTo(Math.sqrt(0.5 * Number(squares) + 0.5 * Number(linear) ** 2), 3);
    expect(Number(error)).toBeCloseTo(standardErrorOf(cell)!, 3);
  });

  it('are none without answers', () => {
    const nobody = { n: 0, sumW: 0, sumW2: 0, sumWX: 0, sumWX2: 0 };
    expect(explainItem(nobody, [], false)).toEqual([]);
    expect(explainWhole(nobody, [], { zh: '', en: '' }, 0.5)).toEqual([]);
  });
});
