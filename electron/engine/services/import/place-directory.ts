// Which dealer a row belongs to. Known places come from the database, new ones get reserved ids and are written
// only when the import is committed; a row that fits nowhere says which places come nearest.
import { editDistance } from '../../../../shared/domain/edit-distance.ts';
import {
  cityByCode,
  matchCity,
  matchProvince,
  PROVINCES,
  provinceByCode,
} from '../../../../shared/domain/geography.ts';
import type { IssueCode } from '../../../../shared/domain/import-issue.ts';
import type { RowMapping } from '../../../../shared/domain/study-mapping.ts';
import { nearestNames, placeKey } from '../../importers/places.ts';
import type { ReadableConnection, WritableConnection } from '../../store/database.ts';
import { listAliases } from '../../store/import-memory.ts';
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
} from '../../store/places.ts';

/** The place columns of one row, as plain text; '' where the file says nothing. */
export interface PlaceText {
  dealerCode: string;
  dealerName: string;
  city: string;
  province: string;
  region: string;
}

/** A place as it may be chosen for a name. */
export interface NearPlace {
  code: string;
  name: string;
}

/** What the user decided for a name, now or in an earlier import. */
export interface KnownChoice {
  action: 'match' | 'new' | 'leave';
  target: string;
  /** From an earlier import. */
  remembered: boolean;
}

/** The name that an answer is about, as the file writes it. */
export interface AskedName {
  kind: 'dealer' | 'city';
  name: string;
  province: string;
}

export type PlaceAnswer =
  | { kind: 'dealer'; id: number; asked?: AskedName & { choice: KnownChoice } }
  | { kind: 'left'; asked: AskedName & { choice: KnownChoice } }
  | {
      kind: 'unknown';
      code: IssueCode;
      field: keyof PlaceText;
      value: string;
      nearest: NearPlace[];
      asked?: AskedName;
    };

type Unknown = Extract<PlaceAnswer, { kind: 'unknown' }>;

/** The form under which the choice for a name is kept. Example: `choiceKey({kind: 'city', name: '吉林', province: ''})`. */
export function choiceKey({ kind, name, province }: AskedName): string {
  return kind === 'dealer' ? placeKey(name) : `${placeKey(province)}|${placeKey(name)}`;
}

type Known<T> = T & { isNew?: boolean };
type PlaceDealer = Pick<DealerRow, 'id' | 'code' | 'name' | 'cityId' | 'pooled'>;
type Left = Extract<PlaceAnswer, { kind: 'left' }>;

const MOST_COMPARED = 200_000;

/** A dealer for people: its code, and its name where that is another. */
export function labelOf(row: Pick<DealerRow, 'code' | 'name'>): string {
  return row.name === row.code ? row.code : `${row.code} ${row.name}`;
}

/** One slip apart in words; another number is another dealer. */
function isLookAlike(a: string, b: string): boolean {
  const [one, other] = [placeKey(a), placeKey(b)];
  const digits = (text: string) =>
    (text.match(/[\d一二三四五六七八九十甲乙丙丁东南西北中]+/gu) ?? []).join(' ');
  const most = Math.max(one.length, other.length);
  if (most < 3 || Math.abs(one.length - other.length) > 2 || digits(one) !== digits(other)) return false;
  return editDistance(one, other) <= Math.max(1, Math.floor(most / 6));
}

/** A scheme begins to hold long before any data. */
const SCHEME_START = '2000-01-01';

export class PlaceDirectory {
  readonly #place: RowMapping['place'];
  readonly #provinces = new Map<string, Known<ProvinceRow>>();
  readonly #cities = new Map<string, Known<CityRow>>();
  readonly #dealers = new Map<string, Known<PlaceDealer>>();
  /** Codes by their comparable form; '' where two dealers share it. */
  readonly #dealerKeys = new Map<string, string>();
  readonly #choices = new Map<string, KnownChoice>();
  readonly #answers = new Map<string, PlaceAnswer>();
  readonly #regions = new Map<string, { id: number; code: string; name: string; isNew?: boolean }>();
  readonly #members = new Map<number, string>();
  /** Dealers that an accepted row belongs to: only these, and the places they stand in, are written. */
  readonly #kept = new Set<number>();
  readonly #knownMembers: ReadonlyMap<number, number>;
  #scheme: { id: number; isNew: boolean } | undefined;
  #nextId = { province: 1, city: 1, dealer: 1, region: 1 };

