/* The two studies of customers who left: service customers gone (流失) and prospects lost to another brand (战败). */
import type { Quarter } from '../../shared/domain/quarter.ts';
import type { Random } from '../../shared/math/random.ts';
import { answer, respondentMood } from './answers.ts';
import { dayWithin } from './days.ts';
import { questionnaireOf } from './indicators.ts';
import type { SampleDealer } from './network.ts';
import type { Satisfaction } from './satisfaction.ts';
import { pick, stream } from './streams.ts';
import type { Cell } from './tables.ts';

const LAPSE_REASONS = [
  ['价格偏高', 31],
  ['距离远', 18],
  ['维修质量', 17],
  ['等待时间长', 16],
  ['服务态度', 9],
  ['车辆已转让', 9],
] as const;
const DEFEAT_REASONS = [
  ['价格或优惠', 36],
  ['产品配置', 21],
  ['交车周期', 14],
  ['销售服务', 13],
  ['品牌偏好', 16],
] as const;
const STAGES = [
  ['首次到店后', 34],
  ['试驾后', 29],
  ['报价后', 27],
  ['下订后', 10],
] as const;
const RIVALS = [
  ['甲品牌', 30],
  ['乙品牌', 24],
  ['丙品牌', 18],
  ['丁品牌', 16],
  ['其他品牌', 12],
] as const;

type LostChannel = 'lost-customer' | 'lost-sale';

const STUDIES: Record<LostChannel, { columns: string[]; usual: number; facts: (random: Random) => Cell[] }> =
  {
    'lost-customer': {
      columns: ['流失原因', '距上次进店月数'],
      usual: 6,
      facts: (random) => [pick(random, LAPSE_REASONS), 6 + Math.floor(20 * random.uniform() ** 1.6)],
    },
    'lost-sale': {
      columns: ['战败原因', '战败阶段', '购买品牌'],
      usual: 4.5,
      facts: (random) => [pick(random, DEFEAT_REASONS), pick(random, STAGES), pick(random, RIVALS)],
    },
  };

export function lostTable(
  seed: number,
  channel: LostChannel,
  dealers: SampleDealer[],
  truth: Satisfaction,
  quarter: Quarter,
): Cell[][] {
  const { items } = questionnaireOf(channel, quarter);
  const study = STUDIES[channel];
  const places = ['编号', '经销商代码', '城市', '省份', '大区', '访问日期'];
  const rows: Cell[][] = [[...places, ...study.columns, ...items.map((item) => item.column)]];
  for (const dealer of dealers) {
    const random = stream(seed, channel, dealer.code, quarter);
    const n = Math.min(
      10,
      Math.max(3, Math.round(study.usual * dealer.size * (0.6 + 0.8 * random.uniform()))),
    );
    const means = items.map((item) => truth.mean(channel, dealer, quarter, item.indicator));
    for (let i = 0; i < n; i += 1) {
      const mood = respondentMood(random);
      const day = dayWithin(random, quarter);
      const facts = study.facts(random);
      const answers = items.map((item, k) =>
        random.uniform() < 0.03 ? 8 : answer(random, mood, means[k]!, item.min, item.max),
      );
      const { code, city, provinceName, region } = dealer;
      const id = `${code}-${quarter}-${i + 1}`;
      const date = channel === 'lost-sale' ? day.date : day.chinese;
      rows.push([id, code, city.name, provinceName, region, date, ...facts, ...answers]);
    }
  }
  return rows;
}
