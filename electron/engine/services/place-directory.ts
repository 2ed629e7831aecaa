// Which dealer a row belongs to. Known places come from the database, new ones get reserved ids and are written
// only when the import is committed; a row that fits nowhere says which places come nearest.
import { matchCity, matchProvince, PROVINCES, provinceByCode } from '../../../shared/domain/geography.ts';
import type { IssueCode } from '../../../shared/domain/import-issue.ts';
import type { StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { nearestNames } from '../importers/places.ts';
import type { ReadableConnection, WritableConnection } from '../store/database.ts';
import {
  addCity,
  addDealer,
  addMember,
  addProvince,
  addRegion,
  addScheme,
  type CityRow,
  type DealerRow,
  listCities,
  listDealers,
  listMembers,
  listProvinces,
  listRegions,
  listSchemes,
  type ProvinceRow,
} from '../store/places.ts';

/** The place columns of one row, as plain text; '' where the file says nothing. */
export interface PlaceText {
  dealerCode: string;
  dealerName: string;
  city: string;
  province: string;
  region: string;
}

export type PlaceAnswer =
  | { kind: 'dealer'; id: number }
  | { kind: 'unknown'; code: IssueCode; field: keyof PlaceText; value: string; nearest: string[] };

type Known<T> = T & { isNew?: boolean };
type PlaceDealer = Pick<DealerRow, 'id' | 'code' | 'name' | 'cityId' | 'pooled'>;

/** A scheme begins to hold long before any data. */
const SCHEME_START = '2000-01-01';

export class PlaceDirectory {
  readonly #place: StudyMapping['place'];
  readonly #provinces = new Map<string, Known<ProvinceRow>>();
  readonly #cities = new Map<string, Known<CityRow>>();
  readonly #dealers = new Map<string, Known<PlaceDealer>>();
  readonly #answers = new Map<string, PlaceAnswer>();
  readonly #regions = new Map<string, { id: number; code: string; name: string; isNew?: boolean }>();
  readonly #members = new Map<number, string>();
  /** Dealers that an accepted row belongs to: only these, and the places they stand in, are written. */
  readonly #kept = new Set<number>();
  readonly #knownMembers: ReadonlyMap<number, number>;
  #scheme: { id: number; isNew: boolean } | undefined;
  #nextId = { province: 1, city: 1, dealer: 1, region: 1 };

  constructor(db: ReadableConnection, mapping: StudyMapping) {
    this.#place = mapping.place;
    for (const row of listProvinces(db)) this.#provinces.set(row.code, row);
    for (const row of listCities(db)) this.#cities.set(row.code, row);
    for (const row of listDealers(db)) this.#dealers.set(row.code, row);
    const { scheme } = mapping.place;
    const known = scheme && listSchemes(db).find((one) => one.code === scheme.code);
    if (scheme) this.#scheme = known ? { id: known.id, isNew: false } : { id: 0, isNew: true };
    for (const row of known ? listRegions(db, known.id) : []) this.#regions.set(row.code, row);
    this.#knownMembers = known ? listMembers(db, known.id) : new Map();
    this.#nextId.province = nextId(this.#provinces.values());
    this.#nextId.city = nextId(this.#cities.values());
    this.#nextId.dealer = nextId(this.#dealers.values());
    this.#nextId.region = nextId(this.#regions.values());
  }

  get newDealers(): number {
    return this.#keptDealers().filter((row) => row.isNew === true && row.pooled === 0).length;
  }

  get newCities(): number {
    const used = new Set(this.#keptDealers().map((row) => row.cityId));
    return [...this.#cities.values()].filter((row) => row.isNew === true && used.has(row.id)).length;
  }

  /** A row of this dealer was accepted. */
  keep(dealer: number): void {
    this.#kept.add(dealer);
  }

  #keptDealers(): Known<PlaceDealer>[] {
    return [...this.#dealers.values()].filter((row) => this.#kept.has(row.id));
  }

  /** Where a row belongs. Rows with the same texts get the same answer from memory. */
  find(text: PlaceText): PlaceAnswer {
    const key = `${text.dealerCode}\n${text.dealerName}\n${text.city}\n${text.province}\n${text.region}`;
    let answer = this.#answers.get(key);
    if (!answer) {
      answer = this.#resolve(text);
      this.#answers.set(key, answer);
    }
    return answer;
  }

  #resolve(text: PlaceText): PlaceAnswer {
    const code = text.dealerCode || text.dealerName;
    const known = code === '' ? undefined : this.#dealers.get(code);
    if (known && text.city === '') return { kind: 'dealer', id: known.id };
    const city = this.#city(text);
    if ('kind' in city) return known ? { kind: 'dealer', id: known.id } : city;
    if (text.region !== '') this.#join(city, text.region);
    if (known) return { kind: 'dealer', id: known.id };
    if (code !== '' && !this.#place.createDealers)
      return {
        kind: 'unknown',
        code: 'unknown-dealer',
        field: 'dealerCode',
        value: code,
        nearest: this.#nearestDealers(code),
      };
    return { kind: 'dealer', id: this.#dealerOf(city, code, text.dealerName || code) };
  }

  #dealerOf(city: CityRow, code: string, name: string): number {
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

  #city(text: PlaceText): CityRow | Extract<PlaceAnswer, { kind: 'unknown' }> {
    if (this.#place.geography === 'free') return this.#freeCity(text);
    if (text.city === '')
      return { kind: 'unknown', code: 'value-required', field: 'city', value: '', nearest: [] };
    const match = matchCity(text.city, text.province || undefined);
    if (match.kind === 'match') {
      const province = provinceByCode(match.city.provinceCode)!;
      const parent = this.#addProvince(province.code, province.name, province.nameEn);
      return this.#addCity(match.city.code, match.city.name, parent);
    }
    const candidates = match.kind === 'ambiguous' ? match.candidates : match.nearest;
    const nearest = candidates
      .slice(0, 3)
      .map((one) => `${one.name}（${provinceByCode(one.provinceCode)?.shortName ?? ''}）`);
    return { kind: 'unknown', code: 'unknown-place', field: 'city', value: text.city, nearest };
  }

  /** Places as the file names them; equal names under different parents are different places. */
  #freeCity(text: PlaceText): CityRow | Extract<PlaceAnswer, { kind: 'unknown' }> {
    const province = text.province || text.region || text.city;
    if (province === '')
      return { kind: 'unknown', code: 'value-required', field: 'city', value: '', nearest: [] };
    const national = text.region === '' ? matchProvince(province) : undefined;
    const provinceCode =
      national?.kind === 'match' ? national.province.code : [text.region, province].filter(Boolean).join('.');
    const parent = this.#addProvince(
      provinceCode,
      province,
      PROVINCES.find((one) => one.code === provinceCode)?.nameEn ?? province,
    );
    const city = text.city || province;
    return this.#addCity(`${provinceCode}.${city}`, city, parent);
  }

  #addProvince(code: string, name: string, nameEn: string): ProvinceRow {
    let row = this.#provinces.get(code);
    if (!row) {
      row = { id: this.#nextId.province++, code, nameZh: name, nameEn };
      this.#provinces.set(code, { ...row, isNew: true });
    }
    return row;
  }

  #addCity(code: string, name: string, province: ProvinceRow): CityRow {
    let row = this.#cities.get(code);
    if (!row) {
      row = { id: this.#nextId.city++, code, provinceId: province.id, name };
      this.#cities.set(code, { ...row, isNew: true });
    }
    return row;
  }

  /** The first region that a file names for a city holds; a later one does not move it silently. */
  #join(city: CityRow, region: string): void {
    if (!this.#scheme || this.#knownMembers.has(city.id) || this.#members.has(city.id)) return;
    if (!this.#regions.has(region))
      this.#regions.set(region, { id: this.#nextId.region++, code: region, name: region, isNew: true });
    this.#members.set(city.id, region);
  }

  #nearestDealers(code: string): string[] {
    const known = [...this.#dealers.values()].filter((row) => row.pooled === 0);
    const labels = new Map(
      known.flatMap((row) => [row.code, row.name].map((text) => [text, `${row.code} ${row.name}`])),
    );
    return [...new Set(nearestNames(code, [...labels.keys()]).map(({ name }) => labels.get(name)!))];
  }

  /** Writes what is new and returns the real id of every dealer that rows were given; inside the import's transaction. */
  write(db: WritableConnection, batch: number): Map<number, number> {
    const dealers = this.#keptDealers();
    const cityIds = this.#writeCities(db, batch, new Set(dealers.map((row) => row.cityId)));
    const dealerIds = new Map<number, number>();
    for (const { id, isNew, code, name, cityId, pooled } of dealers)
      dealerIds.set(
        id,
        isNew ? addDealer(db, batch, { code, name, city: cityIds.get(cityId)!, pooled: pooled === 1 }) : id,
      );
    this.#writeScheme(db, batch, cityIds);
    return dealerIds;
  }

  /** The real ids of the cities that dealers stand in, with their provinces. */
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

  #writeScheme(db: WritableConnection, batch: number, cityIds: ReadonlyMap<number, number>): void {
    const wanted = this.#place.scheme;
    const members = [...this.#members].filter(([city]) => cityIds.has(city));
    if (!this.#scheme || !wanted || members.length === 0) return;
    const scheme = this.#scheme.isNew
      ? addScheme(db, batch, {
          code: wanted.code,
          nameZh: wanted.name.zh,
          nameEn: wanted.name.en,
          validFrom: SCHEME_START,
        })
      : this.#scheme.id;
    const regionIds = new Map<string, number>();
    for (const [city, code] of members) {
      const region = this.#regions.get(code)!;
      if (!regionIds.has(code))
        regionIds.set(
          code,
          region.isNew ? addRegion(db, batch, scheme, region.code, region.name) : region.id,
        );
      addMember(db, batch, scheme, cityIds.get(city)!, regionIds.get(code)!);
    }
  }
}

function nextId(rows: Iterable<{ id: number }>): number {
  let last = 0;
  for (const row of rows) last = Math.max(last, row.id);
  return last + 1;
}
