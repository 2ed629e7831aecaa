import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  attributeFrom,
  bandsFrom,
  blankMapping,
  COLUMN_ROLES,
  codeOfHeader,
  codeRows,
  mappingGaps,
  placeWith,
  readCodes,
  rolesOf,
  seenAnswers,
  withItem,
  withNewIndicators,
  withRoles,
} from '../../../../renderer/screens/data/mapping-view.ts';
import { say } from '../../../../renderer/text/both.ts';
import { importText } from '../../../../renderer/text/import.ts';
import { studyMapping } from '../../../../shared/domain/study-mapping.ts';

const FILE = join(import.meta.dirname, '../../../../resources/sample/mappings/in-house-2025.mapping.json');
const mapping = studyMapping.parse(JSON.parse(readFileSync(FILE, 'utf8')));
const text = say(importText, 'en');
const firstItem = mapping.items[0]!;

describe('editing a mapping', () => {
  it('tells the uses of every mapped column', () => {
    expect(rolesOf(mapping, '经销商代码')).toEqual(['dealerCode']);
    expect(rolesOf(mapping, '访问日期')).toEqual(['date']);
    expect(rolesOf(mapping, '权重')).toEqual(['weight']);
    expect(rolesOf(mapping, firstItem.column)).toEqual(['item']);
    expect(rolesOf(mapping, '没有这一列')).toEqual([]);
  });

  it.each(COLUMN_ROLES)('gives a column the use "%s" and takes it away again', (role) => {
    const with_ = withRoles(mapping, '新列', [role]);
    expect(rolesOf(with_, '新列')).toEqual([role]);
    expect(rolesOf(withRoles(with_, '新列', []), '新列')).toEqual([]);
  });

  it('gives regions a scheme to stand in, and keeps the one that is there', () => {
    const bare = withRoles(blankMapping('wave.csv'), 'state', ['region']);
    expect(bare.place).toMatchObject({ region: { column: 'state' }, scheme: { code: 'regions' } });
    const scheme = { code: 'states', name: { zh: '州', en: 'States' } };
    const named = { ...bare, place: { ...bare.place, scheme } };
    expect(withRoles(withRoles(named, 'state', []), 'area', ['region']).place.scheme).toEqual(scheme);
    expect(placeWith(blankMapping('wave.csv').place, 'city', { constant: '上海' }).scheme).toBeUndefined();
  });

  it('keeps what a column says when another use joins it', () => {
    const both = withRoles(mapping, firstItem.column, ['item', 'attribute']);
    expect(both.items.find((item) => item.column === firstItem.column)).toEqual(firstItem);
    expect(rolesOf(both, firstItem.column)).toEqual(['item', 'attribute']);
  });

  it('leaves the mapping it was given alone', () => {
    const before = structuredClone(mapping);
    withRoles(withItem(mapping, firstItem.column, { reversed: true }), firstItem.column, []);
    expect(mapping).toEqual(before);
  });

  it('makes codes that the schema accepts', () => {
    const codes = ['Q1_总体满意度（10分制）', '  a b / c ', '***'].map(codeOfHeader);
    expect(codes).toEqual(['Q1_总体满意度_10分制', 'a_b_c', 'x']);
  });

  it('brings an indicator along only where nobody knows it', () => {
    const edited = withItem(mapping, firstItem.column, { indicator: 'BRAND_NEW' });
    const known = new Set(mapping.items.map((item) => item.indicator));
    expect(withNewIndicators(mapping, known)).toBe(mapping);
    expect(withNewIndicators(edited, known).indicators.at(-1)).toMatchObject({
      code: 'BRAND_NEW',
      role: 'item',
    });
  });

  it('reads missing codes as numbers where they are numbers', () => {
    expect(readCodes(['99', ' -1 ', '不知道'])).toEqual([99, -1, '不知道']);
  });

  it('says what a blank mapping lacks, and nothing of a complete one', () => {
    expect(mappingGaps(blankMapping('new file.csv'), text)).toEqual([text.gapItems, text.gapPlace]);
    expect(mappingGaps(mapping, text)).toEqual([]);
  });

  it('ends with a mapping that the schema accepts', () => {
    const filled = ['Q1', 'Q2'].reduce(
      (made, column) => withRoles(made, column, ['item']),
      withRoles(blankMapping('2026Q3 x.csv'), 'city', ['city']),
    );
    expect(mappingGaps(filled, text)).toEqual([]);
    expect(studyMapping.safeParse(withNewIndicators(filled, new Set())).success).toBe(true);
  });
});

it('the answers of an attribute are worded, recoded and read back as they were', () => {
  const attribute = {
    column: 'AGE',
    code: 'age',
    label: { zh: '年龄', en: 'Age' },
    values: { 2: { zh: '18-24 岁', en: '18-24' } },
    missing: [],
    recode: { '18-24': '2' },
  };
  const rows = codeRows(attribute, ['18-24', '25-34']);
  expect(rows.map(({ value, code }) => [value, code])).toEqual([
    ['2', ''],
    ['18-24', '2'],
    ['25-34', ''],
  ]);
  expect(attributeFrom(rows)).toEqual({ values: attribute.values, recode: attribute.recode });
  expect(attributeFrom([{ value: ' ', zh: 'x', en: '', code: '' }])).toEqual({
    values: {},
    recode: undefined,
  });
  expect(attributeFrom([{ value: '1', zh: '男', en: '', code: '1' }])).toEqual({
    values: { 1: { zh: '男', en: '男' } },
    recode: undefined,
  });
});

it('a column becomes an attribute with the bands and choices that the file tells, and typed limits must rise', () => {
  const facts = { bands: { limits: [15, 20], unit: '万元' }, choicesBy: null };
  const made = withRoles(mapping, '价格', ['attribute'], facts).attributes.at(-1)!;
  expect(made.bands).toEqual(facts.bands);
  const several = withRoles(mapping, '$why', ['attribute'], { bands: null, choicesBy: '|' }).attributes.at(
    -1,
  )!;
  expect(several.multiple).toEqual({ separator: '|' });
  expect(bandsFrom('15、20，25; 30', ' 万元 ')).toEqual({ limits: [15, 20, 25, 30], unit: '万元' });
  for (const typed of ['', '20 15', '15,15', '一', '1e999']) expect(bandsFrom(typed, '')).toBeNull();
});

it('the answers of cells with several stand one by one, without skip codes and amounts in bands', () => {
  const attribute = { column: 'q', code: 'q', label: { zh: 'q', en: 'q' }, values: {}, missing: [9] };
  expect(
    seenAnswers(['价格|品牌', '|', '品牌', '9'], { ...attribute, multiple: { separator: '|' } }, null),
  ).toEqual(['价格', '品牌']);
  expect(seenAnswers(['18', '面议'], attribute, { limits: [15, 20], unit: '万元' })).toEqual(['面议']);
});
