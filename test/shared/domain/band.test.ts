import { expect, test } from 'vitest';
import { answerLabels, bandNames, bandOf, readableLimits } from '../../../shared/domain/band.ts';

const PRICES = { limits: [15, 20, 25], unit: '万元' };

test.each([
  ['14.99万元', '<15万元'],
  ['15.00万元', '15-20万元'],
  ['¥180,000', '15-20万元'],
  ['15-20万', '15-20万元'],
  ['22', '20-25万元'],
  ['25万', '≥25万元'],
  ['15万元以下', '<15万元'],
  ['25万元以上', '≥25万元'],
  ['20,000公里', undefined],
  ['面议', undefined],
])('%s falls into %s', (text, band) => {
  expect(bandOf(text, PRICES)).toBe(band);
});

test('every band of an amount has a name in both languages', () => {
  expect(bandNames(PRICES)).toEqual([
    { value: '<15万元', label: { zh: '15 万元以下', en: 'below 150,000 yuan' } },
    { value: '15-20万元', label: { zh: '15–20 万元', en: '150,000–200,000 yuan' } },
    { value: '20-25万元', label: { zh: '20–25 万元', en: '200,000–250,000 yuan' } },
    { value: '≥25万元', label: { zh: '25 万元及以上', en: '250,000 yuan and more' } },
  ]);
  const named = new Set(bandNames(PRICES).map(({ value }) => value));
  for (let price = 5; price < 40; price += 0.37) expect(named).toContain(bandOf(`${price}`, PRICES));
  expect(bandNames({ limits: [], unit: '' })).toEqual([]);
});

test('a limit that binary numbers cannot hold still belongs to the band that begins with it', () => {
  expect(bandOf('1.1万元', { limits: [1.1], unit: '万元' })).toBe('≥1.1万元');
  expect(bandOf('11000元', { limits: [1.1], unit: '万元' })).toBe('≥1.1万元');
});

test('bands come before the answers that the mapping words itself', () => {
  const labels = answerLabels({
    bands: { limits: [30], unit: '岁' },
    values: { x: { zh: '拒答', en: 'Refused' } },
  });
  expect(Object.entries(labels).map(([value, { zh }]) => [value, zh])).toEqual([
    ['<30岁', '30 岁以下'],
    ['≥30岁', '30 岁及以上'],
    ['x', '拒答'],
  ]);
});

test('limits read well and part the amounts about evenly', () => {
  const ages = Array.from({ length: 480 }, (_, i) => 18 + (i % 48));
  const limits = readableLimits(ages)!;
  expect(limits).toEqual([25, 35, 45, 55]);
  const sizes = [-Infinity, ...limits].map(
    (from, i) => ages.filter((age) => age >= from && age < (limits[i] ?? Infinity)).length,
  );
  expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(2.5);
  expect(readableLimits([1, 1, 1, 2, 3])).toBeUndefined();
  expect(readableLimits([])).toBeUndefined();
  for (const limit of readableLimits(Array.from({ length: 200 }, (_, i) => 0.0137 * i))!)
    expect(limit).toBe(Number(limit.toPrecision(2)));
});
