import { describe, expect, it } from 'vitest';
import { assessPlan } from '../../../../shared/domain/assess/assess-plan.ts';
import { controlGroup, effectOf } from '../../../../shared/domain/assess/control-group.ts';
import { type Funded, type Moving, movingYear } from './moving-year.ts';

const FUNDED: Funded = new Map([
  [3, 2],
  [17, 1],
  [18, 3],
  [44, 0],
  [66, 4],
]);
const RESTLESS: Moving = { area: 0.8, item: 0.4, cell: 0.3, halo: 0.4 };
const CALM: Moving = { area: 0, item: 0, cell: 0, halo: 0.4 };

/** Share of the funded cells' intervals that hold the truth, mean error, and how often a plain interval would. */
function coverage(moving: Moving) {
  let [held, plain, error, count, total] = [0, 0, 0, 0, 0];
  for (let seed = 1; seed <= 200; seed++) {
    const cells = movingYear(seed, moving, FUNDED);
    const control = controlGroup(cells, moving.halo, 0.95)!;
    for (const [i, truth] of FUNDED) {
      const cell = cells[i]!;
      const effect = effectOf(control, [{ cell, weight: 1 }])!;
      count++;
      error += effect.value - truth;
      if (effect.low <= truth && truth <= effect.high) held++;
      if (Math.abs(cell.actual100 - cell.baseline100 - 0.4 - truth) <= 1.96 * cell.actualSe) plain++;
    }
    const all = [...FUNDED].map(([i]) => ({ cell: cells[i]!, weight: 0.2 }));
    const sum = effectOf(control, all)!;
    if (sum.low <= 2 && 2 <= sum.high) total++;
  }
  return { held: held / count, plain: plain / count, error: error / count, total: total / 200 };
}

describe('effectOf', () => {
  it('holds planted effects in 95 % of 200 years in which areas, items and cells also move by themselves', () => {
    const found = coverage(RESTLESS);
    expect(found.held).toBeGreaterThan(0.93);
    expect(found.held).toBeLessThan(0.97);
    expect(found.total).toBeGreaterThan(0.9);
    expect(Math.abs(found.error)).toBeLessThan(0.06);
    // The sampling error of the year alone is far from enough.
    expect(found.plain).toBeLessThan(0.7);
  });

  it('is not much too careful in a calm year', () => {
    const found = coverage(CALM);
    expect(found.held).toBeGreaterThan(0.93);
    expect(found.held).toBeLessThan(0.985);
  });

  it('tells a whole area that rose from measures that worked', () => {
    const cells = movingYear(7, CALM, FUNDED).map((cell) =>
      cell.area === 1 ? { ...cell, actual100: cell.actual100 + 5 } : cell,
    );
    const { cells: assessed, areas } = assessPlan(cells, { itemCorrelation: 0.4 });
    expect(Math.abs(assessed[17]!.effect!.value - 1)).toBeLessThan(2);
    expect(assessed[17]!.split.drift).toBeGreaterThan(3.5);
    expect(areas[1]!.effect!.value).toBeCloseTo(
      0.1 * (assessed[17]!.effect!.value + assessed[18]!.effect!.value),
      10,
    );
    expect(areas[2]!.effect).toBeUndefined();
  });

  it('is silent without unfunded cells', () => {
    const cells = movingYear(7, CALM, FUNDED).map((cell) => ({ ...cell, plannedUnits: 0.01 }));
    expect(controlGroup(cells, 0.4, 0.95)).toBeUndefined();
    expect(assessPlan(cells).overall.effect).toBeUndefined();
  });
});
