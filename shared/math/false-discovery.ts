/**
 * Adjusted p values that control the false-discovery rate: rejecting where the adjusted value is at most q keeps the
 * expected share of false rejections at or below q (Benjamini & Hochberg 1995, step-up, monotone).
 * Order is kept; an empty list gives an empty list. Throws on a p outside 0-1.
 * Example: (.008, .03, .123, .6, .2) -> (.04, .075, .205, .6, .25).
 */
export function adjustFalseDiscovery(p: readonly number[]): number[] {
  for (const value of p)
    if (!(value >= 0 && value <= 1)) throw new RangeError(`adjustFalseDiscovery: p ${value}`);
  const order = p.map((_, i) => i).sort((a, b) => p[b]! - p[a]!);
  const adjusted = new Array<number>(p.length);
  let lowest = 1;
  order.forEach((index, fromTop) => {
    lowest = Math.min(lowest, (p[index]! * p.length) / (p.length - fromTop));
    adjusted[index] = lowest;
  });
  return adjusted;
}

/**
 * Which nodes of a tree are rejected when a family of siblings is only tested if their parent was rejected, each
 * family by Benjamini-Hochberg at `q` (Yekutieli 2008, level-restricted procedure). `parents[i]` is the index of the
 * parent, smaller than i, or -1 for a root; roots form one family. The false-discovery rate over the whole tree is
 * then at most about 2.88 q, and at most q within each family that is tested.
 * A NaN p is a node without a test: it is never rejected and closes its branch. Throws when a parent follows its child.
 * Example: `rejectDownTree([.001, .6, .01], [-1, 0, 0], .05)` is [true, false, true].
 */
export function rejectDownTree(p: readonly number[], parents: readonly number[], q: number): boolean[] {
  const rejected = new Array<boolean>(p.length).fill(false);
  const families = new Map<number, number[]>();
  p.forEach((value, i) => {
    const parent = parents[i]!;
    if (parent >= i) throw new RangeError(`rejectDownTree: parent ${parent} of node ${i}`);
    if (Number.isNaN(value)) return;
    const family = families.get(parent);
    if (family) family.push(i);
    else families.set(parent, [i]);
  });
  for (const parent of [...families.keys()].sort((a, b) => a - b)) {
    if (parent >= 0 && !rejected[parent]) continue;
    const family = families.get(parent)!;
    const adjusted = adjustFalseDiscovery(family.map((i) => p[i]!));
    family.forEach((node, i) => {
      rejected[node] = adjusted[i]! <= q;
    });
  }
  return rejected;
}
