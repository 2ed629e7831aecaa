// The tree of scopes under a region scheme, from what the database knows of places.
import { cityByCode, regionName } from '../../../shared/domain/geography.ts';
import { buildScopeTree, type ScopeTree } from '../../../shared/domain/scope-tree.ts';
import { AppError } from '../../../shared/errors.ts';
import type { ReadableConnection } from '../store/database.ts';
import {
  listCities,
  listDealers,
  listMembers,
  listProvinces,
  listRegions,
  listSchemes,
} from '../store/places.ts';

const OVERALL_NAME = { zh: '全国', en: 'Overall' };

/** Throws `scheme-unknown`. */
export function readScopeTree(db: ReadableConnection, scheme: number): ScopeTree {
  if (!listSchemes(db).some((one) => one.id === scheme)) throw new AppError('scheme-unknown', { scheme });
  const provinces = new Map(listProvinces(db).map((row) => [row.id, row]));
  const regions = new Map(
    listRegions(db, scheme).map((row) => [row.id, { code: row.code, name: regionName(row.name) }]),
  );
  const members = listMembers(db, scheme);
  const cities = listCities(db).map((city) => {
    const province = provinces.get(city.provinceId)!;
    return {
      id: city.id,
      code: city.code,
      name: { zh: city.name, en: cityByCode(city.code)?.nameEn ?? city.name },
      province: { code: province.code, name: { zh: province.nameZh, en: province.nameEn } },
      region: regions.get(members.get(city.id) ?? -1),
    };
  });
  const order = new Map([...regions.values()].map((region, i) => [region.code, i]));
  cities.sort((a, b) => (order.get(a.region?.code ?? '') ?? -1) - (order.get(b.region?.code ?? '') ?? -1));
  const dealers = listDealers(db).map((row) => ({
    ...row,
    name: sameName(row.name),
    pooled: row.pooled === 1,
  }));
  return buildScopeTree(cities, dealers, OVERALL_NAME);
}

/** A name that a file brought: the same in both languages. */
function sameName(name: string): { zh: string; en: string } {
  return { zh: name, en: name };
}
