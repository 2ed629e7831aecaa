import { type CubeCell, ScoreCube } from './cube.ts';
import type { Quarter } from './quarter.ts';

/** Groups of units, as a tree like a cube's: `parents[0]` is -1, parents before children. */
export interface Grouping {
  parents: readonly number[];
  /** The group of a unit in a quarter; -1 leaves it out. */
  groupOf(unit: number, quarter: Quarter): number;
}

/**
 * The answers of several quarters, grouped anew and put together in the last of them, so that every figure of the
 * groups follows the rules of an ordinary quarter. `units` is a cube whose nodes below the root are the units; one
 * node each. Quarters that cover the same respondents (rolling windows) must not both be given. Throws on no quarters.
 * Example: units of region A as group 1 and all others as group 2 compare A with the rest.
 */
export function regroup(units: ScoreCube, grouping: Grouping, quarters: readonly Quarter[]): ScoreCube {
  if (quarters.length === 0) throw new RangeError('regroup: no quarters');
  const at = Math.max(...quarters);
  return new ScoreCube({
    parents: grouping.parents,
    items: units.items,
    cells: cellsOf(units, grouping, quarters, at),
    firstQuarter: at,
    lastQuarter: at,
    halo: units.halo,
  });
}

function* cellsOf(
  units: ScoreCube,
  { groupOf }: Grouping,
  quarters: readonly Quarter[],
  at: Quarter,
): Generator<CubeCell> {
  for (const quarter of quarters)
    for (let unit = 1; unit < units.parents.length; unit++) {
      const base = units.base(unit, quarter);
      if (base.sumW === 0) continue;
      const node = groupOf(unit, quarter);
      if (node < 0) continue;
      yield { node, item: -1, quarter: at, ...base };
      for (let item = 0; item < units.items.length; item++) {
        const cell = units.cell(unit, item, quarter);
        if (cell.sumW > 0) yield { node, item, quarter: at, ...cell };
      }
    }
}
