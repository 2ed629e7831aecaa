// Who stopped coming: states by month, loss by dealer and adviser, customers at the margin.
import type { LossUnit, MarginCustomer, VisitLoss } from '../../../../shared/calls/lost.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { funnelLimits, funnelOverdispersion, funnelPosition } from '../../../../shared/domain/funnel.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { type PrecisionTier, tierOf } from '../../../../shared/domain/precision.ts';
import { quarterOfMonth } from '../../../../shared/domain/quarter.ts';
import { nodeAt, type ScopeTree } from '../../../../shared/domain/scope-tree.ts';
import {
  countLapsed,
  type LapseCounts,
  type LapseRules,
  type LapseSnapshot,
  lapseAt,
  lapseByMonth,
  lapseState,
  lossRate,
  visitClass,
} from '../../../../shared/domain/visits/lapse.ts';
import { AppError } from '../../../../shared/errors.ts';
import { wilsonInterval } from '../../../../shared/math/proportion.ts';
import type { Context } from '../../context.ts';
import { listDealers } from '../../store/places.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type VisitHistory, visitHistory } from './visit-history.ts';

const MONTHS = 36;
const LISTED = 300;

/** Who stopped coming, below a place, at the end of a month. */
export interface LossScene {
  tree: ScopeTree;
  history: VisitHistory;
  /** By dealer position: its node, that of the dealer which took it over; undefined outside the network. */
  nodes: (number | undefined)[];
  /** By dealer position: 1 where the dealer stands below the chosen place. */
  counts: Uint8Array;
  month: number;
  rules: LapseRules;
  snapshot: LapseSnapshot;
  elsewhere: number;
}

export function getVisitLoss(context: Context, input: CallArguments<'lost.visits'>): VisitLoss {
  const workspace = context.workspace();
  const scene = sceneOf(workspace, input);
  if (!scene) return nothing(input);
  const { history, counts, month, rules, snapshot } = scene;
  const standing = standingDealers(scene);
  const byDealer = countLapsed(
    snapshot,
    snapshot.dealers.map((dealer) => standing[dealer]!),
    rules,
  );
  const byAdviser = countLapsed(snapshot, snapshot.advisers, rules);
  const rate = lossRate(byDealer.total);
  const margin = marginOf(scene);
  return {
    firstMonth: history.firstMonth,
    lastMonth: history.lastMonth,
    month,
    rules,
    months: lapseByMonth(
      history.visits,
      rules,
      Math.max(history.firstMonth, month - MONTHS + 1),
      month,
      counts,
    ),
    total: byDealer.total,
    rate: rate?.rate ?? null,
    n: rate?.n ?? 0,
    dealers: unitsOf(byDealer.units, rate?.rate ?? null, (dealer) => ({
      id: dealerScope(scene, dealer),
      name: dealerName(scene, dealer),
      within: null,
    })),
    advisers: unitsOf(byAdviser.units, rate?.rate ?? null, (adviser) => {
      const { dealer, name } = history.advisers[adviser]!;
      const called = name === '' ? { zh: '未登记顾问', en: 'No adviser recorded' } : { zh: name, en: name };
      return {
        id: `${history.dealerCodes[dealer]} ${name}`,
        name: called,
        within: dealerName(scene, dealer),
      };
    }),
    margin: { total: margin.length, rows: margin.slice(0, LISTED) },
    elsewhere: scene.elsewhere,
  };
}

function nothing({ month = 0, rules }: CallArguments<'lost.visits'>): VisitLoss {
  const total: LapseCounts = {
    states: { active: 0, marginal: 0, lost: 0, permanent: 0 },
    classes: { A: 0, B: 0, C: 0, D: 0 },
  };
  const none = { months: [], total, rate: null, n: 0, dealers: [], advisers: [], elsewhere: 0 };
  return { firstMonth: null, lastMonth: null, month, rules, ...none, margin: { total: 0, rows: [] } };
}

