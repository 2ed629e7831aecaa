/** Amounts as answers to choose from: bands of prices, ages, distances, with what each is called. */
import { type Amount, readAmount, readUnit, type Unit } from './amount.ts';
import type { Bilingual } from './language.ts';
import type { MappedAttribute } from './study-mapping.ts';

/** Bands of an attribute: everything below the first limit, from each limit to the next, everything from the last on. */
export interface Bands {
  /** Rising, in `unit`. */
  limits: readonly number[];
  /** Of the limits and of cells that name none: `万元`, `岁`, '' for plain numbers. */
  unit: string;
}

/** One band: its stable value, and what it is called. */
export interface BandName {
  value: string;
  label: Bilingual;
}

/**
 * The bands in order. Values hold the unit, so that they read well where nothing better is known. `[]` without limits.
 * Example: limits 15 and 20 of `万元` give `<15万元`, `15-20万元`, `≥20万元`, the last called `20 万元及以上` and
 * `200,000 yuan and more`.
 */
export function bandNames({ limits, unit }: Bands): BandName[] {
  const [first] = limits;
  if (first === undefined) return [];
  const zh = (limit: number) => shown(limit);
  const { unit: plain, times } = readUnit(unit) ?? { unit: '', times: 1 };
  const en = (limit: number) => shown(Number((limit * times).toPrecision(12)));
  const after = (word: string) => (word === '' || word === '%' ? word : ` ${word}`);
  const [unitZh, unitEn] = [after(unit), after(readUnit(unit) ? ENGLISH_UNITS[plain] : unit)];
  const last = limits.at(-1)!;
  return [
    {
      value: `<${first}${unit}`,
      label: { zh: `${zh(first)}${unitZh}以下`, en: `below ${en(first)}${unitEn}` },
    },
    ...limits.slice(1).map((high, i): BandName => {
      const low = limits[i]!;
      return {
        value: `${low}-${high}${unit}`,
        label: { zh: `${zh(low)}–${zh(high)}${unitZh}`, en: `${en(low)}–${en(high)}${unitEn}` },
      };
    }),
    {
      value: `≥${last}${unit}`,
      label: { zh: `${zh(last)}${unitZh}及以上`, en: `${en(last)}${unitEn} and more` },
    },
  ];
}

const ENGLISH_UNITS: Record<Unit | '', string> = {
  '': '',
  '%': '%',
  元: 'yuan',
  公里: 'km',
  岁: 'years old',
  年: 'years',
  个月: 'months',
  天: 'days',
  次: 'times',
};

function shown(n: number): string {
  const [whole, part] = String(n).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/**
 * The value of the band that a text's amount falls into; `undefined` where the text is no amount or one of another kind
 * (公里 among prices). A limit belongs to the band that begins with it.
 * Example: `20.00万元` is `20-25万元` where 20 and 25 are limits of `万元`.
 */
export function bandOf(text: string, bands: Bands): string | undefined {
  const amount = readAmount(text);
  const value = amount && amountIn(amount, bands.unit);
  if (value === undefined) return undefined;
  const at = bands.limits.filter((limit) => value >= limit * (1 - 1e-12)).length;
  const { limits, unit } = bands;
  if (at === 0) return `<${limits[0]}${unit}`;
  return at === limits.length ? `≥${limits[at - 1]}${unit}` : `${limits[at - 1]}-${limits[at]}${unit}`;
}

/** What the answers of an attribute are called: its bands in order, then the answers that the mapping words itself. */
export function answerLabels({
  bands,
  values,
}: Pick<MappedAttribute, 'bands' | 'values'>): Record<string, Bilingual> {
  const named = bands ? bandNames(bands).map(({ value, label }) => [value, label] as const) : [];
  return { ...Object.fromEntries(named), ...values };
}

/**
 * An amount as a number of `unit`. A bare number is taken as one of that unit, a multiple alone (`15万`) as of its kind;
 * `undefined` for an amount of another kind. Example: 220,000 元 are 22 in `万元`.
 */
export function amountIn(amount: Amount, unit: string): number | undefined {
  const known = readUnit(unit);
  if (!known) return amount.unit === '' ? amount.value : undefined;
  if (amount.unit === '') return amount.bare ? amount.value : amount.value / known.times;
  return amount.unit === known.unit ? amount.value / known.times : undefined;
}

const WANTED_BANDS = 5;
const STEPS = [1, 2, 2.5, 5, 10];

/**
 * Bands that hold about equally many of the amounts, with limits that read well: fifths of the amounts, each rounded to
 * a step of 1, 2, 2.5 or 5 times a power of ten. `undefined` for fewer than four different numbers.
 * Example: ages 18 to 65, evenly spread, give 30, 40, 45, 55 or the like.
 */
export function readableLimits(numbers: readonly number[]): number[] | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  if (new Set(sorted).size < 4) return undefined;
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  const spread = at(0.9) - at(0.1) || sorted.at(-1)! - sorted[0]!;
  const rough = spread / (WANTED_BANDS * 1.6);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = STEPS.map((one) => one * power).find((one) => one >= rough)!;
  const limits = Array.from({ length: WANTED_BANDS - 1 }, (_, i) =>
    Number((Math.round(at((i + 1) / WANTED_BANDS) / step) * step).toPrecision(12)),
  );
  const inside = [...new Set(limits)].filter((limit) => limit > sorted[0]! && limit <= sorted.at(-1)!);
  return inside.length > 0 ? inside.sort((a, b) => a - b) : undefined;
}
