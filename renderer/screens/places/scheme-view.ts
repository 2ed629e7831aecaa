import type { CityView, SchemeContentView, SchemeView } from '../../../shared/calls/places.ts';
import type { CallInput } from '../../../shared/contract.ts';

/** A scheme while it is edited. `scheme` is the version it started from, null for a new one. */
export interface SchemeDraft {
  scheme: number | null;
  code: string;
  nameZh: string;
  nameEn: string;
  validFrom: string;
  regions: { code: string; name: string }[];
  /** City code to region code. */
  regionOf: Map<string, string>;
}

export function draftOf(content: SchemeContentView): SchemeDraft {
  return {
    scheme: content.id,
    code: content.code,
    nameZh: content.name.zh,
    nameEn: content.name.en,
    validFrom: content.validFrom,
    ...placed(content.regions),
  };
}

/** The regions of a draft from regions with their cities. */
export function placed(regions: SchemeContentView['regions']): Pick<SchemeDraft, 'regions' | 'regionOf'> {
  return {
    regions: regions.map(({ code, name }) => ({ code, name })),
    regionOf: new Map(regions.flatMap(({ code, cities }) => cities.map((city) => [city, code] as const))),
  };
}

/** One region for each province that has cities. */
export function byProvince(cities: readonly CityView[]): Pick<SchemeDraft, 'regions' | 'regionOf'> {
  const provinces = new Map(cities.map((city) => [city.provinceCode, city.province.zh]));
  return {
    regions: [...provinces].map(([code, name]) => ({ code, name })),
    regionOf: new Map(cities.map((city) => [city.code, city.provinceCode])),
  };
}

/** The cities put into a region, or out of all of them (null). */
export function assign(draft: SchemeDraft, cities: Iterable<string>, region: string | null): SchemeDraft {
  const regionOf = new Map(draft.regionOf);
  for (const city of cities)
    if (region === null) regionOf.delete(city);
    else regionOf.set(city, region);
  return { ...draft, regionOf };
}

export function withoutRegion(draft: SchemeDraft, region: string): SchemeDraft {
  return {
    ...draft,
    regions: draft.regions.filter(({ code }) => code !== region),
    regionOf: new Map([...draft.regionOf].filter(([, own]) => own !== region)),
  };
}

/** How many cities each region holds. */
export function sizes(draft: SchemeDraft): Map<string, number> {
  const counts = new Map<string, number>();
  for (const region of draft.regionOf.values()) counts.set(region, (counts.get(region) ?? 0) + 1);
  return counts;
}

export function saveInput(draft: SchemeDraft): CallInput<'schemes.save'> {
  const { scheme, code, nameZh, nameEn, validFrom, regions, regionOf } = draft;
  return {
    ...(scheme === null ? {} : { scheme }),
    code,
    name: { zh: nameZh, en: nameEn || nameZh },
    validFrom,
    regions: regions.map((region) => ({
      ...region,
      cities: [...regionOf].filter(([, own]) => own === region.code).map(([city]) => city),
    })),
  };
}

/** The versions before and after the day of a draft, of the scheme that its code names; null where it names none. */
export function neighboursOf(
  { code, scheme, validFrom }: SchemeDraft,
  schemes: readonly SchemeView[],
): { name: SchemeView['name']; before: string | null; after: string | null } | null {
  const versions = schemes.filter((one) => one.code === code && one.timing === 'as-is');
  const days = versions.map((one) => one.validFrom).sort();
  const isKept = versions.some((one) => one.id === scheme && one.validFrom === validFrom);
  if (versions.length === 0 || isKept) return null;
  return {
    name: versions[0]!.name,
    before: days.findLast((day) => day < validFrom) ?? null,
    after: days.find((day) => day > validFrom) ?? null,
  };
}

/** How many of the cities with dealers, and of the dealers, a draft places. */
export function coverageOf(draft: SchemeDraft, cities: readonly CityView[]) {
  const standing = cities.filter((city) => city.dealers > 0);
  const placed = standing.filter((city) => draft.regionOf.has(city.code));
  const dealers = (some: readonly CityView[]) => some.reduce((sum, city) => sum + city.dealers, 0);
  return {
    cities: placed.length,
    ofCities: standing.length,
    dealers: dealers(placed),
    ofDealers: dealers(standing),
  };
}

/** True when stored results use the version that the draft would overwrite. */
export function isLocked(draft: SchemeDraft, from: SchemeView | undefined): boolean {
  if (!from || draft.scheme === null) return false;
  const used = from.uses.forecasts + from.uses.plans + from.uses.reports > 0;
  return used && draft.code === from.code && draft.validFrom === from.validFrom;
}

/** The regions of a province's cities, each once; none where no city is placed. */
export function regionsOfProvince(draft: SchemeDraft, cities: readonly CityView[]): string[] {
  return [...new Set(cities.flatMap((city) => draft.regionOf.get(city.code) ?? []))];
}
