import { describe, expect, it } from 'vitest';
import {
  compareTrees,
  inTreeOrder,
  type TreeIndicator,
  treeProblems,
  weightShares,
} from '../../../shared/domain/indicator-tree.ts';

const row = (
  code: string,
  role: TreeIndicator['role'],
  parent: string | null,
  weight = 0,
): TreeIndicator => ({ code, role, parent, weight, name: { zh: code, en: code } });

const TREE = [
  row('CSI', 'index', null),
  row('F', 'factor', 'CSI'),
  row('A', 'item', 'F', 3),
  row('B', 'item', 'F', 1),
  row('Q', 'question', null),
];
const problems = (rows: TreeIndicator[], asked: string[] = []) =>
  treeProblems(rows, asked).map(({ kind, code }) => `${kind} ${code}`.trim());

describe('an indicator tree', () => {
  it('that stands is allowed', () => {
    expect(problems(TREE, ['A', 'B', 'Q'])).toEqual([]);
  });

  it('names every fault with its indicator', () => {
    expect(problems([...TREE, row('A', 'item', 'F', 1)])).toEqual(['code-twice A']);
    expect(problems([...TREE, row('C', 'item', 'X', 1)])).toEqual(['parent-unknown C']);
    expect(problems([...TREE, row('C', 'item', 'A', 1)])).toEqual(['parent-rates C']);
    expect(problems([...TREE, row('C', 'item', 'F', -1)])).toEqual(['weight-bad C']);
    expect(problems([...TREE, row('C', 'item', 'F', Number.NaN)])).toEqual(['weight-bad C']);
    expect(problems([...TREE, row('CSI2', 'index', null)])).toEqual(['roots']);
    expect(problems(TREE.map((one) => ({ ...one, weight: 0 })))).toEqual(['no-weight']);
    expect(problems(TREE, ['Z'])).toEqual(['asked-missing Z']);
    const ring = [...TREE, row('X', 'factor', 'Y'), row('Y', 'factor', 'X')];
    expect(problems(ring)).toEqual(['in-a-ring X', 'in-a-ring Y']);
  });

  it('shares the index among its items by R', () => {
    expect([...weightShares(TREE)]).toEqual([
      ['CSI', 0],
      ['F', 0],
      ['A', 0.75],
      ['B', 0.25],
      ['Q', 0],
    ]);
    expect(weightShares([row('A', 'item', null)]).get('A')).toBe(0);
  });

  it('is put in order with parents first', () => {
    const [csi, f, a, b, q] = TREE as [
      TreeIndicator,
      TreeIndicator,
      TreeIndicator,
      TreeIndicator,
      TreeIndicator,
    ];
    expect(inTreeOrder([b, a, q, f, csi]).map(({ code }) => code)).toEqual(['Q', 'CSI', 'F', 'B', 'A']);
  });

  it('differs from another by what was added, removed, moved, renamed and weighted anew', () => {
    const after = [
      TREE[0]!,
      TREE[1]!,
      row('G', 'factor', 'CSI'),
      row('A', 'item', 'G', 3),
      { ...row('B', 'item', 'F', 3), name: { zh: '新', en: 'new' } },
    ];
    expect(compareTrees(TREE, after).map(({ code, kinds }) => [code, kinds])).toEqual([
      ['G', ['added']],
      ['A', ['moved', 'weight']],
      ['B', ['renamed', 'weight']],
      ['Q', ['removed']],
    ]);
    expect(compareTrees(TREE, TREE)).toEqual([]);
    expect(compareTrees(TREE, after)[1]!.after).toEqual({ parent: 'G', weight: 3, share: 0.5 });
  });
});
