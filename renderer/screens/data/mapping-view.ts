/** Editing a mapping as pure steps: which column means what. */
import type { ColumnFacts } from '../../../shared/calls/import.ts';
import { type Bands, bandOf } from '../../../shared/domain/band.ts';
import type { MappedAttribute, MappedItem, StudyMapping } from '../../../shared/domain/study-mapping.ts';
import type { Said } from '../../text/both.ts';
import type { importText } from '../../text/import.ts';

const PLACES = ['dealerCode', 'dealerName', 'city', 'province', 'region'] as const;
const SINGLES = ['respondent', 'weight', 'base'] as const;
const IDENTITIES = ['name', 'phone', 'vin', 'email'] as const;

type PlaceRole = (typeof PLACES)[number];
type SingleRole = (typeof SINGLES)[number];
type IdentityRole = (typeof IDENTITIES)[number];

/** What a column can be used for; one column may serve several uses. */
export type ColumnRole = 'item' | 'attribute' | 'date' | 'quarter' | PlaceRole | SingleRole | IdentityRole;

export const COLUMN_ROLES: readonly ColumnRole[] = [
  'item',
  'attribute',
  'date',
  'quarter',
  ...PLACES,
  ...SINGLES,
  ...IDENTITIES,
];

const isOneOf = <T extends string>(list: readonly T[], role: string): role is T => list.includes(role as T);

export function roleNames(text: Said<typeof importText>): Record<ColumnRole, string> {
  return {
    item: text.roleItem,
    attribute: text.roleAttribute,
    date: text.roleDate,
    quarter: text.roleQuarter,
    dealerCode: text.roleDealerCode,
    dealerName: text.roleDealerName,
    city: text.roleCity,
    province: text.roleProvince,
    region: text.roleRegion,
    respondent: text.roleRespondent,
    weight: text.roleWeight,
    base: text.roleBase,
    name: text.rolePersonName,
    phone: text.rolePhone,
    vin: text.roleVin,
    email: text.roleEmail,
  };
}

/** The uses of a column under a mapping. */
export function rolesOf(mapping: StudyMapping, column: string): ColumnRole[] {
  const roles: ColumnRole[] = [];
  if (mapping.items.some((item) => item.column === column)) roles.push('item');
  if (mapping.attributes.some((one) => one.column === column)) roles.push('attribute');
  const { period } = mapping;
  if ((period.kind === 'date' || period.kind === 'quarter') && period.column === column)
    roles.push(period.kind);
  for (const place of PLACES) {
    const source = mapping.place[place];
    if (source && 'column' in source && source.column === column) roles.push(place);
  }
  for (const single of SINGLES) if (mapping[single]?.column === column) roles.push(single);
  for (const one of mapping.identity) if (one.column === column) roles.push(one.kind);
  return roles;
}

/** A code that the engine accepts, made of a header. */
export function codeOfHeader(header: string): string {
  const code = header.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^_+|_+$/g, '');
  return code.slice(0, 80) || 'x';
}

/** The mapping with exactly these uses of a column; uses it keeps are left as they are. `facts`: what the file says of it. */
export function withRoles(
  mapping: StudyMapping,
  column: string,
  roles: readonly ColumnRole[],
  facts?: Pick<ColumnFacts, 'bands' | 'choicesBy'>,
): StudyMapping {
  const before = rolesOf(mapping, column);
  let next = mapping;
  for (const role of before) if (!roles.includes(role)) next = withoutRole(next, column, role);
  for (const role of roles) if (!before.includes(role)) next = withRole(next, column, role, facts);
  return next;
}

function withoutRole(mapping: StudyMapping, column: string, role: ColumnRole): StudyMapping {
  if (role === 'item') return { ...mapping, items: mapping.items.filter((item) => item.column !== column) };
  if (role === 'attribute')
    return { ...mapping, attributes: mapping.attributes.filter((one) => one.column !== column) };
  if (role === 'date' || role === 'quarter') return { ...mapping, period: { kind: 'file-name' } };
  if (isOneOf(PLACES, role)) return { ...mapping, place: { ...mapping.place, [role]: undefined } };
  if (isOneOf(SINGLES, role)) return { ...mapping, [role]: undefined };
  return {
    ...mapping,
    identity: mapping.identity.filter((one) => one.column !== column || one.kind !== role),
  };
}

