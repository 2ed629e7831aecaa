import { describe, expect, it } from 'vitest';
import {
  answerCorrelations,
  type DriverCorrelations,
  driverImportance,
  quadrantOf,
} from '../../../shared/domain/driver.ts';
import { seededRandom } from '../../../shared/math/random.ts';

const GOLDEN = {
  drivers: [
    [1, 0.6, 0.3],
    [0.6, 1, 0.4],
    [0.3, 0.4, 1],
  ],
  outcome: [0.5, 0.45, 0.35],
};

function explained(correlations: DriverCorrelations) {
  const importance = driverImportance(correlations);
  if (importance.kind !== 'explained') throw new Error(importance.kind);
  return importance;
}

describe('driverImportance', () => {
  it('gives the published LMG shares and relative weights', () => {
    const { r2, lmg, relativeWeights } = explained(GOLDEN);
    expect(r2).toBeCloseTo(0.31156, 5);
    for (const [j, share] of [0.15057, 0.0983, 0.0627].entries()) expect(lmg![j]).toBeCloseTo(share, 5);
    for (const [j, share] of [0.15108, 0.09578, 0.0647].entries())
      expect(relativeWeights[j]).toBeCloseTo(share, 5);
  });

  it('splits R2 without remainder for twelve drivers', () => {
    const random = seededRandom(4);
    const rows = 200;
    const hidden = Array.from({ length: rows }, () => random.normal());
    const columns = Array.from({ length: 12 }, (_, j) => hidden.map((h) => 0.2 * j * h + random.normal()));
    const outcome = hidden.map((h, i) => h + 0.3 * columns[3]![i]! + random.normal());
    const importance = explained(answerCorrelations(columns, outcome)!);
    const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
    expect(sum(importance.lmg!)).toBeCloseTo(importance.r2, 10);
    expect(sum(importance.relativeWeights)).toBeCloseTo(importance.r2, 10);
    expect(Math.min(...importance.lmg!)).toBeGreaterThanOrEqual(0);
  });

  it('gives each independent driver its squared correlation', () => {
    const { lmg, relativeWeights } = explained({
      drivers: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      outcome: [0.5, 0.3, 0],
    });
    for (const [j, share] of [0.25, 0.09, 0].entries()) {
      expect(lmg![j]).toBeCloseTo(share, 12);
      expect(relativeWeights[j]).toBeCloseTo(share, 12);
    }
  });

  it('refuses to split between twins', () => {
    const twins = driverImportance({
      drivers: [
        [1, 1],
        [1, 1],
      ],
      outcome: [0.5, 0.5],
    });
    expect(twins.kind).toBe('collinear');
  });

  it('leaves the average over all orders out beyond twelve drivers', () => {
    const identity = Array.from({ length: 13 }, (_, i) =>
      Array.from({ length: 13 }, (__, j) => Number(i === j)),
    );
    const importance = driverImportance({ drivers: identity, outcome: Array(13).fill(0.1) });
    expect(importance).toMatchObject({ kind: 'explained', lmg: undefined });
    expect(() => driverImportance({ drivers: [], outcome: [] })).toThrow('0 drivers');
  });
});

describe('answerCorrelations', () => {
  it('weights respondents and leaves out incomplete ones', () => {
    const once = answerCorrelations([[1, 2, 3, 4, undefined]], [2, 1, 4, 3, 9], [1, 1, 2, 1, 5])!;
    const twice = answerCorrelations([[1, 2, 3, 3, 4]], [2, 1, 4, 4, 3])!;
    expect(once.used).toBe(4);
    expect(once.outcome[0]).toBeCloseTo(twice.outcome[0]!, 12);
  });

  it('has nothing to say about a column that does not vary', () => {
    expect(answerCorrelations([[5, 5, 5, 5]], [1, 2, 3, 4])).toBeUndefined();
    expect(answerCorrelations([[1, 2]], [1, 2])).toBeUndefined();
  });
});

describe('quadrantOf', () => {
  const at = { importance: 0.1, performance: 75 };
  it.each([
    [0.2, 60, 'concentrate-here'],
    [0.2, 90, 'keep-up'],
    [0.05, 60, 'low-priority'],
    [0.05, 90, 'possible-overkill'],
    [0.2, 76, 'borderline'],
    [0.11, 60, 'borderline'],
  ])('places importance %d and performance %d as %s', (importance, performance, quadrant) => {
    const around = (value: number, by: number) => ({ low: value - by, high: value + by });
    expect(quadrantOf(around(importance, 0.02), around(performance, 3), at)).toBe(quadrant);
  });
});
