// What the baseline of an area, an item or the whole plan rests on: respondents, and the margin over its cells.

import type { BaselineRest } from '../../../../shared/domain/plan/plan-facts.ts';
import { Z95 } from '../../../../shared/math/normal.ts';

interface RestCell {
  area: number;
  share: number;
  n: number;
  standardError: number;
}

/**
 * Items of one area have the same respondents and correlate by `halo`; areas have respondents of their own. The share of
 * a cell is its weight.
 */
export function baselineRest(cells: readonly RestCell[], halo: number): Required<BaselineRest> {
  const areas = new Map<number, { n: number; sum: number; squares: number }>();
  let share = 0;
  for (const cell of cells) {
    const area = areas.get(cell.area) ?? { n: 0, sum: 0, squares: 0 };
    const error = cell.share * cell.standardError;
    share += cell.share;
    areas.set(cell.area, {
      n: Math.max(area.n, cell.n),
      sum: area.sum + error,
      squares: area.squares + error * error,
    });
  }
  let n = 0;
  let variance = 0;
  for (const area of areas.values()) {
    n += area.n;
    variance += (1 - halo) * area.squares + halo * area.sum * area.sum;
  }
  const isKnown = share > 0 && cells.every(({ standardError }) => standardError > 0);
  return { n: n > 0 ? n : null, margin100: isKnown ? (Z95 * Math.sqrt(variance)) / share : null };
}
