// Figures on a sample must not give away what the figures of everybody hide: neither what is hidden there, nor the few
// who are not in the sample (everybody less the sample), nor a hidden item through a second set of weights.
import { nEffOf } from '../../../../shared/domain/cell.ts';
import type { FigureGroup } from '../../../../shared/domain/hidden-figures.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import type { ChannelCube } from '../workspace/workspace.ts';

/** A figure by its code and the items it is made of. */
export interface FigureItems {
  code: string;
  items: readonly number[];
}

interface Guarded {
  figures: readonly FigureItems[];
  groups: readonly FigureGroup[];
  /** Effective base by figure and node; lowered in place. */
  bases: readonly Float64Array[];
  quarter: Quarter;
  own: ChannelCube;
  whole: ChannelCube;
}

/** Lowers the bases of what must not be shown below the least base, so that its neighbours are protected as well. */
export function guardBases(
  { figures, groups, bases, quarter, own, whole }: Guarded,
  hiddenInWhole: ReadonlyMap<string, Uint8Array>,
): void {
  const small = own.tiers.greyFrom / 2;
  figures.forEach(({ code, items }, f) => {
    const hidden = hiddenInWhole.get(code);
    const rest = restBases(items, { own, whole, quarter });
    const base = bases[f]!;
    for (let node = 0; node < base.length; node++) {
      if (rest[node]! > 0) base[node] = Math.min(base[node]!, rest[node]!);
      if (hidden?.[node] === 1) base[node] = Math.min(base[node]!, small);
    }
  });
  if (own.basis.weightSet === null) return;
  for (const { whole: sum, parts } of groups)
    for (const part of parts) {
      const hidden = hiddenInWhole.get(figures[part]!.code);
      hidden?.forEach((flag, node) => {
        if (flag === 1) bases[sum]![node] = Math.min(bases[sum]![node]!, small);
      });
    }
}

/** The base of those who are not in the sample, by node, as `ScoreCube.bases` counts it; 0 where all of them are. */
function restBases(
  items: readonly number[],
  { own, whole, quarter }: Pick<Guarded, 'own' | 'whole' | 'quarter'>,
): Float64Array {
  const rest = new Float64Array(own.cube.parents.length);
  if (own.basis.filter === null) return rest;
  for (const item of items) {
    const { code } = own.cube.items[item]!;
    const same = whole.cube.items.findIndex((one) => one.code === code);
    for (let node = 0; node < rest.length; node++) {
      const all = whole.cube.cell(node, same, quarter);
      const part = own.cube.cell(node, item, quarter);
      const n = all.n - part.n;
      if (n <= 0) continue;
      const left = { ...all, n, sumW: all.sumW - part.sumW, sumW2: all.sumW2 - part.sumW2 };
      rest[node] = Math.max(rest[node]!, own.basis.weighting === null ? nEffOf(left) : n);
    }
  }
  return rest;
}
