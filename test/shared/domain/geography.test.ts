import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  CITIES,
  cityByCode,
  matchCity,
  matchProvince,
  PROVINCE_TILES,
  PROVINCES,
  provinceByCode,
  regionName,
} from '../../../shared/domain/geography.ts';
import { hasRealData, REAL_DATA } from '../../support/real-data.ts';

const REVIEWS = join(REAL_DATA, 'car-owner-reviews/maiteng_deid.csv');

function cityName(name: string, hint?: string): string {
  const match = matchCity(name, hint);
  return match.kind === 'match' ? match.city.shortName : match.kind;
}

describe('the tables', () => {
  test('hold 34 provinces and every city under one of them', () => {
    expect(PROVINCES).toHaveLength(34);
    expect(CITIES).toHaveLength(372);
    for (const city of CITIES) expect(provinceByCode(city.provinceCode), city.name).toBeDefined();
    expect(new Set(CITIES.map((c) => c.code)).size).toBe(CITIES.length);
  });

  test('hold every province and city of the published division, and the three regions it leaves out', () => {
    if (!hasRealData()) return;
    const read = (file: string) =>
      readFileSync(join(REAL_DATA, 'china-divisions', file), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.replaceAll('"', '').trim().split(','));
    const published = read('provinces.csv');
    expect(PROVINCES.map((p) => p.code)).toEqual([...published.map(([code]) => code), '71', '81', '82']);
    for (const [code, name] of published) expect(provinceByCode(code!)?.name).toBe(name);
    const cities = read('cities.csv');
    expect(cities).toHaveLength(342);
    for (const [code, name, province] of cities) {
      const collective = /90$/.test(code!) || code === '5002';
      const municipality = provinceByCode(province!)!.name;
      expect(cityByCode(code!)?.name, code).toBe(
        collective ? undefined : name === '市辖区' ? municipality : name,
      );
      if (!collective) expect(cityByCode(code!)?.provinceCode).toBe(province);
    }
    expect(['台北', '臺灣', '香港', '澳门特别行政区', 'Macau'].map((one) => cityName(one))).toEqual([
      '台湾',
      '台湾',
      '香港',
      '澳门',
      '澳门',
    ]);
  });

  test('show municipalities as themselves and leave collective rows out', () => {
    expect(
      CITIES.filter((c) => ['11', '12', '31', '50'].includes(c.provinceCode)).map((c) => c.name),
    ).toEqual(['北京市', '天津市', '上海市', '重庆市']);
    expect(CITIES.filter((c) => /直辖|市辖|^县$/.test(c.name))).toEqual([]);
    expect(cityByCode('419001')?.name).toBe('济源市');
  });

  test('give every city an English name that no other city has', () => {
    expect(CITIES.filter((c) => !/^[A-Z][A-Za-zü'() ]+$/.test(c.nameEn))).toEqual([]);
    expect(new Set(CITIES.map((c) => c.nameEn)).size).toBe(CITIES.length);
  });

  test('shorten prefectures to the name people use', () => {
    const names = ['2224', '5223', '5328', '6540', '6530', '429021', '469025'].map(
      (c) => cityByCode(c)?.shortName,
    );
    expect(names).toEqual(['延边', '黔西南', '西双版纳', '伊犁', '克孜勒苏', '神农架', '白沙']);
  });

  test('place each province on a tile of its own', () => {
    expect(Object.keys(PROVINCE_TILES).sort()).toEqual(PROVINCES.map((p) => p.code));
    expect(new Set(Object.values(PROVINCE_TILES).map(String)).size).toBe(34);
    expect(PROVINCE_TILES['23']).toEqual([5, 0]);
    expect(PROVINCE_TILES['46']).toEqual([3, 7]);
  });
});

describe('matchCity', () => {
  test.each([
    ['广州', '广州'],
    ['广州市', '广州'],
    [' 北京 ', '北京'],
    ['延边', '延边'],
    ['延边州', '延边'],
    ['西双版纳傣族自治州', '西双版纳'],
    ['锡林郭勒盟', '锡林郭勒'],
    ['襄樊', '襄阳'],
    ['昆山', '苏州'],
    ['义乌市', '金华'],
    ['广东省广州市', '广州'],
    ['江苏昆山', '苏州'],
    ['吉林', '吉林'],
    ['Hohhot', '呼和浩特'],
    ["xi'an", '西安'],
    ['4401', '广州'],
    ['440100', '广州'],
    ['浦东新区', '上海'],
  ])('reads %s as %s', (written, expected) => {
    expect(cityName(written)).toBe(expected);
  });

  test('asks where several cities share a name, and takes the hint', () => {
    const match = matchCity('鼓楼区');
    expect(match.kind === 'ambiguous' && match.candidates.map((c) => c.shortName)).toEqual([
      '南京',
      '徐州',
      '福州',
      '开封',
    ]);
    expect(cityName('鼓楼区', '河南')).toBe('开封');
    expect(cityName('Suzhou')).toBe('ambiguous');
    expect(cityName('Suzhou', 'Anhui')).toBe('宿州');
  });

  test('names the nearest for a slip of the pen, and for nothing at all', () => {
    const match = matchCity('石家庒');
    expect(match.kind === 'none' && match.nearest[0]?.shortName).toBe('石家庄');
    const blank = matchCity('');
    expect(blank.kind === 'none' && blank.nearest.length).toBe(3);
  });

  test('finds every purchase city of the owner reviews', (context) => {
    if (!existsSync(REVIEWS)) return context.skip(`${REVIEWS} is absent`);
    const rows = readFileSync(REVIEWS, 'utf8').trim().split('\n').slice(1);
    const written = [...new Set(rows.map((row) => row.split(',')[0]!))];
    expect(written.length).toBeGreaterThan(100);
    expect(written.filter((name) => matchCity(name).kind !== 'match')).toEqual([]);
  });
});

describe('matchProvince', () => {
  test.each(['广东', '广东省', '粤', 'Guangdong', '44', '440000', ' 广东 '])('reads %s', (written) => {
    const match = matchProvince(written);
    expect(match.kind === 'match' && match.province.code).toBe('44');
  });

  test('reads autonomous regions short and long', () => {
    const codes = ['内蒙', '内蒙古自治区', '新疆维吾尔自治区', '广西', '宁夏'].map((n) => {
      const match = matchProvince(n);
      return match.kind === 'match' ? match.province.code : match.kind;
    });
    expect(codes).toEqual(['15', '15', '65', '45', '64']);
  });

  test('offers three for what it does not know', () => {
    const match = matchProvince('广冬');
    expect(match.kind === 'none' && match.nearest.map((p) => p.shortName)).toContain('广东');
  });
});

describe('region names', () => {
  test('knows the usual seven sales regions and keeps any other name', () => {
    expect(regionName('华南')).toEqual({ zh: '华南', en: 'South China' });
    expect(regionName('西北大区').en).toBe('Northwest China');
    expect(regionName('AL')).toEqual({ zh: 'AL', en: 'AL' });
  });
});
