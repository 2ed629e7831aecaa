import type { Bilingual } from './language.ts';
import type { Quarter } from './quarter.ts';
import { codeOf, OVERALL, type ScopeNode, scopeId } from './scope.ts';

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
  /** Where it stood before quarter `before`, oldest first; only for a view of places as they were. */
  former?: readonly { before: Quarter; cityId: number }[];
  /** Dealer that took this one over: from quarter `from`, or with all its past where there is no `from`. */
  successor?: { id: number; from?: Quarter };
}

/** The tree of scopes, parents before children, and where each dealer's answers go. */
export interface ScopeTree {
  nodes: ScopeNode[];
  byId: Map<string, number>;
  /** Where a dealer's answers go today, or always where `formerNodes` says nothing. */
  nodeOfDealer: Map<number, number>;
  /** Where the answers before a quarter go, oldest first. */
  formerNodes: Map<number, { before: Quarter; node: number }[]>;
  children: number[][];
}

/** The node that a dealer's answers of a quarter go to; `undefined` for a dealer that the tree does not place. */
export function nodeAt(tree: ScopeTree, dealer: number, quarter: Quarter): number | undefined {
  if (tree.formerNodes.size === 0) return tree.nodeOfDealer.get(dealer);
  const former = tree.formerNodes.get(dealer)?.find(({ before }) => quarter < before);
  return former ? former.node : tree.nodeOfDealer.get(dealer);
}

/**
 * Builds overall > region > province > city > dealer. A city that the scheme does not place hangs under its
 * province directly below the whole. A province that a scheme divides stands under each of its regions; the first
 * keeps the plain address, the others carry the region: `province:44/south`. So does a city that is given more than
 * once, in its present place first and then where it stood before, and a dealer's former node carries its city:
 * `dealer:D01/4401`. A dealer that another one took over has no node where all its past counts for that other.
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
  const cityAt = placeCities(usedCities(cities, dealers), { add, byId });
  const tree = { nodes, byId, nodeOfDealer: new Map<number, number>(), formerNodes: new Map(), children: [] };
  placeDealers(dealers, cityAt, tree, add);
  const children: number[][] = nodes.map(() => []);
  for (let i = 1; i < nodes.length; i++) children[nodes[i]!.parent]!.push(i);
  return { ...tree, children };
}

function usedCities(cities: readonly PlacedCity[], dealers: readonly PlacedDealer[]): PlacedCity[] {
  const used = new Set<number>();
  for (const { cityId, successor, former } of dealers) {
    if (!successor) used.add(cityId);
    for (const stay of former ?? []) used.add(stay.cityId);
  }
  return cities.filter((city) => used.has(city.id));
}

function placeCities(
  kept: readonly PlacedCity[],
  { add, byId }: { add: (node: ScopeNode) => number; byId: ReadonlyMap<string, number> },
): Map<number, number> {
  const regionAt = new Map<string, number>();
  const provinceAt = new Map<string, number>();
  const cityAt = new Map<number, number>();
  const free = (plain: string, region: PlacedCity['region']) =>
    byId.has(plain) ? `${plain}/${region?.code ?? '-'}` : plain;
  for (const { region } of kept)
    if (region && !regionAt.has(region.code))
      regionAt.set(
        region.code,
        add({ id: scopeId('region', region.code), level: 'region', name: region.name, parent: 0 }),
      );
  for (const { region, province } of kept) {
    const key = `${region?.code ?? ''}\n${province.code}`;
    if (provinceAt.has(key)) continue;
    const id = free(scopeId('province', province.code), region);
    const parent = region ? regionAt.get(region.code)! : 0;
    provinceAt.set(key, add({ id, level: 'province', name: province.name, parent }));
  }
  for (const city of kept) {
    const parent = provinceAt.get(`${city.region?.code ?? ''}\n${city.province.code}`)!;
    const id = free(scopeId('city', city.code), city.region);
    cityAt.set(city.id, add({ id, level: 'city', name: city.name, parent }));
  }
  return cityAt;
}

function placeDealers(
  dealers: readonly PlacedDealer[],
  cityAt: ReadonlyMap<number, number>,
  tree: Pick<ScopeTree, 'nodes' | 'nodeOfDealer' | 'formerNodes'>,
  add: (node: ScopeNode) => number,
): void {
  for (const dealer of dealers) {
    const parent = cityAt.get(dealer.cityId);
    if (parent === undefined || dealer.successor) continue;
    const id = scopeId('dealer', dealer.code);
    tree.nodeOfDealer.set(
      dealer.id,
      dealer.pooled ? parent : add({ id, level: 'dealer', name: dealer.name, parent }),
    );
  }
  for (const dealer of dealers)
    if (dealer.former) {
      const stays = dealer.former.map(({ before, cityId }) => {
        const parent = cityAt.get(cityId)!;
        const id = `${scopeId('dealer', dealer.code)}/${codeOf(tree.nodes[parent]!.id)}`;
        const node = { id, level: 'dealer' as const, name: formerName(dealer, tree.nodes[parent]!), parent };
        return { before, node: dealer.pooled ? parent : add(node) };
      });
      tree.formerNodes.set(dealer.id, stays);
    }
  followSuccessors(dealers, tree);
}

function formerName({ name }: PlacedDealer, city: ScopeNode): Bilingual {
  return { zh: `${name.zh}（原在${city.name.zh}）`, en: `${name.en} (then in ${city.name.en})` };
}

/** What was taken over counts for the one that took it; the end of a line of successors is placed first. */
function followSuccessors(
  dealers: readonly PlacedDealer[],
  { nodeOfDealer, formerNodes }: Pick<ScopeTree, 'nodeOfDealer' | 'formerNodes'>,
): void {
  const waiting = new Map(dealers.flatMap((one) => (one.successor ? [[one.id, one] as const] : [])));
  const place = ({ id, successor }: PlacedDealer): void => {
    waiting.delete(id);
    const { id: next, from } = successor!;
    const before = waiting.get(next);
    if (before) place(before);
    const end = nodeOfDealer.get(next);
    if (end !== undefined) nodeOfDealer.set(id, end);
    if (from === undefined) return;
    const own = (formerNodes.get(id) ?? []).filter((stay) => stay.before <= from);
    const later = (formerNodes.get(next) ?? []).filter((stay) => stay.before > from);
    formerNodes.set(id, [...own, ...later]);
  };
  for (const dealer of dealers) if (waiting.has(dealer.id)) place(dealer);
}

/** The chain from the whole down to a node, both included; empty for a negative node. Example: of a city: whole, region, province, city. */
export function pathTo(tree: ScopeTree, node: number): ScopeNode[] {
  const chain: ScopeNode[] = [];
  for (let at = node; at >= 0; at = tree.nodes[at]!.parent) chain.unshift(tree.nodes[at]!);
  return chain;
}
