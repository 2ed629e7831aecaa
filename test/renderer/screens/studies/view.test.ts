import { describe, expect, it } from 'vitest';
import {
  depthOf,
  freeCode,
  moved,
  nextVersion,
  possibleParents,
  type TreeRow,
  versionLabel,
  withWeights,
} from '../../../../renderer/screens/studies/view.ts';
import { say } from '../../../../renderer/text/both.ts';
import { studiesText } from '../../../../renderer/text/studies.ts';
import { quarterOf } from '../../../../shared/domain/quarter.ts';

const row = (code: string, role: TreeRow['role'], parent: string | null): TreeRow => ({
  code,
  role,
  parent,
  name: { zh: code, en: code },
  weight: role === 'item' ? 1 : 0,
  asked: false,
});
const TREE = [
  row('CSI', 'index', null),
  row('F', 'factor', 'CSI'),
  row('A', 'item', 'F'),
  row('B', 'item', 'F'),
  row('G', 'factor', 'CSI'),
  row('C', 'item', 'G'),
];
const codes = (rows: readonly TreeRow[]) => rows.map(({ code }) => code).join(' ');

describe('the tree while it is edited', () => {
  it('moves a row among its brothers alone', () => {
    expect(codes(moved(TREE, 'A', 1))).toBe('CSI F B A G C');
    expect(codes(moved(TREE, 'F', 1))).toBe('CSI G A B F C');
    expect(codes(moved(TREE, 'A', -1))).toBe(codes(TREE));
    expect(codes(moved(TREE, 'none', 1))).toBe(codes(TREE));
  });

  it('offers groups and the index as parents, but no row its own line', () => {
    expect(codes(possibleParents(TREE, TREE[2]!))).toBe('CSI F G');
    expect(codes(possibleParents(TREE, TREE[1]!))).toBe('CSI G');
  });

  it('knows how deep a row stands and finds a code that is free', () => {
    expect(TREE.map((one) => depthOf(TREE, one))).toEqual([0, 1, 2, 2, 1, 2]);
    expect(freeCode([...TREE, row('G1', 'factor', null)], 'G')).toBe('G2');
  });

  it('takes weights for items only', () => {
    const weighted = withWeights(
      TREE,
      new Map([
        ['A', 4],
        ['F', 9],
      ]),
    );
    expect(weighted.map(({ weight }) => weight)).toEqual([0, 0, 4, 1, 0, 1]);
  });
});

describe('a questionnaire version', () => {
  it('is followed by the next year, or by a second of its name', () => {
    expect([nextVersion('2025'), nextVersion('A')]).toEqual(['2026', 'A-2']);
  });

  it('is shown with the quarters it was in the field', () => {
    const text = say(studiesText, 'en');
    const info = { id: 1, version: '2025', items: 3, attributes: 0 };
    const span = { firstQuarter: quarterOf(2025, 1), lastQuarter: quarterOf(2025, 4) };
    expect(versionLabel({ ...info, ...span }, text)).toBe('2025 (2025Q1–2025Q4)');
    expect(versionLabel({ ...info, firstQuarter: null, lastQuarter: null }, text)).toBe('2025 (no data)');
  });
});
