/**
 * One cell of a published tree: parents stand before children, `parent` is an index into the same array, -1 for a
 * root. `nEff` is its effective base size; a cell with base 0 is shown as empty and gives nothing away. `hidden` is
 * true of one that stays hidden for a reason outside the tree, whatever its base: it needs protection as a small one
 * does, and protects others with the base it has.
 */
export interface SuppressionNode {
  parent: number;
  nEff: number;
  hidden?: boolean;
}

/** Why a cell is not shown: its own base is too small, or showing it would give a small one away. */
export type Suppression = 'too-small' | 'protects-another';

function childrenOf(nodes: readonly SuppressionNode[]): number[][] {
  const children: number[][] = nodes.map(() => []);
  nodes.forEach((node, i) => {
    if (node.parent >= i) throw new RangeError(`suppress: node ${i} stands before its parent ${node.parent}`);
    if (node.parent >= 0 && node.nEff > 0) children[node.parent]!.push(i);
  });
  return children;
}

/**
 * Complementary suppression on one tree of totals. A cell below `least` is hidden; and because its parent is the sum
 * of all children, further siblings are hidden, smallest first, until the hidden ones together hold at least `least`
 * and are at least two. A parent that is hidden keeps at least one hidden child, or the children would add up to it.
 * Where the siblings cannot protect a cell (all are hidden, or it is the only child) the parent's figure gives
 * nothing more away than a base of at least `least`, or the parent is itself hidden.
 * Returns the reason by cell, `undefined` where the cell is shown. Throws when a child stands before its parent.
 * Example: total 100 of 5, 25 and 70 at `least` 10 hides the 5 (too small) and the 25 (protects another).
 */
export function suppress(nodes: readonly SuppressionNode[], least: number): (Suppression | undefined)[] {
  const children = childrenOf(nodes);
  const hidden = nodes.map(({ nEff, hidden }): Suppression | undefined => {
    if (nEff === 0) return undefined;
    return nEff < least ? 'too-small' : hidden ? 'protects-another' : undefined;
  });
  // Parents first: a parent hidden for a sibling's sake passes the duty on to its children.
  nodes.forEach((_, parent) => {
    const group = children[parent]!;
    if (group.length === 0) return;
    const inside = group.filter((i) => hidden[i] !== undefined);
    const wanted = hidden[parent] === undefined ? 2 : 1;
    if (inside.length === 0 && hidden[parent] === undefined) return;
    let count = inside.length;
    let base = inside.reduce((sum, i) => sum + nodes[i]!.nEff, 0);
    const candidates = group
      .filter((i) => hidden[i] === undefined)
      .sort((a, b) => nodes[a]!.nEff - nodes[b]!.nEff);
    for (const i of candidates) {
      if (count >= wanted && base >= least) break;
      hidden[i] = 'protects-another';
      count++;
      base += nodes[i]!.nEff;
    }
  });
  return hidden;
}
