import { describe, expect, it } from 'vitest';
import { type LearntFromYear, learnEffects } from '../../../../shared/domain/assess/learn-effect.ts';
import { plantedYear } from './planted-year.ts';

const PLANTED = { drift: 0.6, factors: [0.6, 1, 1.4, 1, 0.8, 1.2] };

function learn(seed: number, shrink = true): LearntFromYear {
  const learnt = learnEffects(plantedYear(seed, PLANTED, shrink), 0);
  if ('kind' in learnt) throw new Error(learnt.kind);
  return learnt;
}

describe('learnEffects', () => {
  it('recovers planted effects and drift within their intervals in 95 % of 200 seeds', () => {
    let effects = 0;
    let held = 0;
    let driftHeld = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const { extraDrift, effects: found } = learn(seed);
      if (extraDrift.low <= 0.6 && 0.6 <= extraDrift.high) driftHeld += 1;
      for (const effect of found) {
        const truth = PLANTED.factors[effect.item]!;
        effects += 1;
        if (effect.low <= truth && truth <= effect.high) held += 1;
      }
    }
    expect(held / effects).toBeGreaterThan(0.935);
    expect(driftHeld / 200).toBeGreaterThan(0.92);
    // Intervals that hold everything would prove nothing.
    expect(held / effects).toBeLessThan(0.99);
  });

  it('would praise luck if the baselines were not shrunken', () => {
    const mean = (shrink: boolean) => {
      let sum = 0;
      for (let seed = 1; seed <= 40; seed++) {
        const { effects } = learn(seed, shrink);
        sum +=
          effects.reduce((total, { value, item }) => total + value - PLANTED.factors[item]!, 0) /
          effects.length;
      }
      return sum / 40;
    };
    const [fair, naive] = [mean(true), mean(false)];
    expect(Math.abs(fair)).toBeLessThan(0.08);
    expect(naive).toBeGreaterThan(2 * Math.abs(fair));
  });

  it('offers next year an effect between the assumption and what was seen, surer than either', () => {
    for (const effect of learn(5).effects) {
      const [low, high] = [Math.min(1, effect.value), Math.max(1, effect.value)];
      expect(effect.offered).toBeGreaterThanOrEqual(low - 1e-9);
      expect(effect.offered).toBeLessThanOrEqual(high + 1e-9);
      expect(effect.offeredSe).toBeLessThan(Math.min(0.25, effect.standardError));
    }
  });

  it('recovers exactly what a noiseless year holds', () => {
    const cells = plantedYear(3, PLANTED).map((cell) => ({
      ...cell,
      actual100:
        cell.baseline100 +
        0.6 -
        (100 - cell.baseline100) * Math.expm1(-PLANTED.factors[cell.item]! * cell.effect * cell.plannedUnits),
    }));
    const learnt = learnEffects(cells) as LearntFromYear;
    expect(learnt.extraDrift.value).toBeCloseTo(0.6, 7);
    for (const effect of learnt.effects) expect(effect.value).toBeCloseTo(PLANTED.factors[effect.item]!, 6);
    expect(learnt.movement.drift(4, 2)).toBeCloseTo(0.6, 6);
  });

  it('says when nothing was funded', () => {
    const idle = plantedYear(3, PLANTED).map((cell) => ({ ...cell, plannedUnits: 0 }));
    expect(learnEffects(idle)).toMatchObject({ kind: 'too-few', funded: 0 });
    expect(learnEffects(plantedYear(3, PLANTED).slice(0, 4))).toMatchObject({ kind: 'too-few', cells: 4 });
  });
});
