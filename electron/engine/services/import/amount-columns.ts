// Columns of amounts (prices, ages, distances, months owned): which they are, and the bands that read well for them.
import { type Amount, readAmount, readUnit } from '../../../../shared/domain/amount.ts';
import { amountIn, type Bands, readableLimits } from '../../../../shared/domain/band.ts';
import { cellText, plainText } from '../../importers/values.ts';
import type { ColumnProfile } from './profile-columns.ts';

const AMOUNT_NAME =
  /年龄|岁|价|里程|公里|金额|费用|收入|花费|车龄|月数|天数|时长|分钟|\bage\b|price|mileage|\bkm\b|amount|income|cost|\bmonths?\b|\bdays\b|minutes/i;
const NOT_AMOUNT = /编号|代码|编码|号码|序号|电话|手机|邮编|题号|年份|\bid\b|\bzip\b|phone|\brun\b|year$/i;
/** In brackets at the end of a header: `裸车价（万元）`. */
const HEADER_UNIT = /[（([]\s*([^()（）[\]]{1,8})\s*[)）\]]\s*$/;

/** Fewer different amounts than this are answers by themselves. */
const MOST_ANSWERS = 10;
const LEAST_AMOUNTS = 20;

/** Bands for a column of amounts; `undefined` where it holds none, or few enough to be taken one by one. */
export function amountBands({ header, values, meaning }: ColumnProfile): Bands | undefined {
  const words = `${header} ${meaning.label ?? ''}`;
  if (NOT_AMOUNT.test(words) || meaning.valueLabels || meaning.choicesBy) return undefined;
  const amounts = values.flatMap((cell) => readAmount(plainText(cellText(cell))) ?? []);
  if (amounts.length < LEAST_AMOUNTS || amounts.length < values.length * 0.8) return undefined;
  const united = amounts.filter((one) => !one.bare).length;
  if (united < amounts.length / 2 && !AMOUNT_NAME.test(words)) return undefined;
  // 2016年 is a date, whatever stands beside it.
  if (amounts.some(({ unit, value }) => unit === '年' && value >= 1900)) return undefined;
  const unit = unitFor(header, amounts);
  const numbers = amounts.flatMap((one) => amountIn(one, unit) ?? []);
  if (new Set(numbers).size <= MOST_ANSWERS) return undefined;
  const limits = readableLimits(numbers);
  return limits && { limits, unit };
}

/** The header's unit, else the one that most cells name, in ten thousands where the amounts are large. */
function unitFor(header: string, amounts: readonly Amount[]): string {
  const stated = HEADER_UNIT.exec(header)?.[1] ?? '';
  if (stated !== '' && readUnit(stated)) return stated;
  const counts = new Map<string, number>();
  for (const { unit } of amounts) if (unit !== '') counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const [unit = ''] = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  if (unit === '' && /年龄|\bage\b/i.test(header)) return '岁';
  const large = amounts.filter((one) => one.unit === unit && one.value >= 1e5).length;
  return (unit === '元' || unit === '公里') && large * 2 > amounts.length ? `万${unit}` : unit;
}
