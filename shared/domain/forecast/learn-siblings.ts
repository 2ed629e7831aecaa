import { emptyEvidence, weighSeries } from './mixture.ts';
import { cutWindow, evenlySpread, type PoolSeries, type PoolSettings } from './pool-series.ts';
import {
  activeComponents,
  learnPool,
  type PoolPrior,
  posterior,
  type Vote,
  weightsWithout,
} from './pooling.ts';
import { emptyWindow } from './series-window.ts';

/** A learnt pool cut to the components that matter. */
export interface LearntPool {
  prior: PoolPrior;
  active: Int32Array;
  /** Prior weights of the active components for a series and its window before quarter index `until`. */
  weightsFor: (index: number, until: number) => Float64Array;
}

/** What one window of one series says, and the quarters (indexes) it was cut from: `first` up to `until`, excluded. */
interface WindowVote extends Vote {
  first: number;
  until: number;
  /** Its posterior after the pool was learnt; empty until asked for. */
  share: Float64Array;
}

const NOT_ASKED = new Float64Array(0);

/** Evidence of windows of the pool's series, with whose they are. */
interface Votes {
  votes: Vote[];
  bySeries: Map<number, WindowVote[]>;
}

/** Index of the first of the quarters before `until` that hold `count` observations. */
function firstQuarter(values: Float64Array, until: number, count: number): number {
  let left = count;
  let first = until;
  while (first > 0 && left > 0) {
    first -= 1;
    if (!Number.isNaN(values[first]!)) left -= 1;
  }
  return first;
}

/**
 * Asks every series' latest window; a pool with fewer series than `learnFrom` also asks its own past windows, one a
 * year back at a time. A window counts for the share of its quarters that no later one had.
 */
function collectVotes(
  series: readonly PoolSeries[],
  quarters: readonly number[],
  target: number,
  s: PoolSettings,
): Votes {
  const all = Int32Array.from({ length: s.dictionary.size }, (_, i) => i);
  const window = emptyWindow();
  const out: Votes = { votes: [], bySeries: new Map() };
  const T = quarters.length;
  for (let back = 0; T - back >= 4; back += 4) {
    const room = s.learnFrom - out.votes.length;
    if (room < Math.min(series.length, s.learnFrom)) break;
    for (const index of evenlySpread(series.length, room)) {
      cutWindow(series[index]!, quarters, T - back, target - back, s.historyLength, window);
      if (window.count < (back === 0 ? 2 : 4)) continue;
      const own = out.bySeries.get(index) ?? [];
      const first = firstQuarter(series[index]!.values, T - back, window.count);
      const fresh = Math.min(T - back, own.at(-1)?.first ?? T) - first;
      if (fresh <= 0) continue;
      const evidence = emptyEvidence(s.dictionary.size);
      weighSeries(s.dictionary, window, all, evidence, false);
      const vote = { evidence, count: fresh / (T - back - first), first, until: T - back, share: NOT_ASKED };
      out.votes.push(vote);
      out.bySeries.set(index, [...own, vote]);
    }
  }
  return out;
}

const COVERAGE = 0.995;

/** In pools of many series, where time counts and the prior is well learnt, fewer components. */
const LARGE_POOL = 500;
const LARGE_POOL_COMPONENTS = 32;

/** The weights of some components, made to sum to 1. */
function weightsAt(weights: Float64Array, active: Int32Array): Float64Array {
  let held = 0;
  for (const component of active) held += weights[component]!;
  return Float64Array.from(active, (component) => weights[component]! / held);
}

/** What a vote counts for as far as it speaks of the quarters `first` up to `until`. */
function countWithin(vote: WindowVote, first: number, until: number): number {
  const common = Math.min(vote.until, until) - Math.max(vote.first, first);
  return (vote.count * Math.max(0, common)) / (vote.until - vote.first);
}

function shareOf(vote: WindowVote, prior: PoolPrior): Float64Array {
  if (vote.share === NOT_ASKED) {
    vote.share = new Float64Array(prior.weights.length);
    posterior(vote.evidence, prior, prior.weights, vote.share);
  }
  return vote.share;
}

/**
 * Learns what the series of a pool share. The weights that a window is then explained with leave out what it said
 * itself: a series that is nearly alone in its pool would otherwise confirm itself and look surer than it is.
 */
export function learnSiblings(
  series: readonly PoolSeries[],
  quarters: readonly number[],
  target: number,
  s: PoolSettings,
): LearntPool {
  const { votes, bySeries } = collectVotes(series, quarters, target, s);
  const options = { pseudoCount: s.pseudoCount, iterations: 40, shrinkLevels: s.shrinkLevels };
  const prior = learnPool(votes, s.defaultWeights, options);
  const limit = series.length > LARGE_POOL ? LARGE_POOL_COMPONENTS : prior.weights.length;
  const active = activeComponents(prior.weights, COVERAGE, limit);
  const shared = weightsAt(prior.weights, active);
  const weightsFor = (index: number, until: number): Float64Array => {
    const own = bySeries.get(index);
    if (!own) return shared;
    const first = firstQuarter(series[index]!.values, until, s.historyLength);
    const said = own.flatMap((vote) => {
      const count = countWithin(vote, first, until);
      return count > 0 ? [{ share: shareOf(vote, prior), count }] : [];
    });
    return weightsAt(weightsWithout(prior, votes, said, s.defaultWeights, s.pseudoCount), active);
  };
  return { prior, active, weightsFor };
}
