import { describe, expect, it } from 'vitest';
import { addResponse, emptyCell, reportedCell } from '../../../shared/domain/cell.ts';
import {
  betweenUnits,
  clusterEffect,
  estimateOf,
  marginOfError,
  shrinkToParent,
  tierOf,
  tierOfCell,
} from '../../../shared/domain/precision.ts';

describe('precision', () => {
  it('takes the margin of error from t on the effective base', () => {
    const cell = reportedCell({ score100: 80, n: 25, sd100: 15 });
    expect(marginOfError(cell)).toBeCloseTo(6.191695684, 8);
  });

  it('costs precision to weight and to cluster', () => {
    const equal = emptyCell();
    const unequal = emptyCell();
    for (let i = 0; i < 100; i++) {
      addResponse(equal, i % 2 ? 90 : 70);
      addResponse(unequal, i % 2 ? 90 : 70, i < 50 ? 0.5 : 1.5);
    }
    const plain = estimateOf(equal)!;
    const weighted = estimateOf(unequal)!;
    expect(weighted.nEff).toBeCloseTo(80, 9);
    expect(weighted.marginOfError).toBeGreaterThan(plain.marginOfError);
    expect(clusterEffect(11, 0.05)).toBeCloseTo(1.5, 12);
    const clustered = estimateOf(equal, { clusterEffect: 1.5 })!;
    expect(clustered.standardError / plain.standardError).toBeCloseTo(Math.sqrt(1.5), 9);
  });

  it('shrinks the margin by the finite population and to nothing in a census', () => {
    const cell = reportedCell({ score100: 80, n: 75, sd100: 15 });
    expect(marginOfError(cell, { population: 100 })! / marginOfError(cell)!).toBeCloseTo(0.5, 12);
    expect(marginOfError(cell, { population: 75 })).toBe(0);
  });

  it('claims no margin for one answer, none, or an unknown base', () => {
    expect(marginOfError(emptyCell())).toBeUndefined();
    expect(estimateOf(reportedCell({ score100: 80, n: 1 }))).toBeUndefined();
    expect(estimateOf(reportedCell({ score100: 80 }))).toBeUndefined();
  });

  it('hides below 10, greys below 30 and shows from 30', () => {
    expect([9.99, 10, 29.9, 30, 29.999999999999996].map((n) => tierOf(n))).toEqual([
      'hidden',
      'grey',
      'grey',
      'full',
      'full',
    ]);
    expect(tierOf(12, { greyFrom: 5, fullFrom: 12 })).toBe('full');
    expect(() => tierOf(1, { greyFrom: 9, fullFrom: 5 })).toThrow('grey from 9');
  });

  it('greys a score whose base size nobody reported and hides an empty cell', () => {
    expect(tierOfCell(reportedCell({ score100: 84 }))).toBe('grey');
    expect(tierOfCell(reportedCell({ score100: 84, n: 9 }))).toBe('hidden');
    expect(tierOfCell(reportedCell({ score100: 84, n: 30 }))).toBe('full');
    expect(tierOfCell(emptyCell())).toBe('hidden');
  });

  it('lets small units borrow strength: gamma .15, .35 and .64 at tau 20, sigma 150', () => {
    const gamma = (n: number) => shrinkToParent({ mean: 0, variance: 150 ** 2 / n }, 0, 400).gamma;
    expect(gamma(10)).toBeCloseTo(0.15, 2);
    expect(gamma(30)).toBeCloseTo(0.35, 2);
    expect(gamma(100)).toBeCloseTo(0.64, 12);
  });

  it('moves a unit towards its parent by the share that noise explains', () => {
    const shrunk = shrinkToParent({ mean: 60, variance: 300 }, 80, 100);
    expect(shrunk.mean).toBeCloseTo(75, 12);
    expect(shrunk.standardError).toBeCloseTo(Math.sqrt(75), 12);
    expect(shrinkToParent({ mean: 0, variance: Infinity }, 80, 25)).toEqual({
      gamma: 0,
      mean: 80,
      standardError: 5,
    });
    expect(shrinkToParent({ mean: 60, variance: 0 }, 80, 0).mean).toBe(80);
  });

  it('estimates the variance between units by Paule and Mandel', () => {
    const units = [
      { mean: 70, variance: 4 },
      { mean: 75, variance: 9 },
      { mean: 82, variance: 6 },
      { mean: 90, variance: 5 },
    ];
    const found = betweenUnits(units)!;
    expect(found.tau2).toBeCloseTo(70.62991695919828, 8);
    expect(found.mean).toBeCloseTo(79.26358336919205, 8);
    expect(betweenUnits([units[0]!, { mean: 71, variance: 4 }])!.tau2).toBe(0);
    expect(betweenUnits([units[0]!, { mean: 99, variance: Infinity }])).toBeUndefined();
  });
});
