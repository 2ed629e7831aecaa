import type { Bilingual } from './language.ts';

/** What an indicator is: the root, a group of items, a weighted item, or a question beside the index. */
export type IndicatorRole = 'index' | 'factor' | 'item' | 'question';

/** One indicator in one version of the tree; `weight` is the study's own R, 0 for all but items. */
export interface TreeIndicator {
  code: string;
  parent: string | null;
  role: IndicatorRole;
  name: Bilingual;
  weight: number;
}

/** Why a tree cannot be kept. `code` is the indicator at fault, '' for the tree as a whole. */
export type TreeProblem =
  | { kind: 'code-twice' | 'parent-unknown' | 'parent-rates' | 'in-a-ring' | 'weight-bad'; code: string }
  | { kind: 'asked-missing'; code: string }
  | { kind: 'roots' | 'no-weight'; code: '' };

/**
 * What forbids a tree: a code that stands twice, a parent that is not there, rates answers itself or lies below its own
 * child, a weight that is negative or no number, more than one root, no positive weight at all, and an indicator of
 * `asked` (those that a question measures) that was left out. An empty list allows it.
 * Example: a factor whose parent is one of its own items gives `in-a-ring` or `parent-rates`.
 */
export function treeProblems(rows: readonly TreeIndicator[], asked: Iterable<string>): TreeProblem[] {
  const problems: TreeProblem[] = [];
  const byCode = new Map<string, TreeIndicator>();
  for (const row of rows) {
    if (byCode.has(row.code)) problems.push({ kind: 'code-twice', code: row.code });
    byCode.set(row.code, row);
  }
  for (const row of rows) {
    const { code, parent, weight } = row;
    if (!(weight >= 0 && weight < Infinity)) problems.push({ kind: 'weight-bad', code });
    if (parent === null) continue;
    const above = byCode.get(parent);
    if (!above) problems.push({ kind: 'parent-unknown', code });
    else if (above.role === 'item' || above.role === 'question')
      problems.push({ kind: 'parent-rates', code });
    if (isInRing(row, byCode)) problems.push({ kind: 'in-a-ring', code });
  }
  for (const code of asked) if (!byCode.has(code)) problems.push({ kind: 'asked-missing', code });
  if (rows.filter(({ role }) => role === 'index').length > 1) problems.push({ kind: 'roots', code: '' });
  if (!rows.some(({ role, weight }) => role === 'item' && weight > 0))
    problems.push({ kind: 'no-weight', code: '' });
  return problems;
}

function isInRing(row: TreeIndicator, byCode: ReadonlyMap<string, TreeIndicator>): boolean {
  const seen = new Set<string>();
  for (
    let at: TreeIndicator | undefined = row;
    at;
    at = at.parent === null ? undefined : byCode.get(at.parent)
  ) {
    if (seen.has(at.code)) return true;
    seen.add(at.code);
  }
  return false;
}

/**
 * Each item's share of the index, `R / sum R`, by code; what is not an item, and every item of a tree without a
 * positive weight, has 0. Example: items of R 3 and 1 have .75 and .25.
 */
export function weightShares(rows: readonly TreeIndicator[]): Map<string, number> {
  const items = rows.filter(({ role, weight }) => role === 'item' && weight > 0);
  const sum = items.reduce((total, { weight }) => total + weight, 0);
  return new Map(rows.map((row) => [row.code, items.includes(row) ? row.weight / sum : 0]));
}

/** Parents before their children, brothers in the order given; what hangs in a ring stands last. */
export function inTreeOrder<R extends Pick<TreeIndicator, 'code' | 'parent'>>(rows: readonly R[]): R[] {
  const known = new Set(rows.map(({ code }) => code));
  const below = new Map<string | null, R[]>();
  for (const row of rows) {
    const parent = row.parent !== null && known.has(row.parent) ? row.parent : null;
    const list = below.get(parent);
    if (list) list.push(row);
    else below.set(parent, [row]);
  }
  const ordered: R[] = [];
  const add = (row: R) => {
    ordered.push(row);
    for (const child of below.get(row.code) ?? []) add(child);
  };
  for (const root of below.get(null) ?? []) add(root);
  const placed = new Set(ordered);
  return [...ordered, ...rows.filter((row) => !placed.has(row))];
}

/** One indicator that differs between two versions of the tree. Shares are R / sum R. */
export interface TreeChange {
  code: string;
  name: Bilingual;
  kinds: ('added' | 'removed' | 'moved' | 'weight' | 'renamed' | 'role')[];
  before: { parent: string | null; weight: number; share: number } | null;
  after: { parent: string | null; weight: number; share: number } | null;
}

/**
 * What changed from one version of the tree to another: indicators added, removed, hung under another parent, of
 * another role or name, and items whose R or share of the index differs (a share may move although R stayed).
 * Equal versions give an empty list. Shares count as equal to 1e-12.
 */
export function compareTrees(
  before: readonly TreeIndicator[],
  after: readonly TreeIndicator[],
): TreeChange[] {
  const sharesBefore = weightShares(before);
  const sharesAfter = weightShares(after);
  const was = new Map(before.map((row) => [row.code, row]));
  const is = new Map(after.map((row) => [row.code, row]));
  const side = (row: TreeIndicator | undefined, shares: ReadonlyMap<string, number>) =>
    row ? { parent: row.parent, weight: row.weight, share: shares.get(row.code)! } : null;
  const codes = [...is.keys(), ...[...was.keys()].filter((code) => !is.has(code))];
  return codes.flatMap((code): TreeChange[] => {
    const [a, b] = [was.get(code), is.get(code)];
    const [left, right] = [side(a, sharesBefore), side(b, sharesAfter)];
    const kinds: TreeChange['kinds'] = [];
    if (!a) kinds.push('added');
    else if (!b) kinds.push('removed');
    else {
      if (a.parent !== b.parent) kinds.push('moved');
      if (a.role !== b.role) kinds.push('role');
      if (a.name.zh !== b.name.zh || a.name.en !== b.name.en) kinds.push('renamed');
      if (a.weight !== b.weight || Math.abs(left!.share - right!.share) > 1e-12) kinds.push('weight');
    }
    return kinds.length === 0 ? [] : [{ code, name: (b ?? a)!.name, kinds, before: left, after: right }];
  });
}