/** What is looked at; null while there are no visits. Throws `scope-unknown`. */
export function sceneOf(workspace: Workspace, input: CallArguments<'lost.visits'>): LossScene | null {
  const tree = workspace.tree(input.scheme);
  const top = tree.byId.get(input.scope);
  if (top === undefined) throw new AppError('scope-unknown', { scope: input.scope });
  const history = visitHistory(workspace);
  if (!history) return null;
  const month = Math.min(input.month ?? history.lastMonth, history.lastMonth);
  const quarter = quarterOfMonth(Math.floor(month / 12), (month % 12) + 1);
  const idOf = new Map(listDealers(workspace.reader).map(({ id, code }) => [code, id]));
  const nodes = history.dealerCodes.map((code) => nodeAt(tree, idOf.get(code) ?? -1, quarter));
  const below = (node: number | undefined) => {
    for (let at = node ?? -1; at >= 0; at = tree.nodes[at]!.parent) if (at === top) return true;
    return top === 0;
  };
  const counts = Uint8Array.from(nodes, (node) => Number(below(node)));
  const whole = lapseAt(history.visits, month);
  const rows = [...whole.customers.keys()].filter((i) => counts[whole.dealers[i]!] === 1);
  const snapshot =
    rows.length === whole.customers.length
      ? whole
      : {
          customers: Uint32Array.from(rows, (i) => whole.customers[i]!),
          since: Uint16Array.from(rows, (i) => whole.since[i]!),
          visits: Uint16Array.from(rows, (i) => whole.visits[i]!),
          dealers: Uint32Array.from(rows, (i) => whole.dealers[i]!),
          advisers: Uint32Array.from(rows, (i) => whole.advisers[i]!),
        };
  const elsewhere = rows.filter((i) => nodes[whole.dealers[i]!] === undefined).length;
  return { tree, history, nodes, counts, month, rules: input.rules, snapshot, elsewhere };
}

/** By dealer position the first one with the same node: a dealer that was taken over counts for its successor. */
function standingDealers({ nodes }: LossScene): Uint32Array {
  const first = new Map<number, number>();
  return Uint32Array.from(nodes, (node, dealer) => {
    if (node === undefined) return dealer;
    if (!first.has(node)) first.set(node, dealer);
    return first.get(node)!;
  });
}

function dealerScope({ tree, nodes, history }: LossScene, dealer: number): string {
  return tree.nodes[nodes[dealer] ?? -1]?.id ?? `dealer:${history.dealerCodes[dealer]}`;
}

function dealerName({ tree, nodes, history }: LossScene, dealer: number): Bilingual {
  const code = history.dealerCodes[dealer]!;
  return tree.nodes[nodes[dealer] ?? -1]?.name ?? { zh: code, en: code };
}

/** Units with a full base come first: the others take part in no ranking. */
const RANKED: Record<PrecisionTier, number> = { full: 0, grey: 1, hidden: 2 };

/** Units by loss rate, the highest first; under funnel limits that widen with a small base. */
function unitsOf(
  counts: ReadonlyMap<number, LapseCounts>,
  overall: number | null,
  describe: (unit: number) => Pick<LossUnit, 'id' | 'name' | 'within'>,
): LossUnit[] {
  const error = (n: number) => Math.sqrt(((overall ?? 0) * (1 - (overall ?? 0))) / n);
  const measured = [...counts].map(([unit, own]) => ({ unit, own, rate: lossRate(own) }));
  const scores = measured.flatMap(({ rate }) =>
    rate && tierOf(rate.n) === 'full' && error(rate.n) > 0 ? [(rate.rate - overall!) / error(rate.n)] : [],
  );
  const spread = funnelOverdispersion(scores);
  return measured
    .map(({ unit, own, rate }): LossUnit => {
      const n = rate?.n ?? 0;
      const tier = tierOf(n);
      const shown = rate !== null && tier !== 'hidden';
      const interval = shown ? wilsonInterval(rate.rate, n) : null;
      const ranked = shown && tier === 'full' && overall !== null;
      return {
        ...describe(unit),
        ...own,
        n,
        tier,
        rate: interval?.share ?? null,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        funnel: ranked ? funnelPosition(rate.rate, funnelLimits(overall, error(n), spread)) : null,
      };
    })
    .sort((a, b) => RANKED[a.tier] - RANKED[b.tier] || (b.rate ?? -1) - (a.rate ?? -1) || b.n - a.n);
}

/** Customers who are marginal, those who just became it first. */
export function marginOf(scene: LossScene): MarginCustomer[] {
  const { snapshot, rules, history } = scene;
  const rows: MarginCustomer[] = [];
  for (let i = 0; i < snapshot.customers.length; i++) {
    if (lapseState(snapshot.since[i]!, rules) !== 'marginal') continue;
    rows.push({
      pseudonym: history.pseudonymOf(snapshot.customers[i]!).slice(0, 12),
      dealer: dealerName(scene, snapshot.dealers[i]!),
      adviser: history.advisers[snapshot.advisers[i]!]!.name,
      since: snapshot.since[i]!,
      visits: snapshot.visits[i]!,
      class: visitClass(snapshot.visits[i]!, rules),
    });
  }
  return rows.sort(
    (a, b) => a.since - b.since || b.visits - a.visits || (a.pseudonym < b.pseudonym ? -1 : 1),
  );
}
