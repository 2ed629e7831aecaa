// Which dealer a row belongs to. Known places come from the database, new ones are registered and written only when the
// import is committed; a row that fits nowhere says which places come nearest.
import {
  cityByCode,
  matchCity,
  matchProvince,
  PROVINCES,
  provinceByCode,
} from '../../../../shared/domain/geography.ts';
import type { RowMapping } from '../../../../shared/domain/study-mapping.ts';
import type { ReadableConnection, WritableConnection } from '../../store/database.ts';
import { listAliases } from '../../store/import-memory.ts';
import type { CityRow } from '../../store/places.ts';
import { DealerLookup } from './dealer-lookup.ts';
import {
  type AskedName,
  choiceKey,
  type KnownChoice,
  type LeftOut,
  labelOf,
  type NearPlace,
  type PlaceAnswer,
  type PlaceText,
  type UnknownPlace,
} from './place-names.ts';
import { PlaceRegister } from './place-register.ts';
import { RegionJoins } from './region-joins.ts';

export class PlaceDirectory {
  readonly #place: RowMapping['place'];
  readonly #register: PlaceRegister;
  readonly #dealers: DealerLookup;
  readonly #regions: RegionJoins;
  readonly #choices = new Map<string, KnownChoice>();
  readonly #answers = new Map<string, PlaceAnswer>();

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
    this.#register = new PlaceRegister(db);
    this.#dealers = new DealerLookup(this.#register.dealers);
    this.#regions = new RegionJoins(db, place.scheme);
  }

  get newDealers(): number {
    return this.#register.newDealers.length;
  }

  get newCities(): number {
    return this.#register.newCities;
  }

  /** A row of this dealer was accepted. */
  keep(dealer: number): void {
    this.#register.keep(dealer);
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
    const meant = choice?.action === 'match' ? this.#register.dealers.get(choice.target) : undefined;
    if (meant) return { kind: 'dealer', id: meant.id, asked: { ...asked, choice: choice! } };
    const known = code === '' ? undefined : this.#dealers.find(code, text.dealerCode === '');
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
        nearest: this.#dealers.nearest(code, text.dealerName),
        asked,
      };
    if ('kind' in city) return known ? { kind: 'dealer', id: known.id } : city;
    if (text.region !== '') this.#regions.join(city.row.id, text.region);
    if (known) return { kind: 'dealer', id: known.id };
    const id = this.#register.addDealer(city.row, code, text.dealerName || code);
    if (choice?.action === 'new') return { kind: 'dealer', id, asked: { ...asked, choice } };
    return city.asked ? { kind: 'dealer', id, asked: city.asked } : { kind: 'dealer', id };
  }

  #choiceFor(asked: AskedName): KnownChoice | undefined {
    return this.#choices.size === 0 ? undefined : this.#choices.get(`${asked.kind} ${choiceKey(asked)}`);
  }

  #city(
    text: PlaceText,
  ): { row: CityRow; asked?: AskedName & { choice: KnownChoice } } | UnknownPlace | LeftOut {
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
    return this.#register.addCity(
      city.code,
      city.name,
      this.#register.addProvince(province.code, province.name, province.nameEn),
    );
  }

  #cityByCode(code: string): CityRow | undefined {
    const known = this.#register.city(code);
    if (known) return known;
    const national = cityByCode(code);
    return national ? this.#nationalCity(national) : undefined;
  }

  /** A city that the national list lacks, under the province that was chosen or that the row names. */
  #ownCity(text: PlaceText, provinceCode: string): CityRow | undefined {
    const named = matchProvince(text.province);
    const province = provinceByCode(provinceCode) ?? (named.kind === 'match' ? named.province : undefined);
    if (!province) return undefined;
    const parent = this.#register.addProvince(province.code, province.name, province.nameEn);
    return this.#register.addCity(`${province.code}.${text.city}`, text.city, parent);
  }

  /** Places as the file names them; equal names under different parents are different places. */
  #freeCity(text: PlaceText): { row: CityRow } | UnknownPlace {
    const province = text.province || text.region || text.city;
    if (province === '')
      return { kind: 'unknown', code: 'value-required', field: 'city', value: '', nearest: [] };
    const national = text.region === '' ? matchProvince(province) : undefined;
    const provinceCode =
      national?.kind === 'match' ? national.province.code : [text.region, province].filter(Boolean).join('.');
    const parent = this.#register.addProvince(
      provinceCode,
      province,
      PROVINCES.find((one) => one.code === provinceCode)?.nameEn ?? province,
    );
    const city = text.city || province;
    return { row: this.#register.addCity(`${provinceCode}.${city}`, city, parent) };
  }

  /** What a choice leads to, for people; '' where the place is not known any more. */
  labelOf(kind: 'dealer' | 'city', code: string): string {
    if (kind === 'dealer') {
      const row = this.#register.dealers.get(code);
      return row ? labelOf(row) : '';
    }
    return this.#register.city(code)?.name ?? cityByCode(code)?.name ?? provinceByCode(code)?.name ?? '';
  }

  /** New dealers whose name is like one that is known, see `DealerLookup`. */
  lookAlikes(): { name: string; nearest: NearPlace[] }[] {
    return this.#dealers.lookAlikes(this.#register.newDealers);
  }

  /** Writes what is new and returns the real id of every dealer that rows were given; inside the import's transaction. */
  write(db: WritableConnection, batch: number): Map<number, number> {
    const { dealerIds, cityIds } = this.#register.write(db, batch);
    this.#regions.write(db, batch, cityIds);
    return dealerIds;
  }
}
