// Geography: provinces, cities, dealers, and the region schemes that group cities.
import type { ReadableConnection, WritableConnection } from './connection.ts';

export interface ProvinceRow {
  id: number;
  code: string;
  nameZh: string;
  nameEn: string;
}

export interface CityRow {
  id: number;
  code: string;
  provinceId: number;
  name: string;
}

export interface DealerRow {
  id: number;
  code: string;
  name: string;
  cityId: number;
  pooled: number;
  opened: string | null;
  closed: string | null;
  successorId: number | null;
  mergedFrom: string | null;
  recordedCityId: number | null;
}

export interface SchemeRow {
  id: number;
  code: string;
  nameZh: string;
  nameEn: string;
  validFrom: string;
  timing: 'as-is' | 'as-was';
  regions: number;
}

export function listProvinces(db: ReadableConnection): ProvinceRow[] {
  return db
    .prepare<[], ProvinceRow>(
      'SELECT id, code, name_zh AS nameZh, name_en AS nameEn FROM provinces ORDER BY code',
    )
    .all();
}

export function listCities(db: ReadableConnection): CityRow[] {
  return db
    .prepare<[], CityRow>('SELECT id, code, province_id AS provinceId, name FROM cities ORDER BY code')
    .all();
}

export function listDealers(db: ReadableConnection): DealerRow[] {
  return db
    .prepare<[], DealerRow>(
      `SELECT id, code, name, city_id AS cityId, pooled, opened, closed, successor_id AS successorId,
         merged_from AS mergedFrom, recorded_city_id AS recordedCityId
       FROM dealers ORDER BY code`,
    )
    .all();
}

export function addProvince(
  db: WritableConnection,
  batch: number | null,
  code: string,
  nameZh: string,
  nameEn: string,
): number {
  const made = db
    .prepare('INSERT INTO provinces (batch_id, code, name_zh, name_en) VALUES (?, ?, ?, ?)')
    .run(batch, code, nameZh, nameEn);
  return Number(made.lastInsertRowid);
}

export function addCity(
  db: WritableConnection,
  batch: number | null,
  code: string,
  province: number,
  name: string,
): number {
  const made = db
    .prepare('INSERT INTO cities (batch_id, code, province_id, name) VALUES (?, ?, ?, ?)')
    .run(batch, code, province, name);
  return Number(made.lastInsertRowid);
}

export function addDealer(
  db: WritableConnection,
  batch: number,
  dealer: { code: string; name: string; city: number; pooled: boolean },
): number {
  const made = db
    .prepare('INSERT INTO dealers (batch_id, code, name, city_id, pooled) VALUES (?, ?, ?, ?, ?)')
    .run(batch, dealer.code, dealer.name, dealer.city, dealer.pooled ? 1 : 0);
  return Number(made.lastInsertRowid);
}

/**
 * Schemes with regions first, in the order they were made, each with its newest version first; a view of places as
 * they were stands last, and only while its scheme has a version.
 */
export function listSchemes(db: ReadableConnection): SchemeRow[] {
  return db
    .prepare<[], SchemeRow>(
      `SELECT s.id, s.code, s.name_zh AS nameZh, s.name_en AS nameEn, s.valid_from AS validFrom, s.timing,
         (SELECT count(*) FROM regions r WHERE r.scheme_id = s.id) AS regions
       FROM region_schemes s
       WHERE s.timing = 'as-is'
         OR EXISTS (SELECT 1 FROM region_schemes o WHERE o.code = s.code AND o.timing = 'as-is')
       ORDER BY s.timing = 'as-was', regions = 0, (SELECT min(f.id) FROM region_schemes f WHERE f.code = s.code),
         s.valid_from DESC`,
    )
    .all();
}

export function addScheme(
  db: WritableConnection,
  batch: number | null,
  scheme: {
    code: string;
    nameZh: string;
    nameEn: string;
    validFrom: string;
    timing?: SchemeRow['timing'];
  },
): number {
  const { code, nameZh, nameEn, validFrom, timing = 'as-is' } = scheme;
  const made = db
    .prepare(
      'INSERT INTO region_schemes (batch_id, code, name_zh, name_en, valid_from, timing) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(batch, code, nameZh, nameEn, validFrom, timing);
  return Number(made.lastInsertRowid);
}

export interface RegionRow {
  id: number;
  code: string;
  name: string;
}

export function listRegions(db: ReadableConnection, scheme: number): RegionRow[] {
  return db
    .prepare<[number], RegionRow>('SELECT id, code, name FROM regions WHERE scheme_id = ? ORDER BY id')
    .all(scheme);
}

export function addRegion(
  db: WritableConnection,
  batch: number | null,
  scheme: number,
  code: string,
  name: string,
): number {
  const made = db
    .prepare('INSERT INTO regions (batch_id, scheme_id, code, name) VALUES (?, ?, ?, ?)')
    .run(batch, scheme, code, name);
  return Number(made.lastInsertRowid);
}

/** City id to region id under a scheme. */
export function listMembers(db: ReadableConnection, scheme: number): Map<number, number> {
  const rows = db
    .prepare<[number], { city: number; region: number }>(
      'SELECT city_id AS city, region_id AS region FROM region_members WHERE scheme_id = ?',
    )
    .all(scheme);
  return new Map(rows.map((row) => [row.city, row.region]));
}

export function addMember(
  db: WritableConnection,
  batch: number | null,
  scheme: number,
  city: number,
  region: number,
): void {
  db.prepare(
    'INSERT OR IGNORE INTO region_members (batch_id, scheme_id, city_id, region_id) VALUES (?, ?, ?, ?)',
  ).run(batch, scheme, city, region);
}
