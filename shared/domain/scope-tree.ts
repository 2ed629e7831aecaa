import type { Bilingual } from './language.ts';
import { OVERALL, type ScopeNode, scopeId } from './scope.ts';

/** A city under a region scheme; `region` is absent where the scheme does not place it. */
export interface PlacedCity {
  id: number;
  code: string;
  name: Bilingual;
  province: { code: string; name: Bilingual };
  region?: { code: string; name: Bilingual };
}

/** A dealer of a city. `pooled` ones stand for a city's answers without a dealer and have no node of their own. */
export interface PlacedDealer {
  id: number;
  code: string;
  name: Bilingual;
  cityId: number;
  pooled: boolean;
}

/** The tree of scopes, parents before children, and where each dealer's answers go. */
export interface ScopeTree {
  nodes: ScopeNode[];
  byId: Map<string, number>;
  nodeOfDealer: Map<number, number>;
  children: number[][];
}

/**
 * Builds overall > region > province > city > dealer. A city that the scheme does not place hangs under its
 * province directly below the whole. A province that a scheme divides stands under each of its regions; the first
 * keeps the plain address, the others carry the region: `province:44/south`.
 */
export function buildScopeTree(
  cities: readonly PlacedCity[],
  dealers: readonly PlacedDealer[],
  overallName: Bilingual,
): ScopeTree {
  const nodes: ScopeNode[] = [{ id: OVERALL, level: 'overall', name: overallName, parent: -1 }];
  const byId = new Map<string, number>([[OVERALL, 0]]);
  const add = (node: ScopeNode): number => {
    nodes.push(node);
    byId.set(node.id, nodes.length - 1);
    return nodes.length - 1;
  };
  const regionAt = new Map<string, number>();
  const provinceAt = new Map<string, number>();
  const cityAt = new Map<number, number>();
  const used = new Set(dealers.map((dealer) => dealer.cityId));
  const kept = cities.filter((city) => used.has(city.id));
  for (const { region } of kept)
    if (region && !regionAt.has(region.code))
      regionAt.set(
        region.code,
        add({ id: scopeId('region', region.code), level: 'region', name: region.name, parent: 0 }),
      );
  for (const { region, province } of kept) {
    const key = `${region?.code ?? ''}\n${province.code}`;
    if (provinceAt.has(key)) continue;
    const plain = scopeId('province', province.code);
    const id = byId.has(plain) ? `${plain}/${region?.code ?? '-'}` : plain;
    const parent = region ? regionAt.get(region.code)! : 0;
    provinceAt.set(key, add({ id, level: 'province', name: province.name, parent }));
  }
  for (const city of kept) {
    const parent = provinceAt.get(`${city.region?.code ?? ''}\n${city.province.code}`)!;
    cityAt.set(city.id, add({ id: scopeId('city', city.code), level: 'city', name: city.name, parent }));
  }
  const nodeOfDealer = new Map<number, number>();
  for (const dealer of dealers) {
    const parent = cityAt.get(dealer.cityId);
    if (parent === undefined) continue;
    const own = { id: scopeId('dealer', dealer.code), level: 'dealer' as const, name: dealer.name, parent };
    nodeOfDealer.set(dealer.id, dealer.pooled ? parent : add(own));
  }
  const children: number[][] = nodes.map(() => []);
  for (let i = 1; i < nodes.length; i++) children[nodes[i]!.parent]!.push(i);
  return { nodes, byId, nodeOfDealer, children };
}

/** The chain from the whole to a node, both included. */
export function pathTo(tree: ScopeTree, node: number): ScopeNode[] {
  const chain: ScopeNode[] = [];
  for (let at = node; at >= 0; at = tree.nodes[at]!.parent) chain.unshift(tree.nodes[at]!);
  return chain;
}
