/** One file of the sample's in-house study in a database of its own, beside its raw rows read by nothing of ours. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StudyMappingInput } from '../../shared/domain/study-mapping.ts';
import { RESOURCES, type Session } from './engine-session.ts';
import { rawRows } from './raw-csv.ts';

/** The items of the questionnaire of 2025 by indicator: header, scale, reversed. */
export const IN_HOUSE_ITEMS: Record<
  string,
  { column: string; max: number; reversed: boolean; weight: number }
> = {
  OSAT: { column: 'Q1_总体满意度（10分制）', max: 10, reversed: false, weight: 0 },
  SI1: { column: 'Q2_预约便利性', max: 5, reversed: false, weight: 6 },
  SI2: { column: 'Q3_接待及时性', max: 5, reversed: false, weight: 9 },
  SI3: { column: 'Q4_等待时间过长', max: 5, reversed: true, weight: 7 },
  SA1: { column: 'Q5_顾问礼貌友善', max: 5, reversed: false, weight: 8 },
  SA2: { column: 'Q6_需求倾听与理解', max: 5, reversed: false, weight: 7 },
  SA3: { column: 'Q7_维修项目解释', max: 5, reversed: false, weight: 6 },
  SF1: { column: 'Q8_客户休息区体验', max: 5, reversed: false, weight: 8 },
  SF2: { column: 'Q9_环境整洁', max: 5, reversed: false, weight: 6 },
  VP1: { column: 'Q10_交车准时', max: 5, reversed: false, weight: 8 },
  VP2: { column: 'Q11_费用透明合理', max: 5, reversed: false, weight: 9 },
  SQ1: { column: 'Q12_一次修复', max: 5, reversed: false, weight: 14 },
};

export const IN_HOUSE_FILE = join(RESOURCES, 'sample/data/in-house-2026Q3.csv');

export async function importInHouse(session: Session): Promise<void> {
  const path = join(RESOURCES, 'sample/mappings/in-house-2025.mapping.json');
  const mapping = JSON.parse(readFileSync(path, 'utf8')) as StudyMappingInput;
  await session.call('import.commit', { path: IN_HOUSE_FILE, mapping });
}

/** Rows of the file with the scores on 0-100 by indicator. */
export function inHouseRows() {
  return rawRows(IN_HOUSE_FILE).map((row) => {
    const scores: Record<string, number> = {};
    for (const [code, { column, max, reversed }] of Object.entries(IN_HOUSE_ITEMS)) {
      const answer = Number(row[column]);
      if (row[column] === '' || answer < 1 || answer > max) continue;
      scores[code] = (100 * (reversed ? max - answer : answer - 1)) / (max - 1);
    }
    return { row, weight: Number(row.权重), scores };
  });
}

export type InHouseRow = ReturnType<typeof inHouseRows>[number];

/** n, sum of weights, weighted mean of an item over rows. */
export function itemOver(
  rows: readonly InHouseRow[],
  code: string,
): { n: number; weight: number; mean: number } {
  const own = rows.filter((one) => one.scores[code] !== undefined);
  const weight = own.reduce((sum, one) => sum + one.weight, 0);
  const total = own.reduce((sum, one) => sum + one.weight * one.scores[code]!, 0);
  return { n: own.length, weight, mean: total / weight };
}

/** The weighted whole of the items that answer to a prefix of their code; '' is the index. */
export function wholeOver(rows: readonly InHouseRow[], prefix = ''): number {
  let [weights, sum] = [0, 0];
  for (const [code, { weight }] of Object.entries(IN_HOUSE_ITEMS)) {
    const { n, mean } = itemOver(rows, code);
    if (!code.startsWith(prefix) || weight === 0 || n === 0) continue;
    weights += weight;
    sum += weight * mean;
  }
  return sum / weights;
}
