// The scope tree of a region scheme: of one version for all time, or of all versions, each in its time.
import {
  type NetworkDealer,
  placesAsTheyWere,
  type SchemeVersion,
} from '../../../../shared/domain/as-was.ts';
import { cityOn } from '../../../../shared/domain/dealer-history.ts';
import { cityByCode, regionName } from '../../../../shared/domain/geography.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import {
  buildScopeTree,
  type PlacedCity,
  type PlacedDealer,
  type ScopeTree,
} from '../../../../shared/domain/scope-tree.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { ReadableConnection } from '../../store/database.ts';
import { listStays } from '../../store/network.ts';
import {
  listCities,
  listDealers,
  listMembers,
  listProvinces,
  listRegions,
  listSchemes,
  type SchemeRow,
} from '../../store/places.ts';

const OVERALL_NAME = { zh: '全国', en: 'Overall' };

/** A name that a file brought: the same in both languages. */
function sameName(name: string): Bilingual {
  return { zh: name, en: name };
}

/** Throws `scheme-unknown`. */
export function buildNetworkTree(db: ReadableConnection, scheme: number): ScopeTree {
  const schemes = listSchemes(db);
  const chosen = schemes.find((one) => one.id === scheme);
  if (!chosen) throw new AppError('scheme-unknown', { scheme });
  const dealers = networkDealers(db);
  if (chosen.timing === 'as-was') {
    const versions = versionsOf(schemes, chosen.code).map((version) => versionOf(db, version));
    const cities = placedCities(db, versions.at(-1));
    const placed = placesAsTheyWere(cities, dealers, versions);
    return buildScopeTree(placed.cities, placed.dealers, OVERALL_NAME);
  }
  const version = versionOf(db, chosen);
  const cities = placedCities(db, version).map((city) => {
    const region = version.members.get(city.id);
    return region ? { ...city, region } : city;
  });
  const until = endOf(chosen, schemes);
  return buildScopeTree(
    cities,
    dealers.map((dealer) => placeAtEnd(dealer, until)),
    OVERALL_NAME,
  );
}

/** The versions of a scheme, oldest first. */
export function versionsOf(schemes: readonly SchemeRow[], code: string): SchemeRow[] {
  return schemes
    .filter((one) => one.code === code && one.timing === 'as-is')
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
}

/** The day from which a newer version holds; `undefined` for the newest. */
export function endOf(scheme: SchemeRow, schemes: readonly SchemeRow[]): string | undefined {
  return versionsOf(schemes, scheme.code).find(({ validFrom }) => validFrom > scheme.validFrom)?.validFrom;
}

/** A version with its regions in the order they were written. */
type OrderedVersion = SchemeVersion & { order: string[] };

function versionOf(db: ReadableConnection, { id, validFrom }: SchemeRow): OrderedVersion {
  const regions = new Map(
    listRegions(db, id).map((row) => [row.id, { code: row.code, name: regionName(row.name) }]),
  );
  const members = new Map([...listMembers(db, id)].map(([city, region]) => [city, regions.get(region)!]));
  return { validFrom, members, order: [...regions.values()].map(({ code }) => code) };
}

/** The cities in the order of their regions, those without one first, as the scheme's regions were written. */
function placedCities(
  db: ReadableConnection,
  version: OrderedVersion | undefined,
): Omit<PlacedCity, 'region'>[] {
  const provinces = new Map(listProvinces(db).map((row) => [row.id, row]));
  const order = new Map(version?.order.map((code, i) => [code, i]));
  const place = (id: number) => order.get(version?.members.get(id)?.code ?? '') ?? -1;
  return listCities(db)
    .map((city) => {
      const province = provinces.get(city.provinceId)!;
      return {
        id: city.id,
        code: city.code,
        name: { zh: city.name, en: cityByCode(city.code)?.nameEn ?? city.name },
        province: { code: province.code, name: { zh: province.nameZh, en: province.nameEn } },
      };
    })
    .sort((a, b) => place(a.id) - place(b.id));
}

/** Every dealer with where it stood. */
export function networkDealers(db: ReadableConnection): NetworkDealer[] {
  const stays = listStays(db);
  return listDealers(db).map(({ id, code, name, cityId, pooled, successorId, mergedFrom }) => ({
    id,
    code,
    name: sameName(name),
    pooled: pooled === 1,
    cityId,
    stays: stays.get(id) ?? [],
    mergedInto: successorId === null ? undefined : { id: successorId, from: mergedFrom ?? '' },
  }));
}

/** Where a dealer stands for all time: today, or on the last day of a version that was followed by another. */
function placeAtEnd(dealer: NetworkDealer, until: string | undefined): PlacedDealer {
  const { id, code, name, pooled, mergedInto } = dealer;
  const cityId = until === undefined ? dealer.cityId : cityOn(dealer, dayBefore(until));
  const merged = mergedInto && (until === undefined || mergedInto.from < until);
  const placed = { id, code, name, pooled, cityId };
  return merged ? { ...placed, successor: { id: mergedInto.id } } : placed;
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** `name · 当时归属` */
export function asWasName(name: { zh: string; en: string }): { zh: string; en: string } {
  return { zh: `${name.zh} · 按当时归属`, en: `${name.en} · as it was` };
}
