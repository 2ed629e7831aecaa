import { betweenUnits, type ShrunkMean, shrinkToParent, type UnitMean } from '../precision.ts';

/**
 * Baselines that do not "improve" by themselves: units of one group (the same item over all areas) are drawn towards
 * the group's mean by as much as their sampling error explains (empirical Bayes). A plan picks low scores; half of what
 * is low in a small base is bad luck, which does not repeat, and would be booked as success next year.
 * Returns one shrunken mean a unit; a unit alone, or without sampling variance, keeps its own.
 */
export function shrunkBaselines(units: readonly UnitMean[]): ShrunkMean[] {
  const group = betweenUnits(units);
  return units.map((unit) => {
    if (!group) {
      const known = unit.variance < Infinity;
      return { gamma: 1, mean: unit.mean, standardError: known ? Math.sqrt(unit.variance) : 0 };
    }
    return shrinkToParent(unit, group.mean, group.tau2);
  });
}
