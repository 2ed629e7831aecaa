/* The maker's own survey: one row a service customer, five-point items, weights, attributes, missing codes. */
import { type Quarter, yearOf } from '../../shared/domain/quarter.ts';
import type { Random } from '../../shared/math/random.ts';
import { answer, respondentMood } from './answers.ts';
import { dayWithin } from './days.ts';
import { questionnaireOf, type SampleItem } from './indicators.ts';
import type { SampleDealer } from './network.ts';
import { volumeFactor } from './planted.ts';
import type { Satisfaction } from './satisfaction.ts';
import { pick, stream } from './streams.ts';
import type { Cell } from './tables.ts';

const GENDERS = [
  ['男', 68],
  ['女', 32],
] as const;
const AGES = [
  ['29岁及以下', 18],
  ['30-39岁', 42],
  ['40-49岁', 27],
  ['50岁及以上', 13],
] as const;
const MODELS = [
  ['M3 轿车', 26],
  ['M5 轿车', 22],
  ['M6 SUV', 30],
  ['M8 MPV', 9],
  ['ME1 纯电', 13],
] as const;
const PURPOSES = [
  ['常规保养', 58],
  ['故障维修', 22],
  ['事故维修', 11],
  ['召回或升级', 9],
] as const;
const SERVICES = ['更换机油', '轮胎', '制动', '空调', '钣金喷漆', '电瓶', '软件升级'];

// Customers missing from the sample count more: the field work reaches too few women and young owners.
const DESIGN_WEIGHT: Record<string, number> = {
  男: 0.92,
  女: 1.17,
  '29岁及以下': 1.3,
  '30-39岁': 0.95,
  '40-49岁': 0.92,
  '50岁及以上': 0.98,
};

export function inHouseTable(
  seed: number,
  dealers: SampleDealer[],
  truth: Satisfaction,
  quarter: Quarter,
): Cell[][] {
  const { items } = questionnaireOf('in-house', quarter);
  const header = [
    ...['样本编号', '经销商代码', '经销商名称', '城市', '省份', '大区', '访问日期', '权重'],
    ...['性别', '年龄段', '车型', '购车年份', '到店目的', '服务项目'],
    ...items.map((item) => item.column),
  ];
  const rows: Cell[][] = [header];
  for (const dealer of dealers) {
    const random = stream(seed, 'in-house', dealer.code, quarter);
    const usual = Math.min(40, Math.max(10, 17.5 * dealer.size * (0.85 + 0.3 * random.uniform())));
    const n = Math.round(usual * volumeFactor('in-house', quarter, truth.isBetterHalf(dealer)));
    const means = items.map((item) => truth.mean('in-house', dealer, quarter, item.indicator));
    for (let i = 0; i < n; i += 1) rows.push(interview(random, dealer, quarter, i, items, means));
  }
  return rows;
}

function interview(
  random: Random,
  dealer: SampleDealer,
  quarter: Quarter,
  i: number,
  items: SampleItem[],
  means: number[],
): Cell[] {
  const gender = pick(random, GENDERS);
  const age = pick(random, AGES);
  const purpose = pick(random, PURPOSES);
  const bought = yearOf(quarter) - random.whole(7);
  const mood = respondentMood(random);
  const { code, name, city, provinceName, region } = dealer;
  return [
    ...[`${code}-${quarter}-${String(i + 1).padStart(3, '0')}`, code, name, city.name, provinceName, region],
    ...[dayWithin(random, quarter).iso, Math.round(DESIGN_WEIGHT[gender]! * DESIGN_WEIGHT[age]! * 100) / 100],
    ...[gender, age, pick(random, MODELS), bought, purpose, services(random)],
    ...items.map((item, k) => coded(random, mood, item, means[k]!)),
  ];
}

/** The answer as the file codes it: turned where the item is worded the other way, or a missing code. */
function coded(random: Random, mood: number, item: SampleItem, mean: number): Cell {
  const value = answer(random, mood, mean, item.min, item.max);
  const fate = random.uniform();
  if (fate < 0.01) return null;
  if (fate < 0.02) return 99;
  if (fate < 0.05 && item.missing.includes(9)) return 9;
  return item.reversed ? item.min + item.max - value : value;
}

function services(random: Random): string {
  return SERVICES.filter((_, i) => random.uniform() < (i === 0 ? 0.6 : 0.15)).join(';');
}
