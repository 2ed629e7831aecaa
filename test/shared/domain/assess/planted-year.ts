import type { AssessedCell } from '../../../../shared/domain/assess/assessed-cell.ts';
import { shrunkBaselines } from '../../../../shared/domain/assess/baseline.ts';
import { defaultEffect } from '../../../../shared/domain/plan/problem.ts';
import { solvePlan } from '../../../../shared/domain/plan/solve.ts';
import { seededRandom } from '../../../../shared/math/random.ts';
import { expectPlanned } from '../plan/plan-case.ts';

/** What is planted in a year: the common extra drift and each item's true factor on the assumed effect. */
export interface Planted {
  drift: number;
  factors: readonly number[];
}

/**
 * A year of 31 areas: true scores, a noisy baseline, a plan made from it, the year's true change, a noisy actual.
 * `shrink` false keeps the raw baselines, as a naive assessment would.
 */
export function plantedYear(seed: number, planted: Planted, shrink = true): AssessedCell[] {
  const random = seededRandom(seed);
  const areas = 31;
  const items = planted.factors.length;
  const truth = Array.from({ length: areas * items }, () => 80 + 4 * random.normal());
  const error = Array.from({ length: areas * items }, () => 1 + 2.5 * random.uniform());
  const seen = truth.map((score, i) => score + error[i]! * random.normal());
  const baselines: { mean: number; standardError: number }[] = Array(areas * items);
  for (let k = 0; k < items; k++) {
    const at = Array.from({ length: areas }, (_, r) => r * items + k);
    const units = at.map((i) => ({ mean: seen[i]!, variance: error[i]! ** 2 }));
    const means = shrink
      ? shrunkBaselines(units)
      : units.map(({ mean, variance }) => ({ mean, standardError: Math.sqrt(variance) }));
    at.forEach((i, r) => {
      baselines[i] = means[r]!;
    });
  }
  const ceiling100 = 100;
  const cells = baselines.map(({ mean }, i) => ({
    area: Math.floor(i / items),
    item: i % items,
    baseline100: mean,
    ceiling100,
    // Low scores are taken to be the easy ones, so that the plan picks them.
    effect: defaultEffect(mean, ceiling100) * (mean < 80 ? 1.3 : 0.7),
  }));
  const now = cells.reduce((sum, cell) => sum + cell.baseline100, 0) / cells.length;
  const plan = expectPlanned(
    solvePlan({
      areas: Array.from({ length: areas }, (_, r) => ({ id: `${r}`, volumeShare: 1 })),
      items: planted.factors.map((_, k) => ({ id: `${k}`, weight: 1 })),
      cells,
      target100: now + 2,
    }),
  );
  return cells.map((cell, i) => {
    const gain =
      (ceiling100 - truth[i]!) * -Math.expm1(-planted.factors[cell.item]! * cell.effect * plan.units[i]!);
    return {
      ...cell,
      share: 1 / cells.length,
      baselineSe: baselines[i]!.standardError,
      plannedUnits: plan.units[i]!,
      actual100: truth[i]! + planted.drift + gain + error[i]! * random.normal(),
      actualSe: error[i]!,
    };
  });
}
