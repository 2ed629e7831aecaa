// Dealers and cities by their codes, as people and files name them, and back into the tables.
import type { CityName } from '../../../../shared/calls/places.ts';
import type { DealerFacts, DealerRecord } from '../../../../shared/domain/dealer-edit.ts';
import { cityByCode, provinceByCode } from '../../../../shared/domain/geography.ts';
import { nearestNames, placeKey } from '../../importers/places.ts';
import type { ReadableConnection, WritableConnection } from '../../store/database.ts';
import { listStays, writeDealer } from '../../store/network.ts';
import {
  addCity,
  addProvince,
  type CityRow,
  type DealerRow,
  listCities,
  listDealers,
  listProvinces,
  type ProvinceRow,
} from '../../store/places.ts';
import { type CityFound, findNationalCity, refuseElsewhere } from './city-found.ts';

/** What is there when it is made; make a new one after a change. */
export class DealerNetwork {
  /** Every row, those that stand for a whole city included. */
  readonly all: readonly DealerRow[];
  readonly dealers: DealerRow[];
  readonly #byCode: Map<string, DealerRow>;
  readonly #codes: Map<number, string>;
  readonly #cities: Map<number, CityRow>;
  readonly #cityByCode: Map<string, CityRow>;
  readonly #provinces: Map<number, ProvinceRow>;
  readonly #stays: ReturnType<typeof listStays>;

  constructor(db: ReadableConnection) {
    const rows = listDealers(db);
    this.all = rows;
    this.dealers = rows.filter((row) => row.pooled === 0);
    this.#byCode = new Map(this.dealers.map((row) => [row.code, row]));
    this.#codes = new Map(rows.map((row) => [row.id, row.code]));
    const cities = listCities(db);
    this.#cities = new Map(cities.map((row) => [row.id, row]));
    this.#cityByCode = new Map(cities.map((row) => [row.code, row]));
    this.#provinces = new Map(listProvinces(db).map((row) => [row.id, row]));
    this.#stays = listStays(db);
  }

  find(code: string): DealerRow | undefined {
    return this.#byCode.get(code);
  }

  record(code: string): DealerRecord | undefined {
    const row = this.find(code);
    if (!row) return undefined;
    const { name, cityId, opened, closed, successorId, mergedFrom } = row;
    return {
      code,
      name,
      city: this.#cities.get(cityId)!.code,
      opened,
      closed,
      stays: (this.#stays.get(row.id) ?? []).map((stay) => ({
        until: stay.until,
        city: this.#cities.get(stay.cityId)!.code,
      })),
      successor: successorId === null ? null : this.#codes.get(successorId)!,
      mergedFrom,
    };
  }

  facts(today: string): DealerFacts {
    return {
      today,
      lineOf: (code) => {
        const line: string[] = [];
        for (
          let at = this.find(code);
          at && !line.includes(at.code);
          at = this.find(this.#codes.get(at.successorId ?? -1) ?? '')
        )
          line.push(at.code);
        return line;
      },
    };
  }

  /** A city by code, national name, or the name that a file gave it. */
  findCity(text: string, province = ''): CityFound {
    const national = cityByCode(text);
    if (national) return refuseElsewhere(national, text, province);
    if (this.#cityByCode.has(text)) return { kind: 'city', code: text };
    const found = findNationalCity(text, province);
    if (found.kind === 'city') return found;
    const free = [...this.#cities.values()].filter((row) => !cityByCode(row.code));
    const named = free.filter(
      (row) =>
        row.name === text && (!province || this.#provinces.get(row.provinceId)?.nameZh.includes(province)),
    );
    if (named.length === 1) return { kind: 'city', code: named[0]!.code };
    const some = named.slice(0, 3).map((row) => row.code);
    const near = nearestNames(text, [...new Set(free.map((row) => row.name))]).map(({ name }) => name);
    const own = [...some, ...near].map((name) => ({ zh: name, en: name }));
    return { ...found, nearest: [...own, ...found.nearest].slice(0, 3) };
  }

  /** Another dealer whose code differs in letter case, blanks or full-width forms alone. */
  lookAlike(code: string): DealerRow | undefined {
    if (this.find(code)) return undefined;
    const key = placeKey(code);
    return this.dealers.find((row) => placeKey(row.code) === key);
  }

  cityName(code: string): CityName {
    const row = this.#cityByCode.get(code);
    const national = cityByCode(code);
    const province = row && this.#provinces.get(row.provinceId);
    const shipped = national && provinceByCode(national.provinceCode);
    return {
      code,
      name: { zh: row?.name ?? national?.name ?? code, en: national?.nameEn ?? row?.name ?? code },
      province: {
        zh: province?.nameZh ?? shipped?.name ?? '',
        en: province?.nameEn ?? shipped?.nameEn ?? '',
      },
    };
  }

  cityCode(id: number): string {
    return this.#cities.get(id)!.code;
  }

  /** The row of a city, written where only the national list knew it. */
  cityId(db: WritableConnection, code: string): number {
    const known = this.#cityByCode.get(code);
    if (known) return known.id;
    const city = cityByCode(code)!;
    let province = [...this.#provinces.values()].find((row) => row.code === city.provinceCode);
    if (!province) {
      const { name, nameEn } = provinceByCode(city.provinceCode)!;
      const id = addProvince(db, null, city.provinceCode, name, nameEn);
      province = { id, code: city.provinceCode, nameZh: name, nameEn };
      this.#provinces.set(id, province);
    }
    const id = addCity(db, null, code, province.id, city.name);
    const row = { id, code, provinceId: province.id, name: city.name };
    this.#cities.set(id, row);
    this.#cityByCode.set(code, row);
    return id;
  }

  /** Writes a dealer as it shall be. The city it was first recorded in is kept beside. */
  write(db: WritableConnection, record: DealerRecord): void {
    const { code, name, city, opened, closed, stays, successor, mergedFrom } = record;
    const known = this.find(code);
    const id = writeDealer(db, known?.id ?? null, {
      code,
      name: name.trim(),
      cityId: this.cityId(db, city),
      opened,
      closed,
      successorId: successor === null ? null : this.find(successor)!.id,
      mergedFrom,
      recordedCityId: known ? (known.recordedCityId ?? known.cityId) : null,
      stays: stays.map((stay) => ({ until: stay.until, cityId: this.cityId(db, stay.city) })),
    });
    if (!known) this.#remember(listDealers(db).find((row) => row.id === id)!);
  }

  #remember(row: DealerRow): void {
    this.dealers.push(row);
    this.#byCode.set(row.code, row);
    this.#codes.set(row.id, row.code);
  }
}
