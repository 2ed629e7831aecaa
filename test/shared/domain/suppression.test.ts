import { describe, expect, it } from 'vitest';
import { type SuppressionNode, suppress } from '../../../shared/domain/suppression.ts';

/** The hidden cells whose value follows from the shown ones and the sums, by elimination over the unknowns. */
function recoverable(nodes: readonly SuppressionNode[], hidden: readonly (string | undefined)[]): number[] {
  const unknown = nodes.flatMap((node, i) => (hidden[i] && node.nEff > 0 ? [i] : []));
  const rows: number[][] = [];
  nodes.forEach((node, parent) => {
    const group = nodes.flatMap((child, i) => (child.parent === parent && child.nEff > 0 ? [i] : []));
    if (group.length === 0 || node.nEff === 0) return;
    rows.push(unknown.map((u) => (u === parent ? -1 : group.includes(u) ? 1 : 0)));
  });
  let rank = 0;
  for (let column = 0; column < unknown.length; column++) {
    const pivot = rows.findIndex((row, r) => r >= rank && Math.abs(row[column]!) > 1e-9);
    if (pivot < 0) continue;
    [rows[rank], rows[pivot]] = [rows[pivot]!, rows[rank]!];
    const lead = rows[rank]!;
    const scale = lead[column]!;
    for (let j = 0; j < lead.length; j++) lead[j]! /= scale;
    rows.forEach((row, r) => {
      if (r === rank) return;
      const factor = row[column]!;
      for (let j = 0; j < row.length; j++) row[j]! -= factor * lead[j]!;
    });
    rank += 1;
  }
  return rows.flatMap((row) => {
    const involved = row.flatMap((value, j) => (Math.abs(value) > 1e-9 ? [unknown[j]!] : []));
    return involved.length === 1 ? involved : [];
  });
}

describe('suppress', () => {
  it('hides the small cell and the smallest sibling that protects it', () => {
    const tree = [
      { parent: -1, nEff: 100 },
      { parent: 0, nEff: 5 },
      { parent: 0, nEff: 25 },
      { parent: 0, nEff: 70 },
    ];
    expect(suppress(tree, 10)).toEqual([undefined, 'too-small', 'protects-another', undefined]);
  });

  it('hides nothing when every cell is large or empty', () => {
    const tree = [
      { parent: -1, nEff: 60 },
      { parent: 0, nEff: 30 },
      { parent: 0, nEff: 0 },
      { parent: 0, nEff: 30 },
    ];
    expect(suppress(tree, 10).every((reason) => reason === undefined)).toBe(true);
  });

  it('hides a third cell while the hidden two are together still too small', () => {
    const tree = [
      { parent: -1, nEff: 90 },
      { parent: 0, nEff: 3 },
      { parent: 0, nEff: 4 },
      { parent: 0, nEff: 20 },
      { parent: 0, nEff: 63 },
    ];
    expect(suppress(tree, 10)).toEqual([undefined, 'too-small', 'too-small', 'protects-another', undefined]);
  });

  it('passes the duty to hide on to the children of a protecting parent', () => {
    const tree = [
      { parent: -1, nEff: 60 },
      { parent: 0, nEff: 5 },
      { parent: 0, nEff: 55 },
      { parent: 2, nEff: 15 },
      { parent: 2, nEff: 40 },
    ];
    expect(suppress(tree, 10)).toEqual([
      undefined,
      'too-small',
      'protects-another',
      'protects-another',
      undefined,
    ]);
  });

  it('leaves no small cell recoverable by adding and subtracting, on 300 trees', () => {
    let state = 7;
    const draw = (limit: number) => {
      state = (state * 48271) % 2147483647;
      return state % limit;
    };
    let hiddenCells = 0;
    for (let trial = 0; trial < 300; trial++) {
      const parents = [-1];
      for (let i = 1; i < 22; i++) parents.push(i < 5 ? 0 : draw(Math.min(i, 9)));
      const nEff = parents.map(() => 0);
      for (let i = parents.length - 1; i >= 0; i--) {
        const leaf = !parents.includes(i);
        if (leaf) nEff[i] = draw(4) === 0 ? draw(10) : 10 + draw(80);
        if (i > 0) nEff[parents[i]!]! += nEff[i]!;
      }
      const tree = parents.map((parent, i) => ({ parent, nEff: nEff[i]! }));
      const hidden = suppress(tree, 10);
      const exposed = recoverable(tree, hidden).filter((i) => tree[i]!.nEff < 10);
      expect(exposed, JSON.stringify(tree)).toEqual([]);
      hiddenCells += hidden.filter(Boolean).length;
    }
    expect(hiddenCells).toBeGreaterThan(300);
  });

  it('sees a single hidden cell as recoverable, so that the check above can fail', () => {
    const tree = [
      { parent: -1, nEff: 30 },
      { parent: 0, nEff: 5 },
      { parent: 0, nEff: 25 },
    ];
    expect(recoverable(tree, [undefined, 'too-small', undefined])).toEqual([1]);
  });

  it('refuses a child before its parent', () => {
    expect(() => suppress([{ parent: 0, nEff: 1 }], 10)).toThrow('before its parent');
  });
});
