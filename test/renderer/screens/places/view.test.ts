import { describe, expect, test } from 'vitest';
import {
  assign,
  byProvince,
  coverageOf,
  draftOf,
  isLocked,
  neighboursOf,
  regionsOfProvince,
  saveInput,
  sizes,
  withoutRegion,
} from '../../../../renderer/screens/places/scheme-view.ts';
import { answeredSpan, filterDealers, statesOf } from '../../../../renderer/screens/places/view.ts';
import type { CityView, DealerView, SchemeView } from '../../../../shared/calls/places.ts';
import { quarterOf } from '../../../../shared/domain/quarter.ts';

const both = (text: string) => ({ zh: text, en: text });
const city = (code: string, name: string, provinceCode = '44'): CityView => ({
  code,
  name: both(name),
  provinceCode,
  province: both(provinceCode),
  dealers: 1,
  open: 1,
  national: true,
});
const dealer = (code: string, more: Partial<DealerView> = {}): DealerView => ({
  code,
  name: `${code}店`,
  city: { code: '4401', name: { zh: '广州市', en: 'Guangzhou' }, province: both('广东省') },
  opened: null,
  closed: null,
  standing: 'open',
  stays: [],
  successor: null,
  firstQuarter: quarterOf(2025, 1),
  lastQuarter: quarterOf(2026, 1),
  respondents: 40,
  outsideLife: false,
  ...more,
});

describe('the list of dealers', () => {
  test('finds every word in code, name, city or province, in either language', () => {
    const all = [dealer('A1'), dealer('B2', { name: '西湖店' })];
    const found = (words: string) => filterDealers(all, words, []).map(({ code }) => code);
    expect(found('guang a1')).toEqual(['A1']);
    expect(found('西湖')).toEqual(['B2']);
    expect(found('')).toEqual(['A1', 'B2']);
    expect(found('湖 a1')).toEqual([]);
  });

  test('tells every state of a dealer and filters by any of them', () => {
    const closed = dealer('C', {
      closed: '2025-05-01',
      standing: 'closed',
      respondents: 0,
      outsideLife: true,
    });
    const merged = dealer('D', {
      standing: 'merged',
      successor: { code: 'A', name: 'A', from: '2026-01-01' },
    });
    expect(statesOf(closed)).toEqual(['closed', 'noAnswers', 'doubtful']);
    expect(statesOf(merged)).toEqual(['merged']);
    expect(filterDealers([closed, merged, dealer('E')], '', ['merged', 'doubtful'])).toEqual([
      closed,
      merged,
    ]);
    expect(answeredSpan(dealer('E'))).toBe('2025Q1 – 2026Q1');
    expect(answeredSpan(dealer('E', { firstQuarter: null }))).toBe('');
  });
});

describe('a scheme while it is edited', () => {
  const start = draftOf({
    id: 5,
    code: 's',
    name: both('S'),
    validFrom: '2025-01-01',
    regions: [
      { code: 'a', name: 'A', cities: ['4401', '4403'] },
      { code: 'b', name: 'B', cities: ['3101'] },
    ],
  });

  test('moves cities between regions and out, and says what it will save', () => {
    const moved = assign(assign(start, ['4403'], 'b'), ['3101'], null);
    expect([...sizes(moved)]).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    expect(saveInput(moved).regions).toEqual([
      { code: 'a', name: 'A', cities: ['4401'] },
      { code: 'b', name: 'B', cities: ['4403'] },
    ]);
    expect(start.regionOf.get('3101')).toBe('b');
    expect(saveInput(withoutRegion(moved, 'a')).regions.map(({ code }) => code)).toEqual(['b']);
    const cities = [city('4401', '广州'), city('4403', '深圳'), city('4499', '别处')];
    expect(regionsOfProvince(moved, cities)).toEqual(['a', 'b']);
    expect(byProvince(cities).regions).toEqual([{ code: '44', name: '44' }]);
  });

  test('is locked only as the very version that results use', () => {
    const uses = { forecasts: 1, plans: 0, reports: 0 };
    const used = { id: 5, code: 's', validFrom: '2025-01-01', uses } as SchemeView;
    expect(isLocked(start, used)).toBe(true);
    expect(isLocked({ ...start, validFrom: '2026-01-01' }, used)).toBe(false);
    expect(isLocked({ ...start, scheme: null }, used)).toBe(false);
    expect(isLocked(start, { ...used, uses: { forecasts: 0, plans: 0, reports: 0 } })).toBe(false);
  });
});

describe('what saving a draft would mean', () => {
  const version = (id: number, validFrom: string): SchemeView =>
    ({ id, code: 's', name: both('S'), validFrom, timing: 'as-is' }) as SchemeView;
  const versions = [version(6, '2026-01-01'), version(5, '2025-01-01')];
  const draft = draftOf({ id: 5, code: 's', name: both('S'), validFrom: '2025-01-01', regions: [] });

  test('tells the versions before and after its day, and nothing where a version is kept', () => {
    const on = (validFrom: string, scheme: number | null = 5) =>
      neighboursOf({ ...draft, scheme, validFrom }, versions);
    expect(on('2025-01-01')).toBeNull();
    expect(on('2024-01-01')).toMatchObject({ before: null, after: '2025-01-01' });
    expect(on('2025-07-01')).toMatchObject({ before: '2025-01-01', after: '2026-01-01' });
    expect(on('2027-01-01', null)).toMatchObject({ before: '2026-01-01', after: null });
    expect(neighboursOf({ ...draft, code: 'other', scheme: null }, versions)).toBeNull();
  });

  test('counts the cities with dealers and the dealers that are placed', () => {
    const cities = [city('4401', '广州'), { ...city('4403', '深圳'), dealers: 3 }];
    const empty = { ...city('4404', '珠海'), dealers: 0 };
    expect(coverageOf(assign(draft, ['4403', '4404'], 'a'), [...cities, empty])).toEqual({
      cities: 1,
      ofCities: 2,
      dealers: 3,
      ofDealers: 4,
    });
  });
});
