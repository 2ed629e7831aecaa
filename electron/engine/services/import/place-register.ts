// Provinces, cities and dealers of the database and of a file. New ones get reserved ids and are written when the import
// is committed: only dealers that an accepted row belongs to, and the places they stand in.
import type { ReadableConnection, WritableConnection } from '../../store/database.ts';
import {
  addCity,
  addDealer,
  addProvince,
  type CityRow,
  type DealerRow,
  listCities,
  listDealers,
  listProvinces,
  type ProvinceRow,
} from '../../store/places.ts';

type Known<T> = T & { isNew?: boolean };

export type KeptDealer = Known<Pick<DealerRow, 'id' | 'code' | 'name' | 'cityId' | 'pooled'>>;

export class PlaceRegister {
  readonly #provinces = new Map<string, Known<ProvinceRow>>();
  readonly #cities = new Map<string, Known<CityRow>>();
  readonly #dealers = new Map<string, KeptDealer>();
  readonly #kept = new Set<number>();
  readonly #nextId: { province: number; city: number; dealer: number };

  constructor(db: ReadableConnection) {
    for (const row of listProvinces(db)) this.#provinces.set(row.code, row);
    for (const row of listCities(db)) this.#cities.set(row.code, row);
    for (const row of listDealers(db)) this.#dealers.set(row.code, row);
    this.#nextId = {
      province: nextId(this.#provinces.values()),
      city: nextId(this.#cities.values()),
      dealer: nextId(this.#dealers.values()),
    };
  }

  /** By code, with those that were added. */
  get dealers(): ReadonlyMap<string, KeptDealer> {
    return this.#dealers;
  }

  city(code: string): CityRow | undefined {
    return this.#cities.get(code);
  }

  /** New dealers with a code of their own that are kept. */
  get newDealers(): KeptDealer[] {
    return this.#keptDealers().filter((row) => row.isNew === true && row.pooled === 0);
  }

  get newCities(): number {
    const used = new Set(this.#keptDealers().map((row) => row.cityId));
    return [...this.#cities.values()].filter((row) => row.isNew === true && used.has(row.id)).length;
  }

  keep(dealer: number): void {
    this.#kept.add(dealer);
  }

  #keptDealers(): KeptDealer[] {
    return [...this.#dealers.values()].filter((row) => this.#kept.has(row.id));
  }

  addProvince(code: string, name: string, nameEn: string): ProvinceRow {
    let row = this.#provinces.get(code);
    if (!row) {
      row = { id: this.#nextId.province++, code, nameZh: name, nameEn };
      this.#provinces.set(code, { ...row, isNew: true });
    }
    return row;
  }

  addCity(code: string, name: string, province: ProvinceRow): CityRow {
    let row = this.#cities.get(code);
    if (!row) {
      row = { id: this.#nextId.city++, code, provinceId: province.id, name };
      this.#cities.set(code, { ...row, isNew: true });
    }
    return row;
  }

  /** The dealer of a code in a city; without a code the one that stands for the whole city. */
  addDealer(city: CityRow, code: string, name: string): number {
    const pooled = code === '';
    const key = pooled ? `city:${city.code}` : code;
    const known = this.#dealers.get(key);
    if (known) return known.id;
    const id = this.#nextId.dealer++;
    this.#dealers.set(key, {
      id,
      code: key,
      name: pooled ? city.name : name,
      cityId: city.id,
      pooled: pooled ? 1 : 0,
      isNew: true,
    });
    return id;
  }

  /** Writes what is new and kept, inside the import's transaction; the real ids of the kept dealers and their cities. */
  write(
    db: WritableConnection,
    batch: number,
  ): { dealerIds: Map<number, number>; cityIds: Map<number, number> } {
    const dealers = this.#keptDealers();
    const cityIds = this.#writeCities(db, batch, new Set(dealers.map((row) => row.cityId)));
    const dealerIds = new Map<number, number>();
    for (const { id, isNew, code, name, cityId, pooled } of dealers)
      dealerIds.set(
        id,
        isNew ? addDealer(db, batch, { code, name, city: cityIds.get(cityId)!, pooled: pooled === 1 }) : id,
      );
    return { dealerIds, cityIds };
  }

  #writeCities(db: WritableConnection, batch: number, used: ReadonlySet<number>): Map<number, number> {
    const provinces = new Map([...this.#provinces.values()].map((row) => [row.id, row]));
    const provinceIds = new Map<number, number>();
    const cityIds = new Map<number, number>();
    for (const city of this.#cities.values()) {
      if (!used.has(city.id)) continue;
      const { id, isNew, code, nameZh, nameEn } = provinces.get(city.provinceId)!;
      if (!provinceIds.has(id))
        provinceIds.set(id, isNew ? addProvince(db, batch, code, nameZh, nameEn) : id);
      cityIds.set(
        city.id,
        city.isNew ? addCity(db, batch, city.code, provinceIds.get(id)!, city.name) : city.id,
      );
    }
    return cityIds;
  }
}

function nextId(rows: Iterable<{ id: number }>): number {
  let last = 0;
  for (const row of rows) last = Math.max(last, row.id);
  return last + 1;
}
