// Finds areas and indicators of a plan by address, code or name, as files write them.
import type { ScopeTree } from '../../../../shared/domain/scope-tree.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** The node of a scope; throws `scope-unknown`. */
export function placeNode(tree: ScopeTree, scope: string): number {
  const node = tree.byId.get(scope);
  if (node === undefined) throw new AppError('scope-unknown', { scope });
  return node;
}

/** Endings that people leave out of the names of provinces and cities, the longest first. */
const ENDINGS = /(维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区|省|市)$/;

const plain = (name: string) => name.trim().replace(ENDINGS, '').toLowerCase();

/** Area by address, code, or name in either language, with or without the province's ending; null when unknown. */
export function areaFinder(tree: ScopeTree, nodes: readonly number[]): (text: string) => string | null {
  const known = new Map<string, string>();
  for (const node of nodes) {
    const { id, name } = tree.nodes[node]!;
    for (const key of [id, id.slice(id.indexOf(':') + 1), name.zh, name.en]) known.set(plain(key), id);
  }
  return (text) => known.get(plain(text)) ?? null;
}

/** Indicator by code or name in either language; null when unknown. */
export function indicatorFinder(workspace: Workspace): (text: string) => string | null {
  const known = new Map<string, string>();
  for (const { code, nameZh, nameEn } of workspace.indicators().rows)
    for (const key of [nameEn, nameZh, code]) known.set(key.trim().toLowerCase(), code);
  return (text) => known.get(text.trim().toLowerCase()) ?? null;
}
