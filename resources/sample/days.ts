import { type Quarter, quarterNumber, yearOf } from '../../shared/domain/quarter.ts';
import type { Random } from '../../shared/math/random.ts';

/** A day within a quarter, in the forms in which the studies write it. */
export function dayWithin(random: Random, quarter: Quarter): { iso: string; chinese: string; date: Date } {
  const start = Date.UTC(yearOf(quarter), quarterNumber(quarter) * 3 - 3, 1);
  const end = Date.UTC(yearOf(quarter), quarterNumber(quarter) * 3, 1);
  const date = new Date(start + random.whole((end - start) / 86_400_000) * 86_400_000);
  const chinese = `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
  return { iso: date.toISOString().slice(0, 10), chinese, date };
}
