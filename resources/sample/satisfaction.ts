/* How satisfied the customers of each dealer truly are, item by item and quarter by quarter, on 0-100. */
import { type Quarter, quarterNumber } from '../../shared/domain/quarter.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';
import { ITEM_WEIGHTS } from './indicators.ts';
import type { SampleDealer } from './network.ts';
import { plantedPoints } from './planted.ts';
import { stream } from './streams.ts';

/** How a channel sees the same customers: its level, how wide it spreads dealers, what only it sees. */
const VIEWS: Record<Channel, { level: number; spread: number; dealerSd: number }> = {
  'third-party': { level: 79, spread: 1, dealerSd: 1.8 },
  'in-house': { level: 83, spread: 0.8, dealerSd: 1.8 },
  'lost-customer': { level: 57, spread: 1.2, dealerSd: 3 },
  'lost-sale': { level: 63, spread: 1, dealerSd: 3 },
};

const TREND_PER_QUARTER = 0.12;
const SEASON = [-0.8, 0.2, -0.1, 0.7];
const REGION_SD = 1.5;
const PROVINCE_SD = 1.8;
const CITY_SD = 1;
const DEALER_SD = 3;
const DEALER_ITEM_SD = 1.5;
const REGION_ITEM_SD = 0.7;
const NATION_SHOCK = { sd: 0.35, carry: 0.6 };
const DEALER_SHOCK = { sd: 1, carry: 0.5 };

export interface Satisfaction {
  /** Mean of a channel's customers; `OSAT` follows the items, half a point above their weighted mean. */
  mean(channel: Channel, dealer: SampleDealer, quarter: Quarter, indicator: string): number;
  /** True where the dealer's province is in the better half, weighted by dealers. */
  isBetterHalf(dealer: SampleDealer): boolean;
}

export function makeSatisfaction(seed: number, network: SampleDealer[], first: Quarter): Satisfaction {
  const fixed = once((...names: string[]) => stream(seed, ...names).normal());
  const nation = shocks(seed, 'nation', NATION_SHOCK, first);
  const ofDealer = new Map(network.map((d) => [d.code, shocks(seed, d.code, DEALER_SHOCK, first)]));
  const better = betterProvinces(network, (d) => placeEffect(d));

  function placeEffect(d: SampleDealer): number {
    return REGION_SD * fixed('region', d.region) + PROVINCE_SD * fixed('province', d.city.provinceCode);
  }
  function item(channel: Channel, d: SampleDealer, quarter: Quarter, code: string): number {
    const view = VIEWS[channel];
    const deviation =
      placeEffect(d) +
      CITY_SD * fixed('city', d.city.code) +
      DEALER_SD * fixed('dealer', d.code) +
      DEALER_ITEM_SD * fixed('dealer', d.code, code) +
      REGION_ITEM_SD * fixed('region', d.region, code) +
      2.5 * fixed('item', code) +
      TREND_PER_QUARTER * (quarter - first) +
      SEASON[quarterNumber(quarter) - 1]! +
      nation(quarter) +
      ofDealer.get(d.code)!(quarter);
    const own = view.dealerSd * fixed(channel, d.code) + 1.5 * fixed(channel, 'item', code);
    return view.level + view.spread * deviation + own + plantedPoints(channel, d, quarter, code);
  }
  function mean(channel: Channel, d: SampleDealer, quarter: Quarter, code: string): number {
    if (code !== 'OSAT') return bounded(item(channel, d, quarter, code));
    let sum = 0;
    for (const [k, weight] of ITEM_WEIGHTS) sum += weight * item(channel, d, quarter, k);
    return bounded(0.5 + sum / WEIGHT_SUM);
  }
  return { mean, isBetterHalf: (d) => better.has(d.city.provinceCode) };
}

const WEIGHT_SUM = [...ITEM_WEIGHTS.values()].reduce((sum, w) => sum + w, 0);

function bounded(points: number): number {
  return Math.min(98, Math.max(2, points));
}

/** A fixed draw for each chain of names. */
function once(draw: (...names: string[]) => number): (...names: string[]) => number {
  const drawn = new Map<string, number>();
  return (...names) => {
    const key = names.join('|');
    const known = drawn.get(key);
    if (known !== undefined) return known;
    const value = draw(...names);
    drawn.set(key, value);
    return value;
  };
}

/** Noise that is partly carried into the next quarter, started in its stationary state. */
function shocks(
  seed: number,
  name: string,
  { sd, carry }: { sd: number; carry: number },
  first: Quarter,
): (quarter: Quarter) => number {
  const random = stream(seed, 'shocks', name);
  const values = [sd * random.normal()];
  return (quarter) => {
    while (values.length <= quarter - first)
      values.push(carry * values.at(-1)! + sd * Math.sqrt(1 - carry * carry) * random.normal());
    return values[quarter - first]!;
  };
}

function betterProvinces(network: SampleDealer[], effect: (d: SampleDealer) => number): Set<string> {
  const ranked = [...network].sort((a, b) => effect(b) - effect(a) || (a.code < b.code ? -1 : 1));
  const middle = ranked[Math.floor(ranked.length / 2)];
  const limit = middle ? effect(middle) : 0;
  return new Set(ranked.filter((d) => effect(d) > limit).map((d) => d.city.provinceCode));
}
