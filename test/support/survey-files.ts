/** Small made-up studies of a car maker, with the raw rows beside the files so that figures can be worked out anew. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StudyMappingInput } from '../../shared/domain/study-mapping.ts';
import { seededRandom } from '../../shared/math/random.ts';

const both = (text: string) => ({ zh: text, en: text });

/** Weights that are not round, so that a forgotten normalisation shows. */
export const WEIGHTS = { A: 3, B: 2, C: 1.5 } as const;

const INDICATORS: NonNullable<StudyMappingInput['indicators']> = [
  { code: 'CSI', role: 'index', name: both('CSI') },
  { code: 'F', role: 'factor', parent: 'CSI', name: both('Factor') },
  { code: 'A', role: 'item', parent: 'F', name: both('Item A'), weight: WEIGHTS.A },
  { code: 'B', role: 'item', parent: 'F', name: both('Item B'), weight: WEIGHTS.B },
  { code: 'C', role: 'item', parent: 'CSI', name: both('Item C'), weight: WEIGHTS.C },
];

/** Respondents: A on 1-10, B on 1-5 reversed, C on 0-100; 98 and 99 mean no answer. */
export function responsesMapping(changes: Partial<StudyMappingInput> = {}): StudyMappingInput {
  return {
    version: 1,
    study: { code: 'own', channel: 'in-house', name: both('Own study') },
    kind: 'responses',
    questionnaire: '2026',
    period: { kind: 'date', column: 'date' },
    place: {
      dealerCode: { column: 'dealer' },
      dealerName: { column: 'name' },
      city: { column: 'city' },
      region: { column: 'region' },
      scheme: { code: 'regions', name: both('Regions') },
    },
    respondent: { column: 'id' },
    weight: { column: 'weight' },
    items: [
      { column: 'a', indicator: 'A', scale: { min: 1, max: 10 }, missing: [98, 99] },
      { column: 'b', indicator: 'B', scale: { min: 1, max: 5 }, reversed: true, missing: [9] },
      { column: 'c', indicator: 'C', scale: { min: 0, max: 100 } },
    ],
    attributes: [{ column: 'sex', code: 'sex', label: both('Sex') }],
    indicators: INDICATORS,
    ...changes,
  };
}

/** Scores of dealers with base size and standard deviation of item A; a study of its own over the same places. */
export function scoresMapping(changes: Partial<StudyMappingInput> = {}): StudyMappingInput {
  return {
    version: 1,
    study: {
      code: 'outside',
      channel: 'third-party',
      name: both('Outside study'),
      respondentSd100: 18,
    },
    kind: 'scores',
    questionnaire: '2026',
    period: { kind: 'quarter', column: 'quarter' },
    place: {
      dealerCode: { column: 'dealer' },
      dealerName: { column: 'name' },
      city: { column: 'city' },
      region: { column: 'region' },
      scheme: { code: 'regions', name: both('Regions') },
    },
    base: { column: 'n' },
    items: [
      { column: 'a', indicator: 'A', scale: { min: 0, max: 1000 }, sdColumn: 'sd' },
      { column: 'b', indicator: 'B', scale: { min: 0, max: 1000 }, baseColumn: 'nb' },
    ],
    indicators: INDICATORS,
    ...changes,
  };
}

export interface Respondent {
  id: string;
  date: string;
  dealer: string;
  name: string;
  city: string;
  region: string;
  weight: number;
  a: number | null;
  b: number | null;
  c: number | null;
  sex: string;
}

/** Region, city and dealers; two regions share Guangdong. */
const NETWORK: readonly [region: string, city: string, dealers: number][] = [
  ['South', '广州市', 3],
  ['South', '深圳市', 2],
  ['West', '湛江市', 1],
  ['East', '杭州市', 2],
  ['East', '上海市', 3],
  ['North', '北京市', 4],
];

export interface PlacedDealer {
  region: string;
  city: string;
  dealer: string;
  name: string;
}

export const DEALERS: readonly PlacedDealer[] = NETWORK.flatMap(([region, city, dealers]) =>
  Array.from({ length: dealers }, (_, i) => ({
    region,
    city,
    dealer: `${region[0]}${city.slice(0, 2)}${i}`,
    name: `${city.slice(0, 2)}${i}店`,
  })),
);

/** Respondents of a quarter such as `2026Q2`, the same for the same seed. */
export function respondents(quarter: string, count: number, seed = 1): Respondent[] {
  const random = seededRandom(seed);
  const [year, q] = quarter.split('Q').map(Number);
  const whole = (below: number) => random.whole(below);
  const maybe = (value: number) => (random.uniform() < 0.1 ? null : value);
  return Array.from({ length: count }, (_, i) => {
    const dealer = DEALERS[whole(DEALERS.length)]!;
    const month = (q! - 1) * 3 + 1 + whole(3);
    return {
      ...dealer,
      id: `${quarter}-${i}`,
      date: `${year}-${String(month).padStart(2, '0')}-${String(1 + whole(28)).padStart(2, '0')}`,
      weight: 0.5 + whole(20) / 10,
      a: maybe(1 + whole(10)),
      b: maybe(1 + whole(5)),
      c: maybe(whole(101)),
      sex: ['f', 'm', ''][whole(3)]!,
    };
  });
}

const COLUMNS = ['id', 'date', 'dealer', 'name', 'city', 'region', 'weight', 'a', 'b', 'c', 'sex'] as const;

export const RESPONSE_HEADER = COLUMNS.join(',');

/** The respondents as the file holds them: what is missing is blank, or a missing code in every other row. */
export function responseLines(rows: readonly Respondent[]): string[] {
  const codes: Partial<Record<(typeof COLUMNS)[number], string>> = { a: '98', b: '9' };
  return rows.map((row, i) =>
    COLUMNS.map((column) => row[column] ?? (i % 2 === 0 ? (codes[column] ?? '') : '')).join(','),
  );
}

export function writeResponses(folder: string, file: string, rows: readonly Respondent[]): string {
  const path = join(folder, file);
  writeFileSync(path, [RESPONSE_HEADER, ...responseLines(rows)].join('\n'));
  return path;
}

/** A file of scores: one line a dealer. */
export function writeScores(folder: string, file: string, lines: readonly string[]): string {
  const path = join(folder, file);
  writeFileSync(path, ['quarter,dealer,name,city,region,n,a,sd,b,nb', ...lines].join('\n'));
  return path;
}

export function scoreLines(quarter: string, seed = 1): string[] {
  const random = seededRandom(seed);
  const whole = (from: number, to: number) => from + random.whole(to - from);
  return DEALERS.map(({ dealer, name, city, region }) =>
    [
      quarter,
      dealer,
      name,
      city,
      region,
      whole(12, 80),
      whole(600, 900),
      whole(100, 200),
      whole(600, 900),
      whole(11, 60),
    ].join(','),
  );
}