  constructor(
    db: ReadableConnection,
    { place }: Pick<RowMapping, 'place'>,
    choices: readonly (AskedName & { action: KnownChoice['action']; target: string })[] = [],
  ) {
    this.#place = place;
    for (const { kind, key, action, target } of listAliases(db))
      this.#choices.set(`${kind} ${key}`, { action, target, remembered: true });
    for (const one of choices)
      this.#choices.set(`${one.kind} ${choiceKey(one)}`, {
        action: one.action,
        target: one.target,
        remembered: false,
      });
    for (const row of listProvinces(db)) this.#provinces.set(row.code, row);
    for (const row of listCities(db)) this.#cities.set(row.code, row);
    for (const row of listDealers(db)) {
      this.#dealers.set(row.code, row);
      if (row.pooled === 1) continue;
      const key = placeKey(row.code);
      this.#dealerKeys.set(key, this.#dealerKeys.has(key) ? '' : row.code);
    }
    const { scheme } = place;
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
    const asked: AskedName = { kind: 'dealer', name: code, province: '' };
    const choice = code === '' ? undefined : this.#choiceFor(asked);
    if (choice?.action === 'leave') return { kind: 'left', asked: { ...asked, choice } };
    const meant = choice?.action === 'match' ? this.#dealers.get(choice.target) : undefined;
    if (meant) return { kind: 'dealer', id: meant.id, asked: { ...asked, choice: choice! } };
    const known = code === '' ? undefined : this.#knownDealer(code, text.dealerCode === '');
    if (known && text.city === '') return { kind: 'dealer', id: known.id };
    const city = this.#city(text);
    const wanted = known === undefined && code !== '' && choice?.action !== 'new';
    const placeless = 'kind' in city && city.kind === 'unknown' && city.value === '';
    if (known === undefined && code !== '' && (placeless || (wanted && !this.#place.createDealers)))
      return {
        kind: 'unknown',
        code: wanted ? 'unknown-dealer' : 'dealer-without-city',
        field: text.dealerCode === '' ? 'dealerName' : 'dealerCode',
        value: code,
        nearest: this.nearestDealers(code, text.dealerName),
        asked,
      };
    if ('kind' in city) return known ? { kind: 'dealer', id: known.id } : city;
    if (text.region !== '') this.#join(city.row, text.region);
    if (known) return { kind: 'dealer', id: known.id };
    const id = this.#dealerOf(city.row, code, text.dealerName || code);
    if (choice?.action === 'new') return { kind: 'dealer', id, asked: { ...asked, choice } };
    return city.asked ? { kind: 'dealer', id, asked: city.asked } : { kind: 'dealer', id };
  }

  #choiceFor(asked: AskedName): KnownChoice | undefined {
    return this.#choices.size === 0 ? undefined : this.#choices.get(`${asked.kind} ${choiceKey(asked)}`);
  }

  /** By its code, else by what is the same without blanks, zero-width and full-width forms; by its name if it is alone. */
  #knownDealer(code: string, isName: boolean): Known<PlaceDealer> | undefined {
    const exact = this.#dealers.get(code);
    if (exact) return exact;
    const key = placeKey(code);
    const same = this.#dealerKeys.get(key);
    if (same) return this.#dealers.get(same);
    if (!isName) return undefined;
    if (!this.#dealerNames) {
      this.#dealerNames = new Map();
      for (const row of this.#dealers.values()) {
        const name = placeKey(row.name);
        if (row.pooled === 0 && !row.isNew)
          this.#dealerNames.set(name, this.#dealerNames.has(name) ? '' : row.code);
      }
    }
    const named = this.#dealerNames.get(key);
    return named ? this.#dealers.get(named) : undefined;
  }
  #dealerNames: Map<string, string> | undefined;

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

  #city(text: PlaceText): { row: CityRow; asked?: AskedName & { choice: KnownChoice } } | Unknown | Left {
    const asked: AskedName = { kind: 'city', name: text.city, province: text.province };
    const choice = text.city === '' ? undefined : this.#choiceFor(asked);
    if (choice?.action === 'leave') return { kind: 'left', asked: { ...asked, choice } };
    const meant = choice?.action === 'match' ? this.#cityByCode(choice.target) : undefined;
    if (meant) return { row: meant, asked: { ...asked, choice: choice! } };
    if (this.#place.geography === 'free') return this.#freeCity(text);
    if (text.city === '')
      return { kind: 'unknown', code: 'value-required', field: 'city', value: '', nearest: [] };
    if (choice?.action === 'new') {
      const row = this.#ownCity(text, choice.target);
      if (row) return { row, asked: { ...asked, choice } };
    }
    const match = matchCity(text.city, text.province || undefined);
    if (match.kind === 'match') return { row: this.#nationalCity(match.city) };
    const candidates = match.kind === 'ambiguous' ? match.candidates : match.nearest;
    const nearest = candidates.slice(0, 3).map((one) => ({
      code: one.code,
      name: `${one.name}（${provinceByCode(one.provinceCode)?.shortName ?? ''}）`,
    }));
    return { kind: 'unknown', code: 'unknown-place', field: 'city', value: text.city, nearest, asked };
  }

  #nationalCity(city: { code: string; name: string; provinceCode: string }): CityRow {
    const province = provinceByCode(city.provinceCode)!;
    return this.#addCity(
      city.code,
      city.name,
      this.#addProvince(province.code, province.name, province.nameEn),
    );
  }

  #cityByCode(code: string): CityRow | undefined {
    const known = this.#cities.get(code);
    if (known) return known;
    const national = cityByCode(code);
    return national ? this.#nationalCity(national) : undefined;
  }

  /** A city that the national list lacks, under the province that was chosen or that the row names. */
  #ownCity(text: PlaceText, provinceCode: string): CityRow | undefined {
    const named = matchProvince(text.province);
    const province = provinceByCode(provinceCode) ?? (named.kind === 'match' ? named.province : undefined);
    if (!province) return undefined;
    const parent = this.#addProvince(province.code, province.name, province.nameEn);
    return this.#addCity(`${province.code}.${text.city}`, text.city, parent);
  }

  /** Places as the file names them; equal names under different parents are different places. */
  #freeCity(text: PlaceText): { row: CityRow } | Unknown {
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
    return { row: this.#addCity(`${provinceCode}.${city}`, city, parent) };
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

  /** The nearest dealers of the database, by code and by name. */
  nearestDealers(code: string, name = ''): NearPlace[] {
    this.#dealerLabels ??= new Map(
      [...this.#dealers.values()]
        .filter((row) => row.pooled === 0 && !row.isNew)
        .flatMap((row) => [row.code, row.name].map((text) => [text, row] as const)),
    );
    const texts = [...this.#dealerLabels.keys()];
    const near = [...(name === '' ? [] : nearestNames(name, texts)), ...nearestNames(code, texts)]
      .sort((a, b) => a.distance - b.distance)
      .map((one) => this.#dealerLabels!.get(one.name)!);
    return [...new Set(near)].slice(0, 3).map((row) => ({ code: row.code, name: labelOf(row) }));
  }
  #dealerLabels: Map<string, PlaceDealer> | undefined;

  /** What a choice leads to, for people; '' where the place is not known any more. */
  labelOf(kind: 'dealer' | 'city', code: string): string {
    if (kind === 'dealer') {
      const row = this.#dealers.get(code);
      return row ? labelOf(row) : '';
    }
    return this.#cities.get(code)?.name ?? cityByCode(code)?.name ?? provinceByCode(code)?.name ?? '';
  }

  /** New dealers whose name or code is like one that is known, numbers aside; none where there are very many. */
  lookAlikes(): { name: string; nearest: NearPlace[] }[] {
    const made = this.#keptDealers().filter((row) => row.isNew === true && row.pooled === 0);
    const known = [...this.#dealers.values()].filter((row) => !row.isNew && row.pooled === 0);
    if (known.length === 0 || made.length === 0 || made.length * known.length > MOST_COMPARED) return [];
    return made.flatMap((row) => {
      const nearest = known.filter((one) => isLookAlike(row.name, one.name)).slice(0, 3);
      return nearest.length === 0
        ? []
        : [{ name: row.code, nearest: nearest.map((one) => ({ code: one.code, name: labelOf(one) })) }];
    });
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
