import { describe, expect, it } from 'vitest';
import {
  codeText,
  comesAfter,
  depthOf,
  freeCode,
  hasRenamed,
  moved,
  nextVersion,
  possibleParents,
  type TreeRow,
  twiceGiven,
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

  it('stands after the versions before it, also as a mapping; one that nobody imported yet is the newest', () => {
    const versions = ['2023', '2025'];
    expect(comesAfter(versions, '2025', '2023')).toBe(false);
    expect(comesAfter(versions, '2023', '2025')).toBe(true);
    expect(comesAfter(versions, '2025', '2025')).toBe(true);
    expect(comesAfter(versions, '2025', '2026')).toBe(true);
    expect(comesAfter(versions, '2025', undefined)).toBe(false);
  });

  it('names a code that stands twice, and none that is still empty', () => {
    expect(twiceGiven(['1', '2', ' 1 '])).toBe('1');
    expect(twiceGiven(['1', '', '2', ''])).toBeNull();
  });

  it('shows an answer that is its own code once', () => {
    expect([codeText('1', '男'), codeText('男', '男')]).toEqual(['1 男', '男']);
  });
});

describe('a name that changed', () => {
  const before = [row('A', 'item', null), row('B', 'item', null)];
  const called = (code: string, zh: string): TreeRow => ({
    ...row(code, 'item', null),
    name: { zh, en: code },
  });

  it('is told from indicators that were added or dropped', () => {
    const [a, b] = before as [TreeRow, TreeRow];
    expect(hasRenamed(before, [a, b, called('C', '新')])).toBe(false);
    expect(hasRenamed(before, [a])).toBe(false);
    expect(hasRenamed(before, [a, called('B', '新名')])).toBe(true);
  });
});
