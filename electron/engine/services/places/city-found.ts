// What a written city turned out to be; where it is none, why, and the nearest that are some.
import { type City, matchCity, matchProvince, provinceByCode } from '../../../../shared/domain/geography.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';

export interface UnknownCity {
  kind: 'none';
  problem: Bilingual;
  nearest: Bilingual[];
}

export type CityFound = { kind: 'city'; code: string } | UnknownCity;

const MOST_NEAR = 3;

/** A city of the national list by its name or code; a province beside it has to be its own. */
export function findNationalCity(text: string, province: string): CityFound {
  const match = matchCity(text, province || undefined);
  if (match.kind === 'match') return refuseElsewhere(match.city, text, province);
  const elsewhere = province === '' ? match : matchCity(text);
  if (match.kind === 'none' && elsewhere.kind === 'match')
    return refuseElsewhere(elsewhere.city, text, province);
  if (match.kind === 'ambiguous')
    return {
      kind: 'none',
      problem: {
        zh: `叫“${text}”的不止一处，请写明省份或城市`,
        en: `there is more than one "${text}": name its province or city`,
      },
      nearest: match.candidates.slice(0, MOST_NEAR).map(cityInProvince),
    };
  const isCode = /^\d+$/.test(text);
  return {
    kind: 'none',
    problem: isCode
      ? { zh: `没有代码为“${text}”的城市`, en: `no city has the code "${text}"` }
      : { zh: `没有名为“${text}”的城市`, en: `there is no city "${text}"` },
    nearest: isCode ? [] : match.nearest.slice(0, MOST_NEAR).map(cityInProvince),
  };
}

/** The city, unless the province written beside it is another. */
export function refuseElsewhere(
  city: Pick<City, 'code' | 'name' | 'nameEn' | 'provinceCode'>,
  text: string,
  province: string,
): CityFound {
  const written = matchProvince(province);
  if (written.kind === 'none' || written.province.code === city.provinceCode)
    return { kind: 'city', code: city.code };
  const own = provinceByCode(city.provinceCode);
  return {
    kind: 'none',
    problem: {
      zh: `城市“${text}”在${own?.name ?? city.provinceCode}，不在${written.province.name}`,
      en: `the city "${text}" is in ${own?.nameEn ?? city.provinceCode}, not in ${written.province.nameEn}`,
    },
    nearest: [],
  };
}

function cityInProvince({ name, nameEn, provinceCode }: City): Bilingual {
  const province = provinceByCode(provinceCode);
  return { zh: `${name}（${province?.shortName ?? ''}）`, en: `${nameEn} (${province?.nameEn ?? ''})` };
}
