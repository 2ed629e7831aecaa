/** A small study of scores to plan on: four items whose weights and scores are those of the method's worked example. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanRequest } from '../../shared/calls/plan.ts';
import type { StudyMappingInput } from '../../shared/domain/study-mapping.ts';
import { type Session, startSession } from './engine-session.ts';

const both = (text: string) => ({ zh: text, en: text });

/** The worked example of the method: four items of one area, S0 = 77.7. */
export const WEIGHTS = { A: 0.35, B: 0.25, C: 0.25, D: 0.15 };
const SCORES = { A: 70, B: 78, C: 82, D: 88 };
export const EFFECTS = { A: 0.02, B: 0.03, C: 0.04, D: 0.02 };
export const COSTS = { A: 1, B: 1.5, C: 1, D: 1 };
export const CODES = ['A', 'B', 'C', 'D'] as const;

export function planMapping(code: string): StudyMappingInput {
  return {
    version: 1,
    study: { code, channel: 'third-party', name: both(code), respondentSd100: 15 },
    kind: 'scores',
    questionnaire: '2025',
    period: { kind: 'quarter', column: 'quarter' },
    place: {
      dealerCode: { column: 'dealer' },
      dealerName: { column: 'dealer' },
      city: { column: 'city' },
      region: { column: 'region' },
      scheme: { code: 'regions', name: both('Regions') },
    },
    base: { column: 'n' },
    items: CODES.map((item) => ({ column: item, indicator: item, scale: { min: 0, max: 100 } })),
    indicators: [
      { code: 'CSI', role: 'index', name: both('CSI') },
      ...CODES.map((item) => ({
        code: item,
        role: 'item' as const,
        parent: 'CSI',
        name: both(`Item ${item}`),
        weight: WEIGHTS[item],
      })),
    ],
  };
}

interface Place {
  dealer: string;
  city: string;
  region: string;
  shift: number;
  n: number;
}

export async function withStudy(places: readonly Place[], years: readonly number[]): Promise<Session> {
  const session = await startSession();
  const lines = ['quarter,dealer,city,region,n,A,B,C,D'];
  for (const year of years)
    for (let q = 1; q <= 4; q++)
      for (const { dealer, city, region, shift, n } of places) {
        const scores = CODES.map((code) => SCORES[code] + shift);
        lines.push([`${year}Q${q}`, dealer, city, region, n, ...scores].join(','));
      }
  const path = join(session.folder, 'scores.csv');
  writeFileSync(path, `${lines.join('\n')}\n`);
  await session.call('import.commit', { path, mapping: planMapping('scores') });
  return session;
}

export async function planRequest(session: Session, change: Partial<PlanRequest>): Promise<PlanRequest> {
  const { schemes } = await session.call('catalog.get', {});
  const scheme = schemes.find((one) => one.regions > 0)!.id;
  return { year: 2026, channel: 'third-party', scheme, areaLevel: 'region', uplift: 1, ...change };
}

export const ONE: Place[] = [{ dealer: 'D1', city: '广州市', region: 'South', shift: 0, n: 400 }];
export const MANY: Place[] = [
  { dealer: 'D1', city: '广州市', region: 'South', shift: 0, n: 400 },
  { dealer: 'D2', city: '深圳市', region: 'South', shift: 4, n: 300 },
  { dealer: 'D3', city: '南宁市', region: 'South', shift: -3, n: 200 },
  { dealer: 'D4', city: '北京市', region: 'North', shift: -2, n: 400 },
  { dealer: 'D5', city: '天津市', region: 'North', shift: 2, n: 100 },
];
