// Which region a file names for a city, kept for the scheme that its mapping names.
import type { RowMapping } from '../../../../shared/domain/study-mapping.ts';
import type { ReadableConnection, WritableConnection } from '../../store/database.ts';
import {
  addMember,
  addRegion,
  addScheme,
  listMembers,
  listRegions,
  listSchemes,
} from '../../store/places.ts';

/** A scheme begins to hold long before any data. */
const SCHEME_START = '2000-01-01';

type WantedScheme = RowMapping['place']['scheme'];

export class RegionJoins {
  readonly #wanted: WantedScheme;
  readonly #known: { scheme: number; regions: Map<string, number>; members: Map<number, number> } | undefined;
  /** City to region, as the file says. */
  readonly #joined = new Map<number, string>();

  constructor(db: ReadableConnection, wanted: WantedScheme) {
    this.#wanted = wanted;
    const scheme = wanted && listSchemes(db).find((one) => one.code === wanted.code)?.id;
    if (scheme === undefined) return;
    const regions = new Map(listRegions(db, scheme).map(({ id, code }) => [code, id]));
    this.#known = { scheme, regions, members: listMembers(db, scheme) };
  }

  /** The first region that a file names for a city holds; a later one does not move it silently. */
  join(city: number, region: string): void {
    if (!this.#wanted || this.#known?.members.has(city) || this.#joined.has(city)) return;
    this.#joined.set(city, region);
  }

  /** Inside the import's transaction; `cityIds` are the real ids of the cities that are written. */
  write(db: WritableConnection, batch: number, cityIds: ReadonlyMap<number, number>): void {
    const members = [...this.#joined].filter(([city]) => cityIds.has(city));
    if (!this.#wanted || members.length === 0) return;
    const { code: scheme, name } = this.#wanted;
    const id =
      this.#known?.scheme ??
      addScheme(db, batch, { code: scheme, nameZh: name.zh, nameEn: name.en, validFrom: SCHEME_START });
    const regionIds = new Map(this.#known?.regions);
    for (const [city, region] of members) {
      if (!regionIds.has(region)) regionIds.set(region, addRegion(db, batch, id, region, region));
      addMember(db, batch, id, cityIds.get(city)!, regionIds.get(region)!);
    }
  }
}
