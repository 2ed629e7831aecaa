/* Service visits of the last three years: customers come about every four months until they stop coming. */
import { type Quarter, quarterNumber, quarterOf, yearOf } from '../../shared/domain/quarter.ts';
import type { Random } from '../../shared/math/random.ts';
import events from './events.json' with { type: 'json' };
import { isTrading, isWithin, type SampleDealer } from './network.ts';
import { stream } from './streams.ts';
import type { Cell } from './tables.ts';

const HALF_YEAR = 182;
const CUSTOMERS = 30;
const ADVISERS = ['王芳', '李强', '张敏', '刘洋', '陈静', '杨帆', '赵磊', '黄丽'];
/** Chance that a visit is the last one. */
const LEAVING = 0.07;

/** Days between two visits of a customer: most come two or three times a year, some once. */
function interval(random: Random): number {
  return random.uniform() < 0.12 ? 330 + random.whole(60) : 80 + random.whole(100);
}

function firstDay(quarter: Quarter): number {
  return Date.UTC(yearOf(quarter), quarterNumber(quarter) * 3 - 3, 1) / 86_400_000;
}

/** The quarter of a day counted from 1970-01-01. */
function quarterOfDay(day: number): Quarter {
  const date = new Date(day * 86_400_000);
  return quarterOf(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) + 1);
}

/** How often customers of a dealer leave in a quarter, as a multiple of the usual. */
function leavingFactor(dealer: SampleDealer, day: number): number {
  return events.visits
    .filter(({ scope, from }) => isWithin(dealer, scope) && day >= Date.parse(from) / 86_400_000)
    .reduce((factor, event) => factor * event.leavingFactor, 1);
}

/** Header, then one row a visit, day by day as a workshop system writes it. */
export function visitTable(seed: number, network: SampleDealer[], first: Quarter, last: Quarter): Cell[][] {
  const [from, until] = [firstDay(first), firstDay(last + 1)];
  const visits: { day: number; row: Cell[] }[] = [];
  for (const dealer of network) {
    const random = stream(seed, 'visits', dealer.code);
    const planted = events.visits.find(({ scope }) => isWithin(dealer, scope));
    const count = planted?.customers ?? Math.max(12, Math.round(CUSTOMERS * dealer.size));
    for (let i = 0; i < count; i += 1) {
      const vin = `LMT${dealer.code}${String(random.whole(1_000_000_000)).padStart(9, '0')}`;
      const adviser = ADVISERS[(i + Number(dealer.code.slice(1))) % (3 + (count % 3))]!;
      const begins = random.uniform() < 0.7 ? random.whole(HALF_YEAR) : random.whole(until - from);
      for (let day = from + begins; day < until; day += interval(random)) {
        if (!isTrading(dealer, quarterOfDay(day))) continue;
        const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
        visits.push({ day, row: [vin, dealer.code, adviser, date] });
        if (random.uniform() < LEAVING * leavingFactor(dealer, day)) break;
      }
    }
  }
  visits.sort((a, b) => a.day - b.day);
  return [['车架号', '经销商代码', '服务顾问', '进店日期'], ...visits.map(({ row }) => row)];
}