function withRole(
  mapping: StudyMapping,
  column: string,
  role: ColumnRole,
  facts: Pick<ColumnFacts, 'bands' | 'choicesBy'> | undefined,
): StudyMapping {
  const label = { zh: column.slice(0, 200), en: column.slice(0, 200) };
  if (role === 'item') {
    const scale = mapping.items.at(-1)?.scale ?? { min: 1, max: 10 };
    const item: MappedItem = { column, indicator: codeOfHeader(column), scale, reversed: false, missing: [] };
    return { ...mapping, items: [...mapping.items, item] };
  }
  if (role === 'attribute') {
    const attribute: MappedAttribute = { column, code: codeOfHeader(column), label, values: {}, missing: [] };
    if (facts?.bands) attribute.bands = facts.bands;
    if (facts?.choicesBy) attribute.multiple = { separator: facts.choicesBy };
    return { ...mapping, attributes: [...mapping.attributes, attribute] };
  }
  if (role === 'date' || role === 'quarter') return { ...mapping, period: { kind: role, column } };
  if (isOneOf(PLACES, role)) return { ...mapping, place: placeWith(mapping.place, role, { column }) };
  if (isOneOf(SINGLES, role)) return { ...mapping, [role]: { column } };
  return { ...mapping, identity: [...mapping.identity, { column, kind: role }] };
}

/** The places of a mapping with one told from a column or by one word; regions stand in a scheme. */
export function placeWith(
  place: StudyMapping['place'],
  role: PlaceRole,
  source: StudyMapping['place']['city'],
): StudyMapping['place'] {
  const next = { ...place, [role]: source };
  return role === 'region' && source ? { ...next, scheme: place.scheme ?? REGIONS } : next;
}

const REGIONS = { code: 'regions', name: { zh: '大区', en: 'Regions' } };

export function withItem(mapping: StudyMapping, column: string, change: Partial<MappedItem>): StudyMapping {
  return {
    ...mapping,
    items: mapping.items.map((item) => (item.column === column ? { ...item, ...change } : item)),
  };
}

export function withAttribute(
  mapping: StudyMapping,
  column: string,
  change: Partial<MappedAttribute>,
): StudyMapping {
  return {
    ...mapping,
    attributes: mapping.attributes.map((one) => (one.column === column ? { ...one, ...change } : one)),
  };
}

/** One answer of an attribute: as the file writes it, its wording, the code that it counts as where that differs. */
export interface CodeRow {
  value: string;
  zh: string;
  en: string;
  code: string;
}

/** The answers of an attribute, those of the first rows that have no wording yet at the end. */
export function codeRows({ values, recode = {} }: MappedAttribute, seen: readonly string[]): CodeRow[] {
  const worded = Object.entries(values).map(([value, { zh, en }]) => ({ value, zh, en, code: '' }));
  const recoded = Object.entries(recode).map(([value, code]) => ({
    value,
    zh: values[code]?.zh ?? '',
    en: values[code]?.en ?? '',
    code,
  }));
  const known = new Set([...worded, ...recoded].map((row) => row.value));
  const fresh = seen
    .filter((value) => !known.has(value))
    .map((value) => ({ value, zh: '', en: '', code: '' }));
  return [...worded, ...recoded, ...fresh];
}

const MOST_ANSWERS = 60;

/** The answers in the first cells, one by one; amounts that bands stand for need no wording. */
export function seenAnswers(
  cells: readonly string[],
  { bands, multiple, missing }: MappedAttribute,
  suggested: Bands | null,
): string[] {
  const limits = bands ?? suggested;
  const none = new Set(missing.map(String));
  const answers = cells.flatMap((cell) => {
    if (multiple && 'separator' in multiple) return cell.split(multiple.separator);
    return multiple ? multiple.choices : [cell];
  });
  return [...new Set(answers.map((one) => one.trim()))]
    .filter((one) => one !== '' && !none.has(one) && (limits === null || bandOf(one, limits) === undefined))
    .slice(0, MOST_ANSWERS);
}

/** The wording and the recoding that the rows say; rows without either say nothing. */
export function attributeFrom(rows: readonly CodeRow[]): Pick<MappedAttribute, 'values' | 'recode'> {
  const values: MappedAttribute['values'] = {};
  const recode: Record<string, string> = {};
  for (const row of rows) {
    const [value, code] = [row.value.trim(), row.code.trim()];
    const [zh, en] = [row.zh.trim(), row.en.trim()];
    if (value === '') continue;
    if (code !== '' && code !== value) recode[value] = code;
    const under = code === '' ? value : code;
    if ((zh !== '' || en !== '') && !Object.hasOwn(values, under))
      values[under] = { zh: zh || en, en: en || zh };
  }
  return { values, recode: Object.keys(recode).length > 0 ? recode : undefined };
}

