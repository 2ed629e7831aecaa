import { citySpans, type DealerHistory, firstQuarterFrom, joinEqual, type Span } from './dealer-history.ts';
import type { Quarter } from './quarter.ts';
import type { PlacedCity, PlacedDealer } from './scope-tree.ts';

/** One version of a region scheme: the regions of its cities from a day on. */
export interface SchemeVersion {
  validFrom: string;
  /** City id to region. */
  members: ReadonlyMap<number, { code: string; name: PlacedCity['name'] }>;
}

/** A dealer with its history, before it is placed. */
export type NetworkDealer = Omit<PlacedDealer, 'cityId' | 'former' | 'successor'> & DealerHistory;

type Region = PlacedCity['region'];

/**
 * Places as they were: each quarter under the version of the scheme that held then, each dealer in the city where it
 * stood then (before the first version, that one). `versions` are of one scheme, oldest first, none for no regions.
 * A city that changed its region is given once for each region, the present one first; `cities` must be in the order
 * of display, with the region left open. Feed both results to `buildScopeTree`.
 * Example: 湛江 in region south until 2025Q4 and in west from 2026Q1 becomes two cities; the first holds its older quarters.
 */
export function placesAsTheyWere(
  cities: readonly Omit<PlacedCity, 'region'>[],
  dealers: readonly NetworkDealer[],
  versions: readonly SchemeVersion[],
): { cities: PlacedCity[]; dealers: PlacedDealer[] } {
  const placed: PlacedCity[] = [];
  const past: PlacedCity[] = [];
  const spansOf = new Map<number, Span<number>[]>();
  let nextId = Math.max(0, ...cities.map(({ id }) => id)) + 1;
  for (const city of cities) {
    const regions = regionSpans(city.id, versions);
    const present = regions.at(-1)!.value;
    const idOf = new Map<string, number>([[present?.code ?? '', city.id]]);
    placed.push(withRegion(city, city.id, present));
    for (const { value } of regions) {
      const key = value?.code ?? '';
      if (idOf.has(key)) continue;
      idOf.set(key, nextId);
      past.push(formerCity(city, nextId, value));
      nextId += 1;
    }
    spansOf.set(
      city.id,
      joinEqual(regions.map(({ before, value }) => ({ before, value: idOf.get(value?.code ?? '')! }))),
    );
  }
  return { cities: [...placed, ...past], dealers: dealers.map((dealer) => placeOverTime(dealer, spansOf)) };
}

function regionSpans(city: number, versions: readonly SchemeVersion[]): Span<Region>[] {
  if (versions.length === 0) return [{ before: Infinity, value: undefined }];
  const spans = versions.map((version, i) => {
    const next = versions[i + 1];
    return {
      before: next ? firstQuarterFrom(next.validFrom) : Infinity,
      value: version.members.get(city),
    };
  });
  return spans;
}

function withRegion(city: Omit<PlacedCity, 'region'>, id: number, region: Region): PlacedCity {
  return region ? { ...city, id, region } : { ...city, id };
}

function formerCity(city: Omit<PlacedCity, 'region'>, id: number, region: Region): PlacedCity {
  const zh = region ? `原属${region.name.zh}` : '原不属任何大区';
  const en = region ? `then in ${region.name.en}` : 'then in no region';
  const name = { zh: `${city.name.zh}（${zh}）`, en: `${city.name.en} (${en})` };
  return withRegion({ ...city, name }, id, region);
}

/** Every quarter in which either the city or the city's region changed starts a span of its own. */
function placeOverTime(
  dealer: NetworkDealer,
  spansOf: ReadonlyMap<number, readonly Span<number>[]>,
): PlacedDealer {
  const spans: Span<number>[] = [];
  let from = -Infinity;
  for (const { before, value: city } of citySpans(dealer)) {
    for (const inner of spansOf.get(city) ?? [{ before: Infinity, value: city }])
      if (inner.before > from) spans.push({ before: Math.min(before, inner.before), value: inner.value });
    from = before;
  }
  const joined = joinEqual(spans);
  const { id, code, name, pooled, mergedInto } = dealer;
  const former = joined.slice(0, -1).map(({ before, value }) => ({ before, cityId: value }));
  const placed: PlacedDealer = { id, code, name, pooled, cityId: joined.at(-1)!.value };
  if (!mergedInto) return former.length > 0 ? { ...placed, former } : placed;
  return { ...placed, ...mergedPast(former, placed.cityId, mergedInto) };
}

/** Its own places up to the day it was taken over. */
function mergedPast(
  former: readonly { before: Quarter; cityId: number }[],
  cityId: number,
  mergedInto: { id: number; from: string },
): Pick<PlacedDealer, 'former' | 'successor'> {
  const from = firstQuarterFrom(mergedInto.from);
  const own = former.filter(({ before }) => before < from);
  const last = former.find(({ before }) => before >= from)?.cityId ?? cityId;
  return { former: [...own, { before: from, cityId: last }], successor: { id: mergedInto.id, from } };
}
