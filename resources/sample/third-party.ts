/* The agency's study: scores of each dealer with base size and spread, no respondents. */
import { formatQuarter, type Quarter } from '../../shared/domain/quarter.ts';
import { answerSd100, HALO } from './answers.ts';
import { questionnaireOf } from './indicators.ts';
import type { SampleDealer } from './network.ts';
import { isNotAsked } from './planted.ts';
import type { Satisfaction } from './satisfaction.ts';
import { stream } from './streams.ts';
import type { Cell } from './tables.ts';

/** Share of the network that the agency covers, and of the covered dealers that miss a quarter. */
const COVERED = 0.86;
const MISSED = 0.04;

export function thirdPartyTable(
  seed: number,
  dealers: SampleDealer[],
  truth: Satisfaction,
  quarter: Quarter,
): Cell[][] {
  const { items } = questionnaireOf('third-party', quarter);
  const columns = items.flatMap((item) => [item.column, `${item.column}_标准差`]);
  const header = ['经销商代码', '经销商名称', '城市', '省份', '大区', '季度', '样本量', ...columns];
  const rows: Cell[][] = [header];
  for (const dealer of dealers) {
    if (stream(seed, 'third-party', 'covers', dealer.code).uniform() > COVERED) continue;
    const random = stream(seed, 'third-party', dealer.code, quarter);
    if (random.uniform() < MISSED) continue;
    const n = Math.min(
      60,
      Math.max(15, Math.round(34 * dealer.size ** 0.6 * (0.8 + 0.4 * random.uniform()))),
    );
    const mood = random.normal();
    const scores = items.flatMap((item) => {
      const mean = truth.mean('third-party', dealer, quarter, item.indicator);
      const steps = item.max - item.min;
      const sd = answerSd100(mean, steps);
      const error = Math.sqrt(HALO) * mood + Math.sqrt(1 - HALO) * random.normal();
      const spread = sd * (1 + random.normal() / Math.sqrt(2 * n));
      if (isNotAsked('third-party', quarter, item.indicator)) return [null, null];
      const score = Math.min(100, Math.max(0, mean + (error * sd) / Math.sqrt(n)));
      return [round2(item.min + (score / 100) * steps), round2((spread / 100) * steps)];
    });
    const { code, name, city, provinceName, region } = dealer;
    rows.push([code, name, city.name, provinceName, region, formatQuarter(quarter), n, ...scores]);
  }
  return rows;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