/** Bands as typed: rising limits between commas, 、, semicolons or blanks; null for anything else. */
export function bandsFrom(limits: string, unit: string): { limits: number[]; unit: string } | null {
  const numbers = limits
    .normalize('NFKC')
    .split(/[,、;\s]+/)
    .filter(Boolean)
    .map(Number);
  const rising = numbers.every((n, i) => Number.isFinite(n) && (i === 0 || n > numbers[i - 1]!));
  return rising && numbers.length > 0 && numbers.length <= 40
    ? { limits: numbers, unit: unit.trim().slice(0, 20) }
    : null;
}

/** Every rated item with the scale, direction and missing codes of the first. */
export function likeFirstItem(mapping: StudyMapping): StudyMapping {
  const [first] = mapping.items;
  if (!first) return mapping;
  const { scale, reversed, missing } = first;
  return {
    ...mapping,
    items: mapping.items.map((item) => ({ ...item, scale: { ...scale }, reversed, missing: [...missing] })),
  };
}

/** The mapping with a column carried over after all left unused. */
export function withoutColumn(mapping: StudyMapping, column: string): StudyMapping {
  return withRoles(mapping, column, []);
}

/** Brings along every indicator that an item names and nobody knows yet, named after its column. */
export function withNewIndicators(mapping: StudyMapping, known: ReadonlySet<string>): StudyMapping {
  const brought = new Set(mapping.indicators.map((one) => one.code));
  const made: StudyMapping['indicators'] = [];
  for (const { indicator, column, label } of mapping.items) {
    if (known.has(indicator) || brought.has(indicator)) continue;
    brought.add(indicator);
    made.push({ code: indicator, role: 'item', name: label ?? { zh: column, en: column }, weight: 1 });
  }
  return made.length === 0 ? mapping : { ...mapping, indicators: [...mapping.indicators, ...made] };
}

/** Missing codes as typed: numbers become numbers, anything else stays text. */
export function readCodes(texts: readonly string[]): (string | number)[] {
  return texts.map((text) => {
    const trimmed = text.trim();
    return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
  });
}

/** An empty mapping to fill in where nothing could be guessed. */
export function blankMapping(fileName: string): StudyMapping {
  const code = codeOfHeader(fileName.replace(/\.\w+$/, ''));
  return {
    version: 1,
    study: { code, channel: 'in-house', name: { zh: code, en: code }, provider: '', windowQuarters: 1 },
    kind: 'responses',
    questionnaire: '1',
    table: {},
    period: { kind: 'file-name' },
    place: { geography: 'national', createDealers: true },
    items: [],
    attributes: [],
    identity: [],
    indicators: [],
  };
}

const WAVE = /^\d{4}(Q[1-4]|-(0[1-9]|1[0-2]))?$/;
const CODE = /^[\p{L}\p{N}._-]{1,80}$/u;

/** What keeps a mapping from being previewed, as sentences. */
export function mappingGaps(mapping: StudyMapping, text: Said<typeof importText>): string[] {
  const { study, place, period, items } = mapping;
  const gaps: string[] = [];
  if (!study.code || !study.name.zh || !study.name.en || !mapping.questionnaire) gaps.push(text.gapStudy);
  const codes = [
    study.code,
    ...items.map((item) => item.indicator),
    ...mapping.attributes.map((one) => one.code),
  ];
  if (codes.some((code) => code !== '' && !CODE.test(code))) gaps.push(text.gapCode);
  const { unpivot } = mapping.table;
  if (Object.values(unpivot?.columns ?? {}).some((part) => typeof part === 'object' && !WAVE.test(part.wave)))
    gaps.push(text.gapWave);
  if (period.kind === 'date' && period.dayOf !== undefined && !/^\d{4}-\d{2}$/.test(period.dayOf))
    gaps.push(text.gapMonth);
  if (period.kind === 'constant' && !/^\d{4}Q[1-4]$/.test(period.quarter)) gaps.push(text.gapQuarter);
  if (items.length === 0) gaps.push(text.gapItems);
  if (!place.dealerCode && !place.dealerName && !place.city) gaps.push(text.gapPlace);
  if (mapping.kind === 'scores' && !mapping.base && items.some((item) => !item.baseColumn))
    gaps.push(text.gapBase);
  return gaps;
}
